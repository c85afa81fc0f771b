"""What a worker does: a batch of documents → rows of every table. An article that fails becomes an error row."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from numbers import Integral

from corpus_lib import analysis, tables
from corpus_lib.analysis import Analysis, Reader, analyse, surer
from corpus_lib.corpus.schema import TABLES, Row, Rows, encode
from corpus_lib.errors import BadOption, CorpusLibError
from corpus_lib.language import forget_words, load
from corpus_lib.limits import TimeUp, time_limit
from corpus_lib.model import Article, Failure
from corpus_lib.reading import Document
from corpus_lib.structure import article_from

_YEAR = 365 * 24 * 3600
"""Seconds beyond which the clocks of a system need not reach."""

_ONE_AT_A_TIME = threading.Lock()
"""The pipeline's memory zone admits one article at a time; a worker with several threads waits here."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A document whose text another document has already; it is not analysed again.

    Parameters
    ----------
    failed
        The other's analysis failed, and so does this one's.
    """

    document: Document
    of: str
    failed: bool = False


Task = Document | Copy | Failure


@dataclass(frozen=True, slots=True)
class Options:
    """How articles are analysed, and what no article may exceed.

    Parameters
    ----------
    language
        ``nb`` or ``nn``; None lets each text decide.
    min_confidence
        What is less sure is left out (0–1).
    seconds
        Time an article may take; None for no limit. A worker process that cannot be interrupted ends after twice it.
    characters
        How long an article may be; None for no limit.
    owner
        Id of the process that began the run: it never ends for an article's sake.
    reader
        A second reader; the time that it takes has limits of its own.

    Raises
    ------
    BadOption
        If an option is beyond its bounds.

    Examples
    --------
    >>> Options(language="no")
    Traceback (most recent call last):
    corpus_lib.errors.BadOption: language: found 'no', expected 'nb', 'nn' or None
    """

    language: str | None = None
    min_confidence: float = 0.0
    seconds: float | None = 120.0
    characters: int | None = 1_000_000
    owner: int = field(default_factory=os.getpid)
    reader: Reader | None = None

    def __post_init__(self) -> None:
        """Check what each option was given."""
        language, limit, most = self.language, self.seconds, self.characters
        check("language", language, language in (None, "nb", "nn"), "'nb', 'nn' or None")
        check("min_confidence", self.min_confidence, _is_within(self.min_confidence, 0, 1), "a number from 0 to 1")
        timed = limit is None or (_is_within(limit, 0, _YEAR) and limit > 0)
        check("seconds", limit, timed, "a number above 0, at most those of a year, or None for no limit")
        check("characters", most, most is None or is_count(most), "a whole number above 0, or None for no limit")


def check(option: str, found: object, good: bool, expected: str) -> None:
    """Raise the error that names an option, what it was given, and what it takes."""
    if not good:
        raise BadOption(f"{option}: found {found!r}, expected {expected}")


def is_count(value: object) -> bool:
    """Say whether something is a whole number above 0.

    >>> is_count(1), is_count(0), is_count(2.0), is_count(True)
    (True, False, False, False)
    """
    return isinstance(value, Integral) and not isinstance(value, bool) and int(value) >= 1


def _is_within(value: object, low: float, high: float) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high


@dataclass(frozen=True, slots=True)
class Result:
    """A worked batch: Parquet bytes and number of rows by table, and the docs that failed."""

    parts: dict[str, bytes]
    rows: dict[str, int]
    failed: frozenset[str]


@cache
def ready() -> bool:
    """Load the model and all that an analysis imports, once in a process.

    What fails here is the installation, not an article: the error stops the run instead of filling its errors.
    """
    analysis.analyse("Ap varsler kamp\n\n– Vi gir oss ikke, sier Kari Lie. Hun krever svar fra Nav.")
    return True


def work(tasks: Sequence[Task], options: Options) -> Result:
    """Return a batch's tables, ready to be written."""
    return packed(rows_of(tasks, options))


def packed(rows: Rows) -> Result:
    """Return rows as Parquet."""
    return Result(
        parts={table: encode(table, rows[table]) for table in TABLES},
        rows={table: len(rows[table]) for table in TABLES},
        failed=frozenset(str(row[0]) for row in rows["errors"]),
    )


def rows_of(tasks: Sequence[Task], options: Options) -> Rows:
    """Return the rows of every table for a batch of documents."""
    rows: Rows = {table: [] for table in TABLES}
    with _ONE_AT_A_TIME:
        ready()
        for task in tasks:
            for table, new in _task_rows(task, options).items():
                rows[table] += new
        forget_words(load())
    return rows


def failure_rows(failure: Failure) -> Rows:
    """Return the error row of what failed."""
    return {"errors": [(failure.id, failure.stage, failure.message)]}


def _task_rows(task: Task, options: Options) -> Rows:
    if isinstance(task, Failure):
        return failure_rows(task)
    if isinstance(task, Copy) and task.failed:
        message = f"{task.document.id}: has the same text as {task.of!r}, whose analysis failed"
        return failure_rows(Failure(task.document.id, "analysis", message))
    document = task.document if isinstance(task, Copy) else task
    if options.characters is not None and len(document.text) > options.characters:
        found = f"{document.id}: found {len(document.text)} characters, expected at most {options.characters}"
        return failure_rows(Failure(document.id, "size", found))
    stage = "structure"
    try:
        with time_limit(options.seconds, options.owner):
            article = article_from(document, language=options.language)
            if isinstance(task, Copy):
                return {"articles": [article_row(article, task.of)]}
            stage = "analysis"
            analysed = analyse(article)
        if options.reader is not None:
            analysed = options.reader.read(analysed)
        return _analysis_rows(surer(analysed, options.min_confidence))
    except CorpusLibError as error:
        return failure_rows(Failure(document.id, stage, str(error)))
    except TimeUp:
        message = f"{document.id}: not done after {options.seconds} seconds ({stage}); the limit is seconds="
        return failure_rows(Failure(document.id, "time", message))
    except Exception as error:
        return failure_rows(Failure(document.id, stage, f"{document.id}: {type(error).__name__}: {error}"))


def _analysis_rows(found: Analysis) -> Rows:
    rows: Rows = {table: found.rows(table) for table in tables.TABLES}
    return {"articles": [article_row(found.article, None, found)], **rows}


def article_row(article: Article, copy_of: str | None, found: Analysis | None = None) -> Row:
    """Return the row of the table ``articles``."""
    about = article.metadata
    counts = (len(found.quotes), len(found.demands), len(found.responses)) if found else (0, 0, 0)
    record = json.dumps(found.to_dict(), ensure_ascii=False) if found else None
    return (
        article.id, article.sha256, copy_of, article.language, about.title, about.date, about.published,
        about.updated, about.byline, about.source, len(article.text), *counts, "\n".join(article.warnings),
        article.text, record,
    )  # fmt: skip
