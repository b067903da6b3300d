//! What a command is to work on: a document, a link, a short address, or the name of a story.

use crate::reading::read;
use crate::run::is_link;
use conclave::playback::arrival::Arrival;
use conclave::playback::recording::Recording;
use conclave::scenarios::algorithm::Algorithm;
use conclave::scenarios::catalogue::Story;
use conclave::share::document::read_document;
use conclave::share::link::Link;
use conclave::share::parameters;
use conclave::sim::settings::{Settings, Value};
use conclave::sim::store::{FENCINGS, JOBS, Job};
use conclave::ui::setup::Setup;
use std::path::Path;

/// A run, and what its address says besides.
pub struct Source {
    pub recording: Recording,
    /// The moment that the address names.
    pub at: Option<Arrival>,
    /// The address itself, if it was one.
    pub link: Option<String>,
}

/// # Errors
/// It is none of these, or it is one that cannot be used; a sentence per problem.
pub fn source(text: &str) -> Result<Source, Vec<String>> {
    if text == "-" || Path::new(text).exists() {
        let document = read(text).map_err(|error| vec![format!("{text}: {error}")])?;
        if is_link(&document) {
            return link(document.trim());
        }
        let recording = read_document(&document)
            .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>())?;
        let address = address_of(&recording);
        return Ok(Source { recording, at: None, link: Some(address) });
    }
    if is_link(text) {
        return link(text);
    }
    if let Some(story) = Story::by_id(text) {
        let recording = Setup::of_story(story).recording();
        return Ok(Source { recording, at: None, link: Some(format!("#/play/{}?scene={text}", algorithm_of(story))) });
    }
    match text.contains("#/") || text.contains('?') {
        true => address(text),
        false => Err(vec![format!("{text}: there is no such file, and it is neither a link nor the name of a story")]),
    }
}

/// A whole run in a link. Of a pair the first run is drawn.
fn link(text: &str) -> Result<Source, Vec<String>> {
    let link = Link::read(text).map_err(|error| vec![error.to_string()])?;
    let recording = link.recordings().into_iter().next().ok_or_else(|| vec!["the link holds no run".to_owned()])?;
    let address = if text.contains('#') { text.to_owned() } else { address_of(&recording) };
    let named = text.split(['?', '&', '#']).find_map(|pair| pair.strip_prefix("t="));
    let at = named.map(moment).transpose()?.unwrap_or(Arrival::Moment(link.moment));
    Ok(Source { recording, at: Some(at), link: Some(address) })
}

/// `#/play/raft?s=1...`: the run itself as an address.
fn address_of(recording: &Recording) -> String {
    let payload = Link::of_recording(recording.clone(), 0).write();
    format!("#/play/{}?s={payload}", recording.scenario.algorithm.id())
}

fn algorithm_of(story: &Story) -> &'static str {
    story.scenario().algorithm.id()
}

fn wrong(key: &str, value: &str) -> Vec<String> {
    vec![format!("{key}={value} is not known")]
}

fn moment(text: &str) -> Result<Arrival, Vec<String>> {
    parameters::moment(text).ok_or_else(|| wrong("t", text))
}

/// `.../#/play/raft?n=3&seed=7`: the path names the family, the parameters the rest, in any order.
fn address(text: &str) -> Result<Source, Vec<String>> {
    let (before, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
    let search = before.split_once('?').map_or("", |(_, search)| search);
    let pairs = || search.split('&').chain(query.split('&')).filter_map(|pair| pair.split_once('='));
    let value = |wanted: &str| pairs().find(|&(key, _)| key == wanted).map(|(_, value)| value);
    let named = value("alg").or_else(|| path.trim_matches('/').split('/').nth(1)).filter(|name| !name.is_empty());
    let algorithm = match named {
        Some(name) => Algorithm::by_id(name).ok_or_else(|| wrong("algorithm", name))?,
        None => Algorithm::all().next().ok_or_else(|| wrong("algorithm", ""))?,
    };
    let mut setup = match value("scene") {
        Some(id) => {
            let of_family = Story::by_id(&format!("{}-{id}", algorithm.id()));
            Setup::of_story(of_family.or_else(|| Story::by_id(id)).ok_or_else(|| wrong("scene", id))?)
        }
        None => Setup::opening(algorithm),
    };
    if let Some(size) = value("n") {
        let nodes = size.parse::<u8>().ok().filter(|nodes| (1..=25).contains(nodes)).ok_or_else(|| wrong("n", size))?;
        setup = setup.with_nodes(nodes);
    }
    if let Some(name) = value("timing") {
        let known = setup.algorithm().presets().into_iter().find(|&preset| preset == name);
        setup = setup.with_preset(known.ok_or_else(|| wrong("timing", name))?);
    }
    if let Some(seed) = value("seed") {
        setup = setup.with_seed(seed.parse().map_err(|_| wrong("seed", seed))?);
    }
    if let Some(name) = value("job") {
        let known = JOBS.iter().position(|&job| job == name).ok_or_else(|| wrong("job", name))?;
        setup = setup.with_job(Job::ALL[known]);
    }
    if let Some(name) = value("fencing") {
        let known = FENCINGS.iter().position(|&known| known == name).ok_or_else(|| wrong("fencing", name))?;
        match name {
            "on" => setup.scenario = setup.scenario.clone().with_sound_fencing(),
            _ => setup.scenario.guard.set(0, Value::Choice(known as u8)),
        }
    }
    let at = value("t").map(moment).transpose()?;
    Ok(Source { recording: setup.recording(), at, link: Some(text.to_owned()) })
}
