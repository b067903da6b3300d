//! Stories of Fast Leader Election: who wins, who follows, and how many notifications it takes.

mod story;

use conclave::protocols::zab::disk::Disk;
use conclave::protocols::zab::vote::State;
use conclave::protocols::zab::{Zab, ZabSettings};
use conclave::sim::datum::Datum;
use conclave::sim::fault::{Fault, LinkWires, Which, Who};
use conclave::sim::place::{Census, Place};
use conclave::sim::protocol::Protocol;
use conclave::sim::reign::Role;
use conclave::sim::world::Opening;
use story::{Story, ms, n};

type Servers = Story<Zab>;

/// A disk with these epochs and a history of one epoch up to this zxid.
fn disk(current_epoch: u64, zxid: [u64; 2]) -> Disk {
    let mut disk = Disk::default();
    let census = Census { nodes: 3, servers: 0 };
    let numbers = |numbers: &[u64]| Datum::List(numbers.iter().map(|&number| Datum::Number(number)).collect());
    Zab::seed_disk(&mut disk, census, n(1), "zxid", &numbers(&zxid)).expect("a fine zxid");
    Zab::seed_disk(&mut disk, census, n(1), "current_epoch", &Datum::Number(current_epoch)).expect("a fine epoch");
    disk
}

fn with_disks(disks: &[(u64, [u64; 2])]) -> Servers {
    Story::with(disks.len() as u8, ZabSettings::zookeeper(), |opening: &mut Opening<Zab>| {
        for (index, &(epoch, zxid)) in disks.iter().enumerate() {
            opening.disks.push((n(index as u8 + 1), disk(epoch, zxid)));
        }
    })
}

fn votes_sent(servers: &Servers) -> u64 {
    servers.sent("looking_vote")
}

// ---- S-Z1, Q-12: the highest id leads where all histories are equal ----------------------------------------

#[test]
fn equal_histories_elect_the_highest_id() {
    for (nodes, low, high) in [(3, 10, 12), (5, 36, 60)] {
        let mut servers = Servers::new(nodes, ZabSettings::zookeeper());
        let leader = servers.until_elected();
        assert_eq!(leader, n(nodes));
        let sent = votes_sent(&servers);
        assert!((low..=high).contains(&sent), "{sent} notifications of {nodes} servers");
        assert!(servers.now() >= ms(200), "settled before the finalize wait was over");
        servers.keeps_its_promises();
    }
}

#[test]
fn one_server_leads_itself() {
    let mut servers = Servers::new(1, ZabSettings::zookeeper());
    assert_eq!(servers.until_elected(), n(1));
}

// ---- S-Z2, S-Z3, CZ-37: history before id, epoch before zxid -----------------------------------------------

#[test]
fn the_newest_history_beats_the_highest_id() {
    let mut servers = with_disks(&[(1, [1, 5]), (1, [1, 4]), (1, [1, 3])]);
    assert_eq!(servers.until_elected(), n(1));
    servers.run(ms(500)).keeps_its_promises();
    assert!(servers.nodes().all(|node| servers.process(node).history().len() == 5));
}

#[test]
fn the_newer_epoch_beats_the_longer_history() {
    let mut servers = with_disks(&[(1, [1, 5]), (2, [1, 4]), (2, [1, 3])]);
    assert_eq!(servers.until_elected(), n(2));
    servers.run(ms(500)).keeps_its_promises();
}

// ---- S-Z4: who comes late follows, however high its id -----------------------------------------------------

#[test]
fn a_late_joiner_with_the_highest_id_follows() {
    let mut servers = Servers::with(3, ZabSettings::zookeeper(), |opening| opening.down.push(n(3)));
    assert_eq!(servers.until_elected(), n(2));
    servers.run(ms(5_000)).restart(n(3)).run(ms(1_000));
    assert_eq!(servers.standing(n(3)).follows, Some(n(2)));
    assert_eq!(servers.role(n(3)), Role::Follower);
    assert_eq!(servers.leaders(), [n(2)]);
    assert!(servers.process(n(3)).is_in_service());
}

