"""The reader without a kernel: the same marks, cards and reasons as plain HTML that an untrusted notebook keeps."""

from __future__ import annotations

from html import escape

from corpus_lib.analysis import Analysis
from corpus_lib.labels import Labels, Language, labels
from corpus_lib.model import Demand, Response
from corpus_lib.plots import STANCE_MARKS
from corpus_lib.plots.answers import stance_label
from corpus_lib.reasons import reason_of, steps
from corpus_lib.render import ISOLATE, number
from corpus_lib.widgets.passages import marks_of, text_html


def reader_html(analysis: Analysis, *, height: str = "30em", language: Language = "en") -> str:
    r"""Return the article with all its marks, and below it each demand with its answers; why is folded behind each.

    Parameters
    ----------
    height
        The most the article takes, a CSS length; it scrolls where it is longer.
    language
        In which it is told.

    Examples
    --------
    >>> from corpus_lib import analyse
    >>> html = reader_html(analyse("Uenige om lønn\n\nLO krever at NHO snur. NHO avviste kravet."))
    >>> "d1: LO demands of NHO" in html, "r1: NHO: refuses" in html
    (True, True)
    """
    t = labels(language)
    demands = "".join(f"<li>{_demand(analysis, d, t)}</li>" for d in analysis.demands)
    known = {d.id for d in analysis.demands}
    loose = [r for r in analysis.responses if not known.intersection(r.targets)]
    listed = f'<ul style="list-style:none;padding:0;line-height:1.4">{demands}</ul>' if demands else ""
    if loose:
        answers = "".join(f"<li>{_answer(analysis, r, t)}</li>" for r in loose)
        listed += f"<p>{escape(t('answered.loose'))}</p><ul>{answers}</ul>"
    return f"{text_html(analysis.article, marks_of(analysis, language), height=height, language=language)}{listed}"


_VERBS = {"demand": "demands", "request": "requests", "proposal": "proposes"}


def _demand(analysis: Analysis, d: Demand, t: Labels) -> str:
    by, to = analysis.joined(d.actors) or t("speaker.unknown_actor"), analysis.joined(d.addressees) or ""
    key = f"reader.{_VERBS[d.strength]}{'_of' if to else ''}"
    head = f"{d.id}: {t(key, who=by, to=to)}"
    answers = [r for r in analysis.responses if d.id in r.targets]
    names = analysis.names()
    silent = [
        f"{names[c.actor]}: {stance_label(c.shown, t)}" for c in analysis.cells if c.demand == d.id and not c.responses
    ]
    items = "".join(f"<li>{_answer(analysis, r, t)}</li>" for r in answers) + "".join(
        f"<li>{escape(s)}</li>" for s in silent
    )
    return (
        f"<b>{escape(head)}</b> {_verbatim(analysis, analysis.article.slice(d.content))}"
        f"{_why(analysis, d, t)}{f'<ul>{items}</ul>' if items else ''}"
    )


def _answer(analysis: Analysis, r: Response, t: Labels) -> str:
    head = f"{r.id}: {analysis.joined(r.actors) or t('speaker.unknown_actor')}: {stance_label(r.stance, t)}"
    sign = STANCE_MARKS[r.stance][0]
    return (
        f"{sign} <b>{escape(head)}</b> {_verbatim(analysis, analysis.article.slice(r.evidence))}{_why(analysis, r, t)}"
    )


def _verbatim(analysis: Analysis, words: str) -> str:
    style = f"{ISOLATE};overflow-wrap:anywhere"
    return f'<span lang="{escape(analysis.article.language)}" style="{style}">«{escape(words)}»</span>'


def _why(analysis: Analysis, record: Demand | Response, t: Labels) -> str:
    told = t("answered.why", reason=reason_of(analysis, record, t), sure=number(record.confidence, 2))
    listed = "".join(f"<li>{escape(step)}</li>" for step in steps(analysis, record, t))
    return f"<details><summary>{escape(told)}</summary><ol>{listed}</ol></details>"
