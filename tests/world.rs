//! The world keeps its word: wires, crashes, pauses, clocks, connections, chance.

mod toy;

use conclave::sim::event::{Event, Loss, MessageRef, What};
use conclave::sim::fault::{By, Fault, LinkWires, MessageName, Scope, Waking, Which, Who};
use conclave::sim::kernel::FlightState;
use conclave::sim::measures::Status;
use conclave::sim::place::Place;
use conclave::sim::property::Verdict;
use conclave::sim::protocol::LinkChange;
use conclave::sim::reign::Role;
use conclave::sim::rule::Reason;
use conclave::sim::settings::Value;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::{HOUR, MILLISECOND, Micros, SECOND};
use conclave::sim::world::{Opening, World};
use proptest::prelude::*;
use toy::{BEAT, CONNECTED, Toy, ToySettings};

fn ms(milliseconds: u64) -> Micros {
    milliseconds * MILLISECOND
}

fn n(number: u8) -> Place {
    Place::Node(number)
}

fn who(number: u8) -> Who {
    Who::At(n(number))
}

/// Nobody claims anything by itself; exact latency of 10 ms; history from the first boot on.
fn still(nodes: u8, change: impl FnOnce(&mut Opening<Toy>)) -> World<Toy> {
    let settings = ToySettings { patience: (HOUR, HOUR), ..ToySettings::default() };
    let mut opening = Opening::new(nodes, 1, settings);
    opening.wires.latency = (ms(10), ms(10));
    change(&mut opening);
    open(opening)
}

/// A world in which all claim when they lose patience, with much chance.
fn lively(seed: u64) -> World<Toy> {
    let mut opening = Opening::new(5, seed, ToySettings::default());
    opening.wires.loss = 50_000;
    opening.wires.duplicate = 50_000;
    opening.wires.tail_chance = 10_000;
    opening.wires.disk = (0, ms(4));
    opening.pauses.every = SECOND;
    open(opening)
}

fn open(opening: Opening<Toy>) -> World<Toy> {
    let seed = opening.seed;
    let mut world = World::new(opening);
    world.keep_history(1 << 20);
    world.restart(seed);
    world
}

fn act(world: &mut World<Toy>, fault: Fault) {
    world.inject(By::Visitor, &fault);
    assert_eq!(refusal(world), None, "{fault:?}");
}

/// Why the newest act was not carried out.
fn refusal(world: &World<Toy>) -> Option<Reason> {
    let events = world.history().events();
    let newest = events.rev().take_while(|event| !event.leads_step).find(|event| event.what == What::NotActed)?;
    world.history().event(newest.cause.unwrap()).unwrap().reason
}

fn events(world: &World<Toy>) -> impl DoubleEndedIterator<Item = &Event> {
    world.history().events()
}

fn delivered(world: &World<Toy>, from: u8, to: u8) -> Vec<(Micros, MessageRef)> {
    let on_link = move |event: &Event| match event.what {
        What::Delivered { message } if message.from == n(from) && message.to == n(to) => Some((event.at, message)),
        _ => None,
    };
    events(world).filter_map(on_link).collect()
}

fn sent(world: &World<Toy>, from: u8, to: u8) -> Vec<(Micros, MessageRef)> {
    let on_link = move |event: &Event| match event.what {
        What::Sent { message, .. } if message.from == n(from) && message.to == n(to) => Some((event.at, message)),
        _ => None,
    };
    events(world).filter_map(on_link).collect()
}

fn losses(world: &World<Toy>, why: Loss) -> usize {
    let is_loss = |event: &&Event| match event.what {
        What::Sent { lost, .. } => lost == Some(why),
        What::Lost { why: other, .. } => other == why,
        _ => false,
    };
    events(world).filter(is_loss).count()
}

fn role(world: &World<Toy>, number: u8) -> Role {
    world.kernel().standings[usize::from(number) - 1].role
}

// ---- wires --------------------------------------------------------------------------------------------------

#[test]
fn equal_bounds_of_latency_are_exact() {
    let mut world = still(3, |_| ());
    act(&mut world, Fault::TimeOutNow(who(1)));
    world.run_until(SECOND);
    let (sent, arrived) = (sent(&world, 1, 2), delivered(&world, 1, 2));
    assert!(arrived.len() > 10);
    for (&(at, message), &(arrives, same)) in sent.iter().zip(&arrived) {
        assert_eq!((arrives, same), (at + ms(10), message));
    }
}

