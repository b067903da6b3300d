//! Texts that drive runs: walkthroughs, predictions, interview cards, systems in the wild.
//!
//! Nothing here is a slide. A [`walk`] is a recording and the moments at which it is held; every moment says what
//! must be true there, in the language of [`lookup`], and captions take their names and numbers from the run through
//! the same look-ups. [`claim`] judges, [`foresee`] asks what comes next and finds the answer by running a copy,
//! [`practice`] deals questions. [`lesson`], [`interview`] and [`wild`] read the files that the page fetches on demand.

pub mod claim;
pub mod foresee;
pub mod interview;
pub mod lesson;
pub mod lookup;
pub mod practice;
pub mod reading;
pub mod still;
pub mod verdicts;
pub mod walk;
pub mod wild;
