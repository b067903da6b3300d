#!/usr/bin/env bash
# Builds the page into dist/, ready for any folder of any web server.
set -eu
. "$(dirname "$0")/path.sh"
cargo fetch --locked --target wasm32-unknown-unknown
# Where a failure is reported, crates have their names and not the folders of whoever built the page.
for registry in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*; do
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="${CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS:-} --remap-path-prefix=$registry/="
done
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS
trunk build --release --features split
node scripts/parts.mjs
node scripts/size.mjs