#[test]
fn latency_stays_within_its_bounds_and_fills_them() {
    let mut world = still(2, |opening| {
        opening.wires.latency = (ms(10), ms(20));
        opening.settings.beat = ms(1);
    });
    act(&mut world, Fault::TimeOutNow(who(1)));
    world.run_until(5 * SECOND);
    let spans: Vec<Micros> = delivered(&world, 1, 2)
        .iter()
        .map(|&(at, message)| at - sent(&world, 1, 2)[message.nth as usize - 1].0)
        .take(1_000)
        .collect();
    assert!(spans.iter().all(|span| (ms(10)..=ms(20)).contains(span)));
    let mean = spans.iter().sum::<Micros>() / spans.len() as u64;
    assert!((14_700..15_300).contains(&mean), "{mean}");
}

#[test]
fn the_tail_is_rare_and_slow() {
    let mut world = still(2, |opening| {
        opening.settings.beat = ms(1);
        opening.wires.tail_chance = 100_000;
        opening.wires.tail_latency = (ms(200), ms(300));
    });
    act(&mut world, Fault::TimeOutNow(who(1)));
    world.run_until(10 * SECOND);
    let sends = sent(&world, 1, 2);
    let slow = delivered(&world, 1, 2).iter().filter(|(at, m)| at - sends[m.nth as usize - 1].0 >= ms(200)).count();
    assert!((850..1_150).contains(&slow), "{slow} of {}", sends.len());
}

#[test]
fn loss_and_duplication_have_their_rates() {
    let run = |loss, duplicate| {
        let mut world = still(2, |opening| {
            opening.settings.beat = ms(1);
            (opening.wires.loss, opening.wires.duplicate) = (loss, duplicate);
        });
        act(&mut world, Fault::TimeOutNow(who(1)));
        world.run_until(10 * SECOND);
        (sent(&world, 1, 2).len(), delivered(&world, 1, 2).len(), losses(&world, Loss::Chance))
    };
    let (all, arrived, lost) = run(1_000_000, 0);
    assert_eq!((arrived, lost), (0, all));
    let (all, arrived, lost) = run(300_000, 0);
    assert!((2_850..3_150).contains(&lost), "{lost} of {all}");
    assert!(arrived + lost <= all && arrived + lost >= all - 11);
    let (all, arrived, _) = run(0, 1_000_000);
    assert!(arrived >= 2 * (all - 11) && arrived <= 2 * all);
    let (all, arrived, _) = run(0, 200_000);
    assert!((1_850..2_150).contains(&(arrived + 11 - all)), "{arrived} of {all}");
}

#[test]
fn a_cut_is_one_way_unless_it_is_both() {
    let mut world = still(3, |_| ());
    act(&mut world, Fault::TimeOutNow(who(1)));
    act(&mut world, Fault::Cut { from: who(1), to: who(2), both: false });
    act(&mut world, Fault::TimeOutNow(who(2)));
    world.run_until(ms(50));
    // What was sent before the cut arrives.
    assert_eq!(delivered(&world, 1, 2).len(), 1 + 1);
    assert!(!delivered(&world, 2, 1).is_empty());
    act(&mut world, Fault::Cut { from: who(3), to: who(2), both: true });
    assert!(world.kernel().network.is_cut(n(2), n(3)) && world.kernel().network.is_cut(n(3), n(2)));
    assert!(!world.kernel().network.is_cut(n(2), n(1)));
    act(&mut world, Fault::Mend { from: who(2), to: who(3), both: false });
    assert!(!world.kernel().network.is_cut(n(2), n(3)) && world.kernel().network.is_cut(n(3), n(2)));
}

