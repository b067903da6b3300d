//! Black-box cases of other people's tests of the recipe, played on ours.

mod story;

use conclave::protocols::zookeeper::{Process, RecipeSettings};
use conclave::share::document::read_document;
use conclave::sim::event::{Event, What};
use conclave::sim::fault::{Fault, Waking, Who};
use conclave::sim::place::Place;
use conclave::sim::reign::Role;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::Micros;
use story::{Story, ms, n};

type Contenders = Story<Process>;

/// In the order of their numbers.
fn queued(nodes: u8, settings: RecipeSettings) -> Contenders {
    let mut contenders = Contenders::with(nodes, settings, |opening| opening.down.extend((2..=nodes).map(n)));
    contenders.until_elected();
    for other in 2..=nodes {
        contenders.restart(n(other)).run(ms(1_000));
    }
    contenders
}

/// What this client told, in order.
fn tales(contenders: &Contenders, client: u8) -> Vec<&'static str> {
    let told = |event: &Event| match event.what {
        What::Told(tale) if event.place == n(client) => Some(tale.id),
        _ => None,
    };
    contenders.world.history().events().filter_map(told).collect()
}

/// When this client told this first.
fn told_at(contenders: &Contenders, client: u8, id: &str) -> Micros {
    let is = |event: &&Event| matches!(event.what, What::Told(tale) if tale.id == id) && event.place == n(client);
    contenders.world.history().events().find(is).map(|event| event.at).unwrap_or_else(|| panic!("N{client} never {id}"))
}

fn cut_off_from_service(contenders: &mut Contenders, client: u8) {
    for server in 1..=3 {
        contenders.cut(n(client), Place::Server(server));
    }
}

#[test]
fn who_loses_leadership_while_another_gains_it_does_so_first() {
    // CK-06: the leader loses its znode while the other gains leadership; then it comes back.
    let mut contenders = queued(2, RecipeSettings::zookeeper());
    cut_off_from_service(&mut contenders, 1);
    contenders.run(ms(9_000));
    assert_eq!(contenders.leaders(), [n(2)]);
    contenders.heal().run(ms(4_000));
    assert_eq!(contenders.leaders(), [n(2)]);
    assert_eq!(contenders.standing(n(1)).title, "waiting");
    assert!(told_at(&contenders, 1, "leads_no_more") < told_at(&contenders, 2, "leads"));
    contenders.keeps_its_promises();
}

#[test]
fn what_the_second_offer_goes_through() {
    // CK-11: 1 leads, 2 waits; 1 stops as soon as 2 has determined its status.
    let settings = RecipeSettings { requeue: false, ..RecipeSettings::zookeeper() };
    let mut contenders = Contenders::with(2, settings, |opening| opening.down.push(n(2)));
    contenders.until_elected();
    contenders.restart(n(2));
    contenders.until("it waits", |contenders| contenders.standing(n(2)).title == "waiting");
    contenders.act(Fault::Resign(Who::At(n(1))));
    contenders.until("it leads", |contenders| contenders.role(n(2)) == Role::Leader);
    assert_eq!(tales(&contenders, 2), ["session_opened", "entered", "watch_fired", "leads"]);
    assert_eq!(contenders.sent("children"), 3, "each determined its place, the second twice");
}

/// Everybody enters at once, and each that leads stops in turn.
fn all_lead_in_turn(nodes: u8) {
    let settings = RecipeSettings { requeue: false, ..RecipeSettings::zookeeper() };
    let mut contenders = Contenders::new(nodes, settings);
    let mut led: Vec<Place> = Vec::new();
    while led.len() < usize::from(nodes) {
        contenders.until("somebody leads", |contenders| {
            assert!(contenders.leaders().len() <= 1, "two lead");
            !contenders.leaders().is_empty()
        });
        let [leader] = contenders.leaders()[..] else { panic!("one leader") };
        assert!(!led.contains(&leader));
        led.push(leader);
        contenders.act(Fault::Resign(Who::At(leader)));
    }
    contenders.run(ms(1_000));
    assert_eq!(contenders.leaders(), []);
    contenders.keeps_its_promises();
}

