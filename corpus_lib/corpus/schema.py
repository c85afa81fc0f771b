"""The tables of a corpus store: their columns, types and meaning, as Parquet holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from corpus_lib import analysis
from corpus_lib.errors import MissingExtra

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Row = tuple[object, ...]
Rows = dict[str, list[Row]]
Type = Literal["string", "int64", "float64", "bool"]

TABLES: Mapping[str, tuple[str, ...]] = {
    "articles": (
        "doc", "sha256", "copy_of", "language", "title", "date", "published", "updated", "byline", "source",
        "characters", "n_quotes", "n_demands", "n_responses", "warnings", "text", "record",
    ),
    **analysis.TABLES,
    "errors": ("doc", "stage", "message"),
}  # fmt: skip
"""The tables and their columns, in order."""

HEAVY = {"articles": ("record",)}
"""Columns that a frame leaves out unless they are asked for."""

MEANING: Mapping[str, str] = {
    "actor": "who demands, or who answers; several joined by «; »",
    "addressees": "of whom something is demanded",
    "affiliation": "the body that a person belongs to",
    "aliases": "other forms of the name, joined by «; »",
    "attested": "whether the text itself gives the answer (else it was computed)",
    "basis": "how an answer reaches its demand",
    "block": "number of the block that holds it, from 0; −1 outside all blocks",
    "by": "who makes the demand",
    "byline": "who wrote the article",
    "characters": "length of the text in code points",
    "confidence": "how sure the rule is, 0 to 1",
    "conflict": "whether one actor both accepts and rejects",
    "content": "what is demanded, in the words of the text",
    "copy_of": "doc of the article with the same text that was analysed in this one's place; null for one analysed",
    "cue": "the words that give it away, such as «krever»",
    "date": "ISO 8601 date, as exact as the source",
    "demand": "id of the demand",
    "doc": "the article's id",
    "end": "where it ends in the text, in code points (exclusive)",
    "evidence": "the words that give the answer",
    "id": "the record's id, unique within its article",
    "kind": "what kind of block, actor or demand it is",
    "language": "nb or nn",
    "marker": "the sign that opens the quotation",
    "medium": "the paper or channel that somebody speaks to",
    "members": "ids of the demands that a set is made of",
    "mention": "the words that name the speaker",
    "mentions": "how often the actor is mentioned",
    "message": "what went wrong: where, what was found, what was expected",
    "n_demands": "how many demands were found",
    "n_quotes": "how many quotations were found",
    "n_responses": "how many answers were found",
    "name": "the actor's name",
    "published": "when it was published, ISO 8601",
    "quote": "id of the quotation that holds it",
    "record": "the whole analysis, JSON of the wire format corpus_lib/1; null for copies",
    "responses": "ids of the answers behind the stance",
    "roles": "titles and offices, joined by «; »",
    "rule": "the rule that decided",
    "scope": "whether all or some of the demands are answered",
    "sha256": "SHA-256 of the text in UTF-8; with doc the article's key",
    "source": "where the article comes from, as the input says",
    "speaker": "who says it; several joined by «; »; null where nobody is known",
    "speaks_for": "id of the actor that this one speaks for",
    "stage": "what was going on: reading, structure, analysis, time, size, worker, store",
    "stance": "accept, partial, condition, reject, counter, offer, noted or none",
    "start": "where it begins in the text, in code points",
    "strength": "demand, request or proposal",
    "target_text": "what is answered, where no demand of the article fits",
    "targets": "ids of the demands that are answered",
    "text": "the words themselves; of an article, its text as it was read",
    "title": "the headline",
    "type": "direct, indirect or mixed",
    "updated": "when it was last changed, ISO 8601",
    "warnings": "what the reader noted about the text, one a line",
    "words": "how many words the quotation has",
}
"""What each column holds."""

_TYPES: Mapping[str, Type] = {
    **dict.fromkeys(("start", "end", "block", "words", "characters", "n_quotes", "n_demands", "n_responses"), "int64"),
    **dict.fromkeys(("conflict", "attested"), "bool"),
    "confidence": "float64",
    "mentions": "int64",
}


def type_of(column: str) -> Type:
    """Return a column's type: text unless it is known to be a number or a truth value.

    >>> type_of("start"), type_of("speaker")
    ('int64', 'string')
    """
    return _TYPES.get(column, "string")


def parquet() -> Any:
    """Return the module ``pyarrow.parquet``.

    Raises
    ------
    MissingExtra
        If pyarrow is not installed.
    """
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtra("a corpus store needs pyarrow: pip install corpus_lib[scale]") from error
    return pyarrow.parquet


def arrow_schema(table: str) -> pa.Schema:
    """Return a table's schema; every field carries its meaning."""
    import pyarrow as pa

    types = {"string": pa.string(), "int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_()}
    return pa.schema([pa.field(c, types[type_of(c)], metadata={"meaning": MEANING.get(c, "")}) for c in TABLES[table]])


def encode(table: str, rows: Sequence[Row]) -> bytes:
    """Return rows as the bytes of a Parquet file."""
    import pyarrow as pa

    schema = arrow_schema(table)
    columns = list(zip(*rows, strict=True)) or [() for _ in schema]
    arrays = [
        pa.array([_value(v, field.name) for v in c], field.type) for c, field in zip(columns, schema, strict=True)
    ]
    return encoded(pa.Table.from_arrays(arrays, schema=schema))


def encoded(table: pa.Table) -> bytes:
    """Return an Arrow table as the bytes of a Parquet file."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    parquet().write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())


def _value(value: object, column: str) -> object:
    return str(value) if value is not None and type_of(column) == "string" else value


def to_frame(table: pa.Table) -> pd.DataFrame:
    """Return an Arrow table as a DataFrame with the types of `Analysis.frame`: text as objects, None for nothing."""
    import pandas as pd

    columns = {name: table.column(name) for name in table.column_names}
    arrays = {
        n: pd.Series(c.to_numpy(), dtype="object" if type_of(n) == "string" else type_of(n)) for n, c in columns.items()
    }
    return pd.DataFrame(arrays, columns=table.column_names)
