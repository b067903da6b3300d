//! How fast one goes back in time: `cargo bench --no-default-features --bench player`.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a bench reads the clock and prints")]

use conclave::playback::player::Player;
use conclave::playback::recording::Recording;
use conclave::scenarios::algorithm::Algorithm;
use conclave::scenarios::scenario::Scenario;
use conclave::sim::time::{MINUTE, SECOND};
use std::time::Instant;

fn main() {
    let Some(raft) = Algorithm::by_id("raft") else { return };
    for minutes in [10, 60, 600] {
        let begun = Instant::now();
        let Ok(mut player) = Player::new(Recording::new(Scenario::new(raft))) else { return };
        player.advance(minutes * MINUTE);
        let played = begun.elapsed();
        println!(
            "{minutes} minutes of five Raft nodes: played in {played:.1?}, {} checkpoints",
            player.checkpoints_kept()
        );
        let mut worst = std::time::Duration::ZERO;
        // From the end back ten minutes, to many places, and forwards again.
        for second in 0..50 {
            let to = (minutes - 10) * MINUTE + second * SECOND * 12;
            let begun = Instant::now();
            player.seek(to);
            worst = worst.max(begun.elapsed());
            player.seek(minutes * MINUTE);
        }
        let begun = Instant::now();
        player.step_back();
        println!("  back up to ten minutes: worst of 50 {worst:.1?}; one step back {:.1?}", begun.elapsed());
    }
}
