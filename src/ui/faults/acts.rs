//! What a button does to a node, and what it is called at this moment.

use crate::sim::fault::{Fault, Waking, Who};
use crate::sim::measures::Status;
use crate::sim::place::Place;
use crate::sim::request::Word;
use crate::sim::simulation::Simulation;
use crate::ui::session::Session;
use crate::ui::widgets::icon::Glyph;
use crate::words::en::faults as say;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Act {
    CrashOrRestart,
    PauseOrResume,
    CutOffOrRejoin,
    TimeOutNow,
    Write,
    Read,
    Heal,
    HandOver,
    Resign,
    ForgetLeader,
    Wipe,
    /// Parts per million; 0 sets it right.
    Skew(i32),
}

/// A button as it should look now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    pub icon: Glyph,
    /// Without its target: `Crash`.
    pub verb: &'static str,
    /// With it: `Crash N3`.
    pub full: String,
    pub possible: bool,
}

impl Act {
    /// `target` is whom it would hit; without one, most acts have nothing to do.
    pub fn label(self, sim: &dyn Simulation, target: Option<Place>) -> Label {
        let status = target.map(|place| sim.kernel().statuses[sim.kernel().census.slot(place)]);
        let (icon, verb) = self.name(sim, target, status);
        let possible = match self {
            Act::Heal => true,
            Act::CrashOrRestart | Act::CutOffOrRejoin | Act::Wipe | Act::Skew(_) => target.is_some(),
            Act::PauseOrResume => matches!(status, Some(Status::Up | Status::Paused)),
            _ => status == Some(Status::Up),
        };
        let full = match (self, target) {
            (Act::Heal, _) => say::HEAL_ALL_LINKS.into(),
            (Act::Write, Some(place)) => say::write_through(place),
            (Act::Read, Some(place)) => say::read_from(place),
            (Act::TimeOutNow, Some(place)) => say::time_out_now(place),
            (Act::HandOver, Some(place)) => say::hand_over_from(place),
            (Act::Wipe, Some(place)) => say::wipe_disk_of(place),
            (Act::Skew(_) | Act::Resign | Act::ForgetLeader, Some(place)) => format!("{verb}: {place}"),
            (_, Some(place)) => format!("{verb} {place}"),
            (_, None) => verb.into(),
        };
        Label { icon, verb, full, possible }
    }

    fn name(self, sim: &dyn Simulation, target: Option<Place>, status: Option<Status>) -> (Glyph, &'static str) {
        match self {
            Act::CrashOrRestart if status == Some(Status::Down) => (Glyph::Restart, say::RESTART),
            Act::CrashOrRestart => (Glyph::Crash, say::CRASH),
            Act::PauseOrResume if status == Some(Status::Paused) => (Glyph::Play, say::RESUME),
            Act::PauseOrResume => (Glyph::Pause, say::PAUSE),
            Act::CutOffOrRejoin if target.is_some_and(|place| is_cut_off(sim, place)) => (Glyph::Heal, say::RECONNECT),
            Act::CutOffOrRejoin => (Glyph::CutOff, say::CUT_OFF),
            Act::TimeOutNow => (Glyph::Clock, say::TIME_OUT_NOW),
            Act::Write => (Glyph::Write, say::WRITE),
            Act::Read => (Glyph::Read, say::READ),
            Act::Heal => (Glyph::Heal, say::HEAL),
            Act::HandOver => (Glyph::HandOver, say::HAND_OVER),
            Act::Resign => (Glyph::Down, say::RESIGN),
            Act::ForgetLeader => (Glyph::NotPromised, say::FORGET_THE_LEADER),
            Act::Wipe => (Glyph::Wipe, say::WIPE_DISK),
            Act::Skew(0) => (Glyph::Clock, say::CLOCK_RIGHT_AGAIN),
            Act::Skew(parts) if parts > 0 => (Glyph::Clock, say::CLOCK_20_FAST),
            Act::Skew(_) => (Glyph::Clock, say::CLOCK_20_SLOW),
        }
    }

    pub fn carry_out(self, session: Session, target: Option<Place>) {
        if self == Act::Heal {
            session.act(Fault::Heal);
            return;
        }
        let Some(place) = target else {
            session.remark(say::THERE_IS_NO_LEADER_NOW.into());
            return;
        };
        let fault = session.look(|sim| self.fault(sim, place));
        session.act(fault);
    }

    fn fault(self, sim: &dyn Simulation, place: Place) -> Fault {
        let who = Who::At(place);
        let status = sim.kernel().statuses[sim.kernel().census.slot(place)];
        match self {
            Act::CrashOrRestart if status == Status::Down => Fault::Restart(who),
            Act::CrashOrRestart => Fault::Crash(who),
            Act::PauseOrResume if status == Status::Paused => Fault::Resume(who, Waking::Either),
            Act::PauseOrResume => Fault::Pause(who),
            Act::CutOffOrRejoin if is_cut_off(sim, place) => Fault::Rejoin(who),
            Act::CutOffOrRejoin => Fault::Isolate(who),
            Act::TimeOutNow => Fault::TimeOutNow(who),
            Act::Write => Fault::Request(next_word(sim), who),
            Act::Read => Fault::Read(Word::new("x").unwrap_or_default(), who),
            Act::Heal => Fault::Heal,
            Act::HandOver => Fault::Transfer { from: who, to: None },
            Act::Resign => Fault::Resign(who),
            Act::ForgetLeader => Fault::ForgetLeader(who),
            Act::Wipe => Fault::Wipe(who),
            Act::Skew(parts) => Fault::Drift(who, parts),
        }
    }
}

/// Every link of it is cut, both ways.
pub fn is_cut_off(sim: &dyn Simulation, place: Place) -> bool {
    let network = &sim.kernel().network;
    let mut others = sim.kernel().census.nodes().filter(|&other| other != place).peekable();
    others.peek().is_some() && others.all(|other| network.is_cut(place, other) && network.is_cut(other, place))
}

/// Each write says something else: `x1`, `x2` ...
fn next_word(sim: &dyn Simulation) -> Word {
    let number = sim.kernel().requests + 1;
    Word::new(&format!("x{number}")).unwrap_or_default()
}
