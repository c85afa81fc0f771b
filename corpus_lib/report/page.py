"""The page around the sections: head, contents, theme, and the articles one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files

from corpus_lib import plots
from corpus_lib.analysis import Analysis
from corpus_lib.errors import WrongInput
from corpus_lib.given import kind
from corpus_lib.labels import Labels, commonest, labels, number
from corpus_lib.model import Failure
from corpus_lib.report import demanding, overview
from corpus_lib.report.making import making
from corpus_lib.report.markup import Html, element, heading, html, joined, link, named, verbatim, visible
from corpus_lib.report.overview import date_of, title_of
from corpus_lib.report.saying import quote_frame, quote_table, speaker_table, speakers_of
from corpus_lib.report.setting import Setting, page_looks
from corpus_lib.report.sourcing import audit_of, heard_finding, hearing_table, sourcing, unheard
from corpus_lib.report.text import legend, marked_text
from corpus_lib.report.wording import wording, words_finding, words_of_all
from corpus_lib.version import __version__

_OPEN = 3
"""With more articles than this, each is folded away at first."""

_TITLE = 200
"""As many characters of a title stand in the browser's bar."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""What the page may load: its own styles and pictures, and nothing else; no script runs."""


def report(
    analyses: Analysis | Iterable[Analysis | Failure],
    *,
    title: str | None = None,
    made_on: str | None = None,
    language: str | None = None,
) -> str:
    r"""Return one self-contained HTML page: who says what, who demands what and what is answered, which words carry it.

    An article begins with one page: the finding in words, the matrix, who speaks how much, and who was called on or
    criticised and is not found heard. The rest is folded away below.

    Parameters
    ----------
    analyses
        One analysis or several; a `Failure` among them is listed as what could not be read.
    title
        The page's title; where it is not given, the article's, or what the page holds.
    made_on
        The date it was made, as it should stand on the page; None leaves it out.
    language
        Of the page: ``en``, ``nb`` or ``nn``; None takes that of most articles.

    Raises
    ------
    BadOption
        If the language is another.

    Examples
    --------
    >>> from corpus_lib import analyse
    >>> page = report(analyse("Ap varsler kamp\n\n– Vi gir oss ikke, sier Kari Lie."))
    >>> page.startswith("<!DOCTYPE html>"), "Kari Lie" in page, "<script" in page
    (True, True, False)
    """
    given = _given(analyses)
    done = [a for a in given if isinstance(a, Analysis)]
    failures = [f for f in given if isinstance(f, Failure)]
    t = labels(language or commonest(a.article.language for a in done))
    at = Setting(t, "a1", page_looks(done))
    head = _one_head(done[0], title, t) if len(done) == 1 else _head(done, failures, title, t)
    sections = _one(done[0], at) if len(done) == 1 else _several(done, at)
    shown = title or (title_of(done[0]) if len(done) == 1 else _default_title(done, t))
    main = joined((sections, making(done, failures, made_on, t)))
    return _page(visible(shown)[:_TITLE], head, _contents(done, failures, t), main, t)


def _given(analyses: object) -> list[Analysis | Failure]:
    """Return the analyses that a report is made of.

    Raises
    ------
    WrongInput
        If there are none: the message says how to get them.
    """
    if isinstance(analyses, Analysis):
        return [analyses]
    hint = "such as report(analyse(read_article(path))) or report(Corpus.open(folder).analyses())"
    if not isinstance(analyses, Iterable) or isinstance(analyses, str | bytes | Mapping):
        raise WrongInput(f"report takes analyses, found {kind(analyses)}; {hint}")
    given = list(analyses)
    if wrong := next((a for a in given if not isinstance(a, Analysis | Failure)), None):
        raise WrongInput(f"report takes analyses, found {kind(wrong)} among them; {hint}")
    return given


def _default_title(analyses: Sequence[Analysis], t: Labels) -> str:
    return t("report.default_title", n=len(analyses)) if analyses else t("report.nothing")


