//! `#/compare/raft+bully/minority?fencing=on,off&t=2300`: which two, which faults, which of the stores is fenced.

use crate::scenarios::algorithm::Algorithm;
use crate::scenarios::pair::{ORDEALS, Ordeal, UNDISTURBED, put_to};
use crate::scenarios::scenario::Scenario;
use crate::share::link::{Link, payload};
use crate::sim::store::Fencing;
use crate::sim::time::{MILLISECOND, Micros};
use crate::ui::setup::Setup;
use leptos::prelude::window;

/// What is compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Comparison {
    pub sides: [(Algorithm, bool); 2],
    /// `None` for two runs that were sent, and meet faults of their own.
    pub ordeal: Option<Ordeal>,
}

/// What the address asks for.
pub struct Asked {
    pub comparison: Comparison,
    /// Both runs with what was done in them, in place of new ones.
    pub link: Option<Link>,
}

impl Comparison {
    pub fn setup(&self, side: usize) -> Setup {
        let (algorithm, fenced) = self.sides[side];
        let fencing = if fenced { Fencing::On } else { Fencing::Off };
        Setup { scenario: put_to(algorithm, fencing, self.ordeal.unwrap_or(UNDISTURBED)), story: None }
    }

    pub fn fragment(&self) -> String {
        let [(left, a), (right, b)] = self.sides;
        let word = |fenced: bool| if fenced { "on" } else { "off" };
        let ordeal = self.ordeal.unwrap_or(UNDISTURBED).id;
        format!("#/compare/{}+{}/{ordeal}?fencing={},{}", left.id(), right.id(), word(a), word(b))
    }

    /// Reads the window's fragment; what it does not know becomes the usual: Raft and Bully, the leader in the minority.
    pub fn read() -> Option<Asked> {
        let location = window().location();
        let hash = location.hash().unwrap_or_default();
        let search = location.search().unwrap_or_default();
        // Before the fragment it counts too.
        let link = payload(&hash).or_else(|| payload(&search)).and_then(|payload| Link::read(payload).ok());
        if let Some((comparison, link)) = link.and_then(|link| Some((Comparison::of_link(&link)?, link))) {
            return Some(Asked { comparison, link: Some(link) });
        }
        let (path, query) = hash.trim_start_matches('#').split_once('?').unwrap_or((hash.trim_start_matches('#'), ""));
        let mut parts = path.trim_matches('/').split('/').skip(1);
        let mut ids = parts.next().unwrap_or("").split('+');
        let mut family = |usual: &str| ids.next().and_then(Algorithm::by_id).or_else(|| Algorithm::by_id(usual));
        let (left, right) = (family("raft")?, family("bully")?);
        let ordeal = parts.next().and_then(Ordeal::by_id).unwrap_or(ORDEALS[0]);
        let fencing = query.split('&').find_map(|pair| pair.strip_prefix("fencing=")).unwrap_or("on,on");
        let mut fenced = fencing.split(',').map(|word| word != "off").chain([true, true]);
        let mut is_fenced = || fenced.next().unwrap_or(true);
        let comparison = Comparison { sides: [(left, is_fenced()), (right, is_fenced())], ordeal: Some(ordeal) };
        Some(Asked { comparison, link: None })
    }

    /// What a link of a pair compares.
    fn of_link(link: &Link) -> Option<Comparison> {
        let [left, right] = link.scenarios() else { return None };
        let side = |scenario: &Scenario| (scenario.algorithm, scenario.guard.fencing != Fencing::Off);
        let mut comparison = Comparison { sides: [side(left), side(right)], ordeal: None };
        comparison.ordeal = ORDEALS.into_iter().find(|&ordeal| {
            let usual = Comparison { ordeal: Some(ordeal), ..comparison };
            [0, 1].into_iter().all(|side| usual.setup(side).scenario == link.scenarios()[side])
        });
        Some(comparison)
    }

    /// The moment that the address asks for.
    pub fn moment() -> Option<Micros> {
        let hash = window().location().hash().unwrap_or_default();
        let (_, query) = hash.split_once('?')?;
        let at = query.split('&').find_map(|pair| pair.strip_prefix("t="))?;
        Some(at.parse::<u64>().ok()?.min(3_600_000) * MILLISECOND)
    }
}
