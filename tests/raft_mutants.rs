//! Take a rule out, and a promise breaks (protocols.md 1.8). Every schedule is played twice: with the rule broken it
//! turns red, with the shipped rule it stays green. Run with `--features mutants`.
#![cfg(all(feature = "mutants", not(target_arch = "wasm32")))]

mod quiet;
mod server;
mod story;

use conclave::protocols::raft::{Disk, Mutant, Mutants, Raft, Settings};
use conclave::sim::fault::{Fault, Scope, Which, Who};
use conclave::sim::network::Wires;
use conclave::sim::property::Verdict;
use conclave::sim::settings::{Settings as _, Value};
use conclave::sim::time::{MILLISECOND, SECOND};
use quiet::{Case, Quiet, disk, quiet, still};
use server::Server;
use story::{Story, ms, n};

fn without(settings: Settings, mutant: Mutant) -> Settings {
    Settings { mutants: Mutants::default().with(mutant), ..settings }
}

/// Plays the schedule with the rule and without it; without it exactly these promises break first.
#[track_caller]
fn breaks(mutant: Mutant, promises: &[&str], play: impl Fn(Settings) -> Quiet) {
    let sound = play(still());
    assert_eq!(sound.broken(), Vec::<&str>::new(), "with the rule");
    let broken = play(without(still(), mutant)).broken();
    for promise in promises {
        assert!(broken.contains(promise), "without the rule {broken:?} break, not {promise}");
    }
}

fn cluster(nodes: u8, settings: Settings) -> Quiet {
    quiet(nodes, settings, &[])
}

#[test]
fn m_r1_a_vote_that_is_not_durable() {
    breaks(Mutant::ForgetVote, &["one_leader_per_term", "one_vote_per_term"], |settings| {
        let mut c = cluster(3, settings);
        c.only(&[1, 2]).drops("append", None, None).hupped(1);
        c.dies(2).returns(2);
        c.only(&[2, 3]).hupped(3);
        c
    });
}

#[test]
fn m_r2_a_vote_that_leaves_before_it_is_on_disk() {
    breaks(Mutant::VoteBeforeWriting, &["one_leader_per_term"], |settings| {
        let mut c = cluster(3, settings);
        // The voter's disk takes long; it crashes after it answered, before the disk was done.
        c.only(&[1, 2]).drops("append", None, None).hup(n(1)).run(500);
        set_disk(&mut c, 20 * MILLISECOND);
        c.run(5 * MILLISECOND).dies(2);
        set_disk(&mut c, 0);
        c.returns(2);
        c.only(&[2, 3]).hupped(3);
        c
    });
}

fn set_disk(c: &mut Quiet, latency: u64) {
    let field = conclave::sim::settings::field_by_id(Wires::FIELDS, "disk").expect("disk latency is a setting");
    c.act(Fault::Tune(Scope::Wires, field.key, Value::Range(latency, latency)));
}

#[test]
fn m_r3_no_look_at_the_candidates_log() {
    breaks(Mutant::NoLogCheck, &["committed_survive", "same_applied"], |settings| {
        let mut c = cluster(3, settings);
        c.only(&[1, 2]).hupped(1).writes(1, "x").beats(1);
        c.dies(1).only(&[2, 3]).hupped(3).hupped(3);
        c.writes(3, "y").writes(3, "z").beats(3);
        c
    });
}

#[test]
fn m_r4_the_longer_log_wins() {
    breaks(Mutant::CompareLengthOnly, &["committed_survive", "same_applied"], |settings| {
        let mut c = cluster(3, settings);
        c.only(&[1, 2]).drops("append", None, None).hupped(1).writes(1, "a").writes(1, "b");
        c.only(&[2, 3]).hupped(2).hupped(2);
        assert_eq!(c.commit(2), 1);
        // The old leader learns that it is deposed, then asks for votes itself.
        c.dies(2).only(&[1, 3]).writes(1, "c").hupped(1).hupped(1);
        c.beats(1).beats(1);
        c
    });
}

