//! Giving votes (R-5, R-6, R-6b), and the disk behind them.
#![cfg(not(target_arch = "wasm32"))]

mod server;

use conclave::protocols::raft::{Ballot, Message, Role, Settings};
use server::{Server, acked, append, ballot, disk, n, vote, vote_request};

fn server_with(term: u64, voted: Option<u8>, terms: &[u64]) -> Server {
    Server::new(3, Settings::paper(), disk(term, voted, terms))
}

fn is_granted(server: &mut Server) -> bool {
    let (_, message) = server.only_sent();
    matches!(message, Message::Vote { granted: true, .. })
}

#[test]
fn cr_21_one_vote_per_term_repeated_to_the_same_candidate() {
    for (voted, asks, granted) in [
        (None, 2, true),
        (None, 3, true),
        (Some(2), 2, true),
        (Some(3), 3, true),
        (Some(2), 3, false),
        (Some(3), 2, false),
    ] {
        let mut server = server_with(1, voted, &[]);
        server.hears(asks, vote_request(1, 0, 0));
        assert_eq!(is_granted(&mut server), granted, "voted {voted:?}, asked by {asks}");
    }
}

#[test]
fn cr_22_the_more_recent_log_is_the_one_with_the_later_last_term_then_the_longer() {
    for (own, theirs, granted) in [
        (&[1][..], (1, 1), true),
        (&[1], (1, 2), true),
        (&[1, 1], (1, 1), false),
        (&[1], (2, 1), true),
        (&[1], (2, 2), true),
        (&[1, 1], (2, 1), true),
        (&[2], (1, 1), false),
        (&[2], (1, 2), false),
        (&[2, 2], (1, 1), false),
        (&[1, 1], (1, 1), false),
    ] {
        let mut server = server_with(2, None, own);
        server.hears(2, vote_request(3, theirs.0, theirs.1));
        assert_eq!(is_granted(&mut server), granted, "log {own:?}, candidate's end {theirs:?}");
        assert_eq!(server.raft.current_term, 3);
    }
}

#[test]
fn cr_24_a_vote_is_given_from_every_role() {
    let follower = server_with(1, None, &[]);
    let mut candidate = server_with(0, None, &[]);
    candidate.hup();
    let mut leader = server_with(0, None, &[]);
    leader.lead();
    let mut pre_candidate = Server::new(3, Settings { pre_vote: true, ..Settings::paper() }, disk(1, None, &[]));
    pre_candidate.hup();
    for mut server in [follower, candidate, leader, pre_candidate] {
        let term = server.raft.current_term + 1;
        server.take_sent();
        server.hears(2, vote_request(term, term, 42));
        assert!(is_granted(&mut server));
        assert_eq!(server.raft.role, Role::Follower { leader: None });
        assert_eq!((server.raft.current_term, server.raft.voted_for), (term, Some(n(2))));
    }
}

#[test]
fn a_vote_of_a_lower_term_is_refused_with_ones_own() {
    let mut server = server_with(5, None, &[]);
    server.hears(2, vote_request(4, 9, 9));
    assert_eq!(server.only_sent(), (n(2), vote(5, false)));
    assert_eq!(server.raft.voted_for, None);
}

#[test]
fn a_vote_leaves_only_once_it_is_on_disk() {
    let mut server = server_with(0, None, &[]);
    server.let_disk_lag().hears(2, vote_request(1, 0, 0));
    assert!(server.sent.is_empty());
    assert_eq!(server.disk.vote, None);
    server.disk_finishes();
    assert_eq!(server.disk.vote, Some(n(2)));
    assert_eq!(server.only_sent(), (n(2), vote(1, true)));
}

#[test]
fn a_repeated_request_during_the_write_waits_for_it_too() {
    let mut server = server_with(0, None, &[]);
    server.let_disk_lag().hears(2, vote_request(1, 0, 0)).hears(2, vote_request(1, 0, 0));
    assert!(server.sent.is_empty());
    server.disk_finishes();
    assert_eq!(server.sent, [(n(2), vote(1, true)), (n(2), vote(1, true))]);
}

#[test]
fn term_and_vote_are_one_write() {
    let mut server = server_with(0, None, &[]);
    server.let_disk_lag().hears(2, vote_request(7, 0, 0));
    server.disk_finishes();
    assert_eq!((server.disk.term, server.disk.vote), (7, Some(n(2))));
    assert!(server.raft.has_saved_all());
}

