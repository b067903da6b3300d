//! What appointed says, in English.
