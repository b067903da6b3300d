//! What a process shows of itself: the picture's data on one node, and the inspector's rows.
//! Ids are keys of `words`; nothing here is a sentence.

use super::place::Place;
use super::reign::{Reign, Standing};
use super::time::Micros;

/// A value of the inspector and of the command line's summary.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shown {
    Number(u64),
    Numbers(Vec<u64>),
    Place(Place),
    Places(Vec<Place>),
    Reign(Reign),
    Flag(bool),
    /// An id of `words`.
    Id(&'static str),
    Text(String),
    Nothing,
}

/// One row: a fact the node knows. `durable` facts are on disk and survive a crash.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    pub id: &'static str,
    pub value: Shown,
    pub durable: bool,
}

/// One cell of the strip below a node: a log entry, a slot, a part of a vote.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cell {
    /// Printed on the cell.
    pub number: u64,
    /// Printed before the number: `'e'`, `'z'`, `'s'` of a Zab vote; a space for none.
    pub letter: char,
    /// Gives the wax.
    pub reign: Reign,
    /// Solid: committed, chosen, decided the comparison. Otherwise dashed.
    pub settled: bool,
}

/// The ballot slip on a node: whom it voted for, in the wax of that reign.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slip {
    pub to: Place,
    pub reign: Reign,
    /// False for an outlined slip, which promises nothing (a pre-vote).
    pub binding: bool,
}

/// One seat of the bench.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Seat {
    /// Counted.
    Taken,
    /// Said no.
    Refused,
    /// Not heard.
    Empty,
}

/// The quorum bench as the node that counts sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bench {
    /// What is counted: `"votes"`, `"pre_votes"`, `"heard"`, `"promises"` ...
    pub counts: &'static str,
    /// One seat per configured voter.
    pub seats: Vec<(Place, Seat)>,
    pub needed: u8,
    /// False while only outlined (pre-votes).
    pub binding: bool,
}

/// A vote as the server that looks for a leader has it in its table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heard {
    pub from: Place,
    /// Its parts in order of weight, each with its letter: `e 4`, `z 12`, `s 3`, and the round `r 2`.
    pub parts: [(char, u64); 4],
    /// It counts towards the majority that is looked for.
    pub counts: bool,
}

/// What the ring around a node shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ring {
    /// The timer's number.
    pub timer: u8,
    /// Filled in by the world.
    pub set_at: Micros,
    pub due_at: Micros,
}

/// Everything to show of one process.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Inspection {
    pub standing: Standing,
    /// The second line inside the node: an id and a value, `("term", 8)`.
    pub line: Option<(&'static str, Shown)>,
    /// The number of the timer that the ring shows, if it runs.
    pub ring_timer: Option<u8>,
    pub ring: Option<Ring>,
    pub slip: Option<Slip>,
    /// Oldest first. `strip_start` is the index of the first cell.
    pub strip: Vec<Cell>,
    pub strip_start: u64,
    pub card: Vec<Row>,
    pub bench: Option<Bench>,
    /// Its table of votes, its own among them, in the order of the servers.
    pub heard: Vec<Heard>,
    /// Thin arrows from this node: whom it waits for, whom it watches.
    pub waits_for: Vec<Place>,
    /// Cells of the strip that others wait for: who waits, and the number on the cell.
    pub awaited: Vec<(Place, u64)>,
    /// The line below the node: ids and values, `("round", 2)`.
    pub caption: Vec<(&'static str, Shown)>,
    pub rows: Vec<Row>,
}

impl Inspection {
    /// Adds a fact held in memory.
    pub fn row(&mut self, id: &'static str, value: Shown) {
        self.rows.push(Row { id, value, durable: false });
    }

    /// Adds a fact that is on disk.
    pub fn on_disk(&mut self, id: &'static str, value: Shown) {
        self.rows.push(Row { id, value, durable: true });
    }
}
