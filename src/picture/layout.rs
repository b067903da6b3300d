//! Where everything stands on the stage: a pure function of the room there is and of how many take part.
//! One unit is one sixteenth of the root font size, so that text keeps its size whatever the room.

use super::geometry::{Point, Rect, cosine_sine};
use super::placing::place_blocks;

/// The room a stage has, and what it must hold.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct View {
    pub width: f64,
    pub height: f64,
    pub nodes: u8,
    /// Servers of a recipe: the nodes then stand in a row above one box.
    pub servers: u8,
    /// The box is open: its servers stand in it one by one, otherwise as three small ones.
    pub open: bool,
    /// Keep room for the store's ledger at the right.
    pub store: bool,
    pub projector: bool,
}

impl View {
    /// Phones and small frames: no log strips, no captions, no key.
    pub fn is_compact(&self) -> bool {
        self.width < 620.0 || self.height < 340.0
    }

    /// More nodes than can be told apart by more than name and shape.
    pub fn is_dense(&self) -> bool {
        self.nodes > 9
    }
}

/// Which side of a node its caption and its log strip are on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    Below,
    Right,
    Left,
    Above,
}

/// Where one node stands, with all that belongs to it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Spot {
    pub at: Point,
    pub radius: f64,
    pub badge: Point,
    pub slip: Rect,
    /// Caption and log strip, if there is room for them.
    pub block: Option<(Rect, Side)>,
}

impl Spot {
    fn new(at: Point, radius: f64) -> Spot {
        let slip = if radius < 36.0 {
            Rect::around(at.shifted(0.72 * radius + 10.0, 0.66 * radius + 9.0), 26.0, 17.0)
        } else {
            Rect::around(at.shifted(0.75 * radius + 17.0, 0.62 * radius + 13.0), 30.0, 19.0)
        };
        Spot { at, radius, badge: at.shifted(-0.825 * radius, -0.775 * radius), slip, block: None }
    }

    /// The outer edge of the timer ring.
    pub fn outer(&self) -> f64 {
        self.radius + RING
    }

    /// Where messages start and end.
    pub fn gate(&self) -> f64 {
        self.radius + 12.0
    }
}

/// The half circle of seats in the middle.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Seats {
    pub centre: Point,
    pub radius: f64,
    pub seat: f64,
}

impl Seats {
    pub fn bounds(&self) -> Rect {
        let half = self.radius + self.seat + 6.0;
        Rect::new(self.centre.x - half, self.centre.y + 8.0 - half, 2.0 * half, half + 30.0)
    }
}

/// The whole arrangement.
#[derive(Clone, PartialEq, Debug)]
pub struct Layout {
    pub view: View,
    /// Nodes first, then servers: the order of the world's slots.
    pub spots: Vec<Spot>,
    pub centre: Point,
    pub across: f64,
    pub down: f64,
    pub bench: Option<Seats>,
    pub headline: Option<Rect>,
    pub store: Option<Rect>,
    /// Where messages to and from the store end.
    pub store_gate: Point,
    pub key: Option<Rect>,
    /// The box around the servers of a recipe.
    pub ensemble: Option<Rect>,
    /// In it: where the queue of znodes is drawn.
    pub queue: Option<Rect>,
}

/// From the node's edge to the outer edge of its timer ring.
pub const RING: f64 = 10.0;
/// A server in the closed box.
pub const PIP: f64 = 13.0;
/// An ensemble's box narrower than this has its servers closer together and a smaller button.
const TIGHT: f64 = 410.0;
const EDGE: f64 = 6.0;
/// Half a badge.
pub const BADGE: f64 = 13.5;
const ROOF: f64 = 66.0;
const SIDE_COLUMN: f64 = 262.0;
const SMALL_SIDE_COLUMN: f64 = 206.0;

impl Layout {
    /// In projector mode nodes are 15 % larger, or as much as fits.
    pub fn new(view: View) -> Layout {
        let sizes: &[f64] = if view.projector { &[1.15, 1.07, 1.0] } else { &[1.0] };
        let mut layout = Layout::sized(view, sizes[0]);
        for &size in &sizes[1..] {
            if layout.bench.is_some() && layout.has_all_blocks() {
                break;
            }
            layout = Layout::sized(view, size);
        }
        layout
    }

