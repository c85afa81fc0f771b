"""Where a sentence ends, told without a parse: by punctuation, abbreviations, ordinals and initials."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from corpus_lib.model import Span

_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'»”’)\]]*(?=\s|$)|\n\s*\n|\n")
_NEXT = re.compile(r"\s*[\"'«“‘(\[]*[-–—]?\s*[\"'«“‘(]*(?P<first>\w)?")
_LAST_WORD = re.compile(r"[\w.]+$")
_INITIAL = re.compile(r"(?:[^\W\d_]\.)+$")
_ORDINAL = re.compile(r"\d{1,2}\.$")
_LOOK_BACK = 24


@cache
def abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """Return the abbreviations that never end a sentence, and those that may."""
    data = tomllib.loads((files(__package__) / "data" / "abbreviations.toml").read_text(encoding="utf-8"))
    return frozenset(data["never_final"].split()), frozenset(data["maybe_final"].split())


def sentences(text: str) -> list[Span]:
    """Cut a text into sentences.

    Abbreviations («kl.», «bl.a.»), initials («A. Hansen»), ordinals («17. desember») and times do not
    end one; a line break does.

    >>> text = "Kl. 14.30 møtte statsråd A. Hansen pressen. Hvem skal betale?"
    >>> [s.of(text) for s in sentences(text)]
    ['Kl. 14.30 møtte statsråd A. Hansen pressen.', 'Hvem skal betale?']
    """
    return [s for s in _cut(text) if s.end > s.start]


def _cut(text: str) -> Iterator[Span]:
    start = 0
    for match in _END.finditer(text):
        if match.group().startswith("\n") or _ends_here(text, match):
            yield _tight(text, start, match.end())
            start = match.end()
    yield _tight(text, start, len(text))


def _tight(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    return Span(start + left, max(start + left, start + len(part.rstrip())))


def _ends_here(text: str, match: re.Match[str]) -> bool:
    following = _NEXT.match(text, match.end())
    first = following["first"] if following else None
    if first is None:
        return True
    if match.group().startswith(("...", "…")):
        return not first.islower()
    if match.group()[0] != ".":
        return not first.islower()
    return _full_stop_ends(text, match.start() + 1, first)


def _full_stop_ends(text: str, stop: int, first: str) -> bool:
    word = _LAST_WORD.search(text, max(0, stop - _LOOK_BACK), stop)
    last = word.group().lower() if word else "."
    never, maybe = abbreviations()
    if first.islower():
        return False
    if last in never or (_INITIAL.fullmatch(last) and last not in maybe):
        return False
    return not (_ORDINAL.fullmatch(last) and first.isdigit())
