"""Writes a CLIP ViT-B/32 with random weights to bench/models/vit-b-32: the true shapes and cost, no meaning.

    python3 bench/make-random-clip.py        (needs torch; takes tokenizer files from models/demo)

The vision tower is exact (12 layers, width 768, 224 x 224, 512-d); the text tower has CLIP's shape (12 layers, width
512, causal) with the small vocabulary of the borrowed tokenizer.
"""
import json
import pathlib
import shutil

import torch
from torch import nn

ROOT = pathlib.Path(__file__).parent
OUTPUT = ROOT / "models" / "vit-b-32"
TOKENIZER = ROOT.parent / "models" / "demo"


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x, mask=None):
        n, length, width = x.shape[0], x.shape[1], x.shape[2]
        q, k, v = self.qkv(self.norm1(x)).reshape(n, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        attention = q @ k.transpose(-1, -2) * (width // self.heads) ** -0.5
        if mask is not None:
            attention = attention + mask
        x = x + self.out((attention.softmax(-1) @ v).transpose(1, 2).reshape(n, length, width))
        hidden = self.fc1(self.norm2(x))
        return x + self.fc2(hidden * torch.sigmoid(1.702 * hidden))


class Vision(nn.Module):
    def __init__(self, width=768, layers=12, heads=12, patch=32, side=224, dimension=512):
        super().__init__()
        self.patches = nn.Conv2d(3, width, patch, patch, bias=False)
        self.first = nn.Parameter(torch.randn(width) * width**-0.5)
        self.positions = nn.Parameter(torch.randn((side // patch) ** 2 + 1, width) * width**-0.5)
        self.before, self.after = nn.LayerNorm(width), nn.LayerNorm(width)
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.projection = nn.Linear(width, dimension, bias=False)

    def forward(self, pixel_values):
        x = self.patches(pixel_values).flatten(2).transpose(1, 2)
        x = torch.cat([self.first.expand(x.shape[0], 1, -1), x], 1) + self.positions
        x = self.before(x)
        for block in self.blocks:
            x = block(x)
        return self.projection(self.after(x[:, 0]))


class Text(nn.Module):
    def __init__(self, vocabulary, width=512, layers=12, heads=8, context=77, dimension=512):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, width)
        self.positions = nn.Parameter(torch.randn(context, width) * 0.01)
        self.register_buffer("causal", torch.full((context, context), -1e9).triu(1))
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.after = nn.LayerNorm(width)
        self.projection = nn.Linear(width, dimension, bias=False)

    def forward(self, input_ids, attention_mask):
        length = input_ids.shape[1]
        x = self.tokens(input_ids) + self.positions[:length]
        for block in self.blocks:
            x = block(x, self.causal[:length, :length])
        last = attention_mask.sum(1) - 1
        return self.projection(self.after(x[torch.arange(x.shape[0]), last]))


def export(module, inputs, names, output, axes, file):
    torch.onnx.export(module.eval(), inputs, str(OUTPUT / "onnx" / file), input_names=names, output_names=[output],
                      dynamic_axes={**{name: axes for name in names}, output: {0: "batch"}}, opset_version=14)


def main():
    torch.manual_seed(0)
    (OUTPUT / "onnx").mkdir(parents=True, exist_ok=True)
    for file in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(TOKENIZER / file, OUTPUT / file)
    vocabulary = len(json.loads((OUTPUT / "tokenizer.json").read_text())["model"]["vocab"])
    settings = {
        "config.json": {"model_type": "clip", "projection_dim": 512, "text_config": {"max_position_embeddings": 77}},
        "preprocessor_config.json": {"size": {"shortest_edge": 224}, "crop_size": {"height": 224, "width": 224}, "resample": 3,
                                     "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711]},
        "taxolens.json": {"id": "random-vit-b-32", "logitScale": 100, "activation": "softmax", "languages": ["en"],
                          "description": "Random weights, for measuring only."},
    }
    for file, content in settings.items():
        (OUTPUT / file).write_text(json.dumps(content, indent=2) + "\n")
    export(Vision(), (torch.randn(2, 3, 224, 224),), ["pixel_values"], "image_embeds", {0: "batch"}, "vision_model.onnx")
    ids = torch.randint(5, vocabulary, (2, 9))
    export(Text(vocabulary), (ids, torch.ones_like(ids)), ["input_ids", "attention_mask"], "text_embeds",
           {0: "batch", 1: "length"}, "text_model.onnx")


main()
