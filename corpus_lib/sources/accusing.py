"""Accusations and criticism: a lexicon of words for them, and the party that stands where its frame says."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus_lib.language.lexicon import words_of
from corpus_lib.language.sentences import sentences
from corpus_lib.model import Actor, Article, Quote, Span
from corpus_lib.sources.lexicon import loosened, rows

Kind = Literal["accusation", "criticism"]

_REACH = 32
"""As many characters may stand between the word and the party that is meant."""

_NEAR = 24
"""The same where the party is the subject."""

_WALL = re.compile(r"[.,;:!?–—«»\"()\n]|\b(?:som|samtidig|mens|medan|fordi|men|dersom|hvis|når)\b")
"""What nobody looks across from the word to the party."""

_ASIDE = re.compile(r"\b(?:av|i|på|fra|frå|hos|ved|under|etter|med|for|om)\s+$")
"""What stands before a place or a thing that is not the party: «i Moskva», «frå Senterpartiet»."""

_NO_WAY = re.compile(r"\bingen måte\b|\binga måte\b", re.IGNORECASE)

_NESTED = 4
"""As many quotations may begin between the beginning of one and a place in it."""

_BY = re.compile(r"\b(?:av|fra|frå)\s+$")


@dataclass(frozen=True, slots=True)
class Charge:
    """Somebody is accused or criticised: who, by whom, where, and the words that say so.

    Attributes
    ----------
    by
        The ids of those who do it; empty where the text does not tell, or it could not be told.
    quote
        The quotation in which it is said.
    """

    kind: Kind
    party: str
    by: tuple[str, ...]
    sentence: Span
    cue: Span
    quote: str | None


@dataclass(frozen=True, slots=True)
class _Cue:
    kind: Kind
    frame: str
    pattern: re.Pattern[str]


Named = tuple[int, int, str]


def charges(article: Article, actors: Sequence[Actor], quotes: Sequence[Quote]) -> tuple[Charge, ...]:
    r"""Return the accusations and the criticism of an article, in text order.

    A person is listed only where the name itself stands: whom a pronoun or «47-åringen» means is too often told wrong
    to say of somebody that he is accused.

    Parameters
    ----------
    actors, quotes
        Those of the article's analysis.

    Examples
    --------
    >>> from corpus_lib import analyse
    >>> made = analyse("Bråk om Nav\n\n– Nav har brutt loven, sier Kari Lie. Hun anklager også NHO.")
    >>> [(c.kind, made.names()[c.party]) for c in charges(made.article, made.actors, made.quotes)]
    [('accusation', 'Nav'), ('accusation', 'NHO')]
    """
    text = article.text
    named = sorted((m.start, m.end, a.id) for a in actors for m in a.mentions if a.kind != "person" or m.kind == "name")
    spoken = sorted((s.start, s.end, q.id, q.speakers) for q in quotes for s in q.segments)
    found = []
    for block in article.blocks:
        for inner in sentences(block.span.of(text)):
            sentence = Span(block.start + inner.start, block.start + inner.end)
            here = named[bisect_left(named, (sentence.start,)) : bisect_left(named, (sentence.end,))]
            if here:
                found += list(_in_sentence(text, sentence, here, spoken))
    return tuple({(c.party, c.kind, c.sentence): c for c in found}.values())


def _in_sentence(
    text: str, sentence: Span, named: Sequence[Named], spoken: Sequence[tuple[int, int, str, tuple[str, ...]]]
) -> Iterator[Charge]:
    for cue in _cues():
        for match in cue.pattern.finditer(text, sentence.start, sentence.end):
            start, end = match.span()
            inside_a_name = text[start].isupper() and start > sentence.start and text[start - 1] == " "
            if inside_a_name or _negated(text, start, end, sentence):
                continue
            quote, speakers = _spoken_at(start, spoken)
            party = _party(text, start, end, named, cue.frame)
            if party is None or party in speakers or (cue.frame == "wrong" and not speakers):
                continue
            by = speakers or _by(text, start, end, named, party, cue.frame)
            yield Charge(cue.kind, party, tuple(by), sentence, Span(start, end), quote)


def _spoken_at(
    place: int, spoken: Sequence[tuple[int, int, str, tuple[str, ...]]]
) -> tuple[str | None, tuple[str, ...]]:
    """Return the quotation that holds a place, and its speakers; of one in another the inner one."""
    last = bisect_left(spoken, (place + 1,))
    for start, stop, quote, speakers in reversed(spoken[max(0, last - _NESTED) : last]):
        if start <= place < stop:
            return quote, speakers
    return None, ()


def _negated(text: str, start: int, end: int, sentence: Span) -> bool:
    """Say whether a word of negation stands right before or behind, or within: «kritiserer ikke Nav»."""
    if _NO_WAY.search(text, start, end):
        return True
    before = text[sentence.start : start].split()[-2:]
    around = [*before, *text[start:end].split(), *text[end : sentence.end].split()[:1]]
    return not {w.strip(".,!?«»").lower() for w in around}.isdisjoint(words_of("syntax.toml", "negations")) and (
        not _telling_negation(text[start:end])
    )


def _telling_negation(words: str) -> bool:
    """Say whether the negation belongs to the word itself: «tar ikke ansvar», «har ikke tillit til»."""
    return not set(words.lower().split()).isdisjoint(words_of("syntax.toml", "negations"))


def _party(text: str, start: int, end: int, named: Sequence[Named], frame: str) -> str | None:
    """Return who stands where a frame says, nearest to the word."""
    if frame in ("object", "noun"):
        reach = _REACH if frame == "object" else _NEAR
        near = [(s, who) for s, _, who in named if end <= s <= end + reach and not _WALL.search(text, end, s)]
        near = [(s, who) for s, who in near if not _ASIDE.search(text[end:s])]
        if frame == "noun":
            near = [(s, who) for s, who in near if " at " not in text[end:s]]
        return min(near)[1] if near else None
    near = [
        (e, who)
        for s, e, who in named
        if start - _NEAR <= e < end
        and not _WALL.search(text, e, max(e, start))
        and not _ASIDE.search(text[max(0, s - 6) : s])
    ]
    return max(near)[1] if near else None


def _by(text: str, start: int, end: int, named: Sequence[Named], party: str, frame: str) -> tuple[str, ...]:
    """Return who accuses outside a quotation: the subject before the word, or who stands behind «av» or «fra»."""
    near = [(s, who) for s, _, who in named if end <= s <= end + 2 * _REACH and who != party]
    behind = [who for s, who in near if _BY.search(text[max(0, s - 6) : s])]
    if frame != "object":
        return tuple(behind[:1])
    before = [who for _, e, who in named if e <= start and who != party and not _WALL.search(text, e, start)]
    return tuple(before[-1:] or behind[:1])


@cache
def _cues() -> tuple[_Cue, ...]:
    """Return the words of each line of the lexicon as a pattern, with those that must stand behind them."""
    found = []
    for row in rows("accusing.csv"):
        forms = sorted(map(loosened, row["forms"].split("|")), key=len, reverse=True)
        behind = "|".join(map(re.escape, filter(None, row["behind"].split("|"))))
        then = rf"(?:\s+[\w-]+){{0,2}}?\s+(?:{behind})" if behind else ""
        kind: Kind = "accusation" if row["kind"] == "accusation" else "criticism"
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(forms)}){then}(?!\w)", re.IGNORECASE)
        found.append(_Cue(kind, row["frame"], pattern))
    return tuple(found)
