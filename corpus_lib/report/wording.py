"""Which words carry it: the most frequent content words, key words, and how heavy the text is to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus_lib import plots
from corpus_lib.analysis import Analysis
from corpus_lib.errors import WordsError
from corpus_lib.labels import Labels, error_in_words, number
from corpus_lib.plots.style import shown
from corpus_lib.report.markup import Content, Html, element, filled, heading, joined, named, table, verbatim
from corpus_lib.report.saying import bar
from corpus_lib.report.setting import Setting
from corpus_lib.words import Index, Readability, content, readability
from corpus_lib.words.comparison import narration, quotation, quotation_against_narration, speakers

if TYPE_CHECKING:
    from corpus_lib.words.result import Result

MOST_WORDS, MOST_KEYS = 15, 12
_LEAST_WORDS = 20
"""A side with fewer words is not compared: every difference would be chance."""

_TOLD = ("title", "lead", "subheading", "body")
"""The blocks whose words are counted; captions, bylines and credits carry no story."""

_BANDS = ((30.0, "very_easy"), (40.0, "easy"), (50.0, "medium"), (60.0, "difficult"))


def band(lix: float) -> str:
    """Return the key of how heavy a LIX value is to read (Björnsson 1968).

    >>> band(42), band(61)
    ('medium', 'very_difficult')
    """
    return next((name for limit, name in _BANDS if lix < limit), "very_difficult")


def lix_of(analysis: Analysis) -> Readability:
    """Return LIX of title, lead, subheadings and body, the words that are counted everywhere in the report."""
    return readability(*(analysis.article.slice(b.span) for b in analysis.article.blocks if b.kind in _TOLD))


def wording(analysis: Analysis, at: Setting, level: int, *, figures: bool) -> Html:
    """Return the section on words of one article.

    Parameters
    ----------
    level
        Of the headings within.
    figures
        Whether words are compared, with figures; without, the most frequent words and LIX alone.
    """
    counted = _Counted([analysis])
    whole = lix_of(analysis)
    lix = f" {_lix(whole, at.t)}" if whole.words else ""
    parts = [element("p", counted.finding(at.t) + lix, class_="finding"), counted.table(at)]
    parts += [compared(counted, at, level)] if figures else []
    parts += [_readability_table(analysis, whole, at)] if whole.words else []
    return joined(parts)


def _lix(whole: Readability, t: Labels) -> str:
    return t("wording.lix", lix=number(whole.lix), band=t(f"wording.{band(whole.lix)}"))


def words_finding(analysis: Analysis, t: Labels) -> str:
    """Return the most frequent content words and LIX in a sentence or two."""
    whole = lix_of(analysis)
    return f"{_Counted([analysis]).finding(t)} {_lix(whole, t) if whole.words else ''}".strip()


def words_of_all(analyses: Sequence[Analysis], at: Setting, level: int) -> Html:
    """Return the section on the words of several articles together."""
    counted = _Counted(analyses)
    return joined((
        element("p", counted.finding(at.t), class_="finding"), counted.table(at), compared(counted, at, level)
    ))  # fmt: skip


class _Counted:
    """The words of some articles by lemma, function words apart."""

    def __init__(self, analyses: Sequence[Analysis]) -> None:
        self.analyses = analyses
        self.index = Index.of_analyses(analyses)
        self.languages = sorted({a.article.language for a in analyses})
        self.left_out = content.without_content(self.index)
        self.frequent = content.as_written(content.frequent(self.index, MOST_WORDS)).frame
        told = content.told(self.index)
        self.words = told.total if told else self.index.tokens

    def finding(self, t: Labels) -> str:
        """Return the most frequent words in a sentence."""
        return plots.words_finding(self.frequent, t.language)

    def table(self, at: Setting) -> Html:
        """Return the most frequent words with their share and its interval; several articles also with their spread."""
        t, several = at.t, len(self.analyses) > 1
        language = self.languages[0] if len(self.languages) == 1 else None
        top = self.frequent[["word", "count", "per_million", "low", "high", "documents"]]
        most = int(top["count"].max()) if len(top) else 1
        rows: list[Sequence[Content]] = [
            (
                verbatim(word, language), bar(count / most, number(count)), number(share / 1000, 1),
                t("wording.between", low=number(low / 1000, 1), high=number(high / 1000, 1)),
                *((documents,) if several else ()),
            )
            for word, count, share, low, high, documents in top.itertuples(index=False)
        ]  # fmt: skip
        columns = ["word", "occurrences", "per_thousand", "interval"]
        heads = [t(f"wording.{c}") for c in columns] + ([t("overview.articles")] if several else [])
        caption = t("wording.most_frequent", n=len(rows), words=t("count.words", n=self.words))
        return table(caption, heads, rows, kinds="  nnn")


def compared(counted: _Counted, at: Setting, level: int) -> Html:
    """Return what sets the text apart from Norwegian in general, quotations from narration, two speakers."""
    t, index = at.t, counted.index
    parts: list[Html] = []
    if keys := content.typical(index):
        parts += [heading(level, t("wording.general"))]
        parts += [_keys(keys, (t("wording.here"), t("wording.elsewhere")), f"{at.prefix}-general", at)]
    parts += [heading(level, t("wording.quoted_told"))]
    if "quote" not in index.marks:
        return joined((*parts, element("p", t("wording.nothing_quoted"))))
    sizes = (quotation(index).total, narration(index).total)
    if min(sizes) < _LEAST_WORDS:
        parts.append(_too_few(sizes, t))
    else:
        found = quotation_against_narration(index, layer="lemma", stop_words=counted.left_out)
        parts.append(_keys(found, (t("wording.quoted"), t("wording.told")), f"{at.prefix}-told", at))
    return joined((*parts, *_two_speakers(counted, at, level)))


def _too_few(sizes: tuple[int, int], t: Labels) -> Html:
    one, other = (t("count.words", n=size) for size in sizes)
    return element("p", t("wording.too_few", one=one, other=other, least=_LEAST_WORDS))


def _two_speakers(counted: _Counted, at: Setting, level: int) -> list[Html]:
    index, t = counted.index, at.t
    names = dict.fromkeys(
        a.names()[s] for a in counted.analyses for q in a.quotes if not q.denied for s in q.speakers
    )  # fmt: skip
    ordered = sorted(names, key=lambda n: -quotation(index, n).total)[:2]
    if len(ordered) < 2:
        return []
    one, other = ordered
    title = heading(level, filled(t, "wording.against", one=named(one), other=named(other)))
    sizes = (quotation(index, one).total, quotation(index, other).total)
    if min(sizes) < _LEAST_WORDS:
        return [title, _too_few(sizes, t)]
    try:
        found = speakers(index, one, other, layer="lemma", stop_words=counted.left_out)
    except WordsError as error:
        return [title, element("p", verbatim(error_in_words(error, at.t)))]
    return [title, _keys(found, (shown(one), shown(other)), f"{at.prefix}-speakers", at)]


def _keys(result: Result, sides: tuple[str, str], name: str, at: Setting) -> Html:
    """Return key words as a figure and a table, with the notes on how they were counted."""
    frame, t = content.as_written(result).frame.head(MOST_KEYS), at.t
    if frame.empty:
        return element("p", t("wording.no_keys"))
    measure = "g2_two_cell"
    columns = ("word", "count", "reference_count", "log_ratio", "low", "high", measure, "p_holm")
    rows: list[Sequence[Content]] = [
        (verbatim(word), count, reference, _signed(ratio), t("wording.between", low=_signed(low), high=_signed(high)),
         number(g2, 1), "< 0,001" if p < 0.001 else number(p, 3))
        for word, count, reference, ratio, low, high, g2, p in zip(
            *(frame[c].tolist() for c in columns), strict=True
        )
    ]  # fmt: skip
    caption = t("wording.keys_caption", one=sides[0], other=sides[1])
    heads = (t("wording.word"), *sides, t("wording.log_ratio"), t("wording.interval"), "G²", t("wording.holm"))
    drawn = plots.as_svg(
        plots.keyness_plot(frame, most=MOST_KEYS, sides=sides, language=t.language),
        caption=t("wording.keys_figure", one=sides[0], other=sides[1]),
        name=name,
    )
    notes = element("ul", *(element("li", element("bdi", n, lang="en")) for n in (result.description, *result.notes)))
    return joined((
        element("p", plots.keyness_finding(frame, t.language), class_="finding"),
        Html(f'<div class="figures">{drawn}{table(caption, heads, rows, kinds=" nnnnnn")}</div>'),
        element("details", element("summary", t("wording.counted")), notes, class_="key-of"),
    ))  # fmt: skip


def _signed(value: float) -> str:
    return number(value, 1).replace("-", "\N{MINUS SIGN}")


def _readability_table(analysis: Analysis, whole: Readability, at: Setting) -> Html:
    """Return LIX and what it is made of, for the article and for its speakers' quotations."""
    names, t = analysis.names(), at.t
    said: dict[str, list[str]] = {}
    for quote in analysis.quotes:
        for speaker in (names[s] for s in quote.speakers if not quote.denied):
            said.setdefault(speaker, []).extend(analysis.article.slice(s) for s in quote.segments)
    counts = [(speaker, readability(*texts)) for speaker, texts in said.items()]
    counts = sorted((c for c in counts if c[1].words >= _LEAST_WORDS), key=lambda c: -c[1].words)[:4]
    rows: list[Sequence[Content]] = [
        (
            element("b", t("wording.whole")) if r is whole else filled(t, "wording.quotations_of", who=named(who)),
            r.words, r.sentences, number(r.sentence_length, 1), number(100 * r.long_words / r.words, 1),
            number(r.lix, 1), t(f"wording.{band(r.lix)}"),
        )
        for who, r in [("", whole), *counts]
    ]  # fmt: skip
    heads = [t(f"wording.{c}") for c in ("text", "sentences", "a_sentence", "long_words", "reads")]
    columns = (heads[0], t("noun.words"), heads[1], heads[2], heads[3], "LIX", heads[4])
    return table(t("wording.lix_caption"), columns, rows, kinds=" nnnnn ")
