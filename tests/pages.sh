#!/usr/bin/env bash
# Checks the report and the page of a run, in each language, for faults of html and of accessibility, in a real Chromium.
# `tests/pages.sh large` measures the report on 150 deputies and 10,000 inquiries instead (minutes), and how long it takes to open.
set -euo pipefail
cd "$(dirname "$0")/.."
missing=()
command -v chromedriver >/dev/null || missing+=(chromium chromium-driver fonts-dejavu-core)
command -v npm >/dev/null || missing+=(nodejs npm)
if ((${#missing[@]})); then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi
out=target/pages
mkdir -p "$out/node"
if [[ ${1-} == large ]]; then
    cargo test --locked --test it report_large -- --ignored --nocapture
    exec node tests/pages/opening.mjs "$out/large.html" 2
fi
cp tests/pages/package.json "$out/node/"
npm install --prefix "$out/node" --no-audit --no-fund --silent
# One run a project, written in each language; oblast-x has replies, answers and evidence at every step of the ladder that inquiries reach.
rm -f "$out"/{report,run}-*.html
cargo test --locked --quiet --test it pages_for_the_browser -- --ignored
node tests/pages/check.mjs "$out/node" "$out"/{report,run}-*.html
