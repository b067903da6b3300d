//! Systems in the wild: every card is complete, and every failure it tells of happens in its run.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "it reads the files of the page, and shows them on demand"
)]

use conclave::lessons::wild::{Card, System, read_index, read_system};
use std::fs;

const FOLDER: &str = "assets/wild";

fn index() -> Vec<Card> {
    read_index(&fs::read_to_string(format!("{FOLDER}/index.en.json")).expect("the list")).expect("systems")
}

fn system(id: &str) -> System {
    let text = fs::read_to_string(format!("{FOLDER}/{id}.en.json")).unwrap_or_else(|error| panic!("{id}: {error}"));
    read_system(&text).unwrap_or_else(|message| panic!("{id}: {message}"))
}

#[test]
fn the_systems_that_were_promised_are_there_and_complete() {
    let ids: Vec<String> = index().into_iter().map(|card| card.id).collect();
    let promised = [
        "etcd",
        "cockroachdb",
        "tikv",
        "chubby",
        "zookeeper",
        "kafka-zookeeper",
        "kafka-partitions",
        "kraft",
        "hbase",
        "hdfs-ha",
        "kubernetes",
    ];
    for id in promised {
        assert!(ids.iter().any(|known| known == id), "{id} is missing");
    }
    for card in index() {
        let system = system(&card.id);
        assert_eq!(system.title, card.title);
        assert!(system.defaults.len() >= 2 && !system.stories.is_empty(), "{}", card.id);
        assert!(!system.simplified.is_empty() && !system.sources.is_empty() && !system.as_read.is_empty());
        let all = fs::read_to_string(format!("{FOLDER}/{}.en.json", card.id)).expect("text");
        assert!(!all.contains("[recall]") && !all.contains("[derived]"), "{}: marks of the notes", card.id);
    }
}

#[test]
fn every_failure_happens_in_its_run() {
    let show = std::env::var("SHOW").is_ok();
    let mut wrong = Vec::new();
    for card in index() {
        for story in system(&card.id).stories {
            let at = format!("{}, {}", card.id, story.title);
            let stops = match story.walk.stops() {
                Ok(stops) => stops,
                Err(message) => {
                    wrong.push(format!("{at}: {message}"));
                    continue;
                }
            };
            for (number, (stop, step)) in stops.iter().zip(&story.walk.steps).enumerate() {
                if show {
                    println!(
                        "{at} {}: {} us, {} events | {} | {}",
                        number + 1,
                        stop.at,
                        stop.events,
                        stop.title,
                        stop.caption
                    );
                }
                wrong.extend(stop.wrong.iter().map(|claim| format!("{at}, step {}: {claim}", number + 1)));
                if step.claims.is_empty() || stop.caption.split_whitespace().count() > 40 {
                    wrong.push(format!("{at}, step {}: claims nothing, or is too long", number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
