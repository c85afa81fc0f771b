"""Where a name may stand: the stretches of tokens that recogniser, gazetteer or article give reason for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from corpus_lib.language.lexicon import words_of
from corpus_lib.language.names.gazetteer import matches
from corpus_lib.language.names.readings import Reading
from corpus_lib.language.names.recogniser import LABELS
from corpus_lib.language.nouns import noun

Stretch = tuple[int, int]

_LEAST, _SURELY_NONE = (float(np.float32(share)) for share in (0.02, 0.98))
"""Below the one the recogniser gives no reason to look at a tag, from the other on of no name none to look at a token.

As exact as the recogniser's own numbers are.
"""

LONGEST = 8
"""How many tokens a name has at most, that is not the recogniser's own choice."""
_LINKS = frozenset(
    {"av", "de", "der", "den", "di", "da", "du", "del", "della", "el", "al", "bin", "ibn", "la", "le", "las", "los"}
    | {"of", "og", "på", "for", "i", "the", "van", "von", "&", "/", "-"}
)
"""Small words and signs that may stand within a name."""

_OPEN, _CLOSE = frozenset("«“„"), frozenset('»”"')
_BEGIN, _IN, _LAST, _UNIT = (slice(1 + place, 1 + 4 * len(LABELS), 4) for place in range(4))


@lru_cache(maxsize=1 << 14)
def key(text: str) -> str:
    """Return what the mentions of one name have in common: «Frankrikes» and «FRANKRIKE» are «frankrike».

    >>> key("Frankrikes"), key("NATOs"), key("Liz'")
    ('frankrike', 'nato', 'liz')
    """
    lowered = text.casefold().rstrip("'’")
    lowered = lowered.removesuffix("'s").removesuffix("’s")
    return lowered[:-1] if lowered.endswith("s") and len(lowered) > 3 else lowered


def proposed(
    reading: Reading, chosen: Iterable[Stretch], known: Mapping[str, Collection[tuple[str, ...]]]
) -> dict[Stretch, str]:
    """Return the stretches that may be names → where each comes from.

    Parameters
    ----------
    chosen
        The recogniser's own choice.
    known
        Names of the article by the key of their first word: the keys of all their words.
    """
    found: dict[Stretch, str] = dict.fromkeys(chosen, "recognised")
    for stretch in _likely(reading.shares):
        found.setdefault(stretch, "likely")
    words = reading.words
    for stretch in matches(words):
        found.setdefault(stretch, "gazetteer")
    for stretch in _elsewhere(words, known):
        found.setdefault(stretch, "elsewhere")
    for stretch in _runs(words):
        found.setdefault(stretch, "capitals")
    for stretch in _quoted(words):
        found.setdefault(stretch, "quoted")
    for start, end in list(found):
        if end < len(words) and _makes_body(words[end]):
            found.setdefault((start, end + 1), "noun behind")
    return found


def _likely(shares: Sequence[Sequence[float]]) -> Iterator[Stretch]:
    """Yield the stretches that some probability speaks for."""
    for start, row in enumerate(shares):
        if row[0] >= _SURELY_NONE:
            continue
        if max(row[_UNIT]) >= _LEAST:
            yield start, start + 1
        open_ = [k for k, share in enumerate(row[_BEGIN]) if share >= _LEAST]
        for end in range(start + 1, min(len(shares), start + LONGEST)):
            if not open_:
                break
            last, inner = shares[end][_LAST], shares[end][_IN]
            if any(last[k] >= _LEAST for k in open_):
                yield start, end + 1
            open_ = [k for k in open_ if inner[k] >= _LEAST]


def _elsewhere(words: Sequence[str], known: Mapping[str, Collection[tuple[str, ...]]]) -> Iterator[Stretch]:
    """Yield where a name stands again that the article has elsewhere."""
    for start, word in enumerate(words):
        if not word[:1].isupper() or not (names := known.get(key(word))):
            continue
        keys = tuple(key(w) for w in words[start : start + LONGEST])
        yield from ((start, start + n) for n in range(1, len(keys) + 1) if keys[:n] in names)


def _runs(words: Sequence[str]) -> Iterator[Stretch]:
    """Yield the longest runs of words with a capital or a figure, with small words between, and their later parts."""
    start = end = None
    for place, word in enumerate([*words, ""]):
        if word[:1].isupper():
            start = place if start is None else start
            end = place + 1
        elif start is not None and end is not None and (word in _LINKS or (word.isdigit() and len(word) < 3)):
            end = place + 1 if word.isdigit() else end
        elif start is not None and end is not None:
            yield from _within_run(words, start, end)
            start = end = None


def _within_run(words: Sequence[str], start: int, end: int) -> Iterator[Stretch]:
    if end - start > LONGEST:
        return
    yield start, end
    links = [i for i in range(start + 1, end - 1) if words[i] in _LINKS]
    turns = [i for i in range(start + 1, end) if _shouted(words[i]) != _shouted(words[i - 1]) and i - 1 not in links]
    cuts = sorted([start, *(i + 1 for i in links), *turns])
    ends = sorted([*links, *turns, end])
    for first, last in zip(cuts, ends, strict=True):
        if last - first < end - start and first < last:
            yield first, last
        if last - first > 1:
            yield first + 1, last
            yield first, last - 1


def _makes_body(word: str) -> bool:
    """Say whether a word is a noun for a body without an ending, as in its name: «Voss tingrett», «Hitra blad»."""
    if not word.islower():
        return False
    if word in words_of("outlets.toml", "nouns") or word in words_of("persons.toml", "body_nouns"):
        return True
    known = noun(word)
    return known is not None and known.is_body and not known.definite


def _shouted(word: str) -> bool:
    return word.isupper() and len(word) > 1


def _quoted(words: Sequence[str]) -> Iterator[Stretch]:
    """Yield what stands in quotation marks and begins with a capital: «Ja til byen»."""
    opened = None
    for place, word in enumerate(words):
        if word in _OPEN:
            opened = place + 1
        elif word in _CLOSE and opened is not None:
            if 0 < place - opened <= LONGEST and words[opened][:1].isupper() and words[place - 1].isalnum():
                yield opened, place
            opened = None
        if word == '"' and opened is None:
            opened = place + 1
