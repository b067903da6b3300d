//! The lab on the page: experiments run by workers on the same module, and their plots.
//!
//! [`address`] says what to run and repeats it exactly; [`library`] fetches the experiments; [`crew`] is the workers, and
//! [`entry`] what they call; [`bench`] holds what is loaded, what was found and how far it is. The rest is what one sees.

pub mod address;
pub mod bench;
pub mod controls;
pub mod crew;
pub mod entry;
pub mod knob_field;
pub mod knobs;
pub mod library;
pub mod measured;
pub mod open_run;
pub mod own;
pub mod own_form;
pub mod picture;
pub mod plots;
pub mod results;
pub mod save;
pub mod slide;
pub mod table;
