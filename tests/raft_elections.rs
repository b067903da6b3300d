//! Raft elections: starting, campaigning, counting, winning, giving way.
#![cfg(not(target_arch = "wasm32"))]

mod quiet;
mod server;
mod story;

use conclave::protocols::raft::{Message, Role, Settings, Timer};
use conclave::sim::reign;
use conclave::sim::time::MILLISECOND;
use quiet::{Case, disk as log_of, quiet, still};
use server::{Server, append, ballot, disk, heartbeat, n, vote, vote_request};
use story::{Story, ms};

fn fresh(nodes: u8) -> Server {
    Server::new(nodes, Settings::paper(), disk(0, None, &[]))
}

fn at_term_1(nodes: u8) -> Server {
    Server::new(nodes, Settings::paper(), disk(1, None, &[]))
}

#[test]
fn five_servers_elect_one_leader_and_replace_it_when_it_dies() {
    let mut c = Story::<conclave::protocols::raft::Raft>::new(5, Settings::paper());
    let old = c.until_elected();
    assert!(c.now() < ms(1_000));
    c.run(ms(500));
    c.crash(old);
    let new = c.until_elected();
    assert_ne!(new, old);
    assert!(c.process(new).current_term > 1);
    c.restart(old).run(ms(500));
    assert_eq!(c.standing(old).follows, Some(new));
    c.keeps_its_promises();
}

#[test]
fn cr_01_a_higher_term_makes_a_follower_of_anyone() {
    let follower = at_term_1(3);
    let mut candidate = fresh(3);
    candidate.hup();
    let mut leader = fresh(3);
    leader.lead();
    for mut server in [follower, candidate, leader] {
        assert_eq!(server.raft.current_term, 1);
        server.hears(2, append(2, (0, 0), &[], 0));
        assert_eq!(server.raft.role, Role::Follower { leader: Some(n(2)) });
        assert_eq!((server.raft.current_term, server.disk.term), (2, 2));
        assert_eq!(server.raft.voted_for, None);
    }
}

#[test]
fn cr_02_a_stale_append_changes_nothing_and_does_not_restart_the_timer() {
    let mut server = Server::new(3, Settings::paper(), disk(2, None, &[1]));
    server.hears(2, append(1, (1, 1), &[1], 2));
    assert_eq!(server.raft.log.last_index(), 1);
    assert_eq!(server.raft.leader(), None);
    assert_eq!(server.election_timer_starts, 0);
    let (to, reply) = server.only_sent();
    assert!(to == n(2) && matches!(reply, Message::AppendReply(reply) if reply.term == 2 && !reply.success));
}

#[test]
fn cr_03_everybody_starts_as_follower_of_nobody() {
    let server = fresh(3);
    assert_eq!(server.raft.role, Role::Follower { leader: None });
    assert_eq!(server.raft.current_term, 0);
    assert!(server.is_running(Timer::Election));
}

#[test]
fn cr_05_pre_candidacy_leaves_the_term_alone_and_candidacy_raises_it_by_one() {
    let mut server = Server::new(3, Settings { pre_vote: true, ..Settings::paper() }, disk(4, None, &[]));
    server.hup();
    assert!(matches!(server.raft.role, Role::PreCandidate { .. }));
    assert_eq!((server.raft.current_term, server.disk.term), (4, 4));
    server.hears(2, server::pre_vote(5, true));
    assert!(matches!(server.raft.role, Role::Candidate { .. }));
    assert_eq!(server.raft.current_term, 5);
}

#[test]
fn cr_05_a_follower_cannot_become_leader_nor_a_leader_candidate() {
    let mut server = at_term_1(3);
    server.hears(2, vote(1, true)).hears(3, vote(1, true));
    assert!(!server.raft.leads());
    server.lead();
    server.order(conclave::sim::request::Order::TimeOutNow);
    assert!(server.raft.leads());
}

#[test]
fn cr_06_a_leader_ignores_its_election_timer() {
    for pre_vote in [false, true] {
        let mut server = Server::new(1, Settings { pre_vote, ..Settings::paper() }, disk(0, None, &[]));
        server.hup();
        assert!(server.raft.leads());
        server.hup();
        assert!(server.raft.leads());
        assert_eq!(server.raft.current_term, 1);
        assert_eq!(server.reasons.last(), Some(&"leads_already"));
    }
}

