//! Stories of what comes after an election: discovery, synchronisation, broadcast, and losing one another.

mod servers;
mod story;

use conclave::protocols::zab::ZabSettings;
use conclave::protocols::zab::disk::Txn;
use conclave::protocols::zab::synchronization::{Course, choose_course};
use conclave::protocols::zab::vote::{Ballot, Ballots, State, Vote, leader_check, quorum_agrees};
use conclave::protocols::zab::zxid::Zxid;
use conclave::sim::event::What;
use conclave::sim::fault::{Fault, Scope, Waking};
use conclave::sim::place::Place;
use conclave::sim::reign::Role;
use conclave::sim::request::Answer;
use conclave::sim::settings::Value;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::Micros;
use servers::{Servers, servers_with};
use story::{ms, n};

fn established(nodes: u8, settings: ZabSettings) -> (Servers, Place) {
    let mut servers = Servers::new(nodes, settings);
    let leader = servers.until_elected();
    servers.run(ms(500));
    (servers, leader)
}

/// The kinds of the packets sent from one server to another, votes left out.
fn packets(servers: &Servers, from: Place, to: Place, since: Micros) -> Vec<&'static str> {
    let kinds = servers.world.kinds();
    let sent = servers.world.history().events().filter_map(|event| match event.what {
        What::Sent { message, .. } if message.from == from && message.to == to && event.at >= since => {
            Some(kinds[usize::from(message.kind)].id)
        }
        _ => None,
    });
    sent.filter(|kind| !kind.ends_with("_vote") && *kind != "ping").collect()
}

fn answers(servers: &Servers) -> Vec<Answer> {
    let given = |what: &What| match what {
        What::Answered { answer, .. } => Some(*answer),
        _ => None,
    };
    servers.world.history().events().filter_map(|event| given(&event.what)).collect()
}

// ---- discovery --------------------------------------------------------------------------------------------

#[test]
fn a_first_reign_in_full() {
    // CZ-18: LEADERINFO (1), DIFF, NEWLEADER (1), UPTODATE; the current epoch is written only at NEWLEADER.
    let mut servers = Servers::new(3, ZabSettings { opens_after: 0, ..ZabSettings::zookeeper() });
    servers.until("a promise", |servers| servers.world.disk(n(1)).accepted_epoch == 1);
    assert_eq!(servers.world.disk(n(1)).current_epoch, 0);
    servers.until_elected();
    servers.run(ms(100));
    assert_eq!(servers.world.disk(n(1)).current_epoch, 1);
    assert_eq!(packets(&servers, n(3), n(1), 0), ["leader_info", "diff", "new_leader", "up_to_date"]);
    assert_eq!(packets(&servers, n(1), n(3), 0), ["follower_info", "ack_epoch", "ack"]);
    servers.keeps_its_promises();
}

#[test]
fn the_new_epoch_is_above_every_promise_of_the_quorum() {
    // CZ-16, CZ-19: a follower that promised 20 makes it 21.
    let mut servers = servers_with(&[(0, [1, 0]), (0, [1, 0]), (0, [1, 0])], ZabSettings::zookeeper(), |opening| {
        opening.disks[0].1.accepted_epoch = 20;
    });
    // All three at once: the leader may have its quorum before server 1 comes. Without server 2 it needs server 1.
    servers.crash(n(2));
    let leader = servers.until_elected();
    assert_eq!(servers.standing(leader).reign.expect("an epoch").number, 21);
    servers.run(ms(500)).restart(n(2)).run(ms(1_000)).keeps_its_promises();
}

#[test]
fn a_straggler_with_a_newer_promise_makes_trouble_only_for_itself() {
    let (mut servers, leader) = {
        let mut servers =
            servers_with(&[(0, [1, 0]), (0, [1, 0]), (0, [1, 0])], ZabSettings::zookeeper_fast(), |opening| {
                opening.disks[0].1.accepted_epoch = 20;
                opening.down.push(n(1));
            });
        let leader = servers.until_elected();
        (servers, leader)
    };
    servers.restart(n(1)).run(ms(5_000));
    assert_eq!(servers.leaders(), [leader]);
    assert!(servers.reasons("promised_a_newer_epoch") > 0);
}

