"""Which words stand near a word more than chance would have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corpus_lib.errors import BadWindow, EmptySelection, UnknownMeasure, WordsError
from corpus_lib.words import association as a
from corpus_lib.words.asked import with_older_names
from corpus_lib.words.association import Table
from corpus_lib.words.distributions import benjamini_hochberg, chi2_tail, holm
from corpus_lib.words.query import Kind, find
from corpus_lib.words.result import Result
from corpus_lib.words.rows import at_least, frame_of, head_of, notes_on
from corpus_lib.words.selection import Selection

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corpus_lib.words.positions import Positions

    Floats = NDArray[np.float64]

MEASURES: Mapping[str, Callable[[Table], Floats]] = {
    "log_dice": a.log_dice,
    "dice": a.dice,
    "mi": a.mi,
    "mi3": a.mi3,
    "t": a.t_score,
    "z": a.z_score,
    "g2": a.g2_signed,
    "log_ratio": a.log_ratio,
    "delta_p": a.delta_p,
    "delta_p_reverse": a.delta_p_reverse,
    "jaccard": a.jaccard,
    "minimum_sensitivity": a.minimum_sensitivity,
    "simple_ll": a.simple_ll,
    "conservative_log_ratio": a.conservative_log_ratio,
}
"""The measures of collocation by name."""

_BY_NODE = frozenset({"log_dice", "dice", "jaccard", "minimum_sensitivity"})
"""Measures that compare the pair with the node's own count, and not with the tokens near it (Rychlý 2008)."""

_SHOWN = ("log_dice", "mi", "mi3", "t", "z", "g2", "log_ratio", "dice", "delta_p", "delta_p_reverse")


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """What stands near a node.

    `positions` are the places near it, in order, and `at` the layer's number at each; `numbers` are the different
    ones, `together` how often each is near, `counts` how often it stands at all.
    """

    positions: NDArray[np.int64]
    at: NDArray[np.int32]
    numbers: NDArray[np.int64]
    together: NDArray[np.int64]
    counts: NDArray[np.int64]
    node: int
    total: int

    def table(self, measure: str, rows: NDArray[np.intp]) -> Table:
        """Return the tables of some of the numbers, as a measure reads them."""
        size = self.node if measure in _BY_NODE else int(self.together.sum())
        return Table.of_pairs(self.together[rows], size, self.counts[rows], self.total)

    def where(self, row: int) -> NDArray[np.int64]:
        """Return the places near the node where a number stands."""
        return np.asarray(self.positions[self.at == self.numbers[row]])


@with_older_names
def collocates(
    index: Positions,
    node: str,
    *,
    measure: str = "log_dice",
    left: int = 5,
    right: int = 5,
    layer: str = "lower",
    node_layer: str | None = None,
    kind: Kind = "words",
    selection: Selection | None = None,
    min_count: int = 5,
    top: int | None = 100,
    punctuation: bool = False,
    stop_words: Iterable[str] = (),
) -> Result:
    """Return the words near a node, the strongest first.

    Parameters
    ----------
    node
        What is looked for; see `corpus_lib.words.query.find`.
    measure
        What orders the rows; one of `MEASURES`.
    left, right
        How many words before and after count as near; one of them may be 0.
    layer, node_layer
        What is counted, and what the node is looked for in.
    selection
        A part of the index; None is all of it.
    min_count, top
        How often a word must stand near the node, and how many rows are shown; None shows all. Older names:
        ``least``, ``most``.
    punctuation
        Whether punctuation marks take up places of the window; the index must have been built with them.
    stop_words
        Words left out of the table, such as ``stop_words("nb")``; they still take up places of the window. Older
        name: ``without``.

    Raises
    ------
    BadWindow
        If the window holds no word.
    UnknownMeasure
        If there is no such measure.
    EmptySelection
        If the node is nowhere.
    """
    if left < 0 or right < 0 or left + right < 1:
        raise BadWindow(f"expected a window of at least 1 word, found {left} to the left and {right} to the right")
    at_least("min_count", min_count, 0)
    at_least("top", top, 0)
    if measure not in MEASURES:
        raise UnknownMeasure(f"no measure of collocation {measure!r}; there are {', '.join(MEASURES)}")
    near = _near(index, node, left, right, layer, node_layer or layer, kind, selection, punctuation)
    left_out = index.layer(layer).strings.places(stop_words)
    kept = np.flatnonzero((near.together >= max(1, min_count)) & ~np.isin(near.numbers, left_out))
    scores = MEASURES[measure](near.table(measure, kept))
    rows = kept[head_of(-scores, near.together[kept], top)]
    columns = _columns(index, near, rows, measure, layer, len(kept))
    chosen = selection or index.whole
    return Result(
        title=f"Collocates of {node}: {chosen.label}",
        description=f"Words within {left} before and {right} after {near.node} places of {node!r}, by {measure}.",
        notes=(
            *notes_on(index, layer, chosen),
            f"The window counts {'punctuation marks too' if punctuation else 'words alone'}, passes sentences but "
            "no document's edge; a token near two nodes counts once; the node itself is no collocate of its own place.",
            f"The first row is the {near.together.sum()} tokens near the node (Evert 2008); for Dice, logDice and "
            "kin the node's own count (Rychlý 2008). MI and log ratio in bits; g2 has four cells (Dunning 1993), "
            "negative where rarer than expected; delta_p is P(word | node) − P(word | elsewhere) (Gries 2013).",
            f"p: chi-squared tail of |g2|, adjusted for the {len(kept)} words that stand near at least {min_count} "
            "times.",
        ),
        frame=frame_of(columns),
        find=lambda row: near.where(int(rows[row])),
        index=index,
    )


