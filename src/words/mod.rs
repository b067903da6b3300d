//! Every sentence a person reads, by id. Engines emit ids; this turns them into words, per language,
//! for page, command line and pictures alike.
//!
//! [`lookup`] finds a word, [`event_line`] tells one event, [`act_line`] one act, [`headline`] the state of the run
//! in a sentence, [`why`] the causes of a thing from the history, [`inspect_line`] the rows of an inspector, [`ledger`]
//! the rows of the store, [`spoken`] makes a sentence fit for the ear.

pub mod act_line;
pub mod compare;
pub mod en;
pub mod event_line;
pub mod headline;
pub mod inspect_line;
pub mod ledger;
pub mod lookup;
pub mod numbers;
pub mod picture_line;
pub mod sharing;
pub mod spoken;
pub mod vocabulary;
pub mod why;
