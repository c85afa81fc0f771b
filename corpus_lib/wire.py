"""Records ↔ the wire format ``corpus_lib/1``: plain dictionaries, ready for JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from corpus_lib.errors import SchemaError
from corpus_lib.model import (
    Actor,
    Article,
    Block,
    Cell,
    Demand,
    Link,
    Mention,
    Metadata,
    Quote,
    Reason,
    Response,
    Span,
    sha256,
)

SCHEMA = "corpus_lib/1"
Json = dict[str, Any]


class Writer:
    """Turns the records of one article into dictionaries."""

    def __init__(self, text: str, actors: Sequence[Actor]) -> None:
        self.text = text
        self.names = {a.id: a.name for a in actors}

    def span(self, span: Span | None) -> Json | None:
        """Return a span with its text; None stays None."""
        return None if span is None else {"start": span.start, "end": span.end, "text": span.of(self.text)}

    def joined(self, ids: Sequence[str]) -> str | None:
        """Return the actors' names joined by ``; ``; None for nobody."""
        return "; ".join(self.names[i] for i in ids) or None

    def reasons(self, reasons: Sequence[Reason]) -> list[Json]:
        """Return reasons with their spans."""
        return [{"rule": r.rule, "span": self.span(r.span), "note": r.note, "weight": r.weight} for r in reasons]

    def quote(self, q: Quote) -> Json:
        """Return a quotation."""
        return {
            "id": q.id,
            "type": q.type,
            "denied": q.denied,
            "segments": [self.span(s) for s in q.segments],
            "marker": q.marker,
            "cue": self.span(q.cue),
            "speaker_mention": self.span(q.speaker_mention),
            "speaker": self.joined(q.speakers),
            "speaker_ids": list(q.speakers),
            "medium": q.medium,
            "rule": q.rule,
            "reasons": self.reasons(q.reasons),
            "confidence": q.confidence,
        }

    def demand(self, d: Demand) -> Json:
        """Return a demand."""
        return {
            "id": d.id,
            "kind": d.kind,
            "actor": self.joined(d.actors),
            "actor_ids": list(d.actors),
            "voice": d.voice,
            "addressees": [self.names[i] for i in d.addressees],
            "addressee_ids": list(d.addressees),
            "addressee_basis": d.addressee_basis,
            "content": self.span(d.content),
            "cue": self.span(d.cue),
            "strength": d.strength,
            "members": list(d.members),
            "mentions": [self.span(m) for m in d.mentions],
            "quote": d.quote,
            "date": d.date,
            "rule": d.rule,
            "reasons": self.reasons(d.reasons),
            "confidence": d.confidence,
        }

    def response(self, r: Response) -> Json:
        """Return a response with its links."""
        return {
            "id": r.id,
            "actor": self.joined(r.actors),
            "actor_ids": list(r.actors),
            "voice": r.voice,
            "targets": list(r.targets),
            "links": [
                {"demand": k.demand, "confidence": k.confidence, "reasons": self.reasons(k.reasons)} for k in r.links
            ],
            "target_text": r.target_text,
            "stance": r.stance,
            "evidence": self.span(r.evidence),
            "cue": self.span(r.cue),
            "scope": r.scope,
            "basis": r.basis,
            "quote": r.quote,
            "rule": r.rule,
            "reasons": self.reasons(r.reasons),
            "confidence": r.confidence,
        }

    def cell(self, c: Cell) -> Json:
        """Return a cell of the matrix; its actor by name and id."""
        return {
            "demand": c.demand,
            "actor": self.names[c.actor],
            "actor_id": c.actor,
            "stance": c.stance,
            "basis": c.basis,
            "responses": list(c.responses),
            "conflict": c.conflict,
            "attested": c.attested,
        }


def article_record(article: Article) -> Json:
    """Return the part of a record that the article itself fills."""
    return {
        "doc": article.id,
        "sha256": article.sha256,
        "language": article.language,
        "metadata": asdict(article.metadata),
        "structure": [{"kind": b.kind, "start": b.start, "end": b.end} for b in article.blocks],
    }


def actor_record(actor: Actor) -> Json:
    """Return an actor with its mentions."""
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "aliases": list(actor.aliases),
        "roles": list(actor.roles),
        "affiliation": actor.affiliation,
        "speaks_for": actor.speaks_for,
        "mentions": [asdict(m) for m in actor.mentions],
    }


KEYS = (
    "made_by",
    "doc",
    "sha256",
    "language",
    "metadata",
    "structure",
    "actors",
    "quotes",
    "demands",
    "responses",
    "comparison",
)
"""What every record holds."""


