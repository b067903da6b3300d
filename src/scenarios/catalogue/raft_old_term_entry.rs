//! S-R8: an entry of an old term on a majority of disks is not decided (Raft paper, Figure 8).

use super::writing::{ms, node, raft};
use crate::scenarios::scenario::Scenario;
use crate::scenarios::script::Entry;
use crate::sim::fault::Fault;

pub fn story() -> Scenario {
    let mut story = raft(
        "On a majority, and still not safe",
        "N1 and N2 hold the entry of term 1, a majority of three. N3 holds a newer one, wins, and overwrites it: counting copies is not enough.",
    );
    story.nodes = 3;
    story.raft_disk(1, 3, &[1]);
    story.raft_disk(2, 3, &[1]);
    story.raft_disk(3, 3, &[2]);
    story.initial(1).down = true;
    story.script = vec![Entry::at(ms(2_000), Fault::Restart(node(1)))];
    story
}
