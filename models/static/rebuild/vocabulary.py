"""Which forms get a row: frequent Kazakh and Russian word families.

Takes the word lists of Tesseract (both languages) and wordfreq (Russian frequencies), the project's own tables and the
training half of its fictional parliament; stems every form with the project's stemmers. Gives families (key, language,
weight, forms). Only lists of words are taken from the packages.
"""

import collections
import csv
import json
import math
import re
import subprocess

import tesseract_words

RUSSIAN = set("абвгдежзийклмнопрстуфхцчшщъыьэюя")
KAZAKH = RUSSIAN | set("әғқңөұүһі")
OWN = KAZAKH - RUSSIAN
WORD = re.compile(r"[^\W\d_]+")


def fold(text):
    return text.lower().replace("ё", "е").replace("\u00ad", "")


def stems(saual, forms, lang):
    """The project's stem of each form."""
    run = subprocess.run([str(saual), "text", "stem", "--lang", lang], input="\n".join(forms) + "\n", text=True,
                         capture_output=True, check=True)
    out = run.stdout.split("\n")[:len(forms)]
    if len(out) != len(forms):
        raise RuntimeError("the stemmer answered another number of lines")
    return dict(zip(forms, (fold(s).strip() for s in out)))


def own_words(project):
    """Words of the project's own tables and of its fictional texts (train owners only), by language."""
    found = {"kk": collections.Counter(), "ru": collections.Counter()}

    def add(lang, text):
        found[lang].update(w for w in WORD.findall(fold(text)) if len(w) > 1 and set(w) <= KAZAKH)

    for line in rows(project / "models/glossary/policy-kk-ru.tsv"):
        add("kk", line[1]), add("ru", line[2])
    for name in ("gazetteer/kazakhstan.tsv", "institutions/institutions.tsv"):
        table = rows(project / "models" / name)
        head = table[0]
        for line in table[1:]:
            add("kk", line[head.index("name_kk")]), add("ru", line[head.index("name_ru")])
            add("ru", " ".join(w for w in WORD.findall(line[head.index("aliases")]) if set(fold(w)) <= RUSSIAN))
    for lang, names in (("kk", ("kk.txt", "parliament-kk.txt")), ("ru", ("ru.txt", "parliament-ru.txt"))):
        for name in names:
            add(lang, re.sub(r"(?m)^#.*$", "", (project / "models/stopwords" / name).read_text(encoding="utf-8")))
    for lang, text in parliament(project):
        add(lang, text)
    return found


def rows(path):
    lines = path.read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def parliament(project):
    """(language, text) of the fictional parliament: promises and inquiries of train owners."""
    base = project / "corpus/oblast-x"
    with open(base / "gold/splits.csv", encoding="utf-8") as file:
        train = {r["owner"] for r in csv.DictReader(file) if r["split"] == "train"}
    for line in (base / "promises.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["owner"] in train:
            yield record["lang"], record["text"]
    for line in (base / "inquiries.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["initiator"] in train and not record.get("noise"):
            for field in ("title", "text", "reply_text"):
                text = record.get(field) or ""
                for sentence in re.split(r"(?<=[.!?…])\s+", text):
                    kazakh = sum(c in OWN for c in fold(sentence)) / max(1, len(sentence))
                    if sentence:
                        yield ("kk" if kazakh > 0.02 else "ru"), sentence


class Family:
    """Forms of one word: `key` is their stem, `text` the form that stands for it."""

    def __init__(self, key):
        self.key, self.forms, self.mass = key, {}, {"kk": 0.0, "ru": 0.0}

    @property
    def lang(self):
        return "kk" if self.mass["kk"] >= self.mass["ru"] else "ru"

    @property
    def text(self):
        names = [f for f in self.forms if set(f) <= (KAZAKH if self.lang == "kk" else RUSSIAN)] or list(self.forms)
        if self.key in self.forms:
            return self.key
        best = max(self.forms[f] for f in names)
        return min((f for f in names if self.forms[f] >= best * 0.2), key=lambda f: (len(f), -self.forms[f], f))


def families(project, saual, kazakh_list, russian_list, limit_kk, limit_ru):
    """The families that get a row, and the map form -> key."""
    import wordfreq

    own = own_words(project)
    forms = {"kk": {}, "ru": {}}
    for lang, path, letters in (("kk", kazakh_list, KAZAKH), ("ru", russian_list, RUSSIAN)):
        for word in tesseract_words.words(path):
            word = fold(word).strip(".,!?:;()«»\"'“”‘’")
            if len(word) > 1 and set(word) <= letters:
                forms[lang][word] = 1e-7 if lang == "ru" else 1.0
    for word, frequency in wordfreq.get_frequency_dict("ru", wordlist="best").items():
        word = fold(word)
        if frequency >= 1.5e-7 and len(word) > 1 and set(word) <= RUSSIAN:
            forms["ru"][word] = max(frequency, forms["ru"].get(word, 0))
    for lang in own:
        for word, count in own[lang].items():
            forms[lang].setdefault(word, 1e-7 if lang == "ru" else 1.0)
    # A form without Kazakh letters that Russian knows well is no evidence of a Kazakh family.
    for word in [w for w in forms["kk"] if forms["ru"].get(w, 0) >= 2e-7 and w not in own["kk"]]:
        del forms["kk"][word]
    found, key_of = {}, {}
    for lang in ("ru", "kk"):
        stem = stems(saual, sorted(forms[lang]), lang)
        for form, weight in forms[lang].items():
            key = stem[form]
            if " " in key or not key:
                continue
            family = found.setdefault(key, Family(key))
            family.forms[form] = max(weight, family.forms.get(form, 0))
            family.mass[lang] += weight
            key_of.setdefault(form, key)
    wanted = {key_of[w] for lang in own for w in own[lang] if w in key_of}
    chosen = set(wanted)
    for lang, limit in (("kk", limit_kk), ("ru", limit_ru)):
        ranked = sorted((f for f in found.values() if f.lang == lang), key=lambda f: (-f.mass[lang], f.key))
        chosen |= {f.key for f in ranked[:limit]}
    return [found[k] for k in sorted(chosen)], {f: k for f, k in key_of.items() if k in chosen}


def pseudo_frequency(family):
    """A rough relative frequency: Russian from wordfreq, Kazakh from the number of attested forms."""
    if family.lang == "ru":
        return max(family.mass["ru"], 1e-7)
    return 1e-7 * math.pow(max(1.0, family.mass["kk"]), 1.5)