#[test]
fn a_partition_cuts_what_crosses_it_and_healing_mends_all() {
    let mut world = still(5, |_| ());
    act(&mut world, Fault::Partition(vec![vec![who(1)], vec![who(4), who(5)]]));
    let cut = |world: &World<Toy>, a, b| world.kernel().network.is_cut(n(a), n(b));
    // N2 and N3 are in no group: they stay with N1.
    for (a, b, is_cut) in [(1, 2, false), (2, 3, false), (4, 5, false), (1, 4, true), (5, 3, true), (2, 4, true)] {
        assert_eq!((cut(&world, a, b), cut(&world, b, a)), (is_cut, is_cut), "{a} {b}");
    }
    assert_eq!(world.kernel().network.groups.len(), 2);
    act(&mut world, Fault::Heal);
    assert_eq!(world.kernel().network.cuts, 0);
    assert!(world.kernel().network.groups.is_empty());
    act(&mut world, Fault::Isolate(who(2)));
    assert!(cut(&world, 2, 5) && cut(&world, 5, 2) && !cut(&world, 1, 5));
    act(&mut world, Fault::Rejoin(who(2)));
    assert_eq!(world.kernel().network.cuts, 0);
}

#[test]
fn a_link_of_its_own_differs_from_the_others_until_restored() {
    let mut world = still(3, |_| ());
    let own = LinkWires { latency: Some((ms(70), ms(70))), loss: None };
    act(&mut world, Fault::Rewire { from: who(1), to: who(2), both: false, wires: own });
    act(&mut world, Fault::TimeOutNow(who(1)));
    world.run_until(ms(200));
    assert_eq!((delivered(&world, 1, 2)[0].0, delivered(&world, 1, 3)[0].0), (ms(70), ms(10)));
    act(&mut world, Fault::Rewire { from: who(1), to: who(2), both: false, wires: LinkWires::default() });
    let before = sent(&world, 1, 2).len();
    world.run_until(ms(400));
    let (at, message) = sent(&world, 1, 2)[before];
    assert!(delivered(&world, 1, 2).contains(&(at + ms(10), message)));
}

#[test]
fn another_message_on_one_link_shifts_no_other_link() {
    let arrivals = |cut: bool| {
        let mut world = still(4, |opening| {
            opening.wires.latency = (ms(5), ms(50));
            opening.wires.loss = 100_000;
            opening.wires.duplicate = 100_000;
        });
        if cut {
            act(&mut world, Fault::Cut { from: who(1), to: who(2), both: false });
        }
        act(&mut world, Fault::TimeOutNow(who(1)));
        world.run_until(20 * SECOND);
        let times =
            |to| delivered(&world, 1, to).into_iter().map(|(at, message)| (at, message.nth)).collect::<Vec<_>>();
        (times(2), times(3), times(4))
    };
    let (with, without) = (arrivals(false), arrivals(true));
    assert!(without.0.is_empty() && with.0.len() > 100);
    assert_eq!((with.1, with.2), (without.1, without.2));
}

// ---- messages, one by one -----------------------------------------------------------------------------------

#[test]
fn a_message_can_be_dropped_delayed_delivered_and_doubled() {
    let mut world = still(3, |_| ());
    act(&mut world, Fault::TimeOutNow(who(1)));
    let first = |to| Which::One(MessageName { from: n(1), to: n(to), nth: 1 });
    act(&mut world, Fault::Drop(first(2)));
    act(&mut world, Fault::Delay(first(3), ms(5)));
    act(&mut world, Fault::Duplicate(Which::Like { kind: Some(1), from: None, to: Some(who(2)) }));
    world.run_until(ms(30));
    assert_eq!(delivered(&world, 1, 2).iter().map(|&(_, message)| message.nth).collect::<Vec<_>>(), [2, 2]);
    assert_eq!(
        delivered(&world, 1, 3).iter().map(|&(at, message)| (at, message.nth)).collect::<Vec<_>>(),
        [(ms(10), 2), (ms(15), 1)]
    );
    world.inject(By::Visitor, &Fault::Drop(first(2)));
    assert_eq!(refusal(&world), Some(Reason("no_such_message")));
    world.run_until(ms(76));
    act(&mut world, Fault::Deliver(Which::Like { kind: None, from: Some(who(1)), to: Some(who(3)) }));
    world.run_until(ms(77));
    assert_eq!(delivered(&world, 1, 3).last().unwrap().0, ms(76));
}

