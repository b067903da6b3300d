#!/usr/bin/env bash
# Prints which Chromium the browser tests use: $CHROMIUM, else the first one on PATH.
set -eu
if [ -n "${CHROMIUM-}" ]; then
  command -v "$CHROMIUM" || { echo "CHROMIUM=$CHROMIUM is not a program." >&2; exit 1; }
  exit
fi
for name in chromium chromium-browser google-chrome-stable google-chrome; do
  command -v "$name" && exit
done
echo "There is no Chromium on PATH. Install one, or name it: CHROMIUM=/path/to/chrome" >&2
exit 1
