//! The store that leaders write to, as the page shows it: its [`ledger`] beside the stage, a [`strip`] where there is no
//! room for that, the [`work`] that leaders may be given, and what can be [`done`](verbs) about it.

pub mod facts;
pub mod ledger;
pub mod strip;
pub mod verbs;
pub mod work;
