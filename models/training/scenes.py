"""Composes scenes: sprites on a ground, then blur, noise and JPEG. Output float [b, 3, 64, 64] in 0..1."""
import io

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from coats import draw_lines, repaint
from grounds import make_grounds
from layout import FOCUS_IDS, arrange, choose_sprites

SIDE = 64


def _uniform(rng, low, high, *shape):
    return torch.from_numpy(rng.uniform(low, high, shape).astype(np.float32))


def _transforms(sides, centres, rng, clean):
    """Output-to-sprite affine matrices [m, 2, 3] for affine_grid: place, scale, rotate, flip, aspect, shear."""
    m = len(sides)
    angle = rng.normal(0, 9, m)
    if not clean:
        angle = np.where(rng.random(m) < 0.10, rng.uniform(-70, 70, m), angle)
    angle = np.deg2rad(angle)
    flip = np.where(rng.random(m) < 0.5, -1.0, 1.0)
    aspect = np.exp(rng.normal(0, 0.06, m))
    shear = rng.normal(0, 0.06, m)
    cos, sin = np.cos(angle), np.sin(angle)
    rotate = np.stack([np.stack([cos, sin], 1), np.stack([-sin, cos], 1)], 1)
    shape = np.zeros((m, 2, 2))
    shape[:, 0, 0], shape[:, 0, 1], shape[:, 1, 1] = flip / (sides * aspect), shear / sides, aspect / sides
    matrix = shape @ rotate
    offset = -matrix @ (2 * centres - 1)[:, :, None]
    return torch.from_numpy(np.concatenate([matrix, offset], 2).astype(np.float32))


def _colour_matrices(m, rng, clean):
    """[m, 3, 3]: hue turn (any hue for 12 %), saturation, brightness; 5 % grey."""
    hue = rng.normal(0, 7, m)
    saturation, brightness = rng.uniform(0.45, 1.35, m), rng.uniform(0.75, 1.25, m)
    if clean:
        hue, saturation, brightness = hue * 0.5, rng.uniform(0.85, 1.15, m), rng.uniform(0.9, 1.1, m)
    else:
        hue = np.where(rng.random(m) < 0.12, rng.uniform(-180, 180, m), hue)
        saturation = np.where(rng.random(m) < 0.05, 0.0, saturation)
    cos, sin = np.cos(np.deg2rad(hue)), np.sin(np.deg2rad(hue))
    axis = np.full((3, 3), 1 / 3)
    cross = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]) / np.sqrt(3)
    turn = cos[:, None, None] * np.eye(3) + sin[:, None, None] * cross + (1 - cos)[:, None, None] * axis
    luma = np.tile(np.array([0.299, 0.587, 0.114]), (3, 1))
    fade = saturation[:, None, None] * np.eye(3) + (1 - saturation)[:, None, None] * luma
    return torch.from_numpy((brightness[:, None, None] * (fade @ turn)).astype(np.float32))


def _warp(grid, rng):
    """Bends half of the sampling grids [m, 64, 64, 2] by a smooth field over the sprite: other proportions, so other designs."""
    rows = np.flatnonzero(rng.random(len(grid)) < 0.5)
    if len(rows):
        field = torch.from_numpy(rng.normal(0, 0.08, (len(rows), 2, 5, 5)).astype(np.float32))
        bent = F.grid_sample(field, grid[rows], mode="bilinear", padding_mode="border", align_corners=True)
        grid[rows] += bent.permute(0, 2, 3, 1)
    return grid


def _outline(colour, alpha, rows, width, rng):
    """Puts dark ink of the given width round the sprites of some rows; returns the new alpha."""
    wide = F.max_pool2d(alpha[rows], 2 * width + 1, 1, width)
    ink = _uniform(rng, 0.0, 0.3, len(rows), 3, 1, 1)
    colour[rows] = colour[rows] + (wide - alpha[rows]) * ink
    alpha = alpha.clone()
    alpha[rows] = wide
    return alpha


