"""Why a record is one: the automatic steps in words, or who decided it by hand."""

from __future__ import annotations

import re

from corpus_lib.analysis import Analysis
from corpus_lib.corrections.applying import RULE
from corpus_lib.corrections.layer import records_of
from corpus_lib.labels import Labels, labels, number
from corpus_lib.labels.signs import rule_key, sign_in_words, steps_in_words
from corpus_lib.model import Demand, Quote, Response

_ENGLISH = labels("en")
_DECIDED = re.compile(r"(?P<action>\w+)(?: by (?P<who>.+?))? (?P<day>\d{4}-\d\d-\d\d)(?:T\S*)?(?P<more>.*)", re.DOTALL)


def explained(analysis: Analysis, record: str, t: Labels = _ENGLISH) -> str:
    """Return in words why a quotation, demand or answer is one; of a corrected one, who says so and when.

    Parameters
    ----------
    record
        Its id.
    t
        The texts of the language that it is told in.
    """
    item = next((item for _, item in records_of(analysis) if item.id == record), None)
    if item is None or (t is _ENGLISH and item.rule != RULE):
        return analysis.explain(record)
    said = [reason_of(analysis, item, t)]
    if item.rule != RULE:
        said += [*steps(analysis, item, t), t("report.sure", value=number(item.confidence, 2))]
    return " → ".join(said)


def reason_of(analysis: Analysis, record: Quote | Demand | Response, t: Labels = _ENGLISH) -> str:
    """Return what shows that a record is one, in a reader's words; who decided it, where it was corrected."""
    if record.rule == RULE:
        return f"{sign_in_words(RULE, t)}: {_decided(record.reasons[0].note, t)}"
    if (key := rule_key(record.rule)) in t:
        return t(key)
    if isinstance(record, Quote) or record.cue is None:
        return record.rule
    cue = analysis.article.slice(record.cue)
    return t("report.told_by", n=len(cue.split()), words=cue)


def _decided(note: str, t: Labels) -> str:
    """Return who decided what and on which day, as `corrections.apply` notes it: «change by Reader 2026-01-31»."""
    found = _DECIDED.fullmatch(note)
    if found is None or f"decision.{found['action']}" not in t:
        return note
    what, who, when, more = t(f"decision.{found['action']}"), found["who"], found["day"], found["more"]
    return (t("decision.by", what=what, who=who, when=when) if who else t("decision.at", what=what, when=when)) + more


def steps(analysis: Analysis, record: Quote | Demand | Response, t: Labels = _ENGLISH) -> list[str]:
    """Return the steps that led to a record, each with the words it read or what it weighed.

    Parameters
    ----------
    t
        The texts of the language that they are told in; what has no words there is shown as the library names it.
    """
    automatic = [r for r in record.reasons if r.rule != RULE]
    by_hand = [reason_of(analysis, record, t)] if record.rule == RULE else []
    return by_hand + steps_in_words(automatic, analysis.article, t)
