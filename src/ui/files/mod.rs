//! Runs as files: saving, opening, dropping, exporting; and the runs of this session.

pub mod complaints;
pub mod dialog;
pub mod dropping;
pub mod reading;
pub mod runs;
pub mod saving;

pub use complaints::ComplaintsBar;
pub use dialog::FilesDialog;
pub use dropping::DropVeil;
