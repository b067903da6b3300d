//! Two runs that met the same acts, as one link: what a comparison shares.

use super::{Link, Shared};
use crate::playback::player::Moment;
use crate::playback::recording::Intervention;
use crate::sim::fault::{Fault, Which};

impl Link {
    /// Both sides at the moment of the left one. `is_whole` says that everything due then has been done on both, so that
    /// whoever opens the link meets the same history.
    pub fn of_pair(left: Link, right: Link, is_whole: bool) -> Option<Link> {
        let (Shared::One(one), Shared::One(other)) = (left.shared, right.shared) else { return None };
        let (acts, are_same) = merged(&one.interventions, &other.interventions);
        let all_due = |at| Moment { at, done: u64::MAX };
        let witnesses = left.witnesses.into_iter().chain(right.witnesses);
        Some(Link {
            shared: Shared::Pair(Box::new([one.scenario, other.scenario]), acts),
            moment: all_due(left.moment.at),
            newest: all_due(left.newest.at.max(right.newest.at)),
            chosen: left.chosen,
            engine: left.engine,
            witnesses: witnesses.filter(|_| are_same && is_whole).collect(),
        })
    }
}

/// One list for both sides, and whether each did exactly this. What one side skipped comes to nothing there again; what
/// was done to one message has no counterpart, and is left out.
fn merged(left: &[Intervention], right: &[Intervention]) -> (Vec<Intervention>, bool) {
    let (mut acts, mut are_same) = (Vec::new(), true);
    let (mut a, mut b) = (left.iter().peekable(), right.iter().peekable());
    loop {
        let act = match (a.peek(), b.peek()) {
            (None, None) => return (acts, are_same),
            (Some(one), Some(other)) if one.at == other.at && one.fault == other.fault => {
                acts.push(Intervention { after: one.after.max(other.after), ..(*one).clone() });
                a.next();
                b.next();
                continue;
            }
            (Some(one), other) if other.is_none_or(|other| one.at <= other.at) => a.next(),
            _ => b.next(),
        };
        are_same = false;
        acts.extend(act.filter(|act| !is_about_one_message(&act.fault)).cloned());
    }
}

fn is_about_one_message(fault: &Fault) -> bool {
    matches!(
        fault,
        Fault::Drop(Which::One(_))
            | Fault::Duplicate(Which::One(_))
            | Fault::Delay(Which::One(_), _)
            | Fault::Deliver(Which::One(_))
    )
}
