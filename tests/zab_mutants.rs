//! Every rule of Zab that can be switched off: with the switch its schedule goes wrong, without it does not.
#![cfg(feature = "mutants")]

mod servers;
mod story;

use conclave::protocols::zab::ZabSettings;
use conclave::protocols::zab::mutants::{Mutant, Mutants};
use conclave::protocols::zab::vote::{Ballot, Ballots, State, Vote, leader_check, quorum_agrees};
use conclave::protocols::zab::zxid::Zxid;
use conclave::sim::event::What;
use conclave::sim::reign::Role;
use conclave::sim::simulation::Simulation;
use servers::{Servers, servers_with};
use story::{ms, n};

fn without(mutants: &[Mutant]) -> ZabSettings {
    ZabSettings { mutants: Mutants::of(mutants), ..ZabSettings::zookeeper_fast() }
}

/// Runs the schedule with the rules on, then with them off: what broke.
fn broken_by(mutants: &[Mutant], schedule: impl Fn(ZabSettings) -> Servers) -> Vec<&'static str> {
    let sound = schedule(without(&[]));
    assert_eq!(sound.broken(), Vec::<&str>::new(), "with the rule");
    schedule(without(mutants)).broken()
}

/// 1 and 2 have committed (1,1); 3 comes with nothing and the highest id.
fn empty_server_with_the_highest_id(settings: ZabSettings) -> Servers {
    let mut servers = Servers::with(3, settings, |opening| opening.down.push(n(3)));
    let leader = servers.until_elected();
    servers.request(leader, "a").run(ms(500));
    servers.crash(n(1)).crash(n(2)).restart(n(1)).restart(n(2)).restart(n(3)).run(ms(20_000));
    servers
}

#[test]
fn m_z1_by_server_id_only() {
    let stuck = empty_server_with_the_highest_id(without(&[Mutant::ServerIdOnly]));
    assert!(stuck.leaders().is_empty() && stuck.told("gave_up") > 5, "Z-14 makes the wrong leader give up for ever");
    let broken = broken_by(&[Mutant::ServerIdOnly, Mutant::NeverYields], empty_server_with_the_highest_id);
    assert!(broken.contains(&"nothing_committed_is_lost"), "{broken:?}");
}

#[test]
fn m_z2_zxid_before_epoch() {
    let schedule = |settings| {
        let mut servers = servers_with(&[(1, [1, 3]), (1, [1, 5]), (1, [1, 3])], settings, |opening| {
            opening.down.push(n(2));
        });
        assert_eq!(servers.until_elected(), n(3));
        servers.run(ms(200)).cut(n(3), n(1)).request(n(3), "x").run(ms(100)).crash(n(3));
        servers.heal().restart(n(2)).run(ms(20_000));
        servers
    };
    let broken = broken_by(&[Mutant::ZxidBeforeEpoch, Mutant::NeverYields], schedule);
    assert_eq!(broken, ["primary_integrity"]);
}

#[test]
fn m_z3_no_finalize_wait() {
    let schedule = |settings| {
        let mut servers = Servers::with(5, settings, |opening| opening.down.extend([n(4), n(5)]));
        servers.cut_one_way(n(5), n(1)).cut_one_way(n(5), n(2));
        servers.run(ms(5)).restart(n(5)).run(ms(400));
        servers
    };
    let mut sound = schedule(without(&[]));
    sound.heal();
    assert_eq!(sound.until_elected(), n(5));
    // The port opens a little later than followers knock; nobody asks in vain more often.
    assert_eq!((sound.reasons("leader_not_leading_yet") > 4, sound.told("lost_leader")), (false, 0));
    let hasty = schedule(without(&[Mutant::NoFinalizeWait]));
    assert!(hasty.reasons("leader_not_leading_yet") > 4, "1 and 2 follow a server that does not lead");
}

#[test]
fn m_z4_epochs_not_durable() {
    let schedule = |settings| {
        let mut servers = Servers::with(3, settings, |opening| opening.down.push(n(3)));
        assert_eq!(servers.until_elected(), n(2));
        servers.request(n(2), "a").run(ms(500)).crash(n(2)).crash(n(1));
        servers.restart(n(1)).restart(n(3)).run(ms(5_000));
        servers
    };
    let broken = broken_by(&[Mutant::EpochsNotDurable], schedule);
    assert!(broken.contains(&"one_leader_per_epoch"), "{broken:?}");
}

#[test]
fn m_z5_epoch_before_history() {
    let schedule = |settings| {
        let mut servers = servers_with(&[(1, [1, 2]), (1, [1, 2]), (1, [1, 1])], settings, |opening| {
            opening.down.push(n(3));
            opening.wires.disk = (ms(20), ms(20));
        });
        assert_eq!(servers.until_elected(), n(2));
        servers.run(ms(500)).crash(n(1)).run(ms(1_000)).restart(n(3));
        servers.until("its epoch is on disk", |servers| servers.world.disk(n(3)).current_epoch == 3);
        servers.crash(n(3)).crash(n(2)).restart(n(1)).restart(n(3)).run(ms(5_000));
        servers
    };
    let broken = broken_by(&[Mutant::EpochBeforeHistory], schedule);
    assert!(broken.contains(&"nothing_committed_is_lost"), "{broken:?}");
}

