"""What can be seen of a line of a page: its own signs, its place, its neighbours, what the page says again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from sys import intern
from typing import NamedTuple

from corpus_lib.language.dates import find_dates
from corpus_lib.language.lexicon import stop_words, words_of
from corpus_lib.structure.looks import Look
from corpus_lib.structure.opening import FULL_NAME, first_text_signs, opening_signs, step
from corpus_lib.structure.paragraphs import Line
from corpus_lib.structure.signs import signs_of

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"""[.!?…]["'»”)\]]*$""")
_INNER_STOP = re.compile(r"(?<=[a-zæøå0-9»\"])[.!?]\s+(?=[A-ZÆØÅ–—«-])")
_DASHES = "-–—"
_LENGTHS = (20, 40, 60, 75, 100, 150, 220, 320, 500)
_WORDS = (1, 2, 3, 4, 6, 8, 10, 14, 20, 30, 50)
_PLACES = (0, 1, 2, 3, 4, 6, 9)
_SHARES = (0.2, 0.4, 0.6, 0.8, 0.95)
_ROW = 3
"""How far a row of short lines is followed."""
_TOP = 4
"""Lines at the top, where title, lead, captions and stamps stand."""
_KNOWN = frozenset(
    {"han", "hun", "ho", "de", "dei", "det", "den", "dette", "denne", "disse", "desse", "der", "da", "også"}
)
_STEM = 5
"""Letters by which the forms of a word are known."""
_STAMP = 75
"""Characters that a line with a date may have to be one of dates."""


@cache
def _first_names() -> frozenset[str]:
    return words_of("persons.toml", "female") | words_of("persons.toml", "male")


@cache
def _tenses() -> Mapping[str, str]:
    """Return the tense of each verb form that is finite wherever it stands."""
    return {form: tense for tense in ("present", "past") for form in words_of("finite_verbs.toml", tense)}


@cache
def _small_words() -> frozenset[str]:
    return stop_words("nb") | stop_words("nn")


def look(line: Line) -> Look:
    """Return what a line looks like."""
    text = line.text
    words = _WORD.findall(text)
    lowered = [w.lower() for w in words]
    small = sum(w in _small_words() for w in lowered)
    capital = sum(w[0].isupper() for w in words)
    dash = text[0] in _DASHES
    stamp = sum(d.end - d.start for d in find_dates(text)) if len(text) <= _STAMP else 0
    told = {
        "length": step(len(text), _LENGTHS),
        "words": step(len(words), _WORDS),
        "ends in": text[-1] if not text[-1].isalnum() else "a letter or digit",
        "begins with": "a dash" if dash else _begins(text),
        "sentences": step(1 + len(_INNER_STOP.findall(text)), (1, 2, 3, 5)),
        "capitalised": step(capital / max(1, len(words)), _SHARES),
        "small words": step(small / max(1, len(words)), _SHARES),
        "verb": _tense(words),
        "digits": step(sum(c.isdigit() for c in text) / len(text), (0, 0.05, 0.15, 0.4)),
        "date": step(stamp / len(text), (0, 0.3, 0.5, 0.8)),
    }
    there = {
        "all capitals": text.isupper() and len(words) > 1,
        "no small word": not small,
        "a colon within": ": " in text and not text.endswith(":"),
        "a slash": "/" in text,
        "an address": "@" in text or "www." in text or "http" in text,
        "a parenthesis around": text[0] == "(" and text.rstrip(".").endswith(")"),
        "a parenthesis at its end": text.rstrip(".").endswith(")") and text[0] != "(",
        "a digit": any(c.isdigit() for c in text),
        "a score": bool(re.search(r"\d[–-]\d", text)),
        "a first name": any(w in _first_names() for w in lowered),
        "begins with a first name": bool(lowered) and lowered[0] in _first_names(),
        "no full stop": not _SENTENCE_END.search(text),
        "begins with somebody known": bool(lowered) and lowered[0] in _KNOWN,
        "begins with a definite noun": bool(lowered) and lowered[0].endswith(("en", "et", "ene", "ane", "a")),
        "a first person": not {"jeg", "eg", "vi"}.isdisjoint(lowered),
    }
    signs = [f"{name}: {value}" for name, value in told.items()]
    signs += [name for name, holds in there.items() if holds]
    signs += signs_of(line)
    shape = f"{_extent(text, len(words))}, verb {told['verb']}, {_mark(text)}"
    signs += [shape]
    signs += [f"first word {lowered[0]}"] if lowered else []
    content = frozenset(intern(w) for w in lowered if w not in _small_words() and len(w) > 2)
    return Look(
        tuple(map(intern, signs)),
        content,
        tuple(map(intern, lowered[:40])),
        frozenset(intern(word[:_STEM]) for word in content),
        frozenset(intern(m.split()[-1]) for m in FULL_NAME.findall(text)),
        intern(words[0]) if words and words[0][0].isupper() else "",
        tuple(map(intern, opening_signs(text, words))),
        shape,
        len(text),
        len(text) <= _STAMP,
        dash,
        not _INNER_STOP.search(text),
    )


