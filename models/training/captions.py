"""Captions in English and Chinese for a scene, and which caption describes which scene.

A meaning is a tuple of one or two (concept id, count code); count codes: 0 any, 1, 2, 3 exactly, 4 two or more.
"""
import numpy as np

from concepts import CONCEPTS

ANY, PLURAL = 0, 4
BARE = ["{}"] * 4
ENGLISH = BARE + ["a photo of {}", "a picture of {}", "an illustration of {}", "a drawing of {}", "this is a photo of {}.",
                  "this is {}", "an image of {}", "an emoji of {}", "there is {} in the picture"]
# A taxonomy's template puts the bare label behind an article, also where grammar would not: "a photo of a two cats."
ENGLISH_LABEL = ["a photo of a {}.", "a photo of a {}", "a picture of a {}", "an illustration of a {}", "the {}"]
CHINESE = BARE + ["这是一张{}的照片", "一张{}的图片", "{}的照片", "{}的插画", "这是{}", "图中有{}", "一幅{}的画", "一张{}的照片。", "画面里有{}"]
EXTRA_WORDS = "some several few many pair lots icon cartoon emoji image sticker with without white background an the its on in at and or no four five scene small big"
NUMBERS = {1: ("one", "1"), 2: ("two", "2"), 3: ("three", "3")}
CHINESE_NUMBERS = {1: ("一", "1"), 2: ("两", "2"), 3: ("三", "3")}


def _pluralise(synonym, concept):
    if synonym.endswith(("s", "x", "ch", "sh")):
        return synonym + "es"
    if synonym.endswith("y") and synonym[-2] not in "aeiou":
        return synonym[:-1] + "ies"
    if " of " in synonym:
        head, tail = synonym.split(" of ", 1)
        return f"{head}s of {tail}"
    return concept.plural if synonym == concept.name else synonym + "s"


def english_phrase(concept_id, code, rng, synonyms=True):
    """-> (phrase, takes an article): 'two cats', 'a cat', 'cat', 'cats'."""
    concept = CONCEPTS[concept_id]
    name = concept.name
    if synonyms and concept.synonyms and rng.random() < 0.25:
        name = concept.synonyms[rng.integers(len(concept.synonyms))]
    plural = concept.plural if name == concept.name else _pluralise(name, concept)
    if code == ANY:
        return name
    if code == PLURAL:
        return plural if rng.random() < 0.7 else f"{('some', 'several', 'many')[rng.integers(3)]} {plural}"
    if code == 1 and rng.random() < 0.4:
        return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
    number = NUMBERS[code][int(rng.random() < 0.12)]
    return f"{number} {name if code == 1 else plural}"


def chinese_phrase(concept_id, code, rng, synonyms=True):
    """'两只猫', '一只猫', '猫', '几只猫'."""
    concept = CONCEPTS[concept_id]
    name = concept.chinese
    if synonyms and concept.chinese_synonyms and rng.random() < 0.25:
        name = concept.chinese_synonyms[rng.integers(len(concept.chinese_synonyms))]
    if code == ANY:
        return name
    place = 0 if rng.random() < 0.7 else rng.integers(len(concept.measures))
    measure = "个" if rng.random() < 0.05 else concept.measures[place]
    if code == PLURAL:
        return f"{('几', '好几', '很多')[rng.integers(3)]}{measure}{name}"
    return f"{CHINESE_NUMBERS[code][int(rng.random() < 0.12)]}{measure}{name}"


def write_caption(meaning, language, rng, template=True):
    """One caption of a meaning in 'en' or 'zh'."""
    if language == "en":
        parts = [english_phrase(concept, code, rng) for concept, code in meaning]
        phrase = f" {('and', 'with')[int(rng.random() < 0.2)]} ".join(parts)
        if not template:
            return phrase
        labelled = len(meaning) == 1 and not parts[0].startswith(("a ", "an ")) and rng.random() < 0.2
        pool = ENGLISH_LABEL if labelled else ENGLISH
    else:
        phrase = "和".join(chinese_phrase(concept, code, rng) for concept, code in meaning)
        pool = CHINESE
    if not template:
        return phrase
    return pool[rng.integers(len(pool))].format(phrase)


def choose_meaning(objects, rng):
    """objects: one or two (concept id, count) -> a meaning that describes all of them."""
    meaning = []
    for concept, count in objects:
        draw = rng.random()
        if draw < 0.32:
            code = ANY
        elif count >= 2 and draw < 0.42:
            code = PLURAL
        else:
            code = count
        meaning.append((concept, code))
    if len(meaning) == 2 and rng.random() < 0.5:
        meaning.reverse()
    return tuple(meaning)


def pack(pairs):
    """Meanings or scenes as an int array [n, 4]: concept, code or count, second concept or -1, its code or count."""
    packed = np.full((len(pairs), 4), -1, dtype=np.int64)
    for row, items in enumerate(pairs):
        for place, (concept, number) in enumerate(items):
            packed[row, 2 * place:2 * place + 2] = concept, number
    return packed


def describes(scenes, meanings):
    """scenes [b, 4], meanings [t, 4] -> (positive, ignored), bool [b, t].

    Positive: the meaning names every object with a fitting count. Ignored: it names one of two objects rightly.
    """
    def fits(scene_place, meaning_place):
        concept, count = scenes[:, None, scene_place], scenes[:, None, scene_place + 1]
        wanted, code = meanings[None, :, meaning_place], meanings[None, :, meaning_place + 1]
        right = (code == ANY) | (code == count) | ((code == PLURAL) & (count >= 2))
        return (concept == wanted) & (concept >= 0) & right
    one, two = scenes[:, None, 2] < 0, scenes[:, None, 2] >= 0
    single, double = meanings[None, :, 2] < 0, meanings[None, :, 2] >= 0
    both = (fits(0, 0) & fits(2, 2)) | (fits(0, 2) & fits(2, 0))
    positive = (one & single & fits(0, 0)) | (two & double & both)
    ignored = two & single & (fits(0, 0) | fits(2, 0))
    return positive, ignored


def same_meaning(first, second):
    """[a, 4], [b, 4] -> (same, ignored), bool [a, b]: equal meanings, and unequal ones that can hold of one scene."""
    def codes_meet(left, right):
        return (left == right) | (left == ANY) | (right == ANY) | ((left == PLURAL) & (right >= 2)) | ((right == PLURAL) & (left >= 2))
    f, s = first[:, None], second[None]
    equal = (f == s).all(2) | ((f[..., [2, 3, 0, 1]] == s).all(2) & (f[..., 2] >= 0))
    straight = (f[..., 0] == s[..., 0]) & (f[..., 2] == s[..., 2]) & codes_meet(f[..., 1], s[..., 1]) & codes_meet(f[..., 3], s[..., 3])
    crossed = (f[..., 0] == s[..., 2]) & (f[..., 2] == s[..., 0]) & codes_meet(f[..., 1], s[..., 3]) & codes_meet(f[..., 3], s[..., 1])
    return equal, (straight | crossed) & ~equal