#[test]
fn cr_07_the_timer_starts_a_campaign_with_one_request_to_each_other_server() {
    let mut follower = at_term_1(3);
    follower.hears(2, heartbeat(1));
    let mut candidate = fresh(3);
    candidate.hup();
    for mut server in [follower, candidate] {
        server.take_sent();
        server.hup();
        assert_eq!(server.raft.current_term, 2);
        assert_eq!(server.raft.voted_for, Some(n(1)));
        let Role::Candidate { votes } = &server.raft.role else { panic!("{:?}", server.raft.role) };
        assert!(votes.granted.contains(n(1)) && votes.granted.count() == 1);
        let request = Message::VoteRequest(ballot(2, 0, 0));
        assert_eq!(server.take_sent(), [(n(2), request.clone()), (n(3), request)]);
    }
}

#[test]
fn cr_08_requests_tell_how_the_log_ends() {
    for (terms, own, expected) in [(&[1][..], 1, ballot(2, 1, 1)), (&[1, 2], 2, ballot(3, 2, 2))] {
        let mut server = Server::new(3, Settings::paper(), disk(own, None, terms));
        server.hup();
        assert_eq!(server.take_sent()[0].1, Message::VoteRequest(expected));
    }
}

#[test]
fn cr_09_timeouts_are_drawn_anew_in_whole_ticks_of_10_to_19() {
    let mut server = Server::new(3, Settings { pre_vote: false, ..Settings::etcd() }, disk(0, None, &[]));
    let mut seen = [0; 30];
    for _ in 0..1_000 {
        server.hup();
        assert_eq!(server.election_timeout % (100 * MILLISECOND), 0);
        seen[(server.election_timeout / (100 * MILLISECOND)) as usize] += 1;
    }
    assert!(seen[10..20].iter().all(|&times| times > 50), "{seen:?}");
    assert_eq!(seen[10..20].iter().sum::<i32>(), 1_000);
}

#[test]
fn cr_11_the_fraction_past_its_timeout_grows_by_a_tenth_per_tick() {
    let mut server = Server::new(3, Settings { pre_vote: false, ..Settings::etcd() }, disk(0, None, &[]));
    let draws: Vec<u64> = (0..10_000).map(|_| server.hup().election_timeout / (100 * MILLISECOND)).collect();
    for (elapsed, tenths) in [(5, 0), (10, 1), (13, 4), (15, 6), (18, 9), (20, 10)] {
        let due = draws.iter().filter(|&&ticks| ticks <= elapsed).count();
        assert_eq!((due + 500) / 1_000, tenths, "after {elapsed} ticks");
    }
}

#[test]
fn cr_12_a_range_of_one_value_is_exact_and_an_empty_one_is_no_setting() {
    use conclave::sim::settings::{Settings as _, Value};
    let same = (150 * MILLISECOND, 150 * MILLISECOND);
    let mut server = Server::new(3, Settings { election_timeout: same, ..Settings::paper() }, disk(0, None, &[]));
    assert!((0..50).all(|_| server.hup().election_timeout == 150 * MILLISECOND));
    let field = conclave::sim::settings::field_by_id(Settings::FIELDS, "election_timeout").unwrap();
    assert!(!field.kind.admits(Value::Range(300 * MILLISECOND, 150 * MILLISECOND)));
    assert!(!field.kind.admits(Value::Range(0, 150 * MILLISECOND)));
}

#[test]
fn cr_13_a_lone_server_elects_itself_without_a_message() {
    for pre_vote in [false, true] {
        let mut server = Server::new(1, Settings { pre_vote, ..Settings::paper() }, disk(0, None, &[]));
        server.hup();
        assert!(server.raft.leads());
        assert_eq!((server.raft.current_term, server.raft.commit_index), (1, 1));
        assert!(server.sent.is_empty());
    }
}

#[test]
fn cr_14_a_heartbeat_goes_to_each_follower_once() {
    let mut server = fresh(3);
    server.lead().take_sent();
    server.timer(Timer::Heartbeat);
    let sent = server.take_sent();
    let to: Vec<_> = sent.iter().map(|(to, _)| *to).collect();
    assert_eq!(to, [n(2), n(3)]);
    assert!(sent.iter().all(|(_, message)| matches!(message, Message::Append(a) if a.term == 1 && a.commit == 0)));
}

#[test]
fn cr_15_a_quorum_of_grants_makes_a_leader() {
    for (nodes, grants) in [(3, &[2, 3][..]), (3, &[2]), (5, &[2, 3, 4, 5]), (5, &[2, 3, 4]), (5, &[2, 3]), (1, &[])] {
        let mut server = fresh(nodes);
        server.hup();
        for &voter in grants {
            server.hears(voter, vote(1, true));
        }
        assert!(server.raft.leads(), "{nodes} servers, grants of {grants:?}");
    }
}

