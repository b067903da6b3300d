//! A run in one JSON object: who led when, for how long nobody did, what was sent, what broke, where all stand.

use super::event_lines::{write_peer, write_place_field, write_reign, write_standing};
use super::json::writer::Writer;
use crate::scenarios::algorithm::Algorithm;
use crate::sim::inspection::{Inspection, Shown};
use crate::sim::kernel::{Kernel, Tally};
use crate::sim::measures::Status;
use crate::sim::office::{STORE_KIND, STORE_KINDS};
use crate::sim::place::Place;
use crate::sim::property::{Break, Verdict};
use crate::sim::simulation::Simulation;
use crate::sim::store::{Damage, Job};

/// Writes the summary of a run that has reached its end (`wait_until` has been called). `wall_ms` is how long
/// running it took.
pub fn write_summary(simulation: &dyn Simulation, algorithm: Algorithm, wall_ms: u64, w: &mut Writer) {
    let kernel = simulation.kernel();
    let measures = &kernel.measures;
    w.open_map();
    w.name("kind").text("summary");
    w.name("algorithm").text(algorithm.id());
    w.name("seed").number(kernel.seed);
    w.name("at_us").number(kernel.now);
    w.name("leaders").open_list();
    for (index, tenure) in measures.tenures.iter().enumerate() {
        w.open_map();
        write_place_field(tenure.place, w);
        write_reign(tenure.reign, w.name("reign"));
        w.name("from_us").number(tenure.from);
        match tenure.until {
            Some(until) => w.name("until_us").number(until),
            None => w.name("until_us").null(),
        }
        w.name("zombie_us").number(measures.zombie_of(index, kernel.now));
        w.close_map();
    }
    w.close_list();
    w.name("leaderless_us").number(measures.leaderless);
    w.name("majority_leaderless_us").number(measures.majority_leaderless);
    w.name("multi_leader_us").number(measures.multi_leader);
    write_tokens(kernel, w);
    write_store(kernel.store.damage, w);
    write_messages(simulation, algorithm, w);
    write_broken(simulation, w);
    w.name("nodes").open_list();
    for place in kernel.census.nodes() {
        write_process(simulation, place, w);
    }
    w.close_list();
    if kernel.census.servers > 0 {
        w.name("servers").open_list();
        for place in (1..=kernel.census.servers).map(Place::Server) {
            write_process(simulation, place, w);
        }
        w.close_list();
    }
    w.name("events").number(simulation.events());
    w.name("wall_ms").number(wall_ms);
    w.close_map();
}

/// Every token that a leader was given, and when the store first saw it.
fn write_tokens(kernel: &Kernel, w: &mut Writer) {
    w.name("tokens").open_list();
    for issue in &kernel.measures.tokens {
        w.open_map();
        write_place_field(issue.place, w);
        write_reign(Some(issue.token), w.name("token"));
        w.name("from_us").number(issue.at);
        match kernel.store.tokens.iter().find(|(_, token)| *token == issue.token) {
            Some(&(at, _)) => w.name("store_us").number(at),
            None => w.name("store_us").null(),
        }
        w.close_map();
    }
    w.close_list();
}

/// What became of the writes of leaders; all zeros if they do no work.
fn write_store(damage: Damage, w: &mut Writer) {
    w.name("store").open_map();
    for (name, count) in [
        ("accepted", damage.accepted),
        ("refused", damage.refused),
        ("corrupted", damage.corrupted),
        ("lost_updates", damage.lost_updates),
        ("double_runs", damage.double_runs),
        ("missed_runs", damage.missed_runs),
        ("half_runs", damage.half_runs),
        ("diverged", damage.diverged),
    ] {
        w.name(name).number(count);
    }
    w.close_map();
}

