"""The one description of the records: each field's form, names and meaning.

Wire format, tables, exchange, corrections and evaluation read their fields here; `corpus_lib.model` has the
records themselves, with the same fields by name.
"""

from __future__ import annotations

from corpus_lib.fields.describing import Description, Field, Nested
from corpus_lib.fields.forms import Form, Misfit, Page, Type
from corpus_lib.fields.records import (
    ACTOR,
    BLOCK,
    CELL,
    DEMAND,
    METADATA,
    QUOTE,
    RECORD,
    RESPONSE,
    Record,
)

__all__ = [
    "ACTOR",
    "BLOCK",
    "CELL",
    "DEMAND",
    "METADATA",
    "QUOTE",
    "RECORD",
    "RESPONSE",
    "Description",
    "Field",
    "Form",
    "Misfit",
    "Nested",
    "Page",
    "Record",
    "Type",
]
