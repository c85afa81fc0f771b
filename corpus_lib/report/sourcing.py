"""The sources of an article or corpus, and who was called on or criticised and is not found heard."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING, get_args

from corpus_lib import plots
from corpus_lib.analysis import Analysis
from corpus_lib.labels import number
from corpus_lib.model import DENIES
from corpus_lib.plots.bars import value_label
from corpus_lib.report.markup import Content, Html, element, filled, heading, joined, link, named, table, verbatim
from corpus_lib.report.saying import bar
from corpus_lib.report.setting import SURE, Setting, unsure
from corpus_lib.sources import Party, shares
from corpus_lib.sources.auditing import frame_of, rows
from corpus_lib.sources.hearing import Told, hearing
from corpus_lib.sources.summing import NOT_TOLD, By

if TYPE_CHECKING:
    import pandas as pd

MOST_VALUES, MOST_QUOTES, MOST_PARTIES = 12, 10, 6
"""As many kinds have a bar, as many quotations stand below it, as many parties stand on the first page."""

_LONGEST = 160
"""As many characters of a passage stand on the first page."""


def audit_of(analyses: Sequence[Analysis]) -> pd.DataFrame:
    """Return the audit of sources of several analyses as one frame."""
    return frame_of([row for a in analyses for row in rows(a.article, a.actors, a.quotes)])


def parties_of(analysis: Analysis) -> tuple[Party, ...]:
    """Return who is called on, accused or criticised in an article, those not found heard first."""
    return hearing(Told(analysis.article, analysis.actors, analysis.quotes, analysis.demands, analysis.responses))


def unheard(analysis: Analysis, at: Setting) -> Html:
    """Return those who were not found heard, or are only said to have been asked, with the words they should answer."""
    found = parties_of(analysis)
    listed = [p for p in found if p.heard in ("not found", "said to be asked")]
    if not listed:
        return element("p", at.t("report.hearing_none" if found else "report.hearing_nobody"))
    lines = [element("li", *_line(analysis, p, at)) for p in listed[:MOST_PARTIES]]
    more = at.t("count.others", n=len(listed) - MOST_PARTIES) if len(listed) > MOST_PARTIES else ""
    return joined((
        element("ul", *lines, element("li", more) if more else "", class_="unheard"),
        element("p", at.t("report.hearing_note"), class_="small"),
    ))  # fmt: skip


def _line(analysis: Analysis, party: Party, at: Setting) -> Sequence[Content]:
    names, language, t = analysis.names(), analysis.article.language, at.t
    by = analysis.joined(party.by, names)
    passage = next(iter(_passages(analysis, party, at)))
    demands = {d.id: d.confidence for d in analysis.demands}
    guessed = not party.charges and all(demands[d] < SURE for d in party.demands)
    return (
        element("b", named(names[party.actor], language)), f": {t(f'heard.{_key(party.heard)}')} · ",
        t.joined([t(f"reason.{_key(r)}") for r in party.reasons]),
        joined((" (", named(by, language), ")")) if by else "", " · ", passage, unsure(at) if guessed else "",
    )  # fmt: skip


def _key(words: str) -> str:
    return words.replace(" ", "_")


def _passages(analysis: Analysis, party: Party, at: Setting) -> list[Html]:
    """Return the words by which a party is called on or criticised, each once; a demand's id leads to the text."""
    text, language = analysis.article.text, analysis.article.language
    demands = {d.id: d for d in analysis.demands}
    found = {d: demands[d].content.of(text) for d in party.demands}
    shown = [
        joined((link(f"{at.prefix}-{d}", d, label=at.t("report.in_text", id=d)), " ", _quoted(words, language)))
        for d, words in found.items()
    ]
    return shown + [_quoted(words, language) for words in dict.fromkeys(c.sentence.of(text) for c in party.charges)]


def _quoted(words: str, language: str) -> Html:
    cut = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 2].rstrip()} …"
    return joined(("«", verbatim(" ".join(cut.split()), language), "»"))


def hearing_table(analysis: Analysis, at: Setting) -> Html:
    """Return everybody who is called on, accused or criticised beside whether they are heard, with the passages."""
    found, names, t, language = parties_of(analysis), analysis.names(), at.t, analysis.article.language
    if not found:
        return element("p", t("report.hearing_nobody"))
    body: list[Sequence[Content]] = []
    for party in found:
        heard = [_quoted(s.of(analysis.article.text), language) for s in party.spans[:3]]
        body.append((
            named(names[party.actor], language),
            t.joined([t(f"reason.{_key(r)}") for r in party.reasons]),
            named(analysis.joined(party.by, names), language),
            joined(_passages(analysis, party, at)[:4], Html("<br>")),
            joined((element("b", t(f"heard.{_key(party.heard)}")), *heard), Html("<br>")),
        ))  # fmt: skip
    columns = (t("report.party"), t("report.rule"), t("report.by"), t("report.passages"), t("report.is_heard"))
    return joined((
        element("p", t("report.hearing_note"), class_="small"),
        table(t("report.heard_caption", n=len(body)), columns, body, kinds="   ww"),
    ))  # fmt: skip


