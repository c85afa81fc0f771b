"""The page around the sections: head, contents, theme, and the articles one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files

from corpus_lib.analysis import Analysis
from corpus_lib.errors import WrongInput
from corpus_lib.given import kind
from corpus_lib.model import Failure
from corpus_lib.render import counted, number
from corpus_lib.report.demanding import demanding
from corpus_lib.report.making import making
from corpus_lib.report.markup import Html, element, heading, html, joined, link, named, verbatim, visible
from corpus_lib.report.overview import date_of, overview, title_of, together
from corpus_lib.report.saying import saying
from corpus_lib.report.wording import wording, words_of_all
from corpus_lib.version import __version__

_OPEN = 3
"""With more articles than this, each is folded away at first."""

_TITLE = 200
"""As many characters of a title stand in the browser's bar."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""What the page may load: its own styles and pictures, and nothing else; no script runs."""


def report(
    analyses: Analysis | Iterable[Analysis | Failure], *, title: str | None = None, made_on: str | None = None
) -> str:
    r"""Return one self-contained HTML page: who says what, who demands what and what is answered, which words carry it.

    Parameters
    ----------
    analyses
        One analysis or several; a `Failure` among them is listed as what could not be read.
    title
        The page's title; where it is not given, the article's, or what the page holds.
    made_on
        The date it was made, as it should stand on the page; None leaves it out.

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
    head = _one_head(done[0], title) if len(done) == 1 else _head(done, failures, title)
    sections = _one(done[0]) if len(done) == 1 else _several(done)
    contents = _contents(done, failures)
    shown = title or (title_of(done[0]) if len(done) == 1 else _default_title(done))
    return _page(visible(shown)[:_TITLE], head, contents, joined((sections, making(done, failures, made_on))))


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


def _default_title(analyses: Sequence[Analysis]) -> str:
    return f"Who says what in {counted(len(analyses), 'article')}" if analyses else "No article could be analysed"


def _one_head(analysis: Analysis, title: str | None) -> Html:
    article = analysis.article
    heading_ = named(title) if title else named(title_of(analysis), article.language)
    facts = [date_of(analysis), article.metadata.byline, article.metadata.source]
    shown = [verbatim(f, article.language) for f in facts if f] + [verbatim(article.id)]
    speakers = {s for q in analysis.quotes for s in q.speakers}
    figures = (
        (len(analysis.quotes), "quotation"), (len(speakers), "speaker"), (len(analysis.demands), "demand"),
        (len(analysis.responses), "answer"),
    )  # fmt: skip
    return _header(heading_, joined(shown, " · "), figures)


def _head(analyses: Sequence[Analysis], failures: Sequence[Failure], title: str | None) -> Html:
    dates = sorted(d[:10] for a in analyses if (d := date_of(a)))
    span = dates[0] if len(set(dates)) == 1 else f"{dates[0]} to {dates[-1]}" if dates else ""
    figures = [
        (len(analyses), "article"), (sum(len(a.quotes) for a in analyses), "quotation"),
        (sum(len(a.demands) for a in analyses), "demand"), (sum(len(a.responses) for a in analyses), "answer"),
    ]  # fmt: skip
    figures += [(len(failures), "failure")] if failures else []
    return _header(
        verbatim(title) if title else html(_default_title(analyses)), verbatim(span) if span else Html(""), figures
    )


def _header(title: Html, facts: Html, figures: Sequence[tuple[int, str]]) -> Html:
    counts = joined(element("li", element("b", number(n)), f" {what if n == 1 else what + 's'}") for n, what in figures)
    return element(
        "header", element("p", "Who says what, who demands what, and which words carry it", class_="kicker"),
        heading(1, title), element("p", facts, class_="facts") if facts else "", element("ul", counts, class_="counts"),
    )  # fmt: skip


def _sections(analysis: Analysis, prefix: str, level: int, *, figures: bool) -> Html:
    return joined((
        saying(analysis, prefix, level, figures=figures),
        demanding(analysis, prefix, level, figures=figures),
        wording(analysis, prefix, level, figures=figures),
    ))  # fmt: skip


def _one(analysis: Analysis) -> Html:
    return _sections(analysis, "a1", 2, figures=True)


def _several(analyses: Sequence[Analysis]) -> Html:
    if not analyses:
        return element("p", "What was wrong with each input stands below.", class_="finding")
    hint = "An article opens by its title, or by a link to it; what is folded away is not printed."
    places = [f"a{n}" for n in range(1, len(analyses) + 1)]
    articles = joined(
        _folded(a, place, n, unfolded=len(analyses) <= _OPEN)
        for n, (a, place) in enumerate(zip(analyses, places, strict=True), start=1)
    )
    listed = element(
        "section", heading(2, "The articles", id="articles"), element("p", hint, class_="small"), articles,
        aria_labelledby="articles",
    )  # fmt: skip
    return joined((overview(analyses, places), together(analyses), words_of_all(analyses, "all", 2), listed))


def _folded(analysis: Analysis, place: str, count: int, *, unfolded: bool) -> Html:
    """Return an article under its title; a link to it opens it, because the target lies inside."""
    title = heading(3, f"{count}. ", verbatim(title_of(analysis), analysis.article.language))
    facts = joined((verbatim(analysis.article.id), date_of(analysis) or "no date"), " · ")
    body = element(
        "div", element("p", facts, class_="facts"), _sections(analysis, place, 4, figures=False),
        element("p", link("overview", "Back to the overview"), class_="small"), id=place, class_="body",
    )  # fmt: skip
    return element("details", element("summary", title), body, class_="one", open="" if unfolded else None)


def _contents(analyses: Sequence[Analysis], failures: Sequence[Failure]) -> Html:
    if len(analyses) == 1:
        places = [("a1-says", "Who says what"), ("a1-demands", "Demands and answers"), ("a1-words", "Words")]
    elif analyses:
        places = [
            ("overview", "Overview"), ("all-says", "Who says what"), ("all-demands", "Demands and answers"),
            ("all-words", "Words"), ("articles", "The articles"),
        ]  # fmt: skip
    else:
        places = []
    places += [("made", "How this was made")]
    places += [("failed", f"What failed ({number(len(failures))})")] if failures else []
    links = joined(element("li", link(place, name)) for place, name in places)
    choices = joined(
        Html(f'<label><input type="radio" name="theme" id="theme-{key}"{checked}> {name}</label>')
        for key, name, checked in (("auto", "as the system", " checked"), ("light", "light", ""), ("dark", "dark", ""))
    )
    theme = Html(f'<fieldset class="theme"><legend>Theme</legend>{choices}</fieldset>')
    return element("nav", element("ul", links), theme, aria_label="Contents")


def _page(title: str, head: Html, contents: Html, sections: Html) -> str:
    style = (files(__package__) / "data" / "report.css").read_text(encoding="utf-8")
    footer = element("footer", f"Made with corpus_lib {__version__}. The page is complete in this one file.")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="corpus_lib {escape(__version__)}">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">Skip to the analysis</a>\n{head}\n{contents}\n'
        f'<main id="main" tabindex="-1">\n{sections}\n</main>\n{footer}\n</body>\n</html>\n'
    )
