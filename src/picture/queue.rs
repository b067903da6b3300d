//! The queue of znodes in the ensemble's box: one box each, in the order of their numbers, and an arrow from each to
//! the one that its owner watches.

use super::geometry::{Point, Rect, short};
use super::layout::Layout;
use super::links::arrow_head;
use super::phrases::{escape, name, wax};
use super::record::{self, Record, record_markup, record_of};
use crate::sim::inspection::{Inspection, Shown};
use crate::sim::measures::Status;
use crate::sim::order::put_in_order;
use crate::sim::place::Place;
use crate::sim::reign::Reign;
use std::fmt::Write;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Znode {
    pub number: u64,
    pub reign: Reign,
    pub owner: Place,
}

/// The service as its most advanced server knows it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct QueueFacts {
    /// Lowest first.
    pub znodes: Vec<Znode>,
    /// Who watches which znode, on any live server.
    pub watches: Vec<(Place, u64)>,
    /// Servers that are up, of how many.
    pub up: (usize, usize),
    pub led_by: Option<Place>,
    /// Of a service without a queue.
    pub record: Option<Record>,
}

/// `servers` are the pages of the ensemble, each with whether it is up.
pub fn queue_facts(servers: &[(Place, Status, &Inspection)]) -> QueueFacts {
    let zxid = |page: &Inspection| {
        let row = page.rows.iter().find(|row| row.id == "zxid");
        row.map_or(0, |row| if let Shown::Number(zxid) = row.value { zxid } else { 0 })
    };
    let is_up = |status: &Status| *status != Status::Down;
    // On equal terms one that is up: a dead one's disk may miss what is only in memory.
    let newest = servers.iter().max_by_key(|(_, status, page)| (zxid(page), is_up(status)));
    let Some((_, _, page)) = newest else { return QueueFacts::default() };
    let owners = page.rows.iter().find_map(|row| match &row.value {
        Shown::Places(owners) if row.id == "queue" => Some(owners.as_slice()),
        _ => None,
    });
    let cells = page.strip.iter().zip(owners.unwrap_or_default());
    let mut watches: Vec<(Place, u64)> = servers.iter().flat_map(|(_, _, page)| page.awaited.iter().copied()).collect();
    put_in_order(&mut watches, |&watch| watch);
    QueueFacts {
        znodes: cells.map(|(cell, &owner)| Znode { number: cell.number, reign: cell.reign, owner }).collect(),
        watches,
        up: (servers.iter().filter(|(_, status, _)| is_up(status)).count(), servers.len()),
        led_by: servers
            .iter()
            .find(|(_, status, page)| *status == Status::Up && page.standing.title == "server_leading")
            .map(|(place, ..)| *place),
        record: record_of(page),
    }
}

impl QueueFacts {
    /// Each arrow: the places in the queue of the znode whose owner watches, and of the one it watches.
    fn arrows(&self) -> Vec<(usize, usize)> {
        let arrow = |&(client, number): &(Place, u64)| {
            let from = self.znodes.iter().rposition(|znode| znode.owner == client)?;
            let to = self.znodes.iter().position(|znode| znode.number == number)?;
            (from != to).then_some((from, to))
        };
        self.watches.iter().filter_map(arrow).collect()
    }

    /// What a screen reader says.
    pub fn spoken(&self) -> String {
        if let Some(record) = &self.record {
            return record::spoken(record);
        }
        if self.znodes.is_empty() {
            return "The queue is empty.".to_owned();
        }
        let arrows = self.arrows();
        let one = |(index, znode): (usize, &Znode)| {
            let watched = arrows.iter().find(|(from, _)| *from == index).and_then(|(_, to)| self.znodes.get(*to));
            let watches = watched.map(|to| format!(" watches that of {}", name(to.owner))).unwrap_or_default();
            format!("{} has znode {}{watches}", name(znode.owner), znode.number)
        };
        let list: Vec<String> = self.znodes.iter().enumerate().map(one).collect();
        format!("Queue: {}.", list.join("; "))
    }

