//! What part of the run the diagram shows, and how hands, wheel and keys change it.

use super::brush::Palette;
use crate::share::spacetime::draw::Scene;
use crate::share::spacetime::frame::{Frame, Window, lanes};
use crate::share::spacetime::hit::Hit;
use crate::share::spacetime::usual::Need;
use crate::sim::time::{MILLISECOND, Micros, SECOND};
use crate::ui::preferences::wants_less_motion;
use crate::ui::session::{SPEEDS, Session};
use leptos::prelude::*;
use web_sys::HtmlCanvasElement;

/// Nobody reads what passes faster than this: the window shows at least this much wall time at the present speed.
const WALL: Micros = 4 * SECOND;
/// The same for two runs beside each other, which keep one scale.
const WALL_BESIDE: Micros = 12 * SECOND;
const SHORTEST: Micros = 600 * MILLISECOND;
/// The part of the way to another zoom that a painting goes.
const GLIDE: f64 = 0.3;
/// While the run goes on, now stands here.
const ANCHOR: f64 = 0.8;
/// The narrowest window.
const CLOSEST: f64 = 4.0 * MILLISECOND as f64;
/// A run shorter than this does not fill the slim line yet.
const AT_LEAST: Micros = 2 * SECOND;

/// What is drawn, so far as a painting while the run plays could show a difference.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Drawn {
    /// Where the window begins and the playhead stands, in half pixels of the run.
    from: i64,
    now: i64,
    length: f64,
    marks: usize,
    spans: usize,
    /// Counts what hands, theme and size have changed.
    touches: u32,
}

impl Drawn {
    pub fn of(scene: &Scene<'_>, touches: u32) -> Drawn {
        let half = (scene.frame.grain() / 2.0).max(1.0);
        let slots = scene.sim.kernel().census.slots();
        Drawn {
            from: (scene.frame.window.from / half) as i64,
            now: (scene.now as f64 / half) as i64,
            length: scene.frame.window.length,
            marks: scene.marks.len(),
            spans: (0..slots).map(|slot| scene.index.lanes.of(slot).len()).sum(),
            touches,
        }
    }
}

/// One finger, or the mouse, that is down.
#[derive(Clone, Copy, Debug)]
pub struct Finger {
    pub id: i32,
    pub x: f64,
}

/// What a finger that went down is about to do.
#[derive(Clone, Debug)]
pub struct Press {
    pub x: f64,
    pub hit: Option<Hit>,
    /// It moved: this is no click.
    pub moved: bool,
    pub was_playing: bool,
}

pub struct View {
    pub slim: bool,
    pub window: Window,
    /// The window goes along with the run while it plays.
    pub follows: bool,
    /// In pixels; nothing is drawn at 0.
    pub size: (f64, f64),
    pub palette: Palette,
    pub board: Option<HtmlCanvasElement>,
    pub fingers: Vec<Finger>,
    pub press: Option<Press>,
    /// When it was painted, and what.
    pub painted: f64,
    pub drawn: Drawn,
    /// Two runs are beside each other.
    beside: bool,
    /// For which run, and beside another for which speed, the window was chosen.
    chosen_for: Option<(usize, u32)>,
    /// The length that it is to have; `None` once the visitor has zoomed.
    wanted: Option<f64>,
    last_now: Micros,
}

impl View {
    pub fn new(slim: bool, beside: bool) -> View {
        View {
            slim,
            window: Window::default(),
            follows: true,
            size: (0.0, 0.0),
            palette: Palette::default(),
            board: None,
            fingers: Vec::new(),
            press: None,
            painted: 0.0,
            drawn: Drawn::default(),
            beside,
            chosen_for: None,
            wanted: None,
            last_now: 0,
        }
    }

    pub fn frame(&self, session: Session) -> Frame {
        let lanes = session.look(lanes);
        let (width, height) = self.size;
        Frame { width, height, rem: self.palette.rem, window: self.window, lanes, slim: self.slim }
    }