def _draw_sprites(sprites, places, sides, centres, rng, clean, augment):
    """-> premultiplied RGBA layers [m, 4, 64, 64]."""
    m = len(places)
    theta = _transforms(sides, centres, rng, clean)
    layers = torch.empty(m, 4, SIDE, SIDE)
    small = sides < 0.5
    for source, chosen in ((sprites.large, ~small), (sprites.small, small)):
        rows = np.flatnonzero(chosen)
        if len(rows):
            pixels = source[torch.from_numpy(places[rows])].float() / 255
            grid = F.affine_grid(theta[rows], (len(rows), 4, SIDE, SIDE), align_corners=False)
            if augment:
                grid = _warp(grid, rng)
            layers[rows] = F.grid_sample(pixels, grid, mode="bilinear", padding_mode="zeros", align_corners=False)
    alpha = layers[:, 3:]
    colour = torch.bmm(_colour_matrices(m, rng, clean), layers[:, :3].flatten(2)).view(m, 3, SIDE, SIDE)
    colour = torch.minimum(colour.clamp_min(0), alpha)
    if augment:
        focus = np.isin(sprites.concepts[places], FOCUS_IDS)
        for change, shares in ((repaint, (0.35, 0.08)), (draw_lines, (0.15, 0.10))):
            rows = np.flatnonzero(rng.random(m) < np.where(focus, *shares))
            if len(rows):
                change(colour, alpha, rows, rng)
    if not clean:
        rows = np.flatnonzero(rng.random(m) < 0.20)
        if len(rows):
            alpha = _outline(colour, alpha, rows, 1, rng)
    if augment:
        rows = np.flatnonzero(rng.random(m) < 0.10)
        if len(rows):
            alpha = _outline(colour, alpha, rows, 2, rng)
    return torch.cat([colour, alpha], 1)


def _weather(images, rng):
    """Blur (20 %), contrast, noise (60 %), JPEG (15 %)."""
    b = len(images)
    rows = np.flatnonzero(rng.random(b) < 0.20)
    if len(rows):
        kernel = torch.tensor([0.25, 0.5, 0.25])
        kernel = (kernel[:, None] * kernel[None]).expand(3, 1, 3, 3)
        images[rows] = F.conv2d(F.pad(images[rows], (1, 1, 1, 1), mode="replicate"), kernel, groups=3)
    contrast, shift = _uniform(rng, 0.8, 1.15, b, 1, 1, 1), _uniform(rng, -0.07, 0.07, b, 1, 1, 1)
    images = (images - 0.5) * contrast + 0.5 + shift
    noise = torch.from_numpy(rng.standard_normal(images.shape, dtype=np.float32))
    strength = _uniform(rng, 0.0, 0.05, b, 1, 1, 1) * torch.from_numpy((rng.random((b, 1, 1, 1)) < 0.6).astype(np.float32))
    images = (images + noise * strength).clamp(0, 1)
    for row in np.flatnonzero(rng.random(b) < 0.15):
        picture = Image.fromarray((images[row].permute(1, 2, 0).numpy() * 255).round().astype(np.uint8))
        store = io.BytesIO()
        picture.save(store, "JPEG", quality=int(rng.integers(35, 90)))
        images[row] = torch.from_numpy(np.asarray(Image.open(store)).astype(np.float32) / 255).permute(2, 0, 1)
    return images


def compose(sprites, scenes, role, rng, clean=False, easy=None, augment=False):
    """scenes: a list of object lists [(concept id, count), ...] -> float [b, 3, 64, 64].

    clean: plain grounds, upright, no blur or noise. easy [b]: scenes drawn big.
    augment: bent shapes and thick outlines, in training alone, so that measuring keeps its scenes. All randomness comes from rng.
    """
    counts = np.array([sum(count for _, count in objects) for objects in scenes])
    places = [choose_sprites(objects, sprites, role, rng) for objects in scenes]
    sides, centres = arrange(counts, rng, easy)
    images = make_grounds(len(scenes), rng, clean)
    rows = np.repeat(np.arange(len(scenes)), counts)
    slots = np.concatenate([np.arange(n) for n in counts])
    layers = _draw_sprites(sprites, np.concatenate(places), sides[rows, slots], centres[rows, slots], rng, clean, augment)
    for slot in range(3):
        chosen = slots == slot
        if chosen.any():
            layer, target = layers[chosen], torch.from_numpy(rows[chosen])
            images[target] = images[target] * (1 - layer[:, 3:]) + layer[:, :3]
    return images.clamp(0, 1) if clean else _weather(images, rng)
