"""The rendered sprites: premultiplied pixels at two sizes, and which belong to a concept."""
import json
from collections import defaultdict

import numpy as np
import torch

from concepts import CONCEPT_ID, HERE

SIDE = 64


class Sprites:
    """large [n, 4, 64, 64] and small [n, 4, 32, 32], uint8 RGBA, premultiplied; pools by role."""

    def __init__(self, folder=HERE / "sprites"):
        self.index = json.loads((folder / "index.json").read_text())
        raw = np.fromfile(folder / "sprites.bin", dtype=np.uint8).reshape(len(self.index), SIDE, SIDE, 4)
        pixels = torch.from_numpy(raw).permute(0, 3, 1, 2).float()
        pixels[:, :3] *= pixels[:, 3:] / 255
        self.large = pixels.round().to(torch.uint8).contiguous()
        self.small = torch.nn.functional.avg_pool2d(pixels, 2).round().to(torch.uint8).contiguous()
        self.concepts = np.array([CONCEPT_ID[sprite["concept"]] for sprite in self.index])
        # pools[role][concept id] -> (primary designs, more designs); a design is the list of its recoloured copies.
        designs = defaultdict(list)
        for place, sprite in enumerate(self.index):
            designs[(sprite["role"], sprite["concept"], sprite["primary"], sprite["set"], sprite["icon"])].append(place)
        self.pools = defaultdict(lambda: defaultdict(lambda: ([], [])))
        for (role, concept, primary, _, _), places in designs.items():
            self.pools[role][CONCEPT_ID[concept]][0 if primary else 1].append(places)

    def choose(self, role, concept, rng):
        """One sprite's place. Training mixes in the further designs; a test draws from the primary ones alone."""
        primary, more = self.pools[role][concept]
        pool = more if more and role == "train" and rng.random() < 0.35 else primary
        copies = pool[rng.integers(len(pool))]
        return copies[0] if rng.random() < 0.4 else copies[rng.integers(len(copies))]
