"""Several articles: a table of all, what they hold together, and each article folded away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus_lib import plots
from corpus_lib.analysis import Analysis
from corpus_lib.render import NOBODY, number, speaker_name
from corpus_lib.report.demanding import WHEN, has_times
from corpus_lib.report.markup import Content, Html, element, heading, joined, link, named, table, verbatim
from corpus_lib.report.saying import ABOUT, bar, quote_frame
from corpus_lib.words import readability

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

MOST_SPEAKERS = 20

_TIME = re.compile(r"^(\d{4}-\d\d-\d\d)T(?=\d)")


def title_of(analysis: Analysis) -> str:
    """Return an article's title, else its first line, else its id."""
    article = analysis.article
    first = next((article.slice(b.span) for b in article.blocks if b.kind == "title"), None)
    return article.metadata.title or first or article.id


def date_of(analysis: Analysis) -> str | None:
    """Return when an article was published, as exact as it says, with a space between day and time."""
    metadata = analysis.article.metadata
    given = metadata.published or metadata.date
    return _TIME.sub(r"\1 ", given) if given else None


def overview(analyses: Sequence[Analysis], places: Sequence[str]) -> Html:
    """Return the table of the articles; each title leads to its article.

    Parameters
    ----------
    places
        The id of each article on the page.
    """
    rows: list[Sequence[Content]] = [
        (number(n), link(place, verbatim(title_of(a), a.article.language)), *_facts(a))
        for n, (a, place) in enumerate(zip(analyses, places, strict=True), start=1)
    ]
    columns = (
        "No.", "Article", "Date", "Words", "Quotations", "Most quoted", "Demands", "Answers", "Refusals", "LIX",
    )  # fmt: skip
    return element(
        "section",
        heading(2, "Overview", id="overview"),
        table(f"The articles: {number(len(rows))}", columns, rows, kinds="nw nn nnnn", head=1),
        aria_labelledby="overview",
    )


def _facts(analysis: Analysis) -> tuple[Content, ...]:
    names = analysis.names()
    words = Counter[str]()
    for quote in analysis.quotes:
        words[speaker_name(quote, names)] += analysis.word_count(quote)
    top = words.most_common(1)
    counts = readability(*(analysis.article.slice(b.span) for b in analysis.article.blocks))
    return (
        date_of(analysis) or "–",
        counts.words,
        len(analysis.quotes),
        named(top[0][0], analysis.article.language if top[0][0] != NOBODY else None) if top else "–",
        len(analysis.demands),
        len(analysis.responses),
        sum(r.stance == "reject" for r in analysis.responses),
        number(counts.lix) if counts.words else "–",
    )


def together(analyses: Sequence[Analysis]) -> Html:
    """Return who says what and who demands what in all articles; people of one name are taken for one."""
    quotes = quote_frame(analyses)
    edges, asked, events = plots.speaking_about(analyses), plots.demanding_of(analyses), plots.events(analyses)
    said = [element("p", plots.share_finding(quotes), class_="finding")]
    drawn = []
    if len(quotes):
        drawn.append((plots.speaker_share(quotes), "Words in quotations by speaker, all articles together.", "share"))
    if len(edges):
        drawn.append((plots.speaking_network(edges), ABOUT, "about"))
    demanded = [element("p", plots.demanding_finding(asked), class_="finding")]
    pictures = []
    if len(asked):
        pictures.append((plots.demand_graph(asked), "Who demands of whom, all articles together.", "graph"))
    if has_times(events):
        pictures.append((plots.timeline(events), WHEN, "time"))
    note = "People and bodies of different articles are taken for one where their names are the same."
    return joined((
        element("section", heading(2, "Who says what, in all articles", id="all-says"), *said,
                _figures(drawn, _speakers(quotes) if len(quotes) else Html("")),
                element("p", note, class_="small"), aria_labelledby="all-says"),
        element("section", heading(2, "Who demands what, in all articles", id="all-demands"), *demanded,
                _figures(pictures, _pairs(asked) if len(asked) else Html("")), aria_labelledby="all-demands"),
    ))  # fmt: skip


def _figures(drawn: Sequence[tuple[Figure, str, str]], beside: Html) -> Html:
    shown = "".join(plots.as_svg(figure, caption=caption, name=f"all-{name}") for figure, caption, name in drawn)
    return Html(f'<div class="figures">{beside}{shown}</div>' if shown or beside else "")


def _speakers(quotes: pd.DataFrame) -> Html:
    """Return the speakers of all articles: quotations, articles, words and their share."""
    grouped = quotes.assign(speaker=quotes["speaker"].fillna(NOBODY)).groupby("speaker")
    found = grouped.agg(quotes=("id", "size"), articles=("doc", "nunique"), words=("words", "sum"))
    found = found.sort_values(["words", "quotes"], ascending=False, kind="stable")
    total = max(1, int(found["words"].sum()))
    rows: list[Sequence[Content]] = [
        (named(str(speaker)), int(count), int(articles), int(words),
         bar(words / total, f"{number(100 * words / total, 1)} %"))
        for speaker, count, articles, words in found.head(MOST_SPEAKERS).itertuples()
    ]  # fmt: skip
    most = f", the {len(rows)} most quoted" if len(rows) < len(found) else ""
    caption = f"Speakers: {number(len(found))}{most}"
    return table(caption, ("Speaker", "Quotations", "Articles", "Words", "Share of quoted words"), rows, kinds=" nnn ")


def _pairs(asked: pd.DataFrame) -> Html:
    """Return who demands of whom: demands, how many were answered, how many refused."""
    rows: list[Sequence[Content]] = [
        (named(str(actor)), named(str(addressee)), int(demands), int(answered), int(rejected))
        for actor, addressee, demands, answered, rejected in asked.head(MOST_SPEAKERS).itertuples(index=False)
    ]
    most = f", the {len(rows)} with most demands" if len(rows) < len(asked) else ""
    caption = f"Pairs of who demands and of whom: {number(len(asked))}{most}"
    return table(caption, ("Demands", "Of", "How many", "Answered", "Refused"), rows, kinds="  nnn")
