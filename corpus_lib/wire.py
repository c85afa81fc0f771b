"""Records ↔ the wire format ``corpus_lib/1``: plain dictionaries, ready for JSON.

What a record holds is described in `corpus_lib.fields`. Whatever is no such record is a `SchemaError` that names
the place, what was expected and what was found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from corpus_lib.errors import SchemaError
from corpus_lib.fields import RECORD, Misfit, Nested, Page, Record
from corpus_lib.fields.forms import TEXT, Layer, Spot, check_spots
from corpus_lib.model import Article, sha256

SCHEMA = "corpus_lib/1"

LONGEST = 10_000_000
"""How many characters the text of a record may have that comes without it."""

_WHOLE = Nested("an object", of=RECORD)
_LAYERS: tuple[Layer, ...] = ("actors", "quotes", "demands", "responses")


def write_record(record: Record, text: str) -> dict[str, Any]:
    """Return a record as a plain dictionary, its spans with their characters in the text."""
    return {"schema": SCHEMA, **RECORD.write(record, Page(text, {a.id: a.name for a in record.actors}))}


def read_record(data: object, text: str | None = None) -> tuple[Record, Article]:
    """Return what a plain dictionary says: the record and its article.

    Parameters
    ----------
    text
        The article's text, checked against the record's SHA-256. Without it, and without a ``text`` in the
        record, the characters that the record quotes stand at their places and the rest is blank.

    Raises
    ------
    SchemaError
        If it is no record of ``corpus_lib/1``, or the text is another.
    """
    if not isinstance(data, Mapping):
        raise Misfit.of(f"an object of schema {SCHEMA!r}", data).under("record")
    doc = data.get("doc")
    if data.get("schema") != SCHEMA:
        raise SchemaError(f"{doc}: expected a record of schema {SCHEMA!r}, found {data.get('schema')!r}")
    try:
        return _read(data, data.get("text") if text is None else text)
    except Misfit as misfit:
        raise SchemaError(f"{doc}: {misfit}") from None


def _read(data: Mapping[str, Any], text: str | None) -> tuple[Record, Article]:
    record = RECORD.read(data)
    if text is not None and (not TEXT.fits(text) or sha256(text) != record.sha256):
        raise SchemaError(f"{record.doc}: the text given is not the one analysed (its SHA-256 differs)")
    spots = list(_WHOLE.spots(data))
    whole = _quoted_text(spots) if text is None else text
    check_spots(spots, whole)
    _check_pointers(record)
    article = Article(
        id=record.doc,
        text=whole,
        sha256=record.sha256,
        language=record.language,
        metadata=record.metadata,
        blocks=record.structure,
        warnings=record.warnings,
    )
    return record, article


def _quoted_text(spots: Sequence[Spot]) -> str:
    """Return a text with the characters that a record quotes, each at its place."""
    length = max((spot["end"] for _, spot in spots), default=0)
    if length > LONGEST:
        way = next(way for way, spot in spots if spot["end"] == length)
        raise Misfit(f"a place before {LONGEST}", str(length)).under(*way, "end")
    text = [" "] * length
    for _, spot in spots:
        if "text" in spot:
            text[spot["start"] : spot["end"]] = spot["text"]
    return "".join(text)


def _check_pointers(record: Record) -> None:
    """Raise `Misfit` where two records of a layer have one id, or a record points to one that is not there."""
    known: dict[Layer, set[str]] = {layer: set() for layer in _LAYERS}
    for layer in _LAYERS:
        for number, one in enumerate(getattr(record, layer)):
            if one.id in known[layer]:
                raise Misfit("an id of its own", repr(one.id)).under(layer, number, "id")
            known[layer].add(one.id)
    for f in RECORD.fields:
        if isinstance(described := getattr(f.form, "form", None), Nested):
            for number, one in enumerate(getattr(record, f.name)):
                for pointing, layer, id_ in described.of.refers(one):
                    if id_ not in known[layer]:
                        place = (f.name, number, pointing.on_the_wire)
                        raise Misfit(f"an id that stands in {layer}", repr(id_)).under(*place)
