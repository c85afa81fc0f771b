"""Bars: how much each speaker is quoted, what kinds of sources are heard, and which words are the most frequent."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from corpus_lib.labels import Labels, labels, number
from corpus_lib.plots.style import (
    INK,
    MUTED,
    STRONG,
    axes_of,
    drawable,
    empty,
    quiet,
    said,
    shown,
    whole_numbers,
)
from corpus_lib.render import DENYING, NOBODY, PATTERNS, looks, pattern
from corpus_lib.sources.summing import NOT_TOLD, Measure, shares

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from corpus_lib.render import Look
    from corpus_lib.sources.summing import By

_MOST_NAMED = 6
_HATCHES = dict(zip(PATTERNS, ("", "\\\\\\\\", ".."), strict=True))
"""How the pattern of a look is drawn in a filled bar."""

_REPORTED: dict[str, Any] = {"linestyle": (0, (3, 1.5)), "linewidth": 1.4}
"""Reported words stand in a dashed line, as in the marked article, around the page itself, dark or light.

No hatch: a speaker may have one."""


def speaker_share(
    quotes: pd.DataFrame,
    ax: Axes | None = None,
    *,
    most: int = 15,
    colours: Mapping[str, Look] | None = None,
    language: str = "en",
) -> Figure:
    """Draw how many words of quotation each speaker has, direct and reported apart.

    Parameters
    ----------
    quotes
        The ``quotes`` frame of an analysis, or of several together.
    most
        How many speakers have a bar; the words of the others are summed below.
    colours
        The look of each speaker, such as `corpus_lib.render.looks` gives; where it is not given, in the order of their
        quotations, as the marked article has them.
    language
        Of the words in the figure: ``en``, ``nb``, ``nn``.
    """
    t = labels(language)
    if quotes.empty:
        return empty(*axes_of(ax, 7, 1.2), share_finding(quotes, language))
    all_of_them = _words_by_type(quotes)
    left = all_of_them.iloc[most:]
    held = all_of_them.iloc[:most].iloc[::-1]
    palette = colours or looks(_by_quotations(quotes))
    drawn, axes = axes_of(ax, 7, 0.9 + 0.42 * len(held))
    _draw(axes, held, palette)
    axes.set_yticks(range(len(held)), [drawable(speaker_label(str(s), t), 32) for s in held.index])
    _annotate(axes, [number(float(n)) for n in held.sum(axis=1)], held.sum(axis=1).tolist())
    axes.set_xlabel(_counted_words(left, t))
    whole_numbers(axes)
    quiet(axes)
    _key(axes, t)
    said(axes, share_finding(quotes, language))
    return drawn


def _draw(axes: Axes, held: pd.DataFrame, palette: Mapping[str, Look]) -> None:
    """Draw a bar for each speaker in its own colour and pattern: direct words filled, reported ones dashed."""
    for place, (speaker, words) in enumerate(held.iterrows()):
        background, border = palette.get(str(speaker), palette[NOBODY])
        hatch = _HATCHES[pattern((background, border))]
        axes.barh(
            place,
            words[True],
            height=0.66,
            color=border,
            edgecolor=background if hatch else border,
            hatch=hatch or None,
        )
        axes.barh(place, words[False], height=0.66, left=words[True], color="none", edgecolor=border, **_REPORTED)


def _counted_words(left: pd.DataFrame, t: Labels) -> str:
    if left.empty:
        return t("figure.words_quoted")
    others = t("figure.other_speakers", n=len(left))
    return t("figure.words_quoted_more", others=others, words=number(int(left.to_numpy().sum())))


def _key(axes: Axes, t: Labels) -> None:
    from matplotlib.patches import Patch

    direct = Patch(facecolor=MUTED, edgecolor=MUTED, label=t("figure.direct"))
    reported = Patch(facecolor="none", edgecolor=MUTED, label=t("figure.reported"), **_REPORTED)
    axes.legend(
        handles=[direct, reported], frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=2, labelcolor=INK
    )


def speaker_label(speaker: str, t: Labels) -> str:
    """Return how a speaker is called in a language: nobody known, and who rejects the words, have words of their own.

    >>> speaker_label("Kari Lie (denies)", labels("nb")), speaker_label("unknown speaker", labels("nn"))
    ('Kari Lie (avviser)', 'ukjend kjelde')
    """
    denies = speaker.endswith(DENYING)
    name = speaker.removesuffix(DENYING)
    name = t("speaker.unknown") if name == NOBODY else name
    return t("figure.denied", who=name) if denies else name


def _speakers(quotes: pd.DataFrame) -> pd.Series[str]:
    """Return who speaks; those who reject the words are told apart."""
    named = quotes["speaker"].fillna(NOBODY)
    return named.where(~quotes["denied"].astype(bool), named + DENYING) if "denied" in quotes else named


def _by_quotations(quotes: pd.DataFrame) -> list[str]:
    """Return the speakers in the order in which the marked article gives them colours."""
    counts = _speakers(quotes).value_counts()
    return sorted(map(str, counts.index), key=lambda s: (s == NOBODY, -int(counts[s]), s))


def _words_by_type(quotes: pd.DataFrame) -> pd.DataFrame:
    """Return the quoted words of each speaker, direct (True) and not, most first."""
    words = (
        quotes.assign(speaker=_speakers(quotes), direct=quotes["type"] == "direct")
        .pivot_table(index="speaker", columns="direct", values="words", aggfunc="sum", fill_value=0)
        .reindex(columns=[True, False], fill_value=0)
    )
    return words.loc[words.sum(axis=1).sort_values(ascending=False, kind="stable").index]


def _annotate(axes: Axes, texts: Sequence[str], ends: Sequence[float]) -> None:
    """Write each bar's number at its end."""
    for place, (text, end) in enumerate(zip(texts, ends, strict=True)):
        axes.annotate(text, (end, place), xytext=(5, 0), textcoords="offset points", va="center", color=INK)
    axes.margins(x=0.14)


