//! Handing leadership over, resigning, and being told by the store.
#![cfg(not(target_arch = "wasm32"))]

mod quiet;
mod server;
mod story;

use conclave::protocols::raft::{Ballot, Message, Role, Settings, Timer};
use conclave::sim::fault::{Fault, Who};
use conclave::sim::reign::Reign;
use conclave::sim::request::Order;
use conclave::sim::time::{MILLISECOND, SECOND};
use quiet::{Case, quiet, still};
use server::{Server, acked, ballot, disk, n, vote};

fn still_cq() -> Settings {
    let minutes = (60 * SECOND, 120 * SECOND);
    Settings {
        election_timeout: minutes,
        heartbeat: 20 * SECOND,
        check_quorum: true,
        pre_vote: true,
        ..Settings::paper()
    }
}

fn leader_of_3() -> Server {
    let mut server = Server::new(3, Settings::paper(), disk(0, None, &[]));
    server.lead().hears(2, acked(1, 1)).take_sent();
    server
}

#[test]
fn cr_76_loyal_voters_yield_to_a_handover() {
    let mut c = quiet(3, still_cq(), &[]);
    c.hupped(1).transfers(1, 2);
    assert_eq!((c.leaders(), c.term(2)), (vec![n(2)], 2));
    c.writes(2, "x");
    c.transfers(2, 1);
    assert_eq!((c.leaders(), c.term(1)), (vec![n(1)], 3));
    assert_eq!(c.sent("pre_vote_request"), 2, "only the first election asked first");
    c.keeps_its_promises();
}

#[test]
fn cr_78_a_handover_that_takes_too_long_is_called_off() {
    let settings =
        Settings { election_timeout: (SECOND, 2 * SECOND), heartbeat: 100 * MILLISECOND, ..Settings::paper() };
    let mut c = quiet(3, settings, &[]);
    c.hupped(1).cut_off(3).transfers(1, 3);
    c.run(500 * MILLISECOND);
    assert_eq!(pending(c.raft(1)), Some(n(3)));
    c.request(n(1), "x");
    assert_eq!(c.reasons("handing_over"), 1);
    c.run(600 * MILLISECOND);
    assert_eq!((pending(c.raft(1)), c.leaders()), (None, vec![n(1)]));
    assert_eq!(c.told("handover_failed"), 1);
    c.writes(1, "y");
    assert_eq!(c.terms(1), [1, 1]);
    c.keeps_its_promises();
}

fn pending(raft: &conclave::protocols::raft::Raft) -> Option<conclave::sim::place::Place> {
    match &raft.role {
        Role::Leader(leader) => leader.transfer,
        _ => None,
    }
}

#[test]
fn cr_81_another_target_replaces_the_first_and_oneself_cancels() {
    let mut c = quiet(3, still(), &[]);
    c.hupped(1).cut_off(3).transfers(1, 3).transfers(1, 2);
    assert_eq!(c.leaders(), [n(2)]);
    let mut c = quiet(3, still(), &[]);
    c.hupped(1).cut_off(3).transfers(1, 3).transfers(1, 1);
    assert_eq!((c.leaders(), pending(c.raft(1))), (vec![n(1)], None));
    c.keeps_its_promises();
}

#[test]
fn cr_82_a_higher_term_ends_a_pending_handover() {
    let mut c = quiet(3, still(), &[]);
    c.hupped(1).cut_off(3).transfers(1, 3).hupped(2);
    assert_eq!((c.leaders(), c.title(1), c.term(1)), (vec![n(2)], "follower", 2));
    c.keeps_its_promises();
}

#[test]
fn a_target_that_lags_is_brought_up_to_date_first() {
    let mut c = quiet(3, still(), &[]);
    c.hupped(1).cut_off(3).writes(1, "a").writes(1, "b").healed();
    c.transfers(1, 3);
    assert_eq!((c.leaders(), c.terms(3)), (vec![n(3)], vec![1, 1, 1, 2]));
    c.keeps_its_promises();
}