#[test]
fn two_acknowledgements_are_no_quorum_without_the_leaders_own() {
    // CZ-17: the leader's disk lags; the others' promises alone do not make a reign.
    let mut servers = Servers::with(3, ZabSettings::zookeeper(), |opening| opening.wires.disk = (ms(300), ms(300)));
    servers.until("it proposes an epoch", |servers| servers.told("epoch_proposed") == 1);
    assert_eq!(servers.world.disk(n(3)).accepted_epoch, 1, "its own promise is on disk before anybody is asked");
    servers.until_elected();
    servers.keeps_its_promises();
}

// ---- synchronisation: Z-16 ---------------------------------------------------------------------------------

fn txns(numbers: &[u32]) -> Vec<Txn> {
    numbers.iter().map(|&counter| Txn { zxid: Zxid::new(0, counter), value: 0, by: 0, request: 0 }).collect()
}

#[test]
fn courses_without_a_committed_log() {
    // CZ-25: leader's last is 1, nothing in the log.
    let one = Zxid::new(0, 1);
    assert_eq!(choose_course(Zxid::new(0, 3), &[], &[], one), (Course::Trunc(one), one));
    assert_eq!(choose_course(one, &[], &[], one), (Course::Diff, one));
    assert_eq!(choose_course(Zxid::ZERO, &[], &[], one).0, Course::Snap);
}

#[test]
fn courses_by_the_log_on_disk() {
    // CZ-27: on disk 2, 3, 5 to 9; in memory 6, 7, 8.
    let (memory, log) = (txns(&[6, 7, 8]), txns(&[2, 3, 5, 6, 7, 8, 9]));
    let last = Zxid::new(0, 9);
    let three = Zxid::new(0, 3);
    assert_eq!(choose_course(Zxid::new(0, 4), &memory, &log, last), (Course::Trunc(three), three));
    assert_eq!(choose_course(three, &memory, &log, last), (Course::Diff, three));
    assert_eq!(choose_course(Zxid::new(0, 1), &memory, &log, last).0, Course::Snap, "older than the log");
    assert_eq!(choose_course(Zxid::new(0, 1), &memory, &[], last).0, Course::Snap);
}

#[test]
fn an_unknown_transaction_of_another_epoch_needs_everything_anew() {
    let of = |epoch, counter| Txn { zxid: Zxid::new(epoch, counter), value: 0, by: 0, request: 0 };
    let memory = [of(1, 1), of(2, 1), of(2, 2)];
    assert_eq!(choose_course(Zxid::new(1, 2), &memory, &[], Zxid::new(2, 2)).0, Course::Snap);
    assert_eq!(choose_course(Zxid::new(1, 1), &memory, &[], Zxid::new(2, 2)).0, Course::Diff);
}

#[test]
fn equal_histories_need_no_snapshot() {
    // CZ-23.
    let mut servers = servers_with(&[(1, [1, 2]), (1, [1, 2]), (1, [1, 2])], ZabSettings::zookeeper(), |_| ());
    servers.until_elected();
    servers.run(ms(200));
    assert_eq!(servers.sent("snap") + servers.sent("trunc"), 0);
    assert!(packets(&servers, n(3), n(1), 0).contains(&"diff"));
    assert_eq!(servers.world.disk(n(1)).current_epoch, 2);
}

#[test]
fn who_lacks_little_gets_the_difference_and_who_lacks_much_gets_everything() {
    let settings = ZabSettings { log_kept: 4, ..ZabSettings::zookeeper_fast() };
    let (mut servers, leader) = established(3, settings);
    servers.request(leader, "first").run(ms(100)).crash(n(1));
    for _ in 0..2 {
        servers.request(leader, "x").run(ms(100));
    }
    let since = servers.now();
    servers.restart(n(1)).run(ms(800));
    let sent = packets(&servers, leader, n(1), since);
    assert_eq!(sent, ["leader_info", "diff", "proposal", "commit", "proposal", "commit", "new_leader", "up_to_date"]);
    servers.crash(n(1));
    for _ in 0..20 {
        servers.request(leader, "y").run(ms(100));
    }
    servers.restart(n(1)).run(ms(800));
    assert_eq!(servers.sent("snap"), 1);
    assert_eq!(servers.process(n(1)).delivered(), servers.process(leader).delivered());
    servers.keeps_its_promises();
}

