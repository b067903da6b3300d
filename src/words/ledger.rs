//! What the ledger of the store says: each job's writes for what they are, what became of each, and the damage in
//! concrete words. What is written (for whom a seat is, which job runs) is told from the row's number and its writer.

use super::numbers::{grouped, instant, span};
use crate::sim::place::Place;
use crate::sim::reign::Token;
use crate::sim::store::{Damage, Fencing, Job, Outcome, Row, Store};
use crate::sim::time::Micros;

/// How a row is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    Accepted,
    /// Accepted, though a newer leader had its token already: the store had not seen it (F-5).
    Unseen,
    /// A retry of something done before.
    Repeated,
    Refused,
    Stale,
    Conflict,
}

impl Mark {
    pub fn of(row: &Row) -> Mark {
        match row.outcome {
            Outcome::Accepted if row.newer.is_some() => Mark::Unseen,
            Outcome::Accepted => Mark::Accepted,
            Outcome::Repeated => Mark::Repeated,
            Outcome::Refused => Mark::Refused,
            Outcome::Stale => Mark::Stale,
            Outcome::Overwrote => Mark::Conflict,
        }
    }

    /// Stable id, a class of the page.
    pub fn id(self) -> &'static str {
        match self {
            Mark::Accepted => "accepted",
            Mark::Unseen => "unseen",
            Mark::Repeated => "repeated",
            Mark::Refused => "refused",
            Mark::Stale => "stale",
            Mark::Conflict => "conflict",
        }
    }

    pub fn is_damage(self) -> bool {
        matches!(self, Mark::Stale | Mark::Conflict)
    }
}

/// What a job is called where one is chosen.
pub fn job_name(job: Job) -> &'static str {
    match job {
        Job::None => "No work",
        Job::Database => "Database primary",
        Job::Scheduler => "Job scheduler",
        Job::Partition => "Kafka partition",
    }
}

/// What stands over the ledger.
pub fn title(job: Job) -> &'static str {
    match job {
        Job::None => "Shared store",
        Job::Database => "Seat bookings",
        Job::Scheduler => "Job ledger",
        Job::Partition => "Partition log",
    }
}

/// One line on what leaders do.
pub fn about(job: Job) -> &'static str {
    match job {
        Job::None => "",
        Job::Database => "The leader reads the last seat sold and sells the next one.",
        Job::Scheduler => "Every job should be started once, and finished.",
        Job::Partition => "The leader appends records, one at each offset.",
    }
}

/// The number that people know the row by: the seat, the job, the offset.
pub fn number(job: Job, row_number: u64) -> u64 {
    // An update goes by the version it was based on, and makes the next.
    if job == Job::Database { row_number + 1 } else { row_number }
}

const GUESTS: [&str; 9] = ["Ada", "Ben", "Cleo", "Dev", "Eva", "Finn", "Gia", "Hugo", "Ida"];
const TASKS: [&str; 4] = ["invoices", "reminders", "payroll", "backup"];

/// Two writers never sell the same seat to the same guest.
fn guest(writer: Place, number: u64) -> &'static str {
    GUESTS[((u64::from(writer.number()) + 4 * number) % GUESTS.len() as u64) as usize]
}

fn task(number: u64) -> &'static str {
    TASKS[(number % TASKS.len() as u64) as usize]
}

/// What was written: `seat 12 to Cleo`, `starts payroll`, `record of N1`.
pub fn what(job: Job, row: &Row) -> String {
    match job {
        Job::None => "writes".into(),
        Job::Database => format!("sells to {}", guest(row.writer, row.number)),
        Job::Scheduler => format!("{} {}", if row.finishes { "finishes" } else { "starts" }, task(row.number)),
        Job::Partition => format!("appends {}-{}", row.writer, row.number),
    }
}

