//! The quorum bench in the middle: whose count is shown, and how it is drawn.

use super::geometry::{Point, short};
use super::layout::Seats;
use super::phrases::{escape, name, say, wax};
use crate::sim::inspection::{Bench, Heard, Inspection, Seat};
use crate::sim::measures::Status;
use crate::sim::order::put_in_order;
use crate::sim::place::Place;
use crate::sim::reign::{Reign, Role};
use crate::sim::simulation::Simulation;
use std::fmt::Write;

/// One seat as it is drawn.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Sits {
    Taken,
    /// Granted, and on its way.
    Coming,
    Refused,
    Empty,
    Down,
}

/// One node's count.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Count {
    pub by: Place,
    pub reign: Option<Reign>,
    pub counts: &'static str,
    pub binding: bool,
    pub needed: u8,
    /// Taken seats first.
    pub seats: Vec<(Place, Sits)>,
    /// It leads: the majority is won whatever is heard just now.
    pub leads: bool,
}

impl Count {
    pub fn taken(&self) -> usize {
        self.seats.iter().filter(|(_, sits)| *sits == Sits::Taken).count()
    }
}

/// The counts worth showing: one, or two when rivals split the vote.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BenchFacts {
    pub counts: Vec<Count>,
    /// The tables of votes of the servers that look for a leader.
    pub tables: Vec<(Place, Vec<Heard>)>,
}

pub fn taken(bench: &Bench) -> u8 {
    bench.seats.iter().filter(|(_, seat)| *seat == Seat::Taken).count() as u8
}

/// The count of the newest candidate; when nobody asks, of the leader that most can hear.
pub fn bench_facts(sim: &dyn Simulation, pages: &[Inspection]) -> Option<BenchFacts> {
    let kernel = sim.kernel();
    let mut counts: Vec<Count> = Vec::new();
    for (slot, page) in pages.iter().enumerate() {
        let Some(bench) = page.bench.as_ref().filter(|_| kernel.statuses[slot] != Status::Down) else { continue };
        counts.push(count(sim, kernel.census.place(slot), page, bench));
    }
    // Asking comes before having: an election is the news.
    put_in_order(&mut counts, |count| {
        let news = (!count.leads, count.binding, count.reign, count.taken());
        std::cmp::Reverse((news, std::cmp::Reverse(count.by)))
    });
    if counts.iter().any(|count| count.leads) {
        let newest = counts.iter().filter(|count| count.leads).filter_map(|count| count.reign).max();
        // A candidate of an older reign than the leader's is no news.
        counts.retain(|count| count.leads || count.reign > newest || newest.is_none());
    }
    let first = counts.first()?.clone();
    let rivals = counts.into_iter().skip(1).filter(|other| {
        !first.leads && !other.leads && other.reign == first.reign && other.counts == first.counts && other.binding
    });
    let mut shown = vec![first.clone()];
    shown.extend(rivals.take(2));
    if shown.iter().any(|count| count.taken() >= usize::from(count.needed)) {
        shown.truncate(1);
    }
    let up = |slot: &usize| kernel.statuses[*slot] != Status::Down && !pages[*slot].heard.is_empty();
    let table = |slot: usize| (kernel.census.place(slot), pages[slot].heard.clone());
    Some(BenchFacts { counts: shown, tables: (0..pages.len()).filter(up).map(table).collect() })
}

fn count(sim: &dyn Simulation, by: Place, page: &Inspection, bench: &Bench) -> Count {
    let kernel = sim.kernel();
    let mut seats: Vec<(Place, Sits)> = bench
        .seats
        .iter()
        .map(|&(place, seat)| {
            let is_down = kernel.statuses[kernel.census.slot(place)] == Status::Down;
            let sits = match seat {
                Seat::Taken => Sits::Taken,
                Seat::Refused => Sits::Refused,
                Seat::Empty if is_coming(sim, place, by) => Sits::Coming,
                Seat::Empty if is_down => Sits::Down,
                Seat::Empty => Sits::Empty,
            };
            (place, sits)
        })
        .collect();
    let rank = |place: Place, sits: Sits| match sits {
        Sits::Taken => (0, place != by, place),
        Sits::Coming => (1, true, place),
        _ => (2, true, place),
    };
    put_in_order(&mut seats, |&(place, sits)| rank(place, sits));
    Count {
        by,
        reign: page.standing.reign,
        counts: bench.counts,
        binding: bench.binding,
        needed: bench.needed,
        seats,
        leads: page.standing.role == Role::Leader,
    }
}

/// A granting slip flies from this voter to the one that counts.
fn is_coming(sim: &dyn Simulation, from: Place, to: Place) -> bool {
    use crate::sim::kernel::FlightState::{Flying, InInbox};
    sim.kernel().flights.iter().any(|flight| {
        matches!(flight.state, Flying | InInbox)
            && flight.shape == crate::sim::message::Shape::Grant
            && flight.message.from == from
            && flight.message.to == to
    })
}

// ---- the picture ------------------------------------------------------------------------------------------

/// The bench as SVG. `aside` moves it, towards the side of a partition that holds the majority.
/// Where no quorum counts, the empty place says so.
pub fn no_quorum_markup(at: &Seats) -> String {
    let (x, y) = (short(at.centre.x), at.centre.y);
    let line = |(row, words): (f64, &str)| {
        format!("<text class=\"bench-what\" x=\"{x}\" y=\"{}\">{words}</text>", short(y + row))
    };
    [(-16.0, "no quorum here:"), (2.0, "the highest id"), (20.0, "that answers leads")].map(line).concat()
}

