//! Why, and why not: every question is answered from the history, for every family.

use conclave::playback::player::Player;
use conclave::playback::recording::Recording;
use conclave::scenarios::algorithm::Algorithm;
use conclave::scenarios::scenario::Scenario;
use conclave::sim::event::{EventId, What};
use conclave::sim::fault::{By, Fault, Which, Who};
use conclave::sim::history::BOUND;
use conclave::sim::measures::Status;
use conclave::sim::office::is_refusal;
use conclave::sim::place::Place;
use conclave::sim::reign::Role;
use conclave::sim::request::Word;
use conclave::sim::rule::Rule;
use conclave::sim::settings::Value;
use conclave::sim::simulation::Simulation;
use conclave::sim::store::Job;
use conclave::sim::time::{MILLISECOND, SECOND};
use conclave::words::lookup::Words;
use conclave::words::why::{Answer, Question, answer, of_place, of_run};

fn open(family: &str, change: impl FnOnce(&mut Scenario)) -> Box<dyn Simulation> {
    let algorithm = Algorithm::by_id(family).expect("it is built in");
    let mut scenario = Scenario { seed: 3, ..Scenario::new(algorithm) };
    change(&mut scenario);
    scenario.open_with_history(BOUND).expect("it opens")
}

fn raft() -> Box<dyn Simulation> {
    open("raft", |_| ())
}

/// A setting of the family, by its name.
fn switch(scenario: &mut Scenario, id: &str, on: bool) {
    let fields = scenario.algorithm.fields();
    let key = fields.iter().find(|field| field.id == id).expect("it has this switch").key;
    scenario.settings.push((key, Value::Switch(on)));
}

fn leader(sim: &dyn Simulation) -> Option<Place> {
    sim.kernel().resolve(Who::Leader)
}

fn step_until(sim: &mut dyn Simulation, what: &str, reached: impl Fn(&dyn Simulation) -> bool) {
    let until = sim.now() + 60 * SECOND;
    while !reached(sim) {
        assert!(sim.now() < until, "waited in vain for: {what}");
        sim.step();
    }
}

fn settle(sim: &mut dyn Simulation) -> Place {
    step_until(sim, "a leader", |sim| sim.kernel().measures.majority_is_led());
    sim.run_until(sim.now() + 300 * MILLISECOND);
    leader(sim).expect("somebody leads")
}

fn act(sim: &mut dyn Simulation, fault: Fault) -> EventId {
    let id = sim.events();
    sim.inject(By::Visitor, &fault);
    id
}

fn ask(sim: &dyn Simulation, family: &str, question: Question) -> Answer {
    let found = answer(&Words::of(family), sim, question);
    assert!(!found.steps.is_empty(), "{}: no answer", found.question);
    for step in &found.steps {
        let event = step.event.map(|event| sim.history().event(event).expect("a step leads to an event that is kept"));
        assert_eq!(event.map(|event| event.at), step.at, "the moment of a step is that of its event");
        assert!(step.text.ends_with(['.', '!', '?']), "not a sentence: {}", step.text);
        assert!(!step.text.contains(['{', '}']), "an empty place: {}", step.text);
    }
    found
}

