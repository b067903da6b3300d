//! The address: which page, which run, which looks. All of it is in the fragment.

use crate::scenarios::algorithm::Algorithm;
use crate::scenarios::catalogue::Story;
use crate::sim::settings::{Settings, Value};
use crate::sim::store::{FENCINGS, Guard, JOBS, Job};
use crate::sim::time::{MILLISECOND, Micros};
use crate::ui::preferences::Theme;
use crate::ui::setup::{SIZES, Setup};
use leptos::prelude::*;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Page {
    Play,
    Compare,
    Embed,
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
        Some("compare") => Page::Compare,
        _ => Page::Play,
    };
    let first = Algorithm::all().next()?;
    // Which two are compared, the page reads itself.
    let named = parts.next().filter(|_| page != Page::Compare).unwrap_or("");
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
    if let Some(story) =
        pairs().find(|&(key, _)| key == "scene" || key == "scenario").and_then(|(_, id)| Story::by_id(id))
    {
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
            "job" => match JOBS.iter().position(|job| *job == value) {
                Some(index) => self.setup = self.setup.clone().with_job(Job::ALL[index]),
                None => self.complain(key, value, "none"),
            },
            "fencing" if self.page == Page::Compare => {}
            "fencing" => match (value, FENCINGS.iter().position(|known| *known == value)) {
                ("on", _) => self.setup.scenario = self.setup.scenario.clone().with_sound_fencing(),
                (_, Some(index)) => self.setup.scenario.guard.set(0, Value::Choice(index as u8)),
                _ => self.complain(key, value, "on"),
            },
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

/// Brings the address up to date without adding to the browser's history.
pub fn write(setup: &Setup) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&fragment(setup)));
    }
}

/// `#/play/raft?n=5&seed=17&timing=wide`, or a story by its id.
pub fn fragment(setup: &Setup) -> String {
    if let Some(story) = setup.story {
        let guard = Story::by_id(story).map(|story| story.scenario().guard);
        let fencing = fencing_part(setup, guard.unwrap_or_default());
        return format!("#/play/{}?scene={story}&seed={}{fencing}", setup.algorithm().id(), setup.scenario.seed);
    }
    let scenario = &setup.scenario;
    let mut fragment = format!(
        "#/play/{}?n={}&seed={}&timing={}",
        setup.algorithm().id(),
        scenario.nodes,
        scenario.seed,
        scenario.preset
    );
    if scenario.work.job != Job::None {
        fragment += &format!("&job={}{}", JOBS[scenario.work.job as usize], fencing_part(setup, Guard::default()));
    }
    fragment
}

/// Whether the store guards itself otherwise than it would without being told.
fn fencing_part(setup: &Setup, usual: Guard) -> String {
    let guard = setup.scenario.guard;
    match guard == usual {
        true => String::new(),
        false => format!("&fencing={}", FENCINGS[guard.fencing as usize]),
    }
}
