"""What the linked views look at: one object that every view observes, and that every control sets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from traitlets import Float, HasTraits, Instance, Int, Unicode, observe
from traitlets import Tuple as Several

from corpus_lib.analysis import Analysis
from corpus_lib.model import Cell, Quote
from corpus_lib.render import NOBODY, TYPES

ALL = "all"
UNKNOWN = "unknown"
"""Choices beside the actors' ids: every speaker (or the whole article), and quotations of nobody known."""


class Choice(HasTraits):
    r"""Which speakers, types and confidence are looked at, and which record is in focus.

    Attributes
    ----------
    speakers, types
        Ids of the speakers (``UNKNOWN`` for nobody known) and types of quotation that are shown.
    least
        The least confidence that is shown (0–1).
    actor, stance, basis
        What the matrix of demands is narrowed to; ``ALL`` does not narrow.
    focus
        Ids of the records that are singled out in the text; the first is scrolled to.
    cell
        The place of the matrix cell that is open among the analysis' cells; -1 for none.

    Examples
    --------
    >>> from corpus_lib import analyse
    >>> choice = Choice(analyse("Ap varsler kamp\n\n– Vi gir oss ikke, sier Kari Lie."))
    >>> [q.id for q in choice.quotes()]
    ['q1']
    >>> choice.types = ("indirect",)
    >>> choice.quotes()
    []
    """

    analysis = Instance(Analysis)
    speakers = Several()
    types = Several(default_value=tuple(TYPES))
    least = Float(0.0)
    actor = Unicode(ALL)
    stance = Unicode(ALL)
    basis = Unicode(ALL)
    focus = Several()
    cell = Int(-1)

    def __init__(self, analysis: Analysis, **chosen: Any) -> None:
        everyone = tuple(id for _, id in speakers_of(analysis))
        super().__init__(**{"analysis": analysis, "speakers": everyone, **chosen})

    @observe("analysis")
    def _welcome(self, change: Any) -> None:
        """Show those whom another analysis is the first to quote, and keep the cell open that was."""
        if not isinstance(change["old"], Analysis):
            return
        known = {id for _, id in speakers_of(change["old"])}
        self.speakers = (*self.speakers, *(id for _, id in speakers_of(change["new"]) if id not in known))
        if 0 <= self.cell < len(change["old"].cells):
            was = change["old"].cells[self.cell]
            places = {(c.demand, c.actor): place for place, c in enumerate(change["new"].cells)}
            self.cell = places.get((was.demand, was.actor), -1)

    def quotes(self) -> list[Quote]:
        """Return the quotations that are shown."""
        wanted = set(self.speakers)
        return [
            q
            for q in self.analysis.quotes
            if q.type in self.types
            and round(q.confidence, 2) >= round(self.least, 2)
            and wanted & set(q.speakers or (UNKNOWN,))
        ]

    def cells(self) -> list[int]:
        """Return the places of the matrix cells that are shown."""
        demands = {d.id: d for d in self.analysis.demands}
        return [
            place
            for place, c in enumerate(self.analysis.cells)
            if self.actor in (ALL, c.actor, *demands[c.demand].actors)
            and self.stance in (ALL, c.stance)
            and self.basis in (ALL, c.basis)
        ]

    def open_cell(self) -> Cell | None:
        """Return the cell that is open."""
        return self.analysis.cells[self.cell] if 0 <= self.cell < len(self.analysis.cells) else None


def said_by(quotes: Iterable[Quote], who: str) -> list[Quote]:
    """Return the quotations of an actor; a joint one belongs to each of its speakers, a denial to nobody.

    Parameters
    ----------
    who
        An actor's id, ``ALL`` or ``UNKNOWN``.
    """
    if who == ALL:
        return list(quotes)
    return [q for q in quotes if not q.denied and (who in q.speakers if q.speakers else who == UNKNOWN)]


def speakers_of(analysis: Analysis) -> list[tuple[str, str]]:
    """Return labels and ids of those quoted, most quoted first; the unknown last."""
    names = {**analysis.names(), UNKNOWN: NOBODY}
    ids = dict.fromkeys(s for q in analysis.quotes for s in q.speakers or (UNKNOWN,))
    counted = [(len(said_by(analysis.quotes, i)), i) for i in ids]
    ordered = sorted(counted, key=lambda c: (c[1] == UNKNOWN, -c[0], names[c[1]]))
    return [(f"{names[i]} ({n})", i) for n, i in ordered]


def main_cell(analysis: Analysis) -> Cell | None:
    """Return the cell of the matrix that rests on most responses, the first of equals; None without demands."""
    return max(analysis.cells, key=lambda c: len(c.responses), default=None)
