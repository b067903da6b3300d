//! Why somebody leads, still leads, or does not; why nobody does; why two do.

use super::case::{Case, message_of};
use super::standing_rules::Topic;
use crate::sim::event::{Event, EventId, What};
use crate::sim::inspection::{Bench, Seat};
use crate::sim::kernel::FlightState;
use crate::sim::measures::Status;
use crate::sim::order::put_in_order;
use crate::sim::place::Place;
use crate::sim::reign::Role;
use crate::words::headline::{headline, reach, waits};
use crate::words::numbers::{counted, listed, span};

impl<'a> Case<'a> {
    // ---- one node -------------------------------------------------------------------------------------------

    /// Why this node does not lead now.
    pub(super) fn why_not_leader(&mut self, place: Place) {
        match self.status(place) {
            Status::Down => {
                self.say(format!("{place} is down: who does not run cannot lead."));
                return self.fell_out(place);
            }
            Status::Paused => {
                self.say(format!("{place} is paused: it does nothing until it wakes."));
                self.fell_out(place);
            }
            Status::Up => {}
        }
        match self.standing(place).role {
            Role::Candidate => self.what_it_lacks(place),
            _ => self.why_it_only_follows(place),
        }
    }

    /// What took it down, or froze it.
    fn fell_out(&mut self, place: Place) {
        let fell = self.last(|event| event.place == place && matches!(event.what, What::Crashed | What::Paused { .. }));
        match fell {
            Some(fell) => match self.act_behind(fell) {
                Some(act) => self.tell(act.id),
                None => self.tell(fell.id),
            },
            None => self.say(format!("{place} was not started when this run began, or it is too long ago.")),
        }
    }

    fn why_it_only_follows(&mut self, place: Place) {
        let page = self.sim.inspect(place);
        let standing = *self.standing(place);
        match standing.follows.filter(|&leader| leader != place) {
            Some(leader) => {
                let reign = standing.reign.map_or_else(String::new, |reign| format!(" in {}", self.words.reign(reign)));
                self.say_by(format!("{place} follows {leader}{reign}."), self.rule_on(Topic::Running));
                let heard = self.last(|event| {
                    event.place == place && matches!(event.what, What::Delivered { message } if message.from == leader)
                });
                if let Some(heard) = heard {
                    self.tell(heard.id);
                }
                if let Some(&before) = page.waits_for.first() {
                    self.say(format!("It waits for {before}, which stands before it."));
                }
            }
            None => {
                let text = match page.waits_for.first() {
                    Some(before) => format!("{place} waits for {before}."),
                    None => format!("{place} follows nobody it knows of, and does not run for election now."),
                };
                self.say_by(text, self.rule_on(Topic::Running));
            }
        }
        if let Some(ring) = page.ring.filter(|ring| ring.due_at >= self.sim.now()) {
            let timer = self.sim.timer_names().get(usize::from(ring.timer)).copied().unwrap_or("timer");
            let left = span(ring.due_at - self.sim.now());
            self.say(format!(
                "Its {} runs out in {left}, unless it is set anew before.",
                self.words.name("timer", timer)
            ));
        }
        // A leader that gave up, or a candidate that lost, tells when.
        let changed = self.last(|event| event.place == place && matches!(event.what, What::Became(_)));
        if let Some(changed) = changed.filter(|changed| !self.has_told(changed.id)) {
            self.tell(changed.id);
            self.back_from(changed.cause);
        }
    }

    /// A candidate: who has said yes, and what became of each question that has not been answered so.
    fn what_it_lacks(&mut self, place: Place) {
        let page = self.sim.inspect(place);
        let Some(ran) = self.ran_before(place, EventId::MAX) else { return self.forgotten() };
        // The questions left in the same step, before the change of standing was noted.
        let since = self.step_of(ran).map_or(ran.id, |step| step.id);
        match &page.bench {
            Some(bench) => {
                let taken = bench.seats.iter().filter(|(_, seat)| *seat == Seat::Taken).count();
                let counts = self.words.name("bench", bench.counts);
                self.say_by(
                    format!("{place} has {taken} of the {} {counts} it needs.", bench.needed),
                    self.rule_on(Topic::Winning),
                );
                self.empty_seats(place, bench, since);
            }
            None => {
                self.say_by(format!("{place} runs, and is not done yet."), self.rule_on(Topic::Winning));
                if let Some(&awaited) = page.waits_for.first() {
                    self.say(format!("It waits for {awaited}."));
                }
            }
        }
        self.why_ran(ran);
    }

    fn empty_seats(&mut self, place: Place, bench: &Bench, since: EventId) {
        for &(voter, seat) in &bench.seats {
            if voter == place && seat != Seat::Taken {
                self.say("Its own vote is not on its disk yet.");
            } else if voter != place && seat != Seat::Taken {
                self.empty_seat(place, voter, since);
            }
        }
    }

