"""One training batch: scenes, captions in both languages, the bank of names and counted phrases, and who describes whom."""
import numpy as np
import torch

import captions
from concepts import CONCEPT_ID, CONCEPTS
from layout import draw_objects, draw_single
from scenes import compose

# The bank: every concept's bare name, and counted phrases of the table's animals and their neighbours.
BANK = [((place, captions.ANY),) for place in range(len(CONCEPTS))]
BANK += [((CONCEPT_ID[name], count),) for name in ("cat", "dog", "tiger") for count in (1, 2, 3)]
BANK += [((CONCEPT_ID[name], count),) for name in ("lion", "fox", "wolf") for count in (1, 2)]
BANK_MEANINGS = captions.pack(BANK)
EASY_SHARE, EASY_UNTIL = 0.5, 0.3


def make_batch(size, fraction, step, sprites, tokenizer, rng):
    """-> dict of tensors; fraction is the share of the training time that has passed."""
    easy = rng.random(size) < EASY_SHARE * max(0.0, 1 - fraction / EASY_UNTIL)
    scenes = [draw_single(rng) if e else draw_objects(rng) for e in easy]
    meanings = [captions.choose_meaning(objects, rng) for objects in scenes]
    bank_language = ("en", "zh")[step % 2]
    batch = {"images": compose(sprites, scenes, "train", rng, easy=easy, augment=True)}
    scene_rows, meaning_rows = captions.pack(scenes), captions.pack(meanings)
    for language in ("en", "zh"):
        texts = [captions.write_caption(meaning, language, rng) for meaning in meanings]
        rows = meaning_rows
        if language == bank_language:
            texts += [captions.write_caption(meaning, language, rng, template=rng.random() < 0.4) for meaning in BANK]
            rows = np.concatenate([meaning_rows, BANK_MEANINGS])
        positive, ignored = captions.describes(scene_rows, rows)
        batch[language] = {
            "ids": torch.from_numpy(tokenizer.encode_batch(texts, rng)),
            "positive": torch.from_numpy(positive), "ignored": torch.from_numpy(ignored),
        }
    same, ignored = captions.same_meaning(meaning_rows, meaning_rows)
    batch["text"] = {"positive": torch.from_numpy(same), "ignored": torch.from_numpy(ignored)}
    return batch
