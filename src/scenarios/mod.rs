//! Stories: a cluster, its settings, and what befalls it when.
