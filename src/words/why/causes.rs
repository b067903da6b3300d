//! An event followed back to what led to it: from an arrival to the step in which it was sent, from a timer that ran
//! out to what set it and to what kept the next sign of life away.

use super::case::{Case, MOST, is_timer, message_of};
use super::standing_rules::Topic;
use crate::sim::event::{Event, EventId, Loss, What};
use crate::sim::fault::Fault;
use crate::sim::history::Act;
use crate::sim::place::Place;
use crate::sim::reign::{Role, Standing};
use crate::words::numbers::{counted, span};

/// How many others that said yes are listed by name.
const MOST_VOTERS: usize = 5;

impl<'a> Case<'a> {
    /// Why an event happened.
    pub(super) fn why_event(&mut self, id: EventId) {
        let Some(event) = self.event(id) else { return self.forgotten() };
        if self.refusal(event) {
            return;
        }
        match event.what {
            What::Became(standing) if standing.role == Role::Leader => self.why_elected(event, &standing),
            What::Became(standing) if standing.role == Role::Candidate => self.why_ran(event),
            What::Lost { .. } | What::Sent { lost: Some(_), .. } => self.why_lost(event),
            _ => self.back_from(Some(id)),
        }
    }

    /// Follows the causes, each told once, until there is none that says more.
    pub(super) fn back_from(&mut self, from: Option<EventId>) {
        let mut next = from;
        let mut arrived = false;
        while let Some(id) = next {
            if self.steps.len() >= MOST {
                return;
            }
            let Some(event) = self.event(id) else { return self.forgotten() };
            // The sending of a message that arrived says nothing new, and neither does a disk that has written.
            let repeats =
                arrived && matches!(event.what, What::Sent { .. }) || matches!(event.what, What::Saved { .. });
            if !repeats {
                self.tell(id);
            }
            arrived = matches!(event.what, What::Delivered { .. } | What::Waits { .. } | What::Lost { .. });
            match event.what {
                What::Acted { .. } => return,
                What::TimerFired { .. } => return self.silence(event),
                _ => next = event.cause,
            }
        }
    }

    /// A timer ran out: what had set it, and what kept the next sign of life away.
    fn silence(&mut self, fired: &'a Event) {
        let Some(setter) = fired.cause.and_then(|cause| self.event(cause)) else { return };
        if is_timer(Some(setter)) {
            // It runs again and again by itself.
            return;
        }
        let waited = span(fired.at - setter.at);
        self.tell_as(setter.id, format!("That set the timer, which ran for {waited} without being set anew."));
        let Some(awaited) = self.followed_before(fired.place, fired.id) else { return };
        let mut lost: Option<&Event> = None;
        let mut more = 0;
        for event in self.between(setter.id, fired.id) {
            let fell_out = matches!(event.what, What::Crashed | What::Paused { .. }) && event.place == awaited;
            let stepped_back =
                event.place == awaited && matches!(event.what, What::Became(standing) if standing.role != Role::Leader);
            if fell_out || stepped_back {
                match self.act_behind(event) {
                    Some(act) => self.tell(act.id),
                    None => self.tell(event.id),
                }
            } else if is_lost(event, awaited, fired.place) {
                more += usize::from(lost.is_some());
                lost = lost.or(Some(event));
            }
        }
        if let Some(event) = lost {
            let rest = match more {
                0 => String::new(),
                1 => "Another one was lost after it.".into(),
                more => format!("{} more were lost after it.", counted(more)),
            };
            self.tell_as(event.id, rest);
            self.what_cut(event);
            return;
        }
        self.down_before(awaited, setter.id);
    }

    /// It may have been gone already when the timer was set.
    fn down_before(&mut self, place: Place, end: EventId) {
        let last = self.last_before(end, |event| {
            event.place == place
                && matches!(
                    event.what,
                    What::Crashed | What::Paused { .. } | What::Booted { .. } | What::Resumed { .. }
                )
        });
        if let Some(event) = last.filter(|event| matches!(event.what, What::Crashed | What::Paused { .. })) {
            match self.act_behind(event) {
                Some(act) => self.tell(act.id),
                None => self.tell(event.id),
            }
        }
    }

    /// Whom this place took for the leader, if that was another.
    pub(super) fn followed_before(&self, place: Place, end: EventId) -> Option<Place> {
        let follows = |event: &Event| match event.what {
            What::Became(standing) if event.place == place => standing.follows.filter(|&leader| leader != place),
            _ => None,
        };
        self.last_before(end, |event| follows(event).is_some()).and_then(follows)
    }

