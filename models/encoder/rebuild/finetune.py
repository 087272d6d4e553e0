#!/usr/bin/env python3
"""Teaches the bundled encoder which asks pursue which promise: fits the adapter `promises-lora.gguf` to the base model.

    python3 -m venv env && env/bin/pip install torch==2.6.0 tokenizers==0.23.3 gguf==0.19.0 numpy
    env/bin/python models/encoder/rebuild/finetune.py

Takes  `e5-small-kk-ru-en.gguf`; `models/linking/examples.jsonl` (ten promises of each of 94 subjects, each with an ask in Kazakh and one in
       Russian) and `twins.jsonl` (for each of these promises two passages of inquiries that are alike: one pursues it, the other does not).
       No text of a corpus here.
Gives  `models/encoder/promises-lora.gguf`: a low-rank adapter of every matrix of the twelve layers (Hu et al. 2022).
Method: contrastive (van den Oord et al. 2018; Karpukhin et al. 2020). A step reads all promises of five subjects with their texts. Each text
that pursues a promise must find it among these 50, the nine of its own subject being the hard ones; each promise must find its texts
among all, those that miss included; and of two twins the one that pursues must lie nearer than the one that misses.
Does not know: labels of people. On another processor the last bits of the numbers differ, and the file with them.
"""

import argparse
import hashlib
import json
import math
import pathlib
import random
import time

import gguf
import numpy
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from torch import nn
from torch.nn import functional

HERE = pathlib.Path(__file__).resolve().parents[1]
BASE, TWINS, EXAMPLES = HERE / "e5-small-kk-ru-en.gguf", HERE / "twins.jsonl", HERE.parent / "linking/examples.jsonl"
MATRICES = {"q": "attn_q", "k": "attn_k", "v": "attn_v", "o": "attn_output", "up": "ffn_up", "down": "ffn_down"}
NORMS = {"attended": "attn_output_norm", "left": "layer_output_norm"}
WIDTH, HEADS, LONGEST = 384, 12, 160
RANK, ALPHA, RATE, EPOCHS, SUBJECTS, TEMPERATURE, SMOOTHING, DROPOUT = 16, 32, 1e-3, 4, 5, 0.03, 0.05, 0.1


class Adapted(nn.Module):
    """A frozen matrix with its bias, and two narrow matrices beside it."""

    def __init__(self, weight, bias):
        super().__init__()
        self.weight, self.bias = nn.Parameter(weight, False), nn.Parameter(bias, False)
        self.a = nn.Parameter(torch.randn(RANK, weight.shape[1]) / math.sqrt(weight.shape[1]))
        self.b = nn.Parameter(torch.zeros(weight.shape[0], RANK))

    def forward(self, x):
        narrow = functional.linear(functional.dropout(x, DROPOUT / 2, self.training), self.a)
        return functional.linear(x, self.weight, self.bias) + functional.linear(narrow, self.b) * (ALPHA / RANK)


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, tensor, prefix):
        super().__init__()
        both = lambda name: (tensor(f"{prefix}.{name}.weight"), tensor(f"{prefix}.{name}.bias"))
        for short, name in MATRICES.items():
            setattr(self, short, Adapted(*both(name)))
        for short, name in NORMS.items():
            setattr(self, short, frozen_norm(*both(name)))

    def forward(self, x, mask):
        count, length, _ = x.shape
        heads = lambda rows: rows.view(count, length, HEADS, WIDTH // HEADS).transpose(1, 2)
        q, k, v = heads(self.q(x)), heads(self.k(x)), heads(self.v(x))
        context = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :])
        context = self.o(context.transpose(1, 2).reshape(count, length, WIDTH))
        x = self.attended(x + functional.dropout(context, DROPOUT, self.training))
        inner = self.down(functional.gelu(self.up(x)))
        return self.left(x + functional.dropout(inner, DROPOUT, self.training))


def frozen_norm(weight, bias):
    norm = nn.LayerNorm(WIDTH, eps=1e-12)
    norm.weight, norm.bias = nn.Parameter(weight, False), nn.Parameter(bias, False)
    return norm


class Encoder(nn.Module):
    """The base model with an adapter that still says nothing."""

    def __init__(self, file):
        super().__init__()
        found = {tensor.name: tensor for tensor in file.tensors}
        numbers = lambda one: gguf.quants.dequantize(one.data, one.tensor_type) if one.tensor_type == 2 else one.data
        tensor = lambda name: torch.tensor(numpy.array(numbers(found[name]), dtype=numpy.float32))
        self.words = nn.Parameter(tensor("token_embd.weight"), False)
        self.places = nn.Parameter(tensor("position_embd.weight") + tensor("token_types.weight")[0], False)
        self.norm = frozen_norm(tensor("token_embd_norm.weight"), tensor("token_embd_norm.bias"))
        self.layers = nn.ModuleList(Layer(tensor, f"blk.{index}") for index in range(12))

    def forward(self, ids, mask):
        x = self.norm(self.words[ids] + self.places[: ids.shape[1]])
        x = functional.dropout(x, DROPOUT, self.training)
        for layer in self.layers:
            x = layer(x, mask)
        x, weight = x.float(), mask[..., None].float()
        return functional.normalize((x * weight).sum(1) / weight.sum(1), dim=-1)