#[test]
fn m_r5_old_entries_committed_by_counting() {
    breaks(Mutant::CountOldTerms, &["committed_survive", "same_applied"], |settings| {
        // Server 1 led term 1 and server 3 term 2, each with entries that nobody else has.
        let disks = [(1, disk(2, None, &[1; 64])), (2, disk(2, Some(3), &[])), (3, disk(2, Some(3), &[2]))];
        let mut c = quiet(3, settings, &disks);
        // It leads term 3. The old entries fill the first message; the link dies before its own entry follows.
        c.only(&[1, 2]).hup(n(1)).run(5_500);
        assert_eq!(c.terms(2).len(), 64);
        c.cut_one_way(n(1), n(2)).drained();
        c.dies(1).only(&[2, 3]).hupped(3).hupped(3);
        c.beats(3).beats(3);
        c
    });
}

#[test]
fn m_r6_most_of_the_answers_so_far() {
    breaks(Mutant::Plurality, &["one_leader_per_term"], |settings| {
        let mut c = cluster(3, settings);
        c.partition(&[&[1], &[2, 3]]);
        c.hupped(1).hupped(2);
        c
    });
}

#[test]
fn m_r7_entries_of_a_stale_leader_are_taken() {
    breaks(Mutant::AcceptStaleAppend, &["committed_survive", "same_applied"], |settings| {
        let mut c = cluster(3, settings);
        // Its first entry is long under way to server 3.
        c.only(&[1, 3]).hup(n(1)).run(2_500);
        c.act(Fault::Delay(Which::Like { kind: Some(4), from: Some(Who::At(n(1))), to: None }, ms(500)));
        c.only(&[2, 3]).hupped(2).hupped(2).beats(2);
        assert_eq!((c.term(2), c.commit(2)), (2, 1));
        c.dies(2).run(ms(500));
        c.only(&[1, 3]).writes(1, "x").hupped(1).hupped(1).beats(1);
        c
    });
}

#[test]
fn m_r8_every_append_cuts_off_what_follows() {
    breaks(Mutant::TruncateAlways, &["committed_survive"], |settings| {
        let mut c = cluster(3, settings);
        // A short message to server 2 is overtaken by a longer one, with which a majority has both entries.
        c.hupped(1).request(n(1), "a");
        c.act(Fault::Delay(Which::Like { kind: Some(4), from: None, to: Some(Who::At(n(2))) }, ms(300)));
        c.drained();
        c.cut_off(3).writes(1, "b");
        assert_eq!((c.commit(1), c.terms(2).len(), c.terms(3).len()), (3, 3, 2));
        c.dies(1).run(ms(300));
        c.heal();
        c.hupped(3);
        c
    });
}

#[test]
fn m_r9_committed_up_to_the_own_end() {
    // The shipped leader never sends a sign of life without the entries it has; the paper's may. So that message is
    // handed over by hand, and the promises look at the two servers.
    let play = |settings: Settings| {
        let mut old = Server::new(2, settings.clone(), server::disk(1, None, &[1, 1]));
        let mut new = Server::numbered(2, 2, settings, server::disk(2, Some(2), &[1, 2]));
        new.hears(1, server::append(2, (1, 1), &[2], 2));
        old.hears(2, server::append(2, (1, 1), &[], 2));
        judged(&[&old, &new])
    };
    assert_eq!(play(still()), Vec::<&str>::new());
    assert!(play(without(still(), Mutant::CommitToOwnEnd)).contains(&"same_applied"));
}

/// What the promises say of servers on workbenches.
fn judged(servers: &[&Server]) -> Vec<&'static str> {
    use conclave::protocols::raft::RaftPromises;
    use conclave::sim::place::Census;
    use conclave::sim::property::{Book, Promises, View};
    let processes: Vec<_> = servers.iter().map(|server| Some(server.raft.clone())).collect();
    // The others hold what the newest leader holds.
    let disks = vec![servers[servers.len() - 1].disk.clone(); servers.len()];
    let settings: Vec<_> = servers.iter().map(|server| server.settings.clone()).collect();
    let census = Census { nodes: servers.len() as u8, servers: 0 };
    let (mut promises, mut book) = (RaftPromises::default(), Book::new(RaftPromises::LIST, false));
    let (wires, pauses) = (Wires::default(), conclave::sim::pauses::Pauses::default());
    let kernel = conclave::sim::kernel::Kernel::new(census, wires, pauses, 1, 8);
    let view = View {
        now: 0,
        census,
        processes: &processes,
        disks: &disks,
        lives: &[1, 1, 1],
        settings: &settings,
        kernel: &kernel,
    };
    for place in census.nodes() {
        promises.check(&view, place, &mut book);
    }
    let broken = |property: &&conclave::sim::property::Property| matches!(property.verdict, Verdict::Broken(_));
    book.properties.iter().filter(broken).map(|property| property.promise.id).collect()
}

