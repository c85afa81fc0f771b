"""Figures with bootstrap intervals over articles, confusion tables, and the report in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from corpus_lib.errors import CorpusLibError
from corpus_lib.evaluation.annotation import Annotation
from corpus_lib.evaluation.counting import LEVELS, Key, Miss, tally

if TYPE_CHECKING:
    import pandas as pd

LAYERS = ("structure", "quotes", "demands", "responses")
RESAMPLES = 1000
_MATCHED = ("type", "head", "entity", "entity_name", "entity_noun", "entity_pronoun", "medium")
_NONE = "None"

Counts = Mapping[Key, float]
Value = tuple[str, str, str, float | None, int]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its layer, the group of items, the measure, its value and interval, and over how many."""

    layer: str
    group: str
    measure: str
    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an evaluation found.

    Attributes
    ----------
    figures
        Every figure, with its bootstrap interval over articles.
    confusion
        (layer, gold label, predicted label) → count; ``None`` stands for nothing.
    misses
        Every disagreement with its text.
    """

    docs: int
    docs_predicted: int
    figures: tuple[Figure, ...]
    confusion: Mapping[Key, int]
    misses: tuple[Miss, ...]
    seed: int
    resamples: int

    def value(self, layer: str, measure: str, group: str = "all") -> float | None:
        """Return the value of a figure; None where nothing was there to measure."""
        for figure in self.figures:
            if (figure.layer, figure.group, figure.measure) == (layer, group, measure):
                return figure.value
        raise CorpusLibError(f"no figure {layer} {group} {measure}")

    def frame(self) -> pd.DataFrame:
        """Return the figures as a table: layer, group, measure, value, low, high, n."""
        import pandas as pd

        columns = ["layer", "group", "measure", "value", "low", "high", "n"]
        frame = pd.DataFrame([tuple(asdict(f).values()) for f in self.figures], columns=columns)
        return frame.astype({"value": "float64", "low": "float64", "high": "float64", "n": "int64"})

    def confusion_frame(self, layer: str) -> pd.DataFrame:
        """Return a confusion table: gold labels in rows, predicted ones in columns."""
        import pandas as pd

        cells = {(g, p): n for (name, g, p), n in self.confusion.items() if name == layer}
        rows = sorted({g for g, _ in cells}, key=_label_order)
        columns = sorted({p for _, p in cells}, key=_label_order)
        table = [[cells.get((r, c), 0) for c in columns] for r in rows]
        return pd.DataFrame(
            table, index=pd.Index(rows, name="gold"), columns=pd.Index(columns, name="predicted"), dtype="int64"
        )

    def miss_frame(self) -> pd.DataFrame:
        """Return the misses as a table: doc, layer, problem, start, end, text, expected, found."""
        import pandas as pd

        columns = ["doc", "layer", "problem", "start", "end", "text", "expected", "found"]
        frame = pd.DataFrame([tuple(asdict(m).values()) for m in self.misses], columns=columns, dtype="object")
        return frame.astype({"start": "int64", "end": "int64"})

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values, ready for JSON."""
        return {
            "docs": self.docs,
            "docs_predicted": self.docs_predicted,
            "bootstrap": {"by": "article", "resamples": self.resamples, "seed": self.seed, "level": 0.95},
            "figures": [asdict(f) for f in self.figures],
            "confusion": [
                {"layer": layer, "gold": gold, "predicted": predicted, "count": count}
                for (layer, gold, predicted), count in sorted(self.confusion.items())
            ],
            "misses": [asdict(m) for m in self.misses],
        }


def _label_order(label: str) -> tuple[bool, str]:
    return label == _NONE, label


