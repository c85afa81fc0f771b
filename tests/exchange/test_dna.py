"""Discourse Network Analyzer: the database as plain SQL reads it, with the tables that the program asks for."""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from corpus_lib.analysis import Analysis
from corpus_lib.exchange import export
from corpus_lib.exchange.dna import AGREEMENT, _seconds, password_hash

STATEMENTS = """
SELECT d.Text, s.Start, s.Stop, person.Value, organization.Value, concept.Value, b.Value, stance.Value
FROM STATEMENTS s JOIN DOCUMENTS d ON d.ID = s.DocumentId JOIN DATABOOLEAN b ON b.StatementId = s.ID
JOIN VARIABLES v ON v.ID = b.VariableId AND v.Variable = 'agreement' AND v.DataType = 'boolean'
""" + "".join(
    f"""JOIN DATASHORTTEXT t{n} ON t{n}.StatementId = s.ID JOIN VARIABLES v{n} ON v{n}.ID = t{n}.VariableId
    AND v{n}.Variable = '{n}' JOIN ENTITIES {n} ON {n}.ID = t{n}.Entity AND {n}.VariableId = v{n}.ID
"""
    for n in ("person", "organization", "concept", "stance")
)


@contextmanager
def opened(analyses: list[Analysis], folder: Path) -> Iterator[sqlite3.Connection]:
    (file,) = export(analyses, "dna", folder / "a.dna")
    with closing(sqlite3.connect(file)) as base:
        yield base


def of(text: str, start: int, stop: int) -> str:
    return text.encode("utf-16-le")[2 * start : 2 * stop].decode("utf-16-le")


def test_every_statement_slices_to_its_words(analysis: Analysis, tmp_path: Path):
    with opened([analysis], tmp_path) as base:
        rows = base.execute(STATEMENTS).fetchall()
    wanted = [analysis.article.slice(d.content) for d in analysis.demands for _ in d.actors]
    wanted += [
        analysis.article.slice(r.evidence)
        for r in analysis.responses if r.stance in AGREEMENT
        for _ in r.actors for _ in r.targets
    ]  # fmt: skip
    assert wanted
    assert sorted(of(row[0], row[1], row[2]) for row in rows) == sorted(w.replace("\r\n", "\n") for w in wanted)


def test_agreement_follows_the_stance(hostile: Analysis, tmp_path: Path):
    with opened([hostile], tmp_path) as base:
        rows = base.execute(STATEMENTS).fetchall()
        (notes,) = base.execute("SELECT Notes FROM DOCUMENTS").fetchone()
    by_stance = {row[7]: row for row in rows}
    assert set(by_stance) == {"demand", hostile.responses[0].stance}
    assert by_stance["demand"][6] == 1
    assert by_stance["reject"][6] == 0
    assert by_stance["demand"][5] == by_stance["reject"][5]  # one concept
    assert notes.startswith("1 answers without a position left out")


def test_the_foreign_keys_hold_and_two_articles_share_entities(page: Analysis, tmp_path: Path):
    with opened([page, page], tmp_path) as base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("SELECT count(*) FROM DOCUMENTS").fetchone() == (2,)
        values = base.execute("SELECT VariableId, Value FROM ENTITIES").fetchall()
    assert len(values) == len(set(values))


def test_the_program_finds_its_tables_and_variables(hostile: Analysis, tmp_path: Path):
    with opened([hostile], tmp_path) as base:
        tables = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        variables = dict(base.execute("SELECT Variable, DataType FROM VARIABLES").fetchall())
        assert base.execute("SELECT Value FROM SETTINGS WHERE Property = 'version'").fetchone()[0].startswith("3.0")
        assert base.execute("SELECT Name FROM CODERS").fetchall() == [("Admin",)]
    assert tables >= {
        "SETTINGS", "CODERS", "DOCUMENTS", "STATEMENTTYPES", "VARIABLES", "VARIABLELINKS", "REGEXES", "CODERRELATIONS",
        "STATEMENTS", "DATABOOLEAN", "DATAINTEGER", "ENTITIES", "DATASHORTTEXT", "DATALONGTEXT", "ATTRIBUTEVARIABLES",
        "ATTRIBUTEVALUES",
    }  # fmt: skip
    assert {k: variables[k] for k in ("person", "organization", "concept", "agreement")} == {
        "person": "short text", "organization": "short text", "concept": "short text", "agreement": "boolean",
    }  # fmt: skip


def test_the_password_is_digested_as_the_program_does():
    stored = base64.b64decode(password_hash("admin"))
    salt, digest = stored[:16], stored[16:]
    expected = hashlib.sha256(salt + b"admin").digest()
    for _ in range(99_999):
        expected = hashlib.sha256(expected).digest()
    assert digest == expected


@pytest.mark.parametrize(
    ("when", "seconds"),
    [
        (None, 0), ("2022", 1640995200), ("2022-01", 1640995200), ("2022-01-01", 1640995200),
        ("2022-01-01T01:00", 1640998800),
    ],
)  # fmt: skip
def test_dates_as_exact_as_they_are(when: str | None, seconds: int):
    assert _seconds(when) == seconds


def test_a_second_export_replaces_the_first(page: Analysis, tmp_path: Path):
    with opened([page, page], tmp_path):
        pass
    with opened([page], tmp_path) as base:
        assert base.execute("SELECT count(*) FROM DOCUMENTS").fetchone() == (1,)
