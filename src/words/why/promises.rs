//! Why a promise stands as it does.

use super::case::Case;
use crate::sim::event::What;
use crate::sim::place::Place;
use crate::sim::property::{Break, Property, Verdict};
use crate::sim::reign::Role;
use crate::words::headline::broken_line;
use crate::words::numbers::grouped;

impl Case<'_> {
    pub(super) fn why_promise(&mut self, index: usize) {
        let Some(property) = self.sim.properties().get(index).copied() else { return };
        match property.verdict {
            Verdict::Kept => {
                self.say(match property.checks {
                    0 => "Nothing has put it to the test so far in this run.".to_owned(),
                    1 => "It was put to the test once in this run, and held.".to_owned(),
                    times => {
                        format!("It was put to the test {} times in this run, and held each time.", grouped(times))
                    }
                });
            }
            Verdict::AtRisk(why) => self.say(format!("At risk: {}.", self.words.name("risk", why))),
            Verdict::NotPromised => self.say("This algorithm does not promise it. Many believe that it does."),
            Verdict::Broken(found) => self.why_broken(&property, found),
            Verdict::Withdrawn { at, place, then } => {
                self.say(format!("It rests on disks that keep what they wrote, and {place} lost its disk."));
                let wiped = self.last(|event| event.at == at && event.place == place && event.what == What::Wiped);
                if let Some(wiped) = wiped {
                    self.back_from(Some(wiped.id));
                }
                if let Some(found) = then {
                    self.why_broken(&property, found);
                }
            }
            Verdict::Suspended { why, then, .. } => {
                self.say(format!("It is not promised at present: {}.", self.words.name("risk", why)));
                if let Some(found) = then {
                    self.why_broken(&property, found);
                }
            }
        }
    }

    /// The event after which it did not hold, what led there, and how the places in it came to where they stood.
    fn why_broken(&mut self, property: &Property, found: Break) {
        if let Some(line) = broken_line(self.words, property) {
            self.say(line);
        }
        let last = self.last_before(found.event + 1, |event| event.at <= found.at);
        match last {
            Some(event) => self.back_from(Some(event.id)),
            None => self.forgotten(),
        }
        let places: Vec<Place> = found.places.iter().flatten().copied().filter(|place| place.is_node()).collect();
        for place in places {
            if let Some(led) = self.became_before(place, found.event + 1, Role::Leader) {
                self.tell(led.id);
            }
        }
    }
}
