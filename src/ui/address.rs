//! The address: which page, which run, which looks. All of it is in the fragment.

use crate::playback::arrival::Arrival;
use crate::scenarios::algorithm::Algorithm;
use crate::scenarios::catalogue::Story;
use crate::scenarios::scenario::{MOST_NODES, Scenario};
use crate::share::link::{Link, LinkError, Shared};
use crate::share::parameters;
use crate::sim::settings::{Settings, Value};
use crate::sim::store::{FENCINGS, Guard, JOBS, Job};
use crate::sim::time::Micros;
use crate::ui::preferences::Theme;
use crate::ui::setup::Setup;
use crate::words::en::links as say;
use crate::words::en::run;
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
    /// A whole run, which comes before the set-up.
    pub link: Option<Result<Link, LinkError>>,
    pub at: Option<Arrival>,
    /// To pause at.
    pub stop: Option<Micros>,
    /// Simulated time per real time.
    pub speed: Option<(u64, u64)>,
    pub theme: Option<Theme>,
    pub present: bool,
    pub autoplay: bool,
    pub locked: bool,
    /// What it says of looks, to be kept in it: `&theme=dark`.
    pub looks: String,
    pub complaints: Vec<String>,
}

/// Reads the fragment; short forms before it (`?alg=raft&n=3`) count too.
pub fn read() -> Option<Address> {
    let location = window().location();
    let hash = location.hash().unwrap_or_default();
    let search = location.search().unwrap_or_default();
    parse(hash.trim_start_matches('#'), search.trim_start_matches('?'))
}

/// Whether no other family's engine is needed to read the address. When in doubt it is not.
pub fn is_of_the_first_family() -> bool {
    let location = window().location();
    let text = location.search().unwrap_or_default() + &location.hash().unwrap_or_default();
    let plain = |word: &str| matches!(word, "" | "play" | "embed" | "raft");
    // A link says in the path of what family it is; alone it may be of any.
    let told = text.contains("/raft");
    let harmless = |(key, value): (&str, &str)| match key {
        "s" => told,
        "alg" | "scene" | "scenario" => value.starts_with("raft"),
        _ => true,
    };
    text.split(['?', '&', '#']).all(|token| match token.split_once('=') {
        Some(pair) => harmless(pair),
        None => token.split('/').all(plain),
    })
}

/// Reads an address by its parts, without `#` and `?`.
pub fn parse(fragment: &str, search: &str) -> Option<Address> {
    let (path, query) = match fragment.split_once('?') {
        Some(parts) => parts,
        // The short form names no page: `#s=...`.
        None if fragment.contains('=') => ("", fragment),
        None => (fragment, ""),
    };
    let mut parts = path.trim_matches('/').split('/');
    let page = match parts.next() {
        Some("embed") => Page::Embed,
        Some("compare") => Page::Compare,
        _ => Page::Play,
    };
    let first = Algorithm::all().next()?;
    // Which two are compared, the page reads itself.
    let named = parts.next().filter(|_| page != Page::Compare).unwrap_or("");
    let all = [search, query];
    let payload = all.iter().find_map(|part| crate::share::link::payload(part));
    let link = payload.map(Link::read);
    let setup = match &link {
        Some(Ok(link)) => Setup::of_scenario(link.scenarios()[0].clone()),
        _ => Setup::opening(Algorithm::by_id(named).unwrap_or(first)),
    };
    let is_whole = matches!(link, Some(Ok(_)));
    let mut address = Address {
        page,
        setup,
        link,
        at: None,
        stop: None,
        speed: None,
        theme: None,
        present: false,
        autoplay: false,
        locked: false,
        looks: String::new(),
        complaints: Vec::new(),
    };
    // Two runs side by side are the business of one page; an embed says that it shows the first.
    if page == Page::Play && matches!(&address.link, Some(Ok(Link { shared: Shared::Pair(..), .. }))) {
        address.page = Page::Compare;
    }
    if !named.is_empty() && Algorithm::by_id(named).is_none() {
        address.complain("algorithm", named, first.id());
    }
    let pairs = || all.iter().flat_map(|part| part.split('&')).filter_map(|pair| pair.split_once('='));
    let pairs: Vec<(&str, String)> = pairs().map(|(key, value)| (key, plain(value))).collect();
    if !is_whole {
        address.choose(&pairs);
    }
    for (key, value) in &pairs {
        let of_the_run = matches!(*key, "n" | "seed" | "timing" | "job" | "fencing");
        if !(is_whole && of_the_run) {
            address.take(key, value);
        }
    }
    Some(address)
}

