"""A sentence word by word: what is asked of each word again and again is looked up once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from corpus_lib.demands.clues import words_of_unit
from corpus_lib.language.syntax import is_finite

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.demands.setting import Setting, Unit
    from corpus_lib.model import Quote, Span


@dataclass(frozen=True, slots=True)
class Sight:
    """The words of a sentence, each list by their place in it.

    Attributes
    ----------
    start
        The number of the first word in its Doc; places are counted from there.
    words
        What stands for each word in features.
    commas, colons, verbs
        How many commas (or semicolons), colons and finite verbs stand before each place, and at the end.
    """

    start: int
    tokens: tuple[Token, ...]
    lowered: tuple[str, ...]
    words: tuple[str, ...]
    spans: tuple[Span, ...]
    quotes: tuple[Quote | None, ...]
    finite: tuple[bool, ...]
    commas: tuple[int, ...]
    colons: tuple[int, ...]
    verbs: tuple[int, ...]

    def before(self, place: int) -> str:
        """Return the word before a token's number, in lower case; ``^`` where the sentence begins."""
        at = place - self.start - 1
        return "^" if at < 0 or self.tokens[at].is_space else self.lowered[at]

    def span(self, token: Token) -> Span:
        """Return the place of a word in the article."""
        return self.spans[token.i - self.start]

    def quote(self, token: Token) -> Quote | None:
        """Return the innermost quotation that holds a word."""
        return self.quotes[token.i - self.start]

    def word(self, token: Token) -> str:
        """Return what stands for a word in features."""
        return self.words[token.i - self.start]


def sight_of(unit: Unit, setting: Setting) -> Sight:
    """Return a sentence word by word."""
    return setting.once(("sight", unit.number), partial(_seen, unit, setting))


def _seen(unit: Unit, setting: Setting) -> Sight:
    tokens = tuple(unit.tokens)
    spans = tuple(unit.block.span(t) for t in tokens)
    finite = tuple(is_finite(t) for t in tokens)

    def counted(is_one: Callable[[Token], bool]) -> tuple[int, ...]:
        return tuple(accumulate((is_one(t) for t in tokens), initial=0))

    return Sight(
        start=unit.tokens.start,
        tokens=tokens,
        lowered=tuple(t.lower_ for t in tokens),
        words=words_of_unit(unit, setting),
        spans=spans,
        quotes=tuple(map(setting.quote_at, spans)),
        finite=finite,
        commas=counted(lambda t: t.text in ",;"),
        colons=counted(lambda t: t.text == ":"),
        verbs=tuple(accumulate(finite, initial=0)),
    )