#[test]
fn a_drop_waits_for_the_next_one_and_a_standing_drop_for_the_heal() {
    let mut world = still(2, |_| ());
    let like = Which::Like { kind: Some(1), from: None, to: None };
    act(&mut world, Fault::Drop(like));
    act(&mut world, Fault::TimeOutNow(who(1)));
    world.run_until(ms(200));
    assert_eq!(losses(&world, Loss::Dropped), 1, "only the next one");
    act(&mut world, Fault::Drop(Which::Every { kind: Some(1), from: Some(Who::Leader), to: None }));
    world.run_until(SECOND);
    let arrived = delivered(&world, 1, 2).len();
    world.run_until(2 * SECOND);
    assert_eq!(delivered(&world, 1, 2).len(), arrived);
    act(&mut world, Fault::Heal);
    world.run_until(3 * SECOND);
    assert!(delivered(&world, 1, 2).len() > arrived);
}

// ---- crashes and disks --------------------------------------------------------------------------------------

#[test]
fn nothing_leaves_before_the_write_it_rests_on() {
    let mut world = still(2, |opening| opening.wires.disk = (ms(50), ms(50)));
    act(&mut world, Fault::TimeOutNow(who(1)));
    world.run_until(ms(49));
    assert!(sent(&world, 1, 2).is_empty());
    assert_eq!(role(&world, 1), Role::Candidate, "its own claim counts once it is durable");
    world.run_until(ms(50));
    assert_eq!(sent(&world, 1, 2)[0].0, ms(50));
    assert_eq!((role(&world, 1), world.disk(n(1)).reign), (Role::Leader, 1));
}

#[test]
fn a_crash_in_the_gap_loses_the_write_and_what_rested_on_it() {
    let mut world = still(2, |opening| opening.wires.disk = (ms(50), ms(50)));
    act(&mut world, Fault::TimeOutNow(who(1)));
    world.run_until(ms(20));
    act(&mut world, Fault::Crash(who(1)));
    act(&mut world, Fault::Restart(who(1)));
    world.run_until(SECOND);
    assert_eq!((world.disk(n(1)).reign, world.disk(n(1)).writes), (0, 0));
    assert!(sent(&world, 1, 2).is_empty());
    assert_eq!(world.kernel().bodies[0].life, 2);
}

#[test]
fn a_crash_keeps_the_disk_and_a_wipe_does_not() {
    let mut world = still(3, |_| ());
    act(&mut world, Fault::TimeOutNow(who(1)));
    world.run_until(ms(5));
    act(&mut world, Fault::Crash(who(1)));
    assert_eq!(world.disk(n(1)).reign, 1);
    assert!(world.process(n(1)).is_none());
    act(&mut world, Fault::Restart(who(1)));
    assert_eq!(world.process(n(1)).unwrap().reign, 1);
    assert!(matches!(world.properties()[0].verdict, Verdict::Kept));
    act(&mut world, Fault::Wipe(who(1)));
    assert_eq!(world.disk(n(1)).reign, 0);
    assert!(matches!(world.properties()[0].verdict, Verdict::Withdrawn { place, .. } if place == n(1)));
    world.inject(By::Visitor, &Fault::Crash(who(1)));
    assert_eq!(refusal(&world), Some(Reason("already_down")));
}

#[test]
fn messages_already_sent_survive_their_sender_and_not_their_receiver() {
    let mut world = still(3, |_| ());
    act(&mut world, Fault::TimeOutNow(who(1)));
    world.run_until(ms(5));
    act(&mut world, Fault::Crash(who(1)));
    act(&mut world, Fault::Crash(who(3)));
    world.run_until(ms(50));
    assert_eq!(delivered(&world, 1, 2).len(), 2);
    assert_eq!((delivered(&world, 1, 3).len(), losses(&world, Loss::ReceiverDown)), (0, 2));
}

// ---- pauses and clocks --------------------------------------------------------------------------------------

#[test]
fn what_wakes_first_decides_whether_a_paused_follower_claims() {
    let after = |waking| {
        let mut world = still(2, |opening| {
            opening.own_settings = vec![(n(2), ToySettings { patience: (ms(200), ms(200)), ..ToySettings::default() })];
        });
        act(&mut world, Fault::TimeOutNow(who(1)));
        world.run_until(ms(100));
        act(&mut world, Fault::Pause(who(2)));
        world.run_until(SECOND);
        assert!(delivered(&world, 1, 2).len() < 5, "messages wait");
        assert!(world.kernel().bodies[1].inbox.len() > 8);
        act(&mut world, Fault::Resume(who(2), waking));
        world.run_until(SECOND + ms(1));
        assert!(world.kernel().bodies[1].inbox.is_empty());
        role(&world, 2)
    };
    assert_eq!(after(Waking::InboxFirst), Role::Follower);
    assert_eq!(after(Waking::TimersFirst), Role::Leader);
}

