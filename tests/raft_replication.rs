//! Copying the log and committing it.
#![cfg(not(target_arch = "wasm32"))]

mod quiet;
mod server;
mod story;

use conclave::protocols::raft::{AppendReply, Command, Message, Raft, Role, Settings};
use conclave::sim::event::What;
use conclave::sim::fault::{Fault, Which};
use conclave::sim::request::{Answer, Request, Word};
use conclave::sim::simulation::Simulation;
use quiet::{Case, disk as log_of, quiet, still};
use server::{Server, acked, append, disk, n, vote};
use story::{Story, ms};

fn reply(server: &mut Server) -> AppendReply {
    match server.only_sent() {
        (_, Message::AppendReply(reply)) => reply,
        other => panic!("{other:?}"),
    }
}

fn terms(server: &Server) -> Vec<u64> {
    server.raft.log.entries().iter().map(|entry| entry.term).collect()
}

#[test]
fn cr_62_only_entries_of_the_own_term_are_committed_by_counting() {
    for (ack, commit) in [(1, 0), (2, 0), (3, 3)] {
        let mut server = Server::new(2, Settings::paper(), disk(2, None, &[1, 2]));
        server.hup().hears(2, vote(3, true)).request(1, Request::Write(Word::default()));
        assert_eq!(terms(&server), [1, 2, 3, 3]);
        server.hears(2, acked(3, ack));
        assert_eq!(server.raft.commit_index, commit, "after an ack of {ack}");
    }
}

#[test]
fn cr_65_a_new_leader_commits_old_entries_through_its_noop() {
    let mut c = quiet(2, still(), &[(1, log_of(3, None, &[1, 2])), (2, log_of(3, None, &[1, 2]))]);
    c.hupped(1);
    c.drops("append", None, None).writes(1, "x");
    assert_eq!((c.terms(1), c.commit(1)), (vec![1, 2, 4, 4], 3));
    let mut c =
        quiet(3, still(), &[(1, log_of(2, None, &[1, 2])), (2, log_of(2, None, &[1, 2])), (3, log_of(2, None, &[1]))]);
    c.cut_off(1).hupped(2);
    assert_eq!((c.terms(2), c.terms(3)), (vec![1, 2, 3], vec![1, 2, 3]));
    assert_eq!(c.commit(2), 3);
    c.keeps_its_promises();
}

#[test]
fn cr_67_preceding_entries_are_committed_in_order_before_the_own() {
    for old in [&[][..], &[2], &[1, 2], &[1]] {
        let mut c =
            quiet(3, still(), &[(1, log_of(2, None, old)), (2, log_of(2, None, old)), (3, log_of(2, None, old))]);
        c.hupped(1).writes(1, "x").beats(1);
        let expected: Vec<u64> = old.iter().copied().chain([3, 3]).collect();
        for node in 1..=3 {
            assert_eq!(c.terms(node), expected);
            assert_eq!(c.commit(node), expected.len() as u64);
        }
        assert_eq!(c.raft(3).log.entries().last().map(|entry| entry.command), Word::new("x").map(Command::Write));
        c.keeps_its_promises();
    }
}

#[test]
fn cr_69_an_append_is_taken_only_behind_the_same_entry() {
    for (prev, success, index, hint_term) in
        [((0, 0), true, 0, 0), ((1, 1), true, 1, 0), ((2, 2), true, 2, 0), ((1, 2), false, 1, 1), ((3, 3), false, 2, 2)]
    {
        let mut server = Server::new(3, Settings::paper(), disk(2, None, &[1, 2]));
        server.hears(2, append(2, prev, &[], 0));
        let reply = reply(&mut server);
        assert_eq!((reply.success, reply.index, reply.hint_term), (success, index, hint_term), "behind {prev:?}");
        assert_eq!(terms(&server), [1, 2]);
    }
}

#[test]
fn cr_71_a_heartbeat_moves_the_commit_index_forwards_and_never_back() {
    let mut server = Server::new(2, Settings::paper(), disk(3, None, &[1, 2, 3]));
    server.hears(2, append(3, (3, 3), &[], 2));
    assert_eq!(server.raft.commit_index, 2);
    server.hears(2, append(3, (3, 3), &[], 3));
    assert_eq!(server.raft.commit_index, 3);
    server.hears(2, append(3, (3, 3), &[], 1));
    assert_eq!(server.raft.commit_index, 3);
}

