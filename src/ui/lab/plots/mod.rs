//! The plots, drawn with plotters on a canvas: crisp on any pixel density, coloured from the tokens, labelled directly.
//!
//! [`sheet`] is the paper and its pens, [`scale`] the axes, [`labels`] finds room for words; each of the others draws one
//! kind of plot and answers where what can be clicked on.

pub mod axes;
pub mod curve;
pub mod labels;
pub mod scale;
pub mod share;
pub mod sheet;
pub mod trade_off;

/// Something on a plot that stands for a run.
#[derive(Clone, PartialEq, Debug)]
pub struct Spot {
    /// In pixels of the page, from the canvas' corner.
    pub x: f64,
    pub y: f64,
    pub case: usize,
    /// Index of the metric, and the reading.
    pub metric: usize,
    pub reading: u64,
    /// What it says.
    pub words: String,
}
