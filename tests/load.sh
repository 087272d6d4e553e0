#!/usr/bin/env bash
# Fifty simulated reviewers, 20,000 decisions: prints the latencies, fails where the next card's p99 is 150 ms or more.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo test --locked --release --test it review_load -- --ignored --nocapture