#[test]
fn cr_75_a_follower_whose_ack_was_lost_learns_the_commit_one_heartbeat_and_a_half_round_later() {
    let settings = Settings { election_timeout: (ms(5_000), ms(5_000)), heartbeat: ms(100), ..Settings::paper() };
    let mut c = Story::<Raft>::with(3, settings, |opening| opening.wires.latency = (ms(10), ms(10)));
    c.hup(n(1)).run(ms(305));
    assert!(c.process(n(1)).leads());
    let beat = c.now();
    c.act(Fault::Drop(Which::Every { kind: Some(6), from: None, to: None })).request(n(1), "x").run(ms(15)).heal();
    assert_eq!(c.process(n(1)).commit_index, 1);
    let learned = c.within(ms(500), |c| c.process(n(3)).commit_index == 2);
    assert!(learned);
    // The next heartbeat is answered (a round trip), and the one after it tells.
    assert!(c.now() - beat <= ms(100 + 20 + 100 + 10), "{}", c.now() - beat);
    c.keeps_its_promises();
}

#[test]
fn only_a_real_conflict_cuts_the_log() {
    let mut server = Server::new(3, Settings::paper(), disk(2, None, &[1, 1, 2]));
    server.hears(2, append(2, (0, 0), &[1], 0));
    assert_eq!(terms(&server), [1, 1, 2], "a late, short message");
    server.take_sent();
    server.hears(2, append(2, (0, 0), &[1, 1], 0));
    assert_eq!(reply(&mut server).index, 2, "what is known to match, not the own end");
    server.hears(2, append(3, (1, 1), &[3], 0));
    assert_eq!(terms(&server), [1, 3], "a conflict");
    assert_eq!(server.disk.log.last_term(), 3);
}

#[test]
fn a_follower_commits_no_further_than_it_knows_to_match() {
    let mut server = Server::new(3, Settings::paper(), disk(1, None, &[1, 1]));
    server.hears(2, append(2, (1, 1), &[], 2));
    assert_eq!(server.raft.commit_index, 1);
}

#[test]
fn a_duplicated_append_is_harmless() {
    let mut server = Server::new(3, Settings::paper(), disk(1, None, &[]));
    let message = append(1, (0, 0), &[1, 1], 1);
    server.hears(2, message.clone()).hears(2, message);
    assert_eq!(terms(&server), [1, 1]);
    assert_eq!(server.disk.log.last_index(), 2);
}

#[test]
fn an_acknowledgement_leaves_once_the_entries_are_on_disk() {
    let mut server = Server::new(3, Settings::paper(), disk(1, None, &[]));
    server.let_disk_lag().hears(2, append(1, (0, 0), &[1], 0));
    assert!(server.sent.is_empty());
    server.hears(2, append(1, (1, 1), &[], 0));
    assert!(server.sent.is_empty(), "a heartbeat's answer claims the entry too");
    server.disk_finishes();
    assert_eq!(server.sent.len(), 2);
    assert_eq!(server.disk.log.last_index(), 1);
}

#[test]
fn a_write_that_is_overtaken_by_a_cut_does_not_count_as_saved() {
    let mut server = Server::new(3, Settings::paper(), disk(1, None, &[]));
    server.let_disk_lag().hears(2, append(1, (0, 0), &[1, 1, 1], 0)).hears(3, append(2, (0, 0), &[2], 0));
    server.disk_finishes();
    assert_eq!(terms(&server), [2]);
    assert_eq!(server.disk.log, server.raft.log);
    server.hup().disk_finishes().hears(2, vote(3, true));
    let Role::Leader(leader) = &server.raft.role else { panic!("{:?}", server.raft.role) };
    assert_eq!(leader.progress[0].matched, 1, "its noop is still being written, the entry before is not");
}

#[test]
fn the_papers_figure_7_every_follower_ends_with_the_leaders_log() {
    let logs: [&[u64]; 7] = [
        &[1, 1, 1, 4, 4, 5, 5, 6, 6, 6],
        &[1, 1, 1, 4, 4, 5, 5, 6, 6],
        &[1, 1, 1, 4],
        &[1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6],
        &[1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7],
        &[1, 1, 1, 4, 4, 4, 4],
        &[1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3],
    ];
    let disks: Vec<_> = logs.iter().zip(1..).map(|(log, node)| (node, log_of(7, None, log))).collect();
    let mut c = quiet(7, still(), &disks);
    c.hupped(1);
    assert_eq!(c.leaders(), [n(1)], "a majority has no better log");
    c.beats(1);
    let expected = [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 8];
    for node in 1..=7 {
        assert_eq!(c.terms(node), expected, "server {node}");
        assert_eq!(c.commit(node), 11);
    }
    c.keeps_its_promises();
}

