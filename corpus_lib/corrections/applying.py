"""A layer of corrections laid over an analysis; what no longer fits is handed back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar, cast

from corpus_lib.corrections.cast import NamedActors
from corpus_lib.corrections.described import spans_in
from corpus_lib.corrections.layer import (
    Analysed,
    Correction,
    Layer,
    Record,
    Values,
    extent,
    records_of,
)
from corpus_lib.model import Demand, Link, Quote, Reason, Response, Span, sha256

RULE = "corrected by hand"
A = TypeVar("A", bound=Analysed)
_LETTERS = {"quote": "q", "demand": "d", "response": "r"}
_KINDS: dict[str, type[Quote | Demand | Response]] = {"quote": Quote, "demand": Demand, "response": Response}


@dataclass(frozen=True, slots=True)
class Corrected(Generic[A]):
    """An analysis with its corrections, and the corrections that found no place in it."""

    analysis: A
    unanchored: tuple[Correction, ...]


def apply(analysis: A, layer: Layer) -> Corrected[A]:
    """Return the analysis with the corrections of a layer; the one passed in stays as it is.

    What was accepted or changed takes the values that were decided on, also where a later automatic
    analysis says otherwise, the rule ``corrected by hand`` and the confidence 1. A correction whose text,
    span or kind of record is no longer there changes nothing and is handed back.
    """
    if analysis.article.sha256 != layer.sha256:
        return Corrected(analysis, layer.corrections)
    bench = _Bench(analysis)
    order = {"add": 0, "change": 1, "accept": 1, "delete": 2}  # answers may be given to demands that are added
    ranks = {"demand": 0, "quote": 1, "speaker": 2, "response": 3}
    work = sorted(layer.corrections, key=lambda c: (order[c.action], ranks[c.record]))
    failed = {id(c) for c in work if not bench.take(c)}
    if len(failed) == len(work):
        return Corrected(analysis, layer.corrections)
    return Corrected(bench.result(analysis), tuple(c for c in layer.corrections if id(c) in failed))


class _Bench:
    """The records of an analysis while they are corrected."""

    def __init__(self, analysis: Analysed) -> None:
        text = analysis.article.text
        self.length = len(text)
        self.text = text if sha256(text) == analysis.article.sha256 else None  # blank between what a record quotes
        self.cast = NamedActors(analysis.actors)
        self.records: dict[tuple[str, Span], Record] = {}
        for kind, record in records_of(analysis):
            self.records.setdefault((kind, extent(record)), record)
        self.rest = [r for k, r in records_of(analysis) if self.records[k, extent(r)] is not r]
        self.deleted: set[str] = set()

    def take(self, c: Correction) -> bool:
        """Carry a correction out; say whether it had a place."""
        kind = "quote" if c.record == "speaker" else c.record
        key = (kind, c.span)
        if c.end > self.length or any(end > self.length for _, end in spans_in(c.values)):
            return False
        if self.text is not None and c.text and c.span.of(self.text) != c.text:
            return False
        if c.action == "add" and c.record != "speaker":
            known = self.records.get(key)
            self.records[key] = self._new(kind, c) if known is None else self._decided(known, c.values, c)
            return True
        if key not in self.records:
            return False
        record = self.records[key]
        if c.action == "delete" and c.record != "speaker":
            self.deleted.add(record.id)
            del self.records[key]
        else:
            values = {"speaker": None, "speaker_mention": None} if c.action == "delete" else c.values
            self.records[key] = self._decided(record, values, c)
        return True

    def _new(self, kind: str, c: Correction) -> Record:
        used = {r.id for r in (*self.records.values(), *self.rest)} | self.deleted
        new = next(f"{_LETTERS[kind]}{i}" for i in range(1, len(used) + 2) if f"{_LETTERS[kind]}{i}" not in used)
        blank: Record = _KINDS[kind].bare(new, c.span, RULE, 1.0)
        return self._decided(blank, c.values, c)

    def _decided(self, record: Record, values: Values, c: Correction) -> Record:
        """Return a record with the values decided on, and who decided as its first reason."""
        note = " ".join(filter(None, (c.action, f"by {c.by}" if c.by else "", c.at, c.note)))
        fields = self._fields(record, values)
        return replace(record, **fields, rule=RULE, reasons=(Reason(RULE, None, note), *record.reasons), confidence=1.0)

    def _fields(self, record: Record, values: Values) -> dict[str, Any]:
        read = {name: self._read(name, value) for name, value in values.items()}
        names = {"speaker": "speakers", "actor": "actors"}
        out = {names.get(name, name): value for name, value in read.items() if name != "targets"}
        if "targets" in values and isinstance(record, Response):
            out["links"] = self._links(record, values["targets"])
        return out

    def _read(self, name: str, value: Any) -> Any:
        if name in ("speaker", "actor", "addressees"):
            return self.cast.ids(value)
        if name in ("cue", "speaker_mention", "content", "evidence"):
            return None if value is None else Span(*value)
        return tuple(Span(*s) for s in value) if name == "segments" else value

    def _links(self, record: Response, targets: list[list[int]]) -> tuple[Link, ...]:
        """Return links to the demands at these spans; a demand that is gone is answered by nobody."""
        old = {link.demand: link for link in record.links}
        demands = {extent(r): r.id for r in self.records.values() if isinstance(r, Demand)}
        demands |= {span: r.id for (kind, span), r in self.records.items() if kind == "demand"}  # the anchor goes first
        found = [demands[Span(*span)] for span in targets if Span(*span) in demands]
        return tuple(replace(old[d], confidence=1.0) if d in old else Link(d, 1.0, ()) for d in found)

    def result(self, analysis: A) -> A:
        """Return the analysis with the records as they are now; what pointed to a deleted one points nowhere."""
        from corpus_lib.demands import comparison  # loads the pipeline's package, which reading a layer does not need

        records = sorted((*self.records.values(), *self.rest), key=lambda r: (extent(r), r.id))
        gone = self.deleted
        quotes = tuple(r for r in records if isinstance(r, Quote))
        demands = tuple(_without_members(r, gone) for r in records if isinstance(r, Demand))
        responses = tuple(_without_links(r, gone) for r in records if isinstance(r, Response))
        whole = cast(Any, analysis)  # a dataclass with these fields, whatever it is called
        corrected = replace(
            whole,
            actors=self.cast.actors(),
            quotes=quotes,
            demands=demands,
            responses=responses,
            cells=comparison(demands, responses),
        )
        return cast(A, corrected)


def _known(id_: str | None, gone: set[str]) -> str | None:
    return None if id_ in gone else id_


def _without_members(demand: Demand, gone: set[str]) -> Demand:
    members = tuple(m for m in demand.members if m not in gone)
    return replace(demand, members=members, quote=_known(demand.quote, gone))


def _without_links(response: Response, gone: set[str]) -> Response:
    links = tuple(k for k in response.links if k.demand not in gone)
    return replace(response, links=links, quote=_known(response.quote, gone))


def as_gold(analysis: Analysed, layer: Layer, *, complete: bool = False) -> dict[str, Any]:
    """Return a corrected analysis as gold: a record of the wire format with its text and tiers.

    What was accepted, changed or added is ``core``, what nobody looked at ``edge``; where something was
    deleted, nothing is said to be (``silent``).

    Parameters
    ----------
    analysis
        The automatic analysis; the layer is applied to it.
    complete
        Whether the whole article was read, so that what is not there is missing on purpose.
    """
    corrected = apply(analysis, layer)
    lost = {id(c) for c in corrected.unanchored}
    kept = [c for c in layer.corrections if id(c) not in lost]
    record = corrected.analysis.to_dict(text=True)
    for table in ("quotes", "demands", "responses"):
        for item in record[table]:
            item["tier"] = "core" if item["rule"] == RULE else "edge"
    silent = [[c.start, c.end] for c in kept if c.action == "delete" and c.record == "quote"]
    return record | {"complete": complete, "silent": silent}