def source_share(
    audit: pd.DataFrame,
    by: By = "role_class",
    measure: Measure = "words",
    ax: Axes | None = None,
    *,
    most: int = 15,
    language: str = "en",
) -> Figure:
    """Draw how large a share each kind of source has, with its 95 % interval by article.

    Parameters
    ----------
    audit
        The frame of ``Analysis.sources()`` or ``Corpus.sources()``.
    by, measure
        As for `corpus_lib.sources.shares`.
    most
        How many kinds have a bar.
    language
        Of the words in the figure: ``en``, ``nb``, ``nn``.
    """
    t, found = labels(language), shares(audit, by, measure)
    if found.empty:
        return empty(*axes_of(ax, 7, 1.2), source_finding(audit, by, measure, language))
    held = found.head(most).iloc[::-1].reset_index(drop=True)
    drawn, axes = axes_of(ax, 7, 1.0 + 0.36 * len(held))
    axes.barh(range(len(held)), 100 * held["share"], height=0.62, color=STRONG)
    for place, (low, high) in enumerate(zip(held["low"].tolist(), held["high"].tolist(), strict=True)):
        if not isnan(low):
            axes.plot([100 * low, 100 * high], [place, place], color=INK, linewidth=1.4, marker="|", markersize=7)
    axes.set_yticks(range(len(held)), [drawable(value_label(str(v), by, t), 34) for v in held["value"]])
    ends = [100 * float(n) for n in held[["share", "high"]].max(axis=1)]
    _annotate(axes, [number(100 * share, 1) for share in held["share"]], ends)
    sure = not held["low"].isna().all()
    axes.set_xlabel(f"{t(f'figure.share_{measure}')} ({t('figure.interval' if sure else 'figure.no_interval')})")
    whole_numbers(axes)
    quiet(axes)
    said(axes, source_finding(audit, by, measure, language))
    return drawn


def value_label(value: str, by: str, t: Labels) -> str:
    """Return a value of the audit in a language: role classes, genders, kinds and blocks have words of their own.

    >>> value_label("woman", "gender", labels("nb")), value_label("Ap", "party", labels("nb"))
    ('kvinne', 'Ap')
    """
    area = {"role_class": "role", "block": "block"}.get(by, by)
    key = f"{area}.{value}"
    if value == NOT_TOLD and key not in t:
        return t("speaker.unknown") if by == "speaker" else t("speaker.unknown_actor")
    return t.known(key, value)


