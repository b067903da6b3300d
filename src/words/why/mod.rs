//! Why, and why not: the chain of causes, read from the history. Events know what led to them and which rule decided
//! them; states (nobody leads, an entry is not committed) are explained from who was asked, who answered, and what was
//! done to the wires. Nothing here is written for one scenario.
//!
//! [`question`] lists what can be asked of a thing; [`answer`] answers. [`case`] looks things up in the history,
//! [`causes`] follows an event back, [`refusals`] tells why somebody said no, [`leadership`] who leads and who does
//! not, [`decisions`] what is committed, [`promises`] how a promise stands.

mod case;
mod causes;
mod decisions;
mod leadership;
mod promises;
mod question;
mod refusals;
mod standing_rules;

pub use case::{Answer, Cited, Step};
pub use question::{Question, answer, asked, of_place, of_run};