def sourcing(audit: pd.DataFrame, at: Setting, level: int, *, figures: bool) -> Html:
    """Return the audit of sources: by role, gender, party and place, with intervals; each bar opens its quotations.

    Parameters
    ----------
    audit
        Of one article or several.
    level
        Of the headings.
    figures
        Whether figures are drawn: for several articles, whose shares have intervals.
    """
    t = at.t
    if audit.empty:
        return element("p", t("finding.no_sources"))
    parts = [element("p", plots.source_finding(audit, "role_class", "words", t.language), class_="finding")]
    parts += [element("p", t("report.automatic"), " ", t("sources.note"), class_="small")]
    if figures:
        drawn = ("role_class", "words", "roles"), ("gender", "speakers", "gender")
        parts += [Html('<div class="figures">' + "".join(
            plots.as_svg(
                plots.source_share(audit, by, measure, language=t.language),  # type: ignore[arg-type]
                caption=t(f"report.{name}_figure"), name=f"{at.prefix}-{name}",
            ) for by, measure, name in drawn) + "</div>")]  # fmt: skip
    for by in ("role_class", "gender", "party", "outlet", "block"):
        told = audit[by].notna() & (audit[by] != NOT_TOLD)
        if told.any() and by in get_args(By):
            parts += [heading(level, t(f"sources.{by}")), _bars(audit, by, at)]
    return joined(parts)


def _bars(audit: pd.DataFrame, by: By, at: Setting) -> Html:
    """Return a bar for each value, which opens the quotations behind it."""
    found = shares(audit, by, "words").head(MOST_VALUES)
    values = audit[by].fillna(NOT_TOLD)
    lines = []
    for value, words, quotations, share, low, high in found[
        ["value", "words", "quotations", "share", "low", "high"]
    ].itertuples(index=False):
        told = f"{number(100 * share)} %"
        if not isnan(low):
            told += f" ({at.t('wording.between', low=number(100 * low), high=number(100 * high))})"
        held = at.t("count.words", n=round(words)), at.t("count.quotations", n=int(quotations))
        counts = element("span", at.t("sources.of_words", words=held[0], quotations=held[1]), class_="small")
        label = element("span", named(value_label(str(value), by, at.t)), class_="kind")
        head = element("summary", label, bar(share, told), " ", counts)
        lines.append(element("details", head, _behind(audit[values == value], at), class_="source"))
    return element("div", *lines, class_="sources")


def _behind(rows_: pd.DataFrame, at: Setting) -> Html:
    """Return the first quotations behind a bar, with who says them."""
    lines = []
    for speaker, text, ground in rows_[["speaker", "text", "role_words"]].head(MOST_QUOTES).itertuples(index=False):
        who = named(speaker) if isinstance(speaker, str) else at.speaker("unknown speaker", None)
        role = f" ({ground})" if isinstance(ground, str) else ""
        words = _quoted(text.removeprefix(DENIES), "")
        words = filled(at.t, "speaker.denied_words", words=words) if text.startswith(DENIES) else words
        lines.append(element("li", element("b", who), named(role), ": ", words))
    more = len(rows_) - MOST_QUOTES
    rest = element("li", at.t("count.others", n=more), class_="small") if more > 0 else ""
    return element("ul", *lines, rest)


def heard_finding(analyses: Sequence[Analysis], at: Setting) -> Html:
    """Return in which articles somebody was not found heard, each with a link, for several articles."""
    lines = []
    for number_, analysis in enumerate(analyses, start=1):
        names = analysis.names()
        found = [names[p.actor] for p in parties_of(analysis) if p.heard == "not found"]
        if found:
            who = at.t.joined(found[:MOST_PARTIES])
            lines.append(element("li", link(f"a{number_}", f"{number_}."), " ", named(who, analysis.article.language)))
    if not lines:
        return element("p", at.t("report.hearing_none"))
    return joined((
        element("ul", *lines[:40], class_="unheard"), element("p", at.t("report.hearing_note"), class_="small")
    ))  # fmt: skip
