//! Practice deals sound questions of every family and difficulty, and the copy's answer is what the run then does.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, reason = "it reads the files of the page")]

use conclave::lessons::foresee::{self, KINDS, Moment};
use conclave::lessons::practice::{Situation, deal, read_situations};
use conclave::playback::arrival::Arrival;
use conclave::playback::player::Player;
use conclave::playback::recording::Recording;
use conclave::scenarios::algorithm::Algorithm;
use conclave::scenarios::scenario::Scenario;
use conclave::sim::time::MILLISECOND;

fn situations() -> Vec<Situation> {
    read_situations(&std::fs::read_to_string("assets/lessons/practice.en.json").expect("the file")).expect("situations")
}

#[test]
fn every_situation_gives_questions_of_every_kind_it_names() {
    for situation in situations() {
        for kind in &situation.kinds {
            assert!(KINDS.contains(&kind.split(' ').next().unwrap_or("")), "{}: {kind}", situation.id);
            let mut only = situation.clone();
            only.kinds = vec![kind.clone()];
            for n in 0..5 {
                let dealt = deal(std::slice::from_ref(&only), "", 0, n)
                    .unwrap_or_else(|message| panic!("{} {kind}: {message}", situation.id));
                assert!(!dealt.story.contains('{') && !dealt.question.ask.contains('{'), "{}", dealt.story);
                assert!(
                    dealt.question.choices.iter().all(|choice| !choice.name.is_empty() && !choice.verdict.is_empty())
                );
            }
        }
    }
}

#[test]
fn several_families_and_all_difficulties_can_be_dealt_and_answers_vary() {
    let situations = situations();
    for family in ["raft", "paxos", "zab", "bully", "zookeeper", "lease"] {
        assert!(deal(&situations, family, 0, 1).is_ok(), "{family}");
    }
    for level in 1..=3 {
        assert!(deal(&situations, "", level, 1).is_ok());
    }
    assert!(deal(&situations, "raft", 9, 1).is_err());
    let rights: std::collections::BTreeSet<usize> =
        (0..40).filter_map(|n| deal(&situations, "", 0, n).ok()).map(|dealt| dealt.question.right).collect();
    assert!(rights.len() >= 3, "the right answer stands always at {rights:?}");
    assert_eq!(deal(&situations, "", 0, 7), deal(&situations, "", 0, 7));
}

#[test]
fn the_run_on_the_stage_does_what_the_answer_says() {
    let mut checked = 0;
    for n in 0..60 {
        let Ok(dealt) = deal(&situations(), "", 0, n) else { continue };
        if !dealt.question.ask.starts_with("Who becomes") {
            continue;
        }
        let mut player = Player::new(dealt.recording.clone()).expect("it opens");
        let exact = conclave::playback::player::Moment { at: dealt.moment.at, done: dealt.done };
        assert!(player.arrive(Arrival::Moment(exact)));
        assert_eq!(player.sim().events(), dealt.moment.events);
        let before = player.sim().kernel().measures.tenures.len();
        player.seek(dealt.question.until);
        let tenure = player.sim().kernel().measures.tenures.get(before).map(|tenure| tenure.place.to_string());
        let right = &dealt.question.choices[dealt.question.right].name;
        assert_eq!(tenure.unwrap_or("Nobody".into()), *right, "deal {n}: {}", dealt.story);
        checked += 1;
    }
    assert!(checked >= 5, "only {checked}");
}

#[test]
fn what_cannot_be_asked_is_refused_in_a_sentence() {
    let recording = Recording::new(Scenario::new(Algorithm::by_id("raft").expect("raft")));
    let moment = Moment { at: 10 * MILLISECOND, events: 0 };
    for kind in ["votes", "next", "store", "write", "what is this"] {
        let refused = foresee::ask(&recording, moment, kind).expect_err(kind);
        assert!(refused.len() > 10 && !refused.contains('\n'), "{refused}");
    }
}