def check_record(data: Mapping[str, Any]) -> None:
    """Raise `SchemaError` unless a record says it is ``corpus_lib/1`` and holds what such a record holds."""
    if data.get("schema") != SCHEMA:
        raise SchemaError(f"expected a record of schema {SCHEMA!r}, found {data.get('schema')!r}")
    if missing := [key for key in KEYS if key not in data]:
        raise SchemaError(f"{data.get('doc')}: the record lacks {', '.join(missing)}")


def read_article_record(data: Mapping[str, Any], text: str | None) -> Article:
    """Return the article of a record.

    Without its text, the characters that the record quotes stand at their places and the rest is blank.
    """
    if text is not None and sha256(text) != data["sha256"]:
        raise SchemaError(f"{data['doc']}: the text given is not the one analysed (its SHA-256 differs)")
    return Article(
        id=data["doc"],
        text=_quoted_text(data) if text is None else text,
        sha256=data["sha256"],
        language=data["language"],
        metadata=Metadata(**data["metadata"]),
        blocks=tuple(Block(**b) for b in data["structure"]),
        warnings=tuple(data.get("warnings", ())),
    )


def _quoted_text(data: Mapping[str, Any]) -> str:
    spans: list[Json] = []

    def collect(value: object) -> None:
        if isinstance(value, Mapping):
            if set(value) == {"start", "end", "text"}:
                spans.append(dict(value))
            for inner in value.values():
                collect(inner)
        elif isinstance(value, list):
            for inner in value:
                collect(inner)

    collect([data[k] for k in ("quotes", "demands", "responses")])
    ends = [s["end"] for s in spans] + [b["end"] for b in data["structure"]]
    ends += [m["end"] for a in data["actors"] for m in a["mentions"]]
    text = [" "] * max(ends, default=0)
    for s in spans:
        text[s["start"] : s["end"]] = s["text"]
    return "".join(text)


def read_actor(data: Mapping[str, Any]) -> Actor:
    """Return the actor of a record."""
    return Actor(
        id=data["id"],
        name=data["name"],
        kind=data["kind"],
        aliases=tuple(data["aliases"]),
        roles=tuple(data["roles"]),
        affiliation=data["affiliation"],
        speaks_for=data["speaks_for"],
        mentions=tuple(Mention(**m) for m in data["mentions"]),
    )


def _span(data: Mapping[str, Any] | None) -> Span | None:
    return None if data is None else Span(data["start"], data["end"])


def _sure(data: Mapping[str, Any]) -> Span:
    return Span(data["start"], data["end"])


def _reasons(data: Sequence[Mapping[str, Any]]) -> tuple[Reason, ...]:
    return tuple(Reason(r["rule"], _span(r["span"]), r["note"], r.get("weight")) for r in data)


def read_quote(data: Mapping[str, Any]) -> Quote:
    """Return the quotation of a record."""
    return Quote(
        id=data["id"],
        type=data["type"],
        segments=tuple(_sure(s) for s in data["segments"]),
        marker=data.get("marker"),
        cue=_span(data["cue"]),
        speaker_mention=_span(data["speaker_mention"]),
        speakers=tuple(data["speaker_ids"]),
        medium=data["medium"],
        rule=data["rule"],
        reasons=_reasons(data["reasons"]),
        confidence=data["confidence"],
        denied=data.get("denied", False),
    )


def read_demand(data: Mapping[str, Any]) -> Demand:
    """Return the demand of a record."""
    return Demand(
        id=data["id"],
        kind=data["kind"],
        actors=tuple(data["actor_ids"]),
        voice=data["voice"],
        addressees=tuple(data["addressee_ids"]),
        addressee_basis=data["addressee_basis"],
        content=_sure(data["content"]),
        cue=_span(data["cue"]),
        strength=data["strength"],
        members=tuple(data["members"]),
        mentions=tuple(_sure(m) for m in data["mentions"]),
        quote=data["quote"],
        date=data["date"],
        rule=data["rule"],
        reasons=_reasons(data["reasons"]),
        confidence=data["confidence"],
    )


def read_response(data: Mapping[str, Any]) -> Response:
    """Return the response of a record."""
    return Response(
        id=data["id"],
        actors=tuple(data["actor_ids"]),
        voice=data["voice"],
        links=tuple(Link(k["demand"], k["confidence"], _reasons(k["reasons"])) for k in data["links"]),
        target_text=data["target_text"],
        stance=data["stance"],
        evidence=_sure(data["evidence"]),
        cue=_span(data["cue"]),
        scope=data["scope"],
        basis=data["basis"],
        quote=data["quote"],
        rule=data["rule"],
        reasons=_reasons(data["reasons"]),
        confidence=data["confidence"],
    )


def read_cell(data: Mapping[str, Any]) -> Cell:
    """Return the cell of a record."""
    return Cell(
        demand=data["demand"],
        actor=data["actor_id"],
        stance=data["stance"],
        basis=data["basis"],
        responses=tuple(data["responses"]),
        conflict=data["conflict"],
        attested=data["attested"],
    )
