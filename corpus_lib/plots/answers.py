"""Demands and answers: the matrix, and when they came."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus_lib.plots.style import (
    CELL_INK,
    INK,
    MUTED,
    PAPER,
    RULE,
    SECOND,
    STRONG,
    axes_of,
    check_matplotlib,
    drawable,
    empty,
    joined,
    quiet,
    said,
    shown,
)
from corpus_lib.render import counted, number

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
"""The sign of each stance and the colour behind it; the word always stands beside them."""

_COLUMNS = 6
"""As many dates have a column of their own; with more the axis is to scale."""


def demand_matrix(comparison: pd.DataFrame, ax: Axes | None = None) -> Figure:
    """Draw demands × actors → stance; each cell carries its word, not colour alone.

    Parameters
    ----------
    comparison
        The matrix of ``Analysis.comparison()``.
    """
    if not comparison.size:
        return empty(*axes_of(ax, 6, 1.2), matrix_finding(comparison))
    check_matplotlib()
    from matplotlib.patches import Rectangle

    labels = [_in_two_lines(f"{by or 'unknown'}: {content}") for _, by, content in comparison.index]
    actors = [drawable(str(c), 22) for c in comparison.columns]
    drawn, axes = axes_of(ax, 4.2 + 1.25 * len(actors), 0.5 + 0.56 * len(labels))
    for row in range(len(labels)):
        for column in range(len(actors)):
            stance = str(comparison.iloc[row, column])
            mark, colour = STANCE_MARKS.get(stance, ("", "none"))
            plain = stance in ("", "none", "not found")
            fill = "none" if plain else colour
            axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=fill, edgecolor=RULE, linewidth=1))
            ink = MUTED if plain else CELL_INK
            axes.text(column, row, f"{mark} {stance}".strip(), ha="center", va="center", color=ink)
    axes.set_xlim(-0.5, len(actors) - 0.5)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.set_xticks(range(len(actors)), actors)
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(labels)), labels)
    axes.tick_params(length=0, labelcolor=INK)
    for spine in axes.spines.values():
        spine.set_visible(False)
    said(axes, matrix_finding(comparison))
    return drawn


def _in_two_lines(text: str, width: int = 40) -> str:
    lines = textwrap.wrap(drawable(text, 2 * width - 4), width) or [""]
    return "\n".join(lines[:2])


def matrix_finding(comparison: pd.DataFrame) -> str:
    """Return in words what `demand_matrix` shows: how each actor answers.

    Parameters
    ----------
    comparison
        The matrix of ``Analysis.comparison()``.
    """
    if not len(comparison):
        return "No demands were found."
    if not len(comparison.columns):
        return f"{counted(len(comparison), 'demand')}; nobody is called on and no answer was found."
    parts = []
    for place, actor in enumerate(comparison.columns):
        stances = Counter(s for s in comparison.iloc[:, place] if s)
        given = joined([f"{'no answer' if s == 'none' else s} {number(n)}" for s, n in stances.most_common()])
        parts.append(f"{shown(str(actor))}: {given}")
    return f"{counted(len(comparison), 'demand')}; answers by actor: {'; '.join(sorted(parts, key=_silent))}."


def _silent(part: str) -> bool:
    """Put those who answer nothing last."""
    nothing = ": no answer" in part or ": not found" in part
    return nothing and "," not in part and " and " not in part


def timeline(events: pd.DataFrame, ax: Axes | None = None, *, most: int = 12) -> Figure:
    """Draw demands and answers by date, a line for each actor.

    Parameters
    ----------
    events
        A frame of `corpus_lib.plots.events`; what has no date is left out, and counted in the text.
    most
        How many actors are shown: those with most demands and answers.
    """
    dated = _with_day(events)
    if dated.empty:
        return empty(*axes_of(ax, 6, 1.2), timeline_finding(events))
    busiest = {actor for actor, _ in Counter(dated["actor"]).most_common(most)}
    actors = [actor for actor in dict.fromkeys(dated["actor"]) if actor in busiest]
    dated = dated[dated["actor"].isin(busiest)]
    days = sorted(set(dated["date"]))
    few = len(days) <= _COLUMNS
    drawn, axes = axes_of(ax, max(6.5, 2.6 + 2.0 * min(len(days), _COLUMNS)), 1.1 + 0.62 * len(actors))
    places = {d: float(n) for n, d in enumerate(days)} if few else {d: float(_number(str(d))) for d in days}
    by_day = dict(iter(dated.groupby(["actor", "date"])))
    for lane, actor in enumerate(actors):
        axes.axhline(lane, color=RULE, linewidth=1, zorder=0)
        for day in days:
            if (actor, day) in by_day:
                _mark_events(axes, by_day[actor, day], places[day], lane, words=few)
    _date_axis(axes, [str(d) for d in days], places, few=few)
    axes.set_yticks(range(len(actors)), [drawable(str(a), 28) for a in actors])
    axes.set_ylim(len(actors) - 0.4, -0.6)
    quiet(axes, grid=False)
    _key(axes)
    said(axes, timeline_finding(events))
    return drawn


def _with_day(events: pd.DataFrame) -> pd.DataFrame:
    return events[[_day(str(d)) is not None for d in events["date"]]]


def _day(text: str) -> date | None:
    """Return a full ISO date; None for a month or a year alone."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _number(text: str) -> int:
    found = _day(text)
    return found.toordinal() if found else 0


