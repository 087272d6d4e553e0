#!/usr/bin/env bash
# 10,000 inquiries and 10,000 clauses, static tier: writes a fictional project of that size, runs `saual run` on two cores and prints seconds of the
# wall, seconds of processors and the largest memory. Each inquiry is held against the promises of its authors and their parties; with more than 60 s
# of processors, all threads together, so that other programs on the machine do not count and the wall holds on an idle one, or with more than 1 GiB the
# script fails. The same is then printed, without a bar, for the best 20 of everybody's promises besides (`--beyond 20`). Deputies have eleven promises
# each, as in corpus/oblast-x; `tests/scale.sh 300` measures 300 deputies, which makes three times as many pairs.
set -euo pipefail
cd "$(dirname "$0")/.."
deputies="${1:-900}"
if ! command -v /usr/bin/time >/dev/null; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends time
fi
folder=target/scale
rm -rf "$folder"
cargo build --locked --release --quiet
cargo run --locked --release --quiet --example large-project -- "$folder/project" 10000 10000 "$deputies"
within=true
for beyond in 0 20; do
    rm -rf "$folder/project/.saual" "$folder/out"
    /usr/bin/time --format '%e %U %S %M' --output "$folder/cost" \
        taskset --cpu-list 0,1 target/release/saual run "$folder/project" --beyond "$beyond" --encoder static --out "$folder/out" --quiet
    [[ $(wc -l <"$folder/out/none.jsonl") == 10000 ]]
    read -r wall user system kilobytes <"$folder/cost"
    pairs=$(wc -l <"$folder/out/links.jsonl")
    echo "$deputies deputies, --beyond $beyond: $pairs pairs, $wall s of the wall, $user + $system s of processors, $((kilobytes / 1024)) MiB"
    if ((beyond == 0)); then
        awk -v s="$user" -v t="$system" -v k="$kilobytes" 'BEGIN { exit !(s + t <= 60 && k <= 1024 * 1024) }' || within=false
    fi
done
$within