// ---- S-Z5: the finalize wait ------------------------------------------------------------------------------

/// Servers 1 and 2 agree at once; the vote of server 3 comes later.
fn third_vote_after(late: u64) -> Place {
    let mut servers = Servers::with(3, ZabSettings::zookeeper(), |opening| opening.down.push(n(3)));
    servers.until("a quorum that waits", |servers| {
        servers.process(n(1)).is_settling() && servers.process(n(2)).is_settling()
    });
    servers.run(ms(late)).restart(n(3));
    servers.until_elected()
}

#[test]
fn a_better_vote_within_the_finalize_wait_wins() {
    assert_eq!(third_vote_after(100), n(3));
}

#[test]
fn a_better_vote_after_the_finalize_wait_is_too_late() {
    assert_eq!(third_vote_after(300), n(2));
}

// ---- S-Z6, Z-7: a settled quorum is joined whatever its round ----------------------------------------------

#[test]
fn settled_votes_of_different_rounds_are_joined() {
    let mut servers = Servers::new(3, ZabSettings::zookeeper());
    let leader = servers.until_elected();
    assert_eq!(leader, n(3));
    // Server 1 goes through a hundred rounds of its own while nobody answers.
    for _ in 0..20 {
        servers.crash(n(1)).restart(n(1)).run(ms(2_000));
        assert_eq!(servers.standing(n(1)).follows, Some(n(3)));
    }
    assert_eq!(servers.leaders(), [n(3)]);
}

// ---- Z-3: the round of those who are ahead is taken over (CZ-09) -------------------------------------------

#[test]
fn a_newcomer_takes_over_the_newer_round() {
    let mut servers = Servers::with(3, ZabSettings::zookeeper(), |opening| opening.down.push(n(1)));
    assert_eq!(servers.until_elected(), n(3));
    servers.run(ms(1_000)).crash(n(3)).run(ms(500));
    assert_eq!(servers.process(n(2)).round(), 2);
    servers.restart(n(1));
    assert_eq!(servers.until_elected(), n(2));
    assert!(servers.now() < ms(10_000));
    assert_eq!(servers.process(n(1)).round(), 2);
}

// ---- CZ-10: a server that starts anew joins, and disturbs nobody -------------------------------------------

#[test]
fn a_restarted_server_rejoins_in_its_first_round() {
    let mut servers = Servers::new(3, ZabSettings::zookeeper());
    let leader = servers.until_elected();
    servers.run(ms(1_000));
    let epoch = servers.standing(leader).reign;
    servers.crash(n(1)).run(ms(500)).restart(n(1));
    assert!(servers.within(ms(10_000), |servers| servers.process(n(1)).is_in_service()));
    assert_eq!(servers.standing(leader).reign, epoch);
    assert_eq!(servers.leaders(), [leader]);
}

// ---- CZ-11, S-Z11: servers without weight never lead -------------------------------------------------------

#[test]
fn servers_without_weight_never_lead() {
    let settings = ZabSettings { weighted: 3, ..ZabSettings::zookeeper() };
    let mut servers = Servers::new(9, settings);
    servers.until("a leader", |servers| !servers.leaders().is_empty());
    assert_eq!(servers.leaders(), [n(3)]);
    servers.run(ms(2_000));
    assert!((4..=9).all(|other| servers.standing(n(other)).follows == Some(n(3))));
    servers.keeps_its_promises();
}

// ---- CZ-12: seven servers, the leader killed three times --------------------------------------------------

#[test]
fn seven_servers_elect_again_and_again() {
    let mut servers = Servers::new(7, ZabSettings::zookeeper());
    for round in 0..3 {
        let leader = servers.until_elected();
        assert_eq!(leader, n(7 - round));
        let agree = servers.nodes().filter(|&node| servers.standing(node).follows == Some(leader)).count();
        assert!(agree > 3, "{agree} servers agree");
        servers.run(ms(500)).keeps_its_promises();
        servers.crash(leader);
    }
    servers.until_elected();
}

// ---- Z-6: nobody follows a leader that does not say so itself ---------------------------------------------