#[test]
fn a_paused_process_learns_of_its_finished_write_when_it_wakes() {
    let mut world = still(2, |opening| opening.wires.disk = (ms(20), ms(20)));
    act(&mut world, Fault::TimeOutNow(who(1)));
    act(&mut world, Fault::Pause(who(1)));
    world.run_until(ms(100));
    assert_eq!((world.disk(n(1)).reign, role(&world, 1)), (1, Role::Candidate));
    assert!(sent(&world, 1, 2).is_empty());
    act(&mut world, Fault::Resume(who(1), Waking::InboxFirst));
    assert_eq!((role(&world, 1), sent(&world, 1, 2)[0].0), (Role::Leader, ms(100)));
}

#[test]
fn random_pauses_keep_their_pace_and_length() {
    let mut world = still(5, |opening| {
        opening.pauses.every = ms(1_000);
        opening.pauses.length = (ms(50), ms(100));
    });
    world.run_until(400 * SECOND);
    let mut began = [0; 5];
    let (mut pauses, mut total) = (0, 0);
    for event in events(&world) {
        let slot = usize::from(event.place.number()) - 1;
        match event.what {
            What::Paused { by_chance: true } => began[slot] = event.at,
            What::Resumed { .. } => {
                let length = event.at - began[slot];
                assert!((ms(50)..=ms(100)).contains(&length));
                pauses += 1;
                total += length;
            }
            _ => {}
        }
    }
    // Five nodes, a gap of a second and a pause of 75 ms on average.
    assert!((1_750..1_970).contains(&pauses), "{pauses}");
    assert!((ms(73)..ms(77)).contains(&(total / pauses)));
    act(&mut world, Fault::Tune(Scope::Pauses, 0, Value::Span(0)));
    let so_far = world.events();
    world.run_until(420 * SECOND);
    assert!(events(&world).filter(|event| event.id >= so_far).all(|event| !matches!(event.what, What::Paused { .. })));
    assert!(world.kernel().statuses[..5].iter().all(|&status| status == Status::Up));
}

#[test]
fn a_random_pause_ends_whatever_is_tuned_meanwhile() {
    let mut world = still(2, |opening| {
        opening.pauses.every = ms(500);
        opening.pauses.length = (SECOND, SECOND);
    });
    world.run_until(10 * SECOND);
    while world.kernel().statuses[0] != Status::Paused {
        world.step();
    }
    act(&mut world, Fault::Tune(Scope::Pauses, 0, Value::Span(ms(1))));
    act(&mut world, Fault::Tune(Scope::Pauses, 0, Value::Span(0)));
    let until = world.now() + 2 * SECOND;
    world.run_until(until);
    assert!(world.kernel().statuses[..2].iter().all(|&status| status == Status::Up));
}

#[test]
fn a_fast_clock_loses_patience_early_and_a_slow_one_late() {
    let claimed_at = |rate| {
        let mut world = still(1, |opening| opening.settings.patience = (ms(200), ms(200)));
        act(&mut world, Fault::Drift(who(1), rate));
        // The timer that runs was set before the clock drifted; the next one counts.
        act(&mut world, Fault::Crash(who(1)));
        act(&mut world, Fault::Restart(who(1)));
        world.run_until(SECOND);
        world.kernel().measures.tenures[0].from
    };
    assert_eq!(claimed_at(0), ms(200));
    assert_eq!(claimed_at(1_000_000), ms(100));
    assert_eq!(claimed_at(-500_000), ms(400));
    let mut world = still(2, |_| ());
    act(&mut world, Fault::Drift(who(2), 200_000));
    act(&mut world, Fault::TimeOutNow(who(1)));
    world.run_until(SECOND);
    let (at, _) = *delivered(&world, 1, 2).last().unwrap();
    assert_eq!(world.process(n(2)).unwrap().heard.last().unwrap().2, at * 12 / 10);
}

