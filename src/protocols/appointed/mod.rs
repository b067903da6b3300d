//! A leader appointed by an elected controller, as for Kafka partitions.