#[test]
fn an_uncommitted_tail_is_truncated() {
    // S-Z8: the old leader logged a transaction alone.
    let (mut servers, old) = established(3, ZabSettings::zookeeper_fast());
    servers.request(old, "all").run(ms(200));
    servers.isolate(old).request(old, "alone").run(ms(50)).crash(old).heal();
    assert_eq!(servers.world.disk(old).history.len(), 2);
    let new = servers.until_elected();
    servers.run(ms(300)).restart(old).run(ms(1_000));
    assert_eq!((servers.sent("trunc"), servers.told("truncated")), (1, 1));
    assert_eq!(servers.process(old).history().len(), 1);
    assert_eq!(servers.standing(old).follows, Some(new));
    servers.keeps_its_promises();
}

#[test]
fn an_uncommitted_tail_survives_with_one_that_logged_it() {
    // S-Z9: one follower logged it; nobody was told that it is committed.
    let (mut servers, old) = established(3, ZabSettings::zookeeper_fast());
    servers.cut(old, n(1)).cut_one_way(n(2), old).request(old, "some").run(ms(15)).crash(old).heal();
    assert_eq!(servers.world.disk(n(2)).history.len(), 1);
    assert_eq!(servers.until_elected(), n(2), "its history is newer");
    servers.run(ms(300));
    assert!(servers.process(n(1)).delivered().len() == 1, "the next epoch commits it");
    servers.keeps_its_promises();
}

#[test]
fn a_crash_between_history_and_epoch_loses_nothing() {
    // S-Z12, CZ-35: stop a follower at every moment of its synchronisation; afterwards its data are the leader's.
    for stop in (0..400).step_by(20) {
        let mut servers =
            servers_with(&[(1, [1, 1]), (1, [1, 4]), (1, [1, 4])], ZabSettings::zookeeper_fast(), |opening| {
                opening.down.push(n(1));
                opening.wires.disk = (ms(15), ms(15));
            });
        let leader = servers.until_elected();
        servers.run(ms(300)).restart(n(1)).run(ms(stop)).crash(n(1)).run(ms(100)).restart(n(1)).run(ms(3_000));
        assert_eq!(servers.process(n(1)).delivered(), servers.process(leader).delivered(), "stopped after {stop} ms");
        servers.keeps_its_promises();
    }
}

#[test]
fn proposals_wait_behind_the_synchronisation() {
    // Z-17: the leader goes on writing while a follower is brought up to date.
    let (mut servers, leader) = established(3, ZabSettings::zookeeper_fast());
    servers.crash(n(1)).request(leader, "a").run(ms(100)).restart(n(1));
    for _ in 0..40 {
        servers.request(leader, "b").run(ms(7));
    }
    servers.run(ms(1_000));
    assert_eq!(servers.process(n(1)).delivered().len(), 41);
    assert_eq!(servers.reasons("gap_in_proposals"), 0);
    servers.keeps_its_promises();
}

// ---- broadcast --------------------------------------------------------------------------------------------

#[test]
fn a_write_at_a_follower_goes_through_the_leader() {
    let (mut servers, leader) = established(3, ZabSettings::zookeeper());
    servers.request(n(1), "x").run(ms(200));
    assert_eq!(servers.sent("request"), 1);
    let written = Answer::Written { index: Zxid::new(1, 1).number() };
    assert_eq!(answers(&servers), [written]);
    assert!(servers.nodes().all(|node| servers.process(node).delivered().len() == 1));
    servers.request(leader, "y").run(ms(200)).read(n(2)).run(ms(10));
    assert_eq!(answers(&servers)[2], Answer::Read { as_of: 2 });
}

