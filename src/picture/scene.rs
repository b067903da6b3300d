//! What is to be drawn, taken from a world: plain facts that change only when something happened.
//! Whatever moves with time alone (rings, messages) is in [`super::motion`].

use super::bench::{BenchFacts, bench_facts};
use super::queue::{QueueFacts, queue_facts};
use crate::sim::fault::Fault;
use crate::sim::inspection::{Cell, Inspection, Ring, Row, Shown, Slip};
use crate::sim::measures::Status;
use crate::sim::place::Place;
use crate::sim::reign::{Role, Standing, Token};
use crate::sim::simulation::Simulation;
use crate::sim::store::Job;
use crate::sim::time::Micros;

/// How many cells a strip shows before it only counts.
pub const CELLS: usize = 7;

/// One place as the picture needs it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NodeFacts {
    pub place: Option<Place>,
    pub status: Status,
    pub standing: Standing,
    /// What it believed when it crashed, if it led.
    pub line: Option<(&'static str, Shown)>,
    /// What is told below it, beside what is unusual.
    pub caption: Vec<(&'static str, Shown)>,
    pub slip: Option<Slip>,
    /// The newest cells, oldest first.
    pub strip: Vec<Cell>,
    /// How many older ones there are.
    pub strip_hidden: u64,
    pub card: Vec<Row>,
    pub waits_for: Vec<Place>,
    pub wiped: bool,
    pub cut_off: bool,
    /// Since when it has been down or paused.
    pub since: Micros,
    /// Parts per million.
    pub drift: i32,
    /// Messages that wait for it to wake.
    pub inbox: usize,
    /// Who follows it, while it leads and not everybody does.
    pub followed_by: Option<Vec<Place>>,
    /// The timer that its ring shows.
    pub timer: Option<&'static str>,
    /// The token it writes with, while it leads and works.
    pub token: Option<Token>,
    /// Counted on its own bench: how many, of how many needed.
    pub counted: Option<(u8, u8)>,
}

/// One link, the lower place first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LinkFacts {
    pub a: Place,
    pub b: Place,
    pub cut_there: bool,
    pub cut_back: bool,
    pub slow: bool,
    pub lossy: bool,
}

/// The groups of a partition, and when it was made.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PartitionFacts {
    pub groups: Vec<Vec<Place>>,
    pub since: Option<Micros>,
}

/// The whole picture at one instant.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scene {
    pub nodes: Vec<NodeFacts>,
    pub rings: Vec<Option<Ring>>,
    pub links: Vec<LinkFacts>,
    pub partition: PartitionFacts,
    pub bench: Option<BenchFacts>,
    pub queue: QueueFacts,
}

impl Scene {
    pub fn of(sim: &dyn Simulation) -> Scene {
        let pages: Vec<Inspection> = processes(sim).map(|place| sim.inspect(place)).collect();
        let nodes = processes(sim).zip(&pages).map(|(place, page)| node_facts(sim, place, page)).collect();
        let kernel = sim.kernel();
        let servers: Vec<_> = processes(sim)
            .zip(&pages)
            .filter(|(place, _)| !place.is_node())
            .map(|(place, page)| (place, kernel.statuses[kernel.census.slot(place)], page))
            .collect();
        Scene {
            queue: queue_facts(&servers),
            nodes,
            rings: pages.iter().map(|page| page.ring).collect(),
            links: link_facts(sim),
            partition: partition_facts(sim),
            bench: bench_facts(sim, &pages),
        }
    }
}

/// Every place that runs a process: nodes, then servers.
pub fn processes(sim: &dyn Simulation) -> impl Iterator<Item = Place> + use<> {
    let census = sim.kernel().census;
    (0..census.processes()).map(move |slot| census.place(slot))
}

