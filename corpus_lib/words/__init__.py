"""Word statistics: which words carry a text."""

from corpus_lib.words.frequency import frequencies
from corpus_lib.words.readability import Readability, readability
from corpus_lib.words.tokens import words

__all__ = ["Readability", "frequencies", "readability", "words"]
