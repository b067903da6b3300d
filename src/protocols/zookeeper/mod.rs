//! The ZooKeeper recipe: clients queue with ephemeral sequential znodes.