pub fn node_facts(sim: &dyn Simulation, place: Place, page: &Inspection) -> NodeFacts {
    let kernel = sim.kernel();
    let slot = kernel.census.slot(place);
    let (body, status) = (&kernel.bodies[slot], kernel.statuses[slot]);
    let hidden = page.strip.len().saturating_sub(CELLS);
    let is_down = status == Status::Down;
    NodeFacts {
        place: Some(place),
        status,
        standing: if is_down { Standing { reign: page.standing.reign, ..Standing::default() } } else { page.standing },
        line: page.line.clone(),
        caption: if is_down { Vec::new() } else { page.caption.clone() },
        slip: page.slip,
        strip: page.strip[hidden..].to_vec(),
        strip_hidden: page.strip_start.saturating_sub(1) + hidden as u64,
        card: page.card.clone(),
        waits_for: if is_down { Vec::new() } else { page.waits_for.clone() },
        wiped: body.wiped,
        cut_off: is_cut_off(sim, place),
        since: if status == Status::Up { 0 } else { body.since },
        drift: kernel.drift(slot),
        inbox: body.inbox.len(),
        followed_by: followed_by(sim, place),
        timer: page.ring.and_then(|ring| sim.timer_names().get(usize::from(ring.timer)).copied()),
        token: kernel.clerks.get(slot).and_then(|clerk| clerk.token).filter(|_| works(sim, slot)),
        counted: page.bench.as_ref().map(|bench| (super::bench::taken(bench), bench.needed)),
    }
}

/// Leads, and writes to the store.
fn works(sim: &dyn Simulation, slot: usize) -> bool {
    let kernel = sim.kernel();
    kernel.work.job != Job::None && kernel.statuses[slot] != Status::Down && kernel.standings[slot].role == Role::Leader
}

/// Nothing it sends arrives, nothing it is sent arrives.
fn is_cut_off(sim: &dyn Simulation, place: Place) -> bool {
    let network = &sim.kernel().network;
    let mut others = processes(sim).filter(|&other| other != place).peekable();
    others.peek().is_some() && others.all(|other| network.is_cut(place, other) && network.is_cut(other, place))
}

/// The followers of a leader, unless everybody that is up follows it.
fn followed_by(sim: &dyn Simulation, place: Place) -> Option<Vec<Place>> {
    let kernel = sim.kernel();
    let slot = kernel.census.slot(place);
    // Clients of a service wait for their turn: they follow nobody's reign.
    if kernel.census.servers > 0
        || !place.is_node()
        || kernel.standings[slot].role != Role::Leader
        || kernel.statuses[slot] == Status::Down
    {
        return None;
    }
    let follows = |other: &Place| {
        let slot_of = kernel.census.slot(*other);
        kernel.statuses[slot_of] != Status::Down
            && kernel.standings[slot_of].follows == Some(place)
            && kernel.standings[slot_of].reign == kernel.standings[slot].reign
    };
    let others = || kernel.census.nodes().filter(|&other| other != place);
    let followers: Vec<Place> = others().filter(follows).collect();
    (followers.len() < others().count()).then_some(followers)
}

pub fn link_facts(sim: &dyn Simulation) -> Vec<LinkFacts> {
    let kernel = sim.kernel();
    let normal = kernel.network.wires.latency.1;
    let places: Vec<Place> = processes(sim).collect();
    let mut links = Vec::new();
    for (index, &a) in places.iter().enumerate() {
        for &b in &places[index + 1..] {
            let (there, back) = (kernel.network.link(a, b), kernel.network.link(b, a));
            let is_slow = |wires: crate::sim::fault::LinkWires| wires.latency.is_some_and(|(_, high)| high > normal);
            let is_lossy = |wires: crate::sim::fault::LinkWires| wires.loss.is_some_and(|loss| loss > 0);
            links.push(LinkFacts {
                a,
                b,
                cut_there: there.cut,
                cut_back: back.cut,
                slow: is_slow(there.wires) || is_slow(back.wires),
                lossy: is_lossy(there.wires) || is_lossy(back.wires),
            });
        }
    }
    links
}

