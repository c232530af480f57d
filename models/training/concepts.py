"""The 109 concepts and the words for them. Source: concepts.txt, written by hand; emojibase (CLDR) where it agrees."""
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Concept:
    name: str
    plural: str
    chinese: str
    measures: tuple
    synonyms: tuple
    chinese_synonyms: tuple


def _words(column, separator=None):
    return tuple(part.strip() for part in column.split(separator) if part.strip())


def read_concepts():
    """The concepts in file order; a concept's place is its id everywhere else."""
    rows = []
    for line in (HERE / "concepts.txt").read_text(encoding="utf8").splitlines():
        if not line or line.startswith("#"):
            continue
        columns = [column.strip() for column in (line + " |").split("|")]
        rows.append(Concept(columns[0], columns[1], columns[2], _words(columns[3]),
                            _words(columns[4], ","), _words(columns[5], ",")))
    return rows


CONCEPTS = read_concepts()
CONCEPT_ID = {concept.name: place for place, concept in enumerate(CONCEPTS)}

# The five-label table: (English, Chinese, concept, count).
TABLE = [
    ("one cat", "一只猫", "cat", 1),
    ("one dog", "一只狗", "dog", 1),
    ("two cats", "两只猫", "cat", 2),
    ("two tigers", "两只老虎", "tiger", 2),
    ("one tiger", "一只老虎", "tiger", 1),
]
