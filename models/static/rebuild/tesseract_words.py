"""Word lists inside Tesseract's language files (Debian: tesseract-ocr-kaz, tesseract-ocr-rus; Apache 2.0).

Takes the path of a `.traineddata` file; gives the words of its directed acyclic word graph.
"""

import struct

UNICHARSET, WORDS = 21, 19  # numbers of the parts in the container


def _parts(data):
    count = struct.unpack_from("<i", data, 0)[0]
    offsets = list(struct.unpack_from(f"<{count}q", data, 4))
    ends = sorted(o for o in offsets if o >= 0) + [len(data)]
    return {i: data[o:ends[ends.index(o) + 1]] for i, o in enumerate(offsets) if o >= 0}


def words(path):
    """All words, in the order of the graph."""
    parts = _parts(path.read_bytes())
    lines = parts[UNICHARSET].decode("utf-8").split("\n")
    letters = [line.split(" ")[0] for line in lines[1:int(lines[0]) + 1]]
    dawg = parts[WORDS]
    magic, charset, edge_count = struct.unpack_from("<hii", dawg, 0)
    if magic != 42:
        raise ValueError(f"{path}: no word graph")
    edges = struct.unpack_from(f"<{edge_count}Q", dawg, 10)
    bits = charset.bit_length()  # enough bits for ids up to and including the size
    low = bits + 3
    letter_mask = (1 << bits) - 1
    out, stack = [], [(0, "")]
    while stack:
        node, prefix = stack.pop()
        at = node
        while True:
            edge = edges[at]
            flags = (edge >> bits) & 7
            backward, end = flags & 2, flags & 4
            if edge == (1 << 64) - 1:
                break
            if not backward:
                text = prefix + letters[edge & letter_mask]
                if end:
                    out.append(text)
                nxt = edge >> low
                if nxt and len(text) < 40:
                    stack.append((nxt, text))
            if flags & 1:  # the last edge of the node
                break
            at += 1
    return out
