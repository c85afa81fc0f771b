"""Which words carry it: the most frequent, those that set two sides apart, and how heavy the text is to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from corpus_lib import plots
from corpus_lib.analysis import Analysis
from corpus_lib.errors import WordsError
from corpus_lib.language.lexicon import stop_words
from corpus_lib.plots.style import shown
from corpus_lib.render import number
from corpus_lib.report.markup import Content, Html, element, heading, joined, named, section, table, verbatim
from corpus_lib.report.saying import bar
from corpus_lib.words import Index, Readability, frequencies, readability
from corpus_lib.words.comparison import narration, quotation, quotation_against_narration, speakers

if TYPE_CHECKING:
    import pandas as pd

    from corpus_lib.words.result import Result

MOST_WORDS, MOST_KEYS = 15, 12
_LEAST_WORDS = 20
"""A side with fewer words is not compared: every difference would be chance."""

_TOLD = ("title", "lead", "subheading", "body")

_BANDS = ((30.0, "very easy"), (40.0, "easy"), (50.0, "medium"), (60.0, "difficult"))


def band(lix: float) -> str:
    """Return how heavy a LIX value is to read (Björnsson 1968).

    >>> band(42), band(61)
    ('medium', 'very difficult')
    """
    return next((name for limit, name in _BANDS if lix < limit), "very difficult")


def wording(analysis: Analysis, prefix: str, level: int, *, figures: bool) -> Html:
    """Return the section on words of one article.

    Parameters
    ----------
    prefix
        Goes before every id.
    level
        Of the section's heading.
    figures
        Whether words are compared, with figures; without, the most frequent words and LIX alone.
    """
    found = _counted([analysis])
    whole = readability(*(analysis.article.slice(b.span) for b in analysis.article.blocks))
    lix = f" LIX {number(whole.lix)}: {band(whole.lix)} to read." if whole.words else ""
    parts = [
        heading(level, "Which words carry it", id=f"{prefix}-words"),
        element("p", plots.words_finding(found) + lix, class_="finding"),
        _frequent([analysis], found, analysis.article.language),
    ]
    parts += [compared([analysis], prefix, level + 1)] if figures else []
    parts += [_readability_table(analysis, whole)] if whole.words else []
    return section(f"{prefix}-words", level, *parts)


def words_of_all(analyses: Sequence[Analysis], prefix: str, level: int) -> Html:
    """Return the section on the words of several articles together."""
    found = _counted(analyses)
    return element(
        "section",
        heading(level, "Which words carry them", id=f"{prefix}-words"),
        element("p", plots.words_finding(found), class_="finding"),
        _frequent(analyses, found, None),
        compared(analyses, prefix, level + 1),
        aria_labelledby=f"{prefix}-words",
    )


def _stop_words(analyses: Iterable[Analysis]) -> frozenset[str]:
    return frozenset[str]().union(*(stop_words(language) for language in {a.article.language for a in analyses}))


def _counted(analyses: Sequence[Analysis]) -> pd.DataFrame:
    """Return the words of what is told and quoted; captions, bylines and credits carry no story."""
    texts = {
        str(n): "\n".join(a.article.slice(b.span) for b in a.article.blocks if b.kind in _TOLD)
        for n, a in enumerate(analyses)
    }
    return frequencies(texts, without=_stop_words(analyses))


def _frequent(analyses: Sequence[Analysis], found: pd.DataFrame, language: str | None) -> Html:
    """Return the most frequent words with their share and its interval; several articles also with their spread."""
    several = len(analyses) > 1
    top = found.head(MOST_WORDS)
    most = int(top["count"].max()) if len(top) else 1
    rows: list[Sequence[Content]] = [
        (
            verbatim(word, language), bar(count / most, number(count)), number(share / 1000, 1),
            f"{number(low / 1000, 1)} to {number(high / 1000, 1)}", *((documents,) if several else ()),
        )
        for word, count, share, low, high, documents in top.itertuples(index=False)
    ]  # fmt: skip
    total, kinds = number(found.attrs["total"]), number(len(found))
    caption = (
        f"The {len(rows)} most frequent of {kinds} different words in title, lead, subheadings and body, stop words "
        f"left out; {total} words in all"
    )
    columns = ("Word", "Occurrences", "Per 1 000 words", "95 % interval", *(("Articles",) if several else ()))
    return table(caption, columns, rows, kinds="  nnn")


def compared(analyses: Sequence[Analysis], prefix: str, level: int) -> Html:
    """Return what sets quotations apart from narration, and the two most quoted speakers from each other."""
    index = Index.of_analyses(analyses)
    parts = [heading(level, "What is quoted against what is told")]
    if "quote" not in index.marks:
        return joined((*parts, element("p", "There are no quotations to compare.")))
    sizes = (quotation(index).total, narration(index).total)
    if min(sizes) < _LEAST_WORDS:
        parts.append(_too_few("Quotations and narration", sizes))
    else:
        parts.append(
            _keys(
                quotation_against_narration(index, without=_stop_words(analyses)), ("Quoted", "Told"), f"{prefix}-told"
            )
        )
    parts += _two_speakers(analyses, index, prefix, level)
    return joined(parts)


def _too_few(what: str, sizes: tuple[int, int]) -> Html:
    shown = f"{number(sizes[0])} and {number(sizes[1])} words"
    return element("p", f"{what} have {shown}: too few to compare (at least {_LEAST_WORDS} on either side).")


def _two_speakers(analyses: Sequence[Analysis], index: Index, prefix: str, level: int) -> list[Html]:
    names = dict.fromkeys(n for a in analyses for q in a.quotes if not q.denied for n in _names(a, q.speakers))
    ordered = sorted(names, key=lambda n: -quotation(index, n).total)[:2]
    if len(ordered) < 2:
        return []
    one, other = ordered
    title = heading(level, named(one), " against ", named(other))
    sizes = (quotation(index, one).total, quotation(index, other).total)
    if min(sizes) < _LEAST_WORDS:
        return [title, _too_few("Their quotations", sizes)]
    try:
        found = speakers(index, one, other, without=_stop_words(analyses))
    except WordsError as error:
        return [title, element("p", verbatim(str(error)))]
    return [title, _keys(found, (shown(one), shown(other)), f"{prefix}-speakers")]


def _names(analysis: Analysis, speakers_: Sequence[str]) -> list[str]:
    names = analysis.names()
    return [names[s] for s in speakers_]


def _keys(result: Result, sides: tuple[str, str], name: str) -> Html:
    """Return key words as a figure and a table, with the notes on how they were counted."""
    frame = result.frame.head(MOST_KEYS)
    if frame.empty:
        return element("p", "No word stands three times or more on the two sides together.")
    measure = "g2_two_cell"
    columns = ("word", "count", "reference_count", "log_ratio", "low", "high", measure, "p_holm")
    rows: list[Sequence[Content]] = [
        (verbatim(word), count, reference, _signed(ratio), f"{_signed(low)} to {_signed(high)}", number(g2, 1),
         "< 0,001" if p < 0.001 else number(p, 3))
        for word, count, reference, ratio, low, high, g2, p in zip(
            *(frame[c].tolist() for c in columns), strict=True
        )
    ]  # fmt: skip
    caption = f"Key words of «{sides[0]}» against «{sides[1]}», the strongest first, stop words left out"
    heads = ("Word", sides[0], sides[1], "Log ratio", "95 % interval", "G²", "p (Holm)")
    drawn = plots.as_svg(
        plots.keyness_plot(frame, most=MOST_KEYS, sides=sides),
        caption=f"Key words of «{sides[0]}» against «{sides[1]}»: log ratio with its 95 % interval. "
        "Filled points: the interval leaves out 0; hollow ones may be chance.",
        name=name,
    )
    notes = element("ul", *(element("li", element("bdi", n)) for n in (result.description, *result.notes)))
    return joined((
        element("p", plots.keyness_finding(result.frame), class_="finding"),
        Html(f'<div class="figures">{drawn}{table(caption, heads, rows, kinds=" nnnnnn")}</div>'),
        element("details", element("summary", "How these were counted"), notes, class_="key-of"),
    ))  # fmt: skip


def _signed(value: float) -> str:
    return number(value, 1).replace("-", "\N{MINUS SIGN}")


def _readability_table(analysis: Analysis, whole: Readability) -> Html:
    """Return LIX and what it is made of, for the article and for its speakers' quotations."""
    names = analysis.names()
    said: dict[str, list[str]] = {}
    for quote in analysis.quotes:
        for speaker in (names[s] for s in quote.speakers if not quote.denied):
            said.setdefault(speaker, []).extend(analysis.article.slice(s) for s in quote.segments)
    counts = [(speaker, readability(*texts)) for speaker, texts in said.items()]
    counts = sorted((c for c in counts if c[1].words >= _LEAST_WORDS), key=lambda c: -c[1].words)[:4]
    rows: list[Sequence[Content]] = [
        (
            element("b", "the whole article") if r is whole else joined(("quotations of ", named(who))),
            r.words, r.sentences, number(r.sentence_length, 1), number(100 * r.long_words / r.words, 1),
            number(r.lix, 1), band(r.lix),
        )
        for who, r in [("", whole), *counts]
    ]  # fmt: skip
    caption = (
        "How heavy it is to read: LIX, words a sentence plus the percentage of words of more than six letters "
        "(Björnsson 1968)"
    )
    columns = ("Text", "Words", "Sentences", "Words a sentence", "Long words, %", "LIX", "Reads")
    return table(caption, columns, rows, kinds=" nnnnn ")
