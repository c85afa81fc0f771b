"""Cutting a text into its lines: at blank lines if they are wrapped, else at every line break."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus_lib.model import Span

_NEWLINE = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_SENTENCE_END = re.compile(r"""[.!?…]["'»”)\]]*$""")
_LEADING_SPACE = re.compile(r"^[\ufeff\s]+")
_LEADING_DASH = re.compile(r"^[-–—]\s?(?=\S)")
_WRAPPED_LINE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the text, without the white space around it."""

    start: int
    end: int
    text: str

    @property
    def bare(self) -> str:
        """The text without a leading dash."""
        return _LEADING_DASH.sub("", self.text)


def paragraph_lines(text: str, offset: int = 0) -> list[Line]:
    r"""Cut a text into paragraphs: at blank lines if its lines are wrapped, else at every line break.

    >>> [line.text for line in paragraph_lines("Tittel\n\nFørste avsnitt.\nAndre avsnitt.")]
    ['Tittel', 'Første avsnitt.', 'Andre avsnitt.']
    """
    raw: list[Span] = []
    at = offset
    for match in _NEWLINE.finditer(text, offset):
        raw.append(Span(at, match.start()))
        at = match.end()
    raw.append(Span(at, len(text)))
    groups: list[Span] = []
    joined = _wrapped(text, raw)
    blank = True
    for span in raw:
        content = span.of(text)
        if not content.replace("\ufeff", "").strip():
            blank = True
            continue
        tight = _tight(text, span)
        if joined and not blank:
            groups[-1] = Span(groups[-1].start, tight.end)
        else:
            groups.append(tight)
        blank = False
    return [Line(g.start, g.end, g.of(text)) for g in groups]


def _tight(text: str, span: Span) -> Span:
    content = span.of(text)
    left = len(content) - len(_LEADING_SPACE.sub("", content))
    return Span(span.start + left, span.start + len(content.rstrip()))


def _wrapped(text: str, lines: Sequence[Span]) -> bool:
    """Say whether paragraphs are wrapped: blank lines part them, and lines break in mid-sentence."""
    contents = [s.of(text).strip() for s in lines]
    if not any(not c for c in contents[1:-1]):
        return False
    neighbours = [(a, b) for a, b in itertools.pairwise(contents) if a and b]
    broken = sum(len(a) >= _WRAPPED_LINE and not _SENTENCE_END.search(a) for a, _ in neighbours)
    return broken * 2 > len(neighbours)