def _one_head(analysis: Analysis, title: str | None, t: Labels) -> Html:
    article = analysis.article
    heading_ = named(title) if title else named(title_of(analysis), article.language)
    facts = [date_of(analysis), article.metadata.byline, article.metadata.source]
    shown = [verbatim(f, article.language) for f in facts if f] + [verbatim(article.id)]
    figures = (
        ("quotations", len(analysis.quotes)), ("speakers", speakers_of(analysis)), ("demands", len(analysis.demands)),
        ("answers", len(analysis.responses)),
    )  # fmt: skip
    return _header(heading_, joined(shown, " · "), figures, t)


def _head(analyses: Sequence[Analysis], failures: Sequence[Failure], title: str | None, t: Labels) -> Html:
    dates = sorted(d[:10] for a in analyses if (d := date_of(a)))
    span = ""
    if dates:
        span = dates[0] if len(set(dates)) == 1 else t("report.period", first=dates[0], last=dates[-1])
    figures = [
        ("articles", len(analyses)), ("quotations", sum(len(a.quotes) for a in analyses)),
        ("demands", sum(len(a.demands) for a in analyses)), ("answers", sum(len(a.responses) for a in analyses)),
    ]  # fmt: skip
    figures += [("failures", len(failures))] if failures else []
    shown = verbatim(title) if title else html(_default_title(analyses, t))
    return _header(shown, verbatim(span) if span else Html(""), figures, t)


def _header(title: Html, facts: Html, figures: Sequence[tuple[str, int]], t: Labels) -> Html:
    counts = []
    for name, n in figures:
        count, _, noun = t(f"count.{name}", n=n).rpartition(" ")
        counts.append(element("li", element("b", count), f" {noun}"))
    return element(
        "header", element("p", t("report.kicker"), class_="kicker"),
        heading(1, title), element("p", facts, class_="facts") if facts else "",
        element("ul", *counts, class_="counts"),
    )  # fmt: skip


def _first_page(analysis: Analysis, at: Setting, level: int) -> Html:
    """Return what an article comes to, on a page: in words, the matrix, who speaks, who is not found heard."""
    t, quotes = at.t, quote_frame([analysis])
    findings = (
        plots.share_finding(quotes, t.language),
        plots.matrix_finding(plots.answers_of(analysis), t.language),
        words_finding(analysis, t),
    )
    parts = [element("p", f, class_="finding") for f in findings]
    if analysis.demands:
        parts += [heading(level, t("report.matrix"), id=f"{at.prefix}-demands"), demanding.matrix(analysis, at)]
    if analysis.quotes:
        parts += [heading(level, t("report.shares"), id=f"{at.prefix}-says"), speaker_table(analysis, at)]
    parts += [heading(level, t("report.hearing"), id=f"{at.prefix}-unheard"), unheard(analysis, at)]
    return element("section", *parts, class_="first")


def _folded_parts(analysis: Analysis, at: Setting, level: int, *, figures: bool) -> Html:
    """Return what stands behind the first page, each part folded away."""
    parts = [_part("marked", at, level, legend(analysis, at), marked_text(analysis, at))]
    if analysis.demands or analysis.responses:
        parts += [_part("pairs", at, level, demanding.pairs(analysis, at, level + 1))]
    if analysis.quotes:
        parts += [_part("quotes", at, level, quote_table(analysis, at))]
        audit = sourcing(audit_of([analysis]), at, level + 1, figures=False)
        parts += [_part("sources", at, level, audit)]
    parts += [_part("heard", at, level, hearing_table(analysis, at))]
    if figures and (drawn := demanding.drawn(analysis, at)):
        parts += [_part("figures", at, level, drawn)]
    parts += [_part("words", at, level, wording(analysis, at, level + 1, figures=figures))]
    return joined(parts)


def _part(name: str, at: Setting, level: int, *inside: Html) -> Html:
    """Return a part under its heading, folded away; a link into it opens it."""
    title = heading(level, at.t(f"report.{name}"), id=f"{at.prefix}-{name}")
    return element("details", element("summary", title), *inside, class_="part")


def _one(analysis: Analysis, at: Setting) -> Html:
    return joined((_first_page(analysis, at, 2), _folded_parts(analysis, at, 2, figures=True)))


