#!/usr/bin/env bash
# The engine's bench as WebAssembly under Node.
set -eu -o pipefail
. "$(dirname "$0")/path.sh"
module=$(cargo bench --no-run --no-default-features --target wasm32-unknown-unknown --bench engine 2>&1 |
  tee /dev/stderr | sed -n 's/.*Executable benches.*(\(.*\))/\1/p')
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
wasm-bindgen "$module" --target nodejs --no-typescript --out-dir "$room" --out-name engine
node "$room/engine.js"