#[test]
fn m_r10_votes_of_an_earlier_term_count() {
    breaks(Mutant::CountStaleVotes, &["one_leader_per_term"], |settings| {
        let mut c = cluster(3, settings);
        c.only(&[1, 2]).hup(n(1)).run(1_500);
        c.act(Fault::Delay(Which::Like { kind: Some(1), from: Some(Who::At(n(2))), to: None }, ms(500)));
        c.only(&[2, 3]).hup(n(1)).drained();
        c.hupped(3).hupped(3);
        assert_eq!((c.term(1), c.term(3)), (2, 2));
        c.run(ms(600));
        c
    });
}

#[test]
fn m_r11_the_same_voter_counts_twice() {
    breaks(Mutant::CountDuplicates, &["one_leader_per_term"], |settings| {
        let mut c = cluster(5, settings);
        c.only(&[1, 2]).hup(n(1)).run(1_500);
        c.act(Fault::Duplicate(Which::Like { kind: Some(1), from: Some(Who::At(n(2))), to: None }));
        c.drained();
        c.only(&[3, 4, 5]).hupped(3);
        c
    });
}

#[test]
fn m_r12_a_leader_that_clings_to_office() {
    let play = |settings: Settings| {
        let mut c = cluster(3, settings);
        c.hupped(1).cut_off(1).hupped(3);
        c.healed();
        c.beats(3).beats(1);
        // A deadline: ten seconds after the network healed.
        c.run(10 * SECOND);
        c.leaders().len()
    };
    assert_eq!(play(still()), 1, "with the rule the old leader steps down");
    assert_eq!(play(without(still(), Mutant::ClingToOffice)), 2, "without it, it never does");
}

#[test]
fn m_r14_no_entry_of_the_own_term() {
    breaks(Mutant::NoNoop, &["fresh_reads"], |settings| {
        let mut c = cluster(3, settings);
        c.hupped(1).writes(1, "x");
        // The write is confirmed, but the others have not learned of it when the leader dies.
        c.dies(1).hupped(2);
        c.read(n(2)).drained();
        c
    });
}

#[test]
fn m_r15_fixed_equal_timeouts_never_elect() {
    let elected = |low: u64, high: u64| {
        let settings = Settings { election_timeout: (ms(low), ms(high)), ..Settings::paper() };
        let mut c = Story::<Raft>::new(5, settings);
        c.within(10 * SECOND, |c| !c.leaders().is_empty())
    };
    assert!(elected(150, 300));
    assert!(!elected(150, 150), "ten seconds without a leader");
}

#[test]
fn m_r16_timers_restarted_by_refused_votes_and_higher_terms() {
    let mean = |settings: Settings| {
        let runs = 200;
        let total: u64 = (1..=runs).map(|seed| downtime(seed, settings.clone())).sum();
        total / runs
    };
    let (sound, postponed) = (mean(Settings::paper()), mean(without(Settings::paper(), Mutant::RestartTimerAnyway)));
    assert!((165_000..200_000).contains(&sound), "{sound}");
    assert!(postponed > sound * 3 / 2, "{postponed} and {sound}");
}

/// Figure 16's set-up: four of five survive, two of them cannot win.
fn downtime(seed: u64, settings: Settings) -> u64 {
    let terms = |length: usize| vec![1; length];
    let mut c = Story::<Raft>::with(5, settings, |opening| {
        opening.seed = seed;
        opening.wires.latency = (1_500, 3_000);
        opening.wires.disk = (5 * MILLISECOND, 11 * MILLISECOND);
        opening.disks = (1..=4).map(|node| (n(node), disk(1, None, &terms(usize::from(node))))).collect();
        opening.down = vec![n(5)];
    });
    c.until("a leader", |c| !c.leaders().is_empty());
    // Half a heartbeat interval of the timeouts had passed when the leader died.
    c.now().saturating_sub(ms(75) / 2)
}

