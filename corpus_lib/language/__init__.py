"""Norwegian itself: the shipped pipeline, the parse of an article, lexicons as data."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from corpus_lib.errors import UnsuitablePipeline
from corpus_lib.language.parsed import LANGUAGE_KEY, Parsed, ParsedBlock
from corpus_lib.model import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["LANGUAGE_KEY", "Parsed", "ParsedBlock", "alone", "forget_words", "load", "parse"]

_MODEL = "model/norwegian.zip"
_LOCK = threading.Lock()
_IN_USE: WeakKeyDictionary[Language, AbstractContextManager[bool]] = WeakKeyDictionary()
_DATELINE = re.compile(r"[A-ZÆØÅ][A-ZÆØÅ. -]{1,30}(?:\([^()\n]{1,40}\) ?)?[:–-] ")
_NAMING = ("tok2vec", "corpus_lib_recogniser", "ner", "entity_ruler")
"""Components that find names, ours or another pipeline's, and the encoder that they read."""

_BLOCKS = 32
"""Blocks that go through the pipeline together: more take more memory, and no less time."""

_LONG = 60_000
"""Characters from which an article's blocks are parsed by fewer at a time, which takes less memory."""


def load(exclude: Collection[str] = ()) -> Language:
    """Return the shipped spaCy pipeline for Bokmål and Nynorsk; loaded once, offline.

    Parameters
    ----------
    exclude
        Components that are not needed, such as ``{"ner"}`` or ``{"parser"}``.

    Examples
    --------
    >>> nlp = load()
    >>> [token.pos_ for token in nlp("Statsministeren kom til Oslo.")]
    ['NOUN', 'VERB', 'ADP', 'PROPN', 'PUNCT']
    """
    with _LOCK:
        return _load(frozenset(exclude))


@cache
def _load(exclude: frozenset[str]) -> Language:
    from corpus_lib.language.packing import unpack

    with as_file(files(__package__) / _MODEL) as path:
        return unpack(path, exclude)


@contextmanager
def alone(nlp: Language) -> Iterator[None]:
    """Give a pipeline to one thread at a time, with a memory zone of its own; the others wait.

    A pipeline's tables of words belong to all who use it, and a memory zone empties them. A pipeline for each thread
    would be no faster, for Python runs one of them at a time, and takes its memory again for each.

    Examples
    --------
    >>> nlp = load()
    >>> with alone(nlp):
    ...     len(nlp("Kongen kom til Hamar."))
    5
    """
    with _turn(nlp), nlp.memory_zone():
        yield


def _turn(nlp: Language) -> AbstractContextManager[bool]:
    """Return the lock of a pipeline."""
    with _LOCK:
        return _IN_USE.setdefault(nlp, threading.RLock())


def forget_words(nlp: Language) -> None:
    """Give back what a pipeline's tables of words have grown by.

    A memory zone frees the words it met, but the places they had in spaCy's hash tables stay, so that the tables grow
    with every new word of a corpus. They are made anew here, with the strings the pipeline has outside of a zone; a Doc
    that was made outside of one stays valid. Waits until no thread is `alone` with the pipeline.

    Examples
    --------
    >>> nlp = load()
    >>> doc = nlp("Kongen kom til Hamar.")
    >>> forget_words(nlp)
    >>> [token.text for token in doc] == [token.text for token in nlp("Kongen kom til Hamar.")]
    True
    """
    others = ("vectors", "lookups")
    with _turn(nlp):
        nlp.vocab.from_bytes(nlp.vocab.to_bytes(exclude=others), exclude=others)


def check_pipeline(nlp: Language) -> None:
    """Raise `UnsuitablePipeline`, naming what is missing, unless a pipeline sets sentences and dependencies."""
    missing = [
        needed
        for needed, names in (
            ("a parser (dependencies and sentences)", {"parser"}),
            ("parts of speech", {"morphologizer", "tagger"}),
        )
        if not names & set(nlp.pipe_names)
    ]
    if missing:
        raise UnsuitablePipeline(
            f"the pipeline {nlp.meta.get('name', 'given')!r} lacks {' and '.join(missing)}; it has {nlp.pipe_names}"
        )


def parse(
    text: str,
    spans: Sequence[Span],
    *,
    nlp: Language | None = None,
    language: str = "nb",
    wanted: Callable[[str], bool] | None = None,
) -> Parsed:
    """Parse stretches of a text, each by itself: a boundary between them always ends a sentence.

    Parameters
    ----------
    text
        The article.
    spans
        Its blocks.
    nlp
        Another spaCy pipeline than the shipped one.
    wanted
        Says of a block's text whether it needs the parser; the others get names alone. None: all do.

    Returns
    -------
    Parsed
        One Doc per span, in order. The Docs live as long as the pipeline's memory zone, where one is open.
    """
    from corpus_lib.language.names.settling import settle

    pipeline = nlp if nlp is not None else load()
    if nlp is not None:
        check_pipeline(nlp)
    docs: list[Doc] = []
    full: list[bool] = []
    for span in spans:
        doc = pipeline.make_doc(span.of(text))
        doc.user_data[LANGUAGE_KEY] = language
        _cut_dateline(doc)
        docs.append(doc)
        full.append(wanted is None or wanted(doc.text))
    # The parser takes a quarter of its batch at a time.
    together = {"parser": {"batch_size": 4 * _BLOCKS}} if len(text) < _LONG else {}
    wholly = (d for d, f in zip(docs, full, strict=True) if f)
    parsed = iter(list(pipeline.pipe(wholly, batch_size=_BLOCKS, component_cfg=together)))
    light = iter(_names(pipeline, [d for d, f in zip(docs, full, strict=True) if not f]))
    done = [next(parsed) if f else next(light) for f in full]
    parts = settle(done)
    blocks = zip(spans, done, full, parts, strict=True)
    return Parsed(language, tuple(ParsedBlock(s.start, d, f, p) for s, d, f, p in blocks))


def _cut_dateline(doc: Doc) -> None:
    """Let a sentence begin behind an agency's dateline: «OSLO (NTB): …»."""
    match = _DATELINE.match(doc.text)
    first = None if match is None else doc.char_span(match.end(), match.end() + 1, alignment_mode="expand")
    if first is not None and first.start:
        doc[first.start].is_sent_start = True


def _names(pipeline: Language, docs: Sequence[Doc]) -> list[Doc]:
    """Run only the components that find names."""
    out = list(docs)
    for name in _NAMING:
        if name in pipeline.pipe_names:
            out = list(pipeline.get_pipe(name).pipe(out, batch_size=_BLOCKS))  # type: ignore[attr-defined]
    return out
