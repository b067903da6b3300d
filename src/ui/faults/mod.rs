//! Everything a visitor can do to a cluster.
//!
//! [`acts`] says what a button does and what it is called now; [`act_bar`] is the row of buttons, [`menu`] the menu
//! beside a node or a link, [`links`] what can be done to a link, [`partition`] and [`lists`] are dialogs.

pub mod act_bar;
pub mod acts;
pub mod links;
pub mod lists;
pub mod menu;
pub mod messages;
pub mod partition;
