//! Futures that were left behind: kept for the session, named, and open for a return.

use super::player::{Moment, Player};
use super::recording::Intervention;
use crate::sim::time::Micros;
use crate::sim::touched::Touched;

/// As many as are kept; the oldest go first.
const MOST: usize = 26;

/// Longer names are cut, in letters.
const LONGEST_NAME: usize = 40;

/// A run that was left when the visitor acted in its past.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fork {
    /// Counted from 0 in a session; names it for [`Player::return_to`].
    pub number: u32,
    /// Where it parts from the run that replaced it.
    pub at: Micros,
    pub interventions: Vec<Intervention>,
    /// The furthest moment it was played to.
    pub newest: Moment,
    /// What the visitor calls it; empty if nothing.
    pub called: String,
}

impl Fork {
    /// What the visitor calls it; else "Run A", "Run B" ... "Run Z", "Run A2" ...
    pub fn name(&self) -> String {
        name_of(&self.called, self.number)
    }
}

fn name_of(called: &str, number: u32) -> String {
    if called.is_empty() { run_name(number) } else { called.into() }
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
    /// The number of the run on the stage, and what the visitor calls it.
    current: u32,
    called: String,
    /// How many numbers are taken besides the first run's.
    numbers: u32,
}

impl Forks {
    /// Keeps the run on the stage as it stands.
    fn keep(&mut self, at: Micros, interventions: Vec<Intervention>, newest: Moment) {
        if self.list.len() == MOST {
            self.list.remove(0);
        }
        let called = std::mem::take(&mut self.called);
        self.list.push(Fork { number: self.current, at, interventions, newest, called });
    }
}

impl Player {
    /// Futures left behind, in the order in which they were left.
    pub fn forks(&self) -> &[Fork] {
        &self.forks.list
    }

    /// The name of the run on the stage.
    pub fn run_name(&self) -> String {
        name_of(&self.forks.called, self.forks.current)
    }

    /// What the visitor calls the run on the stage; empty if nothing.
    pub fn run_called(&self) -> &str {
        &self.forks.called
    }

    /// The number of the run on the stage.
    pub fn run_number(&self) -> u32 {
        self.forks.current
    }

    /// Calls a run something: the one on the stage, or one that was left. An empty name gives back its letter.
    pub fn call_run(&mut self, number: u32, name: &str) {
        let name: String = name.trim().chars().filter(|letter| !letter.is_control()).take(LONGEST_NAME).collect();
        if number == self.forks.current {
            self.forks.called = name;
        } else if let Some(fork) = self.forks.list.iter_mut().find(|fork| fork.number == number) {
            fork.called = name;
        }
    }

    /// Takes up the runs that an earlier player of the same scenario had left, and the number of the one on the stage.
    pub fn adopt_forks(&mut self, current: u32, forks: Vec<Fork>) {
        self.forks.current = current;
        self.forks.numbers = forks.iter().map(|fork| fork.number).fold(current, u32::max);
        self.forks.list = forks;
        self.forks.list.truncate(MOST);
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
        self.forks.called = fork.called;
        self.undone.clear();
        self.change_interventions(&mine, fork.interventions);
        self.seek(to);
        self.newest = fork.newest;
        Some(Touched::everything())
    }
}
