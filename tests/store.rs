//! The store alone: which tokens it accepts, and what it counts as damage (protocols.md, section 6).

use conclave::sim::place::Place;
use conclave::sim::reign::Token;
use conclave::sim::store::{Fencing, Guard, Job, Outcome, Store, StoreMessage};

const A: Place = Place::Node(1);
const B: Place = Place::Node(2);

struct Shop {
    store: Store,
    now: u64,
    request: u64,
}

impl Shop {
    fn new(fencing: Fencing, job: Job) -> Shop {
        Shop { store: Store::new(Guard { fencing, grants_tokens: false }, job), now: 0, request: 0 }
    }

    fn write(&mut self, writer: Place, token: u64, number: u64) -> Option<StoreMessage> {
        self.request += 1;
        self.again(writer, token, number)
    }

    /// The same request once more.
    fn again(&mut self, writer: Place, token: u64, number: u64) -> Option<StoreMessage> {
        self.now += 1;
        let token = (token > 0).then(|| Token::counted(token));
        let message = StoreMessage::Write { request: self.request, token, number, finishes: false };
        self.store.receive(self.now, writer, message)
    }

    fn raise(&mut self, writer: Place, token: u64) -> Option<StoreMessage> {
        self.now += 1;
        self.request += 1;
        let token = Some(Token::counted(token));
        self.store.receive(self.now, writer, StoreMessage::RaiseFence { request: self.request, token })
    }

    fn outcomes(&self) -> Vec<Outcome> {
        self.store.rows.iter().map(|row| row.outcome).collect()
    }
}

fn is_fenced(answer: Option<StoreMessage>, by: u64) -> bool {
    matches!(answer, Some(StoreMessage::Fenced { seen, .. }) if seen == Token::counted(by))
}

fn is_accepted(answer: Option<StoreMessage>) -> bool {
    matches!(answer, Some(StoreMessage::Accepted { .. }))
}

#[test]
fn the_33_34_story() {
    let mut shop = Shop::new(Fencing::On, Job::Database);
    assert!(is_accepted(shop.write(A, 33, 0)));
    assert!(is_accepted(shop.write(B, 34, 1)));
    assert!(is_fenced(shop.write(A, 33, 1), 34));
    assert_eq!(shop.store.damage.refused, 1);
    assert_eq!(shop.store.damage.corrupted, 0);
}

#[test]
fn without_fencing_the_stale_write_lands_and_is_counted() {
    let mut shop = Shop::new(Fencing::Off, Job::Database);
    shop.write(A, 33, 0);
    shop.write(B, 34, 1);
    assert!(is_accepted(shop.write(A, 33, 1)));
    assert_eq!(shop.outcomes(), [Outcome::Accepted, Outcome::Accepted, Outcome::Stale]);
    assert_eq!((shop.store.damage.corrupted, shop.store.damage.lost_updates), (1, 1));
    let row = shop.store.rows[2];
    let victim = row.victim.map(|victim| (victim.writer, victim.at));
    assert_eq!(victim, Some((B, 2)), "the ledger says whose write was destroyed, and when it was made");
}

#[test]
fn a_late_write_before_the_newer_token_is_legal() {
    let mut shop = Shop::new(Fencing::On, Job::Database);
    shop.write(A, 33, 0);
    assert!(is_accepted(shop.write(A, 33, 1)), "F-5: 34 was not seen yet");
    assert!(is_accepted(shop.write(B, 34, 2)));
    assert_eq!(shop.store.damage.corrupted, 0);
}

#[test]
fn an_equal_token_passes_and_a_retry_does_nothing_twice() {
    let mut shop = Shop::new(Fencing::On, Job::Partition);
    assert!(is_accepted(shop.write(A, 34, 1)));
    assert!(is_accepted(shop.write(A, 34, 2)));
    assert!(is_accepted(shop.again(A, 34, 2)));
    assert_eq!(shop.outcomes(), [Outcome::Accepted, Outcome::Accepted, Outcome::Repeated]);
    assert_eq!(shop.store.damage.accepted, 2);
}

#[test]
fn raising_the_fence_repairs_the_read_then_write_race() {
    let mut raced = Shop::new(Fencing::On, Job::Database);
    raced.write(A, 33, 0);
    raced.write(A, 33, 1); // lands after B read version 1
    assert!(is_accepted(raced.write(B, 34, 1)));
    assert_eq!(raced.store.damage.lost_updates, 1, "S-F3");

    let mut repaired = Shop::new(Fencing::On, Job::Database);
    repaired.write(A, 33, 0);
    assert!(is_accepted(repaired.raise(B, 34)));
    assert!(is_fenced(repaired.write(A, 33, 1), 34), "F-4");
    assert!(is_accepted(repaired.write(B, 34, 1)));
    assert_eq!(repaired.store.damage.lost_updates, 0);
}