    /// The same with each node moved by so much, as far as nodes may stand.
    pub fn moved(mut self, by: &[Point]) -> Layout {
        if by.is_empty() {
            return self;
        }
        let right = self.view.width - side_column(&self.view);
        let bottom = self.ensemble.map_or(self.view.height, |room| room.y);
        let nodes = usize::from(self.view.nodes);
        for (spot, by) in self.spots.iter_mut().take(nodes).zip(by) {
            let far = spot.outer() + EDGE;
            let x = (spot.at.x + by.x).min(right - far).max(far);
            let y = (spot.at.y + by.y).min(bottom - far).max(far);
            *spot = Spot::new(Point::new(x, y), spot.radius);
        }
        self.spots.iter_mut().for_each(|spot| spot.block = None);
        place_blocks(&mut self);
        self
    }

    fn has_all_blocks(&self) -> bool {
        self.spots.iter().take(usize::from(self.view.nodes)).all(|spot| spot.block.is_some())
    }

    fn sized(view: View, size: f64) -> Layout {
        let beside = Layout::below_roof(view, size, 0.0);
        match beside.headline {
            Some(headline) if headline.w < 150.0 => Layout::below_roof(view, size, ROOF),
            _ => beside,
        }
    }

    /// With a roof the headline has a line of its own above the ring; without, it stands beside the top node.
    fn below_roof(view: View, size: f64, roof: f64) -> Layout {
        let side = side_column(&view);
        let arena = view.width - side;
        let mut layout = if view.servers > 0 { rows(view, arena) } else { ring(view, arena, size, roof) };
        layout.store = (view.store && side > 0.0).then(|| store_box(&view, side));
        layout.store_gate = match layout.store {
            Some(store) => Point::new(store.x - 8.0, store.y + store.h.min(260.0) / 2.0),
            None => Point::new(view.width - 14.0, 14.0),
        };
        layout.key = (side > 0.0 && !view.is_compact() && view.height >= key_needs(&view))
            .then(|| Rect::new(view.width - 246.0, view.height - 128.0, 230.0, 116.0));
        layout.headline = (!view.is_compact()).then(|| headline_box(&layout, arena, roof));
        place_blocks(&mut layout);
        layout
    }

    /// The box of everything that is drawn whatever happens: nothing else may be put there.
    pub fn is_free(&self, room: Rect, leave_out: Option<usize>) -> bool {
        let whole = Rect::new(2.0, 2.0, self.view.width - 4.0, self.view.height - 4.0);
        let fixed = [self.headline, self.store, self.key, self.ensemble, self.bench.map(|bench| bench.bounds())];
        whole.holds(room)
            && !fixed.into_iter().flatten().any(|other| other.meets(room))
            && !self.spots.iter().enumerate().any(|(index, spot)| {
                room.meets_disc(spot.at, spot.outer() + 1.0)
                    || room.meets_disc(spot.badge, BADGE)
                    || room.meets(spot.slip)
                    || leave_out != Some(index) && spot.block.is_some_and(|(block, _)| block.meets(room))
            })
    }

    /// Where the ensemble's box has its words, left of its servers, and the button that opens it, right of them.
    pub fn ensemble_words(&self) -> Option<(Rect, Rect)> {
        let (room, first) = self.queue.and(self.ensemble).zip(self.spots.get(usize::from(self.view.nodes)))?;
        let first = first.at.x - first.radius - 6.0;
        let words = Rect::new(room.x + 10.0, room.y + 6.0, (first - room.x - 10.0).min(160.0), 34.0);
        let wide = match (room.w < TIGHT, self.view.open) {
            (false, _) => 88.0,
            (true, false) => 80.0,
            (true, true) => 56.0,
        };
        Some((words, Rect::new(room.right() - wide - 8.0, room.y + 6.0, wide, 32.0)))
    }

    /// The ensemble is drawn as one service: what its servers tell each other is inside.
    pub fn is_closed(&self) -> bool {
        self.view.servers > 1 && !self.view.open
    }

    /// The angle of a node on the ring, in degrees from three o'clock.
    pub fn angle(&self, index: usize) -> f64 {
        angle(index, self.view.nodes)
    }
}

/// What the store, or what is offered in its place, takes at the right.
pub(super) fn side_column(view: &View) -> f64 {
    match (view.is_compact(), view.store) {
        (false, _) => SIDE_COLUMN,
        (true, true) if view.width >= 480.0 => SMALL_SIDE_COLUMN,
        _ => 0.0,
    }
}