def _several(analyses: Sequence[Analysis], at: Setting) -> Html:
    t = at.t
    if not analyses:
        return element("p", t("report.nothing_why"), class_="finding")
    places = [f"a{n}" for n in range(1, len(analyses) + 1)]
    every = Setting(t, "all", at.looks)
    articles = joined(
        _folded(a, Setting(t, place, at.looks), n, unfolded=len(analyses) <= _OPEN)
        for n, (a, place) in enumerate(zip(analyses, places, strict=True), start=1)
    )
    return joined((
        _section("overview", t("report.overview"), overview.overview(analyses, places, at)),
        _section("all-heard", t("report.hearing"), heard_finding(analyses, every)),
        _together("all-says", "all_says", every, overview.says(analyses, every)),
        _together("all-demands", "all_demands", every, overview.demands(analyses, every)),
        _together("all-sources", "all_sources", every, sourcing(audit_of(analyses), every, 3, figures=True)),
        _together("all-words", "all_words", every, words_of_all(analyses, every, 3)),
        _section("articles", t("report.articles"), element("p", t("overview.hint"), class_="small screen"), articles),
    ))  # fmt: skip


def _section(name: str, title: str, *inside: Html) -> Html:
    return element("section", heading(2, title, id=name), *inside, aria_labelledby=name)


def _together(name: str, key: str, at: Setting, inside: Html) -> Html:
    """Return what all articles hold together, folded away."""
    title = heading(2, at.t(f"report.{key}"), id=name)
    folded = element("details", element("summary", title), inside, class_="part")
    return element("section", folded, aria_labelledby=name)


def _folded(analysis: Analysis, at: Setting, count: int, *, unfolded: bool) -> Html:
    """Return an article under its title; a link to it opens it, because the target lies inside."""
    t = at.t
    title = heading(3, f"{count}. ", verbatim(title_of(analysis), analysis.article.language))
    facts = joined((verbatim(analysis.article.id), date_of(analysis) or t("report.no_date")), " · ")
    body = element(
        "div", element("p", facts, class_="facts"), _first_page(analysis, at, 4),
        _folded_parts(analysis, at, 4, figures=False),
        element("p", link("overview", t("report.back")), class_="small screen"), id=at.prefix, class_="body",
    )  # fmt: skip
    return element("details", element("summary", title), body, class_="one", open="" if unfolded else None)


def _contents(analyses: Sequence[Analysis], failures: Sequence[Failure], t: Labels) -> Html:
    places: list[tuple[str, str]] = []
    if len(analyses) == 1:
        (analysis,) = analyses
        places += [("a1-demands", t("report.matrix"))] if analysis.demands else []
        places += [("a1-says", t("report.shares"))] if analysis.quotes else []
        places += [("a1-unheard", t("report.hearing")), ("a1-marked", t("report.marked"))]
        places += [("a1-words", t("report.words"))]
    elif analyses:
        places = [
            ("overview", t("report.overview")), ("all-heard", t("report.hearing")), ("all-says", t("report.all_says")),
            ("all-demands", t("report.all_demands")), ("all-sources", t("report.all_sources")),
            ("all-words", t("report.all_words")), ("articles", t("report.articles")),
        ]  # fmt: skip
    places += [("made", t("report.made"))]
    places += [("failed", f"{t('report.failed')} ({number(len(failures))})")] if failures else []
    links = joined(element("li", link(place, name)) for place, name in places)
    choices = joined(
        Html(f'<label><input type="radio" name="theme" id="theme-{key}"{checked}> {t(f"report.theme_{key}")}</label>')
        for key, checked in (("auto", " checked"), ("light", ""), ("dark", ""))
    )
    theme = Html(f'<fieldset class="theme"><legend>{t("report.theme")}</legend>{choices}</fieldset>')
    return element("nav", element("ul", links), theme, aria_label=t("report.contents"))


def _page(title: str, head: Html, contents: Html, sections: Html, t: Labels) -> str:
    style = (files(__package__) / "data" / "report.css").read_text(encoding="utf-8")
    footer = element("footer", t("report.footer", version=__version__))
    return (
        f'<!DOCTYPE html>\n<html lang="{t.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="corpus_lib {escape(__version__)}">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">{t("report.skip")}</a>\n{head}\n{contents}\n'
        f'<main id="main" tabindex="-1">\n{sections}\n</main>\n{footer}\n</body>\n</html>\n'
    )