#[test]
fn a_used_up_epoch_makes_a_new_one() {
    // Z-24.
    let (mut servers, leader) = established(3, ZabSettings { counter_limit: 3, ..ZabSettings::zookeeper_fast() });
    for _ in 0..4 {
        servers.request(leader, "x").run(ms(100));
    }
    servers.until_elected();
    servers.run(ms(500));
    assert_eq!(servers.told("gave_up"), 1);
    assert_eq!(servers.standing(servers.leaders()[0]).reign.expect("an epoch").number, 2);
    servers.keeps_its_promises();
}

// ---- losing one another: Z-23, S-Z7, Q-14 -----------------------------------------------------------------

#[test]
fn a_crash_of_the_leader_is_noticed_at_once() {
    let (mut servers, leader) = established(3, ZabSettings::zookeeper());
    servers.crash(leader).run(ms(11));
    assert!((1..=2).all(|server| servers.process(n(server)).state() == State::Looking));
    let since = servers.now();
    servers.until_elected();
    let took = servers.now() - since;
    assert!(took >= ms(200) && took < ms(500), "{took} us");
}

#[test]
fn a_leader_whose_followers_close_gives_up_at_its_next_tick() {
    for phase in 0..8 {
        let (mut servers, leader) = established(3, ZabSettings::zookeeper());
        servers.run(ms(phase * 270)).crash(n(1)).crash(n(2));
        let since = servers.now();
        servers.until("it gives up", |servers| servers.role(leader) != Role::Leader);
        assert!(servers.now() - since <= ms(2_010), "{} us", servers.now() - since);
    }
}

#[test]
fn silence_is_noticed_after_sync_limit() {
    for phase in 0..8 {
        let (mut servers, leader) = established(3, ZabSettings::zookeeper());
        servers.run(ms(phase * 270)).isolate(leader);
        let since = servers.now();
        servers.until("followers look", |servers| servers.process(n(1)).state() == State::Looking);
        let followers = servers.now() - since;
        assert!(followers > ms(8_900) && followers <= ms(10_010), "followers after {followers} us");
        servers.until("the leader gives up", |servers| servers.role(leader) != Role::Leader);
        let gave_up = servers.now() - since;
        assert!(gave_up > ms(9_000) && gave_up <= ms(12_010), "the leader after {gave_up} us");
    }
}

#[test]
fn a_paused_leader_claims_for_half_a_tick_to_a_tick() {
    // Measured, observation 7.
    for phase in 0..10 {
        let (mut servers, leader) = established(3, ZabSettings::zookeeper());
        servers.run(ms(phase * 230)).pause(leader).run(ms(14_000));
        assert_eq!(servers.leaders().len(), 2, "the others have a new one");
        servers.resume(leader, Waking::TimersFirst);
        let since = servers.now();
        servers.until("it gives up", |servers| servers.role(leader) != Role::Leader);
        assert!(servers.now() - since <= ms(2_000));
        servers.run(ms(3_000));
        assert_ne!(servers.leaders(), [leader]);
        servers.keeps_its_promises();
    }
}

#[test]
fn a_follower_that_never_acknowledges_is_closed_on() {
    // CZ-22: it answers pings, but its disk is stuck.
    let settings = ZabSettings { sync_limit: 2, ..ZabSettings::zookeeper_fast() };
    let (mut servers, leader) = established(3, settings);
    let stuck = Value::Range(ms(60_000), ms(60_000));
    servers.act(Fault::Tune(Scope::Wires, 5, stuck)).request(leader, "x");
    let pings = servers.sent("ping");
    servers.until("it is closed on", |servers| servers.told("closed_on") > 0);
    assert!(servers.sent("ping") - pings <= 2 * (2 * 2 + 2));
}

// ---- votes that were made by hand -------------------------------------------------------------------------

fn vote(leader: u8, zxid: (u32, u32), epoch: u32) -> Vote {
    Vote { leader, zxid: Zxid::new(zxid.0, zxid.1), epoch }
}