fn text(found: &Answer) -> String {
    found.steps.iter().map(|step| step.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn cites(found: &Answer, family: char, number: u8) -> bool {
    found.steps.iter().filter_map(|step| step.rule).any(|cited| cited.rule == Rule::new(family, number))
}

fn leads_to(found: &Answer, event: EventId) -> bool {
    found.steps.iter().any(|step| step.event == Some(event))
}

#[test]
fn an_election_is_led_back_to_the_crash_that_silenced_the_leader() {
    let mut sim = raft();
    let old = settle(sim.as_mut());
    let crash = act(sim.as_mut(), Fault::Crash(Who::At(old)));
    step_until(sim.as_mut(), "a candidate", |sim| sim.kernel().resolve(Who::Candidate).is_some());
    let runs = sim.kernel().resolve(Who::Candidate).expect("somebody runs");
    let found = ask(sim.as_ref(), "raft", Question::Ran(runs));
    assert_eq!(found.question, format!("Why did {runs} start an election?"));
    assert!(leads_to(&found, crash), "the crash is a step of it");
    assert!(text(&found).contains("That set the timer, which ran for "));
}

#[test]
fn an_election_is_led_back_to_the_cut_that_lost_the_heartbeats() {
    let mut sim = raft();
    let old = settle(sim.as_mut());
    let cut = act(sim.as_mut(), Fault::Isolate(Who::At(old)));
    step_until(sim.as_mut(), "a second leader", |sim| leader(sim).is_some_and(|new| new != old));
    let new = leader(sim.as_ref()).expect("a new leader");
    let found = ask(sim.as_ref(), "raft", Question::Leads(new));
    assert!(leads_to(&found, cut), "the cut is a step of it");
    assert!(cites(&found, 'R', 7), "it cites how votes make a leader");
    let lost = found.steps.iter().filter_map(|step| step.event).filter_map(|id| sim.history().event(id));
    assert!(lost.clone().any(|event| matches!(event.what, What::Sent { lost: Some(_), .. } | What::Lost { .. })));
}

#[test]
fn a_refused_vote_names_the_vote_that_was_given_before() {
    // Two that run at the same time: the others have voted for one of them.
    for seed in 1..300 {
        let mut sim = open("raft", |scenario| {
            scenario.seed = seed;
            switch(scenario, "pre_vote", false);
            switch(scenario, "check_quorum", false);
        });
        while sim.now() < 2 * SECOND {
            sim.step();
            let refused = sim.history().events().rev().find(|event| {
                event.reason.is_some_and(|reason| reason.0 == "voted_already")
                    && matches!(event.what, What::Delivered { .. })
            });
            let Some(refused) = refused else { continue };
            let by = refused.place;
            let found = ask(sim.as_ref(), "raft", Question::Refused(by));
            assert!(cites(&found, 'R', 5), "the rule of voting");
            assert!(text(&found).contains("It has voted for another in this term."));
            let earlier = found.steps[1].event.and_then(|id| sim.history().event(id)).expect("the earlier vote");
            assert_eq!(earlier.place, by, "it looks at what the refuser itself did before");
            assert!(earlier.id < refused.id);
            return;
        }
    }
    panic!("no seed in which a vote was refused");
}

#[test]
fn the_refusal_itself_can_be_asked_about_where_it_arrives() {
    for seed in 1..300 {
        let mut sim = open("raft", |scenario| {
            scenario.seed = seed;
            switch(scenario, "pre_vote", false);
        });
        while sim.now() < 2 * SECOND {
            sim.step();
            let arrived = sim.history().events().rev().find_map(|event| match event.what {
                What::Delivered { message } if message.kind == 1 && message.facts[1] == 0 => Some((event.id, message)),
                _ => None,
            });
            let Some((id, message)) = arrived else { continue };
            let found = ask(sim.as_ref(), "raft", Question::Event(id));
            assert_eq!(found.question, format!("Why did {} refuse {}?", message.from, message.to));
            assert!(found.steps.len() >= 2);
            return;
        }
    }
    panic!("no seed in which a vote was refused");
}

#[test]
fn nobody_leads_while_a_majority_is_down() {
    let mut sim = raft();
    settle(sim.as_mut());
    let downs: Vec<EventId> =
        [1, 2, 3].map(|node| act(sim.as_mut(), Fault::Crash(Who::At(Place::Node(node))))).to_vec();
    step_until(sim.as_mut(), "no leader", |sim| leader(sim).is_none());
    assert_eq!(of_run(sim.as_ref()), Question::NobodyLeads);
    let found = ask(sim.as_ref(), "raft", Question::NobodyLeads);
    assert!(text(&found).starts_with("2 of 5 nodes run; a majority is 3."));
    assert!(cites(&found, 'R', 7));
    assert!(downs.into_iter().all(|down| leads_to(&found, down)), "every crash is a step of it");
}

#[test]
fn nobody_leads_until_the_first_loses_patience() {
    let mut sim = raft();
    let old = settle(sim.as_mut());
    let crash = act(sim.as_mut(), Fault::Crash(Who::At(old)));
    let found = ask(sim.as_ref(), "raft", Question::NobodyLeads);
    assert!(text(&found).contains("will lose patience first, in "));
    assert!(leads_to(&found, crash), "and how the last leader ended");
}

#[test]
fn a_candidate_is_not_leader_for_want_of_votes_each_of_which_is_accounted_for() {
    let mut sim = open("raft", |scenario| switch(scenario, "pre_vote", false));
    let old = settle(sim.as_mut());
    let crash = act(sim.as_mut(), Fault::Crash(Who::At(old)));
    step_until(sim.as_mut(), "a candidate", |sim| sim.kernel().resolve(Who::Candidate).is_some());
    let runs = sim.kernel().resolve(Who::Candidate).expect("somebody runs");
    let found = ask(sim.as_ref(), "raft", Question::NotLeader(runs));
    assert_eq!(found.question, format!("Why is {runs} not leader yet?"));
    assert!(text(&found).contains(" of the 3 votes it needs."), "{}", text(&found));
    assert!(text(&found).contains("It arrives in "), "what is under way is said");
    assert!(leads_to(&found, crash));
}

#[test]
fn a_dropped_request_is_why_a_vote_is_missing() {
    let mut sim = open("raft", |scenario| switch(scenario, "pre_vote", false));
    let old = settle(sim.as_mut());
    act(sim.as_mut(), Fault::Crash(Who::At(old)));
    let victim = sim.kernel().census.nodes().find(|&node| node != old).expect("another node");
    let drop = Which::Every { kind: Some(0), from: None, to: Some(Who::At(victim)) };
    let dropped = act(sim.as_mut(), Fault::Drop(drop));
    step_until(sim.as_mut(), "a candidate", |sim| {
        sim.kernel().resolve(Who::Candidate).is_some_and(|runs| runs != victim)
    });
    let runs = sim.kernel().resolve(Who::Candidate).expect("somebody runs");
    let found = ask(sim.as_ref(), "raft", Question::NotLeader(runs));
    assert!(text(&found).contains("it was dropped"), "{}", text(&found));
    let _ = dropped;
}

#[test]
fn a_leader_still_leads_because_nothing_tells_it_otherwise() {
    let mut sim = open("raft", |scenario| switch(scenario, "check_quorum", false));
    let old = settle(sim.as_mut());
    let cut = act(sim.as_mut(), Fault::Isolate(Who::At(old)));
    step_until(sim.as_mut(), "two leaders", |sim| sim.kernel().measures.several_lead());
    let found = ask(sim.as_ref(), "raft", Question::Leads(old));
    assert_eq!(found.question, format!("Why is {old} still leader?"));
    assert!(text(&found).contains("CheckQuorum is off"));
    assert!(text(&found).contains(&format!("No node that runs can reach {old} now.")));
    assert!(cites(&found, 'R', 21));
    assert!(leads_to(&found, cut));
    assert_eq!(of_run(sim.as_ref()), Question::SeveralLead);
    let both = ask(sim.as_ref(), "raft", Question::SeveralLead);
    assert!(text(&both).starts_with("Two nodes believe that they lead: "));
    assert!(leads_to(&both, cut));
}

#[test]
fn an_entry_is_not_committed_for_want_of_a_majority() {
    let mut sim = open("raft", |scenario| switch(scenario, "check_quorum", false));
    let old = settle(sim.as_mut());
    let cut = act(sim.as_mut(), Fault::Isolate(Who::At(old)));
    act(sim.as_mut(), Fault::Request(Word::new("x").expect("short"), Who::At(old)));
    sim.run_until(sim.now() + 300 * MILLISECOND);
    let open = of_place(&Words::of("raft"), sim.as_ref(), old);
    let question = open.into_iter().find(|question| matches!(question, Question::NotCommitted(..)));
    let found = ask(sim.as_ref(), "raft", question.expect("it has an entry that is open"));
    assert!(text(&found).contains(&format!(" is on {old}: 1 of 5. A majority is 3.")), "{}", text(&found));
    assert!(cites(&found, 'R', 14));
    assert!(leads_to(&found, cut));
}

#[test]
fn a_fenced_write_is_led_back_to_the_newer_token() {
    let mut sim = open("raft", |scenario| {
        scenario.work.job = Job::Database;
        switch(scenario, "check_quorum", false);
    });
    let old = settle(sim.as_mut());
    // Cut off from the others, but not from the store.
    let others: Vec<Place> = sim.kernel().census.nodes().filter(|&node| node != old).collect();
    for other in others {
        act(sim.as_mut(), Fault::Cut { from: Who::At(old), to: Who::At(other), both: true });
    }
    let refused = |sim: &dyn Simulation| {
        sim.history().events().any(|event| matches!(event.what, What::Sent { message, .. } if is_refusal(message.kind)))
    };
    step_until(sim.as_mut(), "a refused write", refused);
    let new = leader(sim.as_ref()).expect("a new leader");
    let found = ask(sim.as_ref(), "raft", Question::Fenced(old));
    assert!(cites(&found, 'F', 2), "the store's rule");
    assert!(text(&found).contains("From then on the store knew token "));
    assert!(text(&found).contains(&format!("{new} is leader in ")), "{}", text(&found));
    assert!(text(&found).contains(&format!("Nothing had told {old} that its time was over.")));
}

#[test]
fn a_node_that_is_down_or_paused_says_so_and_who_did_it() {
    let mut sim = raft();
    let old = settle(sim.as_mut());
    let paused = act(sim.as_mut(), Fault::Pause(Who::At(old)));
    let found = ask(sim.as_ref(), "raft", Question::Leads(old));
    assert!(text(&found).contains("is paused"));
    assert!(leads_to(&found, paused));
    let other = sim.kernel().census.nodes().find(|&node| node != old).expect("another");
    let crash = act(sim.as_mut(), Fault::Crash(Who::At(other)));
    let found = ask(sim.as_ref(), "raft", Question::NotLeader(other));
    assert!(leads_to(&found, crash));
}

#[test]
fn a_kept_promise_says_how_often_it_was_tested() {
    let mut sim = raft();
    settle(sim.as_mut());
    let found = ask(sim.as_ref(), "raft", Question::Promise(0));
    assert!(text(&found).contains("It was put to the test once in this run, and held."));
    let never = sim.properties().iter().position(|property| !property.promise.promised).expect("one is not promised");
    let found = ask(sim.as_ref(), "raft", Question::Promise(never));
    assert!(text(&found).contains("does not promise it"));
}

#[test]
fn a_broken_promise_names_what_was_seen_and_what_led_there() {
    // Bully promises that the highest live id leads only while no message is lost: that is suspended, then broken.
    let mut sim = open("bully", |scenario| scenario.nodes = 3);
    step_until(sim.as_mut(), "a leader", |sim| leader(sim).is_some());
    sim.run_until(sim.now() + 300 * MILLISECOND);
    let top = leader(sim.as_ref()).expect("a coordinator");
    act(sim.as_mut(), Fault::Isolate(Who::At(top)));
    sim.run_until(sim.now() + 5 * SECOND);
    for index in 0..sim.properties().len() {
        ask(sim.as_ref(), "bully", Question::Promise(index));
    }
    let suspended = sim
        .properties()
        .iter()
        .position(|property| matches!(property.verdict, conclave::sim::property::Verdict::Suspended { .. }));
    let found = ask(sim.as_ref(), "bully", Question::Promise(suspended.expect("a promise rests on the wires")));
    assert!(text(&found).contains("It is not promised at present: "));
}

#[test]
fn where_the_history_ends_the_answer_says_so() {
    let algorithm = Algorithm::by_id("raft").expect("Raft is built in");
    let scenario = Scenario { seed: 3, ..Scenario::new(algorithm) };
    let mut sim = scenario.open_with_history(64).expect("it opens");
    settle(sim.as_mut());
    sim.run_until(sim.now() + 5 * SECOND);
    let lead = leader(sim.as_ref()).expect("a leader");
    let found = ask(sim.as_ref(), "raft", Question::Leads(lead));
    assert!(text(&found).contains("longer ago than is kept"));
}

/// Whatever happens in whatever family, every question has an answer of whole sentences.
#[test]
fn every_family_answers_every_question_whatever_happened() {
    for algorithm in Algorithm::all() {
        let family = algorithm.id();
        let mut scenario = Scenario { seed: 5, nodes: 5, ..Scenario::new(algorithm) };
        scenario.work.job = Job::Database;
        let mut player = Player::new(Recording::new(scenario)).expect("it opens");
        let words = Words::of(family);
        let acts = [
            Fault::Crash(Who::Leader),
            Fault::Isolate(Who::Leader),
            Fault::Request(Word::new("x").expect("short"), Who::Leader),
            Fault::Pause(Who::Leader),
            Fault::Heal,
        ];
        for fault in acts {
            player.advance(3 * SECOND);
            player.intervene(fault);
            for moment in 0..6 {
                player.advance((1 + moment) * 40 * MILLISECOND);
                let sim = player.sim();
                let mut questions = vec![of_run(sim), Question::NobodyLeads, Question::SeveralLead];
                for place in sim.kernel().census.nodes() {
                    questions.extend(of_place(&words, sim, place));
                }
                questions.extend((0..sim.properties().len()).map(Question::Promise));
                questions.extend(sim.history().events().rev().take(30).map(|event| Question::Event(event.id)));
                for question in questions {
                    ask(sim, family, question);
                }
            }
        }
    }
}

/// What a family decides by its own rules is cited by them.
#[test]
fn every_family_says_by_which_rule_its_leader_came_to_lead() {
    for algorithm in Algorithm::all() {
        let family = algorithm.id();
        let mut sim = open(family, |_| ());
        step_until(sim.as_mut(), "a leader", |sim| leader(sim).is_some());
        let lead = leader(sim.as_ref()).expect("a leader");
        let found = ask(sim.as_ref(), family, Question::Leads(lead));
        let cited = found.steps.iter().filter_map(|step| step.rule).next();
        assert!(cited.is_some(), "{family} cites no rule");
        let slot = sim.kernel().census.slot(lead);
        assert_eq!(sim.kernel().standings[slot].role, Role::Leader);
        assert_eq!(sim.kernel().statuses[slot], Status::Up);
    }
}
