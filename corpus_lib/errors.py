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


class WrongInput(CorpusLibError, TypeError):
    """Something of another kind than is expected; the message says what to call instead."""


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


class MissingExtra(CorpusLibError):
    """A package that only some uses need, and that is not installed."""


class StoreError(CorpusLibError):
    """A corpus store that cannot be read or written; what is committed in it stays."""


class DamagedStore(StoreError):
    """A file of a corpus store that is not what was written."""


class WouldDestroy(CorpusLibError):
    """A file that is not written because another would be lost: an input, a filled-in worksheet, a device."""


class CannotWrite(CorpusLibError, OSError):
    """A file that the system would not write: no room, no right, no folder. What stood there stands there still."""

    def __str__(self) -> str:
        """Return the message; it names the file."""
        return f"{self.filename}: cannot be written ({self.strerror})"


class NotAnalysed(CorpusLibError):
    """A corpus that is asked for results before it was analysed into a store."""


class WorkersCannotStart(CorpusLibError):
    """Worker processes that end before they have done anything."""


class WordsError(CorpusLibError):
    """A question to the word index that has no answer as it was put."""


class UnreadableIndex(WordsError):
    """A folder that holds no word index, or a broken one."""


class UnknownMeasure(WordsError, ValueError):
    """A measure that there is not."""


class UnknownLayer(WordsError, ValueError):
    """A layer, a column or a kind of mark that the index does not have."""


class EmptySelection(WordsError, ValueError):
    """A target or a reference without a single word."""


class SameSelection(WordsError, ValueError):
    """A target that is its own reference."""


class BadWindow(WordsError, ValueError):
    """A window of no words."""


class BadQuery(WordsError, ValueError):
    """A query that is empty, or a regular expression that is none."""


class QueryTooSlow(WordsError):
    """A regular expression that did not finish in its time."""


class BadOption(CorpusLibError, ValueError):
    """An option of an analysis that is none, or beyond its bounds."""


class ReaderFailed(CorpusLibError):
    """The second reader gave no reply that could be read."""


class ClusterGone(CorpusLibError):
    """A cluster that went away while it worked; what is committed stays."""
