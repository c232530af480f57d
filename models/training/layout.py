"""Which objects a scene holds, and where they stand."""
import numpy as np

from concepts import CONCEPT_ID, CONCEPTS

# Shares of the scenes that show an animal of the five-label table, or one that is taken for it.
FOCUS_SHARE = 0.35
FOCUS = {"cat": 0.27, "dog": 0.31, "tiger": 0.20, "lion": 0.07, "fox": 0.08, "wolf": 0.07}
FOCUS_IDS = np.array([CONCEPT_ID[name] for name in FOCUS])
FOCUS_WEIGHTS = np.array(list(FOCUS.values()))
SIZES = {1: (0.32, 1.0), 2: (0.28, 0.62), 3: (0.25, 0.48)}
TRIES = 14


def draw_objects(rng):
    """A training scene's objects: one or two (concept id, count), three things at most."""
    focus = rng.random() < FOCUS_SHARE
    concept = int(rng.choice(FOCUS_IDS, p=FOCUS_WEIGHTS)) if focus else int(rng.integers(len(CONCEPTS)))
    draw = rng.random()
    one, two, three = (0.44, 0.84, 0.92) if focus else (0.52, 0.74, 0.86)
    if draw < one:
        return [(concept, 1)]
    if draw < two:
        return [(concept, 2)]
    if draw < three:
        return [(concept, 3)]
    other = concept
    while other == concept:
        other = int(rng.choice(FOCUS_IDS)) if focus and rng.random() < 0.5 else int(rng.integers(len(CONCEPTS)))
    counts = ((1, 1), (1, 1), (1, 1), (2, 1), (1, 2))[rng.integers(5)]
    return [(concept, counts[0]), (other, counts[1])]


def draw_single(rng):
    return [(int(rng.integers(len(CONCEPTS))), 1)]


def choose_sprites(objects, sprites, role, rng):
    """Sprite places of a scene: copies are mostly the same sprite (75 %), else other designs of the concept."""
    places = []
    for concept, count in objects:
        first = sprites.choose(role, concept, rng)
        same = rng.random() < 0.75
        places += [first if same or k == 0 else sprites.choose(role, concept, rng) for k in range(count)]
    return places


def arrange(counts, rng, large=None):
    """counts [b] of 1..3 -> sides [b, 3] and centres [b, 3, 2] as shares of the frame; the first of 14 tries without overlap.

    large [b]: scenes whose objects are drawn big (the easy ones at the start).
    """
    batch = len(counts)
    low = np.array([SIZES[int(n)][0] for n in counts])
    high = np.array([SIZES[int(n)][1] for n in counts])
    if large is not None:
        low = np.where(large, 0.65, low)
    base = rng.uniform(low, high)[:, None]
    sides = np.clip(base * rng.uniform(0.82, 1.18, (batch, 3)), 0.2, 1.02)
    reach = np.clip(0.5 - sides / 2 + 0.03, 0.0, 0.5)
    tries = 0.5 + rng.uniform(-1, 1, (batch, TRIES, 3, 2)) * reach[:, None, :, None]
    overlap = np.zeros((batch, TRIES))
    for a, b in ((0, 1), (0, 2), (1, 2)):
        room = 0.46 * (sides[:, a] + sides[:, b])[:, None]
        gap = np.abs(tries[:, :, a] - tries[:, :, b])
        over = np.maximum(0, np.minimum(room - gap[..., 0], room - gap[..., 1]))
        overlap += np.where((counts > b)[:, None], over, 0)
    best = overlap.argmin(1)
    return sides, tries[np.arange(batch), best]
