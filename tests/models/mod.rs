//! Every run of a small cluster, explored: the shipped step functions, told in every order what may be told.
//!
//! What was sent once may arrive at any time, never, or again and again: loss, delay and doubling in one. Writes to disk take no time. A crash
//! and the restart are one step, since whatever was to arrive meanwhile may as well be lost. Random draws only set
//! the spans of timers, and any timer that runs may run out next, so that draws do not matter.
#![allow(dead_code)]

use conclave::sim::effects::{Effect, EffectOf, Effects};
use conclave::sim::place::{Census, Place};
use conclave::sim::protocol::{Disk, Protocol, Ticket, Timer};
use conclave::sim::request::Request;
use conclave::sim::rng::Pcg;
use stateright::{Checker, Model, Property};
use std::collections::VecDeque;
use std::fmt::Debug;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A message that was sent. The fingerprint gives an order, so that the same messages make the same state.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Flight<M> {
    fingerprint: u64,
    pub from: Place,
    pub to: Place,
    pub message: M,
}

/// One state of the whole cluster. `H` is what the properties remember.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Cluster<P: Protocol, H> {
    pub processes: Vec<P>,
    pub disks: Vec<P::Disk>,
    running: Vec<u32>,
    pub flights: Vec<Flight<P::Message>>,
    crashes: u8,
    /// By node: how often a timer may still run out.
    fires: Vec<u8>,
    /// Requests not yet made.
    requests: Vec<(Place, Request)>,
    pub history: H,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Happens {
    Arrives(u64),
    RunsOut(Place, u8),
    CrashesAndRestarts(Place),
    IsAsked(usize),
}

/// What the properties remember of a run.
pub trait Remembers<P: Protocol>: Clone + Eq + Hash + Debug + Default + Send + Sync + 'static {
    /// A record became durable.
    fn saved(&mut self, _by: Place, _record: &<P::Disk as Disk>::Record) {}
    /// After a step of this process.
    fn stepped(&mut self, _by: Place, _process: &P) {}
}

/// A family whose states can be kept anywhere.
pub trait Explorable: Protocol<Settings: Send + Sync, Message: Send + Sync, Disk: Send + Sync> + Send + Sync {}
impl<P: Protocol<Settings: Send + Sync, Message: Send + Sync, Disk: Send + Sync> + Send + Sync> Explorable for P {}

/// What is explored, and how far.
pub struct Exploration<P: Explorable, H: Remembers<P>> {
    pub census: Census,
    pub settings: P::Settings,
    /// Only these timers run out.
    pub timers: Vec<u8>,
    /// By node: how often.
    pub fires: Vec<u8>,
    pub crashes: u8,
    /// Only these crash.
    pub mortal: Vec<Place>,
    pub requests: Vec<(Place, Request)>,
    /// Messages that leave no trace worth exploring are lost at once.
    pub carries: fn(Place, &P::Message) -> bool,
    pub promises: Vec<Property<Exploration<P, H>>>,
}