#[test]
fn the_target_starts_an_election_at_once_without_pre_vote_and_with_force() {
    let mut server = Server::new(3, Settings { pre_vote: true, ..Settings::paper() }, disk(1, None, &[]));
    server.hears(2, server::heartbeat(1)).take_sent();
    server.hears(2, Message::TimeoutNow { term: 1 });
    assert_eq!(server.raft.current_term, 2);
    let forced = Message::VoteRequest(Ballot { force: true, ..ballot(2, 0, 0) });
    assert_eq!(server.take_sent(), [(n(2), forced.clone()), (n(3), forced)]);
}

#[test]
fn a_late_or_repeated_order_to_time_out_is_ignored() {
    let mut server = Server::new(3, Settings::paper(), disk(2, None, &[]));
    server.hears(2, Message::TimeoutNow { term: 1 });
    assert_eq!((server.raft.current_term, server.reasons.last()), (2, Some(&"old_term")));
    server.hears(2, Message::TimeoutNow { term: 2 }).hears(2, Message::TimeoutNow { term: 2 });
    assert_eq!(server.raft.current_term, 3);
    server.hears(2, Message::TimeoutNow { term: 3 });
    assert_eq!((server.raft.current_term, server.reasons.last()), (3, Some(&"not_following")));
}

#[test]
fn r_25_asking_again_for_the_same_target_does_not_move_the_deadline() {
    let mut server = leader_of_3();
    server.order(Order::Transfer(Some(n(3))));
    assert!(server.is_running(Timer::Transfer));
    server.order(Order::Transfer(Some(n(3))));
    assert_eq!(server.reasons.last(), Some(&"handing_over_already"));
    server.timer(Timer::Transfer);
    assert_eq!(pending(&server.raft), None);
}

#[test]
fn without_a_target_the_best_log_is_chosen() {
    let mut server = leader_of_3();
    server.order(Order::Transfer(None));
    assert_eq!(server.only_sent(), (n(2), Message::TimeoutNow { term: 1 }));
}

#[test]
fn only_a_leader_hands_over_and_only_to_a_node() {
    let mut follower = Server::new(3, Settings::paper(), disk(1, None, &[]));
    follower.order(Order::Transfer(Some(n(2))));
    assert_eq!(follower.reasons.last(), Some(&"not_the_leader"));
    let mut leader = leader_of_3();
    leader.order(Order::Transfer(Some(conclave::sim::place::Place::Store)));
    assert_eq!((leader.reasons.last(), pending(&leader.raft)), (Some(&"not_a_voter"), None));
}

#[test]
fn a_lost_order_to_time_out_is_sent_again_with_the_next_answer() {
    let mut server = leader_of_3();
    server.order(Order::Transfer(Some(n(2)))).hears(2, acked(1, 1));
    let orders = server.sent.iter().filter(|(_, message)| matches!(message, Message::TimeoutNow { .. }));
    assert_eq!(orders.count(), 2);
}

#[test]
fn who_resigns_keeps_the_term_and_waits_like_the_others() {
    let mut c = quiet(3, still(), &[]);
    c.hupped(1).act(Fault::Resign(Who::At(n(1)))).drained();
    assert_eq!((c.title(1), c.term(1), c.leader_of(1)), ("follower", 1, None));
    c.hupped(1);
    assert_eq!(c.term(1), 2);
    c.keeps_its_promises();
}

#[test]
fn a_leader_that_the_store_refused_stops() {
    let mut server = leader_of_3();
    server.order(Order::Fenced(Reign::counted(1)));
    assert!(server.raft.leads(), "its own token");
    server.order(Order::Fenced(Reign::counted(4)));
    assert_eq!(server.raft.role, Role::Follower { leader: None });
    assert_eq!(server.raft.current_term, 1, "terms come from servers, not from stores");
    server.hup().hears(2, vote(2, true));
    assert!(server.raft.leads());
}
