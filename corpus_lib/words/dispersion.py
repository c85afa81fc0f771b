"""How evenly a word is spread over the documents: one article's word or everybody's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corpus_lib.errors import EmptySelection, UnknownMeasure
from corpus_lib.words.asked import with_older_names
from corpus_lib.words.query import numbers_of
from corpus_lib.words.result import Result
from corpus_lib.words.rows import at_least, frame_of, head_of, notes_on

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from corpus_lib.words.positions import Positions
    from corpus_lib.words.selection import Selection

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """How often words stand in documents, without the zeros.

    Entry k says that `word[k]` stands `count[k]` times in `document[k]`; `sizes` are the documents' tokens.
    """

    word: NDArray[np.int64]
    document: NDArray[np.int64]
    count: NDArray[np.int64]
    sizes: NDArray[np.int64]
    words: int

    @classmethod
    def of(cls, counts: ArrayLike, sizes: ArrayLike | None = None) -> Spread:
        """Return the spread of one word from its count in each document; documents of one size where none is given."""
        v = np.asarray(counts, dtype=np.int64)
        s = np.ones(len(v), np.int64) if sizes is None else np.asarray(sizes, dtype=np.int64)
        kept = s > 0
        v, s = v[kept], s[kept]
        there = np.flatnonzero(v)
        return cls(np.zeros(len(there), np.int64), there, v[there], s, 1)

    def sums(self, values: Floats | NDArray[np.int64]) -> Floats:
        """Add values up by word."""
        return np.bincount(self.word, weights=values, minlength=self.words).astype(np.float64)

    @property
    def frequency(self) -> Floats:
        """Each word's count."""
        return self.sums(self.count)

    @property
    def expected(self) -> Floats:
        """Each entry's document's share of all tokens."""
        shares: Floats = self.sizes / self.sizes.sum()
        return shares[self.document]

    @property
    def share(self) -> Floats:
        """Each entry's share of its word's count."""
        return np.asarray(self.count / self.frequency[self.word])

    @property
    def rate(self) -> Floats:
        """Each entry's count for each token of its document."""
        return np.asarray(self.count / self.sizes[self.document])


def documents_with(s: Spread) -> Floats:
    """Range: in how many documents the word stands.

    >>> float(documents_with(Spread.of([1, 2, 0])).item())
    2.0
    """
    return np.bincount(s.word, minlength=s.words).astype(np.float64)


def dp(s: Spread) -> Floats:
    """Deviation of proportions: 0 is as even as the documents' sizes, near 1 is all in one (Gries 2008).

    >>> round(dp(Spread.of([1, 2, 3, 4, 5], [9, 10, 10, 10, 11])).item(), 4)
    0.18
    """
    expected = s.expected
    return np.asarray((s.sums(np.abs(s.share - expected)) + 1 - s.sums(expected)) / 2)


def dp_norm(s: Spread) -> Floats:
    """DP over the most it can be (Lijffijt & Gries 2012); nan for one document.

    >>> round(dp_norm(Spread.of([2, 1, 0])).item(), 4)
    0.5
    """
    most = 1 - s.sizes.min() / s.sizes.sum() if len(s.sizes) > 1 else np.nan
    return np.asarray(np.clip(dp(s), 0, None) / most)


def juilland_d(s: Spread) -> Floats:
    """Juilland's D over relative frequencies: 1 is even (Juilland & Chang-Rodríguez 1964); nan for one document.

    >>> round(juilland_d(Spread.of([0, 4, 3, 2, 1])).item(), 4)
    0.6464
    """
    n = len(s.sizes)
    if n < 2:
        return np.full(s.words, np.nan)
    mean = s.sums(s.rate) / n
    variance = np.maximum(s.sums(s.rate**2) / n - mean**2, 0)
    return np.asarray(1 - np.sqrt(variance) / mean / np.sqrt(n - 1))


def carroll_d2(s: Spread) -> Floats:
    """Carroll's D2, the evenness of the relative frequencies' entropy: 1 is even (Carroll 1970).

    >>> round(carroll_d2(Spread.of([2, 1, 1, 1, 0])).item(), 4)
    0.8277
    """
    n = len(s.sizes)
    if n < 2:
        return np.full(s.words, np.nan)
    share = s.rate / s.sums(s.rate)[s.word]
    return np.asarray(-s.sums(share * np.log(share)) / np.log(n))