#[test]
fn the_order_of_votes() {
    // CZ-01.
    let settings = ZabSettings::zookeeper();
    let beats = |new: Vote, current: Vote| new.beats(&current, &settings);
    assert!(!beats(vote(4, (0, 0), 0), vote(3, (0, 0), 2)));
    assert!(beats(vote(1, (0, 0), 1), vote(2, (0, 0), 0)));
    assert!(beats(vote(1, (0, 1), 0), vote(2, (0, 0), 0)));
    assert!(beats(vote(2, (0, 1), 0), vote(1, (0, 1), 0)));
}

#[test]
fn lookers_and_a_leader_with_the_same_vote() {
    // CZ-04: 0, 1, 3 look and 4 leads, all for (4, (2,1), round 1, epoch 1); numbered from 1 here.
    let ballot = |state| Ballot { vote: vote(5, (2, 1), 1), round: 1, state, old_format: false };
    let looking = ballot(State::Looking);
    let ballots = Ballots::from([(1, looking), (2, looking), (4, looking), (5, ballot(State::Leading))]);
    assert!(quorum_agrees(&ballots, &looking, &ZabSettings::zookeeper(), 5));
}

#[test]
fn settled_votes_agree_whatever_their_round() {
    // S-Z6 and CZ-06 (one format): rounds 1 and 101, zxids that drifted, the same leader and epoch.
    let ballot = |zxid, round, state| Ballot { vote: vote(5, (15, zxid), 0x18), round, state, old_format: false };
    let leading = ballot(0, 10, State::Leading);
    let ballots =
        Ballots::from([(2, ballot(3, 1, State::Following)), (4, ballot(0, 101, State::Following)), (5, leading)]);
    let settings = ZabSettings::zookeeper();
    assert!(quorum_agrees(&ballots, &leading, &settings, 5));
    assert!(leader_check(&ballots, 5, 10, 1, 1, &settings));
}

/// Of servers 1 to 5, settled on 5, as (server, state, epoch of the vote, old format).
fn formats(rows: &[(u8, State, u32, bool)]) -> Ballots {
    let ballot = |state, epoch, old_format| Ballot { vote: vote(5, (15, 0), epoch), round: 10, state, old_format };
    rows.iter().map(|&(server, state, epoch, old)| (server, ballot(state, epoch, old))).collect()
}

#[test]
fn settled_votes_in_two_formats_agree_by_their_leader() {
    use State::{Following, Leading};
    let settings = ZabSettings::zookeeper();
    // CZ-03: two votes in the newer format of epoch 1, two in the old one of epoch 2.
    let ballots =
        formats(&[(1, Following, 1, false), (2, Following, 1, false), (4, Following, 2, true), (5, Leading, 2, true)]);
    assert!(quorum_agrees(&ballots, &ballots[&5], &settings, 5));
    // CZ-06: the old format knows another epoch; both newer ones say 0x18.
    let ballots = formats(&[
        (1, Following, 0x17, true),
        (2, Following, 0x17, true),
        (4, Following, 0x18, false),
        (5, Leading, 0x18, false),
    ]);
    assert!(quorum_agrees(&ballots, &ballots[&5], &settings, 5));
    assert!(leader_check(&ballots, 5, 10, 1, 1, &settings));
    // In one format different epochs are different votes.
    let ballots = formats(&[
        (1, Following, 0x17, false),
        (2, Following, 0x17, false),
        (4, Following, 0x18, false),
        (5, Leading, 0x18, false),
    ]);
    assert!(!quorum_agrees(&ballots, &ballots[&5], &settings, 5));
}

#[test]
fn a_rolling_upgrade_elects_and_takes_late_joiners() {
    // Servers 1 and 2 still send the old format; server 5 comes late and joins.
    let old = ZabSettings { old_format: true, ..ZabSettings::quick() };
    let mut servers = Servers::with(5, ZabSettings::quick(), |opening| {
        opening.own_settings = vec![(n(1), old.clone()), (n(2), old.clone())];
        opening.down.push(n(5));
    });
    let leader = servers.until_elected();
    servers.run(ms(1_000)).restart(n(5)).run(ms(2_000));
    assert_eq!(servers.standing(n(5)).follows, Some(leader));
    servers.keeps_its_promises();
}
