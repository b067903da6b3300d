//! What the visitor can do about the store: switch its fencing, and play the same run again with or without it.

use crate::sim::fault::{Fault, Scope};
use crate::sim::settings::Value;
use crate::sim::store::{Fencing, Job};
use crate::sim::time::{MILLISECOND, Micros};
use crate::ui::bookmark;
use crate::ui::session::Session;
use crate::ui::setup::Setup;
use crate::words::en::store as say;

/// A replay begins so long before what it is about.
const LEAD_IN: Micros = 900 * MILLISECOND;

const FENCING: u8 = 0;
const GRANTS: u8 = 1;

/// On, or off: from now on, as an act.
pub fn toggle_fencing(session: Session) {
    let (job, guard, compares) = session.look(|sim| {
        let kernel = sim.kernel();
        (kernel.work.job, kernel.store.guard, kernel.has_tokens || kernel.store.guard.grants_tokens)
    });
    if job == Job::None {
        session.remark(say::NO_WORK_YET.into());
    } else if !compares {
        session.remark(say::NOTHING_TO_COMPARE.into());
    } else {
        let next = if guard.fencing == Fencing::Off { Fencing::On } else { Fencing::Off };
        session.act(Fault::Tune(Scope::Store, FENCING, Value::Choice(next as u8)));
    }
}

/// The store hands out tokens, or does so no more.
pub fn set_grants(session: Session, on: bool) {
    session.act(Fault::Tune(Scope::Store, GRANTS, Value::Switch(on)));
}

/// How the same run could be played again, and what the button that does it says.
pub fn replay_offer(setup: &Setup, did_harm: bool, was_refused: bool) -> Option<(&'static str, Setup)> {
    let scenario = &setup.scenario;
    let sound = scenario.clone().with_sound_fencing();
    let with = |scenario| Setup { scenario, story: setup.story };
    if did_harm && sound != *scenario {
        let says = match () {
            () if sound.guard.grants_tokens && !scenario.guard.grants_tokens => say::REPLAY_GRANTED,
            () if scenario.guard.fencing == Fencing::Off => say::REPLAY_FENCED,
            () if sound.guard == scenario.guard => say::REPLAY_RAISED,
            () => say::REPLAY_SOUND,
        };
        return Some((says, with(sound)));
    }
    if was_refused && scenario.guard.fencing != Fencing::Off {
        let mut open = scenario.clone();
        open.guard.fencing = Fencing::Off;
        return Some((say::REPLAY_OPEN, with(open)));
    }
    None
}

/// Plays it, from a little before the moment that matters.
pub fn replay(session: Session, setup: Setup, about: Micros) {
    bookmark::turn(session, || session.replay(setup, about.saturating_sub(LEAD_IN)));
}
