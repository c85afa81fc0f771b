"""One demand, told twice: headline, lead and later mentions are repeats of the fullest wording."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from corpus_lib.demands.rules.asked import Asked
from corpus_lib.demands.rules.frames import NEGATIONS, word_list
from corpus_lib.language.lexicon import stop_words
from corpus_lib.language.likeness import is_like_one, shapes
from corpus_lib.model import Span

_WORDS = re.compile(r"\w{4,}")
_SAME = 0.6
"""The share of words from which a summary is a repeat; in running text more is asked for."""
_SAME_BODY = 0.8
_COMPARED = 60
"""With how many of the first and of the last demands of a long text another is compared."""
_FULLER = 1.3
"""How much longer a later wording must be to count as the fuller one."""
_REMEMBERED = 4096
"""How many texts' content words are kept at hand."""
_STOPS = stop_words("nb") | stop_words("nn")


@lru_cache(maxsize=_REMEMBERED)
def stems(text: str) -> tuple[str, ...]:
    """Return the content words of a text, cut to what inflection leaves alone.

    >>> stems("Drapsetterforskning av kronprinsen")
    ('drapsetterforskn', 'kronprins')
    """
    words = (w.lower() for w in _WORDS.findall(text))
    return tuple(dict.fromkeys(_cut(w) for w in words if w not in _STOPS))


def _cut(word: str) -> str:
    for ending in ("arane", "erane", "ende", "ing", "ene", "ane", "ar", "er", "en", "et", "ng", "a", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def overlap(first: str, second: str, *, names: bool = True) -> float:
    """Return which share of the shorter text's content words stands in the other too (0–1).

    Parameters
    ----------
    names
        Whether capitalised words count: parties are named in every demand and answer.
    """
    short, long = sorted((stems(t if names else _without_names(t)) for t in (first, second)), key=len)
    if not short:
        return 0.0
    known = shapes(long)
    return sum(is_like_one(s, known) for s in short) / len(short)


def is_of(act: str, asked: str) -> bool:
    """Say whether words name something of what is asked for, both to begin it or both to end it.

    >>> is_of("å bygge hallen", "bygge en ny idrettshall"), is_of("å bygge hallen", "stanse byggingen av hallen")
    (True, False)
    """
    return overlap(act, asked, names=False) > 0 and _is_to_end(act) == _is_to_end(asked)


def _is_to_end(act: str) -> bool:
    words = act.lower().split()
    return any(w.startswith(tuple(word_list("ending"))) for w in words) or bool(NEGATIONS.intersection(words))


@lru_cache(maxsize=_REMEMBERED)
def _without_names(text: str) -> str:
    return " ".join(w for w in text.split() if not w[:1].isupper())


def fold(found: Sequence[Asked], text: str, kinds: Sequence[str]) -> list[tuple[Asked, tuple[Span, ...]]]:
    """Return the demands, each once, with the places of its repeats.

    A repeat has the same actor (or none) and most of the words; a named demand («Xs krav om NP») repeats
    the actor's demand that is told in full.
    """
    kept: list[Asked] = []
    repeats: dict[Span, list[Span]] = {}
    for one in sorted(found, key=lambda f: (_rank(f, kinds), f.content.start)):
        compared = chain(range(min(len(kept), _COMPARED)), range(max(_COMPARED, len(kept) - _COMPARED), len(kept)))
        at = next((n for n in compared if _repeats(one, kept[n], text, kinds)), None)
        if at is None:
            kept.append(one)
            continue
        fuller = kept[at]
        if _length(one) > _FULLER * _length(fuller) and _rank(one, kinds) == _rank(fuller, kinds):
            kept[at] = one
            repeats[one.content] = [*repeats.pop(fuller.content, []), fuller.content]
            continue
        repeats.setdefault(fuller.content, []).append(one.content)
        if one.addressees and not fuller.addressees:
            kept[at] = replace(fuller, addressees=one.addressees, basis="repeat")
    kept.sort(key=lambda f: f.content.start)
    return [(k, tuple(sorted(repeats.get(k.content, ())))) for k in kept]


def _length(one: Asked) -> int:
    return one.content.end - one.content.start


def _rank(one: Asked, kinds: Sequence[str]) -> tuple[int, int]:
    """Order the wordings of a demand: running text before headline and lead, told in full before named."""
    summary = kinds[one.block] in ("title", "lead", "caption")
    return int(one.kind != "set" and one.rule == "noun of demanding"), int(summary)


def _repeats(one: Asked, fuller: Asked, text: str, kinds: Sequence[str]) -> bool:
    if one.kind == "set" or fuller.kind == "set":
        return False
    if one.content.overlaps(fuller.content):
        return one.cue == fuller.cue or overlap(one.content.of(text), fuller.content.of(text)) >= _SAME
    same = bool(set(one.actors) & set(fuller.actors)) or not one.actors
    named = one.rule == "noun of demanding" and fuller.rule != one.rule
    if named and one.strength == fuller.strength == "demand" and same and one.actors:
        return True
    summary = kinds[one.block] in ("title", "lead", "caption")
    if one.strength != fuller.strength:
        return False
    likely = overlap(one.content.of(text), fuller.content.of(text))
    if summary and not one.actors and set(one.addressees) & set(fuller.addressees):
        return True
    weak = summary or (not one.actors and set(one.addressees) == set(fuller.addressees))
    return likely >= (_SAME if weak else _SAME_BODY) and (same or (summary and likely > _SAME))