def _extent(text: str, words: int) -> str:
    """Return whether a text is a word or two, a heading's length, a sentence's or a paragraph's."""
    return "words" if words <= 2 else "short" if len(text) <= _STAMP else "a sentence" if len(text) <= 150 else "long"


def _mark(text: str) -> str:
    """Return how a text begins and ends, of what tells speech, headings and sentences apart."""
    end = "stop" if _SENTENCE_END.search(text) else "colon" if text.endswith(":") else "open"
    return f"dash, {end}" if text[0] in _DASHES else end


def _tense(words: Sequence[str]) -> str:
    """Return the tense of the first finite verb that is known, names aside; a text of a picture often has none."""
    return next((_tenses()[word] for word in words if word in _tenses()), "none")


def _begins(text: str) -> str:
    first = text[0]
    return (
        "a capital" if first.isupper() else "a digit" if first.isdigit() else "a letter" if first.isalpha() else first
    )


class Seen(NamedTuple):
    """What is seen of a line: its features, what counts where it may be the page's first text, and its shape."""

    features: Mapping[str, float]
    opening: tuple[str, ...]
    shape: str


def features(lines: Sequence[Line]) -> Iterator[Seen]:
    """Yield what is seen of each line but for the kinds of the lines before it; a long text has very many lines."""
    looks = [look(line) for line in lines]
    page = _Page(
        Counter(word for one in looks for word in one.words),
        _first(one.words for one in looks),
        _first(one.names for one in looks),
        {name: place for place, one in enumerate(looks) for name in one.names},
        {stem: place for place, one in enumerate(looks) for stem in one.stems},
    )
    marks = sorted(
        {
            f"{sign} ({'top' if place < 2 * _TOP else 'below'})"
            for place, one in enumerate(looks)
            for sign in one.signs
            if sign.startswith(("sign", "seems"))
        }
    )
    for place in range(len(lines)):
        opening = tuple(first_text_signs(looks, page.first_name, page.last_stem, place))
        yield Seen(_features(looks, page, marks, place), opening, looks[place].shape)


def _features(looks: Sequence[Look], page: _Page, marks: Sequence[str], place: int) -> dict[str, float]:
    own = looks[place]
    top, bottom = step(place, _PLACES), step(len(looks) - 1 - place, (0, 1, 2, 4, 8))
    signs = list(own.signs)
    signs += [f"line {top}", f"from the end {bottom}", f"lines {step(len(looks), (1, 2, 4, 8, 16, 32))}"]
    signs += [f"line {top}, {sign}" for sign in own.signs if not sign.startswith("first word")]
    signs += [
        f"from the end {bottom}, {sign}"
        for sign in own.signs
        if sign.startswith(("length", "sign", "seems", "a paren"))
    ]
    for far, name in ((-1, "before"), (1, "behind"), (2, "second behind")):
        other = looks[place + far] if 0 <= place + far < len(looks) else None
        signs += [f"{name}: nothing"] if other is None else [f"{name}: {sign}" for sign in other.signs[:9]]
        if other is not None:
            signs += [f"{name}: {sign}" for sign in other.signs if sign.startswith(("sign", "seems"))]
            signs += [f"short {own.short}, {name} short {other.short}, dash {own.dash} {other.dash}"]
            signs += [f"as {name}: {sign}" for sign in own.signs if sign.startswith("sign") and sign in other.signs]
    signs += [f"{own.shape}, before it {_short_lines(looks[max(0, place - _ROW) : place][::-1])} short"]
    signs += [f"{own.shape}, behind it {_short_lines(looks[place + 1 : place + 1 + _ROW])} short"]
    repeats = [page.words[w] - 1 for w in own.words]
    title = looks[0].words
    repeated = sum(n > 0 for n in repeats) / max(1, len(repeats))
    before = sum(page.first_word[w] < place for w in own.words) / max(1, len(own.words))
    signs += [
        f"words said again {step(repeated, _SHARES)}",
        f"line {top}, words said again {step(repeated, _SHARES)}",
        f"words of the first line {step(len(own.words & title) / max(1, len(own.words)), (0, 0.1, 0.2, 0.4, 0.7))}",
        f"words said before {step(before, (0, *_SHARES))}",
        f"short lines with a dash in a row {step(_row(looks, place), (0, 1, 2))}",
        *(f"short {own.short}, {sign}" for sign in own.signs if sign.startswith(("sign", "ends", "seems"))),
    ]
    part = "top" if 0 < place <= _TOP else "below" if place else "first"
    if place <= _TOP:
        signs += [f"line {place}, page with {mark}" for mark in marks]
    if own.names:
        again = "again" if any(page.first_name[n] < place for n in own.names) else "new"
        later = "said later" if any(page.last_name[n] > place for n in own.names) else "not later"
        behind = _hands_over_to(looks, place)
        signs += [
            f"{part}, full name {again}",
            f"{part}, full name {later}",
        ]
        signs += [f"full name {again}, one sentence {own.one_sentence}, behind it {behind}"]
        signs += [f"full name {again}, behind it {behind}, words said before {step(before, _SHARES)}"]
    if 0 < place < len(looks) - 1:
        shared, following = (len(looks[k].words & title) / max(1, len(looks[k].words)) for k in (place, place + 1))
        longer = len(own.all_words) > len(looks[place + 1].all_words)
        signs += [f"line {top}, nearer to the first line than the next: {shared > following}, longer {longer}"]
        both = own.words & looks[place + 1].words
        signs += [f"{part}, shares with the next {step(len(both) / max(1, len(own.words)), (0, 0.1, 0.3, 0.6))}"]
    return dict.fromkeys(signs, 1.0)


