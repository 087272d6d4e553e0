"""What of a text is counted: known forms, forms known by their skeleton or their beginning, n-grams and signs of the rest.

The Rust reader (`src/embedding/static_vectors/`) does the same; `build.py --measure FILE` and the example `static-accuracy` print the same figures but for a pair or two.
"""

import re
import unicodedata

TOKEN = re.compile(r"[^\W\d_]+|\d+")
CYRILLIC = re.compile(r"[\u0400-\u052f]")
LOOK_ALIKES = str.maketrans("aceopxyikmthbə", "асеорхуікмтһвә")
INVISIBLE = dict.fromkeys([0xAD, *range(0x200B, 0x200E), 0x2060, 0xFEFF, 0x300, 0x301])
LONGEST = 40
MASK = (1 << 64) - 1
MULTIPLIER = 0x9E3779B97F4A7C15
EXACT, SKELETON_SEED, GRAM_SEED = 0x5341_5541_4C01, 0x5341_5541_4C02, 0x5341_5541_4C03

# Letters that one hand writes for another: Kazakh typed without its own letters, or in one of its Latin alphabets.
_PAIRS = {
    "қ": "к", "ң": "н", "ғ": "г", "ү": "у", "ұ": "у", "ө": "о", "ә": "а", "һ": "х", "і": "и", "ы": "и", "й": "и",
    "э": "е", "ъ": "", "ь": "", "ю": "иу", "я": "иа",
    "a": "а", "ä": "а", "á": "а", "ə": "а", "b": "б", "c": "ц", "d": "д", "e": "е", "f": "ф", "g": "г", "ğ": "г",
    "ǵ": "г", "h": "х", "i": "и", "ı": "и", "í": "и", "j": "ж", "k": "к", "l": "л", "m": "м", "n": "н", "ñ": "н",
    "ń": "н", "ŋ": "н", "o": "о", "ö": "о", "ó": "о", "p": "п", "q": "к", "r": "р", "s": "с", "ş": "ш", "š": "ш",
    "t": "т", "u": "у", "ü": "у", "ú": "у", "ū": "у", "v": "в", "w": "у", "x": "х", "y": "и", "ý": "у", "z": "з",
    "ž": "ж", "ç": "ч",
}
SKELETON = {ord(a): b for a, b in _PAIRS.items()}


def tokens(text):
    """Folded words and runs of digits; single letters are left out."""
    if any(c in INVISIBLE or 0x300 <= c <= 0x36F for c in map(ord, text)):
        text = unicodedata.normalize("NFC", text).translate(INVISIBLE)
    for match in TOKEN.finditer(text):
        word = match.group()
        if word[0].isdigit():
            yield word[:LONGEST]
            continue
        word = word.lower().replace("ё", "е")[:LONGEST]
        if len(word) < 2:
            continue
        if CYRILLIC.search(word):
            word = word.translate(LOOK_ALIKES)
        yield word


def skeleton(word):
    return word.translate(SKELETON)[:LONGEST]


def running(text, seed):
    """The hash state after each letter."""
    h = seed
    for c in text:
        h = ((h ^ ord(c)) * MULTIPLIER) & MASK
        h ^= h >> 29
        yield h


def finish(h):
    h = (h * 0xD6E8FEB86659FD93) & MASK
    return h ^ (h >> 32)


def hash_of(text, seed):
    h = seed
    for h in running(text, seed):
        pass
    return finish(h)


def splitmix(x):
    x = (x + 0x9E3779B97F4A7C15) & MASK
    z = x
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return x, z ^ (z >> 31)


def signs(text, dim):
    """The +1/-1 vector of a number or an unknown word."""
    state, out = hash_of(text, GRAM_SEED), []
    while len(out) < dim:
        state, z = splitmix(state)
        out.extend(1 if z >> b & 1 else -1 for b in range(64))
    return out[:dim]


def grams(bones, buckets):
    """Buckets of the 3- to 5-letter pieces of a skeleton with its edges marked."""
    s = "<" + bones + ">"
    return [hash_of(s[i:i + n], GRAM_SEED) % buckets for n in (3, 4, 5) for i in range(len(s) - n + 1)]


def prefixes(length):
    """Lengths of beginnings that may stand for an unknown word, longest first."""
    return range(length - 1, max(4, (length * 3 + 4) // 5) - 1, -1)
