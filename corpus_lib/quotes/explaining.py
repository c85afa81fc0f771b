"""Why a quotation is one and whose it is, in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from corpus_lib.labels import labels
from corpus_lib.labels.signs import sign_in_words
from corpus_lib.model import Article, Quote, Reason

RULES: Mapping[str, str] = MappingProxyType(
    {
        "dash turn with inquit": "a dash opens the turn, a verb of saying closes it",
        "dash turn, speaker inherited": "a dash opens the turn, nobody is named: the speaker before goes on",
        "dash turn in a headline": "a dash in the headline",
        "colon before a dash turn": "a clause with a colon hands over to the turn",
        "question of the reporter": "a turn that only asks, beside answers",
        "speech goes on behind the inquit": "sentences behind the inquit still say I, we or you",
        "quotation marks with inquit": "marked words with a verb of saying behind them",
        "colon before quotation marks": "a clause with a colon hands over to the marked words",
        "quotation marks go on behind an inquit": "marked words at once behind the sentence with the inquit",
        "quotation marks alone in a paragraph": "a paragraph of marked words",
        "clause of a verb of saying": "the «at» clause that a verb, noun or adjective of saying governs",
        "question that a verb reports": "the indirect question that a verb governs",
        "infinitive of a verb of saying": "the infinitive that a verb governs: «opplyser å ha …»",
        "clause without «at»": "the words behind a verb of saying, opinion or naming",
        "colon behind who says it": "a name or a verb of saying and a colon",
        "sentence before a verb of saying": "a sentence, then a verb of saying and its subject",
        "words around a verb of saying": "a sentence that a verb of saying and its subject interrupt",
        "words behind «som X sier»": "«som X skriver» opens the sentence",
        "«det opplyser X» after the sentence": "«det» points back to the sentence before",
        "according to": "«ifølge» or «etter det NTB erfarer» names the source",
    }
)
"""The documented rules: name → what it reads."""


def explain_quote(quote: Quote, article: Article, names: Mapping[str, str]) -> str:
    """Return the chain of decisions behind a quotation.

    Parameters
    ----------
    names
        Actor names by id.
    """
    steps = [f"{quote.rule} ({RULES[quote.rule]})" if quote.rule in RULES else quote.rule]
    for reason in quote.reasons:
        if reason.weight is None:
            shown = f" «{article.slice(reason.span)}»" if reason.span else ""
            note = f": {reason.note}" if reason.note else ""
            steps.append(f"{reason.rule}{shown}{note}")
    weighed = [_weighed(r) for r in quote.reasons if r.weight is not None]
    if weighed:
        steps.insert(1, f"weighed most: {'; '.join(weighed)}")
    who = "; ".join(names[s] for s in quote.speakers) or "unknown"
    says = [f"{who} denies it"] if quote.denied else []
    return " → ".join([*steps, *says, f"speaker: {who} (confidence {quote.confidence:.2f})"])


def _weighed(reason: Reason) -> str:
    said = f"{reason.rule}: {reason.note}" if reason.note else sign_in_words(reason.rule, labels("en"))
    return f"{said} ({reason.weight or 0.0:+.1f})"
