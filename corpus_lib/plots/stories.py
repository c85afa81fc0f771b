"""A story over time: its demands in swim lanes with their answers, and how each of them stands from day to day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from corpus_lib.labels import Labels, labels, number
from corpus_lib.plots.answers import STANCE_MARKS, stance_label
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
from corpus_lib.stories import STATES, Story, StoryAnswer, StoryDemand, Told

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STATE_COLOURS: Mapping[str, str] = {
    "open": "#e6e6e6",
    "partly": "#cfe5f7",
    "met": "#9ed9c5",
    "refused": "#fbd08a",
    "withdrawn": "#f3d9ea",
}
"""The colour of each state; its word stands in the bar."""

_STATE_OF = {"accept": "met", "partial": "partly", "condition": "partly", "reject": "refused"}
_NARROW = 12


@dataclass(frozen=True, slots=True)
class _Mark:
    """Something told on a day by a lane's actor, of the demand with a number."""

    lane: str
    day: int
    number: int
    stance: str | None
    first: bool


def story_lanes(story: Story, ax: Axes | None = None, *, most: int = 9, language: str = "en") -> Figure:
    """Draw a story as swim lanes: a lane an actor, its demands as squares, its answers as circles joined to the demand.

    A demand has a number where it is first told; a mark without one tells it again. An answer is joined by a line to
    the last telling of the demand before it, and bears the sign of its stance.

    Parameters
    ----------
    most
        How many actors are shown: those with most demands and answers.
    language
        Of the words in the figure: ``en``, ``nb``, ``nn``.
    """
    t, marks = labels(language), _marks(story)
    if not marks:
        return empty(*axes_of(ax, 6, 1.2), lanes_finding(story, language))
    check_matplotlib()
    busiest = [lane for lane, _ in Counter(m.lane for m in marks).most_common(most)]
    marks = [m for m in marks if m.lane in busiest]
    lanes = list(dict.fromkeys(m.lane for m in marks))
    drawn, axes = axes_of(ax, 11.5, 1.3 + 0.78 * len(lanes))
    heights = _heights(marks, lanes)
    for lane in range(len(lanes)):
        axes.axhline(lane, color=RULE, linewidth=1, zorder=0)
    _join(axes, marks, heights)
    for mark in marks:
        _draw(axes, mark, heights[mark])
    axes.set_yticks(range(len(lanes)), [drawable(name, 26) for name in lanes])
    axes.set_ylim(len(lanes) - 0.4, -0.75)
    _month_axis(axes, [m.day for m in marks], t)
    quiet(axes, grid=False)
    _key(axes, t)
    said(axes, lanes_finding(story, language))
    return drawn


def _marks(story: Story) -> list[_Mark]:
    names = story.names()
    found = []
    for n, demand in enumerate(_numbered(story), start=1):
        for place, told in enumerate(_on_days(demand.told)):
            day = day_number(told.date)
            for actor in demand.actors[:1]:
                if day is not None:
                    found.append(_Mark(names[actor], day, n, None, place == 0))
        for answer in demand.answers:
            day = day_number(answer.date)
            for actor in answer.actors[:1]:
                if day is not None:
                    found.append(_Mark(names[actor], day, n, answer.stance, False))
    return sorted(set(found), key=lambda m: (m.day, m.number, m.stance or ""))


def _on_days(told: Sequence[Told]) -> list[Told]:
    """Return one telling a day."""
    return list({t.date[:10]: t for t in reversed(told) if t.date}.values())[::-1]


def _numbered(story: Story) -> list[StoryDemand]:
    """Return the demands that are told twice or answered, in order of time: those that a figure numbers."""
    return [d for d in story.demands if len(d.told) > 1 or d.answers]


def _heights(marks: Sequence[_Mark], lanes: Sequence[str]) -> dict[_Mark, float]:
    """Return where each mark stands: several of a lane within a few days one above the other."""
    out: dict[_Mark, float] = {}
    last: dict[str, list[tuple[int, int]]] = {}
    for mark in marks:
        taken = {step for day, step in last.get(mark.lane, []) if mark.day - day < 4}
        step = next(s for s in (0, 1, -1, 2, -2, 3) if s not in taken or s == 3)
        last.setdefault(mark.lane, []).append((mark.day, step))
        out[mark] = lanes.index(mark.lane) + 0.17 * step
    return out