#[test]
fn cr_15_too_few_grants_do_not() {
    for (nodes, grants) in [(3, &[][..]), (4, &[2]), (5, &[2]), (5, &[2, 2, 2])] {
        let mut server = fresh(nodes);
        server.hup();
        for &voter in grants {
            server.hears(voter, vote(1, true));
        }
        assert!(matches!(server.raft.role, Role::Candidate { .. }), "{nodes} servers, grants of {grants:?}");
    }
}

#[test]
fn cr_16_a_refused_candidate_waits_in_the_paper_and_steps_back_in_etcd() {
    for (nodes, grants, refusals) in [(3, &[][..], &[2, 3][..]), (5, &[], &[2, 3, 4, 5]), (5, &[2], &[3, 4, 5])] {
        for steps_back in [false, true] {
            let settings = Settings { refused_by_quorum_steps_back: steps_back, ..Settings::paper() };
            let mut server = Server::new(nodes, settings, disk(0, None, &[]));
            server.hup();
            for &voter in grants {
                server.hears(voter, vote(1, true));
            }
            for &voter in refusals {
                server.hears(voter, vote(1, false));
            }
            assert_eq!(matches!(server.raft.role, Role::Follower { .. }), steps_back);
            assert_eq!(server.raft.current_term, 1);
            assert_eq!(server.raft.voted_for, Some(n(1)), "it does not get its vote back");
        }
    }
}

#[test]
fn cr_18_elections_need_a_majority_of_all_configured_servers() {
    for (nodes, dead, title) in [
        (3, &[][..], "leader"),
        (3, &[3], "leader"),
        (3, &[2, 3], "candidate"),
        (4, &[3, 4], "candidate"),
        (5, &[4, 5], "leader"),
    ] {
        for pre_vote in [false, true] {
            let mut c = quiet(nodes, Settings { pre_vote, ..still() }, &[]);
            for &node in dead {
                c.dies(node);
            }
            c.hupped(1);
            let undecided = pre_vote && title == "candidate";
            assert_eq!(c.title(1), if undecided { "pre_candidate" } else { title });
            assert_eq!(c.term(1), if undecided { 0 } else { 1 });
            c.keeps_its_promises();
        }
    }
}

#[test]
fn cr_20_leadership_goes_round() {
    for pre_vote in [false, true] {
        let mut c = quiet(3, Settings { pre_vote, ..still() }, &[]);
        for node in 1..=3 {
            c.hupped(node);
            assert_eq!(c.leaders(), [n(node)]);
            assert!((1..=3).all(|other| c.term(other) == u64::from(node)));
        }
        c.keeps_its_promises();
    }
}

#[test]
fn cr_30_a_candidate_follows_the_leader_it_hears() {
    for term in [1, 2] {
        let mut server = fresh(3);
        server.hup().hears(2, append(term, (0, 0), &[], 0));
        assert_eq!(server.raft.role, Role::Follower { leader: Some(n(2)) });
        assert_eq!(server.raft.current_term, term);
    }
}

#[test]
fn cr_31_an_isolated_candidate_concedes() {
    let mut c = quiet(3, still(), &[]);
    c.cut_off(1).hupped(1);
    c.hupped(3);
    c.healed();
    c.beats(3).writes(3, "x").beats(3);
    assert_eq!(c.title(1), "follower");
    assert!((1..=3).all(|node| c.term(node) == 1 && c.terms(node) == [1, 1] && c.commit(node) == 2));
    c.keeps_its_promises();
}

#[test]
fn cr_42_a_stale_append_of_an_old_leader_is_not_taken() {
    let mut c = quiet(3, still(), &[]);
    c.hupped(1).hupped(2).hupped(1);
    assert_eq!(c.term(1), 3);
    let mut server = Server::new(3, Settings::paper(), disk(3, Some(1), &[1, 2, 3]));
    server.hears(2, append(2, (2, 2), &[2], 0));
    assert_eq!(server.raft.log.last_term(), 3);
    c.writes(1, "x").beats(1);
    assert!((1..=3).all(|node| c.terms(node) == [1, 2, 3, 3]));
    c.keeps_its_promises();
}

