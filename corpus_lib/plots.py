"""Frames → matplotlib Figures, in one quiet style; nothing is shown, everything is returned."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from corpus_lib.render import NOBODY, PALETTE, figure, number

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STANCE_MARKS: Mapping[str, tuple[str, str]] = {
    "accept": ("✓", "#cdeee2"),
    "partial": ("◐", "#e3f2d9"),
    "condition": ("?", "#e3f2d9"),
    "reject": ("✗", "#fde3b8"),
    "counter": ("⇄", "#f3d9ea"),
    "offer": ("+", "#cfe5f7"),
    "noted": ("·", "#e6e6e6"),
    "none": ("–", "#ffffff"),
}
_INK = "#1a1a1a"


def _axes(ax: Axes | None, width: float, height: float) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    if ax is not None:
        held = ax.get_figure()
        assert isinstance(held, Figure)
        return held, ax
    drawn = Figure(figsize=(width, height), layout="constrained")
    return drawn, drawn.add_subplot()


def speaker_share(quotes: pd.DataFrame, ax: Axes | None = None) -> Figure:
    """Draw how many words of quotation each speaker has, direct and reported apart.

    Parameters
    ----------
    quotes
        The ``quotes`` frame of an analysis.
    """
    shares = (
        quotes.assign(speaker=quotes["speaker"].fillna(NOBODY), direct=quotes["type"] == "direct")
        .pivot_table(index="speaker", columns="direct", values="words", aggfunc="sum", fill_value=0)
        .reindex(columns=[True, False], fill_value=0)
    )
    shares = shares.loc[shares.sum(axis=1).sort_values().index]
    drawn, axes = _axes(ax, 7, 0.9 + 0.45 * max(1, len(shares)))
    direct, indirect = shares[True].to_numpy(), shares[False].to_numpy()
    places = range(len(shares))
    axes.barh(places, direct, color=PALETTE[0][1], label="direct")
    axes.barh(places, indirect, left=direct, color="white", edgecolor=PALETTE[0][1], hatch="///", label="reported")
    for place, total in zip(places, direct + indirect, strict=True):
        axes.annotate(
            number(float(total)), (float(total), place), xytext=(4, 0), textcoords="offset points", va="center"
        )
    axes.set_yticks(list(places), [str(s) for s in shares.index])
    axes.set_xlabel("words in quotations")
    _quiet(axes)
    axes.legend(frameon=False, loc="lower right")
    return drawn


def demand_matrix(comparison: pd.DataFrame, ax: Axes | None = None) -> Figure:
    """Draw demands × actors → stance; each cell carries its word, not colour alone.

    Parameters
    ----------
    comparison
        The matrix of ``Analysis.comparison()``.
    """
    from matplotlib.patches import Rectangle

    labels = [f"{by}: {_short(content)}" for _, by, content in comparison.index]
    actors = [str(c) for c in comparison.columns]
    drawn, axes = _axes(ax, 5.2 + 1.25 * max(1, len(actors)), 0.8 + 0.5 * max(1, len(labels)))
    for row in range(len(labels)):
        for column in range(len(actors)):
            stance = str(comparison.iloc[row, column])
            mark, colour = STANCE_MARKS.get(stance, ("", "#f7f7f7"))
            axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=colour, edgecolor="#999999"))
            axes.text(column, row, f"{mark} {stance}".strip(), ha="center", va="center", color=_INK)
    axes.set_xlim(-0.5, max(1, len(actors)) - 0.5)
    axes.set_ylim(max(1, len(labels)) - 0.5, -0.5)
    axes.set_xticks(range(len(actors)), actors)
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(labels)), labels)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return drawn


def word_bars(frequencies: pd.DataFrame, most: int = 15, ax: Axes | None = None) -> Figure:
    """Draw the most frequent words with their counts.

    Parameters
    ----------
    frequencies
        A frame of ``words.frequencies``.
    most
        How many words are shown.
    """
    top = frequencies.head(most).iloc[::-1]
    drawn, axes = _axes(ax, 6, 0.8 + 0.28 * max(1, len(top)))
    places = range(len(top))
    axes.barh(places, top["count"], color=PALETTE[0][1])
    axes.set_yticks(list(places), list(top["word"]))
    for place, count in zip(places, top["count"], strict=True):
        axes.annotate(number(int(count)), (int(count), place), xytext=(4, 0), textcoords="offset points", va="center")
    axes.set_xlabel("occurrences")
    _quiet(axes)
    return drawn


def _short(text: str, most: int = 46) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"


def _quiet(axes: Axes) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(left=False)
    axes.margins(x=0.12)


def as_html(drawn: Figure, *, alt: str, caption: str) -> str:
    """Return a Figure as an HTML figure with a text that states its finding."""
    buffer = io.BytesIO()
    drawn.savefig(buffer, format="png", dpi=110, metadata={"Software": None})
    return figure(buffer.getvalue(), alt=alt, caption=caption)


def share_finding(quotes: pd.DataFrame) -> str:
    """Return in words what `speaker_share` shows: who has most of the quoted words.

    Parameters
    ----------
    quotes
        The ``quotes`` frame of an analysis.
    """
    if quotes.empty:
        return "No quotations were found."
    words = quotes.assign(speaker=quotes["speaker"].fillna(NOBODY)).groupby("speaker")["words"].sum()
    ordered = words.sort_values(ascending=False, kind="stable")
    total = int(ordered.sum())
    parts = [f"{name} {number(int(n))} ({number(100 * n / total)} %)" for name, n in ordered.items()]
    return f"Of {number(total)} quoted words: {_joined(parts)}."


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
