//! `#/compare/raft+bully/minority?fencing=on,off&t=2300&left=..&right=..`: which two, which faults, which of the stores
//! is fenced, and what the visitor did on each side, as the link of that side's run: what befell a message befell one only.

use crate::playback::recording::{Intervention, Recording};
use crate::scenarios::algorithm::Algorithm;
use crate::scenarios::pair::{ORDEALS, Ordeal, put_to};
use crate::share::link::{Link, LinkError, Shared};
use crate::sim::store::Fencing;
use crate::sim::time::{MILLISECOND, Micros};
use crate::ui::setup::Setup;
use leptos::prelude::window;

/// What is compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Comparison {
    pub sides: [(Algorithm, bool); 2],
    pub ordeal: Ordeal,
}

impl Comparison {
    pub fn setup(&self, side: usize) -> Setup {
        let (algorithm, fenced) = self.sides[side];
        let fencing = if fenced { Fencing::On } else { Fencing::Off };
        Setup { scenario: put_to(algorithm, fencing, self.ordeal), story: None }
    }

    pub fn fragment(&self) -> String {
        let [(left, a), (right, b)] = self.sides;
        let word = |fenced: bool| if fenced { "on" } else { "off" };
        format!("#/compare/{}+{}/{}?fencing={},{}", left.id(), right.id(), self.ordeal.id, word(a), word(b))
    }

    /// Reads the window's fragment; what it does not know becomes the usual: Raft and Bully, the leader in the minority.
    pub fn read() -> Option<Comparison> {
        let hash = window().location().hash().unwrap_or_default();
        let (path, query) = hash.trim_start_matches('#').split_once('?').unwrap_or((hash.trim_start_matches('#'), ""));
        let mut parts = path.trim_matches('/').split('/').skip(1);
        let mut ids = parts.next().unwrap_or("").split('+');
        let mut family = |usual: &str| ids.next().and_then(Algorithm::by_id).or_else(|| Algorithm::by_id(usual));
        let (left, right) = (family("raft")?, family("bully")?);
        let ordeal = parts.next().and_then(Ordeal::by_id).unwrap_or(ORDEALS[0]);
        let fencing = query.split('&').find_map(|pair| pair.strip_prefix("fencing=")).unwrap_or("on,on");
        let mut fenced = fencing.split(',').map(|word| word != "off").chain([true, true]);
        let mut is_fenced = || fenced.next().unwrap_or(true);
        Some(Comparison { sides: [(left, is_fenced()), (right, is_fenced())], ordeal })
    }

    /// The moment that the address asks for.
    pub fn moment() -> Option<Micros> {
        Some(parameter("t=")?.parse::<u64>().ok()?.min(3_600_000) * MILLISECOND)
    }

    /// What the address says that the visitor did on this side; `None` if nothing.
    ///
    /// # Errors
    /// The link of that side cannot be read.
    pub fn acts(side: usize) -> Option<Result<Vec<Intervention>, LinkError>> {
        let read = |link: Link| match link.shared {
            Shared::One(recording) => recording.interventions,
            Shared::Pair(_, acts) => acts,
        };
        Some(Link::read(&parameter(SIDES[side])?).map(read))
    }

    /// The address leads here again, to this moment and with what was done by then.
    pub fn write(&self, at: Option<Micros>, sides: [Recording; 2]) {
        let mut fragment = self.fragment();
        if let Some(at) = at {
            fragment += &format!("&t={}", at / MILLISECOND);
        }
        for (recording, name) in sides.into_iter().zip(SIDES).filter(|(side, _)| !side.interventions.is_empty()) {
            fragment += &format!("&{name}{}", Link::of_recording(recording, at.unwrap_or_default()).write());
        }
        if let Ok(history) = window().history() {
            let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&fragment));
        }
    }
}

const SIDES: [&str; 2] = ["left=", "right="];

fn parameter(name: &str) -> Option<String> {
    let hash = window().location().hash().unwrap_or_default();
    let (_, query) = hash.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix(name)).map(str::to_owned)
}
