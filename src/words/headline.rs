//! The state of a run in one sentence, with one line why. It says nothing that the run does not show.

use super::event_line::numbered;
use super::ledger;
use super::lookup::Words;
use super::numbers::{counted, listed, span};
use crate::sim::duty::Stage;
use crate::sim::fault::Who;
use crate::sim::inspection::{Inspection, Seat};
use crate::sim::kernel::FlightState;
use crate::sim::measures::Status;
use crate::sim::message::Shape;
use crate::sim::place::Place;
use crate::sim::property::{Property, Verdict};
use crate::sim::reign::{Reign, Role};
use crate::sim::simulation::Simulation;
use crate::sim::store::{Job, Outcome};
use crate::sim::time::{Micros, SECOND};

/// How serious the state is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Gravity {
    #[default]
    Calm,
    /// Two nodes believe that they lead.
    TwoLeaders,
    /// A leader destroyed what another had written.
    Corrupted,
    /// A promise was broken.
    Broken,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Headline {
    pub gravity: Gravity,
    pub title: String,
    pub why: String,
}

/// What the page says on top.
pub fn headline(words: &Words, sim: &dyn Simulation) -> Headline {
    let state = State::of(words, sim);
    state
        .broken_promise()
        .or_else(|| state.corrupted_store())
        .or_else(|| state.everybody_down())
        .or_else(|| state.several_leaders())
        .or_else(|| state.election())
        .or_else(|| state.one_leader())
        .or_else(|| state.nobody_can_win())
        .unwrap_or_else(|| state.no_leader())
        .after(state.fresh_refusal())
}

/// So long what happened at the store is news.
const NEWS: Micros = SECOND;

impl Headline {
    /// The same with a sentence before the reasons.
    fn after(mut self, news: Option<String>) -> Headline {
        if let Some(news) = news {
            self.why = format!("{news} {}", self.why);
        }
        self
    }
}

struct State<'a> {
    words: &'a Words,
    sim: &'a dyn Simulation,
    nodes: Vec<Place>,
    pages: Vec<Inspection>,
}