def _mark_events(axes: Axes, here: pd.DataFrame, x: float, lane: int, *, words: bool) -> None:
    """Mark an actor's demands (filled square, above the line) and answers (hollow circle, below) of a day."""
    demands, answers = here[here["kind"] == "demand"], here[here["kind"] == "answer"]
    if len(demands):
        axes.plot(x, lane, "s", markersize=9, color=SECOND, zorder=3)
    if len(answers):
        size = 9 if not len(demands) else 14
        axes.plot(x, lane, "o", markersize=size, markerfacecolor="none", markeredgecolor=STRONG, markeredgewidth=2)
    if not words:
        return
    texts = [(counted(len(demands), "demand"), (9, 2), "bottom")] if len(demands) else []
    if len(answers):
        stances = Counter(str(s) for s in answers["stance"])
        listing = ", ".join(f"{STANCE_MARKS.get(s, ('', ''))[0]} {s} {number(n)}".strip() for s, n in stances.items())
        texts.append((listing, (9, -2) if len(demands) else (9, 0), "top" if len(demands) else "center"))
    for text, offset, va in texts:
        axes.annotate(
            text, (x, lane), xytext=offset, textcoords="offset points", va=va, color=INK, fontsize=9,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.8},
        )  # fmt: skip


def _date_axis(axes: Axes, days: Sequence[str], places: Mapping[str, float], *, few: bool) -> None:
    """Set the dates: evenly with the days between them written out, or to scale."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    if not few:
        axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: date.fromordinal(max(1, round(v))).isoformat()))
        return
    axes.set_xticks([places[d] for d in days], list(days))
    axes.set_xlim(-0.25, len(days) - 0.1)
    for before, after in pairwise(days):
        gap = counted(_number(after) - _number(before), "day")
        axes.annotate(
            f"← {gap} →", ((places[before] + places[after]) / 2, 0), xycoords=("data", "axes fraction"),
            xytext=(0, -13), textcoords="offset points", ha="center", va="center", color=MUTED, fontsize=9,
        )  # fmt: skip


def _key(axes: Axes) -> None:
    from matplotlib.lines import Line2D

    square = Line2D([], [], marker="s", linestyle="none", markersize=8, color=SECOND, label="demand")
    circle = Line2D(
        [], [], marker="o", linestyle="none", markersize=8, markerfacecolor="none", markeredgecolor=STRONG,
        markeredgewidth=2, label="answer",
    )  # fmt: skip
    axes.legend(
        handles=[square, circle], frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=2, labelcolor=INK
    )


def timeline_finding(events: pd.DataFrame) -> str:
    """Return in words what `timeline` shows: how many demands and answers of whom, and when.

    Parameters
    ----------
    events
        A frame of `corpus_lib.plots.events`.
    """
    if events.empty:
        return "No demands or answers were found."
    dated = _with_day(events)
    parts = []
    for day, here in dated.groupby("date", sort=True):
        groups = [
            f"{counted(len(some), str(kind))} by {shown(str(actor))}"
            for (kind, actor), some in here.groupby(["kind", "actor"])
        ]
        parts.append(f"{day}: {joined(sorted(groups, reverse=True))}")
    if len(parts) > _COLUMNS:
        kinds = Counter(dated["kind"])
        days = sorted(dated["date"])
        total = joined([counted(kinds[k], k) for k in ("demand", "answer") if kinds[k]])
        parts = [f"{total} between {days[0]} and {days[-1]}"]
    left = len(events) - len(dated)
    parts += [f"{number(left)} demands and answers without a day"] if left else []
    return "; ".join(parts) + "."
