//! Every run of a small cluster, explored: the shipped step functions, told in every order what may be told.
//!
//! What was sent once may arrive at any time, never, or again and again: loss, delay and doubling in one. Writes to disk take no time. A crash
//! and the restart are one step, since whatever was to arrive meanwhile may as well be lost. Random draws only set
//! the spans of timers, and any timer that runs may run out next, so that draws do not matter.
//!
//! Over connections ([`Wires::InOrder`]) what was sent on one arrives in order and once, until a crash breaks it. Then
//! time may pass in leaps, so that sessions end, and draws name things: each node has a stream of its own.
#![allow(dead_code)]

use conclave::sim::effects::{Effect, EffectOf, Effects};
use conclave::sim::place::{Census, Place};
use conclave::sim::protocol::{Disk, LinkChange, Protocol, Ticket, Timer};
use conclave::sim::request::Request;
use conclave::sim::rng::Pcg;
use conclave::sim::time::Micros;
use stateright::{Checker, HasDiscoveries, Model, Property};
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
    /// How many of the moments have come.
    moment: u8,
    /// By slot: how many steps drew a number, where that matters.
    draws: Vec<u8>,
    pub history: H,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Happens {
    Arrives(u64),
    /// The next moment comes.
    TimePasses,
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

/// How messages travel.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wires {
    /// Lost, doubled and late.
    Loose,
    /// In order and once, on connections that a crash breaks visibly.
    InOrder,
}

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
    pub wires: Wires,
    /// Messages that take no time: who else is told of anything sees them done.
    pub at_once: fn(&Flight<P::Message>) -> bool,
    /// By slot; empty ones for those not named.
    pub seeded: Vec<P::Disk>,
    /// What the clocks show in turn; the first is where the run starts.
    pub moments: Vec<Micros>,
    /// Brings the cluster to where the exploration starts.
    pub prelude: fn(&Exploration<P, H>, &mut Cluster<P, H>),
    pub promises: Vec<Property<Exploration<P, H>>>,
}

