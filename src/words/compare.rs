//! Two runs side by side: what was measured of each, and what one could say about it in a minute.

use super::lookup::Words;
use super::numbers::span;
use crate::sim::message::Kind;
use crate::sim::reign::Role;
use crate::sim::simulation::Simulation;
use crate::sim::store::{Fencing, Job};
use crate::sim::time::Micros;

/// Messages that decide who leads, by family; all others keep a leader or do its work.
const ELECTION: &[&str] = &[
    // Raft
    "vote_request",
    "vote",
    "pre_vote_request",
    "pre_vote",
    "timeout_now",
    // Bully
    "election",
    "ok",
    "coordinator",
    // Paxos
    "prepare",
    "promise",
    // Zab
    "looking_vote",
    "following_vote",
    "leading_vote",
    "follower_info",
    "leader_info",
    "ack_epoch",
    // The recipe
    "create",
    "created",
    "get_children",
    "children",
    "watch",
    "watching",
    "event",
    // A lease
    "put",
    "done",
    "conflict",
    // An appointed leader
    "state",
];

/// What was measured of a run so far.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Measured {
    /// Nobody led whom a majority follows; of clients of a service: nobody led.
    pub leaderless: Micros,
    pub election_messages: u64,
    pub election_messages_lost: u64,
    pub two_leaders: Micros,
    /// Writes that came behind a newer token: refused, and all of them.
    pub refused: u64,
    pub late: u64,
    /// Writes accepted that were stale, or over another leader's work.
    pub conflicting: u64,
    pub accepted: u64,
    /// Someone leads now.
    pub is_led: bool,
    pub several_lead: bool,
    pub compares: bool,
    pub fenced: bool,
}

impl Measured {
    pub fn of(sim: &dyn Simulation) -> Measured {
        let kernel = sim.kernel();
        let damage = kernel.store.damage;
        let is_election = |kind: &Kind| ELECTION.contains(&kind.id);
        let kinds = sim.kinds().iter().enumerate().filter(|(_, kind)| is_election(kind));
        let (sent, lost) = kinds.fold((0, 0), |(sent, lost), (index, _)| {
            let tally = kernel.tally_of(index as u8);
            (sent + tally.sent, lost + tally.lost)
        });
        let compares = kernel.has_tokens || kernel.store.guard.grants_tokens;
        Measured {
            leaderless: kernel.measures.majority_leaderless,
            election_messages: sent,
            election_messages_lost: lost,
            two_leaders: kernel.measures.multi_leader,
            refused: damage.refused,
            late: damage.refused + damage.stale,
            conflicting: damage.corrupted,
            accepted: damage.accepted,
            is_led: kernel.standings.iter().any(|standing| standing.role == Role::Leader),
            several_lead: kernel.measures.several_lead(),
            compares,
            fenced: compares && kernel.store.guard.fencing != Fencing::Off && kernel.work.job != Job::None,
        }
    }

    /// The table: the name of each line, its value, and a number to draw it by.
    pub fn lines(&self) -> [(&'static str, String, u64); 5] {
        let messages = match self.election_messages_lost {
            0 => self.election_messages.to_string(),
            lost => format!("{}, {lost} lost", self.election_messages),
        };
        let so_far = if self.several_lead { " so far" } else { "" };
        [
            ("Time without a leader the majority follows", span(self.leaderless), self.leaderless),
            ("Election messages sent", messages, self.election_messages),
            ("Two leaders at the same time for", span(self.two_leaders) + so_far, self.two_leaders),
            ("Stale writes the store refused", format!("{} of {}", self.refused, self.late), 0),
            ("Conflicting writes accepted", self.conflicting.to_string(), self.conflicting),
        ]
    }
}

/// A side as sentences call it.
pub struct Side<'a> {
    pub name: &'a str,
    pub words: Words,
    pub measured: Measured,
}