impl<'a> State<'a> {
    fn of(words: &'a Words, sim: &'a dyn Simulation) -> State<'a> {
        let nodes: Vec<Place> = sim.kernel().census.nodes().collect();
        let pages = nodes.iter().map(|&node| sim.inspect(node)).collect();
        State { words, sim, nodes, pages }
    }

    fn status(&self, place: Place) -> Status {
        self.sim.kernel().statuses[self.sim.kernel().census.slot(place)]
    }

    fn page(&self, node: Place) -> &Inspection {
        &self.pages[self.sim.kernel().census.slot(node)]
    }

    fn quorum(&self) -> usize {
        self.sim.kernel().census.quorum()
    }

    fn live_with(&self, role: Role) -> Vec<Place> {
        let fits = |&node: &Place| self.status(node) != Status::Down && self.page(node).standing.role == role;
        self.nodes.iter().copied().filter(fits).collect()
    }

    fn up(&self) -> usize {
        self.nodes.iter().filter(|&&node| self.status(node) == Status::Up).count()
    }

    /// How many nodes that run this one can talk to, both ways, itself counted.
    fn reach(&self, node: Place) -> usize {
        reach(self.sim, node)
    }

    fn in_reign(&self, reign: Option<Reign>) -> String {
        reign.map_or_else(String::new, |reign| format!(" in {}", self.words.reign(reign)))
    }

    // ---- the states, gravest first ------------------------------------------------------------------------

    fn broken_promise(&self) -> Option<Headline> {
        let broken = self.sim.properties().iter().find(|property| matches!(property.verdict, Verdict::Broken(_)))?;
        let why = broken_line(self.words, broken)?;
        Some(Headline { gravity: Gravity::Broken, title: "A promise was broken".into(), why })
    }

    fn everybody_down(&self) -> Option<Headline> {
        let all_down = self.nodes.iter().all(|&node| self.status(node) == Status::Down);
        all_down.then(|| calm("Every node is down", "Restart one to go on."))
    }

    /// Shown while it is news, and as long as several lead.
    fn corrupted_store(&self) -> Option<Headline> {
        let kernel = self.sim.kernel();
        let worst = kernel.store.worst.filter(|worst| {
            worst.at + NEWS >= kernel.now || self.live_with(Role::Leader).len() > 1 && kernel.store.damage.corrupted > 0
        })?;
        let why = ledger::damage(kernel.work.job, &worst)?;
        Some(Headline { gravity: Gravity::Corrupted, title: "The store is corrupted".into(), why })
    }

    /// `The store refused N1: 7 is older than 8.`
    fn fresh_refusal(&self) -> Option<String> {
        let kernel = self.sim.kernel();
        let row = kernel.store.rows.iter().rev().find(|row| row.outcome == Outcome::Refused)?;
        let (Some(token), Some(newer)) = (row.token, row.newer) else { return None };
        let than = if token == newer { "not newer than" } else { "older than" };
        let is_news = row.at + NEWS >= kernel.now;
        is_news.then(|| format!("The store refused {}: {token} is {than} {newer}.", row.writer))
    }

    /// What several leaders may do to the store; empty if leaders have no work.
    fn at_the_store(&self, leaders: &[Place]) -> String {
        let kernel = self.sim.kernel();
        if kernel.work.job == Job::None {
            return String::new();
        }
        let writes = |&&leader: &&Place| {
            let stage = kernel.clerks[kernel.census.slot(leader)].stage;
            self.status(leader) == Status::Up && !matches!(stage, Stage::Idle | Stage::Refused)
        };
        let both = if leaders.iter().filter(writes).count() > 1 { "Both are writing to the store. " } else { "" };
        format!(" {both}{}", ledger::guarded(&kernel.store, kernel.has_tokens))
    }

    fn several_leaders(&self) -> Option<Headline> {
        let leaders = self.live_with(Role::Leader);
        if leaders.len() < 2 {
            return None;
        }
        let title = format!("{} leaders: {}", counted(leaders.len()), listed(&leaders));
        Some(Headline {
            gravity: Gravity::TwoLeaders,
            title,
            why: self.who_can_commit(&leaders) + &self.at_the_store(&leaders),
        })
    }

    fn who_can_commit(&self, leaders: &[Place]) -> String {
        let reigns: Vec<Option<Reign>> = leaders.iter().map(|&node| self.page(node).standing.reign).collect();
        let reign_word = self.words.reign_word();
        let shared = match reigns.first() {
            Some(Some(reign)) if reigns.iter().all(|other| *other == Some(*reign)) => {
                format!("Both in {reign_word} {reign}. ")
            }
            _ => String::new(),
        };
        if !self.words.majority_counts() {
            return format!("{shared}Nothing here asks for a majority, so both may act.");
        }
        let able: Vec<Place> = leaders
            .iter()
            .copied()
            .filter(|&node| self.status(node) == Status::Up && self.reach(node) >= self.quorum())
            .collect();
        let able = match able.as_slice() {
            [] => "None of them can reach a majority now.".into(),
            [one] => format!("Only {one} can reach a majority."),
            _ => {
                // The links alone would let both: the newer reign still wins as soon as it is heard.
                let newest = self.sim.kernel().resolve(Who::Leader);
                newest.map_or_else(String::new, |newest| {
                    format!("{newest} has the newest {reign_word}; the other will hear of it.")
                })
            }
        };
        shared + &able
    }

    fn election(&self) -> Option<Headline> {
        let candidates = self.live_with(Role::Candidate);
        let newest = candidates.iter().map(|&node| self.page(node).standing.reign).max()?;
        let leader = self.live_with(Role::Leader).first().map(|&leader| self.page(leader).standing.reign);
        let leads_already = leader.is_some_and(|leader| leader >= newest);
        let lost_cause = candidates.iter().all(|&node| self.status(node) == Status::Paused);
        if leads_already || lost_cause {
            return None;
        }
        let running: Vec<Place> =
            candidates.into_iter().filter(|&node| self.page(node).standing.reign == newest).collect();
        self.split_vote(newest, &running).or_else(|| self.race(newest, &running))
    }

    /// Nobody who runs can reach what is needed any more.
    fn split_vote(&self, reign: Option<Reign>, running: &[Place]) -> Option<Headline> {
        let reign = reign?;
        if running.len() < 2 {
            return None;
        }
        let mut counts = Vec::new();
        for &node in running {
            let bench = self.page(node).bench.as_ref().filter(|bench| bench.binding)?;
            let possible = bench.seats.iter().filter(|&&(voter, seat)| self.may_still_vote(voter, seat, node, reign));
            if possible.count() >= usize::from(bench.needed) {
                return None;
            }
            counts.push((taken(self.page(node)), bench.needed));
        }
        let same = counts.iter().all(|count| count.0 == counts[0].0);
        let have = match same {
            true => format!("{} have {} each", listed(running), counts[0].0),
            false => {
                let each = running.iter().zip(&counts).map(|(node, count)| format!("{node} has {}", count.0));
                each.collect::<Vec<_>>().join(", ")
            }
        };
        let why = format!("{have}; nobody can reach {}. Waiting for a new timer.", counts[0].1);
        Some(calm(&format!("Split vote{}", self.in_reign(Some(reign))), &why))
    }

    fn may_still_vote(&self, voter: Place, seat: Seat, candidate: Place, reign: Reign) -> bool {
        match seat {
            Seat::Taken => true,
            Seat::Refused => false,
            Seat::Empty => {
                let bound = self.page(voter).slip.filter(|slip| slip.binding && slip.reign >= reign);
                self.status(voter) != Status::Down
                    && bound.is_none_or(|slip| slip.to == candidate && slip.reign == reign)
            }
        }
    }

    fn race(&self, reign: Option<Reign>, running: &[Place]) -> Option<Headline> {
        let ahead = running.iter().copied().max_by_key(|&node| (taken(self.page(node)), std::cmp::Reverse(node)))?;
        let page = self.page(ahead);
        let title = match &page.bench {
            Some(bench) if bench.counts == "pre_votes" => format!("{ahead} asks before it runs"),
            _ => format!("Election{}", self.in_reign(reign)),
        };
        let Some(bench) = &page.bench else {
            return Some(calm(&title, &format!("{} {} running.", listed(running), is_or_are(running.len()))));
        };
        let counts = self.words.name("bench", bench.counts);
        let mut why = format!("{ahead} has {} of the {} {counts} it needs.", taken(page), bench.needed);
        if let Some(voter) = self.grant_under_way(ahead) {
            why += &format!(" The answer of {voter} is on its way.");
        }
        Some(calm(&title, &why))
    }

    fn grant_under_way(&self, to: Place) -> Option<Place> {
        let flights = self.sim.kernel().flights.iter();
        let mut grants = flights.filter(|flight| {
            flight.state == FlightState::Flying && flight.shape == Shape::Grant && flight.message.to == to
        });
        grants.next().map(|flight| flight.message.from)
    }

    fn one_leader(&self) -> Option<Headline> {
        let leader = *self.live_with(Role::Leader).first()?;
        let standing = self.page(leader).standing;
        let leads = match standing.reign {
            Some(reign) => format!("{leader} leads {}", self.words.reign(reign)),
            None => format!("{leader} leads"),
        };
        if self.status(leader) == Status::Paused {
            let why = format!("It is paused and does not know it. {}", self.whose_patience_ends());
            return Some(calm(&leads, why.trim_end()));
        }
        let followers: Vec<Place> = self
            .nodes
            .iter()
            .copied()
            .filter(|&node| node != leader && self.status(node) != Status::Down)
            .filter(|&node| self.page(node).standing.follows == Some(leader))
            .collect();
        let reach = self.reach(leader);
        if self.words.majority_counts() && reach < self.quorum() {
            let why = format!(
                "It reaches {reach} of {} nodes, itself counted. A majority is {}, so it can decide nothing.",
                self.nodes.len(),
                self.quorum()
            );
            let title = if reach == 1 && self.nodes.len() > 1 { format!("Nobody hears {leader}") } else { leads };
            return Some(calm(&title, &why));
        }
        let why = match followers.as_slice() {
            [] => "Nobody has heard of it yet.".into(),
            followers => {
                let words = self.words.find("family.followers").unwrap_or("Followed by {0}.");
                words.replace("{0}", &listed(followers))
            }
        };
        Some(calm(&leads, &why))
    }

    fn nobody_can_win(&self) -> Option<Headline> {
        if !self.words.majority_counts() {
            return None;
        }
        let (all, quorum, up) = (self.nodes.len(), self.quorum(), self.up());
        if up < quorum {
            let verb = is_or_are(up);
            return Some(calm("Nobody can win", &format!("{up} of {all} nodes {verb} up. A majority is {quorum}.")));
        }
        let best = self.nodes.iter().map(|&node| self.reach(node)).max().unwrap_or(0);
        let why = || format!("No node can talk to more than {best} of {all}, itself counted. A majority is {quorum}.");
        (best < quorum).then(|| calm("Nobody can win", &why()))
    }

    fn no_leader(&self) -> Headline {
        let followed = self.sim.kernel().resolve(Who::Followed);
        if let Some(gone) = followed.filter(|&gone| self.status(gone) == Status::Down) {
            let why = format!("It is down, and the others do not know it yet. {}", self.whose_patience_ends());
            return calm(&format!("Nobody hears {gone}"), why.trim_end());
        }
        let ever = !self.sim.kernel().measures.tenures.is_empty();
        let title = match ever {
            true => "No leader".into(),
            false => format!("{} nodes, no leader yet", counted(self.nodes.len())),
        };
        let why = self.whose_patience_ends();
        calm(&title, if why.is_empty() { "Nobody is waiting for anything." } else { &why })
    }

    /// The shortest ring among nodes that run.
    fn whose_patience_ends(&self) -> String {
        let now = self.sim.now();
        let waiting = self.nodes.iter().copied().filter(|&node| self.status(node) == Status::Up);
        let rings = waiting.filter_map(|node| self.page(node).ring.map(|ring| (ring.due_at, node)));
        match rings.filter(|&(due, _)| due >= now).min() {
            Some((due, node)) => waits(self.words, node, due - now),
            None => String::new(),
        }
    }
}

