#!/usr/bin/env bash
# Breaks a sound file of every format in 2,000 ways, or as many as the first argument says, and prints what became of the copies: how
# many were read and refused, the longest time, the largest memory of a parser's process and of the program's own. Fails where a copy brings
# the program down, takes more than ten seconds for each megabyte or more than 1 GiB. Too long for every gate: run it nightly.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --locked --release --features parquet --bin saual --example break-files
printf '%-24s %6s %6s %7s %9s %9s %8s  %s\n' file copies read refused 'longest s' 'child MiB' 'own MiB' 'refused as'
sound=0
for file in tests/fixtures/formats/*.* corpus/oblast-x/{monitor,audit}.toml models/topics/public-interest.toml models/report/recommendations.toml; do
    [[ $file == */README.md ]] || target/release/examples/break-files target/release/saual "$file" "${1:-2000}" || sound=1
done
exit $sound
