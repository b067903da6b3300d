//! Entering a run by its address: a link, a moment, a speed; and what there is to complain of.

use crate::playback::arrival::Arrival;
use crate::share::link::{Link, Shared};
use crate::sim::time::Micros;
use crate::ui::address::{self, Address, Page};
use crate::ui::bookmark;
use crate::ui::parts;
use crate::ui::session::Session;
use crate::words::en::links as say;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;

/// What is wrong, a line each.
#[derive(Clone, Copy)]
pub struct Complaints {
    /// With the address, a link or a dropped file: shown above the page until it is put away.
    pub page: RwSignal<Vec<String>>,
    /// With a file chosen in the dialog: shown there.
    pub file: RwSignal<Vec<String>>,
}

impl Complaints {
    #[allow(clippy::new_without_default)]
    pub fn new() -> Complaints {
        Complaints { page: RwSignal::new(Vec::new()), file: RwSignal::new(Vec::new()) }
    }
}

/// Opens what the address asks for, in a session that has its set-up. Answers with the complaints.
pub fn enter(session: Session, address: &Address) -> Vec<String> {
    let mut complaints = address.complaints.clone();
    match &address.link {
        Some(Ok(link)) if address.page == Page::Compare => complaints.extend(two_sided(link)),
        Some(Ok(link)) => match session.open_link(link, address.at) {
            Ok(remarks) => {
                complaints.extend(remarks);
                complaints.extend(is_pair(link).then(|| say::FIRST_OF_TWO.to_owned()));
            }
            Err(error) => complaints.push(format!("{} {}", say::impossible(&error.to_string()), say::DEFAULT_INSTEAD)),
        },
        Some(Err(error)) => complaints.push(format!("{error} {}", say::DEFAULT_INSTEAD)),
        None => {}
    }
    if !matches!(address.link, Some(Ok(_)))
        && let Some(at) = address.at
        && !session.arrive(at)
    {
        complaints.push(say::TOO_FAR.into());
    }
    if let Some(speed) = address.speed {
        session.set_speed_near(speed);
    }
    // An embed keeps to its stop each time it is played.
    if let Some(stop) = address.stop.filter(|_| address.page != Page::Embed) {
        pause_at(session, stop);
    }
    complaints
}

fn is_pair(link: &Link) -> bool {
    matches!(link.shared, Shared::Pair(..))
}

/// Compare opens both sides itself; a link of one run it cannot show.
fn two_sided(link: &Link) -> Option<String> {
    (!is_pair(link)).then(|| say::NOT_A_PAIR.to_owned())
}

/// Pauses the first time that the run plays past this moment.
fn pause_at(session: Session, stop: Micros) {
    let run = session.run.get_untracked();
    let is_over = StoredValue::new(session.now.get_untracked() >= stop);
    Effect::new(move |_| {
        let now = session.now.get();
        let is_passing = session.playing.get_untracked() && session.run.get_untracked() == run;
        if is_passing && now >= stop && !is_over.get_value() {
            is_over.set_value(true);
            session.pause();
            session.arrive(Arrival::At(stop));
        }
    });
}

/// Opens what is put into the address bar while the page stands.
pub fn listen(session: Session, complaints: Complaints, page: Page) {
    let changed = Closure::<dyn FnMut()>::new(move || {
        spawn_local(async move {
            if !address::is_of_the_first_family() && parts::all_families().await.is_err() {
                return session.remark(parts::SORRY.into());
            }
            let Some(address) = address::read() else { return };
            // An embed and a comparison are made anew: their addresses say much that is not the run.
            if address.page != page || page != Page::Play {
                let _ = window().location().reload();
                return;
            }
            if bookmark::return_here(session) {
                return complaints.page.set(Vec::new());
            }
            if !matches!(address.link, Some(Ok(_))) {
                session.begin(address.setup.clone());
            }
            complaints.page.set(enter(session, &address));
        });
    });
    let _ = window().add_event_listener_with_callback("hashchange", changed.as_ref().unchecked_ref());
    changed.forget();
}
