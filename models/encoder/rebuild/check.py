#!/usr/bin/env python3
"""What the smaller vocabulary costs: texts embedded with it and with the whole one, and retrieval across languages.

    env/bin/python models/encoder/rebuild/pack.py --full full.gguf
    env/bin/python models/encoder/rebuild/check.py full.gguf target/release/saual text embed [--pairs FILE.tsv]

Takes the file with the whole vocabulary, the command that reads a text a line and writes a vector a line (`--json`,
`--encoder`, `--role`) and, on demand, a table of sentences and their translations (two columns with a head). Prints for
the texts of `tests/data/encoder-reference.jsonl` and for each column the least cosine between the two vocabularies, and for the
table accuracy@1 of finding the translation, plain and with the correction of hubs (CSLS of ten neighbours; Conneau et al. 2018).
Fails if a Kazakh or Russian text of the reference has a cosine below 0.999. Needs numpy.
"""

import json
import pathlib
import subprocess
import sys

import numpy

ROOT = pathlib.Path(__file__).resolve().parents[3]
NEIGHBOURS = 10


def embed(command, texts, encoder, role):
    lines = "\n".join(" ".join(text.split()) for text in texts)
    done = subprocess.run(
        [*command, "--json", "--encoder", encoder, "--role", role], input=lines, capture_output=True, text=True, check=True
    )
    return numpy.array([json.loads(line) for line in done.stdout.splitlines()], dtype=numpy.float32)


def compare(name, command, full, texts, role):
    cosines = (embed(command, texts, "bundled", role) * embed(command, texts, full, role)).sum(1)
    print(f"{name}: {len(texts)} texts, least cosine {cosines.min():.4f}, below 0.999: {int((cosines < 0.999).sum())}")
    return cosines.min()


def accuracy(scores):
    """Mean of both directions."""
    own = numpy.arange(len(scores))
    return ((scores.argmax(0) == own).mean() + (scores.argmax(1) == own).mean()) / 2


def main():
    arguments = sys.argv[1:]
    pairs = None
    if "--pairs" in arguments:
        at = arguments.index("--pairs")
        pairs, arguments = arguments[at + 1], arguments[:at]
    full, command = arguments[0], arguments[1:]
    rows = [json.loads(line) for line in (ROOT / "tests/data/encoder-reference.jsonl").read_text("utf-8").splitlines()]
    for kind in sorted({row["kind"] for row in rows}):
        texts = [row["text"] for row in rows if row["kind"] == kind]
        least = compare(kind, command, full, texts, "passage")
        assert kind == "edge" or least >= 0.999, kind
    if pairs is None:
        return
    lines = pathlib.Path(pairs).read_text("utf-8").rstrip("\n").split("\n")[1:]
    columns = list(zip(*(line.split("\t")[:2] for line in lines)))
    for number, texts in enumerate(columns):
        compare(f"column {number + 1}", command, full, texts, "passage")
    for encoder in ("bundled", full):
        for role in ("query", "passage"):
            left, right = (embed(command, texts, encoder, role) for texts in columns)
            plain = left @ right.T
            hubs = numpy.sort(plain, 1)[:, -NEIGHBOURS:].mean(1)[:, None] + numpy.sort(plain, 0)[-NEIGHBOURS:].mean(0)
            print(f"{encoder} {role}: accuracy@1 {accuracy(plain):.4f}, CSLS {accuracy(2 * plain - hubs):.4f}")


if __name__ == "__main__":
    main()
