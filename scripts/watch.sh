#!/usr/bin/env bash
# Serves a quick, unoptimised build and rebuilds it when a file changes. Reload the page by hand: trunk's own reloading
# is an inline script, which the page forbids.
set -eu
. "$(dirname "$0")/path.sh"
trunk serve --dist target/watch --address 127.0.0.1 --port "${PORT:-8080}" --no-autoreload
