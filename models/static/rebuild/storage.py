"""The file `vectors.bin`, little endian:

    0   8  magic "SAUALSV1"
    8   4  u32 dimensions d (even)
    12  4  u32 rows of word families r (below 65535)
    16  4  u32 rows of n-gram buckets b (they follow the families)
    20  4  u32 slots of the hash table n
    24  4  u32 scale of the sign vector of a number (below 256)
    28  4  u32 scale of the sign vector of an unknown word (below 256)
    32  8  reserved, 0
    40  32 BLAKE3 of everything from byte 72
    72  4n table: u16 fingerprint (bits 48-63 of the hash), u16 row; row 65535 is an empty slot; a form's first slot is
           (low 32 bits of the hash * n) >> 32, then linear probing
    .   r+b    u8 scale of each row
    .   (r+b)*d/2  nibbles: byte j of a row holds dimension j (low) and j + d/2 (high), each value + 8

A row's vector is scale * nibbles: its length is the weight of the word. The vector of a sign is +4 or -4 times its scale.
"""

import struct

import numpy as np

import features as F

MAGIC = b"SAUALSV1"
EMPTY = 0xFFFF


def quantise(x, unit=None):
    """Rows to (u8 scales, nibbles -7..7, unit): the scale of a row is the one with the least squared error."""
    peak = np.abs(x).max(1)
    best = np.full(len(x), np.inf)
    step = np.zeros(len(x), np.float32)
    if unit is None:
        unit = float(np.quantile(peak / 7 * 0.9, 0.9995)) / 255
    for share in np.linspace(0.45, 1.0, 12):
        s = np.clip(np.round(peak * share / 7 / unit), 1, 255) * unit
        q = np.clip(np.round(x / s[:, None]), -7, 7)
        error = ((q * s[:, None] - x) ** 2).sum(1)
        better = error < best
        best[better], step[better] = error[better], s[better]
    q = np.clip(np.round(x / step[:, None]), -7, 7).astype(np.int8)
    return np.round(step / unit).astype(np.uint8), q, unit


def table(entries, load=0.7):
    """The slots for {hash: row}."""
    n = int(len(entries) / load) + 1
    slots = np.full((n, 2), (0, EMPTY), np.uint16)
    for h, row in sorted(entries.items()):
        at = ((h & 0xFFFFFFFF) * n) >> 32
        while slots[at, 1] != EMPTY:
            at = at + 1 if at + 1 < n else 0
        slots[at] = (h >> 48, row)
    return slots


def entries(form_row, skeleton_row):
    out = {}
    for text, row in skeleton_row.items():
        out[F.hash_of(text, F.SKELETON_SEED)] = row
    for text, row in form_row.items():
        out[F.hash_of(text, F.EXACT)] = row
    return out


def write(path, model):
    import blake3

    slots = table(entries(model.form_row, model.skeleton_row))
    q = model.nibbles
    half = q.shape[1] // 2
    packed = ((q[:, :half] + 8) | ((q[:, half:] + 8) << 4)).astype(np.uint8)
    body = slots.astype("<u2").tobytes() + model.scales.tobytes() + packed.tobytes()
    head = MAGIC + struct.pack("<8I", q.shape[1], model.rows, len(q) - model.rows, len(slots), model.number_scale,
                               model.word_scale, 0, 0)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head + blake3.blake3(body).digest() + body)
