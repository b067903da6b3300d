//! What raft says, in English.
