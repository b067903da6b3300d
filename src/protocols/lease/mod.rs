//! A lease by compare-and-set, as Kubernetes controllers, Patroni and clients of Chubby or Consul hold one.
//!
//! One service keeps a record: who holds the lease, and a version that every write must name. Candidates look at
//! it now and then ([`candidate`]); whoever finds it unchanged for its whole duration takes it. The service is one
//! server here: how such services elect their own leader is what the other families are about.

pub mod candidate;
pub mod disk;
pub mod inspect;
pub mod message;
pub mod mutants;
pub mod process;
pub mod properties;
pub mod service;
pub mod settings;

pub use process::Process;
pub use settings::LeaseSettings;
