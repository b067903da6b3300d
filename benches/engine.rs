//! How fast the engine runs natively: `make bench`.

use std::hint::black_box;

use conclave::sim::rng::Pcg;
use criterion::{Criterion, criterion_group, criterion_main};

fn draws(c: &mut Criterion) {
    let mut chance = Pcg::new(42, 54);
    c.bench_function("draw an election timeout", |b| b.iter(|| black_box(chance.between(150_000, 300_000))));
}

criterion_group!(engine, draws);
criterion_main!(engine);