/// What a teacher could read out: nothing but what was measured, and what the families assume.
pub fn one_minute(left: &Side<'_>, right: &Side<'_>) -> Vec<String> {
    let mut said = vec![leaderless(left, right)];
    said.push(overlap(left, right));
    said.extend([left, right].map(at_the_store));
    let mut assumed: Vec<&'static str> = Vec::new();
    for side in [left, right] {
        if let Some(assumes) = side.words.find("family.assumes").filter(|assumes| !assumed.contains(assumes)) {
            assumed.push(assumes);
            said.push(assumes.to_owned());
        }
    }
    said
}

fn leaderless(left: &Side<'_>, right: &Side<'_>) -> String {
    let (a, b) = (left.measured.leaderless, right.measured.leaderless);
    let close = a.abs_diff(b) * 10 <= a.max(b);
    match close {
        _ if a + b == 0 => "Neither has been without a leader that counts so far.".into(),
        true => format!("Both were without a leader that counts for about as long: {} and {}.", span(a), span(b)),
        false => {
            format!("{} was without a leader that counts for {}, {} for {}.", left.name, span(a), right.name, span(b))
        }
    }
}

fn overlap(left: &Side<'_>, right: &Side<'_>) -> String {
    let of = |side: &Side<'_>| match (side.measured.two_leaders, side.measured.several_lead) {
        (0, _) => format!("{} never had two leaders at once", side.name),
        (time, true) => format!("{} has had two for {}, and still has", side.name, span(time)),
        (time, false) => format!("{} had two for {}", side.name, span(time)),
    };
    format!("{}; {}.", of(left), of(right))
}

fn at_the_store(side: &Side<'_>) -> String {
    let Measured { refused, conflicting, accepted, compares, fenced, .. } = side.measured;
    let name = side.name;
    let writes = |count: u64| if count == 1 { "write".to_owned() } else { "writes".to_owned() };
    match (compares, fenced, refused, conflicting) {
        (_, _, 0, 0) if accepted == 0 => format!("{name}: nobody has written to the store yet."),
        (_, _, 0, 0) => format!("{name}: no write was stale or destroyed another leader's, so the store is sound."),
        (_, _, refused, 0) => {
            format!(
                "{name}: the store had seen a newer token and refused {refused} {} of an old leader.",
                writes(refused)
            )
        }
        (false, _, _, harm) => {
            format!("{name}: there is no number to compare, so the store took {harm} conflicting {}.", writes(harm))
        }
        (true, false, _, harm) => {
            format!("{name}: fencing is off, so the store took {harm} conflicting {}.", writes(harm))
        }
        (true, true, _, harm) => format!("{name}: {harm} conflicting {} got past the fence.", writes(harm)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(name: &str, measured: Measured) -> Side<'_> {
        Side { name, words: Words::of("none"), measured }
    }

    #[test]
    fn sentences_say_what_was_measured() {
        let fenced = Measured {
            leaderless: 393_000,
            refused: 1,
            late: 1,
            accepted: 4,
            compares: true,
            fenced: true,
            ..Measured::default()
        };
        let open = Measured {
            leaderless: 390_000,
            two_leaders: 505_000,
            several_lead: true,
            conflicting: 2,
            accepted: 7,
            ..Measured::default()
        };
        let said = one_minute(&side("Raft", fenced), &side("Bully", open));
        assert_eq!(
            said,
            [
                "Both were without a leader that counts for about as long: 393 ms and 390 ms.",
                "Raft never had two leaders at once; Bully has had two for 505 ms, and still has.",
                "Raft: the store had seen a newer token and refused 1 write of an old leader.",
                "Bully: there is no number to compare, so the store took 2 conflicting writes.",
            ]
        );
    }

    #[test]
    fn the_table_says_so_far_only_while_it_goes_on() {
        let open = Measured { two_leaders: 505_000, several_lead: true, refused: 1, late: 3, ..Measured::default() };
        let lines = open.lines();
        assert_eq!(lines[2].1, "505 ms so far");
        assert_eq!(lines[3].1, "1 of 3");
        assert_eq!(Measured { several_lead: false, ..open }.lines()[2].1, "505 ms");
    }
}
