"""A second reader: the user's own language model, behind an HTTP interface, asked only where a reader is given.

What it says counts only as far as it can be found in the text: `believing` checks every word of it, `joining` decides
what comes of two readings that agree or differ, and every record tells which of the two found it.
"""

from __future__ import annotations

from corpus_lib.reader.second import SecondReader

__all__ = ["SecondReader"]
