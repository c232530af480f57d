"""Trains two small SentencePiece vocabularies and records the ids that the C++ library gives for texts.json.

Needs Debian's python3-sentencepiece; run from the repository's root: python3 test/parity/tokenizers/make_sentencepiece.py
`unigram` is trained as the vocabularies of SigLIP and XLM-R are, `bpe` as Gemma's (SigLIP 2): see each call.
"""

import glob
import io
import json
import re
import string

import sentencepiece as spm

FIXTURES = 'test/fixtures/tokenizers'
SIZE = 1200


def read_corpus():
    """Sentences of this repository, and the texts themselves, so that every script has some pieces."""
    lines = []
    for file in sorted(glob.glob('*.md') + glob.glob('docs/*.md') + glob.glob('docs/decisions/*.md')):
        lines += open(file, encoding='utf8').read().split('\n')
    lines += open('src/first-start/demo-taxonomies.json', encoding='utf8').read().split('\n')
    return [line for line in lines if line.strip()] + 20 * [text for text in TEXTS if text.strip()]


def train(**options):
    model = io.BytesIO()
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter(read_corpus()),
        model_writer=model,
        vocab_size=SIZE,
        pad_id=0,
        eos_id=1,
        unk_id=2,
        bos_id=-1,
        minloglevel=2,
        num_threads=1,
        **options,
    )
    return spm.SentencePieceProcessor(model_proto=model.getvalue())


def pieces(model):
    return [[model.id_to_piece(i), model.get_score(i)] for i in range(model.get_piece_size())]


def merges(model):
    """Pairs that make a piece, in the order of their pieces, as tokenizer.json lists them."""
    scores = {piece: score for piece, score in pieces(model)}
    ids = {piece: i for i, (piece, _) in enumerate(pieces(model))}
    found = []
    for piece, score in pieces(model):
        splits = [(piece[:i], piece[i:]) for i in range(1, len(piece))]
        local = [pair for pair in splits if pair[0] in scores and pair[1] in scores]
        found += [(score, pair) for pair in sorted(local, key=lambda pair: (ids[pair[0]], ids[pair[1]]))]
    return [list(pair) for score, pair in sorted(found, key=lambda entry: -entry[0])]


def siglip(text):
    """The clean-up of SigLIP's reference, then its vocabulary and </s>. Source: big_vision, canonicalize_text."""
    bare = text.lower().translate(str.maketrans('', '', string.punctuation))
    return unigram.encode(re.sub(r'\s+', ' ', bare).strip()) + [1]


def xlm_roberta(text):
    """<s> and </s> around ids that stand one higher than SentencePiece's. Source: fairseq, XLM-R."""
    first = {0: 1, 1: 2, 2: 3}
    return [0] + [first.get(i, i + 1) for i in unigram.encode(text)] + [2]


def siglip2(text):
    """Lower-cased, then Gemma's vocabulary, with <eos> behind. Source: the hub's discussion of siglip2-base."""
    return bpe.encode(text.lower()) + [1]


TEXTS = json.load(open(f'{FIXTURES}/texts.json', encoding='utf8'))
unigram = train(model_type='unigram', character_coverage=0.9995)
bpe = train(
    model_type='bpe',
    normalization_rule_name='identity',
    add_dummy_prefix=False,
    remove_extra_whitespaces=False,
    split_digits=True,
    byte_fallback=True,
    allow_whitespace_only_pieces=True,
    character_coverage=0.995,
)

with open(f'{FIXTURES}/unigram.json', 'w', encoding='utf8') as file:
    json.dump(pieces(unigram), file, ensure_ascii=False)
with open(f'{FIXTURES}/bpe.json', 'w', encoding='utf8') as file:
    json.dump({'pieces': [piece for piece, _ in pieces(bpe)], 'merges': merges(bpe)}, file, ensure_ascii=False)
with open(f'{FIXTURES}/sentencepiece-ids.json', 'w', encoding='utf8') as file:
    ids = {encode.__name__: [encode(text) for text in TEXTS] for encode in (siglip, xlm_roberta, siglip2)}
    json.dump({'reference': f'sentencepiece {spm.__version__}', **ids}, file)
