"""Word statistics: which words carry a text, or a hundred million words.

`Index.build` makes a positional index of texts, `Index.of_analyses` of analyses with their speakers, quotations and
demands, `Index.open` opens a stored one; its methods answer with a `Result`. `frequencies` and `readability` take plain
texts and need no index.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from corpus_lib.words.frequency import frequencies
from corpus_lib.words.readability import Readability, readability
from corpus_lib.words.tokens import words

if TYPE_CHECKING:
    from corpus_lib.words.building import Document, Mark
    from corpus_lib.words.index import Index
    from corpus_lib.words.lemmas import Lemmas
    from corpus_lib.words.marking import analysed
    from corpus_lib.words.reference import FrequencyList
    from corpus_lib.words.result import Result
    from corpus_lib.words.selection import Selection

_HOME = {
    "Document": "building",
    "FrequencyList": "reference",
    "Index": "index",
    "Lemmas": "lemmas",
    "Mark": "building",
    "Result": "result",
    "Selection": "selection",
    "analysed": "marking",
}

__all__ = [
    "Document",
    "FrequencyList",
    "Index",
    "Lemmas",
    "Mark",
    "Readability",
    "Result",
    "Selection",
    "analysed",
    "frequencies",
    "readability",
    "words",
]


def __getattr__(name: str) -> Any:
    """Import what needs numpy when it is first used."""
    if name not in _HOME:
        raise AttributeError(f"module 'corpus_lib.words' has no attribute {name!r}")
    value = getattr(import_module(f"corpus_lib.words.{_HOME[name]}"), name)
    globals()[name] = value
    return value
