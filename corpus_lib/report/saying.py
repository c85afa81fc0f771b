"""Who says what: how much each speaker is quoted, and every quotation with the reason that it is one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from corpus_lib.analysis import Analysis
from corpus_lib.labels import number
from corpus_lib.language.lexicon import words_of
from corpus_lib.model import Actor, Quote
from corpus_lib.render import speaker_name
from corpus_lib.report.markup import Content, Html, element, filled, html, joined, link, named, table, verbatim
from corpus_lib.report.setting import Setting, why
from corpus_lib.report.text import look_class
from corpus_lib.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

MOST_SPEAKERS = 12
"""As many speakers have a row of their own where an article is summed up."""


def quote_frame(analyses: Iterable[Analysis]) -> pd.DataFrame:
    """Return the quotations of several analyses as one frame, made at once."""
    import pandas as pd

    rows = [row for analysis in analyses for row in analysis.rows("quotes")]
    return pd.DataFrame(rows, columns=list(TABLES["quotes"]))


def speaker_table(analysis: Analysis, at: Setting) -> Html:
    """Return the table of speakers: role, direct and reported quotations, words and their share."""
    t, names, people = at.t, analysis.names(), {a.id: a for a in analysis.actors}
    language = analysis.article.language
    words: Counter[str] = Counter()
    direct: Counter[tuple[str, bool]] = Counter()
    ids: dict[str, tuple[str, ...]] = {}
    for quote in analysis.quotes:
        speaker = speaker_name(quote, names)
        words[speaker] += analysis.word_count(quote)
        direct[speaker, quote.type == "direct"] += 1
        ids[speaker] = quote.speakers
    total = max(1, sum(words.values()))
    rows: list[Sequence[Content]] = []
    for speaker, count in words.most_common(MOST_SPEAKERS):
        role = "; ".join(role for i in ids[speaker] if (role := _role(people[i])))
        shown = element("span", at.speaker(speaker, language), class_=f"key {look_class(speaker, at.looks)}")
        rows.append((shown, named(role, language), direct[speaker, True], direct[speaker, False], count,
                     bar(count / total, f"{number(100 * count / total)} %")))  # fmt: skip
    columns = (
        t("noun.speaker"), t("report.role"), t("report.direct"), t("report.reported"), t("noun.words"),
        t("report.share"),
    )  # fmt: skip
    return table(_speakers_caption(analysis, len(words), len(rows), at), columns, rows, kinds="  nnn ")


def speakers_of(analysis: Analysis) -> int:
    """Return how many speakers are known: whoever denies is one who speaks."""
    return len({s for q in analysis.quotes for s in q.speakers})


def _speakers_caption(analysis: Analysis, found: int, shown: int, at: Setting) -> str:
    caption = at.t("report.speakers_caption", n=speakers_of(analysis))
    if shown < found:
        return at.t("report.speakers_most", n=shown, speakers=caption)
    return (
        at.t("report.speakers_unknown", speakers=caption) if any(not q.speakers for q in analysis.quotes) else caption
    )


def _role(actor: Actor) -> str:
    return ", ".join(filter(None, (*actor.roles[:2], actor.affiliation)))


def bar(share: float, label: str) -> Html:
    """Return a bar with its number; the number says it all."""
    fill = f'<span class="bar" aria-hidden="true"><i style="width:{100 * min(1.0, max(0.0, share)):.1f}%"></i></span>'
    return element("span", Html(fill), label, class_="measure")


def quote_table(analysis: Analysis, at: Setting) -> Html:
    """Return every quotation with speaker, type, and the reason; its id leads to the text."""
    t, names, language = at.t, analysis.names(), analysis.article.language
    rows: list[Sequence[Content]] = [
        (
            link(f"{at.prefix}-{q.id}", q.id, label=t("report.in_text", id=q.id)),
            at.speaker(speaker_name(q, names), language),
            _words(analysis, q, at),
            _type(analysis, q, at),
            why(analysis, q, at),
        )
        for q in analysis.quotes
    ]  # fmt: skip
    columns = (t("report.id"), t("noun.speaker"), t("noun.words"), t("report.type"), t("report.rule"))
    ids = [f"{at.prefix}-row-{q.id}" for q in analysis.quotes]
    return table(t("report.quotes_caption", n=len(rows)), columns, rows, kinds="  w s", ids=ids)


def _type(analysis: Analysis, quote: Quote, at: Setting) -> Html:
    told = html(at.t(f"type.{quote.type}"))
    if not quote.medium:
        return told
    return joined((told, Html("<br>"), medium(quote.medium, analysis.article.language, at)))


def _words(analysis: Analysis, quote: Quote, at: Setting) -> Html:
    words = verbatim(" … ".join(s.of(analysis.article.text) for s in quote.segments), analysis.article.language)
    return filled(at.t, "speaker.denied_words", words=words) if quote.denied else words


def medium(name: str, language: str, at: Setting) -> Html:
    """Return where or to whom something is said: «i en pressemelding», «til NTB»."""
    channels = words_of("persons.toml", "channels")
    within = not channels.isdisjoint(name.lower().split())
    return filled(at.t, "report.in" if within else "report.to", medium=named(name, language))