/// Beside the mark: why it was refused, or what is wrong with it. Empty for what needs no words.
pub fn verdict(row: &Row) -> String {
    match (Mark::of(row), row.token, row.newer) {
        (Mark::Refused, Some(token), Some(newer)) => refusal(token, newer),
        (Mark::Refused, ..) => "refused".into(),
        (Mark::Stale, Some(token), Some(newer)) => format!("stale: {token} came after {newer}"),
        (Mark::Stale, ..) => "stale".into(),
        (Mark::Conflict, ..) => "conflict".into(),
        (Mark::Unseen, _, Some(newer)) => format!("{newer} not seen yet"),
        (Mark::Repeated, ..) => "a retry, done before".into(),
        _ => String::new(),
    }
}

/// `refused: 7 is older than 8`.
pub fn refusal(token: Token, newer: Token) -> String {
    let than = if token == newer { "not newer than" } else { "older than" };
    format!("refused: {token} is {than} {newer}")
}

/// What a row destroyed: which row or job, whose work, by whom. None if it did no harm.
pub fn damage(job: Job, row: &Row) -> Option<String> {
    if !Mark::of(row).is_damage() {
        return None;
    }
    let (by, known_as) = (row.writer, grouped(number(job, row.number)));
    let Some(victim) = row.victim else {
        return Some(match (job, row.newer) {
            (Job::Scheduler, Some(newer)) => format!("{by} still works on job {known_as} after token {newer}."),
            (_, Some(newer)) => format!("{by} wrote behind token {newer}."),
            (_, None) => format!("{by} wrote over newer work."),
        });
    };
    let (whose, when) = (victim.writer, instant(victim.at));
    Some(match job {
        Job::None => format!("{by} overwrote what {whose} wrote at {when} ms."),
        Job::Database => format!(
            "Seat {known_as} is sold twice: {whose} sold it to {} at {when} ms, and {by} overwrote that with {}.",
            guest(whose, victim.number),
            guest(by, row.number)
        ),
        Job::Scheduler => {
            format!(
                "Job {known_as}, {}, runs twice: {whose} started it at {when} ms, and {by} again.",
                task(row.number)
            )
        }
        Job::Partition => {
            format!("Offset {known_as} holds two records: {whose}-{known_as} since {when} ms, and now {by}-{known_as}.")
        }
    })
}

/// Of work that somebody later did too: who, and what that means for the job.
pub fn done_again(job: Job, by: Place) -> String {
    match job {
        Job::None | Job::Database => format!("written over by {by}"),
        Job::Scheduler => format!("run again by {by}"),
        Job::Partition => format!("{by} has another record here"),
    }
}

/// Of a job that was started and not finished, though a later one was started.
pub const HALF_DONE: &str = "not finished";

/// What it comes to: `3 seats sold twice`. Empty if there is none.
pub fn tally(job: Job, damage: &Damage) -> String {
    let count = |count: u64, one: &str, more: &str| {
        (count > 0).then(|| format!("{count} {}", if count == 1 { one } else { more }))
    };
    let parts: Vec<String> = match job {
        Job::None => Vec::new(),
        Job::Database => count(damage.lost_updates, "seat sold twice", "seats sold twice").into_iter().collect(),
        Job::Partition => {
            count(damage.diverged, "offset with two records", "offsets with two records").into_iter().collect()
        }
        Job::Scheduler => [
            count(damage.double_runs, "job run twice", "jobs run twice"),
            count(damage.missed_runs, "never run", "never run"),
            count(damage.half_runs, "left half done", "left half done"),
        ]
        .into_iter()
        .flatten()
        .collect(),
    };
    parts.join(", ")
}

/// Beside the seal, which shows the number: the second half of a ballot too.
pub fn highest(token: Token) -> String {
    if token.by > 0 { format!("Highest token seen: {token}") } else { "Highest token seen".into() }
}

