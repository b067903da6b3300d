//! A lane of time per node: a bar of wax while it leads, dashes while it runs, dots while it is down; acts as flags.
//! Drawn a few times a second, and only what the window shows.

use crate::sim::time::{MILLISECOND, Micros, SECOND};
use crate::ui::chronicle::{Chronicle, FlagKind, Life, Mark};
use crate::ui::session::{SPEEDS, Session};
use crate::ui::widgets::seal::wax_token;
use crate::words::act_line::deed;
use crate::words::lookup::{Words, sentence_case};
use crate::words::numbers::instant;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, PointerEvent};

/// The window shows this much wall time at the present speed.
const WALL: Micros = 14 * SECOND;
/// While the run goes on, now stands here.
const ANCHOR: f64 = 0.82;

/// What part of the run is shown.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
struct Span {
    from: f64,
    length: f64,
}

#[component]
pub fn Lanes(session: Session, #[prop(default = "Timeline")] name: &'static str) -> impl IntoView {
    let canvas: NodeRef<html::Canvas> = NodeRef::new();
    let zoom = RwSignal::new(1.0_f64);
    let dragging = RwSignal::new(false);
    let window_span = StoredValue::new(Span::default());
    let resized = RwSignal::new(0_u32);
    watch_size(canvas, resized);
    let preferences = expect_context::<crate::ui::preferences::Preferences>();
    Effect::new(move |_| {
        preferences.theme.track();
        resized.track();
        session.pulse.track();
        session.run.track();
        let length = wall_span(session.speed.get()) / zoom.get();
        let Some(canvas) = canvas.get() else { return };
        let now = session.now.get_untracked() as f64;
        let span = if dragging.get_untracked() {
            window_span.get_value()
        } else {
            follow(window_span.get_value(), now, length, session.playing.get_untracked())
        };
        window_span.set_value(span);
        paint(&canvas, session, span);
    });
    let seek_to = move |event: &PointerEvent| {
        let Some(canvas) = canvas.get_untracked() else { return };
        let room = canvas.get_bounding_client_rect();
        let gutter = gutter();
        let part = (f64::from(event.client_x()) - room.left() - gutter) / (room.width() - gutter).max(1.0);
        let span = window_span.get_value();
        let to = (span.from + part * span.length).max(0.0) as Micros;
        session.seek(to.min(session.newest.get_untracked()));
    };
    let down = move |event: PointerEvent| {
        session.pause();
        dragging.set(true);
        if let Some(canvas) = canvas.get_untracked() {
            let _ = canvas.set_pointer_capture(event.pointer_id());
        }
        seek_to(&event);
    };
    let moved = move |event: PointerEvent| {
        if dragging.get_untracked() {
            seek_to(&event);
        }
    };
    let wheel = move |event: web_sys::WheelEvent| {
        if event.ctrl_key() || event.shift_key() {
            return;
        }
        event.prevent_default();
        let factor = if event.delta_y() < 0.0 { 1.25 } else { 0.8 };
        zoom.update(|zoom| *zoom = (*zoom * factor).clamp(0.1, 20.0));
    };
    view! {
        <section class="time" aria-label=name>
            <canvas
                node_ref=canvas
                class="lanes"
                role="img"
                aria-label="One lane per node: who led, ran, or was down when. The slider above goes to any moment; the log lists every event."
                data-act="Lanes"
                on:pointerdown=down
                on:pointermove=moved
                on:pointerup=move |_| dragging.set(false)
                on:pointercancel=move |_| dragging.set(false)
                on:wheel=wheel
            ></canvas>
        </section>
    }
}

fn wall_span(speed: usize) -> f64 {
    let (over, under) = SPEEDS[speed];
    WALL as f64 * f64::from(over) / f64::from(under)
}

/// Now stays in view; while playing it keeps its place.
fn follow(old: Span, now: f64, length: f64, playing: bool) -> Span {
    let from = if (old.length - length).abs() > 1.0 || playing || now < old.from || now > old.from + old.length * 0.98 {
        (now - length * ANCHOR).max(0.0)
    } else {
        old.from
    };
    Span { from, length }
}

fn root_pixels() -> f64 {
    let root = document().document_element();
    let size = root
        .and_then(|root| window().get_computed_style(&root).ok().flatten())
        .and_then(|style| style.get_property_value("font-size").ok());
    size.and_then(|size| size.trim_end_matches("px").parse().ok()).unwrap_or(16.0)
}

fn gutter() -> f64 {
    3.25 * root_pixels()
}

fn watch_size(canvas: NodeRef<html::Canvas>, resized: RwSignal<u32>) {
    use wasm_bindgen::closure::Closure;
    Effect::new(move |_| {
        let Some(canvas) = canvas.get() else { return };
        let changed = Closure::<dyn FnMut()>::new(move || resized.update(|count| *count += 1));
        if let Ok(observer) = web_sys::ResizeObserver::new(changed.as_ref().unchecked_ref()) {
            observer.observe(&canvas);
        }
        changed.forget();
    });
}

