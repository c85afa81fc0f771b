"""How the report was made: versions, thresholds, how much, what failed, and how to cite it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from corpus_lib.analysis import Analysis
from corpus_lib.labels import labels
from corpus_lib.model import Failure
from corpus_lib.render import counted, number
from corpus_lib.report.markup import Content, Html, element, heading, table, verbatim, visible
from corpus_lib.version import MODEL, __version__
from corpus_lib.wire import SCHEMA

_LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk"}


def making(analyses: Sequence[Analysis], failures: Sequence[Failure], made_on: str | None) -> Html:
    """Return the section that says how the report was made.

    Parameters
    ----------
    made_on
        The date it was made, as it should stand there.
    """
    facts = [
        ("Library", _made(analyses, "corpus_lib", __version__)),
        ("Language model", _made(analyses, "model", MODEL)),
        ("Wire format", SCHEMA),
        ("Least confidence", _thresholds(analyses)),
        ("Articles", f"{number(len(analyses))} analysed, {number(len(failures))} failed"),
        ("Languages", _languages(analyses)),
        ("Mean confidence", _confidence(analyses)),
        *([("Made on", made_on)] if made_on else []),
    ]
    listing = element("dl", *(part for name, value in facts for part in (element("dt", name), element("dd", value))))
    return element(
        "section",
        heading(2, "How this was made", id="made"),
        element(
            "p",
            "Every result is automatic: each quotation, demand and answer carries the rule that set it and a "
            "confidence between 0 and 1. Before a figure goes into print, read a sample of the rows behind it.",
        ),
        listing,
        failed(failures),
        _sources(analyses),
        heading(3, "How to cite"),
        element("blockquote", element("p", citation(analyses, failures)), class_="cite"),
        element(
            "p",
            "Give the version, the threshold, and the share of right ones in a sample of your own. Confidences of "
            "quotations are shares of right finds, counted on annotated articles; METHOD.md in the library says what "
            "it can and cannot see.",
        ),
        aria_labelledby="made",
    )


def _made(analyses: Iterable[Analysis], key: str, default: str) -> str:
    return "; ".join(dict.fromkeys(visible(str(a.made_by.get(key, "unknown"))) for a in analyses)) or default


def _thresholds(analyses: Iterable[Analysis]) -> str:
    found = {float(a.made_by.get("options", {}).get("min_confidence", 0.0)) for a in analyses}
    if not any(found):
        return "none: everything that was found is shown"
    return "; ".join(number(least, 2) for least in sorted(found))


def _languages(analyses: Iterable[Analysis]) -> str:
    counts = Counter(a.article.language for a in analyses)
    return ", ".join(f"{_LANGUAGES.get(k, k)} {number(n)}" for k, n in counts.most_common()) or "none"


def _confidence(analyses: Sequence[Analysis]) -> str:
    groups = {
        "quotations": [q.confidence for a in analyses for q in a.quotes],
        "demands": [d.confidence for a in analyses for d in a.demands],
        "answers": [r.confidence for a in analyses for r in a.responses],
    }
    shown = [
        f"{name} {number(sum(values) / len(values), 2)} ({number(len(values))})"
        for name, values in groups.items()
        if values
    ]
    return ", ".join(shown) or "nothing was found"


def failed(failures: Sequence[Failure]) -> Html:
    """Return the inputs that gave no analysis, with what was wrong; nothing where there are none."""
    if not failures:
        return Html("")
    rows: list[Sequence[Content]] = [(verbatim(f.id), f.stage, verbatim(f.message)) for f in failures]
    caption = f"Inputs that gave no analysis: {number(len(rows))}"
    return Html(
        heading(3, "What failed", id="failed") + table(caption, ("Input", "At", "What was wrong"), rows, kinds="  w")
    )


def _sources(analyses: Sequence[Analysis]) -> Html:
    """Return the articles with their checksums: what exactly was read."""
    if not analyses:
        return Html("")
    rows: list[Sequence[Content]] = [
        (verbatim(a.article.id), len(a.article.text), element("code", a.article.sha256), verbatim(warned(a)))
        for a in analyses
    ]  # fmt: skip
    made = table(
        "The texts that were read", ("Article", "Characters", "SHA-256 of the text", "Warnings"), rows, kinds=" nww"
    )
    return element(
        "details",
        element("summary", "The texts that were read, with their checksums"),
        made,
        class_="key-of",
        open="" if len(analyses) == 1 else None,
    )


def warned(analysis: Analysis) -> str:
    """Return what the reader of the text warned of."""
    return "; ".join(analysis.article.warnings) or "–"


def citation(analyses: Sequence[Analysis], failures: Sequence[Failure]) -> str:
    """Return a sentence for the method section of a paper.

    >>> citation([], []).startswith("No article")
    True
    """
    if not analyses:
        return f"No article could be analysed with corpus_lib {__version__}."
    quotes = sum(len(a.quotes) for a in analyses)
    demands, answers = sum(len(a.demands) for a in analyses), sum(len(a.responses) for a in analyses)
    least = _thresholds(analyses)
    threshold = "no threshold of confidence" if least.startswith("none") else f"a least confidence of {least}"
    found = labels("en").joined([counted(quotes, "quotation"), counted(demands, "demand"), counted(answers, "answer")])
    lost = f"; {counted(len(failures), 'input')} could not be read" if failures else ""
    library, model = _made(analyses, "corpus_lib", __version__), _made(analyses, "model", MODEL)
    return (
        f"Quotations, speakers, demands and answers were found automatically with corpus_lib {library} (language model "
        f"{model}, format {SCHEMA}) and {threshold}: {found} in {counted(len(analyses), 'article')}{lost}."
    )
