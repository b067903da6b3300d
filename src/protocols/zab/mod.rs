//! Zab with Fast Leader Election, as in ZooKeeper.