#[test]
fn m_z6_no_leader_check() {
    let schedule = |settings| {
        let mut servers = Servers::with(5, settings, |opening| opening.down.push(n(1)));
        assert_eq!(servers.until_elected(), n(5));
        servers.run(ms(400)).pause(n(5)).restart(n(1)).run(ms(300));
        servers
    };
    assert_eq!(schedule(without(&[])).process(n(1)).state(), State::Looking);
    let misled = schedule(without(&[Mutant::NoLeaderCheck]));
    assert_eq!(misled.standing(n(1)).follows, Some(n(5)), "it follows a leader that nobody hears");
}

fn settled(leader: u8, round: u32, state: State) -> Ballot {
    Ballot { vote: Vote { leader, zxid: Zxid::new(1, round), epoch: 1 }, round, state, old_format: false }
}

#[test]
fn m_z7_no_round_check() {
    // Followers of round 1 still name server 3, which is in round 2 by now.
    let ballots = Ballots::from([(1, settled(3, 1, State::Following)), (2, settled(3, 1, State::Following))]);
    assert!(!leader_check(&ballots, 3, 1, 3, 2, &without(&[])));
    assert!(leader_check(&ballots, 3, 1, 3, 2, &without(&[Mutant::NoRoundCheck])));
}

#[test]
fn m_z8_old_vote_kept() {
    let schedule = |settings| {
        // Server 5 has the newest history, and dies after server 1 adopted a vote for it.
        let disks = [(0, [1, 0]), (0, [1, 0]), (0, [1, 0]), (0, [1, 0]), (9, [1, 0])];
        let mut servers = servers_with(&disks, settings, |opening| opening.down.extend((1..=5).map(n)));
        servers.partition(&[&[1, 5], &[2, 3, 4]]);
        for server in 1..=5 {
            servers.restart(n(server));
        }
        assert_eq!(servers.until_elected(), n(4));
        servers.run(ms(200)).crash(n(5)).crash(n(4)).run(ms(60)).heal();
        servers.run(ms(600));
        servers
    };
    assert_eq!(schedule(without(&[])).leaders(), [n(3)]);
    let slow = schedule(without(&[Mutant::KeepOldVote]));
    assert!(slow.leaders().is_empty(), "a vote for the dead server 5 survived into the new round");
}

/// The epochs that leaders chose, in order.
fn proposed_epochs(servers: &Servers) -> Vec<u64> {
    let chosen = |what: &What| match what {
        What::Told(tale) if tale.id == "epoch_proposed" => Some(tale.numbers[0]),
        _ => None,
    };
    servers.world.history().events().filter_map(|event| chosen(&event.what)).collect()
}

#[test]
fn m_z9_epoch_chosen_alone() {
    let schedule = |settings| {
        let mut servers = servers_with(&[(1, [1, 5]), (1, [1, 4]), (1, [1, 6])], settings, |opening| {
            opening.down.push(n(1));
        });
        servers.until("a promise", |servers| servers.world.disk(n(2)).accepted_epoch == 2);
        servers.crash(n(3)).restart(n(1)).run(ms(8_000));
        servers
    };
    assert_eq!(proposed_epochs(&schedule(without(&[])))[..2], [2, 3]);
    assert_eq!(proposed_epochs(&schedule(without(&[Mutant::EpochAlone])))[..2], [2, 2], "the same epoch twice");
}

#[test]
fn m_z10_no_truncation() {
    let schedule = |settings| {
        let mut servers = Servers::new(3, settings);
        let old = servers.until_elected();
        servers.run(ms(500)).request(old, "a").run(ms(200));
        servers.isolate(old).request(old, "alone").run(ms(50)).crash(old).heal();
        let new = servers.until_elected();
        servers.run(ms(500)).restart(old).run(ms(1_000)).request(new, "b").run(ms(1_000));
        servers
    };
    let broken = broken_by(&[Mutant::NoTruncation], schedule);
    assert!(broken.contains(&"same_history"), "{broken:?}");
}

#[test]
fn m_z11_serving_before_a_quorum_has_it() {
    let schedule = |settings| {
        let mut servers = servers_with(&[(1, [1, 1]), (1, [1, 1]), (1, [1, 2])], settings, |_| ());
        servers.run(ms(5_000));
        servers
    };
    let broken = broken_by(&[Mutant::ServeBeforeQuorum], schedule);
    assert!(broken.contains(&"committed_by_a_quorum"), "{broken:?}");
}

#[test]
fn m_z12_zombie_leader() {
    let schedule = |settings| {
        let mut servers = Servers::new(3, settings);
        let leader = servers.until_elected();
        assert_eq!(leader, n(3));
        servers.run(ms(500)).isolate(leader).run(ms(60_000));
        servers
    };
    assert_eq!(schedule(without(&[])).role(n(3)), Role::Candidate);
    let zombie = schedule(without(&[Mutant::ZombieLeader]));
    assert_eq!(zombie.leaders().len(), 2, "it still answers reads from its old state");
}

#[test]
fn m_z13_settled_votes_by_every_field() {
    let ballots = Ballots::from([(2, settled(3, 1, State::Following)), (3, settled(3, 101, State::Leading))]);
    let joins = |settings| quorum_agrees(&ballots, &settled(3, 101, State::Leading), &settings, 3);
    assert!(joins(without(&[])));
    assert!(!joins(without(&[Mutant::SettledByEveryField])), "who comes late can never join");
}