/// Colours and measures of one painting.
struct Brush {
    to: CanvasRenderingContext2d,
    style: web_sys::CssStyleDeclaration,
    /// Pixels of a rem.
    rem: f64,
    width: f64,
    height: f64,
    gutter: f64,
    span: Span,
}

impl Brush {
    fn token(&self, name: &str) -> String {
        self.style.get_property_value(name).unwrap_or_default()
    }

    fn x(&self, at: f64) -> f64 {
        self.gutter + (at - self.span.from) / self.span.length * (self.width - self.gutter)
    }

    fn line(&self, from: (f64, f64), to: (f64, f64), width: f64, dash: &[f64]) {
        let pattern = js_sys::Array::new();
        dash.iter().for_each(|&part| {
            pattern.push(&part.into());
        });
        let _ = self.to.set_line_dash(&pattern);
        self.to.set_line_width(width);
        self.to.begin_path();
        self.to.move_to(from.0, from.1);
        self.to.line_to(to.0, to.1);
        self.to.stroke();
    }

    fn text(&self, text: &str, x: f64, y: f64, size: f64, weight: u32, align: &str) {
        self.to.set_font(&format!("{weight} {:.1}px {}", size * self.rem, self.token("--font")));
        self.to.set_text_align(align);
        let _ = self.to.fill_text(text, x, y);
    }
}

fn paint(canvas: &HtmlCanvasElement, session: Session, span: Span) {
    let (width, height) = (f64::from(canvas.client_width()), f64::from(canvas.client_height()));
    let Some(root) = document().document_element() else { return };
    let style = window().get_computed_style(&root).ok().flatten();
    let context = canvas.get_context("2d").ok().flatten().and_then(|it| it.dyn_into::<CanvasRenderingContext2d>().ok());
    let (Some(style), Some(context)) = (style, context) else { return };
    if width < 40.0 || height < 20.0 {
        return;
    }
    let ratio = window().device_pixel_ratio().clamp(1.0, 3.0);
    let wanted = ((width * ratio) as u32, (height * ratio) as u32);
    if (canvas.width(), canvas.height()) != wanted {
        canvas.set_width(wanted.0);
        canvas.set_height(wanted.1);
    }
    let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
    context.clear_rect(0.0, 0.0, width, height);
    let rem = root_pixels();
    let brush = Brush { to: context, style, rem, width, height, gutter: gutter(), span };
    let words = session.words();
    session.look(|sim| {
        session.with_chronicle(|chronicle| {
            let newest = session.newest.get_untracked() as f64;
            let slots: Vec<String> = sim
                .kernel()
                .census
                .all()
                .take(sim.kernel().census.processes())
                .map(|place| place.to_string())
                .collect();
            let top = 1.35 * rem;
            let foot = 1.3 * rem;
            let lane = ((height - top - foot) / slots.len() as f64).max(6.0);
            ticks(&brush, session.now.get_untracked() as f64, top, height - foot);
            unknown(&brush, newest, top, height - foot);
            for (slot, name) in slots.iter().enumerate() {
                let y = top + lane * (slot as f64 + 0.5);
                brush.to.set_fill_style_str(&brush.token("--ink-2"));
                brush.text(name, brush.gutter - 0.6 * rem, y + 0.28 * rem, 0.8, 700, "right");
                lane_of(&brush, &words, chronicle.marks(slot), y, lane, newest);
            }
            let said = |act: u32| {
                let act = sim.history().acts.get(act as usize)?;
                let target = act.target.map(crate::sim::fault::Who::At);
                Some(sentence_case(&deed(&words, sim, &act.fault, target)))
            };
            flags(&brush, chronicle, said, height - foot);
            playhead(&brush, session.now.get_untracked() as f64, top, height - foot);
        });
    });
}

fn ticks(brush: &Brush, now: f64, top: f64, bottom: f64) {
    const STEPS: [u64; 13] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];
    let wanted = brush.span.length / ((brush.width - brush.gutter) / (6.0 * brush.rem)).max(1.0);
    let step = STEPS.iter().map(|ms| ms * MILLISECOND).find(|&step| step as f64 >= wanted).unwrap_or(60 * SECOND);
    let mut at = (brush.span.from as u64).div_ceil(step) * step;
    while (at as f64) < brush.span.from + brush.span.length {
        let x = brush.x(at as f64);
        brush.to.set_stroke_style_str(&brush.token("--line"));
        brush.line((x, top), (x, bottom), 1.0, &[]);
        brush.to.set_fill_style_str(&brush.token("--ink-3"));
        let is_covered = (x - brush.x(now)).abs() < 5.0 * brush.rem;
        if !is_covered && x > brush.gutter + brush.rem && x < brush.width - 2.0 * brush.rem {
            brush.text(&instant(at), x, bottom + 0.95 * brush.rem, 0.75, 400, "center");
        }
        at += step;
    }
}

/// Right of the newest moment nothing has been run: it is not known.
fn unknown(brush: &Brush, newest: f64, top: f64, bottom: f64) {
    let x = brush.x(newest).max(brush.gutter);
    if x < brush.width {
        brush.to.set_fill_style_str(&brush.token("--paper"));
        brush.to.fill_rect(x, top, brush.width - x, bottom - top);
    }
}

