"""What every question to the index gives back: a frame that says how it was counted, and where its rows stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import isinf, isnan
from typing import TYPE_CHECKING

from corpus_lib.errors import BadWindow
from corpus_lib.render import counted, number, table
from corpus_lib.words.asked import with_older_names
from corpus_lib.words.contexts import columns_of
from corpus_lib.words.rows import at_least, frame_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from corpus_lib.words.positions import Positions

Find = Callable[[int], "NDArray[np.int64]"]


@dataclass(frozen=True, slots=True)
class Result:
    """A table with its title, its description and notes on how it was counted.

    `find` gives the positions in `index` that a row was counted from; what was counted there is `length` words long.
    """

    title: str
    description: str
    notes: tuple[str, ...]
    frame: pd.DataFrame
    find: Find | None = field(default=None, repr=False, compare=False)
    index: Positions | None = field(default=None, repr=False, compare=False)
    length: int = 1

    def to_frame(self) -> pd.DataFrame:
        """Return a copy of the frame."""
        return self.frame.copy()

    def positions(self, row: int) -> NDArray[np.int64]:
        """Return the positions in the index that the row was counted from, in order: where each begins.

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

    @with_older_names
    def lines(self, row: int, *, window: int = 8, top: int | None = 20) -> Result:
        """Return the concordance lines of what the row was counted from.

        Parameters
        ----------
        row
            The row's place in the frame, from 0.
        window
            How many words are shown on either side.
        top
            How many lines are shown; None shows all. Older name: ``most``.

        Raises
        ------
        IndexError
            If there is no such row.
        LookupError
            If the rows of this result stand for no positions.
        """
        positions = self.positions(row)
        if self.index is None:
            raise LookupError(f"the rows of {self.title!r} stand for no lines")
        title = f"{self.title}: {self.frame.iloc[row, 0]!s}"
        return lines(self.index, positions, length=self.length, window=window, top=top, title=title)

    def to_html(self) -> str:
        """Return the table as HTML: every cell escaped, the title as its caption, the notes below."""
        from html import escape

        rows = [[_shown(cell) for cell in row] for row in self.frame.itertuples(index=False, name=None)]
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        lines = table([str(c) for c in self.frame.columns], rows, caption=self.title)
        return f"<div><p>{escape(self.description)}</p>{lines}<ul>{notes}</ul></div>"

    def _repr_html_(self) -> str:
        return self.to_html()


@with_older_names
def lines(
    index: Positions,
    positions: NDArray[np.int64],
    *,
    length: int = 1,
    window: int = 8,
    top: int | None = 20,
    title: str = "Lines",
) -> Result:
    """Return the lines of positions, as a concordance gives them: the way from a number to what it was counted from.

    Parameters
    ----------
    positions
        Where what is shown begins, as ``Result.positions`` gives it.
    length
        How many words each is long.
    window, top
        How many words are shown on either side, and how many lines; None shows all. Older name of the last: ``most``.
    """
    if window < 1:
        raise BadWindow(f"expected a window of at least 1 word, found {window}")
    at_least("top", top, 0)
    shown = positions[:top]
    frame = frame_of(columns_of(index, shown, length, window))
    frame.attrs["total"] = len(positions)
    return Result(
        title=title,
        description=f"{len(shown)} of {counted(len(positions), 'line')}.",
        notes=(f"{window} words on either side, of the same document.",),
        frame=frame,
        find=lambda row: shown[row : row + 1],
        index=index,
        length=length,
    )


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
