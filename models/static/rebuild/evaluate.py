"""Retrieval of translations: accuracy@1 with plain cosine and with CSLS (Lample et al. 2018), k = 10."""

import numpy as np


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9)


def accuracy(a, b, k=10):
    """Mean of both directions: (plain, CSLS)."""
    s = unit(a) @ unit(b).T
    ra = np.sort(s, 1)[:, -k:].mean(1)
    rb = np.sort(s, 0)[-k:].mean(0)
    c = 2 * s - ra[:, None] - rb[None]
    gold = np.arange(len(s))
    f = lambda m: ((m.argmax(1) == gold).mean() + (m.argmax(0) == gold).mean()) / 2
    return f(s), f(c)


def pairs(path):
    rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")][1:]
    return [r[0] for r in rows], [r[1] for r in rows]
