//! What a run starts from, and what was done in it.

use super::acts::{read_fault, read_wires, write_fault, write_wires};
use super::bytes::{Eye, Pen};
use super::values::{
    apply, changes, read_pairs, read_place, read_range, read_settings, read_span, write_pairs, write_place,
    write_range, write_settings, write_span,
};
use crate::playback::recording::Intervention;
use crate::scenarios::algorithm::Algorithm;
use crate::scenarios::catalogue::Story;
use crate::scenarios::cue::Cue;
use crate::scenarios::scenario::{Initial, Scenario};
use crate::scenarios::script::{Entry, Trigger};
use crate::sim::time::END_OF_TIME;

/// As many entries of a script, links of their own, places that start differently.
const MOST_ENTRIES: usize = 10_000;
/// As many acts of a visitor.
const MOST_ACTS: usize = 20_000;
/// Titles and remarks are cut to so many bytes.
const LONGEST_TEXT: usize = 300;

// ---- the scenario ----------------------------------------------------------------------------------------------

pub fn write_scenario(scenario: &Scenario, pen: &mut Pen) {
    pen.byte(scenario.algorithm.key());
    let preset = scenario.algorithm.presets().iter().position(|&preset| preset == scenario.preset);
    pen.byte(preset.unwrap_or(0) as u8);
    write_settings(&scenario.settings, pen);
    pen.byte(scenario.nodes);
    pen.number(scenario.seed);
    let bundles =
        [changes(&scenario.wires), changes(&scenario.pauses), changes(&scenario.work), changes(&scenario.guard)];
    let has = |index: usize| u8::from(!bundles[index].is_empty()) << index;
    // One bit each says which bundles and lists follow.
    pen.byte(
        (0..4).fold(0, |bits, index| bits | has(index))
            | u8::from(!scenario.links.is_empty()) << 4
            | u8::from(!scenario.initial.is_empty()) << 5
            | u8::from(!scenario.script.is_empty()) << 6
            | u8::from(!scenario.title.is_empty() || !scenario.about.is_empty()) << 7,
    );
    bundles.iter().filter(|bundle| !bundle.is_empty()).for_each(|bundle| write_settings(bundle, pen));
    if !scenario.links.is_empty() {
        pen.count(scenario.links.len());
        for &(from, to, wires) in &scenario.links {
            write_place(from, pen);
            write_place(to, pen);
            write_wires(wires, pen);
        }
    }
    if !scenario.initial.is_empty() {
        pen.count(scenario.initial.len());
        scenario.initial.iter().for_each(|initial| write_initial(initial, pen));
    }
    if !scenario.script.is_empty() {
        pen.count(scenario.script.len());
        scenario.script.iter().for_each(|entry| write_entry(entry, pen));
    }
    if !scenario.title.is_empty() || !scenario.about.is_empty() {
        write_texts(scenario, pen);
    }
}

/// `None` for an algorithm or a preset that this copy does not know.
pub fn read_scenario(eye: &mut Eye<'_>) -> Option<Scenario> {
    let algorithm = Algorithm::by_key(eye.byte())?;
    let mut scenario = Scenario::new(algorithm);
    scenario.preset = algorithm.presets().get(usize::from(eye.byte()))?;
    scenario.settings = read_settings(eye);
    scenario.nodes = eye.byte();
    scenario.seed = eye.number();
    let bits = eye.byte();
    let has = |bit: u8| bits >> bit & 1 == 1;
    let fits = (!has(0) || apply(&mut scenario.wires, &read_settings(eye)))
        && (!has(1) || apply(&mut scenario.pauses, &read_settings(eye)))
        && (!has(2) || apply(&mut scenario.work, &read_settings(eye)))
        && (!has(3) || apply(&mut scenario.guard, &read_settings(eye)));
    if !fits {
        eye.fail();
    }
    if has(4) {
        let count = eye.count(MOST_ENTRIES);
        scenario.links = (0..count).map(|_| (read_place(eye), read_place(eye), read_wires(eye))).collect();
    }
    if has(5) {
        let count = eye.count(MOST_ENTRIES);
        scenario.initial = (0..count).map(|_| read_initial(eye)).collect();
    }
    if has(6) {
        let count = eye.count(MOST_ENTRIES);
        scenario.script = (0..count).map(|_| read_entry(eye)).collect();
    }
    if has(7) {
        read_texts(&mut scenario, eye);
    }
    Some(scenario)
}

