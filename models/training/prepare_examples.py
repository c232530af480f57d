"""Resizes and crops ../../examples as preprocessor_config.json says (PIL, antialiased bicubic), for check-examples.mjs.

-> evaluation/work/examples.bin, uint8 [n, 64, 64, 3], and examples.json with the file names in that order.
"""
import json

import numpy as np
from PIL import Image

from concepts import HERE

SIDE = 64


def prepare(path):
    picture = Image.open(path).convert("RGB")
    scale = SIDE / min(picture.size)
    width, height = (max(SIDE, int(edge * scale)) for edge in picture.size)
    picture = picture.resize((width, height), Image.BICUBIC)
    left, top = (width - SIDE) // 2, (height - SIDE) // 2
    return np.asarray(picture.crop((left, top, left + SIDE, top + SIDE)))


if __name__ == "__main__":
    files = sorted(p for p in (HERE / "../../examples").resolve().iterdir() if p.suffix in (".jpg", ".png", ".webp"))
    folder = HERE / "evaluation/work"
    folder.mkdir(parents=True, exist_ok=True)
    np.stack([prepare(path) for path in files]).tofile(folder / "examples.bin")
    (folder / "examples.json").write_text(json.dumps([path.name for path in files]))
