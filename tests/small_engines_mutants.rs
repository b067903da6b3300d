//! Every rule of the lease and of appointing that can be switched off: with the switch its schedule goes wrong.
#![cfg(feature = "mutants")]

mod story;

use conclave::protocols::{appointed, lease};
use conclave::sim::fault::{Fault, LinkWires, Who};
use conclave::sim::place::Place;
use conclave::sim::protocol::Protocol;
use story::{Story, ms, n};

/// Runs the schedule with the rules on, then with one off: what broke.
#[track_caller]
fn broken_by<P: Protocol, M: Copy>(mutant: M, schedule: impl Fn(Option<M>) -> Story<P>) -> Vec<&'static str> {
    assert_eq!(schedule(None).broken(), Vec::<&str>::new(), "with the rule");
    schedule(Some(mutant)).broken()
}

// ---- the lease ------------------------------------------------------------------------------------------------

type Candidates = Story<lease::Process>;

fn lease_without(mutant: Option<lease::mutants::Mutant>) -> lease::LeaseSettings {
    let mutants = lease::mutants::Mutants::of(mutant.as_slice());
    lease::LeaseSettings { mutants, jitter: 0, ..lease::LeaseSettings::quick() }
}

#[test]
fn m_l1_the_last_writer_wins() {
    // Five look at the same instant and find the lease free.
    let schedule = |mutant| {
        let mut candidates = Candidates::new(5, lease_without(mutant));
        candidates.run(ms(1_000));
        candidates
    };
    assert!(broken_by(lease::mutants::Mutant::LastWriterWins, schedule).contains(&"leases_do_not_overlap"));
}

#[test]
fn m_l2_a_held_lease_is_taken_at_once() {
    let schedule = |mutant| {
        let mut candidates = Candidates::new(3, lease_without(mutant));
        candidates.run(ms(5_000));
        candidates
    };
    assert!(broken_by(lease::mutants::Mutant::TakeWhatIsHeld, schedule).contains(&"leases_do_not_overlap"));
}

#[test]
fn m_l3_the_deadline_counts_from_the_answer() {
    // The answers to the holder take 1.9 s; then what it asks for does not arrive any more.
    let schedule = |mutant, seed| {
        let lease = lease::LeaseSettings {
            lease_duration: ms(6_000),
            renew_deadline: ms(5_000),
            retry_period: ms(2_000),
            jitter: 20,
            ..lease_without(mutant)
        };
        let mut candidates = Candidates::with(4, lease, |opening| opening.seed = seed);
        let holder = candidates.until_elected();
        let wires = LinkWires { latency: Some((ms(1_900), ms(1_900))), loss: None };
        let service = Who::At(Place::Server(1));
        candidates.act(Fault::Rewire { from: service, to: Who::At(holder), both: false, wires });
        candidates.run(ms(7_000)).cut_one_way(holder, Place::Server(1)).run(ms(12_000));
        candidates
    };
    let mutant = lease::mutants::Mutant::CountFromTheAnswer;
    let broken = (1..=20).flat_map(|seed| broken_by(mutant, |mutant| schedule(mutant, seed)));
    assert!(broken.into_iter().any(|promise| promise == "leases_do_not_overlap"));
}

#[test]
fn m_l4_a_holder_that_never_gives_up() {
    let schedule = |mutant| {
        let mut candidates = Candidates::new(3, lease_without(mutant));
        let holder = candidates.until_elected();
        candidates.run(ms(1_000)).isolate(holder).run(ms(8_000));
        candidates
    };
    assert_eq!(broken_by(lease::mutants::Mutant::NeverGiveUp, schedule), ["leases_do_not_overlap"]);
}

// ---- appointing -----------------------------------------------------------------------------------------------

type Brokers = Story<appointed::Process>;

fn appointed_without(mutant: Option<appointed::mutants::Mutant>) -> Brokers {
    let mutants = appointed::mutants::Mutants::of(mutant.as_slice());
    let mut brokers =
        Brokers::new(3, appointed::AppointedSettings { mutants, ..appointed::AppointedSettings::quick() });
    brokers.until_elected();
    brokers.run(ms(1_000)).request(n(1), "a").run(ms(1_000));
    brokers
}

#[test]
fn m_a1_a_new_reign_with_the_old_epoch() {
    let schedule = |mutant| {
        let mut brokers = appointed_without(mutant);
        brokers.crash(n(1)).run(ms(5_000));
        brokers
    };
    assert!(broken_by(appointed::mutants::Mutant::SameEpoch, schedule).contains(&"one_leader_per_epoch"));
}

/// The leader is cut off, writes alone, and others go on without it; then the wires heal.
fn cut_off_and_healed(mutant: Option<appointed::mutants::Mutant>) -> Brokers {
    let mut brokers = appointed_without(mutant);
    brokers.isolate(n(1)).request(n(1), "b").run(ms(5_000));
    brokers.request(n(2), "c").run(ms(1_000)).heal().run(ms(3_000));
    brokers
}

#[test]
fn m_a2_committed_is_what_the_leader_alone_has() {
    let broken = broken_by(appointed::mutants::Mutant::CommitAlone, cut_off_and_healed);
    assert_eq!(broken, ["nothing_committed_is_lost"]);
}

#[test]
fn m_a3_a_follower_that_keeps_its_own_records() {
    // It counts as in sync with another record in place of the committed one, and leads next.
    let schedule = |mutant| {
        let mut brokers = cut_off_and_healed(mutant);
        brokers.crash(n(2)).crash(n(3)).run(ms(6_000));
        brokers.act(Fault::Heal).run(ms(1_000));
        brokers
    };
    let schedule = |mutant| {
        let mut brokers = schedule(mutant);
        brokers.restart(n(2)).restart(n(3)).run(ms(8_000));
        brokers
    };
    assert!(broken_by(appointed::mutants::Mutant::NoTruncation, schedule).contains(&"nothing_committed_is_lost"));
}

#[test]
fn m_a4_anybody_counts_as_in_sync() {
    // Broker 3 is down while the others commit; then only broker 3 lives.
    let schedule = |mutant| {
        let mut brokers = appointed_without(mutant);
        brokers.crash(n(3)).run(ms(4_000)).request(n(1), "b").run(ms(1_000));
        brokers.crash(n(1)).crash(n(2)).restart(n(3)).run(ms(6_000));
        brokers
    };
    assert!(broken_by(appointed::mutants::Mutant::AnybodyIsInSync, schedule).contains(&"nothing_committed_is_lost"));
}
