"""How well two or more annotations of the same articles agree: Krippendorff's alpha for labels and for units."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from corpus_lib.errors import CorpusLibError
from corpus_lib.evaluation.annotation import Annotation
from corpus_lib.evaluation.matching import SOME, Item, Words, pair
from corpus_lib.model import Span

Label = Hashable | None


def nominal_alpha(items: Iterable[Sequence[Label]]) -> float | None:
    """Return Krippendorff's alpha for nominal labels (Krippendorff 2011); None where labels do not vary.

    Parameters
    ----------
    items
        For each item, one label per annotator; None where an annotator gave none.

    Examples
    --------
    >>> round(nominal_alpha([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")]), 4)
    0.5333
    """
    coincidences: defaultdict[tuple[Label, Label], float] = defaultdict(float)
    for item in items:
        given = [label for label in item if label is not None]
        for one, other in permutations(given, 2):
            coincidences[one, other] += 1 / (len(given) - 1)
    totals: Counter[Label] = Counter()
    for (one, _), weight in coincidences.items():
        totals[one] += weight  # type: ignore[assignment]  # weights are fractions, also in a Counter
    n = sum(totals.values())
    expected = n * n - sum(t * t for t in totals.values())
    if n <= 1 or expected == 0:
        return None
    observed = sum(weight for (one, other), weight in coincidences.items() if one != other)
    return 1 - (n - 1) * observed / expected


@dataclass(frozen=True, slots=True)
class _Section:
    """A stretch of the continuum as one annotator sees it: a unit, or the gap between two."""

    start: int
    length: int
    unit: bool


def unitising_alpha(annotators: Sequence[Iterable[Span]], length: int) -> float | None:
    """Return Krippendorff's alpha for unitising one continuum into units of one kind.

    The alpha of Krippendorff (1995) with the expected disagreement as he corrected it (2004): units that
    overlap differ by the squares of the distances of their ends, a unit in a gap by the square of its length.

    Parameters
    ----------
    annotators
        The units of each annotator, which do not overlap within one annotator.
    length
        Of the continuum, in the same measure as the spans (code points).

    Returns
    -------
    float or None
        1 for perfect agreement, 0 for what chance gives; None where nobody marked a unit.

    Examples
    --------
    >>> unitising_alpha([[Span(2, 8)], [Span(2, 8)]], 20)
    1.0
    """
    observed, expected = unitising_disagreement(annotators, length)
    return 1 - observed / expected if expected else None


def unitising_disagreement(annotators: Sequence[Iterable[Span]], length: int) -> tuple[float, float]:
    """Return the observed and the expected disagreement of unitising (Krippendorff 2004, pp. 251–256).

    Raises
    ------
    CorpusLibError
        If there are fewer than two annotators, or the units of one overlap.
    """
    if len(annotators) < 2:
        raise CorpusLibError(f"agreement takes two annotators or more, found {len(annotators)}")
    sections = [list(_sections(units, length)) for units in annotators]
    pairs = len(sections) * (len(sections) - 1)
    difference = sum(_difference(u, v) for one, other in permutations(sections, 2) for u in one for v in other)
    return difference / (pairs * length**2), _expected(sections, length)


def _sections(units: Iterable[Span], length: int) -> Iterator[_Section]:
    at = 0
    for unit in sorted(units):
        if unit.start < at or unit.end > length:
            raise CorpusLibError(f"units must lie apart within 0–{length}, found {unit.start}–{unit.end} after {at}")
        if unit.start > at:
            yield _Section(at, unit.start - at, unit=False)
        yield _Section(unit.start, unit.end - unit.start, unit=True)
        at = unit.end
    if at < length:
        yield _Section(at, length - at, unit=False)


def _difference(one: _Section, other: _Section) -> int:
    offset = one.start - other.start
    if one.unit and other.unit:
        if -one.length < offset < other.length:
            return offset**2 + (offset + one.length - other.length) ** 2
    elif one.unit and 0 <= offset <= other.length - one.length:
        return one.length**2
    elif other.unit and one.length - other.length >= -offset >= 0:
        return other.length**2
    return 0


def _expected(sections: Sequence[Sequence[_Section]], length: int) -> float:
    units = [s.length for one in sections for s in one if s.unit]
    gaps = [s.length for one in sections for s in one if not s.unit]
    weight = 0.0
    for size in units:
        among_units = (len(units) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        within_gaps = size**2 * sum(gap - size + 1 for gap in gaps if gap >= size)
        weight += among_units + within_gaps
    places = len(sections) * length
    return 2 / length * weight / (places * (places - 1) - sum(size * (size - 1) for size in units))


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of annotations: what was compared, alpha, and over how many items or articles."""

    layer: str
    measure: str
    alpha: float | None
    n: int


def agreement(one: Mapping[str, Annotation], other: Mapping[str, Annotation]) -> tuple[Agreement, ...]:
    """Return how well two annotations of the same articles agree, by layer.

    Units (quotations, demands, responses) are compared by `unitising_alpha`, all articles laid end to end;
    labels (line labels, types and speakers of quotations, stances) by `nominal_alpha` over the items that
    both have. The speaker's name counts as its label.

    Raises
    ------
    CorpusLibError
        If the two have no article in common.
    """
    docs = sorted(set(one) & set(other))
    if not docs:
        raise CorpusLibError("the two annotations have no article in common")
    pages = [(one[d], other[d]) for d in docs]
    lines = [item for pair_ in pages for item in _line_labels(*pair_)]
    quotes = [item for pair_ in pages for item in _quotes_in_both(*pair_)]
    stances = [item for pair_ in pages for item in _stances_in_both(*pair_)]
    return (
        *(_units(layer, pages) for layer in ("quotes", "demands", "responses")),
        Agreement("structure", "labels", nominal_alpha(lines), len(lines)),
        Agreement("quotes", "type", nominal_alpha([q[0] for q in quotes]), len(quotes)),
        Agreement("quotes", "speaker", nominal_alpha([q[1] for q in quotes]), len(quotes)),
        Agreement("responses", "stance", nominal_alpha(stances), len(stances)),
    )


def _units(layer: str, pages: Sequence[tuple[Annotation, Annotation]]) -> Agreement:
    marked: tuple[list[Span], list[Span]] = ([], [])
    at = 0
    for pair_ in pages:
        for annotation, units in zip(pair_, marked, strict=True):
            units += [Span(at + s.start, at + s.end) for s in _apart(_spans(annotation, layer))]
        at += len(pair_[0].text)
    return Agreement(layer, "units", unitising_alpha(marked, at) if at else None, len(pages))


def _spans(annotation: Annotation, layer: str) -> list[Span]:
    if layer == "quotes":
        return [s for q in annotation.quotes for s in q.segments]
    return [c.span for c in (annotation.demands if layer == "demands" else annotation.responses)]


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans without those that begin within another: units of one annotator may not overlap."""
    end = 0
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if span.start >= end and span.end > span.start:
            yield span
            end = span.end


def _line_labels(one: Annotation, other: Annotation) -> Iterator[tuple[Label, Label]]:
    second = dict(other.lines)
    yield from ((label, second.get(number)) for number, label in one.lines)


def _quotes_in_both(one: Annotation, other: Annotation) -> Iterator[tuple[tuple[Label, Label], tuple[Label, Label]]]:
    words = Words(one.text)
    first = [Item(words.touched(*q.segments)) for q in one.quotes]
    second = [Item(words.touched(*q.segments)) for q in other.quotes]
    for i, (j, _) in pair(first, second, SOME).hits.items():
        a, b = one.quotes[i], other.quotes[j]
        yield (a.type, b.type), (a.speaker or "", b.speaker or "")


def _stances_in_both(one: Annotation, other: Annotation) -> Iterator[tuple[Label, Label]]:
    words = Words(one.text)
    first = [Item(words.touched(r.span)) for r in one.responses]
    second = [Item(words.touched(r.span)) for r in other.responses]
    for i, (j, _) in pair(first, second, SOME).hits.items():
        yield one.responses[i].stance, other.responses[j].stance