// ---- connections --------------------------------------------------------------------------------------------

fn connected(nodes: u8, change: impl FnOnce(&mut Opening<Toy>)) -> World<Toy> {
    still(nodes, |opening| {
        opening.settings.connected = true;
        opening.settings.beat = ms(5);
        opening.wires.latency = (ms(1), ms(50));
        change(opening);
    })
}

fn is_in_order(world: &World<Toy>, from: u8, to: u8) -> bool {
    let numbers: Vec<u32> = delivered(world, from, to).iter().map(|(_, message)| message.nth).collect();
    numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
}

#[test]
fn a_connection_keeps_its_order_and_turns_loss_into_delay() {
    let mut world = connected(2, |opening| opening.wires.loss = 200_000);
    act(&mut world, Fault::TimeOutNow(who(1)));
    world.run_until(20 * SECOND);
    assert!(delivered(&world, 1, 2).len() > 3_000 && is_in_order(&world, 1, 2));
    assert_eq!(losses(&world, Loss::Chance), 0);
    // Datagrams with the same wires overtake each other.
    let mut loose = connected(2, |opening| opening.settings.connected = false);
    act(&mut loose, Fault::TimeOutNow(who(1)));
    loose.run_until(20 * SECOND);
    assert!(!is_in_order(&loose, 1, 2));
}

#[test]
fn a_cut_connection_is_silent_and_goes_on_when_mended() {
    let mut world = connected(2, |_| ());
    act(&mut world, Fault::TimeOutNow(who(1)));
    world.run_until(SECOND);
    act(&mut world, Fault::Cut { from: who(1), to: who(2), both: true });
    world.run_until(2 * SECOND);
    let arrived = delivered(&world, 1, 2).len();
    world.run_until(5 * SECOND);
    assert_eq!(delivered(&world, 1, 2).len(), arrived);
    assert!(world.process(n(2)).unwrap().links.is_empty(), "silence does not break a connection");
    act(&mut world, Fault::Mend { from: who(1), to: who(2), both: true });
    world.run_until(6 * SECOND);
    assert!(delivered(&world, 1, 2).len() > arrived + 700);
    assert!(is_in_order(&world, 1, 2));
    assert_eq!(losses(&world, Loss::Cut), 0);
}

#[test]
fn a_crash_breaks_connections_for_all_to_see_and_a_pause_does_not() {
    let mut world = connected(3, |_| ());
    act(&mut world, Fault::TimeOutNow(who(1)));
    world.run_until(SECOND);
    act(&mut world, Fault::Pause(who(1)));
    world.run_until(2 * SECOND);
    assert!(world.process(n(2)).unwrap().links.is_empty());
    act(&mut world, Fault::Crash(who(1)));
    world.run_until(3 * SECOND);
    assert_eq!(world.process(n(2)).unwrap().links, [(n(1), LinkChange::Down)]);
    act(&mut world, Fault::Restart(who(1)));
    world.run_until(4 * SECOND);
    assert_eq!(world.process(n(3)).unwrap().links, [(n(1), LinkChange::Down), (n(1), LinkChange::Up)]);
}

// ---- settings -----------------------------------------------------------------------------------------------

#[test]
fn tuning_acts_from_now_on_and_refuses_what_is_out_of_range() {
    let mut world = still(3, |_| ());
    act(&mut world, Fault::TimeOutNow(who(1)));
    world.run_until(ms(100));
    act(&mut world, Fault::Tune(Scope::Wires, 0, Value::Range(ms(33), ms(33))));
    world.run_until(ms(300));
    let (at, message) = *sent(&world, 1, 2).iter().find(|&&(at, _)| at > ms(100)).unwrap();
    assert!(delivered(&world, 1, 2).contains(&(at + ms(33), message)));
    act(&mut world, Fault::Tune(Scope::Node(n(1)), BEAT, Value::Span(ms(7))));
    assert_eq!((world.setting(n(1), BEAT), world.setting(n(2), BEAT)), (Value::Span(ms(7)), Value::Span(ms(75))));
    act(&mut world, Fault::Tune(Scope::Protocol, CONNECTED, Value::Switch(true)));
    assert_eq!(world.setting(n(3), CONNECTED), Value::Switch(true));
    for (scope, key, value) in [
        (Scope::Wires, 0, Value::Range(0, 0)),
        (Scope::Wires, 99, Value::Switch(true)),
        (Scope::Protocol, BEAT, Value::Switch(true)),
        (Scope::Pauses, 1, Value::Range(5, 4)),
    ] {
        world.inject(By::Visitor, &Fault::Tune(scope, key, value));
        assert_eq!(refusal(&world), Some(Reason("bad_value")));
    }
    world.inject(By::Visitor, &Fault::Crash(Who::At(n(9))));
    assert_eq!(refusal(&world), Some(Reason("nobody_fits")));
}