pub fn partition_facts(sim: &dyn Simulation) -> PartitionFacts {
    let groups = sim.kernel().network.groups.clone();
    if groups.is_empty() {
        return PartitionFacts::default();
    }
    let now = sim.now();
    let acts = sim.history().acts.iter().rev();
    let made = acts.filter(|act| act.at <= now).find(|act| matches!(act.fault, Fault::Partition(_)));
    PartitionFacts { groups, since: made.map(|act| act.at) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::bench::Sits;
    use crate::scenarios::algorithm::Algorithm;
    use crate::scenarios::scenario::Scenario;
    use crate::sim::fault::{By, LinkWires, Who};
    use crate::sim::time::{MILLISECOND, SECOND};

    fn led_cluster() -> (Box<dyn Simulation>, Place) {
        let raft = Algorithm::by_id("raft").expect("raft");
        let mut sim = Scenario::new(raft).open_with_history(1_000).expect("opens");
        sim.run_until(3 * SECOND);
        let leader = sim.kernel().resolve(Who::Leader).expect("a leader");
        (sim, leader)
    }

    fn facts(scene: &Scene, place: Place) -> &NodeFacts {
        scene.nodes.iter().find(|facts| facts.place == Some(place)).expect("that node")
    }

    #[test]
    fn a_leader_is_heard_by_a_majority_and_followed_by_all() {
        let (sim, leader) = led_cluster();
        let scene = Scene::of(sim.as_ref());
        assert_eq!(facts(&scene, leader).standing.role, Role::Leader);
        assert_eq!(facts(&scene, leader).followed_by, None, "nothing unusual to tell");
        let bench = scene.bench.expect("a bench");
        assert_eq!((bench.counts.len(), bench.counts[0].by, bench.counts[0].leads), (1, leader, true));
        assert!(bench.counts[0].taken() >= 3);
    }

    #[test]
    fn a_crashed_leader_keeps_its_disk_and_loses_its_role() {
        let (mut sim, leader) = led_cluster();
        sim.inject(By::Visitor, &Fault::Crash(Who::At(leader)));
        let scene = Scene::of(sim.as_ref());
        let crashed = facts(&scene, leader);
        assert_eq!((crashed.status, crashed.standing.role, crashed.since), (Status::Down, Role::Follower, 3 * SECOND));
        assert!(!crashed.strip.is_empty(), "the log is on disk");
        assert_eq!(scene.rings[sim.kernel().census.slot(leader)], None);
        sim.inject(By::Visitor, &Fault::Wipe(Who::At(leader)));
        let scene = Scene::of(sim.as_ref());
        assert!(facts(&scene, leader).wiped && facts(&scene, leader).strip.is_empty());
    }

    #[test]
    fn a_partition_shows_its_groups_and_when_it_was_made() {
        let (mut sim, _) = led_cluster();
        let side = |numbers: &[u8]| numbers.iter().map(|&n| Who::At(Place::Node(n))).collect::<Vec<_>>();
        sim.inject(By::Visitor, &Fault::Partition(vec![side(&[1, 2]), side(&[3, 4, 5])]));
        sim.run_until(3 * SECOND + 5 * MILLISECOND);
        let scene = Scene::of(sim.as_ref());
        assert_eq!((scene.partition.groups.len(), scene.partition.since), (2, Some(3 * SECOND)));
        let cut = scene.links.iter().filter(|link| link.cut_there && link.cut_back).count();
        assert_eq!(cut, 6);
        sim.inject(By::Visitor, &Fault::Heal);
        assert_eq!(Scene::of(sim.as_ref()).partition, PartitionFacts::default());
    }

    #[test]
    fn one_way_cuts_slow_links_and_isolation_are_told_apart() {
        let (mut sim, _) = led_cluster();
        let (one, two, three) = (Who::At(Place::Node(1)), Who::At(Place::Node(2)), Who::At(Place::Node(3)));
        sim.inject(By::Visitor, &Fault::Cut { from: two, to: one, both: false });
        let wires = LinkWires { latency: Some((SECOND, SECOND)), loss: None };
        sim.inject(By::Visitor, &Fault::Rewire { from: one, to: three, both: true, wires });
        sim.inject(By::Visitor, &Fault::Isolate(Who::At(Place::Node(5))));
        let scene = Scene::of(sim.as_ref());
        let link = |a, b| {
            *scene.links.iter().find(|link| link.a == Place::Node(a) && link.b == Place::Node(b)).expect("a link")
        };
        assert!(!link(1, 2).cut_there && link(1, 2).cut_back);
        assert!(link(1, 3).slow && !link(1, 4).slow);
        assert!(facts(&scene, Place::Node(5)).cut_off && !facts(&scene, Place::Node(1)).cut_off);
    }

    #[test]
    fn an_election_fills_the_bench_and_shows_grants_on_their_way() {
        let (mut sim, leader) = led_cluster();
        sim.inject(By::Visitor, &Fault::Crash(Who::At(leader)));
        let mut coming = false;
        let mut down = false;
        for _ in 0..2_000 {
            sim.step();
            let Some(bench) = Scene::of(sim.as_ref()).bench else { continue };
            let count = &bench.counts[0];
            coming |= count.seats.iter().any(|(_, sits)| *sits == Sits::Coming);
            down |= count.seats.contains(&(leader, Sits::Down));
            if count.leads {
                break;
            }
        }
        assert!(coming && down);
        assert!(sim.kernel().resolve(Who::Leader).is_some_and(|next| next != leader));
    }
}
