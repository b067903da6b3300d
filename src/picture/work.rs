//! The work of a leader drawn for what it is: tickets for seats, runs of jobs, cells of a log; and what became of each.

use super::phrases::escape;
use crate::sim::store::{Job, Outcome, Row};
use crate::words::ledger::number;
use crate::words::numbers::grouped;

/// What stands of a row's work, as far as the rows at hand tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Nothing was done: refused, or a retry.
    Nothing,
    /// A seat sold, a record at its offset, a job finished.
    Done,
    /// A job started, which nobody has finished yet.
    Begun,
    /// A job started and not finished, though a later one was started.
    Half,
    /// Two leaders did it; this one came first, and its place in the rows is that of the one that came after.
    Twice(usize),
    /// Two leaders did it; this one came second.
    Again,
}

/// What stands of every row. `rows` are in order of time, or the newest first.
pub fn standings(job: Job, rows: &[Row]) -> Vec<Standing> {
    rows.iter().map(|row| standing(job, row, rows)).collect()
}

fn standing(job: Job, row: &Row, rows: &[Row]) -> Standing {
    if is_nothing(row) {
        return Standing::Nothing;
    }
    if row.victim.is_some() {
        return Standing::Again;
    }
    let is_mine = |other: &Row| other.victim.is_some_and(|victim| (victim.writer, victim.at) == (row.writer, row.at));
    if let Some(by) = rows.iter().position(is_mine).filter(|_| !row.finishes) {
        return Standing::Twice(by);
    }
    if job != Job::Scheduler || row.finishes {
        return Standing::Done;
    }
    let mut counted = rows.iter().filter(|other| !is_nothing(other));
    if counted.clone().any(|other| other.finishes && other.number == row.number) {
        return Standing::Done;
    }
    if counted.any(|other| !other.finishes && other.number > row.number) { Standing::Half } else { Standing::Begun }
}

fn is_nothing(row: &Row) -> bool {
    matches!(row.outcome, Outcome::Refused | Outcome::Repeated)
}

/// The job's sign, in a box of 20 by 20.
pub fn sign(job: Job) -> &'static str {
    match job {
        Job::None => "",
        Job::Database => {
            "<path class=\"work\" d=\"M3.5 5v10c0 1.7 2.9 3 6.5 3s6.5-1.3 6.5-3V5M3.5 10c0 1.7 2.9 3 6.5 3s6.5-1.3 6.5-3\"/><ellipse class=\"work\" cx=\"10\" cy=\"5\" rx=\"6.5\" ry=\"3\"/>"
        }
        Job::Scheduler => {
            "<rect class=\"work\" x=\"2.5\" y=\"4\" width=\"15\" height=\"13.5\" rx=\"2\"/><path class=\"work\" d=\"M6.5 2v4M13.5 2v4M7 11.5l2.3 2.5 4-5\"/>"
        }
        Job::Partition => {
            "<path class=\"work\" d=\"M1.5 6h17v8h-17zM7.2 6v8M12.8 6v8\"/><path class=\"work\" d=\"M16 2.5h2.5M16 17.5h2.5\"/>"
        }
    }
}

/// A row's work around the origin, 32 wide and 22 high, with the number that people know it by.
pub fn work(job: Job, row: &Row, standing: Standing) -> String {
    let (shape, x) = match job {
        Job::None => ("", 0.0),
        Job::Database => (seat(standing), 0.0),
        Job::Scheduler => run(standing),
        Job::Partition => cell(standing),
    };
    let known_as = if is_nothing(row) { "\u{2013}".into() } else { grouped(number(job, row.number)) };
    let squeeze =
        if known_as.chars().count() > 3 { " textLength=\"20\" lengthAdjust=\"spacingAndGlyphs\"" } else { "" };
    let inverse = if (job, standing) == (Job::Scheduler, Standing::Done) { " inverse" } else { "" };
    let strike = match (job, standing) {
        (Job::Database, Standing::Twice(_)) => "<path class=\"work lost\" d=\"M-15 5L15-5\"/>",
        _ => "",
    };
    format!(
        "{shape}<text class=\"work-number{inverse}\" x=\"{x}\" y=\"4\"{squeeze}>{}</text>{strike}",
        escape(&known_as)
    )
}

/// A ticket.
fn seat(standing: Standing) -> &'static str {
    match standing {
        Standing::Nothing => {
            "<path class=\"work dashed\" d=\"M-15-8.5h30v5.5a3 3 0 0 0 0 6v5.5h-30v-5.5a3 3 0 0 0 0-6z\"/>"
        }
        Standing::Again => {
            "<path class=\"work lost\" d=\"M-15-8.5h30v5.5a3 3 0 0 0 0 6v5.5h-30v-5.5a3 3 0 0 0 0-6z\"/>"
        }
        _ => "<path class=\"work\" d=\"M-15-8.5h30v5.5a3 3 0 0 0 0 6v5.5h-30v-5.5a3 3 0 0 0 0-6z\"/>",
    }
}

