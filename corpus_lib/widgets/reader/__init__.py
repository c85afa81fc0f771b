"""The linked reader: quotations, demands and answers in the text they stand in, and how they are corrected there."""

from __future__ import annotations

from corpus_lib.widgets.reader.bench import Bench
from corpus_lib.widgets.reader.listing import corrections_html
from corpus_lib.widgets.reader.record import record_of
from corpus_lib.widgets.reader.static import reader_html
from corpus_lib.widgets.reader.widget import Reader, reader

__all__ = ["Bench", "Reader", "corrections_html", "reader", "reader_html", "record_of"]
