//! What zookeeper says, in English.