def source_finding(audit: pd.DataFrame, by: By = "role_class", measure: Measure = "words", language: str = "en") -> str:
    """Return in words what `source_share` shows: the share of each kind of source.

    Parameters
    ----------
    audit, by, measure, language
        As for `source_share`.
    """
    t, found = labels(language), shares(audit, by, measure)
    if found.empty:
        return t("finding.no_sources")
    counts = {
        "words": ("quoted_words", round(found["words"].sum())),
        "quotations": ("quotations", int(found["quotations"].sum())),
        "speakers": ("speakers", int(found["speakers"].sum())),
    }
    what, n = counts[measure]
    parts = []
    for value, share, low, high in found[["value", "share", "low", "high"]].head(_MOST_NAMED).itertuples(index=False):
        kind, told = shown(value_label(str(value), by, t)), number(100 * share)
        if isnan(low):
            parts.append(t("finding.source_part", kind=kind, share=told))
        else:
            least, most = number(100 * low), number(100 * high)
            parts.append(t("finding.source_part_between", kind=kind, share=told, low=least, high=most))
    return t("finding.sources", what=t(f"count.{what}", n=n), parts=t.joined(parts))


def word_bars(frequencies: pd.DataFrame, most: int = 15, ax: Axes | None = None, *, language: str = "en") -> Figure:
    """Draw the most frequent words with their counts.

    Parameters
    ----------
    frequencies
        A frame of ``words.frequencies``.
    most
        How many words are shown.
    language
        Of the words around them: ``en``, ``nb``, ``nn``.
    """
    if frequencies.empty:
        return empty(*axes_of(ax, 6, 1.2), words_finding(frequencies, language))
    top = frequencies.head(most).iloc[::-1]
    drawn, axes = axes_of(ax, 6, 0.8 + 0.28 * len(top))
    places = range(len(top))
    axes.barh(places, top["count"], height=0.66, color=STRONG)
    axes.set_yticks(list(places), [drawable(str(w), 28) for w in top["word"]])
    _annotate(axes, [number(float(n)) for n in top["count"]], top["count"].tolist())
    axes.set_xlabel(labels(language)("figure.occurrences"))
    whole_numbers(axes)
    quiet(axes)
    said(axes, words_finding(frequencies, language))
    return drawn


def share_finding(quotes: pd.DataFrame, language: str = "en") -> str:
    """Return in words what `speaker_share` shows: who has most of the quoted words.

    Parameters
    ----------
    quotes
        The ``quotes`` frame of an analysis.
    language
        Of the sentence: ``en``, ``nb``, ``nn``.
    """
    t = labels(language)
    if quotes.empty:
        return t("finding.no_quotations")
    words = quotes.assign(speaker=_speakers(quotes)).groupby("speaker")["words"].sum()
    ordered = words.sort_values(ascending=False, kind="stable")
    total = int(ordered.sum())

    def part(who: str, n: int) -> str:
        return t("finding.share_part", who=who, words=number(n), share=number(100 * n / max(1, total)))

    parts = [part(shown(speaker_label(str(name), t)), int(n)) for name, n in ordered.items()]
    if len(parts) > _MOST_NAMED:
        others = t("figure.other_speakers", n=len(parts) - _MOST_NAMED)
        parts = [*parts[:_MOST_NAMED], part(others, int(ordered.iloc[_MOST_NAMED:].sum()))]
    return t("finding.share", words=t("count.quoted_words", n=total), parts=t.joined(parts))


def words_finding(frequencies: pd.DataFrame, language: str = "en") -> str:
    """Return in words what `word_bars` shows: the most frequent words.

    Parameters
    ----------
    frequencies
        A frame of ``words.frequencies``.
    language
        Of the sentence: ``en``, ``nb``, ``nn``.
    """
    t = labels(language)
    if frequencies.empty:
        return t("finding.no_words")
    top = frequencies.head(3)
    parts = [f"{shown(str(word))} ({number(int(n))})" for word, n in zip(top["word"], top["count"], strict=True)]
    return t("finding.words", n=len(parts), parts=t.joined(parts))
