//! Small parts that every page uses.

pub mod icon;