def _join(axes: Axes, marks: Sequence[_Mark], heights: Mapping[_Mark, float]) -> None:
    for mark in marks:
        if mark.stance is None:
            continue
        before = [m for m in marks if m.number == mark.number and m.stance is None and m.day <= mark.day]
        if before:
            last = before[-1]
            style = "solid" if mark.stance != "none" else "dotted"
            axes.plot(
                [last.day, mark.day],
                [heights[last], heights[mark]],
                color=MUTED,
                linewidth=0.7,
                linestyle=style,
                zorder=1,
            )


def _draw(axes: Axes, mark: _Mark, height: float) -> None:
    if mark.stance is None:
        face = SECOND if mark.first else PAPER
        axes.plot(mark.day, height, "s", markersize=11, markerfacecolor=face, markeredgecolor=SECOND, zorder=3)
        ink = PAPER if mark.first else SECOND
        axes.text(mark.day, height, str(mark.number), ha="center", va="center", fontsize=7, color=ink, zorder=4)
        return
    sign, fill = STANCE_MARKS[mark.stance]
    ink = INK if fill == PAPER else CELL_INK
    axes.plot(mark.day, height, "o", markersize=12, markerfacecolor=fill, markeredgecolor=STRONG, zorder=3)
    axes.text(mark.day, height, f"{sign}{mark.number}", ha="center", va="center", fontsize=6.5, color=ink, zorder=4)