fn store_box(view: &View, side: f64) -> Rect {
    let width = side - 32.0;
    if view.is_compact() {
        return Rect::new(view.width - width - 12.0, 12.0, width, view.height - 24.0);
    }
    let below = if view.height >= key_needs(view) { 150.0 } else { 16.0 };
    Rect::new(view.width - width - 16.0, 22.0, width, view.height - 22.0 - below)
}

/// The ledger needs the height more than the legend does.
fn key_needs(view: &View) -> f64 {
    if view.store { 560.0 } else { 400.0 }
}

fn angle(index: usize, nodes: u8) -> f64 {
    360.0 / f64::from(nodes.max(1)) * index as f64 - 90.0
}

/// Radius of a node and of the ring, by the number of nodes.
fn sizes(view: &View) -> (f64, f64) {
    let (node, ring) = match view.nodes {
        0..=3 => (46.0, 170.0),
        4 => (42.0, 176.0),
        5 => (40.0, 188.0),
        6 => (37.0, 190.0),
        7 => (34.0, 196.0),
        8 => (32.0, 196.0),
        9 => (30.0, 200.0),
        more => ((270.0 / f64::from(more)).clamp(14.0, 28.0), 215.0),
    };
    let node = match (view.is_compact(), view.nodes) {
        (false, _) => node,
        (true, 0..=5) => node - 5.0,
        (true, 6..=9) => (node - 7.0).min(view.width.min(view.height) * 0.058),
        (true, _) => (node - 6.0).max(11.0),
    };
    let grown = (view.height / 498.0).clamp(1.0, 1.4);
    (node * grown.sqrt(), ring * grown)
}

fn ring(view: View, arena: f64, size: f64, roof: f64) -> Layout {
    let (radius, wanted) = sizes(&view);
    let radius = radius * size;
    // In low frames the bench needs the height more than the nodes do.
    let radius = if view.is_compact() { radius.min((view.height * 0.11).max(14.0)) } else { radius };
    let nodes = view.nodes.max(1);
    let unit: Vec<Point> =
        (0..usize::from(nodes)).map(|i| Point::default().around(1.0, 1.0, angle(i, nodes))).collect();
    let reach = |of: fn(&Point) -> f64| unit.iter().map(of).fold(0.05, f64::max);
    let (right, left, bottom) = (reach(|p| p.x), reach(|p| -p.x), reach(|p| p.y));

    let has_blocks = !view.is_compact() && !view.is_dense();
    let over = (radius + RING).max(0.775 * radius + BADGE) + EDGE + roof;
    let under = if has_blocks { radius + 50.0 + EDGE } else { (radius + RING).max(0.62 * radius + 23.0) + EDGE };
    let at_right = if has_blocks { 81.0 } else { (0.75 * radius + 32.0).max(radius + RING) + EDGE };
    let at_left = if has_blocks { 81.0 } else { (0.825 * radius + BADGE).max(radius + 17.0) + EDGE };

    let down = ((view.height - over - under) / (1.0 + bottom)).min(wanted).max(40.0);
    let widest = (arena - at_left - at_right) / (left + right);
    let oval = if view.is_compact() { 1.6 } else { 1.12 };
    let across = widest.min(down * oval).min(if view.is_compact() { f64::MAX } else { wanted.max(down) }).max(40.0);

    let slack = view.height - over - under - down * (1.0 + bottom);
    let part = match (view.is_compact(), view.nodes) {
        (true, _) => 0.5,
        (false, 0..=5) => 0.552,
        (false, _) => 0.6,
    };
    let (least, most) = (at_left + across * left, arena - at_right - across * right);
    let centre = Point::new((arena * part).min(most).max(least), over + down + slack / 2.0);
    let chord = 2.0 * across.min(down) * cosine_sine(180.0 / f64::from(nodes.max(2))).1;
    let radius = if view.is_dense() { radius } else { radius.min((chord - 48.0) / 2.0).max(14.0) };
    let spots: Vec<Spot> =
        (0..usize::from(nodes)).map(|i| Spot::new(centre.around(across, down, angle(i, nodes)), radius)).collect();
    let bench = seats(&view, centre, &spots);
    Layout {
        view,
        spots,
        centre,
        across,
        down,
        bench,
        headline: None,
        store: None,
        store_gate: Point::default(),
        key: None,
        ensemble: None,
        queue: None,
    }
}

