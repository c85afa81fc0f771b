"""Why a record is one: the automatic steps, or who decided it by hand."""

from __future__ import annotations

from corpus_lib.analysis import Analysis
from corpus_lib.corrections.applying import RULE
from corpus_lib.corrections.layer import records_of


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