/// Without percent signs.
fn plain(value: &str) -> String {
    let decoded = value.contains('%').then(|| js_sys::decode_uri_component(value).ok()).flatten();
    decoded.map_or_else(|| value.into(), String::from)
}

impl Address {
    /// The family and the story first: what the others mean depends on them.
    fn choose(&mut self, pairs: &[(&str, String)]) {
        let value = |keys: &[&str]| pairs.iter().find(|(key, _)| keys.contains(key)).map(|(key, value)| (*key, value));
        if let Some((key, id)) = value(&["alg"]) {
            match Algorithm::by_id(id) {
                Some(algorithm) => self.setup = Setup::opening(algorithm),
                None => self.complain(key, id, self.setup.algorithm().id()),
            }
        }
        if let Some((key, id)) = value(&["scene", "scenario"]) {
            let of_family = format!("{}-{id}", self.setup.algorithm().id());
            match Story::by_id(&of_family).or_else(|| Story::by_id(id)) {
                Some(story) => self.setup = Setup::of_story(story),
                None => self.complain(key, id, "none"),
            }
        }
    }

    fn take(&mut self, key: &str, value: &str) {
        match key {
            "n" => match value.parse().ok().filter(|size| (1..=MOST_NODES).contains(size)) {
                // A story has the nodes it was written for.
                Some(size) if size == self.setup.scenario.nodes => {}
                Some(size) => self.setup = self.setup.clone().with_nodes(size),
                None => self.complain(key, value, &self.setup.scenario.nodes.to_string()),
            },
            "seed" => match value.parse() {
                Ok(seed) => self.setup = self.setup.clone().with_seed(seed),
                Err(_) => self.complain(key, value, &self.setup.scenario.seed.to_string()),
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
            "t" => match parameters::moment(value) {
                Some(at) => self.at = Some(at),
                None => self.complain(key, value, "the start"),
            },
            "stop" => match parameters::time(value) {
                Some(at) => self.stop = Some(at),
                None => self.complain(key, value, "none"),
            },
            "speed" => match parameters::speed(value) {
                Some(speed) => self.speed = Some(speed),
                None => self.complain(key, value, run::THE_USUAL_ONE),
            },
            "theme" => match Theme::from_name(value) {
                Some(theme) => {
                    self.theme = Some(theme);
                    self.looks += &format!("&theme={}", theme.name());
                }
                None => self.complain(key, value, "auto"),
            },
            "present" => {
                self.present = value == "1";
                self.looks += if self.present { "&present=1" } else { "" };
            }
            "lang" if value != "en" => self.complain(key, value, "en"),
            "autoplay" => self.autoplay = value == "1",
            "lock" => self.locked = value == "1",
            _ => {}
        }
    }

    fn complain(&mut self, key: &str, value: &str, instead: &str) {
        let value: String = value.chars().take(24).collect();
        self.complaints.push(say::bad_parameter(key, &value, instead));
    }
}

/// Puts a fragment into the address, in place of everything after the path, without adding to the browser's history.
pub fn put(fragment: &str) {
    put_with(fragment, "");
}

/// The same, with what is to be found when the browser comes back to this entry of its history.
pub fn put_with(fragment: &str, kept: &str) {
    let path = window().location().pathname().unwrap_or_default() + fragment;
    if let Ok(history) = window().history() {
        // A browser may find it too much to keep.
        if history.replace_state_with_url(&kept.into(), "", Some(&path)).is_err() {
            let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&path));
        }
    }
}

/// Adds an entry to the browser's history.
pub fn push(fragment: &str) {
    let path = window().location().pathname().unwrap_or_default() + fragment;
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&path));
    }
}

/// What was put beside the present entry.
pub fn kept() -> Option<String> {
    window().history().ok()?.state().ok()?.as_string().filter(|kept| !kept.is_empty())
}

/// Whether [`fragment`] says everything there is to say of this set-up.
pub fn is_plain(setup: &Setup) -> bool {
    let seed = setup.scenario.seed;
    let plain = match setup.story.and_then(Story::by_id) {
        Some(story) => Setup::of_story(story),
        None => Setup { scenario: Scenario::new(setup.algorithm()), story: None }
            .with_preset(setup.scenario.preset)
            .with_nodes(setup.scenario.nodes),
    };
    plain.with_seed(seed) == *setup
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
