//! A million events of everything that may befall a cluster, but a lost disk: no promise breaks.
#![cfg(not(target_arch = "wasm32"))]

use conclave::protocols::raft::{Raft, Settings};
use conclave::sim::fault::{By, Fault, LinkWires, Scope, Waking, Which, Who};
use conclave::sim::place::Place;
use conclave::sim::property::Verdict;
use conclave::sim::request::Word;
use conclave::sim::rng::Pcg;
use conclave::sim::settings::Value;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::{MILLISECOND, Micros};
use conclave::sim::world::{Opening, World};

const MS: Micros = MILLISECOND;

struct Storm {
    world: World<Raft>,
    chance: Pcg,
    elections: u64,
}

impl Storm {
    fn new(nodes: u8, seed: u64, settings: Settings) -> Storm {
        let mut opening = Opening::<Raft>::new(nodes, seed, settings);
        opening.wires.latency = (5 * MS, 25 * MS);
        opening.wires.tail_chance = 5_000;
        opening.wires.loss = 20_000;
        opening.wires.duplicate = 20_000;
        opening.wires.disk = (MS, 12 * MS);
        opening.pauses.every = 20_000 * MS;
        Storm { world: World::new(opening), chance: Pcg::new(seed, 99), elections: 0 }
    }

    fn between(&mut self, low: u64, high: u64) -> u64 {
        self.chance.between(low, high)
    }

    fn place(&mut self) -> Who {
        let nodes = u64::from(self.world.kernel().census.nodes);
        match self.between(0, 5) {
            0 => Who::Leader,
            1 => Who::OldLeader,
            _ => Who::At(Place::Node(self.between(1, nodes) as u8)),
        }
    }

    fn fault(&mut self) -> Fault {
        let (who, other) = (self.place(), self.place());
        let which = Which::Like { kind: None, from: Some(who), to: None };
        match self.between(0, 44) {
            0 => Fault::Crash(who),
            1..=2 => Fault::Restart(who),
            4 => Fault::Pause(who),
            3 | 5..=7 => Fault::Resume(who, Waking::Either),
            8 => Fault::Cut { from: who, to: other, both: false },
            9 => Fault::Cut { from: who, to: other, both: true },
            10 => Fault::Isolate(who),
            11 => Fault::Rejoin(who),
            12 => Fault::Partition(vec![vec![who], vec![other]]),
            13 => Fault::Heal,
            16 => Fault::Drop(which),
            17 => Fault::Duplicate(which),
            18 => Fault::Delay(which, 300 * MS),
            19 => Fault::Deliver(which),
            20 => Fault::Drift(who, self.between(0, 400_000) as i32 - 200_000),
            21..=24 => Fault::Request(Word::from_number(self.between(1, 1 << 40)), Who::Leader),
            25 => Fault::Request(Word::from_number(self.between(1, 1 << 40)), who),
            26 => Fault::Read(Word::default(), who),
            27..=30 => Fault::Read(Word::default(), Who::Leader),
            31..=35 => Fault::Heal,
            36 => Fault::TimeOutNow(who),
            37 => Fault::Transfer { from: Who::Leader, to: Some(other) },
            38 => Fault::Resign(who),
            39 => Fault::ForgetLeader(who),
            40 => {
                let slow = LinkWires { latency: Some((20 * MS, 120 * MS)), loss: Some(200_000) };
                let wires = if self.between(0, 1) == 0 { slow } else { LinkWires::default() };
                Fault::Rewire { from: who, to: other, both: false, wires }
            }
            41 => Fault::Tune(Scope::Protocol, self.between(3, 7) as u8, Value::Switch(self.between(0, 1) == 0)),
            _ => Fault::Restart(who),
        }
    }

    fn blow(&mut self, steps: u64) {
        while self.world.kernel().steps < steps {
            let fault = self.fault();
            self.world.inject(By::Script, &fault);
            for _ in 0..self.between(1, 60) {
                self.world.step();
            }
            self.keeps_its_promises();
        }
        self.elections += self.world.kernel().measures.tenures.len() as u64;
    }

    #[track_caller]
    fn keeps_its_promises(&self) {
        let broken = self.world.properties().iter().find(|p| matches!(p.verdict, Verdict::Broken(_)));
        assert!(broken.is_none(), "seed {}: {broken:?}", self.world.kernel().seed);
    }

    /// Everything is repaired: then a leader comes, and it serves.
    fn calms_down(&mut self) {
        let census = self.world.kernel().census;
        self.world.inject(By::Script, &Fault::Heal);
        for node in census.nodes() {
            for fault in [
                Fault::Restart(Who::At(node)),
                Fault::Resume(Who::At(node), Waking::Either),
                Fault::Drift(Who::At(node), 0),
            ] {
                self.world.inject(By::Script, &fault);
            }
        }
        let until = self.world.now() + 60_000 * MS;
        while !self.world.kernel().measures.majority_is_led() {
            assert!(self.world.now() < until, "nobody leads a minute after everything was repaired");
            self.world.step();
        }
    }
}

fn storm(nodes: u8, seed: u64, settings: Settings, events: u64) {
    let mut storm = Storm::new(nodes, seed, settings);
    storm.blow(events);
    storm.calms_down();
    assert!(storm.elections > 100, "only {} elections", storm.elections);
    for property in storm.world.properties().iter().filter(|p| p.promise.promised) {
        assert!(property.checks > 100, "{} was hardly tested: {}", property.promise.id, property.checks);
    }
}

#[test]
fn no_promise_breaks_under_the_papers_settings() {
    storm(5, 1, Settings::paper(), 1_000_000);
}

#[test]
fn no_promise_breaks_with_three_servers() {
    storm(3, 2, Settings::paper(), 300_000);
}

#[test]
fn no_promise_breaks_with_pre_vote_and_check_quorum() {
    storm(5, 3, Settings { pre_vote: true, check_quorum: true, ..Settings::paper() }, 1_000_000);
}

#[test]
fn no_promise_breaks_under_etcds_settings() {
    storm(5, 4, Settings::etcd(), 300_000);
}