#[test]
fn who_comes_late_does_not_follow_the_dead() {
    let mut servers = Servers::with(5, ZabSettings::zookeeper(), |opening| opening.down.push(n(1)));
    let leader = servers.until_elected();
    assert_eq!(leader, n(5));
    servers.run(ms(1_000));
    // The leader goes silent: the others still take it for the leader when server 1 comes.
    servers.pause(leader).restart(n(1)).run(ms(1_000));
    assert_eq!(servers.process(n(1)).state(), State::Looking);
    assert!(servers.reasons("no_settled_quorum_yet") > 0);
    let next = servers.until_elected();
    assert_eq!(next, n(4));
}

// ---- Z-8: who has settled answers only those who look -----------------------------------------------------

#[test]
fn only_lookers_are_answered() {
    let mut servers = Servers::with(3, ZabSettings::zookeeper(), |opening| opening.down.push(n(1)));
    servers.until_elected();
    servers.run(ms(1_000));
    let before = servers.sent("following_vote") + servers.sent("leading_vote");
    servers.restart(n(1)).run(ms(100));
    assert!(servers.sent("following_vote") + servers.sent("leading_vote") >= before + 2);
}

// ---- the best server does not always win (measured, observation 8) ----------------------------------------

#[test]
fn the_best_server_loses_when_it_looks_too_early() {
    let mut servers = Servers::with(5, ZabSettings::zookeeper(), |opening| opening.wires.latency = (ms(1), ms(1)));
    let leader = servers.until_elected();
    assert_eq!(leader, n(5));
    servers.run(ms(1_000));
    // Server 4 learns of the death 30 ms before the others, and tells servers that still follow; its vote is not
    // counted, and told again only after the others have settled.
    for other in 1..=3 {
        let wires = LinkWires { latency: Some((ms(30), ms(30))), loss: None };
        servers.act(Fault::Rewire { from: Who::At(n(5)), to: Who::At(n(other)), both: false, wires });
    }
    for other in 1..=3 {
        let wires = LinkWires { latency: Some((ms(2), ms(2))), loss: None };
        servers.act(Fault::Rewire { from: Who::At(n(other)), to: Who::At(n(4)), both: false, wires });
    }
    servers.crash(leader);
    let next = servers.until_elected();
    assert_eq!(next, n(3), "the better server 4 was too early");
    servers.keeps_its_promises();
}

// ---- S-Z10: a false leader gives up -----------------------------------------------------------------------

#[test]
fn a_leader_without_a_quorum_gives_up_after_init_limit() {
    let mut servers = Servers::new(3, ZabSettings::zookeeper_fast());
    servers.drop_kind("follower_info");
    servers.until("a prospective leader", |servers| servers.process(n(3)).state() == State::Leading);
    let since = servers.now();
    servers.until("it gives up", |servers| servers.process(n(3)).state() == State::Looking);
    assert_eq!(servers.now() - since, ms(2_000), "initLimit is 10 ticks of 200 ms");
    assert_eq!(servers.told("established"), 0);
    servers.heal();
    servers.until_elected();
    servers.keeps_its_promises();
}

// ---- CZ-34: a voter that elects but never connects --------------------------------------------------------

#[test]
fn a_disloyal_voter_only_delays() {
    let settings = ZabSettings { init_limit: 5, ..ZabSettings::zookeeper_fast() };
    let mut servers = Servers::with(5, settings, |opening| opening.down.extend([n(4), n(5)]));
    let kind = Some(servers.kind("follower_info"));
    let from = Some(Who::At(n(1)));
    servers.act(Fault::Drop(Which::Like { kind, from, to: None }));
    assert!(servers.within(ms(10_000), |servers| servers.leaders() == [n(3)]));
    let mut servers = Servers::new(5, ZabSettings { init_limit: 15, ..ZabSettings::zookeeper_fast() });
    let kind = Some(servers.kind("follower_info"));
    servers.act(Fault::Drop(Which::Every { kind, from, to: None }));
    assert!(servers.within(ms(20_000), |servers| servers.leaders() == [n(5)]));
}
