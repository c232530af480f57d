"""Other coats for sprites, in training alone: two-colour repaints and drawn inner lines, so that neither colour nor style tells an animal.

Layers are premultiplied: colour [m, 3, h, w] never above alpha [m, 1, h, w].
"""
import numpy as np
import torch
import torch.nn.functional as F

# Dark and light ends of a coat: black, brown, grey, orange, yellow, cream, white.
DARK = np.array([[.08, .07, .07], [.30, .18, .10], [.30, .30, .33], [.75, .40, .10], [.90, .55, .15], [.55, .35, .20]])
LIGHT = np.array([[.98, .70, .25], [.95, .55, .15], [.80, .80, .82], [.97, .90, .75], [1., 1., 1.], [.75, .55, .38], [.98, .82, .35]])
LUMA = torch.tensor([0.299, 0.587, 0.114])


def _pick(colours, n, rng):
    chosen = colours[rng.integers(len(colours), size=n)] + rng.normal(0, 0.05, (n, 3))
    return torch.from_numpy(chosen.clip(0, 1).astype(np.float32))[:, :, None, None]


def repaint(colour, alpha, rows, rng):
    """Maps brightness onto a line between two coat colours, in whole or in part."""
    n = len(rows)
    luma = torch.einsum("nchw,c->nhw", colour[rows], LUMA).unsqueeze(1)
    dark, light = _pick(DARK, n, rng), _pick(LIGHT, n, rng)
    share = torch.from_numpy(rng.uniform(0.6, 1.0, (n, 1, 1, 1)).astype(np.float32))
    painted = alpha[rows] * dark + luma * (light - dark)
    colour[rows] = torch.minimum((colour[rows] * (1 - share) + painted * share).clamp_min(0), alpha[rows])


def draw_lines(colour, alpha, rows, rng):
    """Inks the places inside a sprite where brightness changes."""
    luma = torch.einsum("nchw,c->nhw", colour[rows], LUMA).unsqueeze(1) + 1 - alpha[rows]
    edge = F.max_pool2d(luma, 3, 1, 1) + F.max_pool2d(-luma, 3, 1, 1)
    strength = torch.from_numpy(rng.uniform(1.5, 4.0, (len(rows), 1, 1, 1)).astype(np.float32))
    ink = (edge * strength - 0.3).clamp(0, 1)
    colour[rows] = colour[rows] * (1 - 0.85 * ink)
