#!/usr/bin/env bash
# Reviews ten items by keyboard alone in a real Chromium, in each language, at 1280 and 360 px. Screenshots: target/review-screens.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v chromedriver >/dev/null; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium chromium-driver fonts-dejavu-core
fi
cargo test --locked --test it review_browser -- --ignored --nocapture
