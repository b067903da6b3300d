//! Paxos: single decree, and Multi-Paxos with an elected leader.
