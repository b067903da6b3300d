//! What is open on the page besides the page itself.

use crate::ui::selection::Selection;
use crate::words::why::Question;
use leptos::prelude::*;

/// The part of the page that a narrow screen shows below the stage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tab {
    Node,
    Events,
    Promises,
    Timeline,
}

impl Tab {
    pub const ALL: [Tab; 4] = [Tab::Node, Tab::Events, Tab::Promises, Tab::Timeline];

    pub fn name(self) -> &'static str {
        match self {
            Tab::Node => "Node",
            Tab::Events => "Events",
            Tab::Promises => "Promises",
            Tab::Timeline => "Timeline",
        }
    }

    pub fn id(self) -> &'static str {
        match self {
            Tab::Node => "node",
            Tab::Events => "events",
            Tab::Promises => "promises",
            Tab::Timeline => "timeline",
        }
    }
}

/// Whose menu, and where it opens, in pixels of the window.
pub type OpenedMenu = (Selection, Option<(i32, i32)>);

/// Each is open while its signal is true.
#[derive(Clone, Copy)]
pub struct Doors {
    pub keys: RwSignal<bool>,
    pub log: RwSignal<bool>,
    /// Links and messages as lists.
    pub wires: RwSignal<bool>,
    pub partition: RwSignal<bool>,
    /// The visitor draws a line across the stage.
    pub drawing: RwSignal<bool>,
    pub rules: RwSignal<bool>,
    pub share: RwSignal<bool>,
    /// The set-up of a narrow screen.
    pub setup: RwSignal<bool>,
    /// The nodes as a table.
    pub table: RwSignal<bool>,
    /// Files, history and the runs of this session.
    pub files: RwSignal<bool>,
    /// The menu of a node or a link, and where it opens, in pixels of the window.
    pub menu: RwSignal<Option<OpenedMenu>>,
    pub tab: RwSignal<Tab>,
    /// What was asked last, while its answer is open.
    pub why: RwSignal<Option<Question>>,
}

impl Doors {
    #[allow(clippy::new_without_default)]
    pub fn new() -> Doors {
        let shut = || RwSignal::new(false);
        Doors {
            keys: shut(),
            log: shut(),
            wires: shut(),
            partition: shut(),
            drawing: shut(),
            rules: shut(),
            share: shut(),
            setup: shut(),
            table: shut(),
            files: shut(),
            menu: RwSignal::new(None),
            tab: RwSignal::new(Tab::Node),
            why: RwSignal::new(None),
        }
    }

    /// Opens a menu beside whatever has the focus.
    pub fn menu_at(&self, what: Selection) {
        let focused = document().active_element().map(|element| element.get_bounding_client_rect());
        let at = focused.map(|room| (room.left() as i32, room.bottom() as i32 + 4));
        self.menu.set(Some((what, at)));
    }

    /// Something is open that wants the keys for itself.
    pub fn any_dialog(&self) -> bool {
        [self.keys, self.log, self.wires, self.partition, self.rules, self.setup, self.files, self.share]
            .iter()
            .any(|door| door.get_untracked())
    }
}