@dataclass(frozen=True, slots=True)
class _Page:
    """How often a page says a word, on which line each word and name stands first, each name and stem last."""

    words: Mapping[str, int]
    first_word: Mapping[str, int]
    first_name: Mapping[str, int]
    last_name: Mapping[str, int]
    last_stem: Mapping[str, int]


def _first(groups: Iterable[frozenset[str]]) -> dict[str, int]:
    """Return the number of the first group that holds each word."""
    first: dict[str, int] = {}
    for place, group in enumerate(groups):
        for word in group:
            first.setdefault(word, place)
    return first


def _row(looks: Sequence[Look], place: int) -> int:
    """Return how many short lines with a dash stand in a row with a line, itself counted."""
    if not (looks[place].short and looks[place].dash):
        return 0
    near = range(max(0, place - _ROW), min(len(looks), place + _ROW + 1))
    before = takewhile(lambda i: looks[i].short and looks[i].dash, reversed(near[: place - near[0]]))
    behind = takewhile(lambda i: looks[i].short and looks[i].dash, near[place - near[0] :])
    return sum(1 for _ in before) + sum(1 for _ in behind)


def _short_lines(near: Sequence[Look]) -> int:
    """Return with how many short lines without a dash a page goes on: tables and facts stand in rows."""
    return sum(1 for _ in takewhile(lambda other: other.short and not other.dash, near))


def _hands_over_to(looks: Sequence[Look], place: int) -> str:
    """Return what stands behind a line: a heading, a stamp, another text, nothing."""
    if place + 1 == len(looks):
        return "nothing"
    return next((s for s in looks[place + 1].signs if s.startswith("seems")), "text")


@dataclass(frozen=True, slots=True)
class History:
    """What the kinds of the lines before tell of the next: the last two, which there were, how many of running text."""

    last: str = "nothing"
    second: str = "nothing"
    seen: frozenset[str] = frozenset()
    bodies: int = 0

    def then(self, kind: str) -> History:
        """Return the history with one more line."""
        return History(kind, self.last, self.seen | {kind}, self.bodies + (kind == "body"))

    def features(self, opening: Iterable[str] = (), shape: str = "") -> dict[str, float]:
        """Return the features of a line that follows.

        Parameters
        ----------
        opening
            Its signs that count where no text stands before it.
        shape
            Its extent, its verb's tense and its marks in a word.
        """
        signs = [
            f"after {self.last}",
            f"after {self.second}, {self.last}",
            f"after {self.last}, {shape}",
            f"after {self.second}, {self.last}, {shape}",
            f"bodies so far {step(self.bodies, (0, 1, 3))}, after {self.last}",
            *(f"no {kind} yet" for kind in ("title", "lead", "body", "byline") if kind not in self.seen),
            f"title {'title' in self.seen}, lead {'lead' in self.seen}, bodies {step(self.bodies, (0, 1))}",
        ]
        if not self.bodies and "lead" not in self.seen and "title" in self.seen:
            signs += [f"first text, {sign}" for sign in opening]
        return dict.fromkeys(signs, 1.0)
