//! A small world: time, chance, wires, crashes. It knows no election rule.
//!
//! [`world::World`] runs one [`protocol::Protocol`] on every place; [`simulation::Simulation`] is the same
//! without the type. What happens is decided in [`network`] (messages), [`timers`] and `world` (everything else),
//! and written to [`history`].

pub mod datum;
pub mod duty;
pub mod effects;
pub mod event;
pub mod fault;
pub mod history;
pub mod inspection;
pub mod kernel;
pub mod measures;
pub mod message;
pub mod network;
pub mod office;
pub mod order;
pub mod pauses;
pub mod place;
pub mod property;
pub mod protocol;
pub mod queue;
pub mod reign;
pub mod request;
pub mod rng;
pub mod rule;
pub mod settings;
pub mod simulation;
pub mod store;
pub mod time;
pub mod timers;
pub mod touched;
pub mod world;
