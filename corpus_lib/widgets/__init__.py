"""Views for a notebook: ipywidgets over the functions of `render`. The only package that imports ipywidgets.

Each view has a pure function beside it that returns the same HTML for one choice: the static reading. Views that
are given the same `Choice` are linked: what one sets, the others show.
"""

from __future__ import annotations

from corpus_lib.widgets.answered import answered
from corpus_lib.widgets.choice import ALL, UNKNOWN, Choice, main_cell, said_by
from corpus_lib.widgets.correcting import correction_view
from corpus_lib.widgets.counting import collocation_view, frequency_view, keyness_view, words_html
from corpus_lib.widgets.demanding import cell_html, demand_view, demands_html, stances_html
from corpus_lib.widgets.lining import concordance_view
from corpus_lib.widgets.owning import corpus_view
from corpus_lib.widgets.passages import cell_marks, quote_marks, text_html
from corpus_lib.widgets.quoting import evidence_html, quote_view, quotes_html, share_html, share_view
from corpus_lib.widgets.results import frame_html, lines_html, result_html
from corpus_lib.widgets.telling import story_view

__all__ = [
    "ALL",
    "UNKNOWN",
    "Choice",
    "answered",
    "cell_html",
    "cell_marks",
    "collocation_view",
    "concordance_view",
    "corpus_view",
    "correction_view",
    "demand_view",
    "demands_html",
    "evidence_html",
    "frame_html",
    "frequency_view",
    "keyness_view",
    "lines_html",
    "main_cell",
    "quote_marks",
    "quote_view",
    "quotes_html",
    "result_html",
    "said_by",
    "share_html",
    "share_view",
    "stances_html",
    "story_view",
    "text_html",
    "words_html",
]
