#!/usr/bin/env bash
# The fast round while writing: form, lints and the engine's tests, natively.
set -eu
. "$(dirname "$0")/path.sh"
cargo fmt --check
cargo clippy --no-default-features --all-targets -- -D warnings
cargo test --no-default-features