#[test]
fn a_token_kept_in_memory_is_forgotten_in_a_crash() {
    let run = |fencing| {
        let mut shop = Shop::new(fencing, Job::Database);
        shop.write(B, 34, 0);
        shop.store.crash();
        shop.write(A, 33, 1);
        shop.store.went_back.is_some()
    };
    assert!(run(Fencing::InMemory), "M-F1");
    assert!(!run(Fencing::On));
}

#[test]
fn greater_instead_of_greater_or_equal_refuses_the_rightful_leader() {
    let mut shop = Shop::new(Fencing::Strict, Job::Database);
    assert!(is_accepted(shop.write(B, 34, 0)));
    assert!(is_fenced(shop.write(B, 34, 1), 34), "M-F2");
}

#[test]
fn a_check_apart_from_the_write_is_no_check() {
    let mut shop = Shop::new(Fencing::CheckThenApply, Job::Database);
    assert!(shop.write(A, 33, 0).is_none(), "checked, not applied yet");
    shop.write(B, 34, 0);
    assert_eq!(shop.store.waiting(), 2);
    // B's write meets the quick hand and is applied first.
    assert_eq!(shop.store.apply(10_000).map(|(writer, _)| writer), Some(B));
    assert!(shop.store.apply(10_000).is_none(), "A's is not due yet");
    assert_eq!(shop.store.apply(500_000).map(|(writer, _)| writer), Some(A));
    assert!(shop.store.went_back.is_some(), "M-F3");
}

#[test]
fn jobs_run_twice_never_or_half() {
    let mut shop = Shop::new(Fencing::Off, Job::Scheduler);
    shop.write(A, 1, 1);
    shop.write(B, 2, 1);
    assert_eq!(shop.store.damage.double_runs, 1);
    shop.write(B, 2, 4);
    assert_eq!(shop.store.damage.missed_runs, 2);
    assert_eq!(shop.store.damage.half_runs, 1, "job 1 was started twice and never finished");
}

#[test]
fn two_leaders_of_a_partition_write_different_records_at_one_offset() {
    let mut shop = Shop::new(Fencing::Off, Job::Partition);
    shop.write(A, 1, 1);
    shop.write(B, 2, 2);
    shop.write(A, 1, 2);
    assert_eq!(shop.store.damage.diverged, 1);
}

#[test]
fn without_tokens_a_conflict_is_still_seen() {
    let mut shop = Shop::new(Fencing::On, Job::Database);
    shop.write(A, 0, 0);
    shop.write(B, 0, 1);
    assert!(is_accepted(shop.write(A, 0, 1)), "nothing to compare");
    assert_eq!(shop.outcomes()[2], Outcome::Overwrote, "S-F4");
}

#[test]
fn a_legal_late_write_says_which_token_it_came_before() {
    let mut shop = Shop::new(Fencing::On, Job::Database);
    shop.write(A, 33, 0);
    shop.store.annotate(0, 7, Some(Token::counted(34)));
    let row = shop.store.rows[0];
    assert_eq!((row.outcome, row.newer, row.event), (Outcome::Accepted, Some(Token::counted(34)), 7), "F-5");
    assert_eq!((shop.store.damage.corrupted, shop.store.worst), (0, None));
}

#[test]
fn a_store_that_grants_tokens_gives_each_asker_the_next_and_a_retry_the_same() {
    let mut store = Store::new(Guard { fencing: Fencing::On, grants_tokens: true }, Job::Database);
    let mut ask = |from, request| match store.receive(1, from, StoreMessage::Read { request, token: None }) {
        Some(StoreMessage::State { granted, .. }) => granted.map(|token| token.number),
        other => panic!("{other:?}"),
    };
    assert_eq!([ask(A, 1), ask(A, 1), ask(B, 1), ask(A, 2)], [Some(1), Some(1), Some(2), Some(3)]);
}

#[test]
fn a_fence_raised_on_one_resource_does_not_guard_another() {
    // M-F7: one highest token per resource means one raise per resource.
    let lost_on_the_second = |raised_on_both: bool| {
        let (mut first, mut second) = (Shop::new(Fencing::On, Job::Database), Shop::new(Fencing::On, Job::Database));
        first.write(A, 33, 0);
        second.write(A, 33, 0);
        first.raise(B, 34);
        if raised_on_both {
            second.raise(B, 34);
        }
        // B has read both; the old leader's late write lands on the second, and B goes by what it read.
        second.write(A, 33, 1);
        second.write(B, 34, 1);
        second.store.damage.lost_updates
    };
    assert_eq!((lost_on_the_second(false), lost_on_the_second(true)), (1, 0));
}
