"""How sure a quotation is: the learned probability of its words times how often the rule for its speaker is right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from corpus_lib.language.lexicon import rows

_PRIOR_WEIGHT = 2.0
_FILE = "confidence.csv"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many speakers a rule found in gold, and how many were right."""

    right: float
    seen: float

    def share(self, prior: float) -> float:
        """Return the share of right ones, drawn towards a prior where little was seen."""
        return (self.right + _PRIOR_WEIGHT * prior) / (self.seen + _PRIOR_WEIGHT)


@cache
def shipped() -> Mapping[str, Counted]:
    """Return the counts that ship with the package, by the rule that found the speaker."""
    return {r["rule"]: Counted(float(r["right"]), float(r["seen"])) for r in rows(_FILE)}


def speaker_share(rule: str) -> float:
    """Return how often a rule for the speaker is right; a rule that was never seen is as good as all together."""
    counts = shipped()
    right, seen = sum(c.right for c in counts.values()), sum(c.seen for c in counts.values())
    return counts.get(rule, Counted(0, 0)).share(right / seen if seen else 0.5)


def confidence(words: float, speaker_rule: str) -> float:
    """Return how likely the words (overlap ≥ 0.8) and the speaker of a quotation are both right.

    Parameters
    ----------
    words
        The learned probability of the words.
    speaker_rule
        The rule that found the speaker.

    Examples
    --------
    >>> confidence(0.9, "name") > confidence(0.9, "nobody is named")
    True
    """
    return round(words * speaker_share(speaker_rule), 3)
