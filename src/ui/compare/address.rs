//! `#/compare/raft+bully/minority?fencing=on,off&t=2300`: which two, which faults, which of the stores is fenced.

use crate::scenarios::algorithm::Algorithm;
use crate::scenarios::pair::{ORDEALS, Ordeal, put_to};
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
        let hash = window().location().hash().unwrap_or_default();
        let (_, query) = hash.split_once('?')?;
        let at = query.split('&').find_map(|pair| pair.strip_prefix("t="))?;
        Some(at.parse::<u64>().ok()?.min(3_600_000) * MILLISECOND)
    }

    /// The address leads here again.
    pub fn write(&self) {
        if let Ok(history) = window().history() {
            let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&self.fragment()));
        }
    }
}