impl<P: Explorable, H: Remembers<P>> Exploration<P, H> {
    /// Calls a process, then carries out what it asked for as the world does with disks that take no time.
    fn tell(&self, cluster: &mut Cluster<P, H>, node: Place, tell: impl FnOnce(&mut P, &mut Effects<'_, P>)) {
        let slot = self.census.slot(node);
        let mut out: Vec<EffectOf<P>> = Vec::new();
        let mut chance = self.chance(cluster, slot);
        let fresh = chance;
        let hands = (self.now(cluster), &mut chance);
        self.with_hands(hands, &mut cluster.running[slot], &mut 0, &mut out, node, |fx| {
            tell(&mut cluster.processes[slot], fx);
        });
        self.count_draws(cluster, slot, chance != fresh);
        self.carry_out(cluster, node, out);
        self.deliver_at_once(cluster);
    }

    fn now(&self, cluster: &Cluster<P, H>) -> Micros {
        self.moments.get(usize::from(cluster.moment)).copied().unwrap_or(0)
    }

    fn chance(&self, cluster: &Cluster<P, H>, slot: usize) -> Pcg {
        Pcg::new(1 + u64::from(cluster.draws[slot]), slot as u64)
    }

    /// Where draws only set spans they are no part of the state.
    fn count_draws(&self, cluster: &mut Cluster<P, H>, slot: usize, drew: bool) {
        cluster.draws[slot] += u8::from(drew && self.wires == Wires::InOrder);
    }

    fn deliver_at_once(&self, cluster: &mut Cluster<P, H>) {
        while let Some(index) = cluster.flights.iter().position(self.at_once) {
            let Flight { from, to, message, .. } = cluster.flights.remove(index);
            self.tell_message(cluster, from, to, message);
        }
    }

    fn tell_message(&self, cluster: &mut Cluster<P, H>, from: Place, to: Place, message: P::Message) {
        self.tell(cluster, to, |process, fx| process.on_message(from, message, fx));
    }

    /// Delivers everything between these, in one order, until nothing flies there.
    pub fn settle(&self, cluster: &mut Cluster<P, H>, among: &[Place]) {
        let is_among = |flight: &Flight<P::Message>| among.contains(&flight.from) && among.contains(&flight.to);
        while let Some(index) = cluster.flights.iter().position(is_among) {
            let Flight { from, to, message, .. } = cluster.flights.remove(index);
            self.tell_message(cluster, from, to, message);
        }
    }

    /// A timer runs out, if it runs.
    pub fn run_out(&self, cluster: &mut Cluster<P, H>, node: Place, timer: u8) {
        let slot = self.census.slot(node);
        if cluster.running[slot] & 1 << timer != 0 {
            cluster.running[slot] &= !(1 << timer);
            self.tell(cluster, node, |process, fx| process.on_timer(P::Timer::from_number(timer), fx));
        }
    }

    /// What is under way next on each connection.
    fn arriving<'a>(&self, cluster: &'a Cluster<P, H>) -> impl Iterator<Item = &'a Flight<P::Message>> {
        let in_order = self.wires == Wires::InOrder;
        cluster.flights.iter().enumerate().filter_map(move |(index, flight)| {
            let before = &cluster.flights[..index];
            let waits = in_order && before.iter().any(|other| (other.from, other.to) == (flight.from, flight.to));
            (!waits).then_some(flight)
        })
    }

    /// A process dies with its connections, and starts again.
    fn crash_and_restart(&self, cluster: &mut Cluster<P, H>, node: Place) {
        let others: Vec<Place> = self.census.all().filter(|&other| other != node && other != Place::Store).collect();
        if self.wires == Wires::InOrder {
            cluster.flights.retain(|flight| flight.from != node && flight.to != node);
            for &other in &others {
                self.tell(cluster, other, |process, fx| process.on_link(node, LinkChange::Down, fx));
            }
            // What was sent to the dead found nobody.
            cluster.flights.retain(|flight| flight.to != node);
        }
        self.boot(cluster, node);
        if self.wires == Wires::InOrder {
            for &other in &others {
                self.tell(cluster, other, |process, fx| process.on_link(node, LinkChange::Up, fx));
            }
        }
    }

    fn with_hands<T>(
        &self,
        (now, chance): (Micros, &mut Pcg),
        running: &mut u32,
        tickets: &mut u32,
        out: &mut Vec<EffectOf<P>>,
        node: Place,
        call: impl FnOnce(&mut Effects<'_, P>) -> T,
    ) -> T {
        call(&mut Effects::outside(node, self.census, &self.settings, now, chance, running, tickets, out))
    }

    fn carry_out(&self, cluster: &mut Cluster<P, H>, node: Place, out: Vec<EffectOf<P>>) {
        let slot = self.census.slot(node);
        let mut durable: VecDeque<Ticket> = VecDeque::new();
        let mut todo = VecDeque::from(out);
        loop {
            while let Some(effect) = todo.pop_front() {
                match effect {
                    Effect::Send { to, message, .. } => cluster.send(node, to, message, self.carries, self.wires),
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
            let mut chance = self.chance(cluster, slot);
            let fresh = chance;
            let hands = (self.now(cluster), &mut chance);
            let (process, running) = (&mut cluster.processes[slot], &mut cluster.running[slot]);
            self.with_hands(hands, running, &mut tickets, &mut more, node, |fx| process.on_saved(ticket, fx));
            self.count_draws(cluster, slot, chance != fresh);
            todo.extend(more);
        }
        cluster.history.stepped(node, &cluster.processes[slot]);
    }

    fn boot(&self, cluster: &mut Cluster<P, H>, node: Place) {
        let slot = self.census.slot(node);
        let mut out = Vec::new();
        cluster.running[slot] = 0;
        let mut running = 0;
        let mut chance = self.chance(cluster, slot);
        let fresh = chance;
        let hands = (self.now(cluster), &mut chance);
        let disk = &cluster.disks[slot];
        let process = self.with_hands(hands, &mut running, &mut 0, &mut out, node, |fx| P::boot(disk, fx));
        self.count_draws(cluster, slot, chance != fresh);
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
    fn send(
        &mut self,
        from: Place,
        to: Place,
        message: P::Message,
        carries: fn(Place, &P::Message) -> bool,
        wires: Wires,
    ) {
        if !carries(to, &message) {
            return;
        }
        let mut hasher = DefaultHasher::new();
        (from, to, &message).hash(&mut hasher);
        if wires == Wires::InOrder {
            // By connection, so that the order of sends on different ones makes no difference.
            let fingerprint = 1000 * u64::from(from.code()) + u64::from(to.code());
            let after = self.flights.partition_point(|flight| flight.fingerprint <= fingerprint);
            return self.flights.insert(after, Flight { fingerprint, from, to, message });
        }
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
        let places = self.census.processes();
        let mut cluster = Cluster {
            processes: Vec::new(),
            disks: (0..places).map(|slot| self.seeded.get(slot).cloned().unwrap_or_default()).collect(),
            running: vec![0; places],
            flights: Vec::new(),
            crashes: self.crashes,
            fires: self.fires.clone(),
            requests: self.requests.clone(),
            moment: 0,
            draws: vec![0; places],
            history: H::default(),
        };
        for slot in 0..places {
            self.boot(&mut cluster, self.census.place(slot));
        }
        (self.prelude)(self, &mut cluster);
        vec![cluster]
    }

    fn actions(&self, cluster: &Cluster<P, H>, actions: &mut Vec<Happens>) {
        actions.extend(self.arriving(cluster).map(|flight| Happens::Arrives(flight.fingerprint)));
        if usize::from(cluster.moment) + 1 < self.moments.len() {
            actions.push(Happens::TimePasses);
        }
        for slot in 0..self.census.processes() {
            let node = self.census.place(slot);
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
                let index = before.flights.iter().position(|flight| flight.fingerprint == fingerprint)?;
                let Flight { from, to, message, .. } = before.flights[index].clone();
                if self.wires == Wires::InOrder {
                    cluster.flights.remove(index);
                }
                self.tell_message(&mut cluster, from, to, message);
            }
            Happens::TimePasses => cluster.moment += 1,
            Happens::RunsOut(node, timer) => {
                cluster.fires[self.census.slot(node)] -= 1;
                self.run_out(&mut cluster, node, timer);
            }
            Happens::CrashesAndRestarts(node) => {
                cluster.crashes -= 1;
                self.crash_and_restart(&mut cluster, node);
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

impl<P: Explorable, H: Remembers<P>> Exploration<P, H> {
    /// Nodes on loose wires, from their first start, at one moment; nothing may happen yet and nothing is promised.
    pub fn of(nodes: u8, settings: P::Settings) -> Exploration<P, H> {
        let census = Census { nodes, servers: P::servers(&settings) };
        Exploration {
            census,
            settings,
            timers: Vec::new(),
            fires: vec![0; census.processes()],
            crashes: 0,
            mortal: Vec::new(),
            requests: Vec::new(),
            carries: |_, _| true,
            wires: Wires::Loose,
            at_once: |_| false,
            seeded: Vec::new(),
            moments: Vec::new(),
            prelude: |_, _| (),
            promises: Vec::new(),
        }
    }
}

/// Explores everything within the bound, on one core; prints the bound and how much that was.
#[allow(clippy::print_stdout, reason = "how much was explored is for people to see")]
pub fn explore<P: Explorable, H: Remembers<P>>(
    bound: &str,
    exploration: Exploration<P, H>,
) -> impl Checker<Exploration<P, H>> + use<P, H> {
    let checker = exploration.checker().threads(1).finish_when(HasDiscoveries::AnyFailures).spawn_dfs().join();
    println!(
        "{bound}: {} different states of {} reached, at most {} steps deep",
        checker.unique_state_count(),
        checker.state_count(),
        checker.max_depth()
    );
    checker
}
