//! The still of a lesson: its key moment in a few letters, for a card too small for the stage.

use crate::picture::scene;
use crate::sim::measures::Status;
use crate::sim::place::Place;
use crate::sim::reign::{Reign, Role};
use crate::sim::simulation::Simulation;
use std::fmt;

/// What a node is at that moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    Follower,
    Candidate,
    Leader,
    Paused,
    Down,
}

const LETTERS: [(char, Part); 5] =
    [('F', Part::Follower), ('C', Part::Candidate), ('L', Part::Leader), ('P', Part::Paused), ('X', Part::Down)];

/// Written as `L2 F2 F1 C3 X 1-2`: every node with its reign, then the links that are cut.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Still {
    pub nodes: Vec<(Part, Option<Reign>)>,
    /// Pairs of nodes, counted from 1.
    pub cut: Vec<(u8, u8)>,
}

impl Still {
    pub fn of(sim: &dyn Simulation) -> Still {
        let kernel = sim.kernel();
        let part = |place: Place| {
            let slot = kernel.census.slot(place);
            let standing = kernel.standings[slot];
            let part = match (kernel.statuses[slot], standing.role) {
                (Status::Down, _) => Part::Down,
                (Status::Paused, _) => Part::Paused,
                (Status::Up, Role::Leader) => Part::Leader,
                (Status::Up, Role::Candidate) => Part::Candidate,
                (Status::Up, Role::Follower) => Part::Follower,
            };
            (part, standing.reign.filter(|_| part != Part::Down).map(|reign| Reign::counted(reign.number)))
        };
        let links = scene::link_facts(sim);
        let between = links.iter().filter(|link| link.a.is_node() && link.b.is_node());
        let cut = between.filter(|link| link.cut_there || link.cut_back).map(|link| (link.a.number(), link.b.number()));
        Still { nodes: kernel.census.nodes().map(part).collect(), cut: cut.collect() }
    }

    /// Reads what `Display` writes; `None` if it is nothing of the kind.
    pub fn read(text: &str) -> Option<Still> {
        let mut still = Still::default();
        for word in text.split_whitespace() {
            if let Some((a, b)) = word.split_once('-') {
                still.cut.push((a.parse().ok()?, b.parse().ok()?));
                continue;
            }
            let mut letters = word.chars();
            let first = letters.next()?;
            let &(_, part) = LETTERS.iter().find(|&&(letter, _)| letter == first)?;
            let reign = match letters.as_str() {
                "" => None,
                number => Some(Reign::counted(number.parse().ok()?)),
            };
            still.nodes.push((part, reign));
        }
        (!still.nodes.is_empty()).then_some(still)
    }
}

impl fmt::Display for Still {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (part, reign)) in self.nodes.iter().enumerate() {
            let letter = LETTERS.iter().find(|(_, known)| known == part).map_or('F', |&(letter, _)| letter);
            let reign = reign.map(|reign| reign.number.to_string()).unwrap_or_default();
            write!(f, "{}{letter}{reign}", if index > 0 { " " } else { "" })?;
        }
        self.cut.iter().try_for_each(|(a, b)| write!(f, " {a}-{b}"))
    }
}