#[test]
fn three_that_enter_at_once_lead_in_turn() {
    // CK-12.
    all_lead_in_turn(3);
}

#[test]
fn as_many_as_there_may_be_enter_at_once_and_lead_in_turn() {
    // CK-12: its hundred offers are more than a world takes.
    all_lead_in_turn(25);
}

#[test]
fn an_observer_sees_one_leader_after_the_other() {
    // CK-14: session 0 leads, 1 campaigns, session 0 closes: an observer sees the one, then the other.
    let settings = RecipeSettings { requeue: false, ..RecipeSettings::herd() };
    let mut contenders = queued(3, settings);
    assert_eq!(contenders.standing(n(3)).follows, Some(n(1)));
    contenders.act(Fault::Resign(Who::At(n(1))));
    let mut seen = vec![n(1)];
    for _ in 0..2_000 {
        contenders.world.step();
        let follows = contenders.standing(n(3)).follows;
        if follows != seen.last().copied() {
            seen.extend(follows);
        }
    }
    assert_eq!(seen, [n(1), n(2)]);
}

#[test]
fn children_of_before_do_not_stand_in_the_way() {
    // CK-16: what other keys or elections of the past left behind is not waited for: only numbers go on.
    let document = r#"{ "algorithm": "zookeeper", "nodes": 2,
        "initial": { "S1": { "created": 7, "zxid": 40 }, "S2": { "created": 7, "zxid": 40 }, "S3": { "created": 7, "zxid": 40 } } }"#;
    let recording = read_document(document).expect("a good document");
    let mut world = recording.scenario.open().expect("opens");
    world.run_until(ms(5_000));
    let kernel = world.kernel();
    let leader = kernel.census.nodes().find(|&node| kernel.standings[kernel.census.slot(node)].role == Role::Leader);
    let token = leader.and_then(|leader| kernel.standings[kernel.census.slot(leader)].token).expect("one leads");
    assert!(token.number > 40);
    let queue = world.inspect(Place::Server(1)).strip;
    assert_eq!(queue.iter().map(|cell| cell.number).collect::<Vec<_>>(), [7, 8]);
}

/// The leader is paused for 1.5 timeouts while it and its successor write to the store.
fn zombie(fenced: bool) -> Box<dyn Simulation> {
    let fencing = if fenced { "on" } else { "off" };
    let document = format!(
        r#"{{ "algorithm": "zookeeper", "nodes": 3, "settings": {{ "preset": "zookeeper", "lead_until_lost": true }},
        "work": {{ "job": "database", "pace": "100ms" }}, "store": {{ "fencing": "{fencing}" }},
        "script": [ {{ "at": "6s", "pause": "leader" }} ] }}"#
    );
    let recording = read_document(&document).unwrap_or_else(|problems| panic!("{problems:?}"));
    let mut world = recording.scenario.open_with_history(1 << 20).expect("opens");
    let mut director = conclave::playback::director::Director::new(&recording);
    conclave::playback::runner::run(world.as_mut(), &mut director, &[], ms(12_500), |_| true);
    let kernel = world.kernel();
    let paused = kernel
        .census
        .nodes()
        .find(|&node| kernel.statuses[kernel.census.slot(node)] == conclave::sim::measures::Status::Paused);
    world.inject(
        conclave::sim::fault::By::Script,
        &Fault::Resume(Who::At(paused.expect("the zombie")), Waking::TimersFirst),
    );
    world.run_until(ms(16_000));
    world
}

#[test]
fn a_zombies_late_write_is_refused_by_a_store_that_fences() {
    // CK-20.
    let world = zombie(true);
    assert!(world.kernel().tally_of(fenced_kind()).sent > 0);
    let world = zombie(false);
    assert_eq!(world.kernel().tally_of(fenced_kind()).sent, 0);
}

fn fenced_kind() -> u8 {
    use conclave::sim::office::{STORE_KIND, STORE_KINDS};
    STORE_KIND + STORE_KINDS.iter().position(|kind| kind.id == "store_fenced").expect("a kind") as u8
}