    /// Why this voter is not counted: the newest thing that became of question or answer.
    fn empty_seat(&mut self, place: Place, voter: Place, since: EventId) {
        let flights = self.sim.kernel().flights.iter();
        let mut on_its_way = flights.filter(|flight| flight.state == FlightState::Flying && flight.sent_event > since);
        let between = |from, to| {
            move |flight: &&crate::sim::kernel::Flight| flight.message.from == from && flight.message.to == to
        };
        let now = self.sim.now();
        if let Some(flight) = on_its_way.clone().find(between(voter, place)) {
            let remark = format!("It arrives in {}.", span(flight.arrives_at.saturating_sub(now)));
            return self.tell_as(flight.sent_event, remark);
        }
        if let Some(flight) = on_its_way.find(between(place, voter)) {
            let remark = format!("It arrives in {}.", span(flight.arrives_at.saturating_sub(now)));
            return self.tell_as(flight.sent_event, remark);
        }
        let concerns = |event: &&Event| {
            message_of(event).is_some_and(|message| {
                message.from == place && message.to == voter || message.from == voter && message.to == place
            })
        };
        let last = self.between(since, EventId::MAX).filter(concerns).last();
        let Some(last) = last else {
            return self.say(format!("{voter} was not asked, or did not answer."));
        };
        let is_lost = matches!(last.what, What::Lost { .. } | What::Sent { lost: Some(_), .. });
        if self.status(voter) == Status::Down {
            self.say(format!("{voter} is down."));
            self.fell_out(voter);
        } else if is_lost {
            self.tell(last.id);
            if let Some(message) = message_of(last)
                && let Some(cut) = self.parted(message.from, message.to, last.id)
                && self.sim.kernel().network.is_cut(message.from, message.to)
            {
                self.tell(cut.id);
            }
        } else if let Some(refused) = self.refused_by(place, voter, since) {
            let why = self.reason_of(refused);
            let said = if why.is_empty() { String::new() } else { format!("{voter} refused: {why}") };
            self.tell_as(refused.id, said);
        } else {
            self.tell(last.id);
        }
    }

