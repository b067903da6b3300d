//! Why an entry is not committed: who holds it, what became of it on the way to the others, and what else it takes.

use super::case::{Case, message_of};
use super::standing_rules::Topic;
use crate::sim::event::{Event, What};
use crate::sim::kernel::FlightState;
use crate::sim::measures::Status;
use crate::sim::place::Place;
use crate::sim::reign::Reign;
use crate::words::numbers::{grouped, listed, span};

impl<'a> Case<'a> {
    /// Where this entry, counted from 1, stands on its way.
    pub(super) fn why_not_committed(&mut self, at: Place, index: u64) {
        let Some((reign, settled)) = self.entry(at, index) else {
            return self.say(format!("{at} has no entry {} any more.", grouped(index)));
        };
        if settled {
            return self.say_by(
                format!("{at} knows that entry {} is committed.", grouped(index)),
                self.rule_on(Topic::Committing),
            );
        }
        let holds = |node: &Place| self.entry(*node, index).is_some_and(|(theirs, _)| theirs == reign);
        let (holders, others): (Vec<Place>, Vec<Place>) = self.nodes().partition(holds);
        let quorum = self.sim.kernel().census.quorum();
        self.say_by(
            format!(
                "Entry {} of {} is on {}: {} of {}. A majority is {quorum}.",
                grouped(index),
                self.words.reign(reign),
                listed(&holders),
                holders.len(),
                self.sim.kernel().census.nodes,
            ),
            self.rule_on(Topic::Committing),
        );
        let known = holders.iter().find(|&&node| self.entry(node, index).is_some_and(|(_, settled)| settled));
        if let Some(&known) = known {
            self.say(format!("{known} knows already that it is committed; {at} has not heard of it."));
        } else if holders.len() >= quorum {
            self.held_but_open(at, reign);
        }
        for other in others {
            self.why_it_lacks(other, at);
        }
    }

    /// The entry as this place has it: its reign, and whether it is known to be committed.
    fn entry(&self, at: Place, index: u64) -> Option<(Reign, bool)> {
        let page = self.sim.inspect(at);
        let offset = usize::try_from(index.checked_sub(page.strip_start)?).ok()?;
        page.strip.get(offset).filter(|cell| cell.letter == ' ').map(|cell| (cell.reign, cell.settled))
    }

    /// A majority has it in its log, and still it is not known to be committed.
    fn held_but_open(&mut self, at: Place, reign: Reign) {
        if !self.leads(at) {
            return self.say(format!("{at} does not lead: it learns from a leader what is committed."));
        }
        let mine = self.standing(at).reign;
        if mine.is_some_and(|mine| mine > reign) {
            let mine = mine.map_or_else(String::new, |mine| self.words.reign(mine));
            return self.say(format!(
                "It is of an earlier {}. {at} commits it with the first entry of {mine}.",
                self.words.reign_word()
            ));
        }
        self.say(format!("{at} has not heard from enough of them that they have it on disk."));
    }

    /// What became of the newest message by which this place could have got it.
    fn why_it_lacks(&mut self, other: Place, from: Place) {
        if self.status(other) == Status::Down {
            self.say(format!("{other} is down."));
            return;
        }
        let flights = self.sim.kernel().flights.iter();
        let flying = flights
            .filter(|flight| flight.state == FlightState::Flying)
            .find(|flight| flight.message.from == from && flight.message.to == other && self.carries(&flight.message));
        if let Some(flight) = flying {
            let left = span(flight.arrives_at.saturating_sub(self.sim.now()));
            return self.tell_as(flight.sent_event, format!("It arrives in {left}."));
        }
        let lost = self.last(|event: &Event| {
            matches!(event.what, What::Lost { .. } | What::Sent { lost: Some(_), .. })
                && message_of(event).is_some_and(|message| message.from == from && message.to == other)
        });
        let is_cut = self.sim.kernel().network.is_cut(from, other);
        match lost.filter(|_| is_cut) {
            Some(lost) => {
                self.tell(lost.id);
                if let Some(cut) = self.parted(from, other, lost.id) {
                    self.tell(cut.id);
                }
            }
            None if is_cut => self.say(format!("The link from {from} to {other} is cut.")),
            None if self.status(other) == Status::Paused => self.say(format!("{other} is paused.")),
            None => self.say(format!("{other} does not have it yet.")),
        }
    }

    fn carries(&self, message: &crate::sim::event::MessageRef) -> bool {
        let kind = self.kind_id(message);
        self.fact(message, "entries").is_some_and(|count| count > 0)
            || ["accept", "proposal", "records", "diff", "snap"].contains(&kind)
    }
}