fn write_initial(initial: &Initial, pen: &mut Pen) {
    write_place(initial.place, pen);
    pen.flag(initial.down);
    write_settings(&initial.settings, pen);
    write_pairs(&initial.disk, pen);
}

fn read_initial(eye: &mut Eye<'_>) -> Initial {
    let mut initial = Initial::new(read_place(eye));
    initial.down = eye.flag();
    initial.settings = read_settings(eye);
    initial.disk = read_pairs(eye, 0);
    initial
}

fn write_entry(entry: &Entry, pen: &mut Pen) {
    match entry.trigger {
        Trigger::At(low, high) => {
            pen.byte(0);
            write_range((low, high), pen);
        }
        Trigger::After(low, high) => {
            pen.byte(1);
            write_range((low, high), pen);
        }
        Trigger::When(cue) => write_cue(cue, pen),
    }
    write_fault(&entry.act, pen);
}

fn read_entry(eye: &mut Eye<'_>) -> Entry {
    let trigger = match eye.byte() {
        tag @ 0..=1 => {
            let (low, high) = read_range(eye);
            if tag == 0 { Trigger::At(low, high) } else { Trigger::After(low, high) }
        }
        tag => Trigger::When(read_cue(tag, eye)),
    };
    Entry { trigger, act: read_fault(eye) }
}

/// 0 and 1 are times. Never reuse a number.
fn write_cue(cue: Cue, pen: &mut Pen) {
    match cue {
        Cue::Quiet(span) => {
            pen.byte(2);
            write_span(span, pen);
        }
        Cue::Elected => pen.byte(3),
        Cue::Leader => pen.byte(4),
        Cue::Leaderless => pen.byte(5),
        Cue::TwoLeaders => pen.byte(6),
        Cue::Followed => pen.byte(7),
        Cue::SplitVote => pen.byte(8),
        Cue::Broken => pen.byte(9),
        Cue::AtWork(writes) => {
            pen.byte(10);
            pen.number(u64::from(writes));
        }
    }
}

fn read_cue(tag: u8, eye: &mut Eye<'_>) -> Cue {
    match tag {
        2 => Cue::Quiet(read_span(eye)),
        3 => Cue::Elected,
        4 => Cue::Leader,
        5 => Cue::Leaderless,
        6 => Cue::TwoLeaders,
        7 => Cue::Followed,
        8 => Cue::SplitVote,
        9 => Cue::Broken,
        10 => Cue::AtWork(eye.number_to(u64::from(u32::MAX)) as u32),
        _ => {
            eye.fail();
            Cue::Elected
        }
    }
}

/// The texts of a story of the catalogue go by its id.
fn write_texts(scenario: &Scenario, pen: &mut Pen) {
    let of_story = |story: &&Story| {
        let known = story.scenario();
        known.title == scenario.title && known.about == scenario.about
    };
    if let Some(story) = Story::all().find(of_story) {
        pen.byte(0);
        return pen.text(story.id);
    }
    pen.byte(1);
    pen.text(cut(&scenario.title));
    pen.text(cut(&scenario.about));
}

fn read_texts(scenario: &mut Scenario, eye: &mut Eye<'_>) {
    if eye.number_to(1) == 1 {
        scenario.title = eye.text(LONGEST_TEXT).into();
        scenario.about = eye.text(LONGEST_TEXT).into();
    } else if let Some(story) = Story::by_id(eye.text(64)) {
        let known = story.scenario();
        (scenario.title, scenario.about) = (known.title, known.about);
    }
}

fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST_TEXT)]
}

// ---- what was done -----------------------------------------------------------------------------------------------

/// Each with the time since the one before it.
pub fn write_interventions(interventions: &[Intervention], pen: &mut Pen) {
    pen.count(interventions.len());
    let mut before = 0;
    for act in interventions {
        write_span(act.at.saturating_sub(before), pen);
        pen.number(u64::from(act.after));
        write_fault(&act.fault, pen);
        before = act.at;
    }
}

pub fn read_interventions(eye: &mut Eye<'_>) -> Vec<Intervention> {
    let count = eye.count(MOST_ACTS);
    let mut before = 0;
    let mut read = |eye: &mut Eye<'_>| {
        let at = (before + read_span(eye)).min(END_OF_TIME);
        before = at;
        let after = eye.number_to(u64::from(u32::MAX)) as u32;
        Intervention { at, after, fault: read_fault(eye) }
    };
    (0..count).map(|_| read(eye)).collect()
}
