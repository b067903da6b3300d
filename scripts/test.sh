#!/usr/bin/env bash
# Everything that must hold before a change lands. Runs on after a failure; the last line counts all tests.
set -eu -o pipefail
. "$(dirname "$0")/path.sh"

passed=0 failed=0 broken=()
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Any command: counts as one failure if it fails.
check() {
  local name=$1; shift
  printf '\n== %s\n' "$name"
  "$@" || { failed=$((failed + 1)); broken+=("$name"); }
}

# A command that runs tests, counted by its `test result:` lines. A run of no test is a failure too.
tests() {
  local name=$1 ok=yes good bad; shift
  printf '\n== %s\n' "$name"
  "$@" 2>&1 | tee "$log" || ok=no
  read -r good bad < <(awk '/^test result:/ { good += $4; bad += $6 } END { print good + 0, bad + 0 }' "$log")
  [ $((good + bad)) -gt 0 ] || { echo "No test ran."; ok=no; }
  if [ $ok = no ] && [ "$bad" = 0 ]; then bad=1; fi
  passed=$((passed + good)) failed=$((failed + bad))
  [ "$bad" = 0 ] || broken+=("$name")
}

wasm="--target wasm32-unknown-unknown"
engine="--no-default-features"

check "Cargo.lock is up to date" cargo fetch --locked
check "form" cargo fmt --check
check "lints: engine" cargo clippy $engine --all-targets -- -D warnings
check "lints: engine, rules broken on purpose" cargo clippy $engine --features mutants --all-targets -- -D warnings
check "lints: command line" cargo clippy $engine --features cli --all-targets -- -D warnings
check "lints: page" cargo clippy --features ui $wasm -- -D warnings
tests "engine and command line" cargo test $engine --features cli --no-fail-fast
tests "rules broken on purpose" cargo test $engine --features mutants --no-fail-fast --test '*_mutants' --test 'models_*'
tests "golden histories in WebAssembly" cargo test $engine $wasm --test golden
check "release build and its size" scripts/build.sh
tests "page in a browser" node tests/browser/run.mjs

printf '\n'
if [ ${#broken[@]} -gt 0 ]; then printf 'Failed: %s\n' "${broken[@]}"; fi
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