/// How the store is guarded, in a few words.
pub fn guarded(store: &Store, has_tokens: bool) -> &'static str {
    if !has_tokens && !store.guard.grants_tokens {
        return "There is no number to compare: the store accepts every write.";
    }
    match store.guard.fencing {
        Fencing::Off => "Fencing is off: the store accepts every write.",
        Fencing::On if store.guard.grants_tokens && !has_tokens => {
            "The store hands out tokens itself: it is the real election."
        }
        Fencing::On => "A token older than the highest seen is refused.",
        Fencing::InMemory => "Broken on purpose: the highest token is lost in a crash.",
        Fencing::Strict => "Broken on purpose: an equal token is refused too.",
        Fencing::CheckThenApply => "Broken on purpose: it checks first and writes later.",
        #[cfg(feature = "mutants")]
        Fencing::RaisedElsewhere => "Broken on purpose: the fence is raised on another resource.",
    }
}

/// How long somebody went on believing that it led, beside its successor.
pub fn zombie(place: Place, by: Micros) -> String {
    format!("{place} went on for {} after its successor stood up.", span(by))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::store::Victim;

    fn row(outcome: Outcome, token: u64, newer: Option<u64>) -> Row {
        Row {
            at: 1_046_000,
            writer: Place::Node(1),
            token: (token > 0).then(|| Token::counted(token)),
            number: 11,
            finishes: false,
            outcome,
            victim: Some(Victim { writer: Place::Node(4), at: 975_000, number: 11 }),
            newer: newer.map(Token::counted),
            event: 0,
        }
    }

    #[test]
    fn verdicts_name_both_tokens() {
        assert_eq!(verdict(&row(Outcome::Refused, 7, Some(8))), "refused: 7 is older than 8");
        assert_eq!(verdict(&row(Outcome::Refused, 7, Some(7))), "refused: 7 is not newer than 7");
        assert_eq!(verdict(&row(Outcome::Stale, 7, Some(8))), "stale: 7 came after 8");
        assert_eq!(verdict(&row(Outcome::Accepted, 7, Some(8))), "8 not seen yet");
        assert_eq!(verdict(&row(Outcome::Overwrote, 0, None)), "conflict");
        assert_eq!(Mark::of(&row(Outcome::Accepted, 7, Some(8))), Mark::Unseen);
    }

    #[test]
    fn damage_says_what_whose_and_by_whom() {
        let stale = row(Outcome::Stale, 7, Some(8));
        let seat = damage(Job::Database, &stale).expect("damage");
        assert!(seat.starts_with("Seat 12 is sold twice: N4 sold it to ") && seat.contains("N1 overwrote"), "{seat}");
        let job = damage(Job::Scheduler, &stale).expect("damage");
        assert_eq!(job, "Job 11, backup, runs twice: N4 started it at 975 ms, and N1 again.");
        let offset = damage(Job::Partition, &stale).expect("damage");
        assert_eq!(offset, "Offset 11 holds two records: N4-11 since 975 ms, and now N1-11.");
        assert_eq!(damage(Job::Database, &row(Outcome::Refused, 7, Some(8))), None, "what is refused harms nobody");
        assert_eq!(damage(Job::Database, &row(Outcome::Accepted, 7, Some(8))), None, "F-5 is legal");
    }

    #[test]
    fn a_ballot_is_shown_as_the_pair_that_is_compared() {
        assert_eq!(highest(Token { number: 2, by: 5 }), "Highest token seen: 2·N5");
        assert_eq!(highest(Token::counted(2)), "Highest token seen");
    }

    #[test]
    fn two_writers_sell_a_seat_to_different_guests() {
        for number in 0..40 {
            for (a, b) in [(1, 2), (1, 5), (4, 5), (2, 9)] {
                assert_ne!(guest(Place::Node(a), number), guest(Place::Node(b), number));
            }
        }
    }

    #[test]
    fn tallies_count_in_the_words_of_the_job() {
        let damage = Damage { double_runs: 2, half_runs: 1, lost_updates: 1, ..Damage::default() };
        assert_eq!(tally(Job::Scheduler, &damage), "2 jobs run twice, 1 left half done");
        assert_eq!(tally(Job::Database, &damage), "1 seat sold twice");
        assert_eq!(tally(Job::Partition, &damage), "");
    }
}
