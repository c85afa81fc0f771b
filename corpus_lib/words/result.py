"""What every question to the index gives back: a frame that says how it was counted, and where its rows stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import isinf, isnan
from typing import TYPE_CHECKING

from corpus_lib.render import number, table

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

Find = Callable[[int], "NDArray[np.int64]"]


@dataclass(frozen=True, slots=True)
class Result:
    """A table with its title, its description and notes on how it was counted."""

    title: str
    description: str
    notes: tuple[str, ...]
    frame: pd.DataFrame
    find: Find | None = field(default=None, repr=False, compare=False)

    def to_frame(self) -> pd.DataFrame:
        """Return a copy of the frame."""
        return self.frame.copy()

    def positions(self, row: int) -> NDArray[np.int64]:
        """Return the positions in the index that the row was counted from, in order.

        Raises
        ------
        IndexError
            If there is no such row.
        LookupError
            If the rows of this result stand for no positions.
        """
        if self.find is None:
            raise LookupError(f"the rows of {self.title!r} stand for no positions")
        if not 0 <= row < len(self.frame):
            raise IndexError(f"row {row} of {self.title!r}, which has {len(self.frame)} rows")
        return self.find(row)

    def to_html(self) -> str:
        """Return the table as HTML: every cell escaped, the title as its caption, the notes below."""
        from html import escape

        rows = [[_shown(cell) for cell in row] for row in self.frame.itertuples(index=False, name=None)]
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        lines = table([str(c) for c in self.frame.columns], rows, caption=self.title)
        return f"<div><p>{escape(self.description)}</p>{lines}<ul>{notes}</ul></div>"

    def _repr_html_(self) -> str:
        return self.to_html()


def _shown(value: object) -> str:
    """Return a cell as text: decimals as Norwegian writes them, an unknown as a dash."""
    if isinstance(value, float):
        if isnan(value):
            return "–"
        if isinf(value):
            return "∞" if value > 0 else "-∞"
        small = value != 0 and abs(value) < 0.001
        return f"{value:.1e}".replace(".", ",") if small else number(value, 0 if abs(value) >= 1000 else 3)
    return "" if value is None else str(value)