/// The largest bench that keeps clear of all nodes and slips, if any does.
fn seats(view: &View, centre: Point, spots: &[Spot]) -> Option<Seats> {
    let sizes: &[(f64, f64)] =
        if view.is_dense() { &[(46.0, 4.5)] } else { &[(46.0, 11.0), (42.0, 10.0), (38.0, 9.0), (35.0, 8.5)] };
    let benches = sizes.iter().flat_map(|&(least, seat)| {
        let needed = (2.0 * seat + 1.5) * f64::from(view.nodes.saturating_sub(1)) / 3.07;
        // In low frames there is more room below the middle than above.
        [4.0, 12.0, 20.0, 28.0].map(|drop| Seats { centre: centre.shifted(0.0, drop), radius: needed.max(least), seat })
    });
    let is_clear = |bench: &Seats| {
        let room = bench.bounds();
        !spots.iter().any(|spot| {
            room.meets_disc(spot.at, spot.outer())
                || room.meets(Rect::around(spot.badge, 2.0 * BADGE, 2.0 * BADGE))
                || room.meets(spot.slip)
        })
    };
    benches.into_iter().find(is_clear)
}

/// The clients of a recipe in a row, the ensemble in a box below.
fn rows(view: View, arena: f64) -> Layout {
    let nodes = view.nodes.max(1);
    let compact = view.is_compact();
    let pitch = ((arena - 24.0) / f64::from(nodes)).min(176.0);
    let radius = (pitch * 0.34).clamp(13.0, if compact { 34.0 } else { 42.0 });
    let top = if compact { radius + RING + 14.0 } else { (view.height * 0.4).max(140.0 + radius + RING) };
    let start = arena / 2.0 - pitch * (f64::from(nodes) - 1.0) / 2.0;
    let mut spots: Vec<Spot> =
        (0..nodes).map(|i| Spot::new(Point::new(start + pitch * f64::from(i), top), radius)).collect();
    let band = match (view.open, compact) {
        (false, _) => 46.0,
        (true, true) => 70.0,
        (true, false) => 86.0,
    };
    // A lease's service has no queue.
    let queue = if view.servers < 3 {
        0.0
    } else if compact {
        52.0
    } else {
        62.0
    };
    let height = band + queue;
    let width = (pitch * f64::from(nodes)).max(400.0).min(arena - 16.0);
    let ensemble = Rect::new((arena - width) / 2.0, view.height - height - 8.0, width, height);
    // The words at the left of the servers and the button at their right need their room first.
    let is_tight = width < TIGHT;
    let (server_pitch, server_radius) = match (view.open, compact, is_tight) {
        (false, _, false) => (56.0, PIP),
        (false, _, true) => (40.0, PIP),
        (true, false, _) => (108.0, 28.0),
        (true, true, false) => (78.0, 22.0),
        (true, true, true) => (52.0, 18.0),
    };
    let first = arena / 2.0 - server_pitch * (f64::from(view.servers) - 1.0) / 2.0;
    for index in 0..view.servers {
        let at = Point::new(first + server_pitch * f64::from(index), ensemble.y + band / 2.0);
        spots.push(Spot::new(at, server_radius));
    }
    let queue = (queue > 0.0).then(|| Rect::new(ensemble.x + 8.0, ensemble.y + band, width - 16.0, queue - 4.0));
    Layout {
        view,
        spots,
        centre: Point::new(arena / 2.0, (top + ensemble.y) / 2.0),
        across: width / 2.0,
        down: 0.0,
        bench: None,
        headline: None,
        store: None,
        store_gate: Point::default(),
        key: None,
        ensemble: Some(ensemble),
        queue,
    }
}

/// As wide as the nodes at the top left allow.
fn headline_box(layout: &Layout, arena: f64, roof: f64) -> Rect {
    if roof > 0.0 {
        return Rect::new(20.0, 10.0, arena - 32.0, roof - 14.0);
    }
    const HEIGHT: f64 = 112.0;
    let beside = layout.spots.iter().filter(|spot| spot.at.y - spot.outer() < 16.0 + HEIGHT + 6.0);
    let limit = beside.map(|spot| (spot.at.x - spot.outer()).min(spot.badge.x - BADGE)).fold(f64::MAX, f64::min);
    Rect::new(20.0, 16.0, (limit - 20.0 - 10.0).clamp(60.0, 272.0), HEIGHT)
}
