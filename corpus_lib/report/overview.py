"""Several articles: a table of all, and what they hold together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus_lib import plots
from corpus_lib.analysis import Analysis
from corpus_lib.labels import number
from corpus_lib.render import NOBODY, speaker_name
from corpus_lib.report.demanding import drawn, pairs_table
from corpus_lib.report.markup import Content, Html, element, joined, link, table, verbatim
from corpus_lib.report.saying import bar, quote_frame
from corpus_lib.report.setting import Setting
from corpus_lib.report.wording import lix_of

if TYPE_CHECKING:
    import pandas as pd

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


def overview(analyses: Sequence[Analysis], places: Sequence[str], at: Setting) -> Html:
    """Return the table of the articles; each title leads to its article.

    Parameters
    ----------
    places
        The id of each article on the page.
    """
    t = at.t
    rows: list[Sequence[Content]] = [
        (number(n), link(place, verbatim(title_of(a), a.article.language)), *_facts(a, at))
        for n, (a, place) in enumerate(zip(analyses, places, strict=True), start=1)
    ]
    columns = (
        t("overview.number"), t("noun.article"), t("overview.date"), t("noun.words"), t("report.quotations"),
        t("overview.most_quoted"), t("overview.demands"), t("overview.answers"), t("overview.refusals"), "LIX",
    )  # fmt: skip
    return table(t("overview.caption", n=len(rows)), columns, rows, kinds="nw nn nnnn", head=1)


def _facts(analysis: Analysis, at: Setting) -> tuple[Content, ...]:
    names = analysis.names()
    words = Counter[str]()
    for quote in analysis.quotes:
        words[speaker_name(quote, names)] += analysis.word_count(quote)
    top = words.most_common(1)
    counts = lix_of(analysis)
    return (
        date_of(analysis) or "–",
        counts.words,
        len(analysis.quotes),
        at.speaker(top[0][0], analysis.article.language) if top else "–",
        len(analysis.demands),
        len(analysis.responses),
        sum(r.stance == "reject" for r in analysis.responses),
        number(counts.lix) if counts.words else "–",
    )


def says(analyses: Sequence[Analysis], at: Setting) -> Html:
    """Return who says what in all articles; people of one name are taken for one."""
    quotes = quote_frame(analyses)
    finding = element("p", plots.share_finding(quotes, at.t.language), class_="finding")
    if quotes.empty:
        return finding
    figure = plots.speaker_share(quotes, colours=at.looks, language=at.t.language)
    shown = plots.as_svg(figure, caption=at.t("report.share_figure"), name="all-share")
    return joined((
        finding, Html(f'<div class="figures">{_speakers(quotes, at)}{shown}</div>'),
        element("p", at.t("report.same_name"), class_="small"),
    ))  # fmt: skip


def _speakers(quotes: pd.DataFrame, at: Setting) -> Html:
    """Return the speakers of all articles: quotations, articles, words and their share."""
    t = at.t
    grouped = quotes.assign(speaker=quotes["speaker"].fillna(NOBODY)).groupby("speaker")
    found = grouped.agg(quotes=("id", "size"), articles=("doc", "nunique"), words=("words", "sum"))
    found = found.sort_values(["words", "quotes"], ascending=False, kind="stable")
    total = max(1, int(found["words"].sum()))
    rows: list[Sequence[Content]] = [
        (at.speaker(str(speaker), None), int(count), int(articles), int(words),
         bar(words / total, f"{number(100 * words / total, 1)} %"))
        for speaker, count, articles, words in found.head(MOST_SPEAKERS).itertuples()
    ]  # fmt: skip
    known = t("report.speakers_caption", n=len(found.drop(index=NOBODY, errors="ignore")))
    caption = t("report.speakers_most", n=len(rows), speakers=known) if len(rows) < len(found) else known
    if caption == known and NOBODY in found.index:
        caption = t("report.speakers_unknown", speakers=known)
    columns = (t("noun.speaker"), t("report.quotations"), t("overview.articles"), t("noun.words"), t("report.share"))
    return table(caption, columns, rows, kinds=" nnn ")


def demands(analyses: Sequence[Analysis], at: Setting) -> Html:
    """Return who demands what of whom in all articles, and what is answered."""
    asked = plots.demanding_of(analyses)
    finding = element("p", plots.demanding_finding(asked, at.t.language), class_="finding")
    return joined((finding, pairs_table(asked, at, MOST_SPEAKERS) if len(asked) else "", drawn(analyses, at)))
