"""Discourse Network Analyzer 3 (SQLite): who agrees with what, a statement a demand and a decided answer.

Each demand is a statement of agreement with its own content by the one who demands; each answer that takes
a position agrees (accept, partial, condition) or disagrees (reject) with the content of the demand it
answers. Answers without a position (counter, offer, noted, none) are no statements; the document's notes
say how many there were. Offsets are UTF-16 units, as Java counts, in a text with plain line ends.
Program: Leifeld (2017), https://github.com/leifeld/dna. The coder is Admin, the password ``admin``.
"""

from __future__ import annotations

import base64
import errno
import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

from corpus_lib.analysis import Analysis
from corpus_lib.errors import CannotWrite
from corpus_lib.exchange.offsets import Offsets, utf16_units
from corpus_lib.exchange.registry import Format
from corpus_lib.model import Span
from corpus_lib.writing import replacing

AGREEMENT = {"accept": 1, "partial": 1, "condition": 1, "reject": 0}
_VARIABLES = (
    (1, "person", "short text"), (2, "organization", "short text"), (3, "concept", "short text"),
    (4, "agreement", "boolean"), (5, "stance", "short text"),
)  # fmt: skip
_LONGEST = 190
_ROUNDS = 100_000


@dataclass(frozen=True, slots=True)
class Statement:
    """One actor's position on one concept, at its place in the article."""

    span: Span
    person: str
    organization: str
    concept: str
    agreement: int
    stance: str


def write(analyses: Sequence[Analysis], path: Path) -> tuple[Path, ...]:
    """Write the database; a file of this name is replaced."""
    return write_statements(analyses, path, statements_of)


def write_statements(
    analyses: Sequence[Analysis], path: Path, told: Callable[[Analysis], Iterable[Statement]]
) -> tuple[Path, ...]:
    """Write a database of the statements that `told` gives of each analysis; a file of this name is replaced."""
    with replacing(path) as unfinished:
        unfinished.unlink(missing_ok=True)
        _fill(unfinished, analyses, told)
    return (path,)


def _fill(path: Path, analyses: Sequence[Analysis], told: Callable[[Analysis], Iterable[Statement]]) -> None:
    with _sound(path), closing(sqlite3.connect(path)) as base:
        base.executescript(files(__package__).joinpath("dna.sql").read_text(encoding="utf-8"))
        _defaults(base)
        entities = _Entities(base)
        for number, analysis in enumerate(analyses, start=1):
            _add_document(base, number, analysis)
            for statement in told(analysis):
                _add_statement(base, number, statement, _positions(analysis.article.text, statement.span), entities)
        base.commit()


