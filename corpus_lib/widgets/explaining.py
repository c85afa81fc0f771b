"""Why a record is one: the automatic steps in words, or who decided it by hand."""

from __future__ import annotations

from corpus_lib.analysis import Analysis
from corpus_lib.corrections.applying import RULE
from corpus_lib.corrections.layer import records_of
from corpus_lib.model import Demand, Quote, Reason, Response
from corpus_lib.quotes import RULES
from corpus_lib.quotes.wording import in_words
from corpus_lib.render import number


def explained(analysis: Analysis, record: str) -> str:
    """Return in words why a quotation, demand or answer is one; of a corrected one, who says so and when.

    Parameters
    ----------
    record
        Its id.
    """
    for _, item in records_of(analysis):
        if item.id == record and item.rule == RULE:
            return f"{RULE}: {item.reasons[0].note}"
    return analysis.explain(record)


def short_reason(record: Quote | Demand | Response) -> str:
    """Return the rule behind a record in a reader's words; who decided it, where it was corrected."""
    if record.rule == RULE:
        return f"{RULE}: {record.reasons[0].note}"
    return RULES.get(record.rule, record.rule)


def steps(analysis: Analysis, record: Quote | Demand | Response) -> list[str]:
    """Return the steps that led to a record, each with the words it read or what it weighed."""
    return [record.rule, *dict.fromkeys(_step(analysis, reason) for reason in record.reasons)]


def _step(analysis: Analysis, reason: Reason) -> str:
    if reason.weight is not None:
        said = f"{reason.rule}: {reason.note}" if reason.note else in_words(reason.rule)
        return f"{said} ({'+' if reason.weight > 0 else ''}{number(reason.weight, 1)})"
    words = f" «{analysis.article.slice(reason.span)}»" if reason.span else ""
    return f"{reason.rule}{words}{f': {reason.note}' if reason.note else ''}"
