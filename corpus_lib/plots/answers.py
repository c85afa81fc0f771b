"""Demands and answers: the matrix, and when they came."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus_lib.labels import Labels, labels, number
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
    day_number,
    drawable,
    empty,
    quiet,
    said,
    shown,
)

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

_NBSP = "\u00a0"
_LETTERS = 44
"""Of the stances of a day in a line of text."""
_COLUMNS = 6
"""As many dates have a column of their own; with more the axis is to scale."""


def demand_matrix(comparison: pd.DataFrame, ax: Axes | None = None, *, language: str = "en") -> Figure:
    """Draw demands × actors → stances; each cell carries its words, not colour alone; nothing is cut.

    Parameters
    ----------
    comparison
        The matrix of ``Analysis.comparison()``, or with every answer that of `corpus_lib.plots.answers_of`, whose
        cells hold several stances parted by ``; ``. Actors that do not fit beside each other stand below.
    language
        Of the words in the figure: ``en``, ``nb``, ``nn``.
    """
    t = labels(language)
    if not comparison.size:
        return empty(*axes_of(ax, 6, 1.2), matrix_finding(comparison, language))
    check_matplotlib()
    rows = _rows_of(comparison, t)
    actors = len(comparison.columns)
    panels = [range(start, min(start + _WIDE, actors)) for start in range(0, actors, _WIDE)]
    height = sum(r.height for r in rows) + _HEAD
    drawn, axes = axes_of(ax, 4.6 + _CELL * min(actors, _WIDE), 0.2 + height * len(panels))
    top = 0.0
    for panel in panels:
        _panel(axes, comparison, rows, panel, top, t)
        top += height
    axes.set_xlim(-4.4 / _CELL, min(actors, _WIDE))
    axes.set_ylim(top, 0)
    axes.set_axis_off()
    said(axes, matrix_finding(comparison, language))
    return drawn


@dataclass(frozen=True, slots=True)
class _Row:
    """A demand in the figure: its lines of text, and how high it is in inches."""

    lines: tuple[str, ...]
    height: float


_WIDE = 6
"""As many actors stand beside each other."""
_CELL, _HEAD, _LINE = 1.5, 0.75, 0.19
"""In inches: how wide a cell is, how high the names above are, and a line of text."""


def _rows_of(comparison: pd.DataFrame, t: Labels) -> list[_Row]:
    found = []
    for place, (_, by, content) in enumerate(comparison.index):
        text = f"{by or t('speaker.unknown_actor')}: {content}"
        lines = tuple(textwrap.wrap(drawable(text, _LONGEST), 46)) or ("",)
        stances = max(str(v).count(_BETWEEN) + 1 for v in comparison.iloc[place])
        found.append(_Row(lines, 0.18 + max(0.34, _LINE * len(lines), 0.3 * stances)))
    return found


_LONGEST = 600
_MOST_TOLD = 8
"""As many actors are named in the sentence; the figure has them all."""
_BETWEEN = "; "


def _panel(axes: Axes, comparison: pd.DataFrame, rows: Sequence[_Row], columns: range, top: float, t: Labels) -> None:
    """Draw the cells of some actors, their names above."""
    for x, column in enumerate(columns):
        name = "\n".join(textwrap.wrap(drawable(str(comparison.columns[column]), 60), 19)[:4])
        axes.text(x + 0.5, top + _HEAD - 0.1, name, ha="center", va="bottom", color=INK)
    y = top + _HEAD
    for number_, row in enumerate(rows):
        axes.text(-0.08, y + row.height / 2, "\n".join(row.lines), ha="right", va="center", color=INK, linespacing=1.25)
        for x, column in enumerate(columns):
            _draw_cell(axes, str(comparison.iloc[number_, column]), x, y, row.height, t)
        y += row.height


def _draw_cell(axes: Axes, cell: str, x: int, y: float, height: float, t: Labels) -> None:
    """Draw a cell with a band for each stance in it."""
    from matplotlib.patches import Rectangle

    stances = cell.split(_BETWEEN)
    for n, stance in enumerate(stances):
        mark, colour = STANCE_MARKS.get(stance, ("", "none"))
        plain = stance in ("", "none", "not found")
        band = height / len(stances)
        fill = "none" if plain else colour
        axes.add_patch(Rectangle((x, y + n * band), 1, band, facecolor=fill, edgecolor="none"))
        words = f"{mark} {stance_label(stance, t)}".strip()
        words = "\n".join(textwrap.wrap(words, 19))
        axes.text(
            x + 0.5,
            y + (n + 0.5) * band,
            words,
            ha="center",
            va="center",
            color=MUTED if plain else CELL_INK,
            fontsize=9,
        )
    axes.add_patch(Rectangle((x, y), 1, height, facecolor="none", edgecolor=RULE, linewidth=1))


def stance_label(stance: str, t: Labels) -> str:
    """Return the word of a stance; «not found» has one of its own, an empty cell none.

    >>> stance_label("not found", labels("nb")), stance_label("reject", labels("en")), stance_label("", labels("nb"))
    ('ikke funnet', 'refuses', '')
    """
    return t(f"stance.{stance.replace(' ', '_')}") if stance else ""


def matrix_finding(comparison: pd.DataFrame, language: str = "en") -> str:
    """Return in words what `demand_matrix` shows: how each actor answers.

    Parameters
    ----------
    comparison
        The matrix of ``Analysis.comparison()`` or of `corpus_lib.plots.answers_of`.
    language
        Of the sentence: ``en``, ``nb``, ``nn``.
    """
    t = labels(language)
    if not len(comparison):
        return t("finding.no_demands")
    demands = t("count.demands", n=len(comparison))
    if not len(comparison.columns):
        return t("finding.unaddressed", demands=demands)
    answering: list[str] = []
    silent: list[str] = []
    for place, actor in enumerate(comparison.columns):
        stances = Counter(s for cell in comparison.iloc[:, place] if cell for s in str(cell).split(_BETWEEN))
        given = t.joined([f"{stance_label(s, t)} {number(n)}" for s, n in stances.most_common()])
        (silent if set(stances) <= {"none", "not found"} else answering).append(f"{shown(str(actor))}: {given}")
    parts = [*answering, *silent]
    parts = parts if len(parts) <= _MOST_TOLD else [*parts[:_MOST_TOLD], t("count.others", n=len(parts) - _MOST_TOLD)]
    return t("finding.matrix", demands=demands, parts="; ".join(parts))


def timeline(events: pd.DataFrame, ax: Axes | None = None, *, most: int = 12, language: str = "en") -> Figure:
    """Draw demands and answers by date, a line for each actor.

    Parameters
    ----------
    events
        A frame of `corpus_lib.plots.events`; what has no date is left out, and counted in the text.
    most
        How many actors are shown: those with most demands and answers.
    language
        Of the words in the figure: ``en``, ``nb``, ``nn``.
    """
    t = labels(language)
    dated = _with_day(events)
    if dated.empty:
        return empty(*axes_of(ax, 6, 1.2), timeline_finding(events, language))
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
                _mark_events(axes, by_day[actor, day], places[day], lane, t if few else None)
    _date_axis(axes, [str(d) for d in days], places, t if few else None)
    axes.set_yticks(range(len(actors)), [drawable(str(a), 28) for a in actors])
    axes.set_ylim(len(actors) - 0.4, -0.6)
    quiet(axes, grid=False)
    _key(axes, t)
    said(axes, timeline_finding(events, language))
    return drawn


def _with_day(events: pd.DataFrame) -> pd.DataFrame:
    return events[[day_number(str(d)) is not None for d in events["date"]]]


def _number(text: str) -> int:
    return day_number(text) or 0


def _mark_events(axes: Axes, here: pd.DataFrame, x: float, lane: int, t: Labels | None) -> None:
    """Mark an actor's demands (filled square, above the line) and answers (hollow circle, below) of a day."""
    demands, answers = here[here["kind"] == "demand"], here[here["kind"] == "answer"]
    if len(demands):
        axes.plot(x, lane, "s", markersize=9, color=SECOND, zorder=3)
    if len(answers):
        size = 9 if not len(demands) else 14
        axes.plot(x, lane, "o", markersize=size, markerfacecolor="none", markeredgecolor=STRONG, markeredgewidth=2)
    if t is None:
        return
    texts = [(t("count.demands", n=len(demands)), (9, 2), "bottom")] if len(demands) else []
    if len(answers):
        stances = Counter(str(s) for s in answers["stance"])
        listing = ", ".join(
            f"{STANCE_MARKS.get(s, ('', ''))[0]} {stance_label(s, t)} {number(n)}".strip().replace(" ", _NBSP)
            for s, n in stances.items()
        )
        listing = textwrap.fill(listing, _LETTERS, break_long_words=False)  # a stance and its number stay together
        texts.append((listing, (9, -2) if len(demands) else (9, 0), "top" if len(demands) else "center"))
    for text, offset, va in texts:
        axes.annotate(
            text, (x, lane), xytext=offset, textcoords="offset points", va=va, color=INK, fontsize=9,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.8},
        )  # fmt: skip


