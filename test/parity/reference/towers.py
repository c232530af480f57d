"""The towers of CLIP-like models in PyTorch, written from the papers on torch's own transformer layers.

Nothing here is shared with the converter: its graphs are compared with what these modules compute.
Radford et al. 2021 (CLIP), Devlin et al. 2018 (BERT), Conneau et al. 2019 (XLM-R), Zhai et al. 2023 (SigLIP).
"""
import torch
from torch import nn
from torch.nn import functional

OPENAI = ([0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711])
HALVES = ([0.5] * 3, [0.5] * 3)

ACTIVATIONS = {
    "quick_gelu": lambda x: x * torch.sigmoid(1.702 * x),
    "gelu": lambda x: functional.gelu(x),
    "gelu_pytorch_tanh": lambda x: functional.gelu(x, approximate="tanh"),
}


def transformer(width, layers, heads, mlp, activation, eps, norm_first):
    return nn.ModuleList(
        nn.TransformerEncoderLayer(width, heads, mlp, 0.0, ACTIVATIONS[activation], eps, True, norm_first) for _ in range(layers)
    )


class Vision(nn.Module):
    """Bytes [batch, side, side, 3] -> embeddings. `head`: 'class' (CLIP) or 'probe' (SigLIP)."""

    def __init__(self, width, layers, heads, mlp, patch, side, dimension, activation, eps, head="class"):
        super().__init__()
        tokens, self.spare = (side // patch) ** 2, side % patch
        self.head, self.normalisation = head, OPENAI if head == "class" else HALVES
        self.patches = nn.Conv2d(3, width, patch, patch, bias=head == "probe")
        self.positions = nn.Embedding(tokens + (head == "class"), width)
        self.layers = transformer(width, layers, heads, mlp, activation, eps, True)
        self.after = nn.LayerNorm(width, eps)
        if head == "class":
            self.first = nn.Parameter(torch.empty(width))
            self.before = nn.LayerNorm(width, eps)
            self.projection = nn.Linear(width, dimension, bias=False)
        else:
            self.probe = nn.Parameter(torch.empty(1, 1, width))
            self.attention = nn.MultiheadAttention(width, heads, batch_first=True)
            self.norm = nn.LayerNorm(width, eps)
            self.fc1, self.fc2 = nn.Linear(width, mlp), nn.Linear(mlp, width)
            self.activation = ACTIVATIONS[activation]

    def forward(self, pixels):
        mean, std = (torch.tensor(values).view(1, 3, 1, 1) for values in self.normalisation)
        x = self.patches((pixels.permute(0, 3, 1, 2) / 255 - mean) / std).flatten(2).transpose(1, 2)
        if self.head == "class":
            x = torch.cat([self.first.expand(len(x), 1, -1), x], 1) + self.positions.weight
            x = self.before(x)
        else:
            x = x + self.positions.weight
        for layer in self.layers:
            x = layer(x)
        if self.head == "class":
            return self.projection(self.after(x[:, 0]))
        x = self.after(x)
        x = self.attention(self.probe.expand(len(x), -1, -1), x, x, need_weights=False)[0]
        return (x + self.fc2(self.activation(self.fc1(self.norm(x)))))[:, 0]


class ClipText(nn.Module):
    """Ids [batch, tokens] -> embeddings. Causal and read at the end token (CLIP), or neither (SigLIP)."""

    def __init__(self, width, layers, heads, mlp, context, vocabulary, dimension, activation, eps, causal=True):
        super().__init__()
        self.causal = causal
        self.tokens, self.positions = nn.Embedding(vocabulary, width), nn.Embedding(context, width)
        self.layers = transformer(width, layers, heads, mlp, activation, eps, True)
        self.after = nn.LayerNorm(width, eps)
        self.projection = nn.Linear(width, dimension, bias=not causal)

    def forward(self, ids, lengths):
        count = ids.shape[1]
        x = self.tokens(ids) + self.positions.weight[:count]
        mask = torch.full((count, count), float("-inf")).triu(1) if self.causal else None
        for layer in self.layers:
            x = layer(x, mask)
        places = lengths - 1 if self.causal else torch.full_like(lengths, count - 1)
        return self.projection(self.after(x)[torch.arange(len(x)), places])


class Bert(nn.Module):
    """Ids [batch, tokens] -> embeddings. `head`: 'classifier', 'pooler', 'projection' or 'mean'."""

    def __init__(self, width, layers, heads, mlp, positions, vocabulary, dimension, eps, head, first_position=0):
        super().__init__()
        self.head, self.first_position = head, first_position
        self.words, self.positions, self.types = (nn.Embedding(rows, width) for rows in (vocabulary, positions, 1 if first_position else 2))
        self.norm = nn.LayerNorm(width, eps)
        self.layers = transformer(width, layers, heads, mlp, "gelu", eps, False)
        if head in ("classifier", "pooler"):
            self.pooler = nn.Linear(width, width)
        if head == "classifier":
            self.classifier = nn.Linear(width, dimension)
        if head == "projection":
            self.projection = nn.Linear(width, dimension, bias=False)
        if head == "mean":
            between = (width + dimension) // 2
            self.proj = nn.Sequential(nn.Linear(width, between, bias=False), nn.GELU(), nn.Linear(between, dimension, bias=False))

    def forward(self, ids, lengths):
        count = ids.shape[1]
        places = torch.arange(count) + self.first_position
        x = self.norm(self.words(ids) + self.positions(places) + self.types.weight[0])
        hidden = torch.arange(count)[None] >= lengths[:, None]
        for layer in self.layers:
            x = layer(x, src_key_padding_mask=hidden)
        if self.head == "mean":
            shown = (~hidden)[..., None].float()
            return self.proj((x * shown).sum(1) / shown.sum(1))
        first = x[:, 0]
        if self.head == "projection":
            return self.projection(first)
        pooled = torch.tanh(self.pooler(first))
        return self.classifier(pooled) if self.head == "classifier" else pooled


@torch.no_grad()
def randomise(module, seed, outliers=0):
    """Random weights that keep a signal through every layer, no bias or gain at its neutral value.
    `outliers`: so many channels of every layer norm are 15 times as large, as some trained networks have them."""
    generator = torch.Generator().manual_seed(seed)
    for name, parameter in module.named_parameters():
        parameter.normal_(generator=generator)
        is_norm = "norm" in name or name.startswith(("before", "after"))
        if is_norm and name.endswith("weight"):
            parameter.mul_(0.2).add_(1)
            parameter[:outliers].mul_(15)
        elif parameter.dim() < 2:
            parameter.mul_(0.1)
        elif "positions" in name or "types" in name or "probe" in name:
            parameter.mul_(0.3)
        elif parameter.dim() == 2 and any(name.startswith(table) for table in ("tokens", "words")):
            parameter.mul_(0.5)
        else:
            parameter.mul_((parameter[0].numel()) ** -0.5)
    return module.eval()
