//! What bully says, in English.
