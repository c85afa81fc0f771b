"""Words: which set two texts apart, with intervals, and where words stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus_lib.labels import labels, number
from corpus_lib.plots.style import (
    INK,
    MUTED,
    PAPER,
    RULE,
    STRONG,
    axes_of,
    drawable,
    empty,
    quiet,
    said,
    shown,
    whole_numbers,
)

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from corpus_lib.words import Index

_MOST_BOUNDS = 60
"""More texts than this are not parted by lines."""


@dataclass(frozen=True, slots=True)
class _Keyword:
    word: str
    count: int
    reference: int
    ratio: float
    low: float
    high: float


def _keywords(frame: pd.DataFrame) -> list[_Keyword]:
    columns = ("word", "count", "reference_count", "log_ratio", "low", "high")
    return [_Keyword(*row) for row in zip(*(frame[c].tolist() for c in columns), strict=True)]


def keyness_plot(
    keywords: pd.DataFrame,
    ax: Axes | None = None,
    *,
    most: int = 15,
    sides: tuple[str, str] | None = None,
    language: str = "en",
) -> Figure:
    """Draw key words by their log ratio with its 95 % interval, and both counts beside.

    A filled point is a word whose interval leaves out 0, a hollow one may be chance.

    Parameters
    ----------
    keywords
        The frame of ``Index.keyness``: word, count, reference_count, log_ratio, low, high.
    most
        How many words are shown.
    sides
        What the two sides are called.
    language
        Of the words in the figure: ``en``, ``nb``, ``nn``.
    """
    t = labels(language)
    if keywords.empty:
        return empty(*axes_of(ax, 6.5, 1.2), keyness_finding(keywords, language))
    top = keywords.head(most).iloc[::-1].reset_index(drop=True)
    drawn, axes = axes_of(ax, 6.5, 1.0 + 0.3 * len(top))
    axes.axvline(0, color=MUTED, linewidth=1)
    for place, word in enumerate(_keywords(top)):
        sure = word.low > 0 or word.high < 0
        axes.plot([word.low, word.high], [place, place], color=STRONG, linewidth=1.6, solid_capstyle="butt")
        axes.plot(
            word.ratio, place, "o", markersize=7, markerfacecolor=STRONG if sure else PAPER, markeredgecolor=STRONG
        )
        counts = f"{number(word.count)} : {number(word.reference)}"
        axes.annotate(
            counts, (1.01, place), xycoords=("axes fraction", "data"), va="center", color=INK, annotation_clip=False
        )
    axes.set_yticks(range(len(top)), [drawable(str(w), 28) for w in top["word"]])
    axes.set_ylim(-0.7, len(top) - 0.3)
    axes.annotate(
        " : ".join(drawable(s, 16) for s in sides or (t("figure.target"), t("figure.reference"))),
        (1.01, 1),
        xycoords="axes fraction",
        va="bottom",
        color=MUTED,
        fontsize=9,
    )
    axes.set_xlabel(t("figure.log_ratio"))
    _signed(axes)
    quiet(axes)
    said(axes, keyness_finding(keywords, language))
    return drawn


def _signed(axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value).replace("-", "−")))


def keyness_finding(keywords: pd.DataFrame, language: str = "en") -> str:
    """Return in words what `keyness_plot` shows: the strongest key words, and how many are sure.

    Parameters
    ----------
    keywords
        The frame of ``Index.keyness``.
    language
        Of the sentence: ``en``, ``nb``, ``nn``.
    """
    t = labels(language)
    if keywords.empty:
        return t("finding.no_key_words")
    sure = int(((keywords["low"] > 0) | (keywords["high"] < 0)).sum())
    parts = [
        t("finding.key_word", word=shown(k.word), count=k.count, reference=k.reference)
        for k in _keywords(keywords.head(3))
    ]
    strongest = t("finding.key_words", n=len(parts), parts=t.joined(parts))
    words = t("count.words", n=len(keywords))
    return f"{strongest} {t('finding.key_sure', n=sure, words=words) if sure else t('finding.key_chance', words=words)}"


def dispersion_plot(
    index: Index, words: Sequence[str], ax: Axes | None = None, *, layer: str = "lower", language: str = "en"
) -> Figure:
    """Draw where words stand: a line for each word, a stroke for each occurrence, thin lines between texts.

    Parameters
    ----------
    index
        The word index.
    words
        Words of the layer, in the order of the figure; of lemmas, names are drawn as the texts write them.
    language
        Of the words around them: ``en``, ``nb``, ``nn``.
    """
    from corpus_lib.words import content

    names = content.names(index) if layer == "lemma" else {}
    places = {names.get(word, word): index.positions(word, layer) for word in words}
    finding = _dispersion_finding(index, places, language)
    if not places or not index.tokens:
        return empty(*axes_of(ax, 7, 1.2), finding)
    drawn, axes = axes_of(ax, 7, 0.9 + 0.34 * len(places))
    for lane, found in enumerate(places.values()):
        axes.axhline(lane, color=RULE, linewidth=0.8, zorder=0)
        axes.vlines(found, lane - 0.34, lane + 0.34, color=STRONG, linewidth=1.3)
    if 1 < index.documents <= _MOST_BOUNDS:
        for bound in index.bounds[1:-1].tolist():
            axes.axvline(bound - 0.5, color=MUTED, linewidth=0.5, linestyle=(0, (2, 3)), zorder=0)
    lanes = [f"{drawable(w, 28)} ({number(len(found))})" for w, found in places.items()]
    axes.set_yticks(range(len(places)), lanes)
    axes.set_ylim(len(places) - 0.4, -0.6)
    axes.set_xlim(-0.5, max(1, index.tokens) - 0.5)
    whole_numbers(axes)
    axes.set_xlabel(labels(language)("figure.position"))
    quiet(axes, grid=False)
    said(axes, finding)
    return drawn


def _dispersion_finding(index: Index, places: Mapping[str, NDArray[np.int64]], language: str) -> str:
    t = labels(language)
    if not places:
        return t("finding.no_chosen")
    parts = []
    for word, found in places.items():
        name, times = shown(word), t("count.times", n=len(found))
        if index.documents > 1:
            n = len(set(index.documents_at(found).tolist()))
            texts = t("count.texts", n=index.documents)
            parts.append(t("finding.where_within", word=name, times=times, n=n, texts=texts))
        elif len(found):
            first, last = (number(100 * at / index.tokens) for at in (found[0], found[-1]))
            parts.append(t("finding.where_spread", word=name, times=times, first=first, last=last))
        else:
            parts.append(t("finding.where_plain", word=name, times=times))
    return t("finding.where", words=t("count.words", n=index.tokens), parts="; ".join(parts))
