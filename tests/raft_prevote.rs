//! PreVote: asking before raising the term.
#![cfg(not(target_arch = "wasm32"))]

mod quiet;
mod server;
mod story;

use conclave::protocols::raft::{Message, Raft, Role, Settings};
use conclave::sim::inspection::Shown;
use conclave::sim::simulation::Simulation;
use quiet::{Case, disk as log_of, quiet, still};
use server::{Server, ballot, disk, heartbeat, n, pre_vote, pre_vote_request};
use story::{Story, ms};

fn pv() -> Settings {
    Settings { pre_vote: true, ..Settings::paper() }
}

fn still_pv() -> Settings {
    Settings { pre_vote: true, ..still() }
}

#[test]
fn asking_changes_neither_term_nor_vote_nor_disk() {
    let mut server = Server::new(3, pv(), disk(4, Some(2), &[1]));
    let before = server.disk.clone();
    server.hup();
    assert_eq!(server.disk, before);
    assert_eq!((server.raft.current_term, server.raft.voted_for), (4, Some(n(2))));
    let request = Message::PreVoteRequest(ballot(5, 1, 1));
    assert_eq!(server.take_sent(), [(n(2), request.clone()), (n(3), request)]);
}

#[test]
fn a_majority_of_pre_votes_starts_the_real_election() {
    let mut server = Server::new(5, pv(), disk(4, None, &[]));
    server.hup().hears(2, pre_vote(5, true));
    assert!(matches!(server.raft.role, Role::PreCandidate { .. }));
    server.hears(2, pre_vote(5, true));
    assert!(matches!(server.raft.role, Role::PreCandidate { .. }), "the same voter twice");
    server.hears(3, pre_vote(5, true));
    assert!(matches!(server.raft.role, Role::Candidate { .. }));
    assert_eq!(server.disk.term, 5);
}

#[test]
fn a_pre_vote_for_another_term_does_not_count() {
    let mut server = Server::new(3, pv(), disk(4, None, &[]));
    server.hup().hears(2, pre_vote(4, true)).hears(3, pre_vote(6, true));
    assert!(matches!(server.raft.role, Role::PreCandidate { .. }));
    assert_eq!(server.raft.current_term, 4, "a granted pre-vote never raises the term (R-1)");
}

#[test]
fn a_pre_vote_binds_nobody_and_leaves_no_trace() {
    let mut server = Server::new(3, pv(), disk(1, None, &[1]));
    let before = server.raft.clone();
    server.hears(2, pre_vote_request(2, 1, 1)).hears(3, pre_vote_request(2, 1, 1));
    assert_eq!(server.take_sent(), [(n(2), pre_vote(2, true)), (n(3), pre_vote(2, true))]);
    assert_eq!(server.raft, before);
    assert_eq!(server.election_timer_starts, 0);
}

#[test]
fn a_shorter_log_or_a_term_not_higher_is_refused() {
    let mut server = Server::new(3, pv(), disk(2, Some(1), &[1, 2]));
    server.hears(2, pre_vote_request(3, 2, 1));
    assert_eq!(server.only_sent().1, pre_vote(2, false));
    assert_eq!(server.reasons.last(), Some(&"log_not_up_to_date"));
    server.hears(2, pre_vote_request(2, 2, 2));
    assert_eq!(server.only_sent().1, pre_vote(2, false));
    assert_eq!(server.reasons.last(), Some(&"term_not_higher"));
    server.hears(2, pre_vote_request(1, 9, 9));
    assert_eq!(server.only_sent().1, pre_vote(2, false));
    assert_eq!(server.reasons.last(), Some(&"old_term"));
}

#[test]
fn a_refusal_with_a_higher_term_is_believed() {
    let mut server = Server::new(3, pv(), disk(1, None, &[]));
    server.hup().hears(2, pre_vote(3, false));
    assert_eq!(server.raft.role, Role::Follower { leader: None });
    assert_eq!((server.raft.current_term, server.disk.term), (3, 3));
}

