//! Stories of the ZooKeeper recipe: queues, watches, lost sessions and lost replies.

mod story;

use conclave::protocols::zookeeper::{Process, RecipeSettings};
use conclave::sim::fault::{Fault, Waking, Which, Who};
use conclave::sim::place::Place;
use conclave::sim::reign::Role;
use conclave::sim::simulation::Simulation;
use story::{Story, ms, n};

type Contenders = Story<Process>;

fn s(number: u8) -> Place {
    Place::Server(number)
}

/// All contenders have found their place in the queue, in order of their numbers.
fn queued(nodes: u8, settings: RecipeSettings) -> Contenders {
    let mut contenders = Contenders::with(nodes, settings, |opening| opening.down.extend((2..=nodes).map(n)));
    contenders.until_elected();
    for other in 2..=nodes {
        contenders.restart(n(other));
        contenders.until("it waits", |contenders| contenders.standing(n(other)).title == "waiting");
    }
    contenders.run(ms(500));
    contenders
}

fn title(contenders: &Contenders, node: u8) -> &'static str {
    contenders.standing(n(node)).title
}

/// The server that leads the ensemble.
fn leading_server(contenders: &Contenders) -> Place {
    let leads = |server: &Place| contenders.standing(*server).title == "server_leading";
    (1..=3).map(s).find(leads).expect("a leading server")
}

// ---- K-1, K-2: the first in the queue leads ----------------------------------------------------------------

#[test]
fn the_first_in_the_queue_leads() {
    let contenders = queued(4, RecipeSettings::zookeeper());
    assert_eq!(contenders.leaders(), [n(1)]);
    assert!((2..=4).all(|other| title(&contenders, other) == "waiting"));
    contenders.keeps_its_promises();
}

// ---- S-K1, Q-17, CK-18: one is woken, or all are -----------------------------------------------------------

fn woken_by_a_dead_leader(settings: RecipeSettings) -> (u64, u64) {
    let mut contenders = queued(20, settings);
    let (events, lists) = (contenders.sent("event"), contenders.sent("get_children"));
    contenders.crash(n(1));
    contenders.until("the next one leads", |contenders| contenders.leaders() == [n(2)]);
    contenders.run(ms(500)).keeps_its_promises();
    (contenders.sent("event") - events, contenders.sent("get_children") - lists)
}

#[test]
fn a_chain_wakes_one_waiter() {
    assert_eq!(woken_by_a_dead_leader(RecipeSettings::zookeeper()), (1, 1));
}

#[test]
fn a_herd_wakes_all_waiters() {
    assert_eq!(woken_by_a_dead_leader(RecipeSettings { herd: true, ..RecipeSettings::zookeeper() }), (19, 19));
}

// ---- S-K2, K-4: a predecessor that only waited ------------------------------------------------------------

#[test]
fn a_dead_waiter_makes_nobody_leader() {
    let mut contenders = queued(3, RecipeSettings::zookeeper());
    contenders.crash(n(2));
    contenders.until("the watch fires", |contenders| contenders.told("watch_fired") == 1);
    contenders.run(ms(1_000));
    assert_eq!(contenders.leaders(), [n(1)]);
    assert_eq!(title(&contenders, 3), "waiting");
    assert_eq!(contenders.world.inspect(n(3)).waits_for, [n(1)]);
    contenders.keeps_its_promises();
}

// ---- S-K3, Q-16: a paused leader loses its session, and finds out when it wakes -----------------------------

#[test]
fn a_zombie_leads_until_the_service_tells_it() {
    let settings = RecipeSettings { lead_until_lost: true, ..RecipeSettings::zookeeper() };
    let mut contenders = queued(3, settings);
    let token = contenders.standing(n(1)).token;
    contenders.pause(n(1)).run(ms(8_000));
    assert_eq!(contenders.leaders(), [n(1), n(2)], "both believe that they lead");
    assert!(contenders.standing(n(2)).token > token, "the later token is the larger one");
    contenders.resume(n(1), Waking::InboxFirst);
    assert_eq!(contenders.role(n(1)), Role::Leader, "it does not know yet");
    contenders.until("it knows", |contenders| contenders.role(n(1)) == Role::Follower);
    contenders.run(ms(2_000));
    assert_eq!(contenders.leaders(), [n(2)]);
    assert_eq!(title(&contenders, 1), "waiting");
    contenders.keeps_its_promises();
}

/// The server that a contender is connected to.
fn server_of(contenders: &Contenders, node: u8) -> Place {
    contenders.process(n(node)).client().expect("a client").server()
}

