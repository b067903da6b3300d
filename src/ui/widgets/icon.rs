//! Icons: 20 x 20, drawn with the colour of the text beside them.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Glyph {
    Play,
    Bars,
    StepForward,
    StepBack,
    ToStart,
    NextMilestone,
    PreviousMilestone,
    Down,
    Crash,
    Pause,
    CutOff,
    Partition,
    Heal,
    Write,
    Share,
    Theme,
    Projector,
    Help,
    Settings,
    Kept,
    NotPromised,
    Alarm,
    Open,
    FullScreen,
    Restart,
    Wipe,
    Clock,
    SkewClock,
    HandOver,
    Read,
    Undo,
    Redo,
    Close,
    More,
    Drop,
    Copy,
    Slow,
    Menu,
}

impl Glyph {
    fn drawing(self) -> &'static str {
        match self {
            Glyph::Play => "<path d='M6 4.2v11.6L15.6 10z' class='solid'/>",
            Glyph::Bars => "<path d='M6.6 4.5v11M13.4 4.5v11' style='stroke-width:3'/>",
            Glyph::StepForward => "<path d='M4.5 4.8v10.4L12 10zM14.5 4.6v10.8'/>",
            Glyph::StepBack => "<path d='M15.5 4.8v10.4L8 10zM5.5 4.6v10.8'/>",
            Glyph::ToStart => "<path d='M16.5 5v10L11.5 10zM11.5 5v10L6.5 10zM4 4.6v10.8'/>",
            Glyph::PreviousMilestone => "<path d='M15.5 5v10L10 10zM9.5 5v10L4 10z'/>",
            Glyph::NextMilestone => "<path d='M4.5 5v10L10 10zM10.5 5v10L16 10z'/>",
            Glyph::Down => "<path d='M5 7.5l5 5 5-5'/>",
            Glyph::Crash => "<rect x='3.5' y='3.5' width='13' height='13' rx='2'/><path d='M7 7l6 6M13 7l-6 6'/>",
            Glyph::Pause => "<circle cx='10' cy='10' r='7'/><path d='M8 7.2v5.6M12 7.2v5.6'/>",
            Glyph::CutOff => "<path d='M2.5 10h4.2M13.3 10h4.2M8.2 5.5v9M11.8 5.5v9'/>",
            Glyph::Partition => {
                "<path d='M3 16.5C7 14 6 11 10 10s3-4 7-6.5' style='stroke-dasharray:.1 3.4'/><circle cx='5.2' cy='6' r='2'/><circle cx='14.8' cy='14' r='2'/>"
            }
            Glyph::Heal => "<path d='M2.5 10h15M6 6.5 2.5 10 6 13.5M14 6.5l3.5 3.5-3.5 3.5'/>",
            Glyph::Write => "<path d='M4 16l.8-3.6L13.3 4l2.7 2.7-8.4 8.5zM11.5 5.8l2.7 2.7'/>",
            Glyph::Share => {
                "<path d='M8.5 11.5l3-3M7.3 8.2 5.2 10.3a3.1 3.1 0 0 0 4.4 4.4l2.1-2.1M12.7 11.8l2.1-2.1a3.1 3.1 0 0 0-4.4-4.4L8.3 7.4'/>"
            }
            Glyph::Theme => "<circle cx='10' cy='10' r='6.8'/><path d='M10 3.2a6.8 6.8 0 0 1 0 13.6z' class='solid'/>",
            Glyph::Projector => "<path d='M2.5 4h15M4 4v8.5h12V4M10 12.5V16M7 16.5h6'/>",
            Glyph::Help => {
                "<path d='M7.2 7.3A2.9 2.9 0 0 1 10 5c1.6 0 2.8 1 2.8 2.5 0 2-2.8 2.2-2.8 4.2'/><circle cx='10' cy='15' r='1.15' class='solid'/>"
            }
            Glyph::Settings => {
                "<path d='M3 6h8M15 6h2M3 14h2M9 14h8'/><circle cx='13' cy='6' r='2'/><circle cx='7' cy='14' r='2'/>"
            }
            Glyph::Kept => "<path d='M4 10.5l4 4 8-9' style='stroke-width:2.2'/>",
            Glyph::NotPromised => "<circle cx='10' cy='10' r='6.4' style='stroke-dasharray:2 2.6'/>",
            Glyph::Alarm => {
                "<path d='M6.6 1.8h6.8l4.8 4.8v6.8l-4.8 4.8H6.6l-4.8-4.8V6.6z' class='solid'/><path d='M10 5.6v5.2' style='stroke:var(--on-alarm);stroke-width:2.2'/><circle cx='10' cy='14.1' r='1.25' style='fill:var(--on-alarm)'/>"
            }
            Glyph::Open => "<path d='M8 4.5H4.5v11h11V12M11 3.5h5.5V9M16.5 3.5 9.5 10.5'/>",
            Glyph::FullScreen => "<path d='M3.5 7.5v-4h4M16.5 7.5v-4h-4M3.5 12.5v4h4M16.5 12.5v4h-4'/>",
            Glyph::Restart => "<path d='M15.5 6.5A6.5 6.5 0 1 0 16.5 10M15.8 3v3.8H12'/>",
            Glyph::Wipe => {
                "<ellipse cx='10' cy='5.2' rx='6' ry='2.4'/><path d='M4 5.2v9c0 3.2 12 3.2 12 0v-9M7.6 9.6l4.8 4.8M12.4 9.6l-4.8 4.8'/>"
            }
            Glyph::Clock => "<circle cx='10' cy='10' r='6.8'/><path d='M10 6v4.2l2.8 1.8'/>",
            Glyph::SkewClock => "<circle cx='9' cy='11' r='6'/><path d='M9 7.6V11l2.4 1.5M16.5 2v5M14 4.5h5'/>",
            Glyph::HandOver => {
                "<circle cx='5.6' cy='10' r='3.2'/><circle cx='14.4' cy='10' r='3.2' stroke-dasharray='2 2'/><path d='M7 4.2C9 2.8 11 2.8 13 4.2M13.2 1.8V4.4h-2.6'/>"
            }
            Glyph::Read => {
                "<path d='M10 5.4C8 4 5.4 3.8 3 4.4v11c2.4-.6 5-.4 7 1 2-1.4 4.6-1.6 7-1v-11c-2.4-.6-5-.4-7 1zv11'/>"
            }
            Glyph::Undo => "<path d='M7.5 4 3.5 8l4 4M3.5 8H12a4.5 4.5 0 0 1 0 9H8'/>",
            Glyph::Redo => "<path d='M12.5 4l4 4-4 4M16.5 8H8a4.5 4.5 0 0 0 0 9h4'/>",
            Glyph::Close => "<path d='M5 5l10 10M15 5 5 15'/>",
            Glyph::More => {
                "<circle class='solid' cx='4.5' cy='10' r='1.6'/><circle class='solid' cx='10' cy='10' r='1.6'/><circle class='solid' cx='15.5' cy='10' r='1.6'/>"
            }
            Glyph::Drop => "<circle cx='10' cy='10' r='6.8'/><path d='M7.6 7.6l4.8 4.8M12.4 7.6l-4.8 4.8'/>",
            Glyph::Copy => {
                "<rect x='7' y='7' width='9.5' height='9.5' rx='2'/><path d='M4.5 13H4a1.5 1.5 0 0 1-1.5-1.5V4A1.5 1.5 0 0 1 4 2.5h7.5A1.5 1.5 0 0 1 13 4v.5'/>"
            }
            Glyph::Slow => {
                "<path d='M3 14a7 7 0 0 1 14 0M10 14l-3.6-3.6'/><circle class='solid' cx='10' cy='14' r='1.3'/>"
            }
            Glyph::Menu => "<path d='M3 5.5h14M3 10h14M3 14.5h14'/>",
        }
    }
}

/// Decoration only: the control around it carries the name. Needs the `.icon` rules of `style/stage.css`.
#[component]
pub fn Icon(#[prop(into)] glyph: Signal<Glyph>) -> impl IntoView {
    view! { <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" inner_html=move || glyph.get().drawing()></svg> }
}

/// The mark: seven seats of a bench around a small seal.
#[component]
pub fn BrandMark() -> impl IntoView {
    use crate::picture::geometry::{Point, seal_path};
    const SEATS: [(&str, &str); 7] = [
        ("22.6", "7.2"),
        ("14.6", "3.6"),
        ("6.4", "6.6"),
        ("3.2", "14.8"),
        ("6.8", "22.8"),
        ("15", "25"),
        ("22.6", "20.9"),
    ];
    let seats: String =
        SEATS.iter().map(|(x, y)| format!("<circle cx='{x}' cy='{y}' r='2.3' fill='currentColor'/>")).collect();
    let seal = format!("<path class='brand-seal' d='{}'/>", seal_path(Point::new(14.0, 14.2), 5.6, 12));
    view! { <svg class="brand-mark" viewBox="0 0 28 28" aria-hidden="true" inner_html=seats + &seal></svg> }
}
