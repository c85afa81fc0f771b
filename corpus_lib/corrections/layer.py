"""Corrections and the sidecar file that holds them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, Protocol, get_args

from corpus_lib.corrections.described import FIELDS, mended_values, read_correction, read_values
from corpus_lib.errors import InputError, InputNotFound, SchemaError
from corpus_lib.fields import Misfit
from corpus_lib.fields.forms import TEXT, at
from corpus_lib.model import Actor, Article, Cell, Demand, Quote, Response, Span
from corpus_lib.writing import file_name, write_text

SCHEMA = "corpus_lib.corrections/1"
SUFFIX = ".corrections.json"
"""What the files of corrections end in."""
Action = Literal["accept", "change", "delete", "add"]
RecordType = Literal["quote", "speaker", "demand", "response"]
Record = Quote | Demand | Response
Values = Mapping[str, Any]


class Analysed(Protocol):
    """An analysis, as far as corrections need to know it."""

    @property
    def article(self) -> Article: ...  # noqa: D102
    @property
    def actors(self) -> tuple[Actor, ...]: ...  # noqa: D102
    @property
    def quotes(self) -> tuple[Quote, ...]: ...  # noqa: D102
    @property
    def demands(self) -> tuple[Demand, ...]: ...  # noqa: D102
    @property
    def responses(self) -> tuple[Response, ...]: ...  # noqa: D102
    @property
    def cells(self) -> tuple[Cell, ...]: ...  # noqa: D102
    def joined(self, ids: Sequence[str]) -> str | None: ...  # noqa: D102
    def to_dict(self, *, text: bool = False) -> dict[str, Any]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision about one record.

    Attributes
    ----------
    record
        ``speaker`` decides about the speaker of the quotation at the span, the others about the whole record.
    start, end
        The anchor: the record's extent as the automatic layer had it; for ``add`` the new record's.
    text
        The words there, to read the file by.
    values
        The record's fields as they shall be (`FIELDS`); for ``accept`` as they were accepted.
    by, at
        Who decided, and when (ISO 8601).
    """

    action: Action
    record: RecordType
    start: int
    end: int
    text: str
    values: Values = field(default_factory=dict)
    by: str = ""
    at: str = ""
    note: str = ""

    @property
    def span(self) -> Span:
        """The anchor."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Layer:
    """The corrections of one article, for the text with this SHA-256."""

    doc: str
    sha256: str
    corrections: tuple[Correction, ...] = ()

    def with_(self, *more: Correction) -> Layer:
        """Return the layer with more corrections; a later one about the same record and span counts."""
        new = {(c.record, c.span) for c in more}
        kept = tuple(c for c in self.corrections if (c.record, c.span) not in new)
        return replace(self, corrections=(*kept, *more))

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, ready for JSON."""
        return {
            "schema": SCHEMA,
            "doc": self.doc,
            "sha256": self.sha256,
            "corrections": [asdict(c) for c in self.corrections],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Layer:
        """Read a layer from plain values.

        Raises
        ------
        SchemaError
            If it is not a layer of corrections, or one of them is about no known field.
        """
        if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
            found = data.get("schema") if isinstance(data, Mapping) else data
            raise SchemaError(f"expected schema {SCHEMA!r}, found {found!r:.80}")
        doc, digest = at(data, "doc", TEXT), at(data, "sha256", TEXT)
        given = data.get("corrections")
        if not isinstance(given, list):
            raise Misfit.of("a list of corrections", given).under("corrections")
        read = []
        for number, one in enumerate(given, 1):
            where = f"{doc}, correction {number}"
            try:
                read.append(checked(Correction(**read_correction(one)), where))
            except Misfit as misfit:
                raise SchemaError(f"{where}: {misfit}") from None
        return cls(doc=doc, sha256=digest, corrections=tuple(read))


def checked(correction: Correction, where: str) -> Correction:
    """Return a correction if its action, record, fields and anchor are such as there are; else raise `SchemaError`."""
    if correction.action not in get_args(Action):
        raise SchemaError(f"{where}: expected one of {', '.join(get_args(Action))}, found {correction.action!r}")
    if correction.record not in FIELDS:
        raise SchemaError(f"{where}: expected one of {', '.join(FIELDS)}, found {correction.record!r}")
    if unknown := set(correction.values) - set(FIELDS[correction.record]):
        known = ", ".join(FIELDS[correction.record])
        raise SchemaError(f"{where}: a {correction.record} has {known}, found {', '.join(sorted(unknown))}")
    try:
        read_values(correction.values)
    except Misfit as misfit:
        raise SchemaError(f"{where}: {misfit}") from None
    if not 0 <= correction.start < correction.end:
        raise SchemaError(f"{where}: expected a span, found {correction.start}–{correction.end}")
    return correction


def extent(record: Record) -> Span:
    """Return the span a correction of the record is anchored on."""
    return Span(record.segments[0].start, record.segments[-1].end)


def values_of(analysis: Analysed, record: Record) -> dict[str, Any]:
    """Return the fields of a record that can be corrected, as they are."""
    kind = "quote" if isinstance(record, Quote) else "demand" if isinstance(record, Demand) else "response"
    return mended_values(kind, record, analysis.joined, {d.id: d.content for d in analysis.demands})


def records_of(analysis: Analysed) -> Iterator[tuple[RecordType, Record]]:
    """Yield quotations, demands and responses with the kind of record they are."""
    yield from (("quote", q) for q in analysis.quotes)
    yield from (("demand", d) for d in analysis.demands)
    yield from (("response", r) for r in analysis.responses)


def correct(
    analysis: Analysed,
    action: Action,
    record: RecordType,
    of: Record | Span,
    *,
    by: str,
    at: str,
    note: str = "",
    **values: Any,
) -> Correction:
    """Return a correction of a record of an analysis, or one that adds a record at a span.

    Parameters
    ----------
    of
        The record; the span for ``add``.
    by, at
        Who decides, and when (ISO 8601).
    values
        The fields to change (`FIELDS`); ``accept`` takes all as they are.

    Raises
    ------
    SchemaError
        If the fields are not such as the record has.
    """
    span = of if isinstance(of, Span) else extent(of)
    kept: dict[str, Any] = {}
    if action == "accept" and not isinstance(of, Span):
        kept = {k: v for k, v in values_of(analysis, of).items() if k in FIELDS[record]}
    found = Correction(
        action, record, span.start, span.end, span.of(analysis.article.text), kept | values, by=by, at=at, note=note
    )
    return checked(found, f"{analysis.article.id}, {record} at {span.start}–{span.end}")


def sidecar(path: str | Path) -> Path:
    """Return the file that holds an article's corrections: beside it, with its name.

    >>> sidecar("articles/a.txt").as_posix()
    'articles/a.corrections.json'
    """
    place = Path(path)
    return place.with_name(f"{place.stem}{SUFFIX}")


def sidecar_of(folder: str | Path, doc: str) -> Path:
    """Return the file in a folder that holds the corrections of an article, another one for every id.

    >>> sidecar_of("articles", "nrk/1").name, sidecar_of("articles", "nrk_1").name
    ('nrk=2F1.corrections.json', 'nrk_1.corrections.json')
    """
    return Path(folder) / f"{file_name(doc)}{SUFFIX}"


def write_layer(layer: Layer, path: str | Path) -> Path:
    """Write a layer as JSON and return the file."""
    return write_text(path, json.dumps(layer.to_dict(), ensure_ascii=False, indent=1) + "\n")


def read_layer(path: str | Path) -> Layer:
    """Read a layer.

    Raises
    ------
    SchemaError
        If the file holds no layer of corrections.
    """
    place = Path(path)
    try:
        return Layer.from_dict(json.loads(place.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise InputError(f"{place}: cannot be read ({error.strerror or error})") from error
    except SchemaError as error:
        raise SchemaError(f"{place.name}: {error}") from error
    except (ValueError, RecursionError) as error:  # not JSON, not UTF-8, a number of too many digits
        raise SchemaError(f"{place.name}: not a layer of corrections ({error})") from error


def read_layers(path: str | Path) -> dict[str, Layer]:
    """Read the layers of a file, or of all ``*.corrections.json`` in a folder, by article.

    Raises
    ------
    InputNotFound
        If there is nothing at the path.
    SchemaError
        If a file is no layer, or two are about one article.
    """
    place = Path(path)
    if not place.exists():
        raise InputNotFound(f"{place}: no such file or folder")
    layers: dict[str, Layer] = {}
    for file in sorted(place.rglob(f"*{SUFFIX}")) if place.is_dir() else [place]:
        layer = read_layer(file)
        if layer.doc in layers:
            raise SchemaError(f"{file.name}: a second layer about {layer.doc}")
        layers[layer.doc] = layer
    return layers