def _month_axis(axes: Axes, days: Sequence[int], t: Labels) -> None:
    first, last = min(days), max(days)
    space = max(3, (last - first) // 30)
    starts = [d for d in range(first - space, last + space + 1) if date.fromordinal(d).day == 1]
    if 1 < len(starts) <= 2 * _NARROW:
        axes.set_xticks(starts, [_month(d, d == starts[0], t) for d in starts])
        for day in starts:
            axes.axvline(day, color=RULE, linewidth=0.6, zorder=0)
    else:
        ticks = sorted({first, (first + last) // 2, last})
        axes.set_xticks(ticks, [date.fromordinal(d).isoformat() for d in ticks])
    axes.set_xlim(first - space, last + space)


def _month(day: int, with_year: bool, t: Labels) -> str:
    when = date.fromordinal(day)
    year = f"\n{when.year}" if with_year or when.month == 1 else ""
    return f"{t(f'month.{when.month}')}{year}"


def _key(axes: Axes, t: Labels) -> None:
    from matplotlib.lines import Line2D

    def mark(shape: str, face: str, edge: str, label: str) -> Line2D:
        return Line2D(
            [],
            [],
            marker=shape,
            linestyle="none",
            markersize=8,
            markerfacecolor=face,
            markeredgecolor=edge,
            label=label,
        )

    signs = [f"{sign} {stance_label(stance, t)}" for stance, (sign, _) in STANCE_MARKS.items()]
    half = -(-len(signs) // 2)
    told = "\n".join("  ".join(line) for line in (signs[:half], signs[half:]))
    handles = [
        mark("s", SECOND, SECOND, t("story.first_told")),
        mark("s", PAPER, SECOND, t("story.told_again")),
        mark("o", "none", STRONG, t("story.answer", signs=told)),
    ]
    axes.legend(
        handles=handles, frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=3, labelcolor=INK, fontsize=8.5
    )


def lanes_finding(story: Story, language: str = "en") -> str:
    """Return in words what `story_lanes` shows: who demands and answers how often, and between which days.

    Parameters
    ----------
    language
        In which it is told.
    """
    t, marks = labels(language), _marks(story)
    if not marks:
        return t("story.no_days")
    names, days = story.names(), sorted(m.day for m in marks)
    demanding = Counter(names[a] for d in _numbered(story) for a in d.actors[:1])
    answering = Counter(names[a] for r in story.answers() for a in r.actors[:1])
    most = [f"{shown(n)} {number(k)}" for n, k in demanding.most_common(3)]
    answers = [f"{shown(n)} {number(k)}" for n, k in answering.most_common(3)]
    first, last = (date.fromordinal(day).isoformat() for day in (days[0], days[-1]))
    demanded = t("count.demands", n=len(_numbered(story)))
    answered = t("count.answers", n=sum(answering.values()))
    parts = [
        t("story.lanes", demands=demanded, answers=answered, first=first, last=last),
        t("story.most_demands", parts=t.joined(most)) if most else "",
        t("story.most_answers", parts=t.joined(answers)) if answers else "",
    ]
    return "; ".join(p for p in parts if p) + "."


def state_chart(story: Story, ax: Axes | None = None, *, most: int = 20, language: str = "en") -> Figure:
    """Draw how each demand of a story stands from day to day: a bar from its first telling, coloured by its state.

    Parameters
    ----------
    most
        How many demands are shown: those told and answered most.
    language
        Of the words in the figure: ``en``, ``nb``, ``nn``.
    """
    t = labels(language)
    demands = [d for d in _numbered(story) if day_number(d.date) is not None]
    if not demands:
        return empty(*axes_of(ax, 6, 1.2), states_finding(story, language))
    check_matplotlib()
    weight = sorted(demands, key=lambda d: -(len(d.told) + len(d.answers)))[:most]
    demands = [d for d in demands if d in weight]
    names = story.names()
    last = max(d for a in story.articles if (d := day_number(a.date)) is not None) + 3
    drawn, axes = axes_of(ax, 11.5, 1.1 + 0.36 * len(demands))
    for row, demand in enumerate(demands):
        _bar(axes, demand, row, last, t)
    called = [
        drawable(f"{n}  {names[d.actors[0]] if d.actors else t('speaker.unknown_actor')}: {d.content}", 62)
        for n, d in enumerate(_numbered(story), start=1)
        if d in demands
    ]
    axes.set_yticks(range(len(demands)), called, fontsize=8.5)
    axes.set_ylim(len(demands) - 0.4, -0.6)
    _month_axis(axes, [day_number(d.date) or last for d in demands] + [last], t)
    quiet(axes, grid=False)
    _states_key(axes, t)
    said(axes, states_finding(story, language))
    return drawn


def _states_key(axes: Axes, t: Labels) -> None:
    from matplotlib.patches import Patch

    patches = [
        Patch(facecolor=colour, edgecolor=MUTED, linewidth=0.5, label=t(f"state.{state}"))
        for state, colour in STATE_COLOURS.items()
    ]
    axes.legend(handles=patches, frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=5, labelcolor=INK)


def _bar(axes: Axes, demand: StoryDemand, row: int, last: int, t: Labels) -> None:
    steps = _steps(demand, last)
    for start, end, state in steps:
        axes.barh(row, end - start, left=start, height=0.62, color=STATE_COLOURS[state], edgecolor=MUTED, linewidth=0.5)
        if end - start >= _NARROW:
            axes.text(start + 1.2, row, t(f"state.{state}"), va="center", ha="left", fontsize=8, color=CELL_INK)
    for told in demand.told:
        if (day := day_number(told.date)) is not None:
            axes.plot(day, row + 0.36, "|", color=INK, markersize=4, zorder=3)


def _steps(demand: StoryDemand, last: int) -> list[tuple[int, int, str]]:
    """Return from which day to which a demand stood how."""
    first = day_number(demand.date)
    assert first is not None
    changes = [(first, "open")]
    for answer in demand.answers:
        day = day_number(answer.date)
        state = _state_after(answer, demand)
        if day is not None and state is not None and state != changes[-1][1]:
            changes.append((max(day, changes[-1][0]), state))
    ends = [day for day, _ in changes[1:]] + [max(last, changes[-1][0] + 1)]
    return [(day, end, state) for (day, state), end in zip(changes, ends, strict=True) if end > day]


def _state_after(answer: StoryAnswer, demand: StoryDemand) -> str | None:
    if set(answer.actors) & set(demand.actors) and not answer.called_on:
        return "withdrawn" if answer.stance == "reject" else None
    return _STATE_OF.get(answer.stance) if answer.called_on else None


def states_finding(story: Story, language: str = "en") -> str:
    """Return in words what `state_chart` shows: how many demands end in each state, and which are met.

    Parameters
    ----------
    language
        In which it is told.
    """
    t = labels(language)
    demands = _numbered(story)
    if not any(day_number(d.date) is not None for d in demands):
        return t("story.no_states")
    counts = Counter(d.state for d in demands)
    states = t.joined([f"{number(counts[s])} {t(f'state.{s}')}" for s in STATES if counts[s]])
    met = [f"«{shown(d.content, 48)}»" for d in demands if d.state == "met"][:3]
    told = t("story.states", demands=t("count.demands", n=len(demands)), parts=states)
    return f"{told} {t('story.states_met', parts=t.joined(met))}" if met else told