def rosengren_s(s: Spread) -> Floats:
    """Rosengren's S, corrected for the documents' sizes: 1 is even (Rosengren 1971).

    >>> round(rosengren_s(Spread.of([1, 2, 3, 4, 5])).item(), 3)
    0.937
    """
    return s.sums(np.sqrt(s.count * s.expected)) ** 2 / s.frequency


def kld(s: Spread) -> Floats:
    """Kullback–Leibler divergence from the documents' sizes, in bits: 0 is even (Gries 2020).

    >>> round(kld(Spread.of([1, 2, 3, 4, 5], [9, 10, 10, 10, 11])).item(), 4)
    0.137
    """
    return s.sums(s.share * np.log2(s.share / s.expected))


def usage(s: Spread) -> Floats:
    """Juilland's U: the count times D (Juilland & Chang-Rodríguez 1964)."""
    return juilland_d(s) * s.frequency


def adjusted_usage(s: Spread) -> Floats:
    """Carroll's Um: the count times D2, and an even share of what is left (Carroll 1970)."""
    evenness = carroll_d2(s)
    return np.asarray(s.frequency * evenness + (1 - evenness) * s.sums(s.expected * s.count))


def average_reduced_frequency(positions: ArrayLike, total: int) -> float:
    """ARF: a count that takes words close together for fewer (Savický & Hlaváčová 2002); the text is a ring.

    >>> round(average_reduced_frequency([0, 1, 5], 10), 3)
    2.3
    """
    places = np.asarray(positions, dtype=np.int64)
    if not len(places):
        return 0.0
    gaps = np.diff(places, append=places[0] + total)
    each = total / len(places)
    return float(np.minimum(gaps, each).sum() / each)


MEASURES: Mapping[str, Callable[[Spread], Floats]] = {
    "documents": documents_with,
    "dp": dp,
    "dp_norm": dp_norm,
    "juilland_d": juilland_d,
    "carroll_d2": carroll_d2,
    "rosengren_s": rosengren_s,
    "kld": kld,
}
"""The measures over documents; ``arf`` goes by positions."""


def spread_of(index: Positions, numbers: Sequence[int], layer: str, selection: Selection | None = None) -> Spread:
    """Return the spread of some words of a layer over the documents of a selection."""
    chosen = selection or index.whole
    places = [index.positions_of([n], layer, selection) for n in numbers]
    return spread_at(index, places, chosen.sizes_by(index.bounds))


def spread_at(index: Positions, places: Sequence[NDArray[np.int64]], sizes: NDArray[np.int64]) -> Spread:
    """Return the spread of words whose positions are given; `sizes` are the tokens of every document."""
    found = [_by_document(index, p) for p in places]
    word = np.repeat(np.arange(len(found)), [len(d) for d, _ in found])
    document = np.concatenate([d for d, _ in found]) if found else np.zeros(0, np.int64)
    count = np.concatenate([c for _, c in found]) if found else np.zeros(0, np.int64)
    return _without_empty(Spread(word, document, count, sizes, len(found)))


