#!/usr/bin/env bash
# Breaks a sound file of every format in 2,000 ways, or as many as the first argument says, and prints what became of the copies: how
# many were read and refused, the longest time, the largest memory of any process, the program's own or a parser's. Fails where a copy brings
# the program down, takes more than ten seconds for each megabyte or more than 1 GiB. Too long for every gate: run it nightly.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x /usr/bin/time ] || { apt-get update -qq && apt-get install -y -qq time; }
cargo build --locked --release --features parquet --bin saual --example break-files
memory="$(mktemp)" sound=0
printf '%-24s %6s %6s %7s %9s  %s\n' file copies read refused 'longest s' 'refused as'
for file in tests/fixtures/formats/*.* corpus/oblast-x/{monitor,audit}.toml models/topics/public-interest.toml models/report/recommendations.toml; do
    [[ $file != */README.md ]] || continue
    /usr/bin/time -o "$memory" -f %M target/release/examples/break-files target/release/saual "$file" "${1:-2000}" || sound=1
    megabytes=$(($(tail -n 1 "$memory") / 1024))
    printf '%-24s %s MiB\n' '' "$megabytes"
    [ "$megabytes" -lt 1024 ] || sound=1
done
exit $sound
