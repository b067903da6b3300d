#!/usr/bin/env bash
# Installs what the build needs and this machine lacks; with `browser`, what the browser tests need as well.
# The first run may take a quarter of an hour, because several tools are compiled; later runs take seconds.
set -eu
. "$(dirname "$0")/path.sh"

trunk_version=0.21.14
mdbook_version=0.4.52

say() { printf '\n> %s\n' "$*"; }
fail() { printf '\n%s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
locked_version() { awk -v name="\"$1\"" '$1 == "name" { found = $3 == name } found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' Cargo.lock; }

have cargo || fail "Rust is missing. Install it from https://rustup.rs, open a new shell, and run this again."
have npm || fail "Node 20 or newer is missing. Install it from https://nodejs.org, and run this again."
[ "$(node -p 'parseInt(process.versions.node)')" -ge 20 ] || fail "Node $(node --version) is too old: version 20 or newer is needed."

if [ ! -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ]; then
  say "Adding the WebAssembly target to Rust (a download of about 20 MB)."
  rustup target add wasm32-unknown-unknown ||
    fail "The WebAssembly target could not be added. Without rustup, install your system's package for it (Debian: rustc-web); otherwise check the network and run this again."
fi

# The command line must be exactly as old as the crate, or it refuses the module.
bindgen_version=$(locked_version wasm-bindgen)
if [ "$(wasm-bindgen --version 2>/dev/null)" != "wasm-bindgen $bindgen_version" ] || ! have wasm-bindgen-test-runner; then
  say "Compiling wasm-bindgen-cli $bindgen_version (2 to 5 minutes: it is built from source)."
  cargo install wasm-bindgen-cli --version "$bindgen_version" ||
    fail "wasm-bindgen-cli could not be installed. Check the network and run this again; what is compiled is not kept."
fi

# The cutter must understand the marks that the crate of the same author leaves in the module.
split_version=0.2.4
if ! have wasm-split-cli || ! cargo install --list | grep -q "^wasm_split_cli_support v$split_version:"; then
  say "Compiling wasm-split-cli $split_version (1 to 3 minutes: it is built from source)."
  cargo install wasm_split_cli_support --version "$split_version" --locked --force --features build-binary ||
    fail "wasm-split-cli could not be installed. Check the network and run this again; what is compiled is not kept."
fi

case "$(trunk --version 2>/dev/null)" in
  "trunk $trunk_version"*) ;;
  *)
    say "Compiling trunk $trunk_version (5 to 15 minutes: it is built from source, with some 400 crates)."
    cargo install trunk --version "$trunk_version" --locked ||
      fail "trunk could not be installed. Check the network and that a C compiler is there (Debian: build-essential), and run this again."
    ;;
esac

if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
  say "Installing the Node tools: wasm-opt, and what the browser tests use (a few seconds)."
  npm ci --no-audit --no-fund || fail "npm ci failed. Check the network, remove node_modules, and run this again."
fi

if [ "${1-}" = browser ] && ! scripts/chromium.sh >/dev/null; then
  if [ -f /etc/debian_version ] && [ "$(id -u)" = 0 ] && have apt-get; then
    say "Installing Chromium from Debian's packages (some 100 MB, a minute or two)."
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -q && apt-get install -y -q --no-install-recommends chromium fonts-dejavu-core; } ||
      fail "Chromium could not be installed. Install any Chromium or Chrome, or set CHROMIUM to one, and run this again."
  else
    fail "The browser tests need Chromium or Chrome. Install one (Debian: sudo apt-get install chromium), or set CHROMIUM to one, and run this again."
  fi
fi

if [ "${1-}" = browser ] && [ "$(mdbook --version 2>/dev/null)" != "mdbook v$mdbook_version" ]; then
  say "Compiling mdBook $mdbook_version, which builds the example of a book (2 to 5 minutes: it is built from source)."
  cargo install mdbook --version "$mdbook_version" --locked --no-default-features ||
    fail "mdBook could not be installed. Check the network and run this again; what is compiled is not kept."
fi
