"""How sure a quotation is: how likely its words and its speaker are right, learned on articles that were not seen."""

from __future__ import annotations

from math import log

from corpus_lib.learned import load
from corpus_lib.quotes.found import Found
from corpus_lib.quotes.scene import Mention

TASK = "confidence"
_MOST = 5.0
"""The log-odds beyond which a probability tells nothing more."""

SUREST = 0.99
"""No quotation is surer than that: of a hundred that seem certain one is wrong on articles that nobody has read."""
UNSURE = 0.8
"""What is told by a colon in a headline, or by a pronoun that may mean two, is not surer than that."""


def log_odds(probability: float) -> float:
    """Return a probability as log-odds, not farther from even than e⁵ to 1.

    >>> round(log_odds(0.5), 2), log_odds(1.0), round(log_odds(0.1), 2)
    (0.0, 5.0, -2.2)
    """
    if probability >= 1 or probability <= 0:
        return _MOST if probability >= 1 else -_MOST
    return max(-_MOST, min(_MOST, log(probability / (1 - probability))))


def features(one: Found, mention: Mention | None, share: float, kind: str) -> dict[str, float]:
    """Return what tells how sure a quotation is: how likely its words, its speaker, and how the speaker is named.

    Parameters
    ----------
    share
        How likely the speaker is.
    kind
        What kind of actor the speaker is.
    """
    named = "nobody" if mention is None else mention.sort
    words, speaker = log_odds(one.probability), log_odds(share)
    found = {
        "words": words,
        f"words, {one.type}": words,
        "speaker": speaker,
        f"speaker, told by {named}": speaker,
        f"told by {named}": 1.0,
        f"a {kind} speaks": 1.0,
        f"{one.type}": 1.0,
        f"told by {named}, a {kind} speaks": 1.0,
    }
    if mention is not None:
        found["mention"] = log_odds(mention.resolved.probability)
    return found


def confidence(one: Found, mention: Mention | None, share: float, kind: str, *, unsure: bool) -> float:
    """Return how likely a quotation is right, words and speaker.

    Parameters
    ----------
    unsure
        Whether the speaker is told by what never tells surely.
    """
    learned = load(TASK).probability(features(one, mention, share, kind))
    return round(min(UNSURE if unsure else SUREST, learned), 3)
