//! What zab says, in English.
