//! What the recipe promises, and what people wrongly believe that it does.

use super::process::Process;
use super::recipe::Step;
use super::tree::{SessionId, Tree};
use crate::sim::measures::Status;
use crate::sim::place::Place;
use crate::sim::property::{Book, Promise, Promises, View};
use crate::sim::time::Micros;
use std::collections::BTreeMap;

const ONE_ORDER: usize = 0;
const TURNS: usize = 1;
const LOWEST_LEADS: usize = 2;
const OWN_SESSION: usize = 3;
const NO_ORPHANS: usize = 4;
const WAITS_FOR_THE_LIVING: usize = 5;

#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Seen {
    leads: bool,
    zxid: u64,
    /// Since when it waits for a znode that is gone.
    in_vain_since: Option<Micros>,
}

/// The observer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RecipePromises {
    /// By slot.
    seen: Vec<Seen>,
    /// The newest state that any server has applied.
    newest: Tree,
    /// What the state was after each zxid, while servers may still get there: a fingerprint.
    states: BTreeMap<u64, u64>,
    /// The lowest znode's czxid so far.
    turn: u64,
}

impl Promises<Process> for RecipePromises {
    const LIST: &'static [Promise] = &[
        Promise { id: "servers_agree", promised: true, needs_disks: true },
        Promise { id: "turns_in_order", promised: true, needs_disks: true },
        Promise { id: "lowest_leads", promised: true, needs_disks: true },
        Promise { id: "leads_by_its_own_session", promised: true, needs_disks: true },
        Promise { id: "one_znode_per_session", promised: true, needs_disks: true },
        Promise { id: "watches_fire", promised: true, needs_disks: true },
        Promise { id: "one_believes_it_leads", promised: false, needs_disks: false },
    ];

    fn check(&mut self, view: &View<'_, Process>, touched: Place, book: &mut Book) {
        let slot = view.census.slot(touched);
        if self.seen.len() < view.processes.len() {
            self.seen.resize(view.processes.len(), Seen::default());
        }
        match &view.processes[slot] {
            None => self.seen[slot] = Seen::default(),
            Some(Process::Server(server)) => self.judge_server(&server.disk.tree, slot, touched, book),
            Some(Process::Client(_)) => self.judge_client(view, slot, touched, book),
        }
    }
}

impl RecipePromises {
    /// All servers go through the same states; the lowest znode only ever moves up.
    fn judge_server(&mut self, tree: &Tree, slot: usize, at: Place, book: &mut Book) {
        if tree.zxid == self.seen[slot].zxid {
            return;
        }
        self.seen[slot].zxid = tree.zxid;
        book.checked(ONE_ORDER);
        let state = fingerprint(tree);
        let known = *self.states.entry(tree.zxid).or_insert(state);
        if known != state {
            book.broken(ONE_ORDER, [Some(at), None], [tree.zxid, 0, 0]);
        }
        while self.states.len() > 4096 {
            self.states.pop_first();
        }
        if tree.zxid <= self.newest.zxid {
            return;
        }
        self.newest.clone_from(tree);
        book.checked(TURNS);
        if let Some(lowest) = tree.lowest() {
            if lowest.czxid < self.turn {
                book.broken(TURNS, [Some(Place::Node(lowest.client)), None], [lowest.czxid, self.turn, 0]);
            }
            self.turn = self.turn.max(lowest.czxid);
        }
        self.judge_orphans(tree, book);
    }

    /// No session has two znodes: one of them nobody would ever answer for.
    fn judge_orphans(&mut self, tree: &Tree, book: &mut Book) {
        book.checked(NO_ORPHANS);
        let mut owners: Vec<SessionId> = tree.znodes.values().map(|znode| znode.owner).collect();
        owners.sort_unstable();
        if let Some(pair) = owners.windows(2).find(|pair| pair[0] == pair[1]) {
            let client = tree.sessions.get(&pair[0]).map(|session| Place::Node(session.client));
            book.broken(NO_ORPHANS, [client, None], [pair[0], 0, 0]);
        }
    }

    fn judge_client(&mut self, view: &View<'_, Process>, slot: usize, at: Place, book: &mut Book) {
        let Some(Process::Client(client)) = &view.processes[slot] else { return };
        if client.leads && !self.seen[slot].leads {
            // Whoever begins to lead has the lowest znode, as it has seen, and lower ones never come.
            book.checked(LOWEST_LEADS);
            book.checked(OWN_SESSION);
            let sequence = client.own.map_or(0, |own| own.sequence);
            if let Some(lower) = self.newest.znodes.values().find(|znode| znode.sequence < sequence) {
                let numbers = [sequence.into(), lower.sequence.into(), 0];
                book.broken(LOWEST_LEADS, [Some(at), Some(Place::Node(lower.client))], numbers);
            }
            if client.own.is_none_or(|own| Some(own.owner) != client.session) {
                book.broken(OWN_SESSION, [Some(at), None], [client.session.unwrap_or(0), 0, 0]);
            }
        }
        self.seen[slot].leads = client.leads;
        self.judge_waiting(view, slot, at, book);
    }

    /// A watched znode that is gone is heard of: at the latest when the connection would have been given up.
    fn judge_waiting(&mut self, view: &View<'_, Process>, slot: usize, at: Place, book: &mut Book) {
        let Some(Process::Client(client)) = &view.processes[slot] else { return };
        let up = view.kernel.statuses[slot] == Status::Up;
        let in_vain = match client.step {
            Step::Waiting(sequence) if up && client.is_connected() => !self.newest.znodes.contains_key(&sequence),
            _ => false,
        };
        let since = &mut self.seen[slot].in_vain_since;
        if !in_vain {
            *since = None;
            return;
        }
        let since = *since.get_or_insert(view.now);
        book.checked(WAITS_FOR_THE_LIVING);
        // Until a server that lags gives up, and the client gives up that server.
        let patience = 4 * client.timeout + 4 * view.settings[slot].sync_time();
        if view.now > since + patience {
            book.broken(WAITS_FOR_THE_LIVING, [Some(at), None], [(view.now - since) / 1_000, 0, 0]);
        }
    }
}

/// A number that two states share only if they are the same, for all that is likely.
fn fingerprint(tree: &Tree) -> u64 {
    let fold = |hash: u64, part: u64| (hash ^ part).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23);
    let mut hash = fold(0xcbf2_9ce4_8422_2325, u64::from(tree.created));
    for (&id, session) in &tree.sessions {
        hash = fold(fold(hash, id), u64::from(session.client));
    }
    for znode in tree.znodes.values() {
        hash = fold(fold(fold(hash, znode.czxid), u64::from(znode.sequence)), znode.owner ^ znode.guid << 20);
    }
    hash
}
