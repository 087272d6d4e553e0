#!/usr/bin/env bash
# How long `saual segment` takes for a programme of a thousand pages as docx and as the pdf that LibreOffice makes of it: prints seconds and the
# largest memory of any process, fails at five seconds or 1 GiB. Installs LibreOffice where it is missing (Debian): not part of the gate.
#   tests/pages-1000.sh [PAGES]
set -euo pipefail
cd "$(dirname "$0")/.."
pages="${1:-1000}" folder=target/long-programme failed=0
missing=()
command -v soffice >/dev/null || missing+=(libreoffice-writer-nogui)
command -v pdfinfo >/dev/null || missing+=(poppler-utils)
[ -x /usr/bin/time ] || missing+=(time)
if [ ${#missing[@]} -gt 0 ]; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi
cargo build --locked --release --bin saual --example long-programme
mkdir -p "$folder"
# The pages of the pdf are counted, so a few more are written than are asked for.
target/release/examples/long-programme "$pages" "$folder/programme.docx"
soffice -env:UserInstallation="file://$PWD/$folder/profile" --headless --convert-to pdf --outdir "$folder" "$folder/programme.docx" >/dev/null
printf '%s pages of pdf\n' "$(pdfinfo "$folder/programme.pdf" | sed -n 's/^Pages: *//p')"
for file in "$folder"/programme.{docx,pdf}; do
    /usr/bin/time -o "$folder/time" -f '%e %M' target/release/saual segment "$file" >"$folder/clauses.jsonl"
    read -r seconds kilobytes <"$folder/time"
    printf '%-16s %s bytes, %s clauses: %s s, %s MiB\n' "$(basename "$file")" "$(stat -c %s "$file")" \
        "$(wc -l <"$folder/clauses.jsonl")" "$seconds" "$((kilobytes / 1024))"
    awk -v s="$seconds" -v k="$kilobytes" 'BEGIN { exit !(s < 5 && k < 1048576) }' || failed=1
done
exit $failed
