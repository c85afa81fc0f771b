"""Words: which set two texts apart, with intervals, and where words stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus_lib.plots.style import (
    INK,
    MUTED,
    PAPER,
    RULE,
    STRONG,
    axes_of,
    drawable,
    empty,
    joined,
    quiet,
    said,
    shown,
    whole_numbers,
)
from corpus_lib.render import counted, number

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from corpus_lib.words import Index

_MOST_BOUNDS = 60
"""More texts than this are not parted by lines."""


@dataclass(frozen=True, slots=True)
class _Keyword:
    word: str
    count: int
    reference: int
    ratio: float
    low: float
    high: float


def _keywords(frame: pd.DataFrame) -> list[_Keyword]:
    columns = ("word", "count", "reference_count", "log_ratio", "low", "high")
    return [_Keyword(*row) for row in zip(*(frame[c].tolist() for c in columns), strict=True)]


def keyness_plot(
    keywords: pd.DataFrame, ax: Axes | None = None, *, most: int = 15, sides: tuple[str, str] = ("target", "reference")
) -> Figure:
    """Draw key words by their log ratio with its 95 % interval, and both counts beside.

    A filled point is a word whose interval leaves out 0, a hollow one may be chance.

    Parameters
    ----------
    keywords
        The frame of ``Index.keyness``: word, count, reference_count, log_ratio, low, high.
    most
        How many words are shown.
    sides
        What the two sides are called.
    """
    if keywords.empty:
        return empty(*axes_of(ax, 6.5, 1.2), keyness_finding(keywords))
    top = keywords.head(most).iloc[::-1].reset_index(drop=True)
    drawn, axes = axes_of(ax, 6.5, 1.0 + 0.3 * len(top))
    axes.axvline(0, color=MUTED, linewidth=1)
    for place, word in enumerate(_keywords(top)):
        sure = word.low > 0 or word.high < 0
        axes.plot([word.low, word.high], [place, place], color=STRONG, linewidth=1.6, solid_capstyle="butt")
        axes.plot(
            word.ratio, place, "o", markersize=7, markerfacecolor=STRONG if sure else PAPER, markeredgecolor=STRONG
        )
        counts = f"{number(word.count)} : {number(word.reference)}"
        axes.annotate(
            counts, (1.01, place), xycoords=("axes fraction", "data"), va="center", color=INK, annotation_clip=False
        )
    axes.set_yticks(range(len(top)), [drawable(str(w), 28) for w in top["word"]])
    axes.set_ylim(-0.7, len(top) - 0.3)
    axes.annotate(
        " : ".join(drawable(s, 16) for s in sides),
        (1.01, 1),
        xycoords="axes fraction",
        va="bottom",
        color=MUTED,
        fontsize=9,
    )
    axes.set_xlabel("log ratio with 95 % interval (1 = twice as frequent)")
    _signed(axes)
    quiet(axes)
    said(axes, keyness_finding(keywords))
    return drawn


def _signed(axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value).replace("-", "−")))


def keyness_finding(keywords: pd.DataFrame) -> str:
    """Return in words what `keyness_plot` shows: the strongest key words, and how many are sure.

    Parameters
    ----------
    keywords
        The frame of ``Index.keyness``.
    """
    if keywords.empty:
        return "No key words were found."
    sure = int(((keywords["low"] > 0) | (keywords["high"] < 0)).sum())
    parts = [f"{shown(k.word)} ({number(k.count)} against {number(k.reference)})" for k in _keywords(keywords.head(3))]
    strongest = f"The strongest key word{' is' if len(parts) == 1 else 's are'} {joined(parts)}."
    words = counted(len(keywords), "word")
    if not sure:
        return f"{strongest} Of {words} none has a 95 % interval that leaves out 0: all may be chance."
    return f"{strongest} Of {words} {number(sure)} {'has' if sure == 1 else 'have'} a 95 % interval that leaves out 0."


def dispersion_plot(index: Index, words: Sequence[str], ax: Axes | None = None, *, layer: str = "lower") -> Figure:
    """Draw where words stand: a line for each word, a stroke for each occurrence, thin lines between texts.

    Parameters
    ----------
    index
        The word index.
    words
        Words of the layer, in the order of the figure.
    """
    places = {word: index.positions(word, layer) for word in words}
    finding = _dispersion_finding(index, places)
    if not places or not index.tokens:
        return empty(*axes_of(ax, 7, 1.2), finding)
    drawn, axes = axes_of(ax, 7, 0.9 + 0.34 * len(places))
    for lane, found in enumerate(places.values()):
        axes.axhline(lane, color=RULE, linewidth=0.8, zorder=0)
        axes.vlines(found, lane - 0.34, lane + 0.34, color=STRONG, linewidth=1.3)
    if 1 < index.documents <= _MOST_BOUNDS:
        for bound in index.bounds[1:-1].tolist():
            axes.axvline(bound - 0.5, color=MUTED, linewidth=0.5, linestyle=(0, (2, 3)), zorder=0)
    labels = [f"{drawable(w, 28)} ({number(len(found))})" for w, found in places.items()]
    axes.set_yticks(range(len(places)), labels)
    axes.set_ylim(len(places) - 0.4, -0.6)
    axes.set_xlim(-0.5, max(1, index.tokens) - 0.5)
    whole_numbers(axes)
    axes.set_xlabel("position in words")
    quiet(axes, grid=False)
    said(axes, finding)
    return drawn


def _dispersion_finding(index: Index, places: Mapping[str, NDArray[np.int64]]) -> str:
    if not places:
        return "No words were chosen."
    parts = []
    for word, found in places.items():
        texts = len(set(index.documents_at(found).tolist()))
        within = f" in {number(texts)} of {counted(index.documents, 'text')}" if index.documents > 1 else ""
        spread = ""
        if len(found) and index.documents == 1:
            spread = f", from {number(100 * found[0] / index.tokens)} % to {number(100 * found[-1] / index.tokens)} %"
        parts.append(f"{shown(word)} {counted(len(found), 'time')}{within}{spread}")
    return f"Where words stand in {counted(index.tokens, 'word')}: {'; '.join(parts)}."
