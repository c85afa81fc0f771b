"""The tables of an analysis: their columns, taken from the fields of the records, and their rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from corpus_lib.fields import ACTOR, BLOCK, CELL, DEMAND, QUOTE, RECORD, RESPONSE, Description, Field, Page, Type
from corpus_lib.model import Actor, Block, Cell, Demand, Quote, Response

if TYPE_CHECKING:
    from corpus_lib.actors.gender import Gender


@dataclass(frozen=True, slots=True)
class View(Page):
    """What rows are made beside: the text, the names, the blocks and the records that others point to."""

    doc: str
    blocks: Sequence[Block]
    demands: Mapping[str, Demand]
    responses: Mapping[str, Response]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type (text is an object in a DataFrame), its meaning, and a record's value in it."""

    name: str
    type: Type
    meaning: str
    value: Callable[[Any, View], object] = lambda record, view: None


def block_of(blocks: Sequence[Block], position: int) -> int:
    """Return the number of the block that holds a position, −1 for none."""
    at = bisect_right(blocks, position, key=lambda b: b.start) - 1
    return at if at >= 0 and position < blocks[at].end else -1


def word_count(quote: Quote, text: str) -> int:
    """Return how many words a quotation has, white space between them."""
    return sum(len(segment.of(text).split()) for segment in quote.segments)


def _gender(actor: Actor, view: View) -> Gender:
    from corpus_lib.actors.gender import gender_of  # the lexicons that it reads are needed for rows, not for columns

    return gender_of(actor, view.text)


def _shown(quote: Quote, view: View) -> str:
    return quote.shown(view.text)


def _words_of_stance(cell: Cell, view: View) -> str | None:
    """Return the words of the first answer behind a cell that takes its stance."""
    told = (view.responses[r] for r in cell.responses)
    return next((r.evidence.of(view.text) for r in told if r.stance == cell.stance), None)


_DOC = Column("doc", "string", RECORD.field("doc").meaning, lambda _, view: view.doc)
_START, _END = BLOCK.field("start"), BLOCK.field("end")
_BLOCK = "number of the block that holds it, from 0; −1 outside all blocks"


def _place(start: Callable[[Any], int], end: Callable[[Any], int]) -> tuple[Column, ...]:
    """Return the columns that tell where a record stands."""
    return (
        Column("block", "int64", _BLOCK, lambda record, view: block_of(view.blocks, start(record))),
        Column("start", "int64", _START.meaning, lambda record, _: start(record)),
        Column("end", "int64", _END.meaning, lambda record, _: end(record)),
    )


def _cell(field: Field, record: Any, view: View) -> object:
    return field.form.cell(getattr(record, field.name), view)


def _table(described: Description[Any], names: str, *made: Column) -> tuple[Column, ...]:
    """Return a table's columns in order: those made for it, the others from the fields of the record."""
    known = {f.header: Column(f.header, f.form.type, f.meaning, partial(_cell, f)) for f in described.fields}
    known |= {column.name: column for column in (_DOC, *made)}
    return tuple(known[name] for name in names.split())


COLUMNS: Mapping[str, tuple[Column, ...]] = MappingProxyType({
    "blocks": _table(
        BLOCK,
        "doc block kind text start end",
        *_place(lambda b: b.start, lambda b: b.end),
        Column("text", "string", "the words themselves", lambda b, view: b.span.of(view.text)),
    ),
    "actors": _table(
        ACTOR,
        "doc id name kind aliases roles affiliation speaks_for mentions gender gender_ground",
        Column("gender", "string", "woman, man or unknown: as the text shows", lambda a, view: _gender(a, view).value),
        Column(
            "gender_ground",
            "string",
            "what shows it: given name, noun, pronoun; signs disagree; no sign",
            lambda a, view: _gender(a, view).ground,
        ),
    ),
    "quotes": _table(
        QUOTE,
        "doc id type denied speaker text words cue mention medium block start end marker rule confidence",
        *_place(lambda q: q.start, lambda q: q.end),
        Column("text", "string", "the words themselves; «denies: » before what the speaker rejects", _shown),
        Column("words", "int64", "how many words the quotation has", lambda q, view: word_count(q, view.text)),
    ),
    "demands": _table(
        DEMAND,
        "doc id kind actor addressees content strength cue date members quote start end rule confidence",
        *_place(lambda d: d.content.start, lambda d: d.content.end),
    ),
    "responses": _table(
        RESPONSE,
        "doc id actor stance evidence targets target_text scope basis cue quote start end rule confidence",
        *_place(lambda r: r.evidence.start, lambda r: r.evidence.end),
    ),
    "comparison": _table(
        CELL,
        "doc demand by content actor stance basis responses evidence conflict attested",
        Column("by", "string", "who makes the demand", lambda c, view: view.joined(view.demands[c.demand].actors)),
        Column(
            "content",
            "string",
            DEMAND.field("content").meaning,
            lambda c, view: view.demands[c.demand].content.of(view.text),
        ),
        Column("evidence", "string", RESPONSE.field("evidence").meaning, _words_of_stance),
    ),
})  # fmt: skip
"""The tables and their columns, in order."""

TABLES: Mapping[str, tuple[str, ...]] = MappingProxyType({t: tuple(c.name for c in cs) for t, cs in COLUMNS.items()})
"""The names of the columns of each table."""


def rows(table: str, records: Sequence[Any], view: View) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a table, one a record."""
    columns = COLUMNS[table]
    for record in records:
        yield tuple(column.value(record, view) for column in columns)
