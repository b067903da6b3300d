//! A leader that is appointed, as for a partition in Kafka: no vote, a controller picks from those in sync.
//!
//! The nodes are brokers with a copy of one log each; the server is the controller. How a controller is elected is
//! what the other families are about: here a restart of it is a new one, with the next controller epoch.
//! [`controller`] appoints, [`broker`] leads or fetches.

pub mod broker;
pub mod controller;
pub mod disk;
pub mod inspect;
pub mod leading;
pub mod message;
pub mod mutants;
pub mod process;
pub mod properties;
pub mod settings;

pub use process::Process;
pub use settings::AppointedSettings;