class Pieces:
    """The vocabulary of the base model."""

    def __init__(self, file):
        value = lambda name: file.fields[f"tokenizer.ggml.{name}"].contents()
        vocabulary = list(zip(value("tokens"), map(float, value("scores"))))
        self.unigram = Tokenizer(models.Unigram(vocabulary, value("unknown_token_id")))
        self.unigram.normalizer = normalizers.NFKC()
        self.unigram.pre_tokenizer = pre_tokenizers.Metaspace()
        self.start, self.end, self.blank = (value(f"{name}_token_id") for name in ("bos", "eos", "padding"))

    def batch(self, texts):
        found = self.unigram.encode_batch(["passage: " + " ".join(text.split()) for text in texts])
        rows = [[self.start, *one.ids[: LONGEST - 2], self.end] for one in found]
        longest = max(map(len, rows))
        ids = torch.tensor([row + [self.blank] * (longest - len(row)) for row in rows])
        return ids, torch.tensor([[True] * len(row) + [False] * (longest - len(row)) for row in rows])


def loss_of(promises, pursuing, of, missing):
    """`of`: the promise of each pursuing text. The last text of each promise is the twin of its missing one."""
    near = pursuing @ promises.T / TEMPERATURE
    finds = functional.cross_entropy(near, of, label_smoothing=SMOOTHING)
    back = torch.cat([near.T, promises @ missing.T / TEMPERATURE], 1)
    own = torch.zeros_like(back, dtype=torch.bool)
    own[of, torch.arange(len(of))] = True
    found = (torch.logsumexp(back, 1) - back.masked_fill(~own, 0).sum(1) / own.sum(1)).mean()
    twin = torch.zeros(len(promises), dtype=torch.long).scatter(0, of, torch.arange(len(of)))
    apart = (promises * (missing - pursuing[twin])).sum(1) / TEMPERATURE
    return finds + 0.5 * found + 0.5 * functional.softplus(apart).mean()


def train(encoder, pieces, epochs):
    read = lambda file: [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    twins = {twin["promise"]: twin for twin in read(TWINS)}
    subjects = {}
    for example in read(EXAMPLES):
        subjects.setdefault(example["subject"], []).append(example)
    free = [parameter for parameter in encoder.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(free, weight_decay=0.01)
    steps, step = epochs * math.ceil(len(subjects) / SUBJECTS), 0
    encoder.train()
    for epoch in range(epochs):
        names, start, sum_ = list(subjects), time.time(), 0.0
        random.shuffle(names)
        for at in range(0, len(names), SUBJECTS):
            examples = [example for name in names[at : at + SUBJECTS] for example in subjects[name]]
            promises = [example["promise"]["text"] for example in examples]
            pursuing = [
                (place, text)
                for place, example in enumerate(examples)
                for text in [*(ask["text"] for ask in example["asks"]), twins[example["promise"]["text"]]["pursues"]]
            ]
            missing = [twins[promise]["misses"] for promise in promises]
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1, (step + 1) / (0.1 * steps)) * max(0.02, 1 - step / steps)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                p = encoder(*pieces.batch(promises))
                texts = encoder(*pieces.batch([text for _, text in pursuing] + missing))
            of = torch.tensor([place for place, _ in pursuing])
            loss = loss_of(p, texts[: len(of)], of, texts[len(of) :])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(free, 1.0)
            optimizer.step()
            step, sum_ = step + 1, sum_ + loss.item()
        print(f"epoch {epoch + 1}: loss {sum_ / math.ceil(len(names) / SUBJECTS):.3f}, {time.time() - start:.0f} s", flush=True)


def write(encoder, output):
    """The adapter as llama.cpp names such files' tensors, in 16 bits."""
    writer = gguf.GGUFWriter(output, "bert")
    writer.add_type("adapter")
    writer.add_name("multilingual-e5-small, taught which asks pursue which promise")
    writer.add_license("cc0-1.0")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", float(ALPHA))
    half = lambda one: one.detach().numpy().astype(numpy.float16)
    for index, layer in enumerate(encoder.layers):
        for short, name in MATRICES.items():
            matrix = getattr(layer, short)
            writer.add_tensor(f"blk.{index}.{name}.weight.lora_a", half(matrix.a))
            writer.add_tensor(f"blk.{index}.{name}.weight.lora_b", half(matrix.b))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--out", type=pathlib.Path, default=HERE / "promises-lora.gguf")
    arguments.add_argument("--epochs", type=int, default=EPOCHS)
    arguments.add_argument("--seed", type=int, default=0)
    given = arguments.parse_args()
    random.seed(given.seed)
    torch.manual_seed(given.seed)
    file = gguf.GGUFReader(BASE)
    encoder, pieces = Encoder(file), Pieces(file)
    train(encoder, pieces, given.epochs)
    write(encoder, given.out)
    packed = given.out.read_bytes()
    print(f"{given.out}: {len(packed)} bytes, sha256 {hashlib.sha256(packed).hexdigest()}")


if __name__ == "__main__":
    main()
