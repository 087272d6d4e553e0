#!/usr/bin/env bash
# Breaks a sound file of every format in 2,000 ways, or as many as the first argument says, and looks for a copy that brings the
# program down or takes more than ten seconds for each megabyte. Prints what became of the copies. Too long for every gate: run it nightly.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --locked --release --features parquet
cargo run --locked --release --features parquet --example break-files -- target/release/saual tests/fixtures/formats "${1:-2000}"