def spread_of_all(index: Positions, layer: str, selection: Selection | None = None) -> Spread:
    """Return the spread of every word of a layer: one sort of all tokens."""
    chosen, read = selection or index.whole, index.layer(layer)
    sizes = chosen.sizes_by(index.bounds)
    documents = np.repeat(np.arange(index.documents, dtype=np.int64), sizes)
    packed = read.read(index.ids_in(selection)).astype(np.int64)
    packed *= max(1, index.documents)
    packed += documents
    packed.sort()
    new = np.flatnonzero(np.diff(packed, prepend=-1))
    pairs, count = packed[new], np.diff(np.append(new, len(packed)))
    many = max(1, index.documents)
    return _without_empty(Spread(pairs // many, pairs % many, count, sizes, len(read)))


def _by_document(index: Positions, positions: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    if len(positions) > index.documents:
        counts = np.diff(np.searchsorted(positions, index.bounds))
        there = np.flatnonzero(counts)
        return there, counts[there]
    documents, counts = np.unique(index.documents_at(positions), return_counts=True)
    return documents, counts


def documents_of(index: Positions, positions: NDArray[np.int64]) -> int:
    """Return how many documents hold some positions, which are in order."""
    return len(_by_document(index, positions)[0])


def _without_empty(s: Spread) -> Spread:
    """Leave out documents without tokens, which no measure can count."""
    kept = s.sizes > 0
    if kept.all():
        return s
    return Spread(s.word, (np.cumsum(kept) - 1)[s.document], s.count, s.sizes[kept], s.words)


@with_older_names
def dispersion(
    index: Positions,
    *,
    by: str = "dp_norm",
    layer: str = "lower",
    selection: Selection | None = None,
    min_count: int = 5,
    top: int | None = 100,
    stop_words: Iterable[str] = (),
    words: Iterable[str] = (),
) -> Result:
    """Return every dispersion measure of the words that stand at least `min_count` times, the evenest first.

    Parameters
    ----------
    by
        The measure that orders the rows: ``documents``, ``dp``, ``dp_norm``, ``juilland_d``, ``carroll_d2``,
        ``rosengren_s`` or ``kld``.
    layer, selection
        What is counted (``word``, ``lower``, ``lemma`` or ``pos``), and in which part of the index.
    min_count, top
        The smallest count that is shown, and how many rows; None shows all. Older names: ``least``, ``most``.
    stop_words
        Words left out of the table, such as ``stop_words("nb")``. Older name: ``without``.
    words
        Only these are shown, however rare; ``*`` and ``?`` as in `corpus_lib.words.query.find`. Nothing: all words.

    Raises
    ------
    UnknownMeasure
        If there is no such measure.
    EmptySelection
        If none of the words stands in the selection.
    """
    if by not in MEASURES:
        raise UnknownMeasure(f"no dispersion measure {by!r}; there are {', '.join(MEASURES)}")
    at_least("min_count", min_count, 0)
    at_least("top", top, 0)
    chosen = index.checked(selection or index.whole, "selection")
    counts = index.counts(layer, selection)
    wanted = [words] if isinstance(words, str) else list(words)
    kept = _kept(index, layer, counts, wanted, 1 if wanted else min_count, stop_words)
    if wanted and not len(kept):
        raise EmptySelection(f"{', '.join(map(repr, wanted))} stands nowhere in {chosen.label}")
    scores = _scores(index, by, layer, selection, kept, few=bool(wanted))
    sign = 1 if by in ("dp", "dp_norm", "kld") else -1
    numbers = kept[head_of(sign * scores, counts[kept], top)]
    s = spread_of(index, numbers.tolist(), layer, selection)
    frame = frame_of(
        {"word": index.layer(layer).strings.take(numbers), "count": counts[numbers]}
        | {name: measure(s) for name, measure in MEASURES.items()}
    )
    frame["documents"] = frame["documents"].astype("int64")
    frame["arf"] = [_arf(index, n, layer, selection) for n in numbers.tolist()]
    return Result(
        title=f"Dispersion: {chosen.label}",
        description=f"How evenly words are spread over {len(s.sizes)} documents, ordered by {by}.",
        notes=(
            *notes_on(index, layer, chosen),
            "dp, dp_norm, kld: 0 is even; juilland_d, carroll_d2 (relative frequencies), rosengren_s: 1 is even.",
            "The evenness of a word that stands a few times says little."
            if wanted
            else f"Words that stand fewer than {min_count} times are left out: their evenness says little.",
        ),
        frame=frame,
        find=lambda row: index.positions_of([int(numbers[row])], layer, selection),
        index=index,
    )


def _kept(
    index: Positions, layer: str, counts: NDArray[np.int64], words: Sequence[str], least: int, without: Iterable[str]
) -> NDArray[np.int64]:
    """Return the numbers of the words that are shown."""
    chosen = index.layer(layer)
    kept = np.flatnonzero(counts >= max(1, least))
    if words:
        kept = kept[np.isin(kept, np.concatenate([numbers_of(chosen, w) for w in words]))]
    return np.asarray(kept[~np.isin(kept, chosen.strings.places(without))])


def _scores(
    index: Positions, by: str, layer: str, selection: Selection | None, numbers: NDArray[np.int64], *, few: bool
) -> Floats:
    """Return a measure of some words: of a few from their own places, else from one pass over all."""
    with np.errstate(divide="ignore", invalid="ignore"):
        if few:
            return MEASURES[by](spread_of(index, numbers.tolist(), layer, selection))
        return np.asarray(MEASURES[by](spread_of_all(index, layer, selection))[numbers])


def _arf(index: Positions, number: int, layer: str, selection: Selection | None) -> float:
    """Return a word's ARF; a selection's stretches are read as one text."""
    positions = index.positions_of([number], layer, selection)
    if selection is None:
        return average_reduced_frequency(positions, index.tokens)
    before = np.concatenate(([0], np.cumsum(selection.ends - selection.starts)))
    place = np.searchsorted(selection.starts, positions, side="right") - 1
    return average_reduced_frequency(before[place] + positions - selection.starts[place], selection.total)
