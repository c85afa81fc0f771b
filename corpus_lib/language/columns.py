"""A Doc as columns, one value a token: plain lists, made once, which cost less to ask than tokens do.

spaCy makes a token anew each time one is asked for, and searches the Doc for its children, its sentence and its
morphology. Here the tree is looked up; the functions take tokens and return tokens, as spaCy's own attributes do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

COLUMNS_KEY = "corpus_lib.columns"
"""Where a Doc's `user_data` holds its columns: they live as long as it does."""

_ATTRIBUTES = ("IDX", "LENGTH", "POS", "LEMMA", "DEP", "MORPH", "SENT_START", "HEAD")


@dataclass(frozen=True, slots=True)
class Columns:
    """What the pipeline says of each token of a Doc; its names are not here, for they are settled later.

    Attributes
    ----------
    text
        The Doc's text.
    words, lower, offsets
        The tokens, the same in lower case, and where each begins in the text.
    pos, lemmas, deps, morphs
        What spaCy's ``pos_``, ``lemma_``, ``dep_`` and ``morph`` say; empty strings where the pipeline has not run.
    heads, children
        The number of the token that each hangs on (a root: its own), and of those that hang on it.
    starts, sentences
        Which tokens open a sentence, and the numbers of these; the first token always does.
    """

    text: str
    words: Sequence[str]
    lower: Sequence[str]
    offsets: Sequence[int]
    pos: Sequence[str]
    lemmas: Sequence[str]
    deps: Sequence[str]
    morphs: Sequence[Mapping[str, tuple[str, ...]]]
    heads: Sequence[int]
    children: Sequence[Sequence[int]]
    starts: Sequence[bool]
    sentences: Sequence[int]


def columns_of(doc: Doc) -> Columns:
    """Return a Doc as columns, made when they are first asked for: not before the pipeline has run."""
    found: Columns | None = doc.user_data.get(COLUMNS_KEY)
    if found is None:
        found = doc.user_data[COLUMNS_KEY] = _read(doc)
    return found


def _read(doc: Doc) -> Columns:
    array = doc.to_array(list(_ATTRIBUTES)).astype("int64").reshape(len(doc), len(_ATTRIBUTES))
    offsets, lengths, pos, lemmas, deps, morphs, starts, heads = array.T.tolist()
    text = doc.text
    words = [text[offset : offset + length] for offset, length in zip(offsets, lengths, strict=True)]
    children: list[list[int]] = [[] for _ in words]
    for place, step in enumerate(heads):
        if step:
            children[place + step].append(place)
    return Columns(
        text=text,
        words=words,
        lower=[word.lower() for word in words],
        offsets=offsets,
        pos=_strings(doc, pos),
        lemmas=_strings(doc, lemmas),
        deps=_strings(doc, deps),
        morphs=[_values(morph) for morph in _strings(doc, morphs)],
        heads=[place + step for place, step in enumerate(heads)],
        children=children,
        starts=[start == 1 for start in starts],
        sentences=[place for place, start in enumerate(starts) if start == 1 or not place],
    )


def _strings(doc: Doc, numbers: Sequence[int]) -> list[str]:
    known = {number: doc.vocab.strings[number % (1 << 64)] for number in set(numbers)}
    return [known[number] for number in numbers]


@lru_cache(maxsize=4096)
def _values(morph: str) -> Mapping[str, tuple[str, ...]]:
    """Return the values of each feature of a word's morphology.

    >>> _values("Definite=Def|Number=Plur")
    {'Definite': ('Def',), 'Number': ('Plur',)}
    """
    pairs = (pair.partition("=") for pair in morph.split("|"))
    return {feature: tuple(values.split(",")) for feature, _, values in pairs if values}


def text_of(tokens: Tokens) -> str:
    """Return the text of some tokens."""
    return columns_of(tokens.doc).text[tokens.start_char : tokens.end_char]


def morph_of(token: Token, feature: str) -> tuple[str, ...]:
    """Return the values that a token has for a feature of morphology: mostly one or none.

    >>> from corpus_lib.language import load
    >>> morph_of(load()("Kongen kom til Hamar.")[1], "VerbForm")
    ('Fin',)
    """
    return columns_of(token.doc).morphs[token.i].get(feature, ())


def children_of(token: Token) -> list[Token]:
    """Return the tokens that hang on a token, in their order."""
    doc = token.doc
    return [doc[i] for i in columns_of(doc).children[token.i]]


def lefts_of(token: Token) -> list[Token]:
    """Return the tokens before a token that hang on it, in their order."""
    doc, place = token.doc, token.i
    return [doc[i] for i in columns_of(doc).children[place] if i < place]


def sent_start(token: Token) -> int:
    """Return the number of the first token of a token's sentence by the parse."""
    sentences = columns_of(token.doc).sentences
    return sentences[bisect_right(sentences, token.i) - 1]


def sent_end(token: Token) -> int:
    """Return the number of the token behind a token's sentence by the parse."""
    doc = token.doc
    sentences = columns_of(doc).sentences
    at = bisect_right(sentences, token.i)
    return sentences[at] if at < len(sentences) else len(doc)


def sent_of(token: Token) -> Tokens:
    """Return the sentence of a token by the parse; see `syntax.sentence_of` for that of the punctuation."""
    return token.doc[sent_start(token) : sent_end(token)]
