//! Runs as JSON documents, read and written by people: the same in the page and on the command line.
//! Every field is described in `docs/documents.md`.

mod acts;
mod experiment;
mod fields;
mod links;
mod messages;
mod opening;
pub mod patch;
mod places;
mod problem;
mod script;
mod show;
mod spans;
mod values;
mod write_acts;
mod write_scenario;

pub use experiment::{read_experiment, read_experiment_json};
pub use opening::{read_document, read_document_json};
pub use problem::Problem;
pub use spans::{chance_text, parse_chance, parse_span, span_text};
pub use values::write as write_value;
pub use write_acts::write_fault;
pub use write_scenario::write_document;
