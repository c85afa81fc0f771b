"""How the report was made: versions, thresholds, how much, what failed, and how to cite it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from corpus_lib.analysis import Analysis
from corpus_lib.labels import Labels, labels, number
from corpus_lib.model import Failure
from corpus_lib.report.markup import Content, Html, element, heading, table, verbatim, visible
from corpus_lib.version import MODEL, __version__
from corpus_lib.wire import SCHEMA

_LANGUAGES = {"nb": "bokmål", "nn": "nynorsk"}


def making(analyses: Sequence[Analysis], failures: Sequence[Failure], made_on: str | None, t: Labels) -> Html:
    """Return the section that says how the report was made.

    Parameters
    ----------
    made_on
        The date it was made, as it should stand there.
    """
    facts = [
        (t("making.library"), _made(analyses, "corpus_lib", __version__)),
        (t("making.model"), _made(analyses, "model", MODEL)),
        (t("making.format"), SCHEMA),
        (t("making.least"), _thresholds(analyses) or t("making.no_least")),
        (t("making.articles"), t("making.analysed", done=number(len(analyses)), failed=number(len(failures)))),
        (t("making.languages"), _languages(analyses) or t("making.none")),
        (t("making.mean"), _confidence(analyses, t)),
        *([(t("making.made_on"), made_on)] if made_on else []),
    ]
    listing = element("dl", *(part for name, value in facts for part in (element("dt", name), element("dd", value))))
    inside = (
        element("p", t("making.intro")), listing, _sources(analyses, t), heading(3, t("making.cite")),
        element("blockquote", element("p", citation(analyses, failures, t.language)), class_="cite"),
        element("p", t("making.cite_note")),
    )  # fmt: skip
    folded = element("details", element("summary", heading(2, t("report.made"), id="made")), *inside, class_="part")
    return element("section", failed(failures, t), folded, aria_labelledby="made")


def _made(analyses: Iterable[Analysis], key: str, default: str) -> str:
    return "; ".join(dict.fromkeys(visible(str(a.made_by.get(key, "unknown"))) for a in analyses)) or default


def _thresholds(analyses: Iterable[Analysis]) -> str:
    found = {float(a.made_by.get("options", {}).get("min_confidence", 0.0)) for a in analyses}
    return "; ".join(number(least, 2) for least in sorted(found)) if any(found) else ""


def _languages(analyses: Iterable[Analysis]) -> str:
    counts = Counter(a.article.language for a in analyses)
    return ", ".join(f"{_LANGUAGES.get(k, k)} {number(n)}" for k, n in counts.most_common())


def _confidence(analyses: Sequence[Analysis], t: Labels) -> str:
    groups = {
        "quotations": [q.confidence for a in analyses for q in a.quotes],
        "demands": [d.confidence for a in analyses for d in a.demands],
        "answers": [r.confidence for a in analyses for r in a.responses],
    }
    shown = [
        f"{t(f'count.{name}', n=len(values))}: {number(sum(values) / len(values), 2)}"
        for name, values in groups.items()
        if values
    ]
    return ", ".join(shown) or t("making.nothing_found")


def failed(failures: Sequence[Failure], t: Labels) -> Html:
    """Return the inputs that gave no analysis, with what was wrong; nothing where there are none."""
    if not failures:
        return Html("")
    rows: list[Sequence[Content]] = [
        (verbatim(f.id), t.known(f"stage.{f.stage}", f.stage), verbatim(f.message, "en")) for f in failures
    ]
    columns = (t("making.input"), t("making.stage"), t("making.message"))
    made = table(t("making.failed_caption", n=len(rows)), columns, rows, kinds="  w")
    return Html(heading(2, t("report.failed"), id="failed") + made)


def _sources(analyses: Sequence[Analysis], t: Labels) -> Html:
    """Return the articles with their checksums: what exactly was read."""
    if not analyses:
        return Html("")
    rows: list[Sequence[Content]] = [
        (verbatim(a.article.id), len(a.article.text), element("code", a.article.sha256), verbatim(warned(a)))
        for a in analyses
    ]  # fmt: skip
    columns = (t("noun.article"), t("making.characters"), t("making.checksum"), t("making.warnings"))
    return table(t("making.texts"), columns, rows, kinds=" nww")


def warned(analysis: Analysis) -> str:
    """Return what the reader of the text warned of."""
    return "; ".join(analysis.article.warnings) or "–"


def citation(analyses: Sequence[Analysis], failures: Sequence[Failure], language: str = "en") -> str:
    """Return a sentence for the method section of a paper.

    >>> citation([], []).startswith("No article")
    True
    """
    t = labels(language)
    if not analyses:
        return t("making.citation_none", version=__version__)
    counts = {
        "quotations": sum(len(a.quotes) for a in analyses),
        "demands": sum(len(a.demands) for a in analyses),
        "answers": sum(len(a.responses) for a in analyses),
    }
    least = _thresholds(analyses)
    return t(
        "making.citation",
        library=_made(analyses, "corpus_lib", __version__),
        model=_made(analyses, "model", MODEL),
        format=SCHEMA,
        threshold=t("making.threshold", value=least) if least else t("making.no_threshold"),
        found=t.joined([t(f"count.{name}", n=n) for name, n in counts.items()]),
        articles=t("count.articles", n=len(analyses)),
        lost=t("making.citation_lost", n=len(failures)) if failures else "",
    )
