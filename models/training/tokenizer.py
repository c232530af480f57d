"""A WordPiece tokenizer over the captions' words, letters and Chinese characters, and its tokenizer.json.

The Python side equals BertNormalizer (lower case, no accents, spaces round Chinese characters) + BertPreTokenizer + WordPiece.
"""
import re
import string
import unicodedata

import numpy as np

import captions
from concepts import CONCEPTS

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
PAD, UNK, CLS, SEP = 0, 1, 2, 3
MAX_TOKENS = 32
_PIECE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W_]+|[^\w\s]|_")
_CHINESE = re.compile(r"([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")


def split_words(text):
    text = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn").lower()
    return _PIECE.findall(_CHINESE.sub(r" \1 ", text))


def build_vocabulary():
    """Five specials, letters and digits with their ## forms, punctuation, then every word and Chinese character used."""
    characters = string.ascii_lowercase + string.digits
    tokens = SPECIAL + list(characters) + [f"##{c}" for c in characters] + list(".,!?'\"-()/:;。，、！？")
    texts = captions.ENGLISH + captions.ENGLISH_LABEL + captions.CHINESE + [captions.EXTRA_WORDS, "一二两三四五几好很多些有个这那的是在和与没"]
    texts += [" ".join(pair) for pair in captions.NUMBERS.values()]
    for concept in CONCEPTS:
        texts += [concept.name, concept.plural, concept.chinese, *concept.synonyms, *concept.chinese_synonyms, *concept.measures]
        texts += [captions._pluralise(synonym, concept) for synonym in concept.synonyms]
    for text in texts:
        tokens += split_words(text.replace("{}", " "))
    return {token: place for place, token in enumerate(dict.fromkeys(tokens))}


class Tokenizer:
    def __init__(self):
        self.vocabulary = build_vocabulary()
        self._known = {}

    def _pieces(self, word):
        """Greedy longest match; [UNK] where a word cannot be spelled."""
        ids, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                token = word[start:end] if start == 0 else "##" + word[start:end]
                if token in self.vocabulary:
                    ids.append(self.vocabulary[token])
                    start = end
                    break
            else:
                return [UNK]
        return ids

    def encode(self, text, rng=None):
        """-> ids with [CLS] and [SEP]. With a generator, 2 % of the words are spelled letter by letter."""
        ids = [CLS]
        for word in split_words(text):
            if rng is not None and len(word) > 1 and rng.random() < 0.02:
                ids += [self.vocabulary[c if i == 0 else "##" + c] for i, c in enumerate(word)]
                continue
            if word not in self._known:
                self._known[word] = self._pieces(word)
            ids += self._known[word]
        return ids[:MAX_TOKENS - 1] + [SEP]

    def encode_batch(self, texts, rng=None):
        """-> int64 [n, longest], padded with [PAD]."""
        rows = [self.encode(text, rng) for text in texts]
        batch = np.full((len(rows), max(map(len, rows))), PAD, dtype=np.int64)
        for row, ids in enumerate(rows):
            batch[row, :len(ids)] = ids
        return batch

    def to_json(self):
        """The tokenizer.json of the hub's tokenizers library."""
        special = [{"id": i, "content": t, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
                   for i, t in enumerate(SPECIAL)]
        return {
            "version": "1.0",
            "truncation": {"direction": "Right", "max_length": MAX_TOKENS, "strategy": "LongestFirst", "stride": 0},
            "padding": None,
            "added_tokens": special,
            "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": True, "lowercase": True},
            "pre_tokenizer": {"type": "BertPreTokenizer"},
            "post_processor": {
                "type": "TemplateProcessing",
                "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
                "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}},
                         {"Sequence": {"id": "B", "type_id": 1}}, {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
                "special_tokens": {name: {"id": name, "ids": [i], "tokens": [name]} for name, i in (("[CLS]", CLS), ("[SEP]", SEP))},
            },
            "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": self.vocabulary},
        }
