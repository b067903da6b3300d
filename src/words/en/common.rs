//! What all families share, in English.