def evaluate(
    gold: Mapping[str, Annotation],
    predicted: Mapping[str, Annotation],
    *,
    layers: Sequence[str] = LAYERS,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> Evaluation:
    """Score predictions against gold: precision, recall, F1 and what is right of the items found.

    Spans are compared as sets of words; items are paired one to one by the highest summed F1. Items of the
    tier ``edge`` count neither way. Without complete gold there is no precision.

    Parameters
    ----------
    gold, predicted
        Annotations by article. A gold article without a prediction counts as empty.
    layers
        What is scored: among ``structure``, ``quotes``, ``demands``, ``responses``.
    seed
        Of the bootstrap.
    resamples
        How many samples of articles the 95 % percentile intervals rest on (Efron 1979); 0 for none.

    Examples
    --------
    >>> from corpus_lib.evaluation.annotation import Annotation, Quotation
    >>> from corpus_lib.model import Span
    >>> gold = Annotation("a", "– Nei, sier Lie.", quotes=(Quotation("direct", (Span(2, 5),), "Lie"),))
    >>> evaluate({"a": gold}, {"a": gold}, resamples=0).value("quotes", "f1_exact")
    1.0
    """
    if unknown := set(layers) - set(LAYERS):
        raise CorpusLibError(f"no layer {sorted(unknown)}; there are {', '.join(LAYERS)}")
    docs = sorted(gold)
    tallies = [tally(gold[d], predicted.get(d), layers) for d in docs]
    complete = any(a.complete for a in gold.values())
    measure = _measure(layers, complete=complete)
    per_article = [t.counts + Counter({("confusion", *k): n for k, n in t.confusion.items()}) for t in tallies]
    intervals = _bootstrap(per_article, measure, seed, resamples)
    figures = tuple(
        Figure(layer, group, name, value, low, high, n)
        for (layer, group, name, value, n), (low, high) in zip(measure(_total(per_article)), intervals, strict=True)
    )
    return Evaluation(
        docs=len(docs),
        docs_predicted=len(set(docs) & set(predicted)),
        figures=figures,
        confusion=dict(_total([t.confusion for t in tallies])),
        misses=tuple(m for t in tallies for m in t.misses if m.layer in (*layers, "links")),
        seed=seed,
        resamples=resamples,
    )


def _total(counters: Iterable[Counter[Key]]) -> Counter[Key]:
    total: Counter[Key] = Counter()
    for counter in counters:
        total.update(counter)
    return total


def _bootstrap(
    articles: Sequence[Counter[Key]], measure: Callable[[Counts], list[Value]], seed: int, resamples: int
) -> list[tuple[float | None, float | None]]:
    """Return the 2.5th and 97.5th percentile of each figure over samples of articles with replacement."""
    import numpy as np

    figures = measure(_total(articles))
    if not resamples or not articles:
        return [(None, None)] * len(figures)
    keys = sorted({key for article in articles for key in article})
    table = np.array([[article.get(key, 0) for key in keys] for article in articles], dtype=np.float64)
    draws = np.random.default_rng(seed).multinomial(len(articles), [1 / len(articles)] * len(articles), resamples)
    samples = [[value[3] for value in measure(dict(zip(keys, row, strict=True)))] for row in (draws @ table).tolist()]
    columns = np.array(samples, dtype=np.float64).T  # None becomes NaN
    return [_interval(column) for column in columns]


def _interval(column: Any) -> tuple[float | None, float | None]:
    import numpy as np

    kept = column[~np.isnan(column)]
    if not len(kept):
        return None, None
    low, high = np.percentile(kept, [2.5, 97.5])
    return float(low), float(high)


def _measure(layers: Sequence[str], *, complete: bool) -> Callable[[Counts], list[Value]]:
    def measure(counts: Counts) -> list[Value]:
        out: list[Value] = []
        if "structure" in layers and complete:
            out += _structure_figures(counts)
        if "quotes" in layers:
            for group in ("all", "direct", "indirect", "mixed"):
                out += _quote_figures(counts, group, complete=complete)
        if complete and ("demands" in layers or "responses" in layers):
            out += _demand_figures(counts)
        return out

    return measure


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _f1(precision: float | None, recall: float | None) -> float | None:
    if precision is None and recall is None:
        return None
    p, r = precision or 0.0, recall or 0.0
    return 2 * p * r / (p + r) if p + r else 0.0


def _prf(
    layer: str, group: str, hits: float, found: float, predicted: float, gold: float, suffix: str = ""
) -> Iterator[Value]:
    """Yield precision, recall and F1 (van Rijsbergen 1979)."""
    precision, recall = _ratio(hits, predicted), _ratio(found, gold)
    yield layer, group, f"precision{suffix}", precision, int(predicted)
    yield layer, group, f"recall{suffix}", recall, int(gold)
    yield layer, group, f"f1{suffix}", _f1(precision, recall), int(gold)


def _quote_figures(counts: Counts, group: str, *, complete: bool) -> Iterator[Value]:
    def count(what: str) -> float:
        return counts.get(("quotes", group, what), 0)

    gold = count("gold")
    for name, _ in LEVELS:
        found = count(f"found {name}")
        if complete:
            yield from _prf("quotes", group, count(f"hit {name}"), found, count("predicted"), gold, f"_{name}")
        else:
            yield "quotes", group, f"recall_{name}", _ratio(found, gold), int(gold)
    yield "quotes", group, "joint_recall", _ratio(count("joint"), gold), int(gold)
    if not complete:
        within = count("predicted in region")
        yield "quotes", group, "region_precision_0.3", _ratio(count("hit in region"), within), int(within)
    for name in _MATCHED:
        n = count(f"{name} n")
        yield "quotes", group, f"{name}_accuracy", _ratio(count(f"{name} right"), n), int(n)


def _confusion(counts: Counts, layer: str) -> dict[tuple[str, str], float]:
    return {(k[2], k[3]): n for k, n in counts.items() if k[:2] == ("confusion", layer) and n}


def _by_label(table: Mapping[tuple[str, str], float]) -> dict[str, tuple[float, float, float]]:
    """Return (right, predicted, gold) of each label that gold has."""
    labels = sorted({gold for gold, _ in table} - {_NONE})
    return {
        label: (
            table.get((label, label), 0),
            sum(n for (_, p), n in table.items() if p == label),
            sum(n for (g, _), n in table.items() if g == label),
        )
        for label in labels
    }


def _macro(table: Mapping[tuple[str, str], float]) -> float | None:
    """Return the mean F1 of the labels that gold has."""
    scores = [_f1(_ratio(hit, predicted), hit / gold) or 0.0 for hit, predicted, gold in _by_label(table).values()]
    return sum(scores) / len(scores) if scores else None


def _structure_figures(counts: Counts) -> Iterator[Value]:
    from corpus_lib.model import BLOCK_KINDS

    table = _confusion(counts, "structure")
    lines = sum(table.values())
    right = sum(n for (gold, predicted), n in table.items() if gold == predicted)
    yield "structure", "all", "accuracy", _ratio(right, lines), int(lines)
    yield "structure", "all", "macro_f1", _macro(table), int(lines)
    labels = _by_label(table)
    for kind in BLOCK_KINDS:
        hit, predicted, gold = labels.get(kind, (0, 0, 0))
        yield from _prf("structure", kind, hit, hit, predicted, gold)


def _demand_figures(counts: Counts) -> Iterator[Value]:
    def count(layer: str, what: str) -> float:
        return counts.get((layer, "all", what), 0)

    def spans(layer: str) -> Iterator[Value]:
        hit = count(layer, "hit")
        return _prf(layer, "all", hit, hit, count(layer, "predicted"), count(layer, "gold"))

    def right(layer: str, what: str) -> Value:
        hit = count(layer, "hit")
        return layer, "all", f"{what}_accuracy", _ratio(count(layer, f"{what} right"), hit), int(hit)

    yield from spans("demands")
    yield right("demands", "actor")
    yield right("demands", "addressee")
    yield from spans("responses")
    yield right("responses", "stance")
    yield right("responses", "actor")
    yield (
        "responses",
        "all",
        "stance_macro_f1",
        _macro(_confusion(counts, "responses")),
        int(count("responses", "gold")),
    )
    yield from spans("links")
    cells = count("matrix", "gold")
    yield "matrix", "all", "accuracy", _ratio(count("matrix", "hit"), cells), int(cells)
