//! What the shapes and marks of a picture mean, line by line.

use super::geometry::{Point, Rect};
use super::portrait::{badge_markup, slip_markup};
use super::scene::NodeFacts;
use super::uses::Uses;
use crate::sim::measures::Status;
use crate::sim::reign::{Reign, Role};

/// One line of the legend: a drawing around (17, 15) and its words.
pub fn entries(uses: Uses) -> Vec<(String, &'static str)> {
    let at = Point::new(17.0, 15.0);
    let badge = |role: Role, status: Status, reign: Option<u64>| {
        let mut facts = NodeFacts { status, ..NodeFacts::default() };
        facts.standing.role = role;
        facts.standing.reign = reign.filter(|_| uses.reigns).map(Reign::counted);
        badge_markup(&facts, at)
    };
    let slip = slip_markup(Rect::around(at, 30.0, 19.0), "N4", Some(Reign::counted(8)), "full");
    let ring = "<g transform=\"translate(17 15) rotate(-90)\"><circle class=\"ring-t\" r=\"9\"/><circle class=\"ring\" r=\"9\" pathLength=\"100\" stroke-dasharray=\"62 200\"/></g>";
    let card = "<rect class=\"card\" x=\"2\" y=\"4\" width=\"30\" height=\"22\" rx=\"3\" fill=\"none\" stroke=\"currentColor\"/><path d=\"M2 15h30\" stroke=\"currentColor\" stroke-opacity=\".5\"/>";
    let own = match uses {
        Uses { votes: true, .. } => Some((slip, "vote cast")),
        Uses { cards: true, .. } => Some((card.to_owned(), "on its disk")),
        _ => None,
    };
    let mut lines = vec![
        (badge(Role::Follower, Status::Up, None), "follower"),
        (badge(Role::Follower, Status::Down, None), "crashed"),
        (badge(Role::Candidate, Status::Up, Some(8)), "candidate"),
        (badge(Role::Leader, Status::Up, Some(7)), "leader"),
        (ring.to_owned(), "time to wait"),
    ];
    lines.splice(3..3, own);
    lines
}
