"""The two encoders and their logit scale: 64x64 pictures and short token rows to vectors of 128."""
import math

import torch
from torch import nn

from tokenizer import CLS, MAX_TOKENS, PAD, SEP

DIM = 128
START_SCALE = 20.0


class ConvBlock(nn.Sequential):
    """3x3 convolution, batch norm, ReLU."""

    def __init__(self, inside, outside, stride=1):
        super().__init__(nn.Conv2d(inside, outside, 3, stride, 1, bias=False), nn.BatchNorm2d(outside), nn.ReLU(inplace=True))


class Residual(nn.Module):
    """x + convolutions(x); the last block's batch norm starts small, so that depth costs nothing at first."""

    def __init__(self, width, depth):
        super().__init__()
        self.body = nn.Sequential(*[ConvBlock(width, width) for _ in range(depth)])
        nn.init.constant_(self.body[-1][1].weight, 0.3)

    def forward(self, x):
        return x + self.body(x)


class ImageEncoder(nn.Module):
    """pixel_values [n, 3, 64, 64], normalised -> image_embeds [n, 128], not normalised. Four stages, then mean and max pooling."""

    def __init__(self, widths=(24, 40, 96, 192)):
        super().__init__()
        a, b, c, d = widths
        self.body = nn.Sequential(
            ConvBlock(3, a, 2), Residual(a, 1),
            ConvBlock(a, b, 2), Residual(b, 1),
            ConvBlock(b, c, 2), Residual(c, 2),
            ConvBlock(c, d, 2), Residual(d, 2), Residual(d, 2),
            nn.Conv2d(d, 400, 1, bias=False), nn.BatchNorm2d(400), nn.ReLU(inplace=True))
        self.project = nn.Linear(800, DIM)

    def forward(self, pixel_values):
        features = self.body(pixel_values)
        return self.project(torch.cat([features.mean((2, 3)), features.amax((2, 3))], 1))


class TextLayer(nn.Module):
    """Pre-norm transformer layer with masked self-attention."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm_attention, self.norm_mlp = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x, bias):
        n, s, w = x.shape
        q, k, v = self.qkv(self.norm_attention(x)).view(n, s, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        weights = (q @ k.transpose(-1, -2) / math.sqrt(w // self.heads) + bias).softmax(-1)
        x = x + self.out((weights @ v).transpose(1, 2).reshape(n, s, w))
        return x + self.down(torch.nn.functional.gelu(self.up(self.norm_mlp(x))))


class TextEncoder(nn.Module):
    """input_ids [n, s], attention_mask [n, s] -> text_embeds [n, 128], not normalised. Pools over the words, not [CLS] and [SEP]."""

    def __init__(self, vocabulary, width=128, heads=4, layers=2):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, width)
        self.positions = nn.Parameter(torch.randn(MAX_TOKENS, width) * 0.1)
        # Wide token vectors keep the names apart from the first step on; with 0.05 the start is a long plateau.
        nn.init.normal_(self.tokens.weight, std=0.7)
        self.layers = nn.ModuleList(TextLayer(width, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.project = nn.Linear(width, DIM)

    def forward(self, input_ids, attention_mask):
        x = self.tokens(input_ids) + self.positions[:input_ids.shape[1]]
        bias = (1.0 - attention_mask.float())[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        words = (attention_mask > 0) & (input_ids != CLS) & (input_ids != SEP)
        weight = words.float().unsqueeze(-1)
        pooled = (self.norm(x) * weight).sum(1) / weight.sum(1).clamp(min=1.0)
        return self.project(pooled)


class DualEncoder(nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        self.image, self.text = ImageEncoder(), TextEncoder(vocabulary)
        self.log_scale = nn.Parameter(torch.tensor(math.log(START_SCALE)))

    def encode_images(self, images):
        """Pictures in 0..1 -> unit vectors."""
        pixels = ((images - 0.5) / 0.25).contiguous(memory_format=torch.channels_last)
        return nn.functional.normalize(self.image(pixels), dim=1)

    def encode_texts(self, ids):
        """Padded token rows -> unit vectors."""
        return nn.functional.normalize(self.text(ids, (ids != PAD).long()), dim=1)