#[test]
fn a_candidates_requests_leave_at_once_but_its_own_vote_waits_for_the_disk() {
    let mut server = server_with(0, None, &[]);
    server.let_disk_lag().hup();
    assert_eq!(server.take_sent().len(), 2);
    server.hears(2, vote(1, true)).hears(3, vote(1, true));
    assert!(!server.raft.leads(), "two votes of three, but not its own");
    assert_eq!(server.reasons.last(), Some(&"own_vote_not_durable"));
    server.disk_finishes();
    assert!(server.raft.leads());
}

#[test]
fn with_write_before_asking_the_requests_wait_too() {
    let settings = Settings { write_before_asking: true, ..Settings::paper() };
    let mut server = Server::new(3, settings, disk(0, None, &[]));
    server.let_disk_lag().hup();
    assert!(server.sent.is_empty());
    server.disk_finishes();
    assert_eq!(server.sent.len(), 2);
}

#[test]
fn an_own_vote_saved_too_late_counts_for_nothing() {
    let mut server = server_with(0, None, &[]);
    server.let_disk_lag().hup();
    server.hears(2, append(2, (0, 0), &[], 0));
    server.disk_finishes();
    assert_eq!(server.raft.role, Role::Follower { leader: Some(n(2)) });
}

#[test]
fn votes_of_another_term_or_of_the_same_voter_do_not_count() {
    let mut server = Server::new(5, Settings::paper(), disk(0, None, &[]));
    server.hup().hup();
    assert_eq!(server.raft.current_term, 2);
    server.hears(2, vote(1, true)).hears(3, vote(1, true));
    assert_eq!(server.reasons.last(), Some(&"old_reply"));
    server.hears(2, vote(2, true)).hears(2, vote(2, true)).hears(2, vote(2, true));
    assert_eq!(server.reasons.last(), Some(&"counted_already"));
    assert!(!server.raft.leads());
    server.hears(3, vote(2, true));
    assert!(server.raft.leads());
}

#[test]
fn a_late_vote_finds_no_candidate() {
    let mut server = server_with(0, None, &[]);
    server.lead().hears(3, vote(1, true));
    assert!(server.raft.leads());
    assert_eq!(server.reasons.last(), Some(&"not_a_candidate_any_more"));
}

#[test]
fn a_server_that_follows_but_has_not_voted_may_still_vote_in_that_term() {
    let mut server = server_with(1, None, &[]);
    server.hears(2, append(1, (0, 0), &[], 0)).take_sent();
    server.hears(3, vote_request(1, 0, 0));
    assert!(is_granted(&mut server), "the paper's rule; the candidate cannot win");
}

#[test]
fn a_forced_request_carries_its_flag() {
    let forced = Ballot { force: true, ..ballot(2, 0, 0) };
    let mut server = Server::new(3, Settings { check_quorum: true, ..Settings::paper() }, disk(1, None, &[]));
    server.hears(2, append(1, (0, 0), &[], 0)).take_sent();
    server.hears(3, vote_request(2, 0, 0));
    assert!(server.sent.is_empty(), "a loyal voter does not answer");
    server.hears(3, Message::VoteRequest(forced));
    assert!(is_granted(&mut server));
}

#[test]
fn a_new_leader_knows_nothing_of_the_others_and_sends_its_noop_at_once() {
    let mut server = Server::new(5, Settings::paper(), disk(3, None, &[1, 3]));
    server.lead();
    let Role::Leader(leader) = &server.raft.role else { panic!() };
    assert!(leader.progress[1..].iter().all(|progress| progress.matched == 0 && progress.next == 4));
    assert_eq!(leader.progress[0].matched, 3, "its own disk is instant");
    let appends =
        server.sent.iter().filter(|(_, message)| matches!(message, Message::Append(a) if a.entries.len() == 1));
    assert_eq!(appends.count(), 4);
    assert_eq!(server.raft.log.last_term(), 4);
}

#[test]
fn a_leaders_own_copy_counts_only_once_it_is_on_its_disk() {
    let mut server = Server::new(3, Settings::paper(), disk(0, None, &[]));
    server.hup().let_disk_lag().hears(2, vote(1, true));
    server.hears(2, acked(1, 1));
    assert_eq!(server.raft.commit_index, 0, "one disk of three");
    server.disk_finishes();
    assert_eq!(server.raft.commit_index, 1);
}
