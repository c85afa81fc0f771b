"""Quotations as tables: who says what, and why we think so. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten

from corpus_lib.analysis import Analysis
from corpus_lib.labels import Language, labels
from corpus_lib.model import Quote
from corpus_lib.plots.bars import speaker_label
from corpus_lib.reasons import explained, reason_of
from corpus_lib.render import NOBODY, number, speaker_name
from corpus_lib.widgets.parts import spaced_table

_COLUMNS = ("head.id", "noun.speaker", "head.type", "head.begins", "head.rule", "noun.confidence", "head.why")


def evidence_html(analysis: Analysis, quotes: Sequence[Quote], *, language: Language = "en") -> str:
    """Return a table of quotations with rule, confidence and the steps that led to the speaker.

    Parameters
    ----------
    quotes
        Quotations of the analysis, all or some.
    language
        In which it is told.
    """
    names, t = analysis.names(), labels(language)
    rows = [
        (
            q.id, speaker_label(speaker_name(q, names), t), t(f"type.{q.type}"),
            shorten(analysis.words_of(q), 60, placeholder=" …"), reason_of(analysis, q, t), number(q.confidence, 2),
            explained(analysis, q.id, t),
        )
        for q in quotes
    ]  # fmt: skip
    caption = t("evidence.quotations", n=len(quotes), all=len(analysis.quotes))
    return spaced_table([t(c) for c in _COLUMNS], rows, caption=caption)


def share_html(analysis: Analysis, quotes: Sequence[Quote], *, language: Language = "en") -> str:
    """Return how many quotations and words each speaker has among the given ones.

    Parameters
    ----------
    quotes
        Quotations of the analysis, all or some.
    language
        In which it is told.
    """
    names, t = analysis.names(), labels(language)
    words = {q.id: analysis.word_count(q) for q in quotes}
    total = sum(words.values())
    held: dict[str, list[Quote]] = {}
    for quote in quotes:
        held.setdefault(speaker_name(quote, names), []).append(quote)
    given = [(sum(words[q.id] for q in own), len(own), who) for who, own in held.items()]
    ordered = sorted(given, key=lambda c: (c[2] == NOBODY, -c[0], c[2]))
    rows = [
        (speaker_label(who, t), number(n), number(w), f"{number(100 * w / total)} %" if total else "–")
        for w, n, who in ordered
    ]
    caption = t("evidence.share", quotations=t("count.quotations", n=len(quotes)), words=t("count.words", n=total))
    heads = [t(c) for c in ("noun.speaker", "head.quotations", "noun.words", "head.share")]
    return spaced_table(heads, rows, caption=caption)
