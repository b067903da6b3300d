//! What the visitor can do about the store: switch its fencing, and play the same run again with or without it.

use crate::sim::fault::{Fault, Scope};
use crate::sim::settings::Value;
use crate::sim::store::{Fencing, Job};
use crate::sim::time::{MILLISECOND, Micros};
use crate::ui::bookmark;
use crate::ui::session::Session;
use crate::ui::setup::Setup;

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
        session.remark("Leaders have no work yet: give them some, and there is a store to fence.".into());
    } else if !compares {
        session.remark("There is no number to compare here. The store can grant tokens instead.".into());
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
            () if sound.guard.grants_tokens && !scenario.guard.grants_tokens => "Replay with tokens from the store",
            () if scenario.guard.fencing == Fencing::Off => "Replay with fencing on",
            () if sound.guard == scenario.guard => "Replay, raising the fence first",
            () => "Replay with sound fencing",
        };
        return Some((says, with(sound)));
    }
    if was_refused && scenario.guard.fencing != Fencing::Off {
        let mut open = scenario.clone();
        open.guard.fencing = Fencing::Off;
        return Some(("Replay with fencing off", with(open)));
    }
    None
}

/// Plays it, from a little before the moment that matters.
pub fn replay(session: Session, setup: Setup, about: Micros) {
    bookmark::turn(session, || session.replay(setup, about.saturating_sub(LEAD_IN)));
}