    fn refused_by(&self, candidate: Place, voter: Place, since: EventId) -> Option<&'a Event> {
        self.between(since, EventId::MAX)
            .filter(|event| event.place == voter && self.is_refused(event))
            .filter(|event| message_of(event).is_some_and(|message| message.from == candidate))
            .last()
    }

    // ---- a leader -------------------------------------------------------------------------------------------

    /// Why this node leads, and goes on leading.
    pub(super) fn why_leads(&mut self, place: Place) {
        let Some(won) = self.took_the_lead(place) else { return self.forgotten() };
        let newer = self.nodes().filter(|&other| other != place && self.leads(other)).find(|&other| {
            self.standing(other).reign > self.standing(place).reign
                || self.took_the_lead(other).is_some_and(|later| later.id > won.id)
        });
        if let Some(newer) = newer {
            self.why_it_does_not_know(place, newer, won);
        }
        if self.status(place) == Status::Paused {
            self.say(format!("{place} is paused: it cannot notice anything."));
            self.fell_out(place);
        }
        match won.what {
            What::Became(standing) if newer.is_none() => self.why_elected(won, &standing),
            _ => self.tell_won(won),
        }
    }

    fn why_it_does_not_know(&mut self, place: Place, newer: Place, won: &'a Event) {
        self.say_by(format!("Nothing has told {place} that {newer} leads too."), self.rule_on(Topic::Staying));
        if let Some(later) = self.took_the_lead(newer) {
            self.tell_won(later);
        }
        let hears: Vec<Place> = self.nodes().filter(|&other| other != place && self.can_talk(other, place)).collect();
        self.say(match hears.as_slice() {
            [] => format!("No node that runs can reach {place} now."),
            hears => format!("{place} can still hear {}.", listed(hears)),
        });
        match self.switch(place, "check_quorum") {
            Some(false) => self.say("CheckQuorum is off, so it does not ask whether a majority still answers."),
            Some(true) => {
                self.say("CheckQuorum is on: it steps down once a majority has been silent for an election timeout.")
            }
            None => {}
        }
        let cut = self.parted(place, newer, EventId::MAX).filter(|cut| cut.id > won.id || !self.can_talk(newer, place));
        if let Some(cut) = cut.filter(|_| !self.can_talk(newer, place)) {
            self.tell(cut.id);
        }
    }

    fn can_talk(&self, from: Place, to: Place) -> bool {
        self.status(from) == Status::Up && !self.sim.kernel().network.is_cut(from, to)
    }

    // ---- the whole ------------------------------------------------------------------------------------------

    /// Why there are several leaders.
    pub(super) fn why_several_lead(&mut self) {
        let leaders: Vec<Place> = self.nodes().filter(|&node| self.leads(node)).collect();
        if leaders.len() < 2 {
            return self.say("Fewer than two nodes believe now that they lead.");
        }
        let state = headline(self.words, self.sim);
        self.say(format!(
            "{} nodes believe that they lead: {}. {}",
            counted(leaders.len()),
            listed(&leaders),
            state.why
        ));
        let mut by_age: Vec<(EventId, Place)> =
            leaders.iter().filter_map(|&leader| Some((self.took_the_lead(leader)?.id, leader))).collect();
        put_in_order(&mut by_age, |&(event, _)| event);
        let (Some(&(_, oldest)), Some(&(_, newest))) = (by_age.first(), by_age.last()) else {
            return self.forgotten();
        };
        if let Some(won) = self.took_the_lead(oldest) {
            self.why_it_does_not_know(oldest, newest, won);
            if self.status(oldest) == Status::Paused {
                self.fell_out(oldest);
            }
            self.tell_won(won);
        }
        if let Some(ran) = self.took_the_lead(newest).and_then(|won| self.ran_before(newest, won.id)) {
            self.why_ran(ran);
        }
    }

    /// Why nobody leads now.
    pub(super) fn why_nobody_leads(&mut self) {
        let kernel = self.sim.kernel();
        let all = usize::from(kernel.census.nodes);
        let up = self.nodes().filter(|&node| self.status(node) == Status::Up).count();
        let best = self.nodes().filter(|&node| self.status(node) == Status::Up).map(|node| reach(self.sim, node)).max();
        let quorum = kernel.census.quorum();
        let needs_majority = self.words.majority_counts() && kernel.census.servers == 0;
        if needs_majority && up < quorum {
            let verb = if up == 1 { "runs" } else { "run" };
            self.say_by(format!("{up} of {all} nodes {verb}; a majority is {quorum}."), self.rule_on(Topic::Winning));
            let gone: Vec<Place> = self.nodes().filter(|&node| self.status(node) != Status::Up).collect();
            gone.into_iter().for_each(|node| self.fell_out(node));
            return;
        }
        if needs_majority && let Some(best) = best.filter(|&best| best < quorum) {
            self.say_by(
                format!("No node can talk to more than {best} of {all}, itself counted; a majority is {quorum}."),
                self.rule_on(Topic::Winning),
            );
            let cut = self.acted_before(EventId::MAX, |act| {
                use crate::sim::fault::Fault;
                matches!(act.fault, Fault::Isolate(_) | Fault::Partition(_) | Fault::Cut { .. })
            });
            if let Some(cut) = cut {
                self.tell(cut.id);
            }
            return;
        }
        if let Some(ahead) = self.ahead() {
            self.what_it_lacks(ahead);
        } else {
            self.who_runs_next();
        }
        self.how_the_last_one_ended();
    }

    /// The candidate with the newest reign and the most seats.
    fn ahead(&self) -> Option<Place> {
        let running =
            self.nodes().filter(|&node| self.status(node) == Status::Up && self.standing(node).role == Role::Candidate);
        running.max_by_key(|&node| {
            let bench = self.sim.inspect(node).bench;
            let taken = bench.map_or(0, |bench| bench.seats.iter().filter(|(_, seat)| *seat == Seat::Taken).count());
            (self.standing(node).reign, taken, std::cmp::Reverse(node))
        })
    }

    fn who_runs_next(&mut self) {
        let now = self.sim.now();
        let up = self.nodes().filter(|&node| self.status(node) == Status::Up);
        let rings = up.filter_map(|node| self.sim.inspect(node).ring.map(|ring| (ring.due_at, node)));
        let first = rings.filter(|&(due, _)| due >= now).min();
        match first {
            Some((due, node)) => self.say_by(
                format!("Nobody runs yet. {}", waits(self.words, node, due - now)),
                self.rule_on(Topic::Running),
            ),
            None => self.say("Nobody runs, and nobody is waiting for anything."),
        }
    }

    fn how_the_last_one_ended(&mut self) {
        let tenures = &self.sim.kernel().measures.tenures;
        let ended = tenures.iter().rev().filter_map(|tenure| Some((tenure.until?, tenure.place))).max();
        let Some((until, place)) = ended else {
            let paused = self.nodes().find(|&node| self.leads(node) && self.status(node) == Status::Paused);
            return match paused {
                Some(paused) => {
                    self.say(format!("{paused} believes that it leads, but it is paused."));
                    self.fell_out(paused);
                }
                None if tenures.is_empty() => self.say("Nobody has led in this run so far."),
                None => {}
            };
        };
        let ending = self.last(|event| {
            event.at == until && event.place == place && matches!(event.what, What::Crashed | What::Became(_))
        });
        if let Some(ending) = ending {
            let act = self.act_behind(ending).filter(|_| ending.what == What::Crashed);
            match act {
                Some(act) => self.tell(act.id),
                None => {
                    self.tell(ending.id);
                    self.back_from(ending.cause);
                }
            }
        }
    }
}
