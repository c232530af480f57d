"""Grounds that scenes stand on: plain, gradient, soft noise, stripes, blocks, colour noise. float [n, 3, 64, 64]."""
import numpy as np
import torch
import torch.nn.functional as F

SIDE = 64
KINDS = [("plain", 0.34), ("gradient", 0.20), ("soft", 0.14), ("stripes", 0.10), ("blocks", 0.10), ("colours", 0.12)]


def _colours(n, rng, light=0.4):
    """[n, 3]: random colours, a share of them light."""
    colours = rng.uniform(0, 1, (n, 3))
    pale = rng.uniform(0.8, 1, (n, 1)) + rng.uniform(-0.08, 0.08, (n, 3))
    return torch.from_numpy(np.where(rng.random((n, 1)) < light, pale, colours).clip(0, 1).astype(np.float32))[:, :, None, None]


def _mix(first, second, weight):
    return first + (second - first) * weight


def _ramp(n, rng):
    """[n, 1, 64, 64] in 0..1 along a random direction."""
    angle = torch.from_numpy(rng.uniform(0, 2 * np.pi, n).astype(np.float32))[:, None, None]
    axis = torch.linspace(-1, 1, SIDE)
    along = axis[None, None, :] * torch.cos(angle) + axis[None, :, None] * torch.sin(angle)
    return (along / 2.83 + 0.5).unsqueeze(1)


def _noise(n, channels, cells, rng):
    return torch.from_numpy(rng.random((n, channels, cells, cells), dtype=np.float32))


def _make(kind, n, rng):
    first, second = _colours(n, rng), _colours(n, rng)
    if kind == "plain":
        return first.expand(n, 3, SIDE, SIDE)
    if kind == "gradient":
        return _mix(first, second, _ramp(n, rng))
    if kind == "soft":
        cells = int(rng.choice([4, 8, 16]))
        return _mix(first, second, F.interpolate(_noise(n, 1, cells, rng), SIDE, mode="bilinear", align_corners=False))
    if kind == "stripes":
        frequency = torch.from_numpy(rng.uniform(2, 12, (n, 1, 1, 1)).astype(np.float32))
        wave = (torch.sin(_ramp(n, rng) * frequency * 2 * np.pi) * 4).clamp(-1, 1) / 2 + 0.5
        return _mix(first, _mix(first, second, 0.6), wave)
    if kind == "blocks":
        cells = int(rng.choice([2, 3, 4, 6, 8]))
        return _mix(first, second, F.interpolate(_noise(n, 1, cells, rng), SIDE, mode="nearest"))
    colours = F.interpolate(_noise(n, 3, int(rng.choice([3, 5, 8, 12])), rng), SIDE, mode="bicubic", align_corners=False)
    return _mix(first, colours, torch.from_numpy(rng.uniform(0.3, 1, (n, 1, 1, 1)).astype(np.float32)))


def make_grounds(n, rng, clean=False):
    """n grounds; clean ones are light, plain or a faint gradient."""
    grounds = torch.empty(n, 3, SIDE, SIDE)
    if clean:
        first, second = _colours(n, rng, 1.0), _colours(n, rng, 1.0)
        return _mix(first, second, _ramp(n, rng)).contiguous()
    kinds = rng.choice(len(KINDS), size=n, p=[share for _, share in KINDS])
    for place, (kind, _) in enumerate(KINDS):
        rows = np.flatnonzero(kinds == place)
        if len(rows):
            grounds[rows] = _make(kind, len(rows), rng).clamp(0, 1)
    return grounds
