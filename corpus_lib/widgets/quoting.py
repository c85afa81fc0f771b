"""Quotations as tables: who says what, and why we think so. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten

from corpus_lib.analysis import Analysis
from corpus_lib.model import Quote
from corpus_lib.render import NOBODY, TYPES, counted, number, speaker_name
from corpus_lib.widgets.explaining import explained
from corpus_lib.widgets.parts import spaced_table

_COLUMNS = ("Id", "Speaker", "Type", "Begins", "Rule", "Confidence", "Why")


def evidence_html(analysis: Analysis, quotes: Sequence[Quote]) -> str:
    """Return a table of quotations with rule, confidence and the steps that led to the speaker.

    Parameters
    ----------
    quotes
        Quotations of the analysis, all or some.
    """
    names = analysis.names()
    rows = [
        (
            q.id, speaker_name(q, names), TYPES[q.type], shorten(analysis.words_of(q), 60, placeholder=" …"), q.rule,
            number(q.confidence, 2), explained(analysis, q.id),
        )
        for q in quotes
    ]  # fmt: skip
    return spaced_table(_COLUMNS, rows, caption=f"Quotations shown: {len(quotes)} of {len(analysis.quotes)}")


def share_html(analysis: Analysis, quotes: Sequence[Quote]) -> str:
    """Return how many quotations and words each speaker has among the given ones.

    Parameters
    ----------
    quotes
        Quotations of the analysis, all or some.
    """
    names = analysis.names()
    words = {q.id: analysis.word_count(q) for q in quotes}
    total = sum(words.values())
    held: dict[str, list[Quote]] = {}
    for quote in quotes:
        held.setdefault(speaker_name(quote, names), []).append(quote)
    given = [(sum(words[q.id] for q in own), len(own), who) for who, own in held.items()]
    ordered = sorted(given, key=lambda c: (c[2] == NOBODY, -c[0], c[2]))
    rows = [(who, number(n), number(w), f"{number(100 * w / total)} %" if total else "–") for w, n, who in ordered]
    caption = f"{counted(len(quotes), 'quotation')} with {counted(total, 'word')}"
    return spaced_table(("Speaker", "Quotations", "Words", "Share of words"), rows, caption=caption)
