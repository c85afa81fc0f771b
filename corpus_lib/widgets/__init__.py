"""Views for a notebook, over ipywidgets and anywidget. The only package that imports them.

Each view has a pure function beside it that returns the same finding as HTML: the static reading. The reader is the
middle: what another view singles out it shows, what is corrected in it the others show.
"""

from __future__ import annotations

from corpus_lib.widgets.answered import answered, side_by_side_html
from corpus_lib.widgets.counting import collocation_view, frequency_view, keyness_view
from corpus_lib.widgets.demanding import cell_html, demands_html, main_cell
from corpus_lib.widgets.kwic import lines_html
from corpus_lib.widgets.lining import concordance_view
from corpus_lib.widgets.matrix import matrix_view
from corpus_lib.widgets.owning import corpus_view
from corpus_lib.widgets.quoting import evidence_html, share_html
from corpus_lib.widgets.reader import Reader, reader, reader_html
from corpus_lib.widgets.results import frame_html, result_html
from corpus_lib.widgets.said import findings_html, said_html
from corpus_lib.widgets.telling import story_view

__all__ = [
    "Reader",
    "answered",
    "cell_html",
    "collocation_view",
    "concordance_view",
    "corpus_view",
    "demands_html",
    "evidence_html",
    "findings_html",
    "frame_html",
    "frequency_view",
    "keyness_view",
    "lines_html",
    "main_cell",
    "matrix_view",
    "reader",
    "reader_html",
    "result_html",
    "said_html",
    "share_html",
    "side_by_side_html",
    "story_view",
]
