"""Word vectors fitted to sentence vectors.

Start: the teacher's vectors of words in isolation, centred by language, the first components removed, the rest rotated,
partly whitened, weighted by smooth inverse frequency (Arora et al. 2017). Fit: the sum of a sentence's rows meets the
teacher's vector of the sentence (cosine, and contrast within the batch), lists of the same concepts in both languages
meet each other (contrast); rows that no sentence holds stay where they were.
"""

import numpy as np
import scipy.sparse as sp

import evaluate
import features as F
import storage
import vocabulary as V

DIM, REMOVED, WHITENING, SIF, BUCKETS = 336, 6, 0.6, 1e-3, 2048
EPOCHS, RATE, BATCH, TEMPERATURE, PULL = 8, 0.003, 512, 0.05, 0.2
UNKNOWN = 0.8, 1.0  # lengths of the sign vector and of the n-gram vector of an unknown word
NUMBER = 1.4


class Model:
    """Quantised rows with the maps that lead to them."""

    def __init__(self, families, key_of):
        row = {f.key: i for i, f in enumerate(families)}
        self.rows = len(families)
        self.form_row = {form: row[key] for form, key in key_of.items()}
        best = {}
        for form, key in key_of.items():
            family = families[row[key]]
            if family.lang == "kk" and len(form) > 2 and (len(family.forms) > 2 or form == family.text):
                rank = (family.mass["kk"], form)
                bones = F.skeleton(form)
                if len(bones) > 2 and rank > best.get(bones, ((0, ""), 0))[0]:
                    best[bones] = (rank, row[key])
        self.skeleton_row = {bones: found[1] for bones, found in best.items()}

    def find(self, word):
        """The row of a word, or None."""
        found = self.form_row.get(word)
        if found is not None:
            return found
        bones = F.skeleton(word)
        found = self.skeleton_row.get(bones)
        if found is not None:
            return found
        for n in F.prefixes(len(word)):
            found = self.form_row.get(word[:n])
            if found is not None:
                return found
        for n in F.prefixes(len(bones)):
            found = self.skeleton_row.get(bones[:n])
            if found is not None:
                return found
        return None

    def bags(self, texts):
        """(rows counted in each text, numbers of each text, unknown words of each text)."""
        i, j, numbers, unknown = [], [], [], []
        for at, text in enumerate(texts):
            digits, strange = [], []
            for word in F.tokens(text):
                if word[0].isdigit():
                    digits.append(word)
                elif (row := self.find(word)) is None:
                    strange.append(word)
                else:
                    i.append(at), j.append(row)
            numbers.append(digits), unknown.append(strange)
        shape = (len(texts), self.rows)
        return sp.csr_matrix((np.ones(len(i), np.float32), (i, j)), shape=shape), numbers, unknown

    def embed(self, texts, x=None, grams=None):
        """Vectors as the Rust reader makes them; `x` and `grams` stand in before quantisation."""
        bags, numbers, unknown = self.bags(texts)
        stored = x is None
        if stored:
            full = self.nibbles.astype(np.float32) * self.scales[:, None].astype(np.float32)
            x, grams = full[:self.rows], full[self.rows:]
            a, b, c = 4 * self.number_scale, 4 * self.word_scale, 1
        else:
            a, b, c = NUMBER / np.sqrt(DIM), UNKNOWN[0] / np.sqrt(DIM), UNKNOWN[1]
        out = bags @ x
        for v, digits, strange in zip(out, numbers, unknown):
            for word in digits:
                v += a * np.array(F.signs(word, DIM), np.float32)
            for word in strange:
                bones = F.skeleton(word)
                v += b * np.array(F.signs(bones[:6], DIM), np.float32)
                pieces = F.grams(bones, len(grams))
                if pieces:
                    v += c * grams[pieces].sum(0)
        return out

    def accuracy(self, path, **kw):
        a, b = evaluate.pairs(path)
        return tuple(round(float(v), 4) for v in evaluate.accuracy(self.embed(a, **kw), self.embed(b, **kw)))


def start(families, words):
    """The rows before fitting and the projection that sentences share."""
    kazakh = np.array([f.lang == "kk" for f in families])
    x = words.copy()
    for lang in (True, False):
        x[kazakh == lang] -= x[kazakh == lang].mean(0)
    x = evaluate.unit(x)
    values, vectors = np.linalg.eigh((x.T @ x).astype(np.float64))
    values, vectors = values[::-1], vectors[:, ::-1]
    vectors = vectors * np.sign(vectors[np.abs(vectors).argmax(0), np.arange(vectors.shape[1])])
    keep = slice(REMOVED, REMOVED + DIM)
    project = (vectors[:, keep] * (values[keep] / values[REMOVED]) ** (-WHITENING / 2)).astype(np.float32)
    weight = np.array([SIF / (SIF + V.pseudo_frequency(f)) for f in families], np.float32)
    return evaluate.unit(x @ project) * weight[:, None], project