#[test]
fn the_election_timer_restarts_exactly_when_protocol_1_3_says() {
    let starts = |message: Message| {
        let mut server = Server::new(3, Settings::paper(), disk(2, None, &[1, 2]));
        server.hears(2, message);
        server.election_timer_starts
    };
    assert_eq!(starts(vote_request(3, 2, 2)), 1, "a vote given");
    assert_eq!(starts(append(2, (2, 2), &[], 0)), 1, "the leader of this term heard");
    assert_eq!(starts(append(2, (9, 9), &[], 0)), 1, "the same, though the entry before differs");
    assert_eq!(starts(vote_request(3, 1, 5)), 0, "a vote refused for the log, with a higher term");
    assert_eq!(starts(vote_request(1, 2, 2)), 0, "a vote refused for the term");
    assert_eq!(starts(append(1, (1, 1), &[], 0)), 0, "a stale leader heard");
    assert_eq!(starts(vote(5, false)), 0, "a higher term seen");
    assert_eq!(starts(server::pre_vote_request(3, 2, 2)), 0, "a pre-vote given");
}

#[test]
fn a_leader_that_steps_down_starts_its_election_timer() {
    let mut server = fresh(3);
    server.lead();
    assert!(!server.is_running(Timer::Election));
    server.hears(2, vote_request(9, 0, 0));
    assert!(server.is_running(Timer::Election) && !server.is_running(Timer::Heartbeat));
    assert_eq!(server.election_timer_starts, 2, "its campaign, its fall");
}

#[test]
fn with_etcds_reset_every_step_back_restarts_the_timer() {
    let settings = Settings { reset_on_step_down: true, ..Settings::paper() };
    let mut server = Server::new(3, settings, disk(2, None, &[1, 2]));
    server.hears(2, vote_request(3, 1, 5));
    assert_eq!(server.election_timer_starts, 1);
}

#[test]
fn a_split_vote_elects_nobody_and_the_next_timers_settle_it() {
    let mut c = quiet(4, still(), &[]);
    c.cut(n(1), n(4)).cut(n(2), n(3)).hup(n(1)).hup(n(2)).drained();
    assert_eq!((c.title(1), c.title(2)), ("candidate", "candidate"));
    assert_eq!((c.term(1), c.term(2)), (1, 1));
    assert!(c.leaders().is_empty());
    c.healed();
    c.hupped(1);
    assert_eq!(c.leaders(), [n(1)]);
    assert_eq!(c.term(4), 2);
    c.keeps_its_promises();
}

#[test]
fn two_and_two_of_four_elect_nobody() {
    let mut c = Story::<conclave::protocols::raft::Raft>::new(4, Settings::paper());
    c.partition(&[&[1, 2], &[3, 4]]);
    assert!(!c.within(ms(20_000), |c| !c.leaders().is_empty()));
    c.heal();
    c.until_elected();
    c.keeps_its_promises();
}

#[test]
fn the_better_log_wins_even_against_a_higher_term() {
    let mut c =
        quiet(3, still(), &[(1, log_of(1, None, &[1, 1])), (2, log_of(1, None, &[1, 1])), (3, log_of(7, None, &[]))]);
    c.hupped(3);
    assert_eq!(c.title(3), "candidate");
    assert_eq!((c.term(1), c.term(2)), (8, 8));
    c.hupped(2);
    assert_eq!(c.leaders(), [n(2)]);
    assert_eq!(c.terms(3), [1, 1, 9]);
    c.keeps_its_promises();
}

#[test]
fn one_uncontended_election_costs_two_messages_per_other_server_and_the_noop_as_many() {
    for (nodes, pre_vote) in [(3, false), (5, false), (5, true), (7, true)] {
        let mut c = quiet(nodes, Settings { pre_vote, ..still() }, &[]);
        c.hupped(1);
        let others = u64::from(nodes) - 1;
        assert_eq!(c.sent("vote_request") + c.sent("vote"), 2 * others);
        assert_eq!(c.sent("pre_vote_request") + c.sent("pre_vote"), if pre_vote { 2 * others } else { 0 });
        assert_eq!(c.sent("append") + c.sent("append_reply") + c.sent("heartbeat"), 2 * others);
        assert_eq!(c.commit(1), 1);
    }
}

#[test]
fn a_leader_has_a_token_only_once_its_own_entry_is_committed() {
    let mut c = quiet(3, still(), &[]);
    c.drops("append", None, None).hupped(1);
    assert_eq!(c.standing(n(1)).role, reign::Role::Leader);
    assert_eq!(c.standing(n(1)).token, None);
    c.healed();
    c.act(conclave::sim::fault::Fault::Resign(conclave::sim::fault::Who::At(n(1)))).hupped(1);
    assert_eq!(c.standing(n(1)).token, Some(reign::Reign::counted(2)));
}