/// Every kind of the family, those never sent too; the store's if leaders work.
fn write_messages(simulation: &dyn Simulation, algorithm: Algorithm, w: &mut Writer) {
    let kernel = simulation.kernel();
    let works = kernel.work.job != Job::None;
    let family = (0..algorithm.kinds().len()).map(|index| index as u8);
    let store = (0..STORE_KINDS.len()).map(|index| STORE_KIND + index as u8).filter(|_| works);
    w.name("messages").open_map();
    for number in family.chain(store) {
        let (Some(kind), Tally { sent, delivered, lost }) = (algorithm.kind(number), kernel.tally_of(number)) else {
            continue;
        };
        w.name(kind.id).open_map();
        w.name("sent").number(sent);
        w.name("delivered").number(delivered);
        w.name("lost").number(lost);
        w.close_map();
    }
    w.close_map();
}

/// Promises that were broken; those no longer made, since a disk was lost; and those not made at present, since what
/// the algorithm assumes does not hold; with what came of it.
fn write_broken(simulation: &dyn Simulation, w: &mut Writer) {
    w.name("broken").open_list();
    for property in simulation.properties() {
        if let Verdict::Broken(found) = property.verdict {
            w.open_map();
            w.name("promise").text(property.promise.id);
            write_break(&found, w);
            w.close_map();
        }
    }
    w.close_list();
    w.name("withdrawn").open_list();
    for property in simulation.properties() {
        if let Verdict::Withdrawn { at, place, then } = property.verdict {
            w.open_map();
            w.name("promise").text(property.promise.id);
            w.name("at_us").number(at);
            write_place_field(place, w);
            write_then(then, w);
            w.close_map();
        }
    }
    w.close_list();
    w.name("suspended").open_list();
    for property in simulation.properties() {
        if let Verdict::Suspended { at, why, then } = property.verdict {
            w.open_map();
            w.name("promise").text(property.promise.id);
            w.name("at_us").number(at);
            w.name("why").text(why);
            write_then(then, w);
            w.close_map();
        }
    }
    w.close_list();
}

/// The break that followed, if one did.
fn write_then(then: Option<Break>, w: &mut Writer) {
    match then {
        Some(found) => {
            w.name("then").open_map();
            write_break(&found, w);
            w.close_map();
        }
        None => w.name("then").null(),
    }
}

fn write_break(found: &Break, w: &mut Writer) {
    w.name("at_us").number(found.at);
    w.name("event").number(found.event);
    w.name("places").open_list();
    found.places.iter().flatten().for_each(|&place| write_peer(place, w));
    w.close_list();
    w.name("numbers").open_list();
    found.numbers.iter().for_each(|&number| w.number(number));
    w.close_list();
}

/// Where a process stands, and every fact it shows.
fn write_process(simulation: &dyn Simulation, place: Place, w: &mut Writer) {
    let kernel = simulation.kernel();
    let slot = kernel.census.slot(place);
    let page: Inspection = simulation.inspect(place);
    w.open_map();
    write_place_field(place, w);
    w.name("status").text(match kernel.statuses[slot] {
        Status::Up => "up",
        Status::Paused => "paused",
        Status::Down => "down",
    });
    if kernel.statuses[slot] == Status::Down {
        w.name("role").null();
    } else {
        write_standing(&kernel.standings[slot], w);
    }
    let mut written = vec!["node", "server", "store", "status", "role", "title", "reign", "follows"];
    for row in &page.rows {
        if !written.contains(&row.id) {
            written.push(row.id);
            write_shown(&row.value, w.name(row.id));
        }
    }
    w.close_map();
}

fn write_shown(value: &Shown, w: &mut Writer) {
    match value {
        Shown::Number(number) => w.number(*number),
        Shown::Numbers(numbers) => {
            w.open_list();
            numbers.iter().for_each(|&number| w.number(number));
            w.close_list();
        }
        Shown::Place(place) => write_peer(*place, w),
        Shown::Places(places) => {
            w.open_list();
            places.iter().for_each(|&place| write_peer(place, w));
            w.close_list();
        }
        Shown::Reign(reign) => write_reign(Some(*reign), w),
        Shown::Flag(flag) => w.flag(*flag),
        Shown::Id(text) => w.text(text),
        Shown::Text(text) => w.text(text),
        Shown::Nothing => w.null(),
    }
}