def _date_axis(axes: Axes, days: Sequence[str], places: Mapping[str, float], t: Labels | None) -> None:
    """Set the dates: evenly with the days between them written out, or to scale where no texts are given."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    if t is None:
        axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _: date.fromordinal(max(1, round(v))).isoformat()))
        return
    axes.set_xticks([places[d] for d in days], list(days))
    axes.set_xlim(-0.25, len(days) - 0.1)
    for before, after in pairwise(days):
        gap = t("count.days", n=_number(after) - _number(before))
        axes.annotate(
            f"← {gap} →", ((places[before] + places[after]) / 2, 0), xycoords=("data", "axes fraction"),
            xytext=(0, -13), textcoords="offset points", ha="center", va="center", color=MUTED, fontsize=9,
        )  # fmt: skip


def _key(axes: Axes, t: Labels) -> None:
    from matplotlib.lines import Line2D

    square = Line2D([], [], marker="s", linestyle="none", markersize=8, color=SECOND, label=t("figure.demand"))
    circle = Line2D(
        [], [], marker="o", linestyle="none", markersize=8, markerfacecolor="none", markeredgecolor=STRONG,
        markeredgewidth=2, label=t("figure.answer"),
    )  # fmt: skip
    axes.legend(
        handles=[square, circle], frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=2, labelcolor=INK
    )


def timeline_finding(events: pd.DataFrame, language: str = "en") -> str:
    """Return in words what `timeline` shows: how many demands and answers of whom, and when.

    Parameters
    ----------
    events
        A frame of `corpus_lib.plots.events`.
    language
        Of the sentence: ``en``, ``nb``, ``nn``.
    """
    t = labels(language)
    if events.empty:
        return t("finding.no_events")
    dated = _with_day(events)
    parts = []
    for day, here in dated.groupby("date", sort=True):
        groups = [
            t(f"finding.{kind}s_by", n=len(some), who=shown(str(actor)))
            for (kind, actor), some in sorted(here.groupby(["kind", "actor"]), key=lambda g: g[0], reverse=True)
        ]
        parts.append(f"{day}: {t.joined(groups)}")
    if len(parts) > _COLUMNS:
        kinds, days = Counter(dated["kind"]), sorted(dated["date"])
        total = t.joined([t(f"count.{k}s", n=kinds[k]) for k in ("demand", "answer") if kinds[k]])
        parts = [t("finding.between_days", what=total, first=days[0], last=days[-1])]
    left = len(events) - len(dated)
    parts += [t("finding.no_day", n=left)] if left else []
    return "; ".join(parts) + "."