def _columns(
    index: Positions, near: Near, rows: NDArray[np.intp], measure: str, layer: str, tests: int
) -> dict[str, object]:
    from corpus_lib.words.dispersion import documents_with, dp_norm, spread_at

    table = near.table("g2", rows)
    sizes = np.diff(np.searchsorted(near.positions, index.bounds))
    s = spread_at(index, _grouped(near, rows), sizes)
    low, high = a.log_ratio_interval(table)
    p = chi2_tail(np.abs(a.g2_signed(table)))
    columns: dict[str, object] = {
        "word": index.layer(layer).strings.take(near.numbers[rows]),
        "together": near.together[rows],
        "expected": table.e11,
        "count": near.counts[rows],
        "documents": documents_with(s).astype(np.int64),
        "dp_norm": dp_norm(s),
    }
    for name in dict.fromkeys((measure, *_SHOWN)):
        columns[name] = MEASURES[name](near.table(name, rows))
    return columns | {
        "low": low, "high": high, "p": p, "p_holm": holm(p, tests), "p_bh": benjamini_hochberg(p, tests)
    }  # fmt: skip


def _grouped(near: Near, rows: NDArray[np.intp]) -> list[NDArray[np.int64]]:
    """Return the places of each of some rows, in one pass over all places."""
    if not len(near.numbers):
        return [np.zeros(0, dtype=np.int64) for _ in rows]
    row_of = np.full(len(near.numbers), -1, dtype=np.int32)
    row_of[rows] = np.arange(len(rows), dtype=np.int32)
    group = row_of[np.searchsorted(near.numbers, near.at)] if len(near.at) < len(near.numbers) * 4 else None
    if group is None:
        table = np.full(int(near.numbers[-1]) + 1, -1, dtype=np.int32)
        table[near.numbers[rows]] = np.arange(len(rows), dtype=np.int32)
        group = table[near.at]
    hits = np.flatnonzero(group >= 0)
    order = np.argsort(group[hits], kind="stable")
    ends = np.cumsum(np.bincount(group[hits], minlength=len(rows)))
    return np.split(near.positions[hits[order]], ends[:-1]) if len(rows) else []


def _near(
    index: Positions,
    node: str,
    left: int,
    right: int,
    layer: str,
    node_layer: str,
    kind: Kind,
    selection: Selection | None,
    punctuation: bool,
) -> Near:
    starts, length = find(index, node, layer=node_layer, kind=kind, selection=selection)
    if not len(starts):
        where = (selection or index.whole).label
        raise EmptySelection(f"{node!r} stands nowhere in {where}, so nothing stands near it")
    if punctuation and not index.punctuation:
        raise WordsError("this index has no punctuation marks; build it with punctuation=True to count them in windows")
    positions = around(index, starts, length, left, right, words_only=index.punctuation and not punctuation)
    if selection is not None:
        positions = positions[selection.holds(positions)]
    ids = index.ids[positions]
    if index.punctuation:
        is_word = index.store.get("is_word")[ids]
        positions, ids = positions[is_word], ids[is_word]
    at = index.layer(layer).read(ids)
    numbers, together = different(at, len(index.layer(layer)))
    counts = index.counts(layer, selection)
    return Near(positions, at, numbers, together, counts[numbers], len(starts), index.total(selection))


def different(values: NDArray[np.int32], many: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the different values, in order, and how often each is there; `many` is above them all."""
    if len(values) < many:
        unique, times = np.unique(values, return_counts=True)
        return unique.astype(np.int64), times.astype(np.int64)
    counts = np.bincount(values, minlength=many)
    numbers = np.flatnonzero(counts)
    return numbers.astype(np.int64), counts[numbers].astype(np.int64)


def around(
    index: Positions, starts: NDArray[np.int64], length: int, left: int, right: int, *, words_only: bool = False
) -> NDArray[np.int64]:
    """Return the positions near places, in order and each once: no document's edge is passed, and no node is near.

    Parameters
    ----------
    words_only
        Whether punctuation marks take up no place of the window.
    """
    if words_only:
        places = np.flatnonzero(index.store.get("is_word")[index.ids])
        before = np.searchsorted(places, starts)
        after = np.searchsorted(places, starts + length)
        first = places[np.maximum(before - left, 0)]
        last = places[np.minimum(after + right - 1, len(places) - 1)] + 1 if right else starts + length
    else:
        first, last = starts - left, starts + length + right
    documents = index.documents_at(starts)
    first = np.minimum(np.maximum(first, index.bounds[documents]), starts)
    last = np.maximum(np.minimum(last, index.bounds[documents + 1]), starts + length)
    near = Selection.of("near", first, last).positions()
    kept = np.ones(len(near), dtype=np.bool_)
    for step in range(length):
        kept[np.searchsorted(near, starts + step)] = False
    return near[kept]
