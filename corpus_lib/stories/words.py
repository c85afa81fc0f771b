"""Words of several articles: their roots in one written standard, how rare each is, how near two are."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import log
from typing import TYPE_CHECKING, Any

from corpus_lib.language import alone
from corpus_lib.language.acts_lexicon import words as act_words
from corpus_lib.language.lexicon import rows, stop_words
from corpus_lib.language.nouns import noun
from corpus_lib.language.syntax import stem

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language

_WORD = re.compile(r"[^\W\d_][\w-]{2,}")
_FIGURE = re.compile(r"\d[\d.  ]*(?:,\d+)?")
_STOPS = stop_words("nb") | stop_words("nn")
_REMEMBERED = 1 << 16
_NEAR = 0.6
"""The cosine of two words from which they count as somewhat alike; that of any two words is about .45."""


@lru_cache(maxsize=_REMEMBERED)
def root(word: str) -> str:
    """Return a word in lower case without its inflection, in Bokmål where a lexicon knows both forms.

    >>> root("føretaket"), root("krev"), root("fødestova"), root("arbeidarane")
    ('foretak', 'kreve', 'fødestov', 'arbeider')
    """
    lowered = word.lower().strip("-")
    if (same := _same().get(lowered)) is not None:
        return same
    if (known := noun(lowered)) is not None:
        return known.modifier + known.head if known.modifier else known.head
    if (verb := _verbs().get(lowered)) is not None:
        return verb
    return _without_ending(lowered)


def _without_ending(word: str) -> str:
    for ending in ("ningene", "ningane", "ningen", "ninga", "ning", "ingen", "inga", "ing"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return stem(word.removesuffix("s") if word.endswith(("ens", "ets", "enes", "anes")) else word)


@cache
def _same() -> Mapping[str, str]:
    """Return Nynorsk words with their Bokmål."""
    listed = ((r["as"], r["words"].split()) for r in rows("same_words.csv") if r["as"].islower())
    return {form: lemma for lemma, forms in listed for form in forms}


@cache
def _verbs() -> Mapping[str, str]:
    """Return the forms of the verbs and nouns of asking and answering with their Bokmål lemma."""
    return {form: word.lemma for word in act_words().values() for form in word.forms}


def roots(text: str) -> tuple[str, ...]:
    """Return the roots of a text's content words, in order, each once.

    >>> roots("å leggje nedleggingsplanen død")
    ('legge', 'nedleggingsplan', 'død')
    """
    found = (m.group() for m in _WORD.finditer(text))
    return tuple(dict.fromkeys(root(w) for w in found if w.lower() not in _STOPS))


def figures(text: str) -> frozenset[str]:
    """Return the numbers of a text as it writes them, without spaces and points between thousands.

    >>> sorted(figures("3,4 millioner kroner innen 10. juni, 3.412.000 i alt"))
    ['10', '3,4', '3412000']
    """
    return frozenset(re.sub(r"[.  ]", "", m.group()) for m in _FIGURE.finditer(text))


def number_of(word: str) -> int:
    """Return the number that stands for a word where there are many: its CRC-32."""
    return zlib.crc32(word.encode())


@dataclass(frozen=True, slots=True)
class Rarity:
    """In how many of some articles each word stands, by its number.

    >>> rare = Rarity(4, {number_of("krav"): 4, number_of("ferje"): 1})
    >>> rare.of("krav") < rare.of("ferje") < rare.of("garanti")
    True
    """

    articles: int
    counts: Mapping[int, int]

    @classmethod
    def among(cls, articles: Iterable[Iterable[int]]) -> Rarity:
        """Return the rarity of words among some articles, each given by the numbers of its words."""
        counts: dict[int, int] = {}
        total = 0
        for words in articles:
            total += 1
            for word in words:
                counts[word] = counts.get(word, 0) + 1
        return cls(total, counts)

    def of(self, word: str) -> float:
        """Return a word's inverse document frequency (Spärck Jones 1972), smoothed; more than 0."""
        return self.of_number(number_of(word))

    def of_number(self, number: int) -> float:
        """Return the same of a word's number."""
        return log((self.articles + 1.5) / (self.counts.get(number, 0) + 0.5))

    def among_all(self, number: int) -> float:
        """Return how rare a word is among these articles and newspaper texts at large, which count as a thousand."""
        return log((self.articles + _TEXTS + 1) / (self.counts.get(number, 0) + common().get(number, 0.5) + 0.5))


