//! CheckQuorum, loyal voters and the way out for servers that are ahead.
#![cfg(not(target_arch = "wasm32"))]

mod quiet;
mod server;
mod story;

use conclave::protocols::raft::{Message, Raft, Role, Settings, Timer};
use conclave::sim::fault::{Fault, Who};
use conclave::sim::settings::Value;
use conclave::sim::time::{MILLISECOND, SECOND};
use quiet::{Case, quiet};
use server::{Server, acked, append, disk, heartbeat, n, pre_vote_request, vote_request};
use story::{Story, ms};

fn cq() -> Settings {
    Settings { check_quorum: true, ..Settings::paper() }
}

/// Timers of minutes, so that a case's hups decide, and loyalty that lasts as long.
fn still_cq() -> Settings {
    let minutes = (60 * SECOND, 120 * SECOND);
    Settings { election_timeout: minutes, heartbeat: 20 * SECOND, check_quorum: true, ..Settings::paper() }
}

#[test]
fn cr_44_a_leader_that_is_answered_by_a_quorum_stays() {
    let mut server = Server::new(3, cq(), disk(0, None, &[]));
    server.lead();
    for _ in 0..6 {
        server.hears(2, acked(1, 1)).timer(Timer::QuorumCheck);
        assert!(server.raft.leads());
    }
}

#[test]
fn cr_45_a_leader_that_nobody_answers_steps_down_in_its_term() {
    let mut server = Server::new(3, cq(), disk(0, None, &[]));
    server.lead().timer(Timer::QuorumCheck);
    assert_eq!(server.raft.role, Role::Follower { leader: None });
    assert_eq!(server.raft.current_term, 1);
    assert!(server.is_running(Timer::Election) && !server.is_running(Timer::QuorumCheck));
}

#[test]
fn r_21_deposition_takes_between_one_and_two_timeouts() {
    for seed in 1..20 {
        let mut c = Story::<Raft>::with(5, cq(), |opening| opening.seed = seed);
        let leader = c.until_elected();
        c.run(ms(400 + seed * 13)).isolate(leader);
        let cut = c.now();
        c.until("the old leader to step down", |c| c.standing(leader).title != "leader");
        let took = c.now() - cut;
        // The last answer may have come a round trip before the cut.
        assert!((55 * MILLISECOND..=300 * MILLISECOND).contains(&took), "{took}");
        c.keeps_its_promises();
    }
}

#[test]
fn s_r5_a_half_deaf_leader_blocks_everything_without_check_quorum() {
    for (check_quorum, replaced) in [(false, false), (true, true)] {
        let mut c = Story::<Raft>::new(5, Settings { check_quorum, ..Settings::paper() });
        let leader = c.until_elected();
        c.run(ms(300));
        for other in c.nodes().filter(|&node| node != leader).collect::<Vec<_>>() {
            c.cut_one_way(other, leader);
        }
        c.run(ms(2_000));
        let led_by_another = c.leaders().iter().any(|&node| node != leader);
        assert_eq!(led_by_another, replaced);
        c.keeps_its_promises();
    }
}

#[test]
fn cr_48_votes_are_free_until_a_leader_is_known_and_after_it_fell_silent() {
    let mut c = quiet(3, Settings { heartbeat: 300 * SECOND, ..still_cq() }, &[]);
    c.hupped(1);
    assert_eq!(c.leaders(), [n(1)], "at once: nobody knows a leader yet");
    c.hupped(3);
    assert_eq!((c.title(3), c.term(2)), ("candidate", 1), "server 2 is loyal");
    c.cut_off(1).run(61 * SECOND);
    c.hupped(3);
    assert!(c.leaders().contains(&n(3)));
    c.healed();
    c.beats(3);
    assert_eq!((c.leaders(), c.leader_of(1)), (vec![n(3)], Some(n(3))));
    c.keeps_its_promises();
}

#[test]
fn r_22_a_loyal_voter_neither_answers_nor_moves_its_term() {
    for message in [vote_request(9, 9, 9), pre_vote_request(9, 9, 9)] {
        let mut server = Server::new(3, cq(), disk(1, None, &[]));
        server.hears(2, heartbeat(1)).take_sent();
        server.hears(3, message.clone());
        assert!(server.sent.is_empty());
        assert_eq!((server.raft.current_term, server.reasons.last()), (1, Some(&"hears_a_leader")));
        server.timer(Timer::Heard).hears(3, message);
        assert_eq!(server.sent.len(), 1, "its leader fell silent");
    }
}