@contextmanager
def _sound(path: Path) -> Iterator[None]:
    """Say of a database that cannot be written what the system would say of a file."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise CannotWrite(errno.EIO, str(error), str(path)) from error


def statements_of(analysis: Analysis) -> Iterator[Statement]:
    """Yield a statement for each demand and each decided answer, one an actor."""
    concepts = {d.id: _short(analysis.article.slice(d.content)) for d in analysis.demands}
    for d in analysis.demands:
        for actor in d.actors:
            yield Statement(d.content, *_who(analysis, actor, d.voice), concepts[d.id], 1, "demand")
    for r in analysis.responses:
        if r.stance in AGREEMENT:
            for actor in r.actors:
                for target in r.targets:
                    who = _who(analysis, actor, r.voice)
                    yield Statement(r.evidence, *who, concepts[target], AGREEMENT[r.stance], r.stance)


def people(analysis: Analysis, actors: Sequence[str], voice: str | None) -> list[tuple[str, str]]:
    """Return person and organisation for each of some actors."""
    return [_who(analysis, actor, voice) for actor in actors]


def _who(analysis: Analysis, actor: str, voice: str | None) -> tuple[str, str]:
    """Return person and organisation: the one who acts, and who speaks for it or whom it speaks for."""
    known = {a.id: a for a in analysis.actors}
    one = known[actor]
    if one.kind == "person":
        body = known[one.speaks_for].name if one.speaks_for in known else one.affiliation
        return _short(one.name), _short(body or "")
    return _short(known[voice].name if voice in known else voice or ""), _short(one.name)


def _short(text: str) -> str:
    """Return text on one line, no longer than the program takes."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _plain_lines(text: str) -> str:
    """Return text with the line ends that the program's text pane keeps."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _positions(text: str, span: Span) -> Span:
    """Return a span in UTF-16 units of the text with plain line ends."""
    start, end = (at - text.count("\r\n", 0, at) for at in (span.start, span.end))
    return Offsets(_plain_lines(text), utf16_units).span(Span(start, end))


def _defaults(base: sqlite3.Connection) -> None:
    base.executemany("INSERT INTO SETTINGS VALUES (?, ?)", [("version", "3.0"), ("date", "2022-01-01")])
    base.execute(
        "INSERT INTO CODERS (ID, Name, Red, Green, Blue, Password, PermissionEditStatementTypes, PermissionEditCoders)"
        " VALUES (1, 'Admin', 255, 255, 0, ?, 1, 1)",
        (password_hash("admin"),),
    )
    base.execute("INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement', 239, 208, 51)")
    base.executemany("INSERT INTO VARIABLES VALUES (?, ?, ?, 1)", _VARIABLES)


@cache
def password_hash(password: str) -> str:
    """Return a password as the program stores it: SHA-256 with salt, 100 000 rounds (jasypt's strong encryptor).

    The password is no secret, so the salt may always be the same: an export repeats.
    """
    salt = hashlib.sha256(b"corpus_lib").digest()[:16]
    digest = salt + password.encode("utf-8")
    for _ in range(_ROUNDS):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode("ascii")


def _add_document(base: sqlite3.Connection, number: int, analysis: Analysis) -> None:
    article, about = analysis.article, analysis.article.metadata
    left = sum(r.stance not in AGREEMENT or not r.links for r in analysis.responses)
    when = about.published or about.date
    notes = [f"{left} answers without a position left out" if left else "", "" if _seconds(when) else "date unknown"]
    base.execute(
        "INSERT INTO DOCUMENTS (ID, Title, Text, Coder, Author, Source, Notes, Date) VALUES (?, ?, ?, 1, ?, ?, ?, ?)",
        (
            number,
            _short(about.title or article.id),
            _plain_lines(article.text),
            _short(about.byline or ""),
            _short(about.source or article.id),
            "; ".join(filter(None, notes)),
            _seconds(when),
        ),
    )


def _seconds(when: str | None) -> int:
    """Return an ISO 8601 date, as exact as it is, in seconds since 1970; 0 where there is none."""
    if not when:
        return 0
    full = when + "-01-01"[len(when) - 4 :] if len(when) < len("2022-01-01") else when
    return int(datetime.fromisoformat(full).replace(tzinfo=UTC).timestamp())


class _Entities:
    """The values of the short text variables, each once."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._ids: dict[tuple[int, str], int] = {}

    def id(self, variable: int, value: str) -> int:
        """Return the number of a value, which is added where it is new."""
        if (variable, value) not in self._ids:
            cursor = self._base.execute("INSERT INTO ENTITIES (VariableId, Value) VALUES (?, ?)", (variable, value))
            self._ids[variable, value] = int(cursor.lastrowid or 0)
        return self._ids[variable, value]


def _add_statement(
    base: sqlite3.Connection, document: int, statement: Statement, span: Span, entities: _Entities
) -> None:
    cursor = base.execute(
        "INSERT INTO STATEMENTS (StatementTypeId, DocumentId, Start, Stop, Coder) VALUES (1, ?, ?, ?, 1)",
        (document, span.start, span.end),
    )
    id_ = cursor.lastrowid
    base.execute(
        "INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (?, 4, ?)", (id_, statement.agreement)
    )
    texts = ((1, statement.person), (2, statement.organization), (3, statement.concept), (5, statement.stance))
    for variable, value in texts:
        base.execute(
            "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES (?, ?, ?)",
            (id_, variable, entities.id(variable, _short(value))),
        )


FORMATS = (Format("dna", "Discourse Network Analyzer database: actors, demands, agreement", ".dna", write),)
