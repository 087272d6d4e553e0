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
pages=()
for lang in kk ru en; do
    cargo run --locked --quiet -- report corpus/mazhilis-2023 --lang "$lang" --out "$out/report-$lang.html" --quiet
    cargo run --locked --quiet -- run corpus/mazhilis-2023 --lang "$lang" --out "$out/run-$lang" --quiet
    pages+=("$out/report-$lang.html" "$out/run-$lang/index.html")
done
# A project with replies, answers and evidence at every step of the ladder that inquiries reach.
cargo run --locked --quiet -- report corpus/oblast-x --lang ru --out "$out/report-oblast-x.html" --quiet
node tests/pages/check.mjs "$out/node" "${pages[@]}" "$out/report-oblast-x.html"
