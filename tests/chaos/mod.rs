//! Random faults: a seeded monkey at the controls of a world.
#![allow(dead_code)]

use conclave::sim::fault::{By, Fault, Waking, Which, Who};
use conclave::sim::measures::Status;
use conclave::sim::place::Place;
use conclave::sim::property::Verdict;
use conclave::sim::protocol::Protocol;
use conclave::sim::request::Word;
use conclave::sim::rng::Pcg;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::{MILLISECOND, Micros, SECOND};
use conclave::sim::world::{Opening, World};

/// What the monkey may do besides asking.
#[derive(Clone, Copy)]
pub struct Allowed {
    pub crash: bool,
    pub wipe: bool,
    pub pause: bool,
    pub cut: bool,
    pub drift: bool,
    pub resign: bool,
    /// Drop, delay and double single messages.
    pub meddle: bool,
}

impl Allowed {
    pub fn all() -> Allowed {
        Allowed { crash: true, wipe: true, pause: true, cut: true, drift: true, resign: true, meddle: true }
    }
}

pub struct Chaos<P: Protocol> {
    pub world: World<P>,
    chance: Pcg,
    allowed: Allowed,
    /// The mean time between two acts.
    pub pace: Micros,
    /// The chance, in parts per million, that an act is only a request.
    pub asks: u32,
}

impl<P: Protocol> Chaos<P> {
    pub fn new(opening: Opening<P>, seed: u64, allowed: Allowed) -> Chaos<P> {
        let world = World::new(opening);
        Chaos { world, chance: Pcg::new(seed, 99), allowed, pace: 150 * MILLISECOND, asks: 700_000 }
    }

    pub fn run(&mut self, events: u64) {
        while self.world.events() < events {
            let until = self.world.now() + self.chance.between(1, 2 * self.pace);
            self.world.run_until(until);
            self.act();
        }
    }

    fn act(&mut self) {
        let census = self.world.kernel().census;
        let places = census.processes() as u64;
        let place = census.place(self.chance.between(0, places - 1) as usize);
        let who = Who::At(place);
        if self.chance.happens(self.asks) && place.is_node() {
            let fault = if self.chance.happens(500_000) {
                Fault::Request(Word::from_number(self.chance.between(1, 1 << 60)), who)
            } else {
                Fault::Read(Word::default(), who)
            };
            return self.inject(&fault);
        }
        let waking = if self.chance.happens(500_000) { Waking::InboxFirst } else { Waking::TimersFirst };
        let status = self.world.kernel().statuses[census.slot(place)];
        let fault = match (status, self.chance.between(0, 10)) {
            (Status::Down, 0..=4) => Fault::Restart(who),
            (Status::Paused, 0..=4) => Fault::Resume(who, waking),
            (_, 0 | 1) if self.allowed.crash => Fault::Crash(who),
            (_, 2 | 3) if self.allowed.pause => Fault::Pause(who),
            (_, 4) if self.allowed.cut => self.cut(place),
            (_, 5) if self.allowed.cut => Fault::Isolate(who),
            (_, 6) if self.allowed.drift => Fault::Drift(who, self.chance.between(0, 400_000) as i32 - 200_000),
            (_, 7) if self.allowed.resign => Fault::Resign(who),
            (_, 8) if self.allowed.wipe => Fault::Wipe(who),
            (_, 9) if self.allowed.meddle => self.meddle(who),
            _ => Fault::Heal,
        };
        self.inject(&fault);
    }

    fn cut(&mut self, from: Place) -> Fault {
        let census = self.world.kernel().census;
        let other = census.place(self.chance.between(0, census.processes() as u64 - 1) as usize);
        let both = self.chance.happens(500_000);
        Fault::Cut { from: Who::At(from), to: Who::At(other), both }
    }

    fn meddle(&mut self, who: Who) -> Fault {
        let kinds = self.world.kinds().len() as u64;
        let kind = Some(self.chance.between(0, kinds - 1) as u8);
        let to = self.chance.happens(500_000).then_some(who);
        let which = Which::Like { kind, from: None, to };
        match self.chance.between(0, 3) {
            0 => Fault::Drop(which),
            1 => Fault::Delay(which, self.chance.between(1, SECOND)),
            2 => Fault::Duplicate(which),
            _ => Fault::Deliver(which),
        }
    }

    fn inject(&mut self, fault: &Fault) {
        self.world.inject(By::Script, fault);
    }

    /// Mends and restarts everything, then lets this much time pass.
    pub fn recover(&mut self, span: Micros) {
        let census = self.world.kernel().census;
        self.inject(&Fault::Heal);
        for slot in 0..census.processes() {
            let who = Who::At(census.place(slot));
            self.inject(&Fault::Restart(who));
            self.inject(&Fault::Resume(who, Waking::InboxFirst));
            self.inject(&Fault::Drift(who, 0));
        }
        let until = self.world.now() + span;
        self.world.run_until(until);
    }

    #[allow(clippy::print_stdout, reason = "counts to look at, with --nocapture")]
    pub fn report(&self, name: &str) {
        let checks: Vec<String> =
            self.world.properties().iter().map(|p| format!("{} {}", p.promise.id, p.checks)).collect();
        let tenures = self.world.kernel().measures.tenures.len();
        let seconds = self.world.now() / SECOND;
        println!("{name}: {} events, {seconds} s, {tenures} reigns; {}", self.world.events(), checks.join(", "));
    }

    #[track_caller]
    pub fn keeps_its_promises(&self) {
        for property in self.world.properties() {
            assert!(
                !matches!(property.verdict, Verdict::Broken(_)),
                "{} broken: {:?}",
                property.promise.id,
                property.verdict
            );
        }
    }
}