#[test]
fn expiry_lies_between_the_timeout_and_a_tick_later() {
    let mut waits = Vec::new();
    for phase in (0..2_600).step_by(130) {
        let mut contenders =
            Contenders::with(3, RecipeSettings::zookeeper(), |opening| opening.down.extend([n(1), n(2), n(3)]));
        contenders.run(ms(2_000));
        // The contender whose first server leads the ensemble: what the service hears, its leading server hears.
        let leading = leading_server(&contenders);
        contenders.restart(n(leading.number()));
        contenders.until_elected();
        contenders.run(ms(phase));
        let pings = contenders.sent("ping");
        contenders.until("a ping", |contenders| contenders.sent("ping") > pings);
        let heard = contenders.now() + ms(10);
        contenders.run(ms(11)).crash(n(leading.number()));
        contenders.until("the session expires", |contenders| contenders.told("session_expired") > 0);
        let committed = contenders.now() - heard;
        assert!(committed > ms(4_000) && committed <= ms(6_000 + 20), "{committed} us after a sign of life");
        waits.push(committed);
    }
    assert!(waits.iter().max() > waits.iter().min().map(|least| least + ms(500)).as_ref(), "it depends on the tick");
}

// ---- S-K4: the ensemble loses its leading server ----------------------------------------------------------

#[test]
fn sessions_survive_a_change_of_the_leading_server() {
    let mut contenders = queued(3, RecipeSettings::zookeeper());
    let leading = leading_server(&contenders);
    contenders.crash(leading).run(ms(3_000));
    assert_ne!(leading_server(&contenders), leading);
    assert_eq!(contenders.leaders(), [n(1)], "the application keeps its leader");
    assert!(contenders.told("disconnected") > 0);
    assert_eq!(contenders.told("session_expired"), 0);
    contenders.keeps_its_promises();
}

#[test]
fn a_change_of_the_leading_server_restarts_the_timers_of_sessions() {
    let mut contenders = queued(2, RecipeSettings::zookeeper());
    contenders.crash(n(1)).run(ms(2_000));
    let leading = leading_server(&contenders);
    contenders.crash(leading);
    contenders.until("another one", |contenders| {
        (1..=3).any(|server| s(server) != leading && contenders.standing(s(server)).title == "server_leading")
    });
    let since = contenders.now();
    contenders.until("the session expires", |contenders| contenders.told("session_expired") > 0);
    let waited = contenders.now() - since;
    assert!(waited > ms(4_000) && waited <= ms(6_100), "a full timeout again: {waited} us");
}

// ---- S-K5: moving to another server -----------------------------------------------------------------------

#[test]
fn a_client_that_moves_keeps_its_place() {
    let mut contenders = queued(2, RecipeSettings::zookeeper());
    let token = contenders.standing(n(1)).token;
    let server = server_of(&contenders, 1);
    contenders.cut(n(1), server);
    contenders.until("it notices", |contenders| title(contenders, 1) == "disconnected");
    assert_eq!(contenders.role(n(1)), Role::Follower, "without a connection it does not act (K-6)");
    contenders.until("it leads again", |contenders| contenders.leaders() == [n(1)]);
    assert_eq!(contenders.standing(n(1)).token, token);
    assert_eq!(contenders.told("session_expired"), 0);
    contenders.keeps_its_promises();
}

// ---- S-K6, K-1: the reply to a create is lost --------------------------------------------------------------

#[test]
fn a_lost_reply_is_found_by_its_guid() {
    let mut contenders = Contenders::with(2, RecipeSettings::zookeeper(), |opening| opening.down.push(n(2)));
    let kind = Some(contenders.kind("created"));
    contenders.act(Fault::Drop(Which::Like { kind, from: None, to: Some(Who::At(n(1))) }));
    contenders.until_elected();
    assert_eq!(contenders.told("found_own"), 1);
    assert_eq!(contenders.sent("create"), 1);
    contenders.keeps_its_promises();
}

// ---- S-K7: two sessions expire in the same tick ------------------------------------------------------------

#[test]
fn two_expiries_in_one_tick_make_one_leader() {
    let mut contenders = queued(3, RecipeSettings::zookeeper());
    contenders.crash(n(1)).crash(n(2));
    contenders.until("somebody leads", |contenders| contenders.leaders() == [n(3)]);
    contenders.run(ms(3_000));
    assert_eq!(contenders.leaders(), [n(3)]);
    assert!(contenders.told("watch_fired") <= 2);
    contenders.keeps_its_promises();
}

// ---- K-3: the predecessor vanishes between list and watch --------------------------------------------------

