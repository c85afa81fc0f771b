"""A Doc as columns, one value a token: plain lists, read from the pipeline's arrays once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from spacy.tokens import Doc

COLUMNS_KEY = "corpus_lib.columns"
"""Where a Doc's `user_data` holds its columns until it is read: what stands there must go into a file with it."""

_ATTRIBUTES = ("IDX", "LENGTH", "POS", "TAG", "LEMMA", "DEP", "MORPH", "SENT_START", "HEAD")
_SIGN = 1 << 64
"""What spaCy adds to a number below zero."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What the pipeline says of each token of a Doc; its names are not here, for they are settled later.

    Attributes
    ----------
    text
        The Doc's text.
    words, lower, offsets
        The tokens, the same in lower case, and where each begins in the text.
    pos, tags, lemmas, deps, morphs
        What spaCy's ``pos_``, ``tag_``, ``lemma_``, ``dep_`` and ``morph`` say; empty where the pipeline has not run.
    heads
        The number of the token that each hangs on; of a root its own.
    starts
        Which tokens open a sentence.
    """

    text: str
    words: Sequence[str]
    lower: Sequence[str]
    offsets: Sequence[int]
    pos: Sequence[str]
    tags: Sequence[str]
    lemmas: Sequence[str]
    deps: Sequence[str]
    morphs: Sequence[str]
    heads: Sequence[int]
    starts: Sequence[bool]


def columns_of(doc: Doc) -> Columns:
    """Return a Doc as columns, made when they are first asked for: not before the pipeline has run."""
    found: Columns | None = doc.user_data.get(COLUMNS_KEY)
    if found is None:
        found = doc.user_data[COLUMNS_KEY] = _read(doc)
    return found


def forget_columns(doc: Doc) -> None:
    """Take the columns of a Doc away from it, when nobody will ask for them again."""
    doc.user_data.pop(COLUMNS_KEY, None)


def _read(doc: Doc) -> Columns:
    offsets, lengths, pos, tags, lemmas, deps, morphs, starts, heads = numbers_of(doc, _ATTRIBUTES)
    text = doc.text
    words = [text[offset : offset + length] for offset, length in zip(offsets, lengths, strict=True)]
    return Columns(
        text=text,
        words=words,
        lower=[word.lower() for word in words],
        offsets=offsets,
        pos=strings_of(doc, pos),
        tags=strings_of(doc, tags),
        lemmas=strings_of(doc, lemmas),
        deps=strings_of(doc, deps),
        morphs=strings_of(doc, morphs),
        heads=[(place + step) % _SIGN for place, step in enumerate(heads)],
        starts=[start == 1 for start in starts],
    )


def numbers_of(doc: Doc, attributes: Sequence[str]) -> list[list[int]]:
    """Return some attributes of a Doc's tokens as spaCy's numbers, which have no sign, a list an attribute."""
    array = doc.to_array(list(attributes)).reshape(len(doc), len(attributes))
    return cast("list[list[int]]", array.T.tolist())


def strings_of(doc: Doc, numbers: Sequence[int]) -> list[str]:
    """Return the strings that spaCy's numbers stand for."""
    known = {number: doc.vocab.strings[number] if number else "" for number in set(numbers)}
    return [known[number] for number in numbers]
