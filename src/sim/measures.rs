//! What is measured of leadership: who led when, how long nobody did, how long several did.

use super::place::{Census, Place};
use super::reign::{Reign, Role, Standing, Token};
use super::time::Micros;

/// A node believed that it led, from and until.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tenure {
    pub place: Place,
    pub reign: Option<Reign>,
    pub from: Micros,
    /// Absent while it goes on.
    pub until: Option<Micros>,
}

/// Whether a process runs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Status {
    #[default]
    Up,
    Paused,
    Down,
}

/// A leader was given a fencing token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Issue {
    pub at: Micros,
    pub place: Place,
    pub token: Token,
}

#[derive(Clone, Debug, Default)]
pub struct Measures {
    pub tenures: Vec<Tenure>,
    /// Every token that a leader was ever given, by its protocol or by the store, in order of time.
    pub tokens: Vec<Issue>,
    /// No live, unpaused node believed it led.
    pub leaderless: Micros,
    /// No live, unpaused leader was followed by a quorum (itself counted).
    pub majority_leaderless: Micros,
    /// Two or more live nodes, paused ones included, believed they led.
    pub multi_leader: Micros,
    since: Micros,
    no_leader: bool,
    no_majority: bool,
    several: bool,
    /// Open tenures, as indices into `tenures`.
    open: Vec<(Place, usize)>,
}

impl Measures {
    pub fn reset(&mut self) {
        self.tenures.clear();
        self.open.clear();
        self.tokens.clear();
        *self = Measures {
            tokens: std::mem::take(&mut self.tokens),
            tenures: std::mem::take(&mut self.tenures),
            open: std::mem::take(&mut self.open),
            no_leader: true,
            no_majority: true,
            ..Measures::default()
        };
    }

    /// Counts the time since the last change.
    pub fn advance(&mut self, now: Micros) {
        let span = now - self.since;
        self.since = now;
        self.leaderless += if self.no_leader { span } else { 0 };
        self.majority_leaderless += if self.no_majority { span } else { 0 };
        self.multi_leader += if self.several { span } else { 0 };
    }

    /// How long this node still believed it led after a later leader had stood up.
    pub fn zombie(&self, place: Place, now: Micros) -> Micros {
        let mine = self.tenures.iter().enumerate().filter(|(_, tenure)| tenure.place == place);
        mine.map(|(index, _)| self.zombie_of(index, now)).sum()
    }

    /// The same of one tenure, by its index.
    pub fn zombie_of(&self, index: usize, now: Micros) -> Micros {
        let tenure = &self.tenures[index];
        let until = tenure.until.unwrap_or(now);
        let later = self.tenures[index + 1..].iter().filter(|later| later.place != tenure.place && later.from < until);
        later.map(|later| until - later.from.max(tenure.from)).max().unwrap_or(0)
    }

    /// A leader has this token now.
    pub(super) fn note_token(&mut self, at: Micros, place: Place, token: Token) {
        let is_known = |issue: &Issue| (issue.place, issue.token) == (place, token);
        if !self.tokens.iter().rev().any(is_known) {
            self.tokens.push(Issue { at, place, token });
        }
    }

    /// The highest token that any leader was ever given.
    pub fn highest_token(&self) -> Option<Token> {
        self.tokens.iter().map(|issue| issue.token).max()
    }

    /// Two or more live nodes believe they lead.
    pub fn several_lead(&self) -> bool {
        self.several
    }

    /// A live, unpaused leader is followed by a quorum.
    pub fn majority_is_led(&self) -> bool {
        !self.no_majority
    }

    /// Somebody's standing or status changed.
    pub(super) fn changed(&mut self, now: Micros, census: Census, standings: &[Standing], statuses: &[Status]) {
        self.advance(now);
        let nodes = usize::from(census.nodes);
        let leads = |slot: usize| standings[slot].role == Role::Leader && statuses[slot] != Status::Down;
        if self.open.is_empty() && !(0..nodes).any(leads) {
            // Nobody led, nobody leads.
            (self.no_leader, self.no_majority, self.several) = (true, true, false);
            return;
        }
        self.update_tenures(now, census, standings, statuses);
        let live_leads = |slot: usize| leads(slot) && statuses[slot] == Status::Up;
        self.no_leader = !(0..nodes).any(live_leads);
        self.several = (0..nodes).filter(|&slot| leads(slot)).count() > 1;
        // Clients of a service need no majority of each other: the service decides.
        self.no_majority = if census.servers > 0 {
            self.no_leader
        } else {
            !(0..nodes).filter(|&slot| live_leads(slot)).any(|leader| {
                let followed = (0..nodes).filter(|&slot| {
                    slot == leader
                        || statuses[slot] != Status::Down
                            && standings[slot].role != Role::Leader
                            && standings[slot].follows == Some(census.place(leader))
                            && standings[slot].reign == standings[leader].reign
                });
                followed.count() >= census.quorum()
            })
        };
    }

    fn update_tenures(&mut self, now: Micros, census: Census, standings: &[Standing], statuses: &[Status]) {
        let tenures = &mut self.tenures;
        self.open.retain(|&(place, index)| {
            let slot = census.slot(place);
            let goes_on = statuses[slot] != Status::Down
                && standings[slot].role == Role::Leader
                && standings[slot].reign == tenures[index].reign;
            if !goes_on {
                tenures[index].until = Some(now);
            }
            goes_on
        });
        for place in census.nodes() {
            let slot = census.slot(place);
            let leads = standings[slot].role == Role::Leader && statuses[slot] != Status::Down;
            if leads && !self.open.iter().any(|&(open, _)| open == place) {
                self.open.push((place, tenures.len()));
                tenures.push(Tenure { place, reign: standings[slot].reign, from: now, until: None });
            }
        }
    }
}
