#!/usr/bin/env bash
# Reads every export back with the programs that people use: pandas, DuckDB, pyarrow, openpyxl, frictionless, prov,
# everypolitician-popolo, trec_eval, and LibreOffice where it is installed. Takes minutes and 500 MB: not part of the gate, whose
# tests read the workbook with calamine and parquet with its own crate.
#   tests/exports.sh [PROJECT ...]
set -euo pipefail
cd "$(dirname "$0")/.."
venv=target/exports-venv
if [ ! -x "$venv/bin/python" ]; then
    python3 -m venv "$venv"
fi
"$venv/bin/pip" install -q --disable-pip-version-check openpyxl==3.1.5 pandas==3.1.1 duckdb==2.0.0 pyarrow==26.0.1 \
    "frictionless[json]==5.21.0" prov==3.2.3 everypolitician-popolo==0.0.11 pytrec-eval-terrier==0.5.11
cargo build --locked --release --features parquet
for project in "${@:-corpus/mazhilis-2023 corpus/oblast-x}"; do
    for folder in $project; do
        for lang in kk ru en; do
            out="target/exports/$(basename "$folder")-$lang"
            rm -rf "$out"
            target/release/saual run "$folder" --out "$out" --quiet --lang "$lang"
            target/release/saual export "$folder" --out "$out" --quiet --lang "$lang"
            "$venv/bin/python" tests/exports.py "$out"
        done
    done
done
