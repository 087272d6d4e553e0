#!/usr/bin/env bash
# Kills the program under write load and looks for lost decisions: 200 times, or as often as the first argument says.
set -euo pipefail
cd "$(dirname "$0")/.."
SAUAL_KILLS="${1:-200}" cargo test --locked --test it review_crash::many_kills -- --ignored --nocapture