#[test]
fn a_pre_candidate_follows_the_leader_of_its_own_term() {
    let mut server = Server::new(3, pv(), disk(1, None, &[]));
    server.hup().hears(3, heartbeat(1));
    assert_eq!(server.raft.role, Role::Follower { leader: Some(n(3)) });
}

#[test]
fn cr_38_dueling_pre_candidates() {
    let mut c = quiet(3, still_pv(), &[]);
    c.cut(n(1), n(3)).hup(n(1)).hup(n(3)).drained();
    assert_eq!(c.title(1), "leader");
    // Server 2 knew nothing of a leader when both asked; the loser falls in line when it hears one.
    c.healed();
    c.beats(1);
    assert_eq!((c.leaders(), c.title(3)), (vec![n(1)], "follower"));
    let before = c.terms(1);
    c.cut(n(1), n(3)).writes(1, "x").hupped(3);
    assert_eq!((c.title(1), c.title(3)), ("leader", "pre_candidate"), "its log is behind");
    assert_eq!(c.terms(3), before);
    c.keeps_its_promises();
}

#[test]
fn s_r3_an_isolated_server_comes_back_without_disturbing_anybody() {
    for (pre_vote, disturbs) in [(true, false), (false, true)] {
        let mut c = Story::<Raft>::new(5, Settings { pre_vote, ..Settings::paper() });
        let leader = c.until_elected();
        let term = c.process(leader).current_term;
        let other = c.nodes().find(|&node| node != leader).expect("five nodes");
        c.run(ms(200)).isolate(other).request(leader, "x").run(ms(3_000));
        assert_eq!(c.process(other).current_term > term + 5, disturbs);
        c.heal().run(ms(2_000));
        assert_eq!(c.standing(leader).reign.map(|reign| reign.number) == Some(term), !disturbs);
        c.keeps_its_promises();
    }
}

#[test]
fn s_r4_pre_vote_alone_lets_a_deaf_server_with_a_current_log_disturb_and_check_quorum_stops_it() {
    for (check_quorum, disturbs) in [(false, true), (true, false)] {
        let mut c = Story::<Raft>::new(3, Settings { pre_vote: true, check_quorum, ..Settings::paper() });
        let leader = c.until_elected();
        let term = c.process(leader).current_term;
        let deaf = c.nodes().find(|&node| node != leader).expect("three nodes");
        c.run(ms(500)).cut_one_way(leader, deaf).run(ms(3_000));
        let newest = c.nodes().map(|node| c.process(node).current_term).max();
        assert_eq!(newest > Some(term), disturbs, "check_quorum {check_quorum}");
        c.keeps_its_promises();
    }
}

#[test]
fn m_r20_servers_at_terms_3_and_1_elect_a_leader_between_them() {
    for asks_first in [2, 3] {
        let disks = [(2, log_of(3, None, &[1])), (3, log_of(1, None, &[1])), (1, log_of(1, None, &[1]))];
        let mut c = quiet(3, still_pv(), &disks);
        c.dies(1).hupped(asks_first).hupped(asks_first);
        assert_eq!(c.leaders(), [n(asks_first)]);
        c.keeps_its_promises();
    }
}

#[test]
fn a_pre_candidate_shows_an_outlined_slip_and_the_term_it_asks_about() {
    let mut c = quiet(3, still_pv(), &[]);
    c.cut_off(1).hupped(1);
    let page = c.world.inspect(n(1));
    assert_eq!(page.line, Some(("term_asked", Shown::Number(1))));
    assert!(page.slip.is_some_and(|slip| !slip.binding && slip.to == n(1)));
    let bench = page.bench.expect("counts pre-votes");
    assert_eq!((bench.counts, bench.needed, bench.binding, bench.seats.len()), ("pre_votes", 2, false, 3));
}

#[test]
fn pre_vote_costs_one_more_round_and_nothing_else() {
    let mut c = quiet(5, still_pv(), &[]);
    c.hup(n(1)).run(ms(5));
    assert_eq!(c.leaders(), [n(1)]);
    assert_eq!(c.commit(1), 0);
    c.run(ms(1));
    assert_eq!(c.commit(1), 1, "three round trips of 2 ms");
}