fn lane_of(brush: &Brush, words: &Words, marks: &[Mark], y: f64, lane: f64, newest: f64) {
    let end = (brush.span.from + brush.span.length).min(newest);
    for (index, mark) in marks.iter().enumerate() {
        let from = (mark.at as f64).max(brush.span.from);
        let until = marks.get(index + 1).map_or(newest, |next| next.at as f64).min(end);
        if until <= from {
            continue;
        }
        let (x0, x1) = (brush.x(from), brush.x(until));
        let bar = (lane * 0.68).min(0.95 * brush.rem);
        match mark.life {
            Life::Up => {
                brush.to.set_stroke_style_str(&brush.token("--ink-3"));
                brush.line((x0, y), (x1, y), 1.5, &[]);
            }
            Life::Runs(reign) => {
                brush.to.set_stroke_style_str(&brush.token(wax_token(reign)));
                brush.line((x0, y), (x1, y), 4.0, &[6.0, 3.5]);
            }
            Life::Leads(reign) => {
                brush.to.set_fill_style_str(&brush.token(wax_token(reign)));
                brush.to.fill_rect(x0, y - bar / 2.0, x1 - x0, bar);
                let label = reign.map_or_else(|| "leads".to_owned(), |reign| words.reign(reign));
                if x1 - x0 > label.len() as f64 * 0.5 * brush.rem && bar > 0.8 * brush.rem {
                    brush.to.set_fill_style_str(&brush.token("--on-reign"));
                    brush.text(&label, x0 + 0.35 * brush.rem, y + 0.26 * brush.rem, 0.75, 700, "left");
                }
            }
            Life::Paused => {
                brush.to.set_stroke_style_str(&brush.token("--ink-3"));
                brush.line((x0, y - bar / 3.0), (x1, y - bar / 3.0), 1.5, &[]);
                brush.line((x0, y + bar / 3.0), (x1, y + bar / 3.0), 1.5, &[]);
                brush.line((x0, y), (x1, y), bar / 2.0, &[1.5, 3.5]);
            }
            Life::Down => {
                brush.to.set_stroke_style_str(&brush.token("--ink-3"));
                brush.line((x0, y), (x1, y), 1.5, &[1.0, 6.0]);
            }
        }
    }
}

fn flags(brush: &Brush, chronicle: &Chronicle, said: impl Fn(u32) -> Option<String>, bottom: f64) {
    let mut free_from = brush.gutter;
    brush.to.set_fill_style_str(&brush.token("--ink"));
    brush.to.set_stroke_style_str(&brush.token("--ink-2"));
    for flag in &chronicle.flags {
        let at = flag.at as f64;
        let FlagKind::Act(act) = flag.kind else { continue };
        if at < brush.span.from || at > brush.span.from + brush.span.length {
            continue;
        }
        let (x, r) = (brush.x(at), brush.rem);
        brush.line((x, 0.9 * r), (x, bottom), 1.0, &[1.5, 3.5]);
        brush.to.begin_path();
        brush.to.move_to(x - 0.27 * r, 0.2 * r);
        brush.to.line_to(x + 0.27 * r, 0.2 * r);
        brush.to.line_to(x + 0.27 * r, 0.7 * r);
        brush.to.line_to(x, 0.95 * r);
        brush.to.line_to(x - 0.27 * r, 0.7 * r);
        brush.to.close_path();
        brush.to.fill();
        let Some(text) = said(act) else { continue };
        let width = text.chars().count() as f64 * 0.46 * r;
        if x + 0.5 * r >= free_from && x + width < brush.width {
            brush.text(&text, x + 0.45 * r, 0.88 * r, 0.75, 600, "left");
            free_from = x + 0.5 * r + width + r;
        }
    }
}

fn playhead(brush: &Brush, now: f64, top: f64, bottom: f64) {
    let x = brush.x(now);
    if x < brush.gutter - 1.0 || x > brush.width + 1.0 {
        return;
    }
    let r = brush.rem;
    brush.to.set_stroke_style_str(&brush.token("--ink"));
    brush.to.set_fill_style_str(&brush.token("--ink"));
    brush.line((x, top - 0.2 * r), (x, bottom), 1.5, &[]);
    brush.to.begin_path();
    let _ = brush.to.arc(x, top - 0.2 * r, 0.28 * r, 0.0, std::f64::consts::TAU);
    brush.to.fill();
    let text = format!("{} ms", instant(now as Micros));
    let width = (text.chars().count() as f64 * 0.47 + 0.9) * r;
    let left = (x - width / 2.0).clamp(brush.gutter, (brush.width - width).max(brush.gutter));
    brush.to.begin_path();
    let _ = brush.to.round_rect_with_f64(left, bottom + 0.08 * r, width, 1.1 * r, 0.55 * r);
    brush.to.fill();
    brush.to.set_fill_style_str(&brush.token("--on-ink"));
    brush.text(&text, left + width / 2.0, bottom + 0.9 * r, 0.78, 700, "center");
    let _ = brush.height;
}
