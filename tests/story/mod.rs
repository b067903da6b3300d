//! A cluster in a test, addressed by role: `let old = c.until_elected(); c.isolate(old); let new = c.until_elected();`
//! Every story also judges the family's promises after every event.
#![allow(dead_code)]

use conclave::sim::event::What;
use conclave::sim::fault::{By, Fault, Waking, Which, Who};
use conclave::sim::measures::Status;
use conclave::sim::place::Place;
use conclave::sim::property::Verdict;
use conclave::sim::protocol::Protocol;
use conclave::sim::reign::{Role, Standing};
use conclave::sim::request::Word;
use conclave::sim::settings::Value;
use conclave::sim::simulation::Simulation;
use conclave::sim::time::{MILLISECOND, Micros, SECOND};
use conclave::sim::world::{Opening, World};

/// How long a story waits for something before it fails.
pub const PATIENCE: Micros = 600 * SECOND;

pub fn ms(milliseconds: u64) -> Micros {
    milliseconds * MILLISECOND
}

pub fn n(number: u8) -> Place {
    Place::Node(number)
}

pub struct Story<P: Protocol> {
    pub world: World<P>,
}

impl<P: Protocol> Story<P> {
    /// A cluster with everything at its default but these settings; exact latency of 10 ms, instant disks.
    pub fn new(nodes: u8, settings: P::Settings) -> Story<P> {
        Story::with(nodes, settings, |_| ())
    }

    /// The same, after `change` has seen the opening.
    pub fn with(nodes: u8, settings: P::Settings, change: impl FnOnce(&mut Opening<P>)) -> Story<P> {
        let mut opening = Opening::new(nodes, 1, settings);
        opening.wires.latency = (ms(10), ms(10));
        change(&mut opening);
        let mut world = World::new(opening);
        world.keep_history(1 << 20);
        Story { world }
    }

    // ---- looking ----------------------------------------------------------------------------------------

    pub fn now(&self) -> Micros {
        self.world.now()
    }

    pub fn standing(&self, place: Place) -> Standing {
        let kernel = self.world.kernel();
        kernel.standings[kernel.census.slot(place)]
    }

    pub fn role(&self, place: Place) -> Role {
        self.standing(place).role
    }

    pub fn status(&self, place: Place) -> Status {
        let kernel = self.world.kernel();
        kernel.statuses[kernel.census.slot(place)]
    }

    pub fn process(&self, place: Place) -> &P {
        self.world.process(place).unwrap_or_else(|| panic!("{place} is down"))
    }

    pub fn nodes(&self) -> impl Iterator<Item = Place> + use<P> {
        self.world.kernel().census.nodes()
    }

    /// Live nodes that believe they lead.
    pub fn leaders(&self) -> Vec<Place> {
        self.nodes().filter(|&node| self.status(node) != Status::Down && self.role(node) == Role::Leader).collect()
    }

    /// The one the role names now.
    pub fn who(&self, who: Who) -> Place {
        self.world.kernel().resolve(who).unwrap_or_else(|| panic!("nobody is {who:?} at {} us", self.now()))
    }

    /// How many messages of this kind were sent so far.
    pub fn sent(&self, kind: &str) -> u64 {
        self.world.kernel().tallies[usize::from(self.kind(kind))].sent
    }

    pub fn kind(&self, id: &str) -> u8 {
        let kinds = self.world.kinds();
        kinds.iter().position(|kind| kind.id == id).unwrap_or_else(|| panic!("no kind {id}")) as u8
    }

    /// How often this was told, such as `"committed"`.
    pub fn told(&self, id: &str) -> usize {
        let told = |what: &What| matches!(what, What::Told(tale) if tale.id == id);
        self.world.history().events().filter(|event| told(&event.what)).count()
    }

    /// How often an event gave this reason.
    pub fn reasons(&self, id: &str) -> usize {
        self.world.history().events().filter(|event| event.reason.is_some_and(|reason| reason.0 == id)).count()
    }

