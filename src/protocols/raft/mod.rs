//! Raft (Ongaro 2014), with etcd's PreVote, CheckQuorum and transfer.
