#!/usr/bin/env bash
# Builds the page into dist/, ready for any folder of any web server.
set -eu
. "$(dirname "$0")/path.sh"
trunk build --release --features split
node scripts/parts.mjs
node scripts/size.mjs
