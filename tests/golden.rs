//! What must be the same natively and in wasm, to the byte. Runs in both: `cargo test --test golden`, and again with
//! `--target wasm32-unknown-unknown`. A new golden history is one more `golden!` block here.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

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
