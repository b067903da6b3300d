//! What a service of one server has on record, in its box: who holds the lease, or whom the controller appointed.

use super::layout::Layout;
use super::ledger::line;
use crate::sim::inspection::{Inspection, Shown};
use crate::words::picture_line::{appointed, lease};

/// Two short columns, each a name and a value.
pub type Record = [(&'static str, String); 2];

/// None for a server of an ensemble: its queue is drawn instead.
pub fn record_of(page: &Inspection) -> Option<Record> {
    let row = |id: &str| page.rows.iter().find(|row| row.id == id).map(|row| &row.value);
    let number = |id| if let Some(Shown::Number(number)) = row(id) { Some(*number) } else { None };
    let place = |id| if let Some(Shown::Place(place)) = row(id) { Some(*place) } else { None };
    if let Some(holders) = number("transitions") {
        return Some(lease(place("holder"), holders, number("version").unwrap_or(0)));
    }
    let Some(Shown::Places(in_sync)) = row("in_sync") else { return None };
    Some(appointed(place("leader"), number("epoch").unwrap_or(0), in_sync))
}

/// Left and right of the server.
pub fn record_markup(record: &Record, layout: &Layout) -> String {
    let Some(room) = layout.ensemble else { return String::new() };
    let [(left, left_value), (right, right_value)] = record;
    let (x, end, top) = (room.x + 12.0, room.right() - 12.0, room.y + room.h / 2.0 - 4.0);
    [
        line("record name", x, top, left),
        line("record", x, top + 16.0, left_value),
        line("record name end", end, top, right),
        line("record end", end, top + 16.0, right_value),
    ]
    .concat()
}

/// What a screen reader says.
pub fn spoken(record: &Record) -> String {
    let [(left, left_value), (right, right_value)] = record;
    format!("{left}: {left_value}. {right}: {right_value}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenarios::algorithm::Algorithm;
    use crate::scenarios::scenario::Scenario;
    use crate::sim::fault::{By, Fault, Who};
    use crate::sim::place::Place;
    use crate::sim::time::SECOND;

    #[test]
    fn the_box_says_what_the_service_has_on_record() {
        let said = |family: &str, crash: bool| {
            let mut sim = Scenario::new(Algorithm::by_id(family).expect("a family")).open().expect("opens");
            sim.run_until(5 * SECOND);
            if crash {
                sim.inject(By::Visitor, &Fault::Crash(Who::Leader));
                sim.run_until(20 * SECOND);
            }
            record_of(&sim.inspect(Place::Server(1))).map(|record| spoken(&record))
        };
        let held = said("lease", false).expect("a lease");
        assert!(held.starts_with("Lease: held by N") && held.contains("holder #1"), "{held}");
        assert!(said("lease", true).expect("a lease").contains("holder #2"));
        let led = said("appointed", false).expect("a partition");
        assert!(led.contains("epoch 1") && led.ends_with("In sync: N1 N2 N3 N4 N5."), "{led}");
        let led = said("appointed", true).expect("a partition");
        assert!(led.contains("epoch 2") && led.matches(" N").count() == 5, "{led}");
        assert_eq!(said("zookeeper", false), None);
    }
}
