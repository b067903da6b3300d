//! How an experiment is shown, and what it is held against. Runs do not depend on it.

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Plot {
    /// The share of runs that got there within a time: one curve per case.
    #[default]
    Share,
    /// A metric against the points: one curve per series.
    Curve,
    /// Two metrics against each other: one dot per point.
    TradeOff,
    /// A row per case, a column per metric.
    Table,
}

/// A published or measured line to draw beside ours.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reference {
    pub name: String,
    pub source: String,
    /// The case or series it belongs to, by name; empty if to none.
    pub beside: String,
    pub points: ReferencePoints,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReferencePoints {
    /// x in the units of the axis; y in microseconds, thousandths, or thousandths of the runs.
    Given(Vec<(u64, u64)>),
    /// A formula of [`super::formula`], by its id, evaluated at the points.
    Formula(String),
    /// A file of measured times: its rows whose `run` is this, its column.
    Measured { file: String, run: String, column: String },
}

/// A setting that the page offers to change: the way to it in the document, its name, and how far a slider goes; a
/// setting without that has none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Knob {
    pub path: String,
    pub name: String,
    pub most: Option<u64>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Show {
    pub plot: Plot,
    pub x_name: String,
    pub y_name: String,
    pub log_x: bool,
    pub log_y: bool,
    /// The series, or the case, drawn in wax.
    pub ours: String,
    pub references: Vec<Reference>,
    pub knobs: Vec<Knob>,
    /// What to know before believing it: simplifications, differences. A paragraph each.
    pub notes: Vec<String>,
}
