"""What tells of a page's first text whether it is a lead: what it introduces, what it presupposes, what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from corpus_lib.language.lexicon import words_of
from corpus_lib.language.nouns import noun
from corpus_lib.structure.looks import Look

FULL_NAME = re.compile(r"\b[A-ZÆØÅ][\w'’.-]+(?: [A-ZÆØÅ][\w'’.-]+)+")
_INNER_STOP = re.compile(r"(?<=[a-zæøå0-9»\"])[.!?]\s+(?=[A-ZÆØÅ–—«-])")
_AGE = re.compile(r"\(\d{1,2}\)|\d-åring|-årene")
_SOURCE_WORDS = 8
"""How far from the end of a text its source is told."""
_LENGTHS = (20, 40, 60, 75, 100, 150, 220, 320, 500)
_FOLLOWING = 4
"""How many lines behind one it is compared with."""


@cache
def _words(name: str) -> frozenset[str]:
    return words_of("openings.toml", name)


def step(value: float, steps: Sequence[float]) -> str:
    """Return between which steps a value lies.

    >>> step(3, (1, 2, 5)), step(9, (1, 2, 5))
    ('≤ 5', '> 5')
    """
    return next((f"≤ {one:g}" for one in steps if value <= one), f"> {steps[-1]:g}")


def opening_signs(text: str, words: Sequence[str]) -> Iterator[str]:
    """Yield what tells of a text whether it opens a story or goes on with one."""
    if not words:
        return
    lowered = [word.lower() for word in words]
    yield f"begins with {_begins_with(text, words, lowered[0])}"
    yield f"full names {step(len(FULL_NAME.findall(text)), (0, 1, 2))}"
    yield f"pointers {step(sum(w in _words('pointers') or w in _words('known') for w in lowered), (0, 1, 2))}"
    yield f"sentences {step(1 + len(_INNER_STOP.findall(text)), (1, 2, 3))}"
    yield f"length {step(len(text), _LENGTHS)}"
    if not _words("telling").isdisjoint(lowered[-_SOURCE_WORDS:]):
        yield "tells its source"
    if _AGE.search(text):
        yield "tells an age"
    if not _words("days").isdisjoint(lowered):
        yield "tells a day"
    if not _words("pictures").isdisjoint(lowered):
        yield "points at a picture"


def _begins_with(text: str, words: Sequence[str], first: str) -> str:
    known = noun(first)
    kinds = {
        "one unknown": first in _words("unknown"),
        "somebody known": first in _words("known"),
        "a full name": bool(FULL_NAME.match(text)),
        "an office and a name": known is not None and not known.definite and len(words) > 1 and words[1][0].isupper(),
        "a definite noun": known is not None and known.definite,
        "a preposition": first in _words("prepositions"),
        "a pointer": first in _words("pointers"),
    }
    return next((kind for kind, holds in kinds.items() if holds), "something else")


def first_text_signs(
    looks: Sequence[Look], first_name: Mapping[str, int], last_stem: Mapping[str, int], place: int
) -> Iterator[str]:
    """Yield the signs of a line that count where no text stands before it: is it a lead, or does the page lack one.

    Parameters
    ----------
    first_name
        On which line each last part of a full name stands first.
    last_stem
        On which line each stem stands last.
    """
    own, title = looks[place], looks[0].stems
    yield from own.opening
    if own.first_name in first_name and own.first_name not in own.names:
        yield f"begins with a surname, in full {'before' if first_name[own.first_name] < place else 'later'}"
    covered = len(own.stems & title) / max(1, len(title))
    yield f"tells of the title {step(covered, (0, 0.15, 0.3, 0.5, 0.7))}"
    yield own.shape
    if own.opening:
        yield f"first word of the title {bool(own.all_words) and own.all_words[0][:5] in title}, {own.opening[0]}"
    following = looks[place + 1 : place + 1 + _FOLLOWING]
    if not following:
        return
    behind = following[0]
    mean = sum(other.length for other in following) / len(following)
    yield f"of the length of what follows {step(own.length / max(1.0, mean), (0.3, 0.5, 0.75, 1, 1.5, 2))}"
    yield f"next {'longer' if behind.length > own.length else 'shorter'}, next a dash {behind.dash}"
    covered_next = len(behind.stems & title) / max(1, len(title))
    yield f"tells more of the title than the next {covered > covered_next}, less {covered < covered_next}"
    again, again_next = (_told_again(one, last_stem, place + 2) for one in (own, behind))
    yield f"told again {step(again, (0.1, 0.2, 0.3, 0.5))}, more than the next {again > again_next}"
    yield f"a full name again in the next {not own.names.isdisjoint(behind.names)}"
    yield f"shares with the next {step(len(own.stems & behind.stems) / max(1, len(own.stems)), (0, 0.1, 0.2, 0.4))}"
    yield from (f"next {sign}" for sign in behind.opening)


def _told_again(look: Look, last_stem: Mapping[str, int], place: int) -> float:
    """Return how much of what a line tells is told again from another line on: a lead sums the story up."""
    return sum(last_stem[stem] >= place for stem in look.stems) / max(1, len(look.stems))
