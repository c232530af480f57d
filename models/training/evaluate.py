"""Composes the evaluation scenes of evaluation/protocol.json and writes them for evaluate.mjs.

    python3 evaluate.py openmoji

-> evaluation/work/<set>/: <part>.bin, uint8 [n, 64, 64, 3], and truth.json with each part's truth and names.
"""
import json
import sys

import numpy as np

import captions
from concepts import CONCEPT_ID, CONCEPTS, HERE, TABLE
from scenes import compose
from sprites import Sprites


def name_order(seed):
    """Concept ids in the order from which the first 20, 50 and 100 names are taken."""
    return [int(i) for i in np.random.default_rng(seed).permutation(len(CONCEPTS))]


def make_parts(protocol):
    """-> {part: (scenes, truth, clean)}; truth is a label's place in the table, a concept id or [concept id, count]."""
    def table(per_label):
        rows = [(place, CONCEPT_ID[name], count) for place, (_, _, name, count) in enumerate(TABLE) for _ in range(per_label)]
        return [[(concept, count)] for _, concept, count in rows], [place for place, _, _ in rows]
    singles = [place for place in range(len(CONCEPTS)) for _ in range(protocol["names"]["scenesPerConcept"])]
    counted = [(place, count) for place in range(len(CONCEPTS)) for count in protocol["counting"]["counts"]
               for _ in range(protocol["counting"]["scenesPerConceptAndCount"])]
    return {
        "table": (*table(protocol["table"]["scenesPerLabel"]), False),
        "tableClean": (*table(protocol["tableClean"]["scenesPerLabel"]), True),
        "names": ([[(place, 1)] for place in singles], singles, False),
        "counting": ([[pair] for pair in counted], [list(pair) for pair in counted], False),
    }


def main(set_name):
    protocol = json.loads((HERE / "evaluation/protocol.json").read_text(encoding="utf8"))
    role, sprites = protocol["sets"][set_name], Sprites()
    folder = HERE / "evaluation/work" / set_name
    folder.mkdir(parents=True, exist_ok=True)
    truth = {}
    for place, (part, (scenes, answers, clean)) in enumerate(make_parts(protocol).items()):
        rng = np.random.default_rng([protocol["seed"], place])
        images = np.concatenate([compose(sprites, scenes[start:start + 200], role, rng, clean=clean).numpy() for start in range(0, len(scenes), 200)])
        (images.transpose(0, 2, 3, 1) * 255).round().astype(np.uint8).tofile(folder / f"{part}.bin")
        truth[part] = answers
    zh = lambda concept, count: f"{captions.CHINESE_NUMBERS[count][0]}{concept.measures[0]}{concept.chinese}"
    names = {
        "table": {"en": [row[0] for row in TABLE], "zh": [row[1] for row in TABLE]},
        "concepts": {"en": [c.name for c in CONCEPTS], "zh": [c.chinese for c in CONCEPTS]},
        "counted": {"en": [[f"{captions.NUMBERS[n][0]} {c.name if n == 1 else c.plural}" for n in (1, 2, 3)] for c in CONCEPTS],
                    "zh": [[zh(c, n) for n in (1, 2, 3)] for c in CONCEPTS]},
        "order": name_order(protocol["names"]["nameOrderSeed"]),
    }
    (folder / "truth.json").write_text(json.dumps({"truth": truth, "names": names}, ensure_ascii=False), encoding="utf8")


if __name__ == "__main__":
    main(sys.argv[1])
