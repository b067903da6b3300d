//! Stories: a cluster, its settings, and what befalls it when.
//!
//! A [`scenario::Scenario`] is plain data. [`algorithm`] lists the families and opens a scenario as a running world;
//! [`script`] says what happens when, [`cue`] what it may wait for, [`who`] how places are named, and
//! [`prompter`] follows a script during a run. [`catalogue`] holds the stories.

pub mod algorithm;
pub mod catalogue;
pub mod cue;
pub mod pair;
pub mod prompter;
pub mod scenario;
pub mod script;
pub mod who;