def targets(vectors, kazakh, project, removed=2):
    """The teacher's sentence vectors: centred by language, first components removed, in the space of the rows."""
    t = vectors.copy()
    for lang in (True, False):
        t[kazakh == lang] -= t[kazakh == lang].mean(0)
    t = evaluate.unit(t)
    _, axes = np.linalg.eigh((t.T @ t).astype(np.float64))
    axes = axes[:, ::-1][:, :removed].astype(np.float32)
    return evaluate.unit((t - t @ axes @ axes.T) @ project)


def softmax(x, axis):
    e = np.exp(x - x.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


def descend(x0, bags, goal, pairs, seed=7):
    """Adam on the rows that a batch touches."""
    rng = np.random.default_rng(seed)
    x, first, second = x0.copy(), np.zeros_like(x0), np.zeros_like(x0)
    steps = np.zeros((len(x0), 1), np.float32)
    for _ in range(EPOCHS):
        order = rng.permutation(bags.shape[0])
        for begin in range(0, len(order), BATCH):
            part = order[begin:begin + BATCH]
            chosen = pairs[rng.choice(len(pairs), min(BATCH // 2, len(pairs)), replace=False)]
            for index, meet in ((part, False), (np.concatenate([chosen[:, 0], chosen[:, 1]]), True)):
                batch = bags[index]
                columns = np.unique(batch.indices)
                batch = batch[:, columns]
                z = batch @ x[columns]
                length = np.maximum(np.linalg.norm(z, axis=1, keepdims=True), 1e-6)
                z = z / length
                if meet:
                    n = len(chosen)
                    a, b = z[:n], z[n:]
                    s = a @ b.T / TEMPERATURE
                    d = (softmax(s, 1) + softmax(s, 0)) / 2 - np.eye(n, dtype=np.float32)
                    g = np.concatenate([d @ b, d.T @ a]) / TEMPERATURE / n
                else:
                    t = goal[index]
                    d = softmax(z @ t.T / TEMPERATURE, 1) - np.eye(len(t), dtype=np.float32)
                    g = (d @ t / TEMPERATURE - t) / len(t)
                slope = np.asarray(batch.T @ ((g - z * (g * z).sum(1, keepdims=True)) / length))
                steps[columns] += 1
                first[columns] = 0.9 * first[columns] + 0.1 * slope
                second[columns] = 0.99 * second[columns] + 0.01 * slope * slope
                t1 = first[columns] / (1 - 0.9 ** steps[columns])
                t2 = np.sqrt(second[columns] / (1 - 0.99 ** steps[columns])) + 1e-6
                x[columns] -= RATE * (t1 / t2 + PULL * (x[columns] - x0[columns]))
    return x


def gram_rows(model, x):
    """N-gram vectors whose sum over a form is near the direction of its row (ridge regression)."""
    forms = sorted(model.form_row)
    i, j = [], []
    for at, form in enumerate(forms):
        pieces = F.grams(F.skeleton(form), BUCKETS)
        i += [at] * len(pieces)
        j += pieces
    a = sp.csr_matrix((np.ones(len(i), np.float32), (i, j)), shape=(len(forms), BUCKETS))
    y = evaluate.unit(x)[[model.form_row[f] for f in forms]]
    gram = (a.T @ a).toarray().astype(np.float64) + 20 * np.eye(BUCKETS)
    return np.linalg.solve(gram, (a.T @ y).astype(np.float64)).astype(np.float32)


def fit(families, key_of, words, fitted, measure):
    """The finished model."""
    model = Model(families, key_of)
    x0, project = start(families, words)
    texts, vectors, group, at = [], [], {}, 0
    for name, (part, v) in fitted.items():
        group[name] = np.arange(at, at + len(part))
        texts += part
        vectors.append(v)
        at += len(part)
    own = set("әғқңөұүһі")
    kazakh = np.array([sum(c in own for c in t.lower()) > 0.025 * len(t) for t in texts])
    for name, index in group.items():
        if name.endswith(("_kk", "_ru")):
            kazakh[index] = name.endswith("_kk")
    goal = targets(np.concatenate(vectors), kazakh, project)
    bags, _, _ = model.bags(texts)
    pairs = np.concatenate([np.stack([group[f"{g}_kk"], group[f"{g}_ru"]], 1) for g in ("term", "list")])
    x = descend(x0, bags, goal, pairs)
    grams = gram_rows(model, x)
    for path in measure:
        print(path.name, "start", model.accuracy(path, x=x0, grams=gram_rows(model, x0)),
              "fitted", model.accuracy(path, x=x, grams=grams), flush=True)
    model.x, model.grams = x, grams
    finish(model)
    return model


def finish(model):
    """Quantises; the n-gram rows share the unit of the others."""
    model.scales, nibbles, unit = storage.quantise(model.x)
    scales, gram_nibbles, _ = storage.quantise(model.grams * UNKNOWN[1], unit)
    model.nibbles = np.concatenate([nibbles, gram_nibbles])
    model.scales = np.concatenate([model.scales, scales])
    model.number_scale = round(NUMBER / np.sqrt(DIM) / unit / 4)
    model.word_scale = round(UNKNOWN[0] / np.sqrt(DIM) / unit / 4)