    /// The act in whose course something befell a place.
    pub(super) fn act_behind(&self, event: &Event) -> Option<&'a Event> {
        event.cause.and_then(|cause| self.event(cause)).filter(|cause| matches!(cause.what, What::Acted { .. }))
    }

    /// Why a message did not arrive.
    pub(super) fn why_lost(&mut self, event: &'a Event) {
        self.tell(event.id);
        self.what_cut(event);
        let sent = match event.what {
            What::Lost { .. } => event.cause,
            _ => Some(event.id),
        };
        self.back_from(sent.and_then(|sent| self.event(sent)).and_then(|sent| sent.cause));
    }

    /// The act that took a lost message its way.
    fn what_cut(&mut self, lost: &Event) {
        let (Some(message), Some(why)) = (message_of(lost), loss_of(lost)) else { return };
        let (from, to) = (message.from, message.to);
        let act = match why {
            Loss::Cut | Loss::ConnectionBroke => self.parted(from, to, lost.id),
            Loss::Dropped => self.acted_before(lost.id, |act| matches!(act.fault, Fault::Drop(_))),
            Loss::ReceiverDown => return self.down_before(to, lost.id),
            Loss::Chance => None,
        };
        if let Some(act) = act {
            self.tell(act.id);
        }
    }

    /// The newest act before `end` that cut these two from each other.
    pub(super) fn parted(&self, one: Place, other: Place, end: EventId) -> Option<&'a Event> {
        let cuts = |act: &Act| match &act.fault {
            Fault::Isolate(_) => act.target.is_some_and(|target| target == one || target == other),
            Fault::Partition(_) | Fault::Cut { .. } => true,
            _ => false,
        };
        self.acted_before(end, cuts)
    }

    pub(super) fn acted_before(&self, end: EventId, fits: impl Fn(&Act) -> bool) -> Option<&'a Event> {
        self.last_before(end, |event| self.act(event).is_some_and(&fits))
    }

    // ---- elections --------------------------------------------------------------------------------------------

    /// Why a node came to lead: what decided, who else had said yes, and why it ran.
    pub(super) fn why_elected(&mut self, won: &'a Event, standing: &Standing) {
        self.tell_won(won);
        let ran = self.ran_before(won.place, won.id);
        let step = self.step_of(won);
        if let Some(step) = step.filter(|step| !matches!(step.what, What::Became(_))) {
            if matches!(step.what, What::Saved { .. }) {
                self.say("What it was waiting for was then on its own disk.");
            } else {
                self.tell(step.id);
            }
            self.who_else_agreed(step, ran.map_or(0, |ran| ran.id), standing);
        }
        match ran {
            Some(ran) => self.why_ran(ran),
            None => self.back_from(step.and_then(|step| step.cause)),
        }
    }

    /// In its last step a new leader goes on to its first work: what made it leader is the rule before.
    pub(super) fn tell_won(&mut self, won: &Event) {
        let made = self.rule_on(Topic::Winning).filter(|rule| matches!(rule.family, 'R' | 'P'));
        self.tell_by(won.id, made);
    }

    fn who_else_agreed(&mut self, last: &'a Event, since: EventId, standing: &Standing) {
        let Some(decisive) = message_of(last) else { return };
        let reign = standing.reign.map(|reign| reign.number);
        let agrees = |event: &&Event| {
            matches!(event.what, What::Delivered { .. }) && event.place == last.place && {
                let message = message_of(event).unwrap_or(decisive);
                let same = message.kind == decisive.kind && message.from != decisive.from;
                let says_yes = self.fact(&message, "granted").is_none_or(|granted| granted == 1);
                let of_this_reign = self.fact(&message, "term").is_none_or(|term| Some(term) == reign);
                same && says_yes && of_this_reign && event.reason.is_none_or(|reason| reason.0.starts_with("needs"))
            }
        };
        let mut voters: Vec<(Place, EventId)> = Vec::new();
        for event in self.between(since, last.id).filter(agrees) {
            let from = message_of(event).map_or(event.place, |message| message.from);
            if !voters.iter().any(|(voter, _)| *voter == from) {
                voters.push((from, event.id));
            }
        }
        for (_, event) in voters.into_iter().rev().take(MOST_VOTERS) {
            self.tell(event);
        }
    }

    /// Why a node stood for election.
    pub(super) fn why_ran(&mut self, ran: &'a Event) {
        self.tell(ran.id);
        self.back_from(ran.cause);
    }
}

fn loss_of(event: &Event) -> Option<Loss> {
    match event.what {
        What::Lost { why, .. } => Some(why),
        What::Sent { lost, .. } => lost,
        _ => None,
    }
}

fn is_lost(event: &Event, from: Place, to: Place) -> bool {
    loss_of(event).is_some() && message_of(event).is_some_and(|message| message.from == from && message.to == to)
}
