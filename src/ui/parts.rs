//! Parts of the page that are fetched when they are first wanted, so that the first picture does not wait for them.
//!
//! `part!` declares a function that lives in a part: it becomes `async`, and its first call fetches the part. Built without the
//! feature `split` everything is one module and nothing is fetched. Whatever is used only by functions of parts goes
//! with them, so a part is worth making where little of it is needed elsewhere.

use crate::scenarios::algorithm::{self, Algorithm};
use crate::ui::session::Session;
use crate::words::en;
use js_sys::Promise;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos::task::spawn_local;
use std::pin::Pin;
use wasm_bindgen_futures::JsFuture;

/// A part did not arrive.
#[derive(Debug)]
pub struct Missing;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Missing {
        Missing
    }
}

/// What the page says when a part did not arrive.
pub use crate::words::en::run::A_PART_DID_NOT_ARRIVE as SORRY;

macro_rules! part {
    ($part:ident: $(#[$doc:meta])* $visible:vis fn $name:ident($($argument:ident: $kind:ty),*) -> $result:ty $body:block) => {
        $(#[$doc])*
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($part, fallible)]
        $visible fn $name($($argument: $kind),*) -> Result<$result, $crate::ui::parts::Missing> {
            let made = $body;
            Ok(made)
        }

        $(#[$doc])*
        #[cfg(not(feature = "split"))]
        $visible async fn $name($($argument: $kind),*) -> Result<$result, $crate::ui::parts::Missing> {
            let made = $body;
            Ok(made)
        }
    };
}
pub(crate) use part;

part! { families:
    /// The engines and the words of the families.
    fn families() -> () {
        algorithm::bring_all();
        en::bring_all();
    }
}

/// Does this once the engine of the family is here; says so on the page if it does not arrive.
pub fn with_family(session: Session, algorithm: Algorithm, then: impl FnOnce() + 'static) {
    if algorithm.is_here() {
        return then();
    }
    spawn_local(async move {
        match families().await {
            Ok(()) => then(),
            Err(Missing) => session.remark(SORRY.into()),
        }
    });
}

/// All families, for an address that may name any.
pub async fn all_families() -> Result<(), Missing> {
    match Algorithm::all().all(Algorithm::is_here) {
        true => Ok(()),
        false => families().await,
    }
}

/// A view, once its part has arrived.
pub type Made = Pin<Box<dyn Future<Output = Result<AnyView, Missing>>>>;

/// Asks for the part of a view.
pub type Make = Box<dyn Fn(Session) -> Made>;

/// A view whose style sheet is fetched with its part (LATER in scripts/parts.mjs): unseen until both are here.
pub fn styled(sheet: &'static str, making: Made) -> Made {
    let worn = wear(sheet);
    Box::pin(async move {
        let view = making.await?;
        if let Some(worn) = worn {
            // A page without its style is better than none.
            let _ = JsFuture::from(worn).await;
        }
        Ok(view)
    })
}

/// Puts a style sheet on that the page names for later. Where nothing is fetched later, it is on already.
fn wear(sheet: &str) -> Option<Promise> {
    let link = document().query_selector(&format!("link[rel=later][href^='./{sheet}-']")).ok().flatten()?;
    let come = Promise::new(&mut |done, failed| {
        let _ = link.add_event_listener_with_callback("load", &done);
        let _ = link.add_event_listener_with_callback("error", &failed);
    });
    let _ = link.set_attribute("rel", "stylesheet");
    Some(come)
}

/// Makes a view when `wanted` is first true, and keeps it. `unwant` is called if its part does not arrive.
// Not generic: each kind of effect costs some kilobytes.
pub fn later(session: Session, wanted: Box<dyn Fn() -> bool>, unwant: Box<dyn Fn()>, make: Make) -> AnyView {
    let owner = Owner::current().expect("views are made by an owner");
    let made = StoredValue::new_local(None::<AnyView>);
    let arrived = RwSignal::new(false);
    let unwant = StoredValue::new_local(unwant);
    let asked = StoredValue::new_local(false);
    Effect::new(move |_| {
        if !wanted() || asked.get_value() {
            return;
        }
        asked.set_value(true);
        let making = owner.with(|| ScopedFuture::new(make(session)));
        spawn_local(async move {
            match making.await {
                Ok(view) => {
                    made.set_value(Some(view));
                    arrived.set(true);
                }
                Err(Missing) => {
                    asked.set_value(false);
                    unwant.with_value(|unwant| unwant());
                    session.remark(SORRY.into());
                }
            }
        });
    });
    let show = move || {
        arrived.track();
        made.try_update_value(Option::take).flatten()
    };
    show.into_any()
}

/// The same for what a door opens.
pub fn behind(session: Session, door: RwSignal<bool>, make: fn(Session) -> Made) -> AnyView {
    later(session, Box::new(move || door.get()), Box::new(move || door.set(false)), Box::new(make))
}
