//! What must be the same natively and in wasm, to the byte. Runs in both: `cargo test --test golden`, and again with
//! `--target wasm32-unknown-unknown`. A new golden history is one more `golden!` block here.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

#[path = "golden/raft.rs"]
mod raft;
#[path = "golden/written.rs"]
mod written;
#[path = "golden/zookeeper.rs"]
mod zookeeper;

use conclave::sim::rng::Pcg;

/// One test, run natively by cargo and in wasm by wasm-bindgen's runner.
macro_rules! golden {
    ($(#[$about:meta])* fn $name:ident() $body:block) => {
        $(#[$about])*
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
        fn $name() $body
    };
}

golden! {
    fn a_seed_draws_the_same_timeouts_everywhere() {
        let mut chance = Pcg::new(42, 54);
        let drawn: Vec<u64> = (0..6).map(|_| chance.between(150_000, 300_000)).collect();
        assert_eq!(drawn, [244_547, 222_235, 259_051, 227_241, 262_291, 269_489]);
        let wide: Vec<u64> = (0..2).map(|_| chance.between(0, 1 << 40)).collect();
        assert_eq!(wide, [745_184_180_426, 390_713_191_520]);
    }
}

/// The first line that differs, with what was expected there.
#[track_caller]
fn same_lines(found: &str, expected: &str) {
    let mut lines = found.lines().zip(expected.lines()).enumerate();
    if let Some((number, (found, expected))) = lines.find(|(_, (found, expected))| found != expected) {
        panic!("line {}:\n  now    {found}\n  golden {expected}", number + 1);
    }
    assert_eq!(found.lines().count(), expected.lines().count(), "one is longer");
}

golden! {
    fn raft_fails_over_as_ever() {
        same_lines(&raft::fail_over(), include_str!("golden/raft_fail_over.txt"));
    }
}

golden! {
    fn raft_survives_a_partition_as_ever() {
        same_lines(&raft::partition(), include_str!("golden/raft_partition.txt"));
    }
}

golden! {
    fn raft_pauses_as_ever() {
        same_lines(&raft::pauses(), include_str!("golden/raft_pauses.txt"));
    }
}

golden! {
    fn raft_loses_messages_as_ever() {
        same_lines(&raft::loss(), include_str!("golden/raft_loss.txt"));
    }
}

/// Writes the golden files anew, after a change that is meant to change runs:
/// `cargo test --no-default-features --test golden -- --ignored`.
#[cfg(not(target_arch = "wasm32"))]
#[test]
#[ignore = "writes the files that the others compare with"]
#[allow(clippy::disallowed_methods, reason = "writes golden files, on demand only")]
fn write_the_golden_files_anew() {
    for (name, text) in [
        ("raft_fail_over", raft::fail_over()),
        ("raft_partition", raft::partition()),
        ("raft_pauses", raft::pauses()),
        ("raft_loss", raft::loss()),
        ("zab_fail_over", zookeeper::zab_fail_over()),
        ("recipe_fail_over", zookeeper::recipe_fail_over()),
    ] {
        std::fs::write(format!("{}/tests/golden/{name}.txt", env!("CARGO_MANIFEST_DIR")), text).expect("written");
    }
}

golden! {
    fn zab_fails_over_as_ever() {
        same_lines(&zookeeper::zab_fail_over(), include_str!("golden/zab_fail_over.txt"));
    }
}

golden! {
    fn the_recipe_fails_over_as_ever() {
        same_lines(&zookeeper::recipe_fail_over(), include_str!("golden/recipe_fail_over.txt"));
    }
}