/// Who acts next of themselves: `N3 will lose patience first, in 40 ms.`
pub fn waits(words: &Words, node: Place, left: Micros) -> String {
    words.sentence("headline", "waits", |place| match place {
        "node" => Some(node.to_string()),
        "span" => Some(span(left)),
        _ => None,
    })
}

/// How many nodes that run this one can talk to, both ways, itself counted.
pub fn reach(sim: &dyn Simulation, node: Place) -> usize {
    let kernel = sim.kernel();
    let runs = |place: Place| kernel.statuses[kernel.census.slot(place)] == Status::Up;
    let talks = |other: Place| !kernel.network.is_cut(node, other) && !kernel.network.is_cut(other, node);
    kernel.census.nodes().filter(|&other| other == node || runs(other) && talks(other)).count()
}

/// The name of a broken promise and what was seen.
pub fn broken_line(words: &Words, property: &Property) -> Option<String> {
    let (Verdict::Broken(found)
    | Verdict::Withdrawn { then: Some(found), .. }
    | Verdict::Suspended { then: Some(found), .. }) = property.verdict
    else {
        return None;
    };
    let name = words.name("promise", property.promise.id);
    let place = |index: usize| found.places[index].map(|place| place.to_string());
    let seen = words.find(&format!("promise.{}.broken", property.promise.id)).map(|template| {
        super::lookup::fill(template, |key| match key {
            "a" => place(0),
            "b" => place(1),
            _ => numbered(found.places[0].unwrap_or(Place::Store), &found.numbers, key),
        })
    });
    Some(match seen {
        Some(seen) => format!("{name}: {seen}"),
        None => format!("{name}."),
    })
}

fn taken(page: &Inspection) -> usize {
    page.bench.as_ref().map_or(0, |bench| bench.seats.iter().filter(|(_, seat)| *seat == Seat::Taken).count())
}

fn is_or_are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

fn calm(title: &str, why: &str) -> Headline {
    Headline { gravity: Gravity::Calm, title: title.into(), why: why.into() }
}
