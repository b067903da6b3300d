//! What of a run is worth telling the page around the frame: who leads, that two do, that the store refused.

use super::protocol::Event;
use crate::sim::measures::Status;
use crate::sim::place::Place;
use crate::sim::reign::{Reign, Role};
use crate::sim::simulation::Simulation;

/// What was told last.
#[derive(Default)]
pub struct News {
    leaders: Vec<(Place, Option<Reign>)>,
    refused: u64,
    is_split: bool,
}

impl News {
    /// What is new since the last call; after a jump in time, what is the case there.
    pub fn take(&mut self, sim: &dyn Simulation) -> Vec<Event> {
        let at = sim.now();
        let mut news = Vec::new();
        let leaders = leaders(sim);
        for (place, reign) in leaders.iter().filter(|leader| !self.leaders.contains(leader)) {
            let reign = reign.map(|reign| reign.to_string());
            news.push(Event::Leader { node: place.to_string(), reign, at });
        }
        let is_split = leaders.len() > 1;
        if is_split && !self.is_split {
            let leaders = leaders.iter().map(|(place, _)| place.to_string()).collect();
            news.push(Event::SplitBrain { leaders, at });
        }
        self.is_split = is_split;
        self.leaders = leaders;
        let store = &sim.kernel().store;
        if store.damage.refused > self.refused {
            let refused = |row: &&crate::sim::store::Row| row.outcome == crate::sim::store::Outcome::Refused;
            if let Some(row) = store.rows.iter().rev().find(refused) {
                news.push(Event::Refused {
                    node: row.writer.to_string(),
                    token: row.token.map(|token| token.to_string()),
                    seen: store.highest.map(|token| token.to_string()),
                    at: row.at,
                });
            }
        }
        self.refused = store.damage.refused;
        news
    }
}

/// Everybody that believes it leads, the paused ones too.
fn leaders(sim: &dyn Simulation) -> Vec<(Place, Option<Reign>)> {
    let kernel = sim.kernel();
    let nodes = kernel.census.nodes().map(|node| (node, kernel.census.slot(node)));
    let leads = |&(_, slot): &(Place, usize)| {
        kernel.statuses[slot] != Status::Down && kernel.standings[slot].role == Role::Leader
    };
    nodes.filter(leads).map(|(node, slot)| (node, kernel.standings[slot].reign)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playback::director::Director;
    use crate::playback::recording::Recording;
    use crate::playback::runner;
    use crate::scenarios::catalogue::Story;
    use crate::sim::time::SECOND;

    #[test]
    fn a_story_of_two_leaders_is_told_once() {
        let recording = Recording::new(Story::by_id("raft-stale-leader").expect("a story").scenario());
        let mut sim = recording.scenario.open().expect("opens");
        let mut director = Director::new(&recording);
        let mut news = News::default();
        let mut told = Vec::new();
        runner::run(sim.as_mut(), &mut director, &[], 4 * SECOND, |sim| {
            told.extend(news.take(sim));
            true
        });
        let names: Vec<&str> = told.iter().map(Event::name).collect();
        assert_eq!(names, ["leader", "leader", "splitbrain"]);
        assert!(matches!(&told[2], Event::SplitBrain { leaders, .. } if leaders.len() == 2));
    }
}
