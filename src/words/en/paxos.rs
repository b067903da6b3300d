//! What paxos says, in English.
