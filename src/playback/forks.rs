//! Futures that were left behind: kept for the session, named, and open for a return.

use super::player::{Moment, Player};
use super::recording::Intervention;
use crate::sim::time::Micros;
use crate::sim::touched::Touched;

/// As many as are kept; the oldest go first.
const MOST: usize = 26;

/// A run that was left when the visitor acted in its past.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fork {
    /// Counted from 0 in a session; names it for [`Player::return_to`].
    pub number: u32,
    /// Where it parts from the run that replaced it.
    pub at: Micros,
    pub interventions: Vec<Intervention>,
    pub(super) newest: Moment,
}

impl Fork {
    /// "Run A", "Run B" ... "Run Z", "Run A2" ...
    pub fn name(&self) -> String {
        run_name(self.number)
    }

    /// The furthest time it was played to.
    pub fn newest(&self) -> Micros {
        self.newest.at
    }
}

/// The name of the n-th run of a session, counted from 0.
pub fn run_name(number: u32) -> String {
    let letter = char::from(b'A' + (number % 26) as u8);
    match number / 26 {
        0 => format!("Run {letter}"),
        round => format!("Run {letter}{}", round + 1),
    }
}

#[derive(Default)]
pub(super) struct Forks {
    list: Vec<Fork>,
    /// The number of the run on the stage.
    current: u32,
    /// How many numbers are taken besides the first run's.
    numbers: u32,
}

impl Forks {
    /// Keeps the run on the stage as it stands.
    fn keep(&mut self, at: Micros, interventions: Vec<Intervention>, newest: Moment) {
        if self.list.len() == MOST {
            self.list.remove(0);
        }
        self.list.push(Fork { number: self.current, at, interventions, newest });
    }
}

impl Player {
    /// Futures left behind, in the order in which they were left.
    pub fn forks(&self) -> &[Fork] {
        &self.forks.list
    }

    /// The name of the run on the stage.
    pub fn run_name(&self) -> String {
        run_name(self.forks.current)
    }

    /// Leaves the future of this moment: what follows is another run. Answers with the number of the one left.
    pub(super) fn fork_here(&mut self) -> u32 {
        let left = self.forks.current;
        let interventions = self.recording.interventions.clone();
        self.forks.keep(self.now(), interventions, self.newest);
        self.forks.numbers += 1;
        self.forks.current = self.forks.numbers;
        left
    }

    /// Puts a run that was left back on the stage, at the present time if it reached that far; the run on the stage
    /// is kept in its stead. False if there is no such run.
    pub fn return_to(&mut self, number: u32) -> Option<Touched> {
        let index = self.forks.list.iter().position(|fork| fork.number == number)?;
        let fork = self.forks.list.remove(index);
        let to = self.now().min(fork.newest.at);
        let mine = std::mem::take(&mut self.recording.interventions);
        self.forks.keep(fork.at, mine.clone(), self.newest);
        self.forks.current = fork.number;
        self.undone.clear();
        self.change_interventions(&mine, fork.interventions);
        self.seek(to);
        self.newest = fork.newest;
        Some(Touched::everything())
    }
}
