"""Writes a random checkpoint in the shape of a published model, and what PyTorch computes with it.

    python3 make.py [--tiny] [--outliers COUNT] CASE DIRECTORY
    python3 make.py --list

Needs torch (Debian: python3-torch). Beside the checkpoint stands expected.json: pixels, token ids and unit vectors.
"""
import argparse
import base64
import json
import pathlib

import torch
from torch.nn import functional

import formats
from cases import CASES
from towers import Bert, randomise


def encode(tensor):
    return {"shape": list(tensor.shape), "data": base64.b64encode(tensor.contiguous().numpy().tobytes()).decode()}


def make_pixels(tower, tiny, generator):
    """Blotches of several sizes with some noise: uint8 [count, side, side, 3]."""
    patch = tower.patches.kernel_size[0]
    grid = int(tower.positions.num_embeddings**0.5)
    side = grid * patch + tower.spare
    count = 3 if tiny else 2
    picture = torch.zeros(count, 3, side, side)
    for size in (2, 5, 11):
        noise = torch.randn(count, 3, size, size, generator=generator)
        picture += functional.interpolate(noise, (side, side), mode="bicubic", align_corners=False)
    picture += torch.randn(count, 3, side, side, generator=generator) * 0.2
    return (picture * 50 + 120).clamp(0, 255).round().to(torch.uint8).permute(0, 2, 3, 1)


def make_texts(tower, generator):
    """Right-padded ids [count, longest] of texts of several lengths, and those lengths."""
    if isinstance(tower, Bert):
        vocabulary, longest = tower.words.num_embeddings, min(52, tower.positions.num_embeddings - tower.first_position)
        first, last, pad = 2, 3, tower.first_position // 2
    else:
        vocabulary, longest = tower.tokens.num_embeddings, tower.positions.num_embeddings
        first, last, pad = vocabulary - 2, vocabulary - 1, vocabulary - 1 if tower.causal else 1
    lengths = torch.tensor([3, 6, longest // 2 + 2, longest])
    ids = torch.randint(5, vocabulary - 2, (len(lengths), longest), generator=generator)
    ids[:, 0] = first
    for row, length in zip(ids, lengths):
        row[length - 1], row[length:] = last, pad
    return ids, lengths


@torch.no_grad()
def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--tiny", action="store_true")
    parser.add_argument("--outliers", type=int, default=0)
    parser.add_argument("case", nargs="?")
    parser.add_argument("directory", nargs="?", type=pathlib.Path)
    options = parser.parse_args()
    if options.list:
        print(*CASES, sep="\n")
        return
    torch.manual_seed(0)
    case = CASES[options.case](options.tiny)
    dtype = case.get("dtype", torch.float32)
    expected, generator = {}, torch.Generator().manual_seed(3)
    for seed, side in enumerate(("image", "text")):
        if side in case:
            randomise(case[side], seed + 1, options.outliers)
            for parameter in case[side].parameters():
                parameter.copy_(parameter.to(dtype).float())
    if "image" in case:
        pixels = make_pixels(case["image"], options.tiny, generator)
        mean, std = case["image"].normalisation
        vectors = functional.normalize(case["image"](pixels.float()), dim=-1)
        expected["image"] = {"mean": mean, "std": std, "pixels": encode(pixels), "vectors": encode(vectors)}
    if "text" in case:
        ids, lengths = make_texts(case["text"], generator)
        vectors = functional.normalize(case["text"](ids, lengths), dim=-1)
        expected["text"] = {"ids": ids.tolist(), "lengths": lengths.tolist(), "vectors": encode(vectors)}
    options.directory.mkdir(parents=True, exist_ok=True)
    config = "open_clip_config.json" if case["file"].startswith("open_clip") else "config.json"
    (options.directory / config).write_text(json.dumps(case["config"], indent=2) + "\n")
    (options.directory / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
    formats.write_checkpoint(options.directory, case["tensors"](), case["file"], case.get("shards", 1), dtype)


main()
