//! The dialogs and menus of a page: none of them is in the first load.

use crate::ui::controls::keys::KeysDialog;
use crate::ui::controls::rules::RulesDialog;
use crate::ui::controls::setup_bar::SetupDialog;
use crate::ui::doors::Doors;
use crate::ui::faults::lists::WiresDialog;
use crate::ui::faults::menu::Menu;
use crate::ui::faults::partition::PartitionDialog;
use crate::ui::files::FilesDialog;
use crate::ui::panels::log::LogDialog;
use crate::ui::panels::presenting::{PointerRing, Subtitle};
use crate::ui::panels::table::TableView;
use crate::ui::panels::why_chain::WhyPanel;
use crate::ui::parts::{Made, behind, later, part, styled};
use crate::ui::preferences::Preferences;
use crate::ui::session::Session;
use crate::ui::share::dialog::ShareDialog;
use leptos::prelude::*;

part! { dialogs: fn keys(_session: Session) -> AnyView { view! { <KeysDialog/> }.into_any() } }
part! { dialogs: fn rules(session: Session) -> AnyView { view! { <RulesDialog session/> }.into_any() } }
part! { dialogs: fn setup(session: Session) -> AnyView { view! { <SetupDialog session/> }.into_any() } }
part! { dialogs: fn partition(session: Session) -> AnyView { view! { <PartitionDialog session/> }.into_any() } }
part! { dialogs: fn wires(session: Session) -> AnyView { view! { <WiresDialog session/> }.into_any() } }
part! { dialogs: fn log(session: Session) -> AnyView { view! { <LogDialog session/> }.into_any() } }
part! { dialogs: fn files(session: Session) -> AnyView { view! { <FilesDialog session/> }.into_any() } }
part! { share: fn share(session: Session) -> AnyView { view! { <ShareDialog session/> }.into_any() } }
part! { dialogs: fn menu(session: Session) -> AnyView { view! { <Menu session/> }.into_any() } }
part! { dialogs: fn table(session: Session) -> AnyView { view! { <TableView session/> }.into_any() } }
part! { dialogs: fn subtitle(session: Session) -> AnyView { view! { <Subtitle session/> }.into_any() } }
part! { dialogs: fn ring(_session: Session) -> AnyView { view! { <PointerRing/> }.into_any() } }
part! { dialogs: fn why(session: Session) -> AnyView { view! { <WhyPanel session/> }.into_any() } }

/// Everything that opens over the page.
#[component]
pub fn Dialogs(session: Session) -> impl IntoView {
    let doors = expect_context::<Doors>();
    view! {
        <LaterMenu session/>
        {behind(session, doors.keys, |session| Box::pin(keys(session)))}
        {behind(session, doors.rules, |session| Box::pin(rules(session)))}
        {behind(session, doors.setup, |session| Box::pin(setup(session)))}
        {behind(session, doors.partition, |session| Box::pin(partition(session)))}
        {behind(session, doors.wires, |session| Box::pin(wires(session)))}
        {behind(session, doors.files, |session| Box::pin(files(session)))}
        {behind(session, doors.share, |session| styled("share", Box::pin(share(session))))}
        {behind(session, doors.log, |session| Box::pin(log(session)))}
        {projected(session, |session| Box::pin(ring(session)))}
    }
}

/// The list of keys alone, for a page that has no other dialog.
#[component]
pub fn LaterKeys(session: Session) -> impl IntoView {
    behind(session, expect_context::<Doors>().keys, |session| Box::pin(keys(session)))
}

/// The menu beside a node or a link.
#[component]
pub fn LaterMenu(session: Session) -> impl IntoView {
    let door = expect_context::<Doors>().menu;
    let wanted = move || door.with(Option::is_some);
    later(session, Box::new(wanted), Box::new(move || door.set(None)), Box::new(|session| Box::pin(menu(session))))
}

/// The nodes as a table, beside the stage.
#[component]
pub fn LaterTable(session: Session) -> impl IntoView {
    behind(session, expect_context::<Doors>().table, |session| Box::pin(table(session)))
}

/// The newest event in large type, in projector mode.
#[component]
pub fn LaterSubtitle(session: Session) -> impl IntoView {
    projected(session, |session| Box::pin(subtitle(session)))
}

/// For projector mode only.
fn projected(session: Session, make: fn(Session) -> Made) -> AnyView {
    let projector = expect_context::<Preferences>().projector;
    later(session, Box::new(move || projector.get()), Box::new(|| ()), Box::new(make))
}

/// The answer to a question, over the rail.
#[component]
pub fn LaterWhy(session: Session) -> impl IntoView {
    let door = expect_context::<Doors>().why;
    let wanted = move || door.with(Option::is_some);
    later(session, Box::new(wanted), Box::new(move || door.set(None)), Box::new(|session| Box::pin(why(session))))
}
