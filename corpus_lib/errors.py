"""Every exception that corpus_lib raises; all share one base class.

Each message names the input, the place in it, what was found and what was expected.
"""

from __future__ import annotations


class CorpusLibError(Exception):
    """Base class: catch this to catch everything the library raises on purpose."""


class TreebankError(CorpusLibError):
    """A treebank file is not CoNLL-U."""


class InputError(CorpusLibError):
    """An input cannot be read; in a batch it becomes an error record and the rest goes on."""


class InputNotFound(InputError):
    """A path, or a glob, that leads to nothing."""


class NoArticles(InputError):
    """A folder or a file without a single article."""


class UnsupportedInput(InputError):
    """A file whose suffix the reader does not know."""


class UndecodableFile(InputError):
    """Bytes that are not the text encoding they were said to be."""


class BinaryFile(InputError):
    """A file that holds no text."""


class MalformedRecord(InputError):
    """A line of a JSON Lines file that is no article."""


class UnreadableText(InputError):
    """Text that is empty or holds what no text holds."""


class EmptyText(UnreadableText):
    """Text of no characters, or of white space alone."""


class ControlCharacters(UnreadableText):
    """Text with NUL or other control characters."""


class UnpairedSurrogate(UnreadableText):
    """Text with half of a surrogate pair, which no encoding can write."""


class UnsupportedLanguage(CorpusLibError):
    """A text in another language than Bokmål or Nynorsk."""


class UnsuitablePipeline(CorpusLibError):
    """A spaCy pipeline that lacks what the analysis stands on."""


class SchemaError(CorpusLibError):
    """A record that is not ``corpus_lib/1``."""


class UnknownTable(CorpusLibError, KeyError):
    """A table that the analysis does not have."""

    def __str__(self) -> str:
        """Return the message as it is (KeyError would quote it)."""
        return str(self.args[0]) if self.args else ""