#[test]
fn writes_of_a_leader_that_lost_its_majority_are_thrown_away_and_say_so() {
    let mut c = quiet(5, still(), &[]);
    c.hupped(1);
    c.partition(&[&[1, 2], &[3, 4, 5]]).writes(1, "lost");
    assert_eq!((c.terms(1), c.commit(1)), (vec![1, 1], 1));
    c.hupped(3).writes(3, "kept");
    assert_eq!(c.leaders(), [n(1), n(3)], "both believe it; only one can commit");
    assert_eq!(c.commit(3), 3);
    c.healed();
    c.beats(3).beats(3);
    assert!((1..=5).all(|node| c.terms(node) == [1, 2, 2] && c.commit(node) == 3));
    assert_eq!(c.told("truncated"), 2);
    let lost =
        |what: &What| matches!(what, What::Answered { answer: Answer::Refused(why), .. } if why.0 == "lost_leadership");
    assert!(c.world.history().events().any(|event| lost(&event.what)));
    c.keeps_its_promises();
}

#[test]
fn a_write_is_answered_once_a_majority_has_it() {
    let mut c = quiet(3, still(), &[]);
    c.hupped(1).cut_off(2).cut_off(3).writes(1, "x");
    let written = |c: &quiet::Quiet| {
        let written = |what: &What| matches!(what, What::Answered { answer: Answer::Written { index: 2 }, .. });
        c.world.history().events().filter(|event| written(&event.what)).count()
    };
    assert_eq!(written(&c), 0);
    c.healed();
    c.beats(1);
    assert_eq!(written(&c), 1);
    c.keeps_its_promises();
}

#[test]
fn others_refuse_writes_and_point_to_the_leader() {
    let mut c = quiet(3, still(), &[]);
    c.writes(2, "x");
    assert_eq!(c.reasons("no_leader_known"), 1);
    c.hupped(1).writes(2, "x");
    assert_eq!((c.reasons("not_the_leader"), c.told("leader_is")), (1, 1));
    assert_eq!(c.terms(1), [1]);
}

#[test]
fn a_long_gap_is_filled_in_batches_and_lost_messages_are_sent_again() {
    let settings = Settings { election_timeout: (ms(2_000), ms(4_000)), heartbeat: ms(50), ..Settings::paper() };
    let mut c = Story::<Raft>::with(3, settings, |opening| {
        opening.wires.latency = (ms(1), ms(30));
        opening.wires.loss = 200_000;
        opening.wires.duplicate = 200_000;
    });
    let leader = c.until_elected();
    let other = c.nodes().find(|&node| node != leader).expect("three nodes");
    c.isolate(other);
    for _ in 0..300 {
        c.request(leader, "x").run(ms(2));
    }
    c.heal();
    let last = c.process(leader).log.last_index();
    assert!(c.within(ms(5_000), |c| c.process(other).commit_index >= last), "caught up");
    assert!(c.sent("append") < 3_000, "{} messages", c.sent("append"));
    c.keeps_its_promises();
}

#[test]
fn nothing_grows_without_requests_and_new_reigns() {
    let mut c = Story::<Raft>::new(5, Settings::paper());
    let leader = c.until_elected();
    c.run(ms(2_000));
    let before = c.process(leader).clone();
    let flights = c.world.kernel().flights.len();
    c.run(ms(600_000));
    assert_eq!(*c.process(leader), before, "the same state, ten minutes later");
    assert!(c.world.kernel().flights.len() <= flights + 8);
}

#[test]
fn a_restarted_server_learns_the_commit_index_anew() {
    let mut c = quiet(3, still(), &[]);
    c.hupped(1).writes(1, "x").beats(1);
    assert_eq!(c.commit(2), 2);
    c.dies(2).returns(2);
    assert_eq!((c.commit(2), c.terms(2)), (0, vec![1, 1]));
    c.beats(1);
    assert_eq!(c.commit(2), 2);
    c.keeps_its_promises();
}

#[test]
fn s_r8_an_old_entry_on_a_majority_is_not_safe_until_a_newer_one_is() {
    // Paper figure 8, with three servers.
    let mut c =
        quiet(3, still(), &[(1, log_of(2, None, &[1])), (3, log_of(2, Some(3), &[2])), (2, log_of(2, None, &[]))]);
    c.drops("append_reply", None, None).only(&[1, 2]).hupped(1);
    assert_eq!(c.terms(2), [1, 3]);
    let mut c =
        quiet(3, still(), &[(1, log_of(2, None, &[1])), (3, log_of(2, Some(3), &[2])), (2, log_of(2, None, &[1]))]);
    c.only(&[2, 3]).hupped(3);
    assert_eq!(c.terms(2), [2, 3], "the old entry was on two of three, and is gone");
    c.keeps_its_promises();
}
