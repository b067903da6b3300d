//! These families have a word for every id that they emit: nothing is shown to people in plain ids.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, reason = "it reads the source")]

use conclave::protocols::{appointed, bully::Bully, lease, paxos::Paxos, zab::Zab, zookeeper};
use conclave::sim::message::Message;
use conclave::sim::property::Promises;
use conclave::sim::protocol::{Protocol, Timer};
use conclave::sim::settings::{FieldKind, Settings};
use conclave::words::lookup::Words;
use std::fs;

/// Ids that stand between these marks in the sources of a family.
fn ids(family: &str, before: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(format!("src/protocols/{family}")).expect("the family's folder").flatten() {
        let text = fs::read_to_string(entry.path()).expect("readable source");
        for part in text.split(before).skip(1) {
            found.extend(part.split('"').next().map(str::to_owned));
        }
    }
    assert!(!found.is_empty(), "nothing matches {before}");
    found
}

fn has_words<P: Protocol>(family: &str, marks: &[(&str, &str)]) {
    let words = Words::of(family);
    let mut needed: Vec<String> = Vec::new();
    for kind in P::Message::KINDS {
        needed.extend(["", ".sent", ".delivered"].map(|end| format!("message.{}{end}", kind.id)));
    }
    for name in P::Timer::NAMES {
        needed.extend(["", ".fired"].map(|end| format!("timer.{name}{end}")));
    }
    for promise in P::Promises::LIST {
        needed.extend(["", ".broken"].map(|end| format!("promise.{}{end}", promise.id)));
    }
    for field in P::Settings::FIELDS {
        needed.extend(["", ".hint"].map(|end| format!("setting.{}{end}", field.id)));
        if let FieldKind::Choice(choices) = field.kind {
            needed.extend(choices.iter().map(|choice| format!("setting.{}.{choice}", field.id)));
        }
    }
    needed.extend(P::Settings::PRESETS.iter().map(|(name, _)| format!("preset.{name}")));
    for (group, mark) in marks {
        needed.extend(ids(family, mark).iter().map(|id| format!("{group}.{id}")));
    }
    let missing: Vec<&String> = needed.iter().filter(|id| words.find(id).is_none()).collect();
    assert!(missing.is_empty(), "{family} has no words for {missing:?}");
}

#[test]
fn bully_has_a_word_for_everything() {
    has_words::<Bully>(
        "bully",
        &[
            ("reason", "Reason(\""),
            ("line", "page.line = Some((\""),
            ("row", "page.row(\""),
            ("row", "page.on_disk(\""),
            ("reason", "return Some(\""),
        ],
    );
}

#[test]
fn paxos_has_a_word_for_everything() {
    has_words::<Paxos>(
        "paxos",
        &[
            ("reason", "Reason(\""),
            ("reason", "not_here(\""),
            ("tale", "fx.tell(\""),
            ("line", "Some((\""),
            ("row", "page.row(\""),
            ("row", "page.on_disk(\""),
            ("row", "row(\""),
            ("bench", ".bench(\""),
        ],
    );
}

/// The marks before ids in the families whose processes share a style.
const MARKS: &[(&str, &str)] =
    &[("reason", "Reason(\""), ("tale", "fx.tell(\""), ("row", "page.row(\""), ("row", "page.on_disk(\"")];

#[test]
fn zab_has_a_word_for_everything() {
    has_words::<Zab>("zab", MARKS);
    has_words::<Zab>(
        "zab",
        &[("title", "title: \""), ("value", "return \""), ("value", "Shown::Id(\""), ("line", "page.line = Some((\"")],
    );
}

#[test]
fn the_recipe_has_a_word_for_everything() {
    has_words::<zookeeper::Process>("zookeeper", MARKS);
    has_words::<zookeeper::Process>("zookeeper", &[("line", "=> (\""), ("title", "leads => \"")]);
}

#[test]
fn a_lease_has_a_word_for_everything() {
    has_words::<lease::Process>("lease", MARKS);
    has_words::<lease::Process>(
        "lease",
        &[("title", "title: \""), ("line", "page.line = Some((\""), ("reason", "then_some(\"")],
    );
}

#[test]
fn an_appointed_leader_has_a_word_for_everything() {
    has_words::<appointed::Process>("appointed", MARKS);
    has_words::<appointed::Process>("appointed", &[("line", "page.line = Some((\""), ("title", "title: \"")]);
}

#[test]
fn every_rule_has_a_sentence() {
    use conclave::sim::rule::Rule;
    for (family, letter, last) in [
        ("bully", 'B', 9),
        ("paxos", 'P', 14),
        ("zab", 'Z', 24),
        ("zookeeper", 'K', 10),
        ("lease", 'L', 7),
        ("appointed", 'A', 10),
    ] {
        let words = Words::of(family);
        for number in 1..=last {
            assert!(words.rule(Rule::new(letter, number)).is_some(), "{letter}-{number}");
        }
    }
}