    /// Moves the window to where it belongs before it is drawn.
    pub fn settle(&mut self, session: Session) {
        let (now, newest) = (session.now.get_untracked(), session.newest.get_untracked());
        if self.slim {
            self.window = Window { from: 0.0, length: newest.max(now).max(AT_LEAST) as f64 };
            return;
        }
        let (speed, run) = (session.speed.get_untracked(), session.run.get_untracked());
        let chosen_for = (if self.beside { speed } else { 0 }, run);
        let is_new = self.chosen_for != Some(chosen_for);
        let at = now as f64;
        let held = self.press.is_some() || self.fingers.len() > 1;
        let moved = now != self.last_now;
        self.last_now = now;
        if is_new {
            self.chosen_for = Some(chosen_for);
            self.follows = true;
            let length = self.usual(session, 0.0);
            self.wanted = Some(length);
            self.window = Window { from: at - length * ANCHOR, length };
        } else if let Some(wanted) = self.wanted.filter(|_| session.playing.get_untracked() && self.follows && !held) {
            let wanted = self.usual(session, wanted);
            self.wanted = Some(wanted);
            let rest = wanted - self.window.length;
            let is_near = rest.abs() < wanted * 0.01 || wants_less_motion();
            self.window.length = if is_near { wanted } else { self.window.length + rest * GLIDE };
        }
        if session.playing.get_untracked() && self.follows && !held {
            self.window.from = at - self.window.length * ANCHOR;
        } else if moved && !held && !self.window.holds(now) && self.follows {
            self.window.from = at - self.window.length * 0.5;
        }
        self.stay_in_the_run(newest.max(now));
    }

    /// How much is shown while nobody zooms; it is so much now.
    fn usual(&self, session: Session, as_it_is: f64) -> f64 {
        let (over, under) = SPEEDS[session.speed.get_untracked()];
        let wall = |wall: Micros| (wall * u64::from(over) / u64::from(under)).max(SHORTEST);
        if self.beside {
            return wall(WALL_BESIDE) as f64;
        }
        session.scene(&self.frame(session), |scene| {
            Need::at(scene.now, scene.marks, scene.index, wall(WALL)).length(as_it_is, ANCHOR)
        })
    }

    /// Not before the start, not far beyond the newest moment, not wider than the run.
    fn stay_in_the_run(&mut self, newest: Micros) {
        let widest = (newest as f64 * 1.15).max(AT_LEAST as f64).max(self.wanted.unwrap_or(0.0));
        self.window.length = self.window.length.min(widest).max(CLOSEST);
        let latest = (newest as f64 - self.window.length * 0.2).max(0.0);
        self.window.from = self.window.from.min(latest).max(0.0);
    }

    /// Makes the window `factor` times as long, around what lies at this distance from the left edge.
    pub fn zoom(&mut self, session: Session, x: f64, factor: f64) {
        let frame = self.frame(session);
        let around = frame.at(x.max(frame.gutter()));
        let length = self.window.length * factor;
        let newest = session.newest.get_untracked() as f64;
        if length < CLOSEST || factor > 1.0 && self.window.length >= (newest * 1.15).max(AT_LEAST as f64) {
            return;
        }
        self.window = self.window.zoomed(around, factor);
        self.wanted = None;
    }

    /// Zooms around the playhead, or around the middle if that is elsewhere.
    pub fn zoom_at_now(&mut self, session: Session, factor: f64) {
        let frame = self.frame(session);
        let now = session.now.get_untracked();
        let x = if self.window.holds(now) { frame.x(now as f64) } else { (frame.gutter() + frame.width) / 2.0 };
        self.zoom(session, x, factor);
    }

    /// The whole run.
    pub fn show_all(&mut self, session: Session) {
        let length = (session.newest.get_untracked() as f64 * 1.05).max(SHORTEST as f64);
        self.window = Window { from: 0.0, length };
        self.wanted = None;
    }

    /// Shows what lies this many pixels to the right.
    pub fn pan(&mut self, session: Session, pixels: f64) {
        let frame = self.frame(session);
        self.window.from += pixels * frame.grain();
        self.follows = false;
        self.stay_in_the_run(session.newest.get_untracked());
    }

    /// Two fingers moved: what was between them stays between them.
    pub fn pinch(&mut self, session: Session, before: [f64; 2], after: [f64; 2]) {
        let frame = self.frame(session);
        let apart = |[a, b]: [f64; 2]| (a - b).abs().max(20.0);
        let middle = |[a, b]: [f64; 2]| (a + b) / 2.0;
        let held = frame.at(middle(before));
        self.zoom(session, middle(before), apart(before) / apart(after));
        let now_there = self.frame(session).at(middle(after));
        self.window.from += held - now_there;
        self.follows = false;
        self.stay_in_the_run(session.newest.get_untracked());
    }

    /// A finger at the edge pulls more of the run into view.
    pub fn pull_at_edge(&mut self, session: Session, x: f64) {
        let frame = self.frame(session);
        if x < frame.gutter() + 4.0 {
            self.window.from -= self.window.length * 0.03;
        } else if x > frame.width - 4.0 {
            self.window.from += self.window.length * 0.03;
        }
        self.stay_in_the_run(session.newest.get_untracked());
    }
}