impl<P: Explorable, H: Remembers<P>> Exploration<P, H> {
    /// Calls a process, then carries out what it asked for as the world does with disks that take no time.
    fn tell(&self, cluster: &mut Cluster<P, H>, node: Place, tell: impl FnOnce(&mut P, &mut Effects<'_, P>)) {
        let slot = self.census.slot(node);
        let mut out: Vec<EffectOf<P>> = Vec::new();
        self.with_hands(&mut cluster.running[slot], &mut 0, &mut out, node, |fx| {
            tell(&mut cluster.processes[slot], fx);
        });
        self.carry_out(cluster, node, out);
    }

    fn with_hands<T>(
        &self,
        running: &mut u32,
        tickets: &mut u32,
        out: &mut Vec<EffectOf<P>>,
        node: Place,
        call: impl FnOnce(&mut Effects<'_, P>) -> T,
    ) -> T {
        let mut chance = Pcg::new(1, 1);
        call(&mut Effects::outside(node, self.census, &self.settings, 0, &mut chance, running, tickets, out))
    }

    fn carry_out(&self, cluster: &mut Cluster<P, H>, node: Place, out: Vec<EffectOf<P>>) {
        let slot = self.census.slot(node);
        let mut durable: VecDeque<Ticket> = VecDeque::new();
        let mut todo = VecDeque::from(out);
        loop {
            while let Some(effect) = todo.pop_front() {
                match effect {
                    Effect::Send { to, message, .. } => cluster.send(node, to, message, self.carries),
                    Effect::Save { record, ticket } => {
                        cluster.disks[slot].apply(&record);
                        cluster.history.saved(node, &record);
                        durable.push_back(ticket);
                    }
                    _ => {}
                }
            }
            let Some(ticket) = durable.pop_front() else { break };
            let mut more = Vec::new();
            // Tickets of one step must differ from those it has still to be told of.
            let mut tickets = durable.back().map_or(ticket.0, |last| last.0);
            let (process, running) = (&mut cluster.processes[slot], &mut cluster.running[slot]);
            self.with_hands(running, &mut tickets, &mut more, node, |fx| process.on_saved(ticket, fx));
            todo.extend(more);
        }
        cluster.history.stepped(node, &cluster.processes[slot]);
    }

    fn boot(&self, cluster: &mut Cluster<P, H>, node: Place) {
        let slot = self.census.slot(node);
        let mut out = Vec::new();
        cluster.running[slot] = 0;
        let mut running = 0;
        let disk = &cluster.disks[slot];
        let process = self.with_hands(&mut running, &mut 0, &mut out, node, |fx| P::boot(disk, fx));
        cluster.running[slot] = running;
        if cluster.processes.len() == slot {
            cluster.processes.push(process);
        } else {
            cluster.processes[slot] = process;
        }
        self.carry_out(cluster, node, out);
    }
}

impl<P: Protocol, H> Cluster<P, H> {
    fn send(&mut self, from: Place, to: Place, message: P::Message, carries: fn(Place, &P::Message) -> bool) {
        if !carries(to, &message) {
            return;
        }
        let mut hasher = DefaultHasher::new();
        (from, to, &message).hash(&mut hasher);
        let fingerprint = hasher.finish();
        // The same message twice is as good as once, since it stays under way.
        if let Err(index) = self.flights.binary_search_by_key(&fingerprint, |flight| flight.fingerprint) {
            self.flights.insert(index, Flight { fingerprint, from, to, message });
        }
    }
}

impl<P: Explorable, H: Remembers<P>> Model for Exploration<P, H> {
    type State = Cluster<P, H>;
    type Action = Happens;

    fn init_states(&self) -> Vec<Cluster<P, H>> {
        let nodes = usize::from(self.census.nodes);
        let mut cluster = Cluster {
            processes: Vec::new(),
            disks: vec![P::Disk::default(); nodes],
            running: vec![0; nodes],
            flights: Vec::new(),
            crashes: self.crashes,
            fires: self.fires.clone(),
            requests: self.requests.clone(),
            history: H::default(),
        };
        for node in self.census.nodes() {
            self.boot(&mut cluster, node);
        }
        vec![cluster]
    }

    fn actions(&self, cluster: &Cluster<P, H>, actions: &mut Vec<Happens>) {
        actions.extend(cluster.flights.iter().map(|flight| Happens::Arrives(flight.fingerprint)));
        for node in self.census.nodes() {
            let slot = self.census.slot(node);
            if cluster.fires[slot] > 0 {
                let runs = |timer: &&u8| cluster.running[slot] & 1 << **timer != 0;
                actions.extend(self.timers.iter().filter(runs).map(|&timer| Happens::RunsOut(node, timer)));
            }
            if cluster.crashes > 0 && self.mortal.contains(&node) {
                actions.push(Happens::CrashesAndRestarts(node));
            }
        }
        actions.extend((0..cluster.requests.len()).map(Happens::IsAsked));
    }

    fn next_state(&self, before: &Cluster<P, H>, action: Happens) -> Option<Cluster<P, H>> {
        let mut cluster = before.clone();
        match action {
            Happens::Arrives(fingerprint) => {
                let flight = before.flights.iter().find(|flight| flight.fingerprint == fingerprint)?;
                let Flight { from, to, message, .. } = flight.clone();
                self.tell(&mut cluster, to, |process, fx| process.on_message(from, message, fx));
            }
            Happens::RunsOut(node, timer) => {
                let slot = self.census.slot(node);
                cluster.fires[slot] -= 1;
                cluster.running[slot] &= !(1 << timer);
                self.tell(&mut cluster, node, |process, fx| process.on_timer(P::Timer::from_number(timer), fx));
            }
            Happens::CrashesAndRestarts(node) => {
                cluster.crashes -= 1;
                self.boot(&mut cluster, node);
            }
            Happens::IsAsked(index) => {
                let (node, request) = cluster.requests.remove(index);
                self.tell(&mut cluster, node, |process, fx| process.on_request(index as u32 + 1, request, fx));
            }
        }
        (cluster != *before).then_some(cluster)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        self.promises.clone()
    }
}

/// Explores everything within the bound, on one core; prints the bound and how much that was.
#[allow(clippy::print_stdout, reason = "how much was explored is for people to see")]
pub fn explore<P: Explorable, H: Remembers<P>>(
    bound: &str,
    exploration: Exploration<P, H>,
) -> impl Checker<Exploration<P, H>> + use<P, H> {
    let checker = exploration.checker().threads(1).spawn_dfs().join();
    println!(
        "{bound}: {} different states of {} reached, at most {} steps deep",
        checker.unique_state_count(),
        checker.state_count(),
        checker.max_depth()
    );
    checker
}