    /// The line in the box: `3 of 3 up`; whom the others follow is said by the small seal.
    pub fn ensemble(&self) -> String {
        let (up, all) = self.up;
        format!("{up} of {all} up{}", if self.led_by.is_some() { "" } else { ", no service" })
    }
}

const TALL: f64 = 22.0;

/// Everything in this area of the box.
pub fn queue_markup(facts: &QueueFacts, layout: &Layout) -> String {
    let Some(room) = layout.queue else {
        return facts.record.as_ref().map(|record| record_markup(record, layout)).unwrap_or_default();
    };
    if facts.znodes.is_empty() {
        let (x, y) = (short(room.centre().x), short(room.centre().y + 4.0));
        return format!(
            "<text class=\"zn-none\" x=\"{x}\" y=\"{y}\">The queue is empty: no client has a znode.</text>"
        );
    }
    let top = room.bottom() - 16.0 - TALL;
    let spots = places(facts.znodes.len(), layout, room);
    let pitch = if spots.len() > 1 { spots[1] - spots[0] } else { room.w };
    let is_wide = pitch >= 112.0;
    let half = (if is_wide { 100.0 } else { (pitch - 16.0).clamp(24.0, 62.0) }) / 2.0;
    let mut svg = String::new();
    for (index, (znode, &x)) in facts.znodes.iter().zip(&spots).enumerate() {
        let words = if is_wide { format!("n_{:010}", znode.number) } else { format!("n_{}", znode.number) };
        let _ = write!(
            svg,
            "<g class=\"zn {} {}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{TALL}\" rx=\"4\"/><text class=\"zn-name\" x=\"{x2}\" y=\"{}\">{}</text><text class=\"zn-of\" x=\"{x2}\" y=\"{}\">{}</text></g>",
            wax(Some(znode.reign)),
            if index == 0 { "first" } else { "" },
            short(x - half),
            short(top),
            short(2.0 * half),
            short(top + 15.5),
            escape(&words),
            short(top + TALL + 13.0),
            escape(&if is_wide {
                format!("{}, czxid {}", name(znode.owner), znode.reign.number)
            } else {
                name(znode.owner)
            }),
            x2 = short(x),
        );
    }
    for (from, to) in facts.arrows() {
        svg.push_str(&arrow(spots[from], spots[to], half, top, from == to + 1));
    }
    svg
}

/// Below its client as long as there are no more znodes than clients.
fn places(count: usize, layout: &Layout, room: Rect) -> Vec<f64> {
    let clients = &layout.spots[..usize::from(layout.view.nodes).min(layout.spots.len())];
    if count <= clients.len() {
        return clients[..count].iter().map(|spot| spot.at.x).collect();
    }
    let pitch = room.w / count as f64;
    (0..count).map(|index| room.x + pitch * (index as f64 + 0.5)).collect()
}