_TEXTS = 1000


@cache
def common() -> Mapping[int, int]:
    """Return in how many of a thousand newspaper texts each common word stands, by its number."""
    text = (files(__package__) / "data" / "common.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {number_of(word): int(count) for word, count in lines}


class Vectors:
    """The vectors of words in a pipeline, of length one, looked up once."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._held: dict[str, NDArray[Any]] = {}

    def look_up(self, words: Iterable[str]) -> None:
        """Look up words together."""
        import numpy as np

        if new := [w for w in dict.fromkeys(words) if w not in self._held]:
            with alone(self._nlp):
                for word in new:
                    vector = np.array(self._nlp.vocab.get_vector(word))
                    self._held[word] = vector / (np.linalg.norm(vector) + 1e-9)

    @property
    def width(self) -> int:
        """How many numbers a vector has."""
        return int(self._nlp.vocab.vectors_length)

    def of(self, words: Sequence[str]) -> NDArray[Any]:
        """Return a row a word."""
        import numpy as np

        self.look_up(words)
        return np.stack([self._held[w] for w in words]) if words else np.zeros((0, 1))

    def gist(self, words: Sequence[str], rarity: Rarity) -> NDArray[Any] | None:
        """Return the mean of some words' vectors, each weighing what it is rare (Arora et al. 2017); None of none."""
        import numpy as np

        if not words:
            return None
        weights = np.array([rarity.of(w) for w in words])
        return np.asarray((weights[:, None] * self.of(words)).sum(axis=0) / weights.sum())


def kinship(one: str, other: str) -> float:
    """Return how much two roots are one word: 1 for the same, less for compounds with one head, or one beginning.

    >>> kinship("plan", "plan"), kinship("nedleggingsplan", "plan"), kinship("stilling", "stillingsgaranti")
    (1.0, 0.8, 0.4)
    >>> kinship("svar", "garanti")
    0.0
    """
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) < _LEAST_PART:
        return 0.0
    if long.endswith(short):
        return _HEAD
    tail = _common(one[::-1], other[::-1])
    if tail >= _LONG_PART and tail >= len(short) - tail:
        return _HEAD
    start = _common(one, other)
    if len(short) >= _LONG_PART and start >= len(short) - 2 and len(long) - len(short) <= 2:
        return 1.0
    return _BEGINNING if start == len(short) or start >= _LONG_PART else 0.0


_LEAST_PART, _LONG_PART = 4, 6
_HEAD, _BEGINNING = 0.8, 0.4


def _common(one: str, other: str) -> int:
    """Return how many letters two words begin with together."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@lru_cache(maxsize=1 << 18)
def _kin(one: str, other: str) -> float:
    return kinship(one, other)


@dataclass(frozen=True, slots=True)
class Cover:
    """How far some words are covered by others (0–1), each weighing what it is rare.

    Attributes
    ----------
    same, near
        By the same words and their kin; by those or by words of like meaning.
    words
        Which are the same.
    """

    same: float
    near: float
    words: tuple[str, ...]


def covered(words: Sequence[str], others: Sequence[str], rarity: Rarity, vectors: Vectors | None) -> Cover:
    """Return how far some words are covered by others."""
    weights = [rarity.of(w) for w in words]
    total = sum(weights)
    if not total or not others:
        return Cover(0.0, 0.0, ())
    kin = [max(_kin(w, o) for o in others) for w in words]
    exact = sum(weight * k for weight, k in zip(weights, kin, strict=True)) / total
    shared = tuple(w for w, k in zip(words, kin, strict=True) if k >= _HEAD)
    if vectors is None:
        return Cover(exact, exact, shared)
    nearest = (vectors.of(words) @ vectors.of(others).T).max(axis=1)
    soft = [max(k, (float(n) - _NEAR) / (1 - _NEAR)) for k, n in zip(kin, nearest, strict=True)]
    return Cover(exact, sum(weight * s for weight, s in zip(weights, soft, strict=True)) / total, shared)
