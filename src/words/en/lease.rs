//! What lease says, in English.