// ---- the record ---------------------------------------------------------------------------------------------

#[test]
fn every_delivery_is_caused_by_its_sending() {
    let mut world = lively(3);
    world.run_until(5 * SECOND);
    let mut checked = 0;
    for event in events(&world) {
        if let What::Delivered { message } = event.what {
            let cause = world.history().event(event.cause.unwrap()).unwrap();
            assert!(matches!(cause.what, What::Sent { message: same, lost: None, .. } if same == message));
            checked += 1;
        }
    }
    assert!(checked > 200);
}

#[test]
fn what_is_sent_is_delivered_lost_or_under_way() {
    let mut world = lively(4);
    act(&mut world, Fault::Tune(Scope::Wires, 4, Value::Chance(0)));
    let mut checked = 0;
    for second in 1..=30 {
        world.run_until(second * SECOND);
        for kind in 0..2 {
            let under_way = |flight: &&conclave::sim::kernel::Flight| {
                let is_free = matches!(flight.state, FlightState::Free | FlightState::Lost(_));
                !is_free && flight.message.kind == kind
            };
            let under_way = world.kernel().flights.iter().filter(under_way).count() as u64;
            let tally = world.kernel().tally_of(kind);
            assert_eq!(tally.sent, tally.delivered + tally.lost + under_way, "{tally:?}");
            checked += tally.sent;
        }
    }
    assert!(checked > 10_000);
}

#[test]
fn starting_anew_is_like_a_new_world() {
    let mut again = lively(8);
    again.run_until(3 * SECOND);
    again.restart(9);
    let mut fresh = lively(9);
    again.run_until(3 * SECOND);
    fresh.run_until(3 * SECOND);
    assert_eq!(again.history().digest(), fresh.history().digest());
    assert!(again.history().events().eq(fresh.history().events()));
}

#[test]
fn a_run_does_not_depend_on_whether_it_is_written_down() {
    let mut kept = lively(5);
    let mut forgotten = lively(5);
    forgotten.keep_history(0);
    forgotten.judge_promises(false);
    forgotten.restart(5);
    kept.run_until(20 * SECOND);
    forgotten.run_until(20 * SECOND);
    assert_eq!(kept.events(), forgotten.events());
    assert_eq!(kept.kernel().standings, forgotten.kernel().standings);
    assert_eq!(kept.kernel().measures.tenures, forgotten.kernel().measures.tenures);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_slicing_is_the_same_run(seed in 0u64..1_000, slices in prop::collection::vec(1u64..700_000, 1..20)) {
        let mut whole = lively(seed);
        whole.run_until(3 * SECOND);
        let mut sliced = lively(seed);
        for slice in slices {
            sliced.run_until((sliced.now() + slice).min(3 * SECOND));
            if sliced.next_event_at().is_some_and(|at| at <= 3 * SECOND) {
                sliced.step();
            }
        }
        sliced.run_until(3 * SECOND);
        prop_assert_eq!(whole.history().digest(), sliced.history().digest());
        prop_assert_eq!(whole.kernel().measures.leaderless, sliced.kernel().measures.leaderless);
    }

    #[test]
    fn a_checkpoint_goes_on_as_the_world_does(seed in 0u64..1_000, at in 0u64..2_000_000) {
        let mut world = lively(seed);
        world.run_until(at);
        let mut copy = world.checkpoint();
        world.run_until(3 * SECOND);
        copy.run_until(3 * SECOND);
        prop_assert_eq!(world.events(), copy.events());
        prop_assert_eq!(&world.kernel().standings, &copy.kernel().standings);
    }
}
