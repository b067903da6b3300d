//! Linearizable reads.
#![cfg(not(target_arch = "wasm32"))]

mod quiet;
mod server;
mod story;

use conclave::protocols::raft::{Message, Settings};
use conclave::sim::request::{Answer, Request, Word};
use conclave::sim::rule::Reason;
use quiet::{Case, quiet, still};
use server::{Server, acked, disk, n, vote};

fn read() -> Request {
    Request::Read(Word::default())
}

fn leader_of_5() -> Server {
    let mut server = Server::new(5, Settings::paper(), disk(1, None, &[1]));
    server.lead().take_sent();
    server
}

/// The round that its newest messages carry.
fn round(server: &mut Server) -> u64 {
    let sent = server.take_sent();
    let rounds = sent.iter().filter_map(|(_, message)| match message {
        Message::Append(append) => Some(append.round),
        _ => None,
    });
    rounds.max().expect("an append")
}

fn answer(term: u64, index: u64, round: u64) -> Message {
    let Message::AppendReply(reply) = acked(term, index) else { unreachable!() };
    Message::AppendReply(conclave::protocols::raft::AppendReply { round, ..reply })
}

#[test]
fn a_read_waits_for_an_entry_of_the_own_term_and_then_for_a_quorum() {
    let mut server = leader_of_5();
    server.request(7, read());
    assert!(server.answers.is_empty());
    assert_eq!(server.reasons.last(), Some(&"own_term_not_committed"));
    server.hears(2, answer(2, 2, 0)).hears(3, answer(2, 2, 0));
    assert_eq!(server.raft.commit_index, 2);
    assert!(server.answers.is_empty(), "those answers were given before the round began");
    let round = round(&mut server);
    server.hears(4, answer(2, 2, round));
    assert!(server.answers.is_empty(), "two of five");
    server.hears(5, answer(2, 2, round));
    assert_eq!(server.answers, [(7, Answer::Read { as_of: 2 })]);
}

#[test]
fn answers_to_an_earlier_round_do_not_confirm() {
    let mut server = leader_of_5();
    server.hears(2, answer(2, 2, 0)).hears(3, answer(2, 2, 0)).request(1, read());
    let first = round(&mut server);
    server.request(2, read());
    server.hears(2, answer(2, 2, first)).hears(3, answer(2, 2, first));
    assert_eq!(server.answers, [(1, Answer::Read { as_of: 2 })]);
    server.hears(2, answer(2, 2, first + 1)).hears(4, answer(2, 2, first + 1));
    assert_eq!(server.answers.len(), 2);
}

#[test]
fn even_a_refusal_of_the_same_term_confirms_who_leads() {
    let mut server = leader_of_5();
    server.hears(2, answer(2, 2, 0)).hears(3, answer(2, 2, 0)).request(1, read());
    let round = round(&mut server);
    for voter in [4, 5] {
        let Message::AppendReply(reply) = answer(2, 0, round) else { unreachable!() };
        server.hears(voter, Message::AppendReply(conclave::protocols::raft::AppendReply { success: false, ..reply }));
    }
    assert_eq!(server.answers.len(), 1);
}

#[test]
fn a_leader_that_steps_down_refuses_what_it_was_asked() {
    let mut server = leader_of_5();
    server.request(1, read()).request(2, Request::Write(Word::default())).hears(2, vote(9, false));
    let lost = Answer::Refused(Reason("lost_leadership"));
    assert_eq!(server.answers, [(2, lost), (1, lost)]);
}

#[test]
fn a_follower_refuses_a_read() {
    let mut server = Server::new(3, Settings::paper(), disk(1, None, &[]));
    server.request(1, read());
    assert_eq!(server.answers, [(1, Answer::Refused(Reason("no_leader_known")))]);
    server.hears(2, server::heartbeat(1)).request(2, read());
    assert_eq!(server.answers[1], (2, Answer::Refused(Reason("not_the_leader"))));
}

#[test]
fn a_lone_server_answers_at_once() {
    let mut server = Server::new(1, Settings::paper(), disk(0, None, &[]));
    server.hup().request(1, read());
    assert_eq!(server.answers, [(1, Answer::Read { as_of: 1 })]);
}

#[test]
fn a_deposed_leader_that_does_not_know_it_cannot_answer() {
    let mut c = quiet(5, still(), &[]);
    c.hupped(1).writes(1, "old");
    c.partition(&[&[1, 2], &[3, 4, 5]]).hupped(3).writes(3, "new");
    c.read(n(1)).drained();
    let answered = |c: &quiet::Quiet| {
        use conclave::sim::event::What;
        use conclave::sim::simulation::Simulation;
        let read = |what: &What| matches!(what, What::Answered { answer: Answer::Read { .. }, .. });
        c.world.history().events().filter(|event| read(&event.what)).count()
    };
    assert_eq!(answered(&c), 0);
    c.read(n(3)).drained();
    assert_eq!(answered(&c), 1);
    c.keeps_its_promises();
}

#[test]
fn a_lost_round_is_repeated_by_the_next_heartbeat() {
    use story::{Story, ms};
    let mut c = Story::<conclave::protocols::raft::Raft>::new(3, Settings::paper());
    let leader = c.until_elected();
    c.run(ms(200)).isolate(leader).read(leader).run(ms(5)).heal();
    c.run(ms(200));
    use conclave::sim::event::What;
    use conclave::sim::simulation::Simulation;
    let read = |what: &What| matches!(what, What::Answered { answer: Answer::Read { .. }, .. });
    assert_eq!(c.world.history().events().filter(|event| read(&event.what)).count(), 1);
    c.keeps_its_promises();
}