#[test]
fn r_22_the_leader_counts_as_hearing_itself() {
    let mut server = Server::new(3, cq(), disk(0, None, &[]));
    server.lead().take_sent();
    server.hears(3, vote_request(9, 9, 9));
    assert!(server.raft.leads() && server.sent.is_empty());
}

#[test]
fn cr_51_a_server_that_was_cut_off_cannot_disturb_with_both_switches_on() {
    let mut c = quiet(3, Settings { pre_vote: true, ..still_cq() }, &[]);
    c.hupped(1);
    c.cut_off(3).writes(1, "a").writes(1, "b").writes(1, "c").healed();
    c.hupped(3);
    assert_eq!((c.title(1), c.title(3)), ("leader", "pre_candidate"));
    assert!((1..=3).all(|node| c.term(node) == 1));
    c.beats(1);
    assert_eq!((c.title(1), c.title(3)), ("leader", "follower"));
    assert_eq!(c.terms(3).len(), 4);
    c.keeps_its_promises();
}

#[test]
fn s_r10_a_stuck_candidate_is_freed_by_an_answer_to_the_old_leader() {
    let mut c = quiet(3, still_cq(), &[]);
    c.hupped(1);
    c.cut_off(3).hupped(3).hupped(3).healed();
    c.hupped(3);
    assert_eq!((c.term(3), c.term(1), c.title(3)), (4, 1, "candidate"), "deaf ears");
    c.beats(1);
    assert_eq!((c.title(1), c.term(1)), ("follower", 4), "the heartbeat was answered with the higher term");
    c.hupped(3);
    assert_eq!((c.leaders(), c.term(3)), (vec![n(3)], 5), "the next election takes it in");
    c.keeps_its_promises();
}

#[test]
fn cr_56_forgetting_the_leader_ends_loyalty() {
    let mut c = quiet(3, Settings { pre_vote: true, ..still_cq() }, &[]);
    c.hupped(1).hupped(3);
    assert_eq!((c.title(3), c.title(1)), ("pre_candidate", "leader"), "ignored by all");
    c.act(Fault::ForgetLeader(Who::At(n(2)))).hupped(3);
    assert_eq!(c.title(3), "leader");
    assert_eq!(c.term(3), 2);
    c.beats(3);
    assert_eq!(c.title(1), "follower");
    c.cut_off(1).writes(3, "x").healed();
    c.act(Fault::ForgetLeader(Who::At(n(2)))).hupped(1);
    assert_eq!((c.title(1), c.title(3), c.term(1)), ("pre_candidate", "leader", 2), "its log is behind");
    c.keeps_its_promises();
}

#[test]
fn the_answer_to_a_stale_leader_names_the_rule_that_frees() {
    let mut server = Server::new(3, cq(), disk(5, None, &[]));
    server.hears(2, append(3, (0, 0), &[], 0));
    assert!(matches!(server.only_sent().1, Message::AppendReply(reply) if reply.term == 5 && !reply.success));
}

#[test]
fn switched_on_during_a_run_the_check_begins_at_once() {
    let mut c = Story::<Raft>::new(3, Settings::paper());
    let leader = c.until_elected();
    c.run(ms(200)).tune(4, Value::Switch(true)).isolate(leader);
    assert!(c.within(ms(400), |c| c.standing(leader).title == "follower"));
    c.keeps_its_promises();
}

#[test]
fn with_etcds_settings_a_leader_is_found_within_a_few_seconds() {
    let mut c = Story::<Raft>::new(5, Settings::etcd());
    let old = c.until_elected();
    assert!(c.now() < ms(4_000));
    c.run(ms(1_000)).crash(old);
    let died = c.now();
    c.until_elected();
    assert!(c.now() - died < ms(6_000));
    c.keeps_its_promises();
}

#[test]
fn followers_that_voted_are_shown_as_heard_until_they_fall_silent() {
    use conclave::sim::inspection::Seat;
    use conclave::sim::simulation::Simulation;
    let mut c = Story::<Raft>::new(3, Settings::paper());
    let leader = c.until_elected();
    c.run(ms(300));
    let taken = |c: &Story<Raft>| {
        let bench = c.world.inspect(leader).bench.expect("a leader's bench");
        bench.seats.iter().filter(|(_, seat)| *seat == Seat::Taken).count()
    };
    assert_eq!(taken(&c), 3);
    c.isolate(leader).run(ms(400));
    assert_eq!(taken(&c), 1);
}
