//! The address: which page, which run, which looks. All of it is in the fragment.

use crate::scenarios::algorithm::Algorithm;
use crate::scenarios::catalogue::Story;
use crate::sim::time::{MILLISECOND, Micros};
use crate::ui::lab::{self, address::LabAddress};
use crate::ui::preferences::Theme;
use crate::ui::setup::{SIZES, Setup};
use leptos::prelude::*;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Page {
    Play,
    Embed,
    Lab,
}

/// What the address asks for. What it asks wrongly is in `complaints`, one line each.
pub struct Address {
    pub page: Page,
    pub setup: Setup,
    pub at: Option<Micros>,
    pub theme: Option<Theme>,
    pub present: bool,
    pub autoplay: bool,
    pub locked: bool,
    pub complaints: Vec<String>,
}

/// Reads the fragment; short forms before it (`?alg=raft&n=3`) count too.
pub fn read() -> Option<Address> {
    let location = window().location();
    let hash = location.hash().unwrap_or_default();
    let search = location.search().unwrap_or_default();
    parse(hash.trim_start_matches('#'), search.trim_start_matches('?'))
}

fn parse(fragment: &str, search: &str) -> Option<Address> {
    let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
    let mut parts = path.trim_matches('/').split('/');
    let page = match parts.next() {
        Some("embed") => Page::Embed,
        Some("lab") => Page::Lab,
        _ => Page::Play,
    };
    let first = Algorithm::all().next()?;
    // The lab's second part is an experiment, not an algorithm.
    let named = if page == Page::Lab { "" } else { parts.next().unwrap_or("") };
    let mut address = Address {
        page,
        setup: Setup::opening(Algorithm::by_id(named).unwrap_or(first)),
        at: None,
        theme: None,
        present: false,
        autoplay: false,
        locked: false,
        complaints: Vec::new(),
    };
    if !named.is_empty() && Algorithm::by_id(named).is_none() {
        address.complain("algorithm", named, first.id());
    }
    let pairs = || search.split('&').chain(query.split('&')).filter_map(|pair| pair.split_once('='));
    // The family first: what the others mean depends on it.
    if let Some(algorithm) = pairs().find(|&(key, _)| key == "alg").and_then(|(_, id)| Algorithm::by_id(id)) {
        address.setup = Setup::opening(algorithm);
    }
    if let Some(story) = pairs().find(|&(key, _)| key == "scene").and_then(|(_, id)| Story::by_id(id)) {
        address.setup = Setup::of_story(story);
    }
    pairs().for_each(|(key, value)| address.take(key, value));
    Some(address)
}

impl Address {
    fn take(&mut self, key: &str, value: &str) {
        match key {
            "n" => match value.parse().ok().filter(|size| SIZES.contains(size)) {
                Some(size) => self.setup = self.setup.clone().with_nodes(size),
                None => self.complain(key, value, "5"),
            },
            "seed" => match value.parse() {
                Ok(seed) => self.setup = self.setup.clone().with_seed(seed),
                Err(_) => self.complain(key, value, "1"),
            },
            "timing" => {
                let known = self.setup.algorithm().presets().into_iter().find(|&preset| preset == value);
                match known {
                    Some(preset) => self.setup = self.setup.clone().with_preset(preset),
                    None => self.complain(key, value, self.setup.scenario.preset),
                }
            }
            "t" => self.at = value.parse::<u64>().ok().map(|at| at.min(3_600_000) * MILLISECOND),
            "theme" => self.theme = Theme::from_name(value),
            "present" => self.present = value == "1",
            "autoplay" => self.autoplay = value == "1",
            "lock" => self.locked = value == "1",
            _ => {}
        }
    }

    fn complain(&mut self, key: &str, value: &str, instead: &str) {
        let value: String = value.chars().take(24).collect();
        self.complaints.push(format!("{key}={value} is not known; using {instead}."));
    }
}

/// The address of an experiment, if that is what is asked for.
pub fn experiment() -> LabAddress {
    let hash = window().location().hash().unwrap_or_default();
    let path = hash.trim_start_matches('#').trim_start_matches("/lab").trim_start_matches('/');
    let (name, query) = path.split_once('?').unwrap_or((path, ""));
    lab::address::parse(name.trim_matches('/'), query)
}

/// Brings the address up to date without adding to the browser's history.
pub fn write(setup: &Setup) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&fragment(setup)));
    }
}

/// `#/play/raft?n=5&seed=17&timing=wide`, or a story by its id.
pub fn fragment(setup: &Setup) -> String {
    if let Some(story) = setup.story {
        return format!("#/play/{}?scene={story}&seed={}", setup.algorithm().id(), setup.scenario.seed);
    }
    let scenario = &setup.scenario;
    format!("#/play/{}?n={}&seed={}&timing={}", setup.algorithm().id(), scenario.nodes, scenario.seed, scenario.preset)
}
