"""The reader without a kernel: the same marks, cards and reasons as plain HTML that an untrusted notebook keeps."""

from __future__ import annotations

from html import escape

from corpus_lib.analysis import Analysis
from corpus_lib.labels import labels
from corpus_lib.model import Demand, Response
from corpus_lib.plots import STANCE_MARKS
from corpus_lib.plots.answers import stance_label
from corpus_lib.render import ISOLATE, number
from corpus_lib.widgets.explaining import short_reason, steps
from corpus_lib.widgets.passages import marks_of, text_html


def reader_html(analysis: Analysis, *, height: str = "30em") -> str:
    r"""Return the article with all its marks, and below it each demand with its answers; why is folded behind each.

    Parameters
    ----------
    height
        The most the article takes, a CSS length; it scrolls where it is longer.

    Examples
    --------
    >>> from corpus_lib import analyse
    >>> html = reader_html(analyse("Uenige om lønn\n\nLO krever at NHO snur. NHO avviste kravet."))
    >>> "d1: LO demands of NHO" in html, "r1: NHO: refuses" in html
    (True, True)
    """
    demands = "".join(f"<li>{_demand(analysis, d)}</li>" for d in analysis.demands)
    known = {d.id for d in analysis.demands}
    loose = [r for r in analysis.responses if not known.intersection(r.targets)]
    listed = f'<ul style="list-style:none;padding:0;line-height:1.4">{demands}</ul>' if demands else ""
    if loose:
        answers = "".join(f"<li>{_answer(analysis, r)}</li>" for r in loose)
        listed += f"<p>Answers to what the article does not state:</p><ul>{answers}</ul>"
    return f"{text_html(analysis.article, marks_of(analysis), height=height)}{listed}"


def _demand(analysis: Analysis, d: Demand) -> str:
    by, to = analysis.joined(d.actors) or "unknown", analysis.joined(d.addressees)
    head = f"{d.id}: {by} demands{f' of {to}' if to else ''}"
    answers = [r for r in analysis.responses if d.id in r.targets]
    names = analysis.names()
    t = labels("en")
    silent = [
        f"{names[c.actor]}: {stance_label(c.shown, t)}" for c in analysis.cells if c.demand == d.id and not c.responses
    ]
    items = "".join(f"<li>{_answer(analysis, r)}</li>" for r in answers) + "".join(
        f"<li>{escape(s)}</li>" for s in silent
    )
    return (
        f"<b>{escape(head)}</b> {_verbatim(analysis, analysis.article.slice(d.content))}"
        f"{_why(analysis, d)}{f'<ul>{items}</ul>' if items else ''}"
    )


def _answer(analysis: Analysis, r: Response) -> str:
    head = f"{r.id}: {analysis.joined(r.actors) or 'unknown'}: {stance_label(r.stance, labels('en'))}"
    sign = STANCE_MARKS[r.stance][0]
    return f"{sign} <b>{escape(head)}</b> {_verbatim(analysis, analysis.article.slice(r.evidence))}{_why(analysis, r)}"


def _verbatim(analysis: Analysis, words: str) -> str:
    style = f"{ISOLATE};overflow-wrap:anywhere"
    return f'<span lang="{escape(analysis.article.language)}" style="{style}">«{escape(words)}»</span>'


def _why(analysis: Analysis, record: Demand | Response) -> str:
    told = f"Why? {short_reason(record)}, certainty {number(record.confidence, 2)}"
    listed = "".join(f"<li>{escape(step)}</li>" for step in steps(analysis, record))
    return f"<details><summary>{escape(told)}</summary><ol>{listed}</ol></details>"
