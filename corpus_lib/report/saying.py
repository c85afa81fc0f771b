"""Who says what: speaker shares, the marked article, and a table that says why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from corpus_lib import plots
from corpus_lib.analysis import Analysis
from corpus_lib.model import Actor, Demand, Quote, Response
from corpus_lib.quotes import RULES, sign_in_words
from corpus_lib.render import NOBODY, TYPES, number, speaker_name
from corpus_lib.report.markup import Content, Html, element, heading, joined, link, named, section, table, verbatim
from corpus_lib.report.text import legend, marked_text, speaker_classes
from corpus_lib.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd


ABOUT = "Who names whom in quotations: arrows carry the number of mentions by name or role."
"""The caption of the network of speakers."""


def saying(analysis: Analysis, prefix: str, level: int, *, figures: bool) -> Html:
    """Return the section on quotations.

    Parameters
    ----------
    prefix
        Goes before every id.
    level
        Of the section's heading.
    figures
        Whether figures are drawn; without, the tables alone.
    """
    quotes = quote_frame([analysis])
    parts = [
        heading(level, "Who says what", id=f"{prefix}-says"),
        element("p", plots.share_finding(quotes), class_="finding"),
    ]
    if analysis.quotes:
        parts += [_shares(analysis)]
        parts += [_drawn(analysis, quotes, prefix)] if figures else []
    parts += [heading(level + 1, "The article, marked"), legend(analysis), marked_text(analysis, prefix)]
    if analysis.quotes:
        parts += [heading(level + 1, "Every quotation, and why it is one"), quote_table(analysis, prefix)]
    return section(f"{prefix}-says", level, *parts)


def quote_frame(analyses: Iterable[Analysis]) -> pd.DataFrame:
    """Return the quotations of several analyses as one frame, made at once."""
    import pandas as pd

    rows = [row for analysis in analyses for row in analysis.rows("quotes")]
    return pd.DataFrame(rows, columns=list(TABLES["quotes"]))


def _shares(analysis: Analysis) -> Html:
    """Return the table of speakers: role, quotations by type, words and their share."""
    names, people = analysis.names(), {a.id: a for a in analysis.actors}
    classes, language = speaker_classes(analysis), analysis.article.language
    words: Counter[str] = Counter()
    types: Counter[tuple[str, str]] = Counter()
    ids = {}
    for quote in analysis.quotes:
        speaker = speaker_name(quote, names)
        words[speaker] += analysis.word_count(quote)
        types[speaker, quote.type] += 1
        ids[speaker] = quote.speakers
    total = max(1, sum(words.values()))
    rows: list[Sequence[Content]] = []
    for speaker, count in words.most_common():
        role = "; ".join(role for i in ids[speaker] if (role := _role(people[i])))
        shown = element("span", named(speaker, language if speaker != NOBODY else None),
                        class_=f"key {classes[speaker]}")  # fmt: skip
        rows.append((shown, named(role, language), *(types[speaker, kind] for kind in TYPES), count,
                     bar(count / total, f"{number(100 * count / total)} %")))  # fmt: skip
    columns = (
        "Speaker",
        "Role in the article",
        "Direct",
        "Reported",
        "Mixed",
        "Words",
        "Share of quoted words",
    )
    return table(f"Speakers: {number(len(rows))}", columns, rows, kinds="  nnnn ")


def _role(actor: Actor) -> str:
    return ", ".join(filter(None, (*actor.roles[:2], actor.affiliation)))


def bar(share: float, label: str) -> Html:
    """Return a bar with its number; the number says it all."""
    fill = f'<span class="bar" aria-hidden="true"><i style="width:{100 * min(1.0, max(0.0, share)):.1f}%"></i></span>'
    return element("span", Html(fill), label, class_="measure")


def _drawn(analysis: Analysis, quotes: pd.DataFrame, prefix: str) -> Html:
    share = plots.as_svg(
        plots.speaker_share(quotes),
        caption="Words in quotations by speaker: direct speech filled, reported speech hatched.",
        name=f"{prefix}-share",
    )
    edges = plots.speaking_about(analysis)
    if edges.empty:
        return Html(share)
    network = plots.as_svg(
        plots.speaking_network(edges),
        caption=ABOUT,
        name=f"{prefix}-about",
    )
    return Html(f'<div class="figures">{share}{network}</div>')


def quote_table(analysis: Analysis, prefix: str) -> Html:
    """Return every quotation with speaker, type, confidence, rule and explanation; its id leads to the text."""
    names, language = analysis.names(), analysis.article.language
    rows: list[Sequence[Content]] = [
        (
            link(f"{prefix}-{q.id}", q.id, label=f"{q.id} in the text"),
            named(speaker_name(q, names), language if q.speakers else None),
            verbatim(analysis.words_of(q), language),
            joined((TYPES[q.type], Html("<br>to "), named(q.medium, language))) if q.medium else TYPES[q.type],
            q.confidence,
            why(analysis, q),
        )
        for q in analysis.quotes
    ]
    columns = ("Id", "Speaker", "Words", "Type", "Confidence", "Rule and explanation")
    ids = [f"{prefix}-row-{q.id}" for q in analysis.quotes]
    return table(f"Quotations: {number(len(rows))}", columns, rows, kinds="  w ns", ids=ids)


def why(analysis: Analysis, record: Quote | Demand | Response) -> Html:
    """Return the rule behind a record and the steps that led there; a rule of one's own is shown as it is named."""
    steps = [f"({RULES[record.rule]})"] if record.rule in RULES else []
    for reason in record.reasons:
        if reason.weight is not None:
            steps.append(sign_in_words(reason))
            continue
        words = f" «{analysis.article.slice(reason.span)}»" if reason.span else ""
        steps.append(f"{reason.rule}{words}{f': {reason.note}' if reason.note else ''}")
    if isinstance(record, Quote):
        steps.append(f"speaker: {analysis.joined(record.speakers) or 'unknown'}")
    steps.append(f"confidence {number(record.confidence, 2)}")
    return joined((element("b", record.rule), " ", element("bdi", " → ".join(steps))))