/// A capsule, and where its number stands: open while the job runs, full when it is done, torn off when nobody finished
/// it, double when two ran it.
fn run(standing: Standing) -> (&'static str, f64) {
    match standing {
        Standing::Nothing => {
            ("<rect class=\"work dashed\" x=\"-15\" y=\"-8.5\" width=\"30\" height=\"17\" rx=\"8.5\"/>", 0.0)
        }
        Standing::Done => {
            ("<rect class=\"work solid\" x=\"-15\" y=\"-8.5\" width=\"30\" height=\"17\" rx=\"8.5\"/>", 0.0)
        }
        Standing::Begun => ("<path class=\"work\" d=\"M12-8.5H-6.5a8.5 8.5 0 0 0 0 17H12\"/>", 0.0),
        Standing::Half => ("<path class=\"work lost\" d=\"M11-8.5H-6.5a8.5 8.5 0 0 0 0 17H11l4-4-4-4.5 4-4z\"/>", -1.5),
        Standing::Twice(_) | Standing::Again => (
            "<rect class=\"work lost\" x=\"-11\" y=\"-10\" width=\"26\" height=\"16\" rx=\"8\"/><rect class=\"work lost front\" x=\"-15\" y=\"-6\" width=\"26\" height=\"16\" rx=\"8\"/>",
            -2.0,
        ),
    }
}

/// A cell of the log, chained to its neighbours, and where its number stands: of two records at one offset the second
/// stands on a branch.
fn cell(standing: Standing) -> (&'static str, f64) {
    match standing {
        Standing::Nothing => ("<rect class=\"work dashed\" x=\"-12\" y=\"-8.5\" width=\"27\" height=\"17\"/>", 1.5),
        Standing::Again => (
            "<path class=\"work\" d=\"M-12-11v22\"/><path class=\"work lost\" d=\"M-12 11q0-10 5-10\"/><rect class=\"work lost\" x=\"-7\" y=\"-8.5\" width=\"22\" height=\"17\"/>",
            4.0,
        ),
        _ => (
            "<path class=\"work\" d=\"M-12-11v22\"/><rect class=\"work\" x=\"-12\" y=\"-8.5\" width=\"27\" height=\"17\"/>",
            1.5,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::place::Place;
    use crate::sim::store::Victim;

    fn row(writer: u8, number: u64, at: u64, finishes: bool) -> Row {
        let (outcome, victim) = (Outcome::Accepted, None);
        Row { at, writer: Place::Node(writer), token: None, number, finishes, outcome, victim, newer: None, event: 0 }
    }

    fn over(row: Row, victim: &Row) -> Row {
        let victim = Victim { writer: victim.writer, at: victim.at, number: victim.number };
        Row { outcome: Outcome::Overwrote, victim: Some(victim), ..row }
    }

    #[test]
    fn a_seat_sold_again_is_struck_by_the_row_that_wrote_over_it() {
        let first = row(1, 7, 10, false);
        let refused = Row { outcome: Outcome::Refused, ..row(3, 7, 30, false) };
        let rows = [first, over(row(2, 7, 20, false), &first), refused, row(2, 8, 40, false)];
        let standings = standings(Job::Database, &rows);
        assert_eq!(standings, [Standing::Twice(1), Standing::Again, Standing::Nothing, Standing::Done]);
        let drawn: Vec<String> =
            rows.iter().zip(standings).map(|(row, standing)| work(Job::Database, row, standing)).collect();
        assert!(drawn[0].contains("L15-5") && drawn[0].contains(">8<"), "struck, and known as seat 8: {}", drawn[0]);
        assert!(drawn[2].contains("dashed") && drawn[2].contains("\u{2013}"), "{}", drawn[2]);
        assert!(!drawn[1].contains("L15-5") && !drawn[3].contains("lost"));
    }

    #[test]
    fn a_job_is_open_half_full_or_double() {
        let start = row(1, 3, 10, false);
        assert_eq!(standings(Job::Scheduler, &[start]), [Standing::Begun]);
        assert_eq!(standings(Job::Scheduler, &[start, row(1, 3, 20, true)]), [Standing::Done; 2]);
        let left = [start, row(2, 4, 30, false)];
        assert_eq!(standings(Job::Scheduler, &left), [Standing::Half, Standing::Begun]);
        let twice = [over(row(2, 3, 30, false), &start), start];
        assert_eq!(standings(Job::Scheduler, &twice), [Standing::Again, Standing::Twice(0)], "newest first");
        let mut shapes: Vec<&str> =
            [Standing::Begun, Standing::Half, Standing::Done, Standing::Again, Standing::Nothing]
                .map(|standing| run(standing).0)
                .to_vec();
        shapes.sort_unstable();
        shapes.dedup();
        assert_eq!(shapes.len(), 5, "told apart by shape");
    }

    #[test]
    fn a_log_forks_where_two_records_stand_at_one_offset() {
        let first = row(1, 5, 10, false);
        let rows = [first, over(row(4, 5, 20, false), &first)];
        let standings = standings(Job::Partition, &rows);
        assert_eq!(standings, [Standing::Twice(1), Standing::Again]);
        assert!(work(Job::Partition, &rows[1], standings[1]).contains("q0-10"), "a branch");
        assert!(work(Job::Partition, &rows[0], Standing::Done).contains(">5<"), "offsets go by their own number");
    }
}
