"""How sure a quotation is: its words by shares of right ones counted on gold or by weights, its speaker by weights.

``python -m tests.calibrate`` counts again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from corpus_lib.language.lexicon import rows

WORDS = "words"
_PRIOR_WEIGHT = 2.0
_FILE = "confidence.csv"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many finds of a rule were seen in gold, and how many were right."""

    right: float
    seen: float

    def share(self, prior: float) -> float:
        """Return the share of right ones, drawn towards a prior where little was seen."""
        return (self.right + _PRIOR_WEIGHT * prior) / (self.seen + _PRIOR_WEIGHT)


Table = Mapping[tuple[str, str], Counted]


@cache
def shipped() -> Table:
    """Return the counts that ship with the package, by (``words``, rule)."""
    return {(r["what"], r["rule"]): Counted(float(r["right"]), float(r["seen"])) for r in rows(_FILE)}


def confidence(rule: str, speaker: float, table: Table | None = None, *, words: float | None = None) -> float:
    """Return how likely the words (overlap ≥ 0.8) and the speaker of a quotation are both right.

    Parameters
    ----------
    rule
        The rule that found the words.
    speaker
        The learned probability of the speaker.
    words
        The learned probability of the words, where there is one.

    Examples
    --------
    >>> confidence("dash turn with inquit", 0.9) > confidence("dash turn with inquit", 0.5)
    True
    """
    said = _share(shipped() if table is None else table, WORDS, rule) if words is None else words
    return round(said * speaker, 3)


def _share(table: Table, what: str, rule: str) -> float:
    right = sum(c.right for (w, _), c in table.items() if w == what)
    seen = sum(c.seen for (w, _), c in table.items() if w == what)
    prior = right / seen if seen else 0.5
    return table.get((what, rule), Counted(0, 0)).share(prior)


def count(judged: Iterable[tuple[str, bool]]) -> dict[tuple[str, str], Counted]:
    """Count (rule, words right) by rule.

    >>> count([("a", True), ("a", False)])["words", "a"]
    Counted(right=1, seen=2)
    """
    seen: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for rule, words_right in judged:
        seen[rule] += 1
        right[rule] += words_right
    return {(WORDS, rule): Counted(right[rule], seen[rule]) for rule in seen}


def expected_calibration_error(pairs: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Return the mean gap between confidence and share of right ones, over bins of equal width (Guo et al. 2017).

    >>> expected_calibration_error([(0.5, True), (0.5, False)])
    0.0
    """
    members: dict[int, list[tuple[float, bool]]] = {}
    for said, right in pairs:
        members.setdefault(min(bins - 1, int(said * bins)), []).append((said, right))
    gaps = (abs(sum(said for said, _ in part) - sum(right for _, right in part)) for part in members.values())
    return sum(gaps) / len(pairs) if pairs else 0.0


def as_csv(table: Table) -> str:
    """Return counts as the file that ships."""
    lines = [
        "# Shares of right words by rule, counted on complete gold. Made by python -m tests.calibrate",
        "what;rule;right;seen",
    ]
    lines += [f"{what};{rule};{c.right:g};{c.seen:g}" for (what, rule), c in sorted(table.items())]
    return "\n".join(lines) + "\n"
