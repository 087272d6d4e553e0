#!/usr/bin/env bash
# The review pages in a real Chromium: ten items by keyboard alone, answers that outlive the server, every page measured for
# contrast and width; in each language, at 1280 and 360 px. Screenshots: target/review-screens.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v chromedriver >/dev/null; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium chromium-driver fonts-dejavu-core
fi
# A second opinion beside our own measurements, where npm is there to fetch it.
if [ -z "${SAUAL_AXE:-}" ] && command -v npm >/dev/null; then
    if npm install --silent --no-save --prefix target/axe axe-core@4 >/dev/null; then
        export SAUAL_AXE="$PWD/target/axe/node_modules/axe-core/axe.min.js"
    fi
fi
cargo test --locked --test it review_browser -- --ignored --nocapture --test-threads=1
