//! Many runs, one question.
//!
//! An [`experiment`] is a set of cases, each a scenario with a plan of what to wait for; [`trial`] runs one case with
//! one seed and reads off every [`metric`]; [`samples`] holds what was read, and joins what several machines have
//! run; [`batch`] works through an experiment a few trials at a time. [`statistics`] and [`summary`] turn readings
//! into numbers to print, [`formula`] has the published formulas to hold them against. The page, the command line
//! and the tests all call the same functions: the same seeds give the same numbers.

pub mod batch;
pub mod experiment;
pub mod formula;
pub mod metric;
pub mod samples;
pub mod show;
pub mod statistics;
pub mod summary;
pub mod trial;
