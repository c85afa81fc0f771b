"""What grammar tells of where a demand's words stand: in the place of a missing object, beside who is called on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus_lib.demands.roles import called_of
from corpus_lib.language.gaps import Gap, gap_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.demands.setting import Unit


@dataclass(frozen=True, slots=True)
class Matter:
    """What a predicate's place in its sentence tells of its matter.

    Attributes
    ----------
    gap
        What fills the place of its missing object.
    called
        The phrases of who may be called on, by its frame in the lexicon: first word, last word, how it is opened.
    """

    gap: Gap | None
    called: tuple[tuple[int, int, str], ...]

    def at_start(self, t: Token, last: str) -> Iterator[str]:
        """Yield what speaks for and against a word being the first, given the word before it."""
        if (gap := self.gap) is not None:
            place = "begins" if t.i == gap.first else "goes on" if gap.first < t.i <= gap.last else "elsewhere"
            yield f"gap {gap.kind} {place}"
            if place == "elsewhere":
                yield f"gap {gap.kind}, behind {last}"
        for first, end, case in self.called:
            if first <= t.i <= end:
                yield f"called by {case} {'begins' if t.i == first else 'goes on'}"
            elif t.i > end:
                yield from (f"behind called by {case}", f"behind called by {case} {last}")
            else:
                yield f"ahead of called by {case}"

    def at_end(self, start: Token, t: Token) -> Iterator[str]:
        """Yield what speaks for and against a word being the last, given the first."""
        if (gap := self.gap) is not None and gap.first <= start.i <= gap.last:
            yield f"gap {gap.kind} {'ends' if t.i == gap.last else 'goes on' if t.i < gap.last else 'over'}"
        for first, end, case in self.called:
            if start.i < first:
                place = "next" if t.i == first - 1 else "later" if t.i < first else "in" if t.i < end else "over"
                yield f"called by {case} {place}"


def matter_of(token: Token, unit: Unit) -> Matter:
    """Return what grammar tells of the matter of a predicate."""
    return Matter(gap_of(token, unit.tokens), tuple(sorted(called_of(token, unit))))
