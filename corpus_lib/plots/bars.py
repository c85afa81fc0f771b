"""Bars: how much each speaker is quoted, and which words are the most frequent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lib.plots.style import (
    INK,
    PAPER,
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
from corpus_lib.render import DENYING, NOBODY, counted, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST_NAMED = 6


def speaker_share(quotes: pd.DataFrame, ax: Axes | None = None, *, most: int = 15) -> Figure:
    """Draw how many words of quotation each speaker has, direct and reported apart.

    Parameters
    ----------
    quotes
        The ``quotes`` frame of an analysis, or of several together.
    most
        How many speakers have a bar; the words of the others are summed below.
    """
    if quotes.empty:
        return empty(*axes_of(ax, 7, 1.2), share_finding(quotes))
    shares = _words_by_type(quotes)
    left = shares.iloc[most:]
    shares = shares.iloc[:most].iloc[::-1]
    drawn, axes = axes_of(ax, 7, 0.9 + 0.42 * len(shares))
    direct, reported = shares[True].to_numpy(), shares[False].to_numpy()
    places = range(len(shares))
    axes.barh(places, direct, height=0.66, color=STRONG, edgecolor=STRONG, label="direct")
    axes.barh(places, reported, height=0.66, left=direct, color=PAPER, edgecolor=STRONG, hatch="////", label="reported")
    axes.set_yticks(list(places), [drawable(str(s), 32) for s in shares.index])
    _annotate(axes, direct + reported)
    others = f" ({counted(len(left), 'other speaker')}: {number(int(left.to_numpy().sum()))})" if len(left) else ""
    axes.set_xlabel(f"words in quotations{others}")
    whole_numbers(axes)
    quiet(axes)
    axes.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=2, labelcolor=INK)
    said(axes, share_finding(quotes))
    return drawn


def _speakers(quotes: pd.DataFrame) -> pd.Series[str]:
    """Return who speaks; those who reject the words are told apart."""
    named = quotes["speaker"].fillna(NOBODY)
    return named.where(~quotes["denied"].astype(bool), named + DENYING) if "denied" in quotes else named


def _words_by_type(quotes: pd.DataFrame) -> pd.DataFrame:
    """Return the quoted words of each speaker, direct (True) and not, most first."""
    words = (
        quotes.assign(speaker=_speakers(quotes), direct=quotes["type"] == "direct")
        .pivot_table(index="speaker", columns="direct", values="words", aggfunc="sum", fill_value=0)
        .reindex(columns=[True, False], fill_value=0)
    )
    return words.loc[words.sum(axis=1).sort_values(ascending=False, kind="stable").index]


def _annotate(axes: Axes, totals: Sequence[float]) -> None:
    """Write each bar's number at its end."""
    for place, total in enumerate(totals):
        axes.annotate(
            number(float(total)),
            (float(total), place),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color=INK,
        )
    axes.margins(x=0.14)


def word_bars(frequencies: pd.DataFrame, most: int = 15, ax: Axes | None = None) -> Figure:
    """Draw the most frequent words with their counts.

    Parameters
    ----------
    frequencies
        A frame of ``words.frequencies``.
    most
        How many words are shown.
    """
    if frequencies.empty:
        return empty(*axes_of(ax, 6, 1.2), words_finding(frequencies))
    top = frequencies.head(most).iloc[::-1]
    drawn, axes = axes_of(ax, 6, 0.8 + 0.28 * len(top))
    places = range(len(top))
    axes.barh(places, top["count"], height=0.66, color=STRONG)
    axes.set_yticks(list(places), [drawable(str(w), 28) for w in top["word"]])
    _annotate(axes, top["count"].tolist())
    axes.set_xlabel("occurrences")
    whole_numbers(axes)
    quiet(axes)
    said(axes, words_finding(frequencies))
    return drawn


def share_finding(quotes: pd.DataFrame) -> str:
    """Return in words what `speaker_share` shows: who has most of the quoted words.

    Parameters
    ----------
    quotes
        The ``quotes`` frame of an analysis.
    """
    if quotes.empty:
        return "No quotations were found."
    words = quotes.assign(speaker=_speakers(quotes)).groupby("speaker")["words"].sum()
    ordered = words.sort_values(ascending=False, kind="stable")
    total = int(ordered.sum())
    parts = [
        f"{shown(str(name))} {number(int(n))} ({number(100 * n / max(1, total))} %)" for name, n in ordered.items()
    ]
    if len(parts) > _MOST_NAMED:
        left = int(ordered.iloc[_MOST_NAMED:].sum())
        others = counted(len(parts) - _MOST_NAMED, "other speaker")
        parts = [*parts[:_MOST_NAMED], f"{others} {number(left)} ({number(100 * left / max(1, total))} %)"]
    return f"Of {counted(total, 'quoted word')}: {joined(parts)}."


def words_finding(frequencies: pd.DataFrame) -> str:
    """Return in words what `word_bars` shows: the most frequent words.

    Parameters
    ----------
    frequencies
        A frame of ``words.frequencies``.
    """
    if frequencies.empty:
        return "No words were found."
    top = frequencies.head(3)
    parts = [f"{shown(str(word))} ({number(int(n))})" for word, n in zip(top["word"], top["count"], strict=True)]
    return f"The most frequent word{' is' if len(parts) == 1 else 's are'} {joined(parts)}."