#[test]
fn a_predecessor_that_vanishes_before_the_watch_is_noticed() {
    let mut contenders = queued(2, RecipeSettings::zookeeper());
    contenders.act(Fault::Resign(Who::At(n(1))));
    // Contender 2 looks at a list that still names 1, and asks for the watch when it is gone: hold the watch back.
    contenders.crash(n(2)).restart(n(2));
    contenders.run(ms(12_000));
    assert_eq!(contenders.leaders().len(), 1);
    contenders.keeps_its_promises();
}

// ---- K-5: somebody deletes the leader's znode; K-7: resigning ---------------------------------------------

#[test]
fn leadership_follows_the_order_of_creation() {
    // CK-09: ten participants, the leader leaves, ten times.
    let settings = RecipeSettings { requeue: false, ..RecipeSettings::zookeeper() };
    let mut contenders = queued(10, settings);
    for leader in 1..=10 {
        assert_eq!(contenders.until_elected(), n(leader));
        contenders.act(Fault::Resign(Who::At(n(leader)))).run(ms(500));
        assert_eq!(title(&contenders, leader), "resigned");
    }
    assert!(contenders.leaders().is_empty());
    contenders.keeps_its_promises();
}

#[test]
fn who_resigns_queues_again() {
    // CK-10: every one leads, in rotation.
    let mut contenders = queued(5, RecipeSettings::zookeeper());
    for turn in 0..15 {
        assert_eq!(contenders.until_elected(), n(turn % 5 + 1));
        contenders.act(Fault::Resign(Who::Leader)).run(ms(500));
    }
    contenders.keeps_its_promises();
}

#[test]
fn a_resignation_is_repeated_until_it_is_confirmed() {
    let settings = RecipeSettings { requeue: false, ..RecipeSettings::zookeeper() };
    let mut contenders = queued(2, settings);
    let kind = Some(contenders.kind("delete"));
    contenders.act(Fault::Drop(Which::Like { kind, from: None, to: None }));
    contenders.act(Fault::Resign(Who::At(n(1))));
    contenders.until("it has resigned", |contenders| title(contenders, 1) == "resigned");
    assert_eq!(contenders.sent("delete"), 2);
    contenders.until("the next one leads", |contenders| contenders.leaders() == [n(2)]);
}

// ---- CK-02: the service stops until sessions are lost -----------------------------------------------------

#[test]
fn without_a_service_nobody_leads_and_afterwards_exactly_one() {
    let mut contenders = queued(10, RecipeSettings::zookeeper());
    contenders.crash(s(1)).crash(s(2)).crash(s(3)).run(ms(10_000));
    assert!(contenders.leaders().is_empty());
    contenders.restart(s(1)).restart(s(2)).restart(s(3)).run(ms(30_000));
    assert_eq!(contenders.leaders().len(), 1);
    contenders.keeps_its_promises();
}

// ---- K-9, K-10 ---------------------------------------------------------------------------------------------

#[test]
fn a_server_that_is_behind_takes_no_client_that_has_seen_more() {
    let mut contenders = queued(2, RecipeSettings::zookeeper());
    let leading = leading_server(&contenders);
    let lagging = (1..=3).map(s).find(|&server| server != leading).expect("another");
    for node in 1..=2 {
        contenders.cut(n(node), lagging);
    }
    contenders.run(ms(8_000));
    // The lagging server hears nothing of the leading one for a while, yet goes on serving.
    contenders.cut_one_way(leading, lagging);
    for _ in 0..2 {
        contenders.act(Fault::Resign(Who::Leader)).run(ms(500));
    }
    for node in 1..=2 {
        contenders.act(Fault::Mend { from: Who::At(n(node)), to: Who::At(lagging), both: true });
        for other in (1..=3).map(s).filter(|&other| other != lagging) {
            contenders.cut(n(node), other);
        }
    }
    contenders.run(ms(6_000));
    assert!(contenders.reasons("behind_the_client") > 0);
    contenders.heal().run(ms(20_000));
    assert_eq!(contenders.leaders().len(), 1);
    contenders.keeps_its_promises();
}

#[test]
fn a_minority_of_servers_serves_nobody() {
    let mut contenders = queued(3, RecipeSettings::quick());
    let leading = leading_server(&contenders);
    contenders.isolate(leading).run(ms(30_000));
    assert_eq!(contenders.leaders().len(), 1);
    assert!(!contenders.process(leading).server().expect("a server").serves());
    contenders.heal().run(ms(10_000)).keeps_its_promises();
    assert!((1..=3).all(|server| contenders.process(s(server)).server().expect("a server").serves()));
}