pub fn bench_markup(facts: &BenchFacts, at: &Seats, aside: Point) -> String {
    let at = Seats { centre: at.centre.shifted(aside.x, aside.y), ..*at };
    match facts.counts.as_slice() {
        [] => String::new(),
        [one] => arc_markup(one, &at),
        rivals => rows_markup(rivals, &at),
    }
}

/// Links fade out behind the bench instead of crossing it.
fn backing(at: &Seats) -> String {
    let (x, y, r) = (short(at.centre.x), short(at.centre.y), short(at.radius + at.seat + 24.0));
    format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"url(#fade)\"/>")
}

fn arc_markup(count: &Count, at: &Seats) -> String {
    const FROM: f64 = 182.0;
    const TO: f64 = 358.0;
    let middle = at.centre.shifted(0.0, 8.0);
    let places = count.seats.len();
    let step = (TO - FROM) / (places.max(2) - 1) as f64;
    let binding = if count.binding { "" } else { " outlined" };
    let mut svg = format!("{}<g class=\"bench {}{binding}\">", backing(at), wax(count.reign));
    for (index, (place, sits)) in count.seats.iter().enumerate() {
        let seat = middle.around(at.radius, at.radius, FROM + step * index as f64);
        svg.push_str(&seat_markup(seat, at.seat, *place, *sits));
    }
    if usize::from(count.needed) <= places && count.needed > 0 {
        let won = count.taken() >= usize::from(count.needed);
        let outer = at.radius + at.seat + 5.5;
        let (start, end) = (FROM - 9.0, (FROM + step * f64::from(count.needed - 1) + 11.0).min(TO + 9.0));
        let corner = |radius: f64, angle: f64| middle.around(radius, radius, angle);
        let (inner_start, outer_start) = (corner(outer - 5.0, start), corner(outer, start));
        let (outer_end, inner_end) = (corner(outer, end), corner(outer - 5.0, end));
        let _ = write!(
            svg,
            "<path class=\"bracket{}\" d=\"M{} {}L{} {}A{r} {r} 0 0 1 {} {}L{} {}\"/>",
            if won { " won" } else { "" },
            short(inner_start.x),
            short(inner_start.y),
            short(outer_start.x),
            short(outer_start.y),
            short(outer_end.x),
            short(outer_end.y),
            short(inner_end.x),
            short(inner_end.y),
            r = short(outer),
        );
    }
    let _ = write!(
        svg,
        "<text class=\"bench-count\" style=\"font-size:{size}px\" x=\"{x}\" y=\"{}\">{} of {}</text><text class=\"bench-what\" x=\"{x}\" y=\"{}\">{}</text></g>",
        short(at.centre.y + 15.0),
        count.taken(),
        // A candidate counts towards the majority it needs, a leader who of all still hears it.
        if count.leads { places } else { usize::from(count.needed) },
        short(at.centre.y + 32.0),
        escape(&what_is_counted(count)),
        x = short(at.centre.x),
        size = short((at.radius * 0.41).clamp(14.0, 22.0)),
    );
    svg
}

fn seat_markup(at: Point, radius: f64, place: Place, sits: Sits) -> String {
    let class = match sits {
        Sits::Taken => "taken",
        Sits::Coming => "coming",
        Sits::Refused => "refused",
        Sits::Empty => "empty",
        Sits::Down => "down",
    };
    let (x, y) = (short(at.x), short(at.y));
    let mut svg = format!("<g class=\"seat {class}\"><circle cx=\"{x}\" cy=\"{y}\" r=\"{}\"/>", short(radius));
    if radius >= 8.0 {
        let _ = write!(svg, "<text x=\"{x}\" y=\"{}\">{}</text>", short(at.y + 4.2), place.number());
    }
    if sits == Sits::Refused {
        let arm = radius * 0.7;
        let _ = write!(
            svg,
            "<path class=\"strike\" d=\"M{} {}l{d} {d}\"/>",
            short(at.x - arm),
            short(at.y - arm),
            d = short(2.0 * arm)
        );
    }
    svg.push_str("</g>");
    svg
}

/// A split vote: a row of seats for each rival.
fn rows_markup(rivals: &[Count], at: &Seats) -> String {
    let room = at.bounds();
    let pitch = (room.w - 34.0) / rivals[0].seats.len() as f64;
    let radius = (pitch / 2.0 - 1.5).min(at.seat);
    let height = 2.0 * radius + 9.0;
    let top = room.y + (room.h - height * rivals.len() as f64 - 16.0) / 2.0;
    let mut svg = backing(at);
    for (row, count) in rivals.iter().enumerate() {
        let y = top + height * row as f64 + radius;
        let _ = write!(
            svg,
            "<g class=\"bench {}\"><text class=\"bench-row\" x=\"{}\" y=\"{}\">{}</text>",
            wax(count.reign),
            short(room.x),
            short(y + 4.5),
            name(count.by)
        );
        for (index, (place, sits)) in count.seats.iter().enumerate() {
            let x = room.x + 34.0 + pitch * (index as f64 + 0.5);
            svg.push_str(&seat_markup(Point::new(x, y), radius, *place, *sits));
        }
        svg.push_str("</g>");
    }
    let _ = write!(
        svg,
        "<g class=\"bench\"><text class=\"bench-what\" x=\"{}\" y=\"{}\">{}</text></g>",
        short(at.centre.x),
        short(top + height * rivals.len() as f64 + 9.0),
        escape(&format!("each needs {}", rivals[0].needed))
    );
    svg
}

fn what_is_counted(count: &Count) -> String {
    say("bench", count.counts).replace("{}", &name(count.by))
}
