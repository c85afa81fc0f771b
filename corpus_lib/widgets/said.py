"""Sentences of finding as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from corpus_lib import findings
from corpus_lib.analysis import Analysis
from corpus_lib.labels import Language

_STYLE = "font-size:1.15em;line-height:1.5;max-width:50em;overflow-wrap:anywhere"


def said_html(*sentences: str, language: Language = "en") -> str:
    """Return sentences as paragraphs that stand out; empty ones are left out.

    >>> said_html("2 < 3", "").endswith("<p>2 &lt; 3</p></div>")
    True
    """
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences if sentence)
    return f'<div lang="{language}" style="{_STYLE}">{said}</div>'


def findings_html(analyses: Analysis | Sequence[Analysis], language: Language = "en") -> str:
    """Return what was found in three sentences."""
    return said_html(*findings.three(analyses, language), language=language)