    /// Ids of promises that are broken now.
    pub fn broken(&self) -> Vec<&'static str> {
        let broken =
            |verdict: &Verdict| matches!(verdict, Verdict::Broken(_) | Verdict::Withdrawn { then: Some(_), .. });
        self.world.properties().iter().filter(|p| broken(&p.verdict)).map(|p| p.promise.id).collect()
    }

    #[track_caller]
    pub fn keeps_its_promises(&self) {
        assert_eq!(self.broken(), Vec::<&str>::new(), "broken at {} us", self.now());
    }

    // ---- time -------------------------------------------------------------------------------------------

    pub fn run(&mut self, span: Micros) -> &mut Self {
        let until = self.now() + span;
        self.world.run_until(until);
        self
    }

    /// Steps until `reached`; fails after [`PATIENCE`].
    #[track_caller]
    pub fn until(&mut self, what: &str, mut reached: impl FnMut(&Self) -> bool) {
        let deadline = self.now() + PATIENCE;
        while !reached(self) {
            match self.world.next_event_at() {
                Some(at) if at <= deadline => self.world.step(),
                _ => panic!("waited in vain for: {what}"),
            };
        }
    }

    /// True if `reached` became true within the span; otherwise the span has passed.
    pub fn within(&mut self, span: Micros, mut reached: impl FnMut(&Self) -> bool) -> bool {
        let deadline = self.now() + span;
        loop {
            if reached(self) {
                return true;
            }
            match self.world.next_event_at() {
                Some(at) if at <= deadline => self.world.step(),
                _ => {
                    self.world.wait_until(deadline);
                    return false;
                }
            };
        }
    }

    /// Until a live, unpaused leader is followed by a majority; returns it.
    #[track_caller]
    pub fn until_elected(&mut self) -> Place {
        self.until("a leader that a majority follows", |story| story.world.kernel().measures.majority_is_led());
        self.who(Who::Leader)
    }

    /// Delivers everything that flies, without letting more than `span` pass.
    pub fn drain(&mut self, span: Micros) -> &mut Self {
        self.run(span)
    }

    // ---- acting -----------------------------------------------------------------------------------------

    pub fn act(&mut self, fault: Fault) -> &mut Self {
        self.world.inject(By::Script, &fault);
        self
    }

    pub fn crash(&mut self, node: Place) -> &mut Self {
        self.act(Fault::Crash(Who::At(node)))
    }

    pub fn restart(&mut self, node: Place) -> &mut Self {
        self.act(Fault::Restart(Who::At(node)))
    }

    pub fn wipe(&mut self, node: Place) -> &mut Self {
        self.act(Fault::Wipe(Who::At(node)))
    }

    pub fn pause(&mut self, node: Place) -> &mut Self {
        self.act(Fault::Pause(Who::At(node)))
    }

    pub fn resume(&mut self, node: Place, waking: Waking) -> &mut Self {
        self.act(Fault::Resume(Who::At(node), waking))
    }

    pub fn isolate(&mut self, node: Place) -> &mut Self {
        self.act(Fault::Isolate(Who::At(node)))
    }

    pub fn cut(&mut self, from: Place, to: Place) -> &mut Self {
        self.act(Fault::Cut { from: Who::At(from), to: Who::At(to), both: true })
    }

    pub fn cut_one_way(&mut self, from: Place, to: Place) -> &mut Self {
        self.act(Fault::Cut { from: Who::At(from), to: Who::At(to), both: false })
    }

    pub fn partition(&mut self, groups: &[&[u8]]) -> &mut Self {
        let side = |group: &&[u8]| group.iter().map(|&number| Who::At(n(number))).collect();
        self.act(Fault::Partition(groups.iter().map(side).collect()))
    }

    pub fn heal(&mut self) -> &mut Self {
        self.act(Fault::Heal)
    }

    /// Its election timer runs out now.
    pub fn hup(&mut self, node: Place) -> &mut Self {
        self.act(Fault::TimeOutNow(Who::At(node)))
    }

    pub fn request(&mut self, of: Place, word: &str) -> &mut Self {
        self.act(Fault::Request(Word::new(word).expect("at most eight bytes"), Who::At(of)))
    }

    pub fn read(&mut self, of: Place) -> &mut Self {
        self.act(Fault::Read(Word::default(), Who::At(of)))
    }

    /// Drops every message of this kind from now on, until the next heal.
    pub fn drop_kind(&mut self, kind: &str) -> &mut Self {
        let kind = Some(self.kind(kind));
        self.act(Fault::Drop(Which::Every { kind, from: None, to: None }))
    }

    pub fn tune(&mut self, key: u8, value: Value) -> &mut Self {
        self.act(Fault::Tune(conclave::sim::fault::Scope::Protocol, key, value))
    }
}