/// Straight to the neighbour, over the heads of those between otherwise.
fn arrow(from: f64, to: f64, half: f64, top: f64, is_next: bool) -> String {
    let middle = top + TALL / 2.0;
    if is_next {
        let (start, end) = (from - half, to + half + 1.0);
        return format!(
            "<path class=\"watch\" d=\"M{} {m}H{}\"/>{}",
            short(start),
            short(end + 8.0),
            arrow_head(Point::new(end, middle), 180.0, "watch-head"),
            m = short(middle),
        );
    }
    // Later ones rise higher, so that arrows to one znode stay apart.
    let rise = (6.0 + (from - to).abs() / 40.0).min(15.0);
    let tip = to + half.min(18.0) * if from > to { 0.6 } else { -0.6 };
    format!(
        "<path class=\"watch\" d=\"M{} {t}C{} {r} {} {r} {} {e}\"/>{}",
        short(from),
        short(from),
        short(tip),
        short(tip),
        arrow_head(Point::new(tip, top), 90.0, "watch-head"),
        t = short(top),
        e = short(top - 8.0),
        r = short(top - rise * 1.33),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::layout::View;
    use crate::scenarios::algorithm::Algorithm;
    use crate::scenarios::scenario::Scenario;
    use crate::sim::fault::{By, Fault, Who};
    use crate::sim::settings::Value;
    use crate::sim::simulation::Simulation;
    use crate::sim::time::SECOND;

    fn queued(herd: bool) -> Box<dyn Simulation> {
        let recipe = Algorithm::by_id("zookeeper").expect("the recipe");
        let mut scenario = Scenario::new(recipe);
        let key = recipe.fields().iter().find(|field| field.id == "herd").expect("a switch").key;
        scenario.settings.push((key, Value::Switch(herd)));
        let mut sim = scenario.open_with_history(1_000).expect("opens");
        sim.run_until(5 * SECOND);
        sim
    }

    fn facts(sim: &dyn Simulation) -> QueueFacts {
        let kernel = sim.kernel();
        let places: Vec<Place> = (1..=3).map(Place::Server).collect();
        let pages: Vec<Inspection> = places.iter().map(|&place| sim.inspect(place)).collect();
        let status = |place: Place| kernel.statuses[kernel.census.slot(place)];
        let servers: Vec<_> = places.iter().zip(&pages).map(|(&place, page)| (place, status(place), page)).collect();
        queue_facts(&servers)
    }

    #[test]
    fn a_chain_has_an_arrow_to_every_predecessor() {
        let sim = queued(false);
        let facts = facts(sim.as_ref());
        let count = usize::from(sim.kernel().census.nodes);
        assert_eq!((facts.znodes.len(), facts.up), (count, (3, 3)));
        assert!(facts.znodes.is_sorted_by_key(|znode| znode.number));
        let mut arrows = facts.arrows();
        arrows.sort_unstable();
        assert_eq!(arrows, (1..count).map(|from| (from, from - 1)).collect::<Vec<_>>());
    }

    #[test]
    fn in_a_herd_every_arrow_ends_at_the_first() {
        let facts = facts(queued(true).as_ref());
        let arrows = facts.arrows();
        assert_eq!(arrows.len(), facts.znodes.len() - 1);
        assert!(arrows.iter().all(|&(_, to)| to == 0));
        let layout = Layout::new(View {
            width: 936.0,
            height: 488.0,
            nodes: 5,
            servers: 3,
            open: false,
            store: true,
            projector: false,
        });
        let svg = queue_markup(&facts, &layout);
        assert_eq!(svg.matches("class=\"watch\"").count(), arrows.len());
        assert!(svg.contains("n_0000000000"));
    }

    #[test]
    fn the_words_and_the_button_of_the_box_keep_clear_of_its_servers() {
        for width in (320..=1300).step_by(20) {
            for open in [false, true] {
                let (width, height) = (f64::from(width), 320.0);
                let view = View { width, height, nodes: 5, servers: 3, open, store: false, projector: false };
                let layout = Layout::new(view);
                let (words, button) = layout.ensemble_words().expect("a box with a queue");
                for server in &layout.spots[5..] {
                    assert!(!words.meets_disc(server.at, server.radius), "{width} {open}: words {words:?}");
                    assert!(!button.meets_disc(server.at, server.radius), "{width} {open}: button {button:?}");
                }
                assert!(words.w >= 60.0, "{width} {open}: {words:?}");
            }
        }
    }

    #[test]
    fn a_dead_server_is_counted_out_and_its_service_goes_on() {
        let mut sim = queued(false);
        let before = facts(sim.as_ref());
        let leading = before.led_by.expect("one leads them");
        sim.inject(By::Visitor, &Fault::Crash(Who::At(leading)));
        let after = facts(sim.as_ref());
        assert_eq!((after.up, after.led_by), ((2, 3), None));
        assert_eq!(after.znodes, before.znodes, "what was committed is kept");
        assert!(after.ensemble().contains("no service"));
        sim.run_until(7 * SECOND);
        assert!(facts(sim.as_ref()).led_by.is_some_and(|next| next != leading));
    }
}
