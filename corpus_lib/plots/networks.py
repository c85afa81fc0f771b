"""Who speaks about whom and who demands of whom: actors on a circle, arrows between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, pi, sin
from typing import TYPE_CHECKING

from corpus_lib.labels import Labels, labels, number
from corpus_lib.plots.style import INK, MUTED, PAPER, STRONG, axes_of, drawable, empty, said, shown

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Weights = Mapping[tuple[str, str], int]

_SWAPS = 300
_REACH = 0.8 * pi
"""How much of the circle a side takes."""
_MOST_SAID = 4


def speaking_network(
    edges: pd.DataFrame, ax: Axes | None = None, *, most: int = 12, seed: int = 0, language: str = "en"
) -> Figure:
    """Draw who names whom in quotations: an arrow's number and width say how often.

    Filled points speak, hollow ones are only spoken about.

    Parameters
    ----------
    edges
        A frame of `corpus_lib.plots.speaking_about`.
    most
        How many actors are shown: those of the heaviest arrows.
    seed
        Of the search for an order on the circle with few crossings.
    language
        Of the words in the figure: ``en``, ``nb``, ``nn``.
    """
    t = labels(language)
    weights = _weights(edges, "speaker", "about", "mentions")
    roles = t("figure.speaks"), t("figure.spoken_about")
    return _circle(weights, ax, speaking_finding(edges, language), roles, t, most, seed)


def demand_graph(
    edges: pd.DataFrame, ax: Axes | None = None, *, most: int = 12, seed: int = 0, language: str = "en"
) -> Figure:
    """Draw who demands of whom: an arrow's number and width say how many demands.

    Filled points demand, hollow ones are only addressed.

    Parameters
    ----------
    edges
        A frame of `corpus_lib.plots.demanding_of`.
    most
        How many actors are shown: those of the heaviest arrows.
    seed
        Of the search for an order on the circle with few crossings.
    language
        Of the words in the figure: ``en``, ``nb``, ``nn``.
    """
    t = labels(language)
    weights = _weights(edges, "actor", "addressee", "demands")
    roles = t("figure.demands"), t("figure.addressed")
    return _circle(weights, ax, demanding_finding(edges, language), roles, t, most, seed)


def _weights(edges: pd.DataFrame, source: str, target: str, weight: str) -> dict[tuple[str, str], int]:
    return {(str(a), str(b)): int(n) for a, b, n in zip(edges[source], edges[target], edges[weight], strict=True)}


def _circle(
    weights: Weights, ax: Axes | None, finding: str, roles: tuple[str, str], t: Labels, most: int, seed: int
) -> Figure:
    if not weights:
        return empty(*axes_of(ax, 6.5, 1.2), finding)
    kept = _heaviest(weights, most)
    names = list(dict.fromkeys(name for pair in kept for name in pair))
    acting = [name for name in names if any(name == source for source, _ in kept)]
    places = circle_places(acting, [name for name in names if name not in acting], kept, seed=seed)
    largest_side = max(len(acting), len(names) - len(acting))
    drawn, axes = axes_of(ax, 7.2, 1.3 + 0.42 * max(2, largest_side))
    axes.set_xlim(-2.0, 2.0)
    axes.set_ylim(-1.15, 1.15)
    largest = max(kept.values())
    for (source, target), weight in sorted(kept.items(), key=lambda item: -item[1]):
        _arrow(axes, places[source], places[target], weight, largest)
    for name, (x, y) in places.items():
        face = STRONG if name in acting else PAPER
        axes.plot(x, y, "o", markersize=13, markerfacecolor=face, markeredgecolor=STRONG, markeredgewidth=2, zorder=4)
        _name(axes, name, x, y)
    axes.set_axis_off()
    _roles(axes, roles, t, left=len({name for pair in weights for name in pair}) - len(names))
    said(axes, finding)
    return drawn


def _heaviest(weights: Weights, most: int) -> dict[tuple[str, str], int]:
    """Return the heaviest arrows among as many actors as may be shown."""
    kept: dict[tuple[str, str], int] = {}
    there: set[str] = set()
    for pair, weight in sorted(weights.items(), key=lambda item: -item[1]):
        if len(there.union(pair)) <= most:
            there.update(pair)
            kept[pair] = weight
    return kept


def circle_places(
    acting: Sequence[str], others: Sequence[str], weights: Weights, *, seed: int = 0
) -> dict[str, tuple[float, float]]:
    """Return places on a circle: who acts on the left, the others on the right, in an order with few crossings.

    Parameters
    ----------
    seed
        Of the search: swaps within a side that do not cross more are kept.

    Examples
    --------
    >>> places = circle_places(["a", "b"], ["c", "d"], {("a", "d"): 1, ("b", "c"): 1})
    >>> places["a"][1] > places["b"][1], places["d"][1] > places["c"][1]
    (True, True)
    """
    import numpy as np

    sides = [list(acting), list(others)]
    random = np.random.default_rng(seed)
    best = _crossings(sides, weights)
    for _ in range(_SWAPS if len(weights) > 1 else 0):
        side = sides[int(random.integers(2))]
        if not best or len(side) < 2:
            continue
        i, j = random.choice(len(side), 2, replace=False)
        side[i], side[j] = side[j], side[i]
        crossings = _crossings(sides, weights)
        if crossings <= best:
            best = crossings
        else:
            side[i], side[j] = side[j], side[i]
    return _angles(sides[0], pi) | _angles(sides[1], 0)


def _crossings(sides: Sequence[Sequence[str]], weights: Weights) -> int:
    """Return how many pairs of arrows cross, each pair as often as both weigh together."""
    around = [*sides[0], *reversed(sides[1])]
    place = {name: n for n, name in enumerate(around)}
    chords = [(*sorted((place[a], place[b])), w) for (a, b), w in weights.items()]
    return sum(
        v + w
        for n, (low, high, v) in enumerate(chords)
        for start, end, w in chords[:n]
        if low < start < high < end or start < low < end < high
    )


def _angles(side: Sequence[str], middle: float) -> dict[str, tuple[float, float]]:
    """Return places from top to bottom on one side of a circle."""
    step = _REACH / max(1, len(side) - 1)
    turn = 1 if middle else -1
    angles = [middle + turn * (step * n - (_REACH / 2 if len(side) > 1 else 0)) for n in range(len(side))]
    return {name: (cos(a), sin(a)) for name, a in zip(side, angles, strict=True)}


def _arrow(axes: Axes, source: tuple[float, float], target: tuple[float, float], weight: int, largest: int) -> None:
    """Draw a bent arrow, so that there and back lie apart, with its number two thirds of the way."""
    from matplotlib.patches import FancyArrowPatch

    bend = 0.16
    arrow = FancyArrowPatch(
        source, target, connectionstyle=f"arc3,rad={bend}", arrowstyle="-|>", mutation_scale=13,
        linewidth=1 + 3 * weight / largest, color=MUTED, shrinkA=9, shrinkB=11, zorder=2,
    )  # fmt: skip
    axes.add_patch(arrow)
    (x0, y0), (x1, y1) = source, target
    steep = _steepness(axes)
    control = ((x0 + x1) / 2 + bend * (y1 - y0) * steep, (y0 + y1) / 2 - bend * (x1 - x0) / steep)
    t = 0.64
    x, y = (
        (1 - t) ** 2 * start + 2 * t * (1 - t) * middle + t**2 * end
        for start, middle, end in zip(source, control, target, strict=True)
    )
    axes.text(
        x, y, number(weight), ha="center", va="center", color=INK, fontsize=9, zorder=3,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.2},
    )  # fmt: skip


def _steepness(axes: Axes) -> float:
    """Return how much longer a step up is drawn than the same step to the right: arrows bend as they are drawn."""
    drawn, place = axes.get_figure(root=True), axes.get_position()
    assert drawn is not None
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    height = place.height * drawn.get_figheight() / (top - bottom)
    return float(height / (place.width * drawn.get_figwidth() / (right - left)))


def _name(axes: Axes, name: str, x: float, y: float) -> None:
    """Write a name outside the circle."""
    side = "left" if x > 0 else "right"
    axes.annotate(
        drawable(name, 24), (x, y), xytext=(13 if x > 0 else -13, 0), textcoords="offset points", ha=side, va="center",
        color=INK,
    )  # fmt: skip


def _roles(axes: Axes, roles: tuple[str, str], t: Labels, *, left: int) -> None:
    """Say what the points mean, and how many actors are not shown."""
    from matplotlib.lines import Line2D

    points = [
        Line2D(
            [], [], marker="o", linestyle="none", markersize=9, markerfacecolor=face, markeredgecolor=STRONG,
            markeredgewidth=2, label=label,
        )
        for face, label in zip((STRONG, PAPER), roles, strict=True)
    ]  # fmt: skip
    title = t("figure.actors_more", n=left) if left else None
    axes.legend(
        handles=points, frameon=False, loc="upper center", bbox_to_anchor=(0.5, 0), ncols=2, labelcolor=INK, fontsize=9,
        title=title, title_fontsize=9, alignment="center",
    )  # fmt: skip


def speaking_finding(edges: pd.DataFrame, language: str = "en") -> str:
    """Return in words what `speaking_network` shows: who names whom most often.

    Parameters
    ----------
    edges
        A frame of `corpus_lib.plots.speaking_about`.
    language
        Of the sentence: ``en``, ``nb``, ``nn``.
    """
    t = labels(language)
    if edges.empty:
        return t("finding.speaks_alone")
    weights = _weights(edges, "speaker", "about", "mentions")
    parts = [
        t("finding.speaking", who=shown(a), about=shown(b), times=t("count.times", n=n))
        for (a, b), n in list(weights.items())[:_MOST_SAID]
    ]
    return _ranked(t("finding.speaking_lead"), parts, len(weights), t)


def demanding_finding(edges: pd.DataFrame, language: str = "en") -> str:
    """Return in words what `demand_graph` shows: who demands most of whom, and what is answered.

    Parameters
    ----------
    edges
        A frame of `corpus_lib.plots.demanding_of`.
    language
        Of the sentence: ``en``, ``nb``, ``nn``.
    """
    t = labels(language)
    if edges.empty:
        return t("finding.asks_nobody")
    columns = [edges[c].tolist() for c in ("actor", "addressee", "demands", "answered")]
    parts = [
        t(
            "finding.demanding", who=shown(actor), whom=shown(addressee), demands=t("count.demands", n=demands),
            answered=answered,
        )
        for actor, addressee, demands, answered in list(zip(*columns, strict=True))[:_MOST_SAID]
    ]  # fmt: skip
    return _ranked(t("finding.demanding_lead"), parts, len(edges), t)


def _ranked(lead: str, parts: Sequence[str], total: int, t: Labels) -> str:
    more = f"; {t('finding.more_pairs', n=total - len(parts))}" if total > len(parts) else ""
    listing = t.joined(parts) if not more and all("," not in p for p in parts) else "; ".join(parts)
    return f"{lead}: {listing}{more}."