#[test]
fn m_r17_without_pre_vote_a_returning_server_deposes_the_leader() {
    let deposed = |guarded: bool| {
        let settings = Settings { pre_vote: guarded, check_quorum: guarded, ..Settings::paper() };
        let mut c = Story::<Raft>::new(5, settings);
        let leader = c.until_elected();
        let other = c.nodes().find(|&node| node != leader).expect("five nodes");
        c.run(ms(300)).isolate(other).run(ms(3_000)).heal().run(ms(1_000));
        let term = |c: &Story<Raft>| c.process(leader).current_term;
        term(&c) > 5
    };
    assert!(deposed(false) && !deposed(true));
}

fn loyal() -> Settings {
    Settings { election_timeout: (ms(150), ms(300)), heartbeat: ms(50), check_quorum: true, ..Settings::paper() }
}

#[test]
fn m_r18_a_server_ahead_in_terms_stays_shut_out() {
    let rejoins = |settings: Settings| {
        let mut c = Story::<Raft>::new(3, settings);
        let leader = c.until_elected();
        let other = c.nodes().find(|&node| node != leader).expect("three nodes");
        c.run(ms(300)).isolate(other).run(ms(2_000)).heal();
        c.within(30 * SECOND, |c| c.standing(other).follows.is_some())
    };
    assert!(rejoins(loyal()));
    assert!(!rejoins(without(loyal(), Mutant::SilentToStaleLeader)), "thirty seconds of campaigning, ignored");
}

#[test]
fn m_r19_a_handover_without_force_is_ignored_by_loyal_voters() {
    let hands_over = |settings: Settings| {
        let mut c = Story::<Raft>::new(3, settings);
        let leader = c.until_elected();
        let target = c.nodes().find(|&node| node != leader).expect("three nodes");
        c.run(ms(300)).act(Fault::Transfer { from: Who::Leader, to: Some(Who::At(target)) });
        c.within(ms(150), |c| c.leaders() == [target])
    };
    assert!(hands_over(loyal()));
    assert!(!hands_over(without(loyal(), Mutant::NoForce)), "not within the deadline of R-25");
}

#[test]
fn m_r20_silence_to_pre_votes_of_a_lower_term() {
    // The leader is dead; the survivors are at terms 3 and 1, and only the lower one can win: its log is better.
    let elects = |settings: Settings| {
        let disks: [(u8, Disk); 2] = [(2, disk(3, None, &[1])), (3, disk(1, None, &[1, 1]))];
        let settings = Settings { pre_vote: true, ..settings };
        let mut c = Story::<Raft>::with(3, settings, |opening| {
            opening.disks = disks.iter().map(|(node, disk)| (n(*node), disk.clone())).collect();
            opening.down = vec![n(1)];
        });
        c.within(30 * SECOND, |c| !c.leaders().is_empty())
    };
    assert!(elects(Settings::paper()));
    assert!(!elects(without(Settings::paper(), Mutant::SilentToLowPreVote)), "thirty seconds without a leader");
}

#[test]
fn m_r21_leading_before_the_own_term_is_on_disk() {
    breaks(Mutant::LeadBeforeWriting, &["one_leader_per_term", "logs_agree", "same_applied"], |settings| {
        let mut c = cluster(5, settings);
        // Server 1's disk lags; the others' do not.
        set_disk(&mut c, 30 * MILLISECOND);
        c.cut(n(1), n(5)).drops("append", None, Some(3)).drops("append", None, Some(4)).hup(n(1));
        set_disk(&mut c, 0);
        c.run(ms(5));
        // If it leads, its entry reaches server 2 only. Then it crashes, and its term with it.
        c.request(n(1), "x").run(ms(5));
        c.dies(1).returns(1);
        c.heal();
        c.only(&[1, 3, 4]).hupped(1).writes(1, "y");
        c.only(&[1, 2, 3]).beats(1).beats(1).beats(1);
        c
    });
}
