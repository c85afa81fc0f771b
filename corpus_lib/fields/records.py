"""Every field of every record: its form, its names, its meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from corpus_lib.fields.composed import Actors, Counted, Each, Links, Maybe, Named, Pointer
from corpus_lib.fields.describing import Description, Field, Nested
from corpus_lib.fields.forms import OFFSET, TEXT, Anything, Choice, Flag, Layer, Number, Place
from corpus_lib.model import (
    BLOCK_KINDS,
    STANCES,
    Actor,
    ActorKind,
    Basis,
    Block,
    Cell,
    Demand,
    DemandKind,
    Link,
    Mention,
    MentionKind,
    Metadata,
    Quote,
    QuoteType,
    Reason,
    Response,
    Scope,
    Strength,
)


@dataclass(frozen=True, slots=True)
class Record:
    """What goes on the wire about one article, beside the schema's name."""

    made_by: Mapping[str, Any]
    doc: str
    sha256: str
    language: str
    metadata: Metadata
    structure: tuple[Block, ...]
    actors: tuple[Actor, ...]
    quotes: tuple[Quote, ...]
    demands: tuple[Demand, ...]
    responses: tuple[Response, ...]
    comparison: tuple[Cell, ...]
    warnings: tuple[str, ...]


def _one_of(choices: tuple[str, ...]) -> Choice:
    return Choice(f"one of {', '.join(choices)}", choices=choices)


def _ids(layer: Layer, expected: str) -> Each:
    return Each(f"a list of {expected}", form=Pointer(f"the id of {expected}", layer=layer), between=" ")


def _who(name: str, told: str, meaning: str) -> Field:
    """Return a field of actors: ids under one key, their names, as people call the field, under another."""
    form = Actors("a list of actors' ids", form=Pointer("an actor's id", layer="actors"), apart=told == name)
    return Field(name, form, meaning, key=f"{name[:-1]}_ids", told=told, feature=True, mended=True)


_MAYBE = Maybe("a text or null")
_TEXTS = Each("a list of texts")
_FLAG = Flag("true or false", "bool")
_SPAN = Place("a span: start, end and text")
_MAYBE_SPAN = Maybe("a span or null", form=_SPAN)
_ACTOR = Maybe("an actor's id or null", form=Pointer("an actor's id", layer="actors"))
_IN_QUOTE = Maybe("a quotation's id or null", form=Pointer("a quotation's id", layer="quotes"))

REASON = Description(
    Reason,
    (
        Field("rule", TEXT, "the rule or feature that decided"),
        Field("span", _MAYBE_SPAN, "the characters it read"),
        Field("note", TEXT, "what it noted"),
        Field("weight", Maybe("a number or null", form=Number("a number")), "what it weighed (log-odds)", default=None),
    ),
)
_REASONS = Each("a list of reasons", form=Nested("a reason", of=REASON))

_ID = Field("id", TEXT, "the record's id, unique within its article")
_CUE = Field("cue", _MAYBE_SPAN, "the words that give it away, such as «krever»", mended=True)
_QUOTE_ID = Field("quote", _IN_QUOTE, "id of the quotation that holds it", feature=True)
_VOICE = Field("voice", _ACTOR, "id of who speaks for the actor")
_RULE = Field("rule", TEXT, "the rule that decided", feature=True)
_WHY = Field("reasons", _REASONS, "the steps of the decision")
_CONFIDENCE = Field(
    "confidence", Number("a number from 0 to 1", "float64", least=0, most=1), "how sure it is, 0 to 1", feature=True
)
_START = Field("start", OFFSET, "where it begins in the text, in code points")
_END = Field("end", OFFSET, "where it ends in the text, in code points (exclusive)")

METADATA = Description(
    Metadata,
    (
        Field("title", _MAYBE, "the headline"),
        Field("date", _MAYBE, "ISO 8601 date, as exact as the source"),
        Field("published", _MAYBE, "when it was published, ISO 8601"),
        Field("updated", _MAYBE, "when it was last changed, ISO 8601"),
        Field("byline", _MAYBE, "who wrote the article"),
        Field("source", _MAYBE, "where the article comes from, as the input says"),
    ),
)
BLOCK = Description(
    Block,
    (Field("kind", _one_of(BLOCK_KINDS), f"what kind of block it is: {', '.join(BLOCK_KINDS)}"), _START, _END),
)
MENTION = Description(
    Mention,
    (
        _START,
        _END,
        Field("kind", _one_of(get_args(MentionKind)), "name, role or pronoun"),
        Field("rule", TEXT, "the rule that says who is meant"),
    ),
)
ACTOR = Description(
    Actor,
    (
        _ID,
        Field("name", TEXT, "the actor's name"),
        Field("kind", _one_of(get_args(ActorKind)), f"what the actor is: {', '.join(get_args(ActorKind))}"),
        Field("aliases", _TEXTS, "other forms of the name, joined by «; »"),
        Field("roles", _TEXTS, "titles and offices, joined by «; »"),
        Field("affiliation", _MAYBE, "the body that a person belongs to"),
        Field("speaks_for", _ACTOR, "id of the actor that this one speaks for"),
        Field(
            "mentions",
            Counted("a list of mentions", "int64", form=Nested("a mention", of=MENTION)),
            "how often the actor is mentioned",
        ),
    ),
)
QUOTE = Description(
    Quote,
    (
        _ID,
        Field("type", _one_of(get_args(QuoteType)), "direct, indirect or mixed", mended=True),
        Field("denied", _FLAG, "whether the speaker says that it is not so", default=False, feature=True),
        Field(
            "segments",
            Each("a list of one span or more", form=_SPAN, between=" … ", least=1),
            "the words themselves",
            column="text",
            mended=True,
        ),
        Field("marker", _MAYBE, "the sign that opens the quotation", default=None, feature=True),
        _CUE,
        Field("speaker_mention", _MAYBE_SPAN, "the words that name the speaker", column="mention", mended=True),
        _who("speakers", "speaker", "who says it; several joined by «; »; null where nobody is known"),
        Field("medium", _MAYBE, "the paper or channel that somebody speaks to", feature=True, mended=True),
        _RULE,
        _WHY,
        _CONFIDENCE,
    ),
)
DEMAND = Description(
    Demand,
    (
        _ID,
        Field("kind", _one_of(get_args(DemandKind)), "single, or a set of several", feature=True),
        _who("actors", "actor", "who demands; several joined by «; »"),
        _VOICE,
        _who("addressees", "addressees", "of whom something is demanded"),
        Field("addressee_basis", _MAYBE, "how the addressee is known"),
        Field("content", _SPAN, "what is demanded, in the words of the text", mended=True),
        _CUE,
        Field("strength", _one_of(get_args(Strength)), "demand, request or proposal", feature=True, mended=True),
        Field("members", _ids("demands", "demands"), "ids of the demands that a set is made of"),
        Field("mentions", Each("a list of spans", form=_SPAN), "where else it is told"),
        _QUOTE_ID,
        Field("date", _MAYBE, "when it was made, ISO 8601, as exact as the source", feature=True),
        _RULE,
        _WHY,
        _CONFIDENCE,
    ),
)
LINK = Description(
    Link,
    (
        Field("demand", Pointer("a demand's id", layer="demands"), "id of the demand"),
        _CONFIDENCE,
        _WHY,
    ),
)
_STANCE = Field("stance", _one_of(STANCES), f"{', '.join(STANCES[:-1])} or {STANCES[-1]}", feature=True, mended=True)
_BASIS = Field("basis", _one_of(get_args(Basis)), "how an answer reaches its demand")
RESPONSE = Description(
    Response,
    (
        _ID,
        _who("actors", "actor", "who answers; several joined by «; »"),
        _VOICE,
        Field(
            "links",
            Links("a list of links", form=Nested("a link", of=LINK)),
            "ids of the demands that are answered",
            told="targets",
            mended=True,
        ),
        Field("target_text", _MAYBE, "what is answered, where no demand of the article fits", feature=True),
        _STANCE,
        Field("evidence", _SPAN, "the words that give the answer", mended=True),
        _CUE,
        Field(
            "scope",
            _one_of(get_args(Scope)),
            "whether all or some of the demands are answered",
            feature=True,
            mended=True,
        ),
        _BASIS,
        _QUOTE_ID,
        _RULE,
        _WHY,
        _CONFIDENCE,
    ),
)
CELL = Description(
    Cell,
    (
        Field("demand", Pointer("a demand's id", layer="demands"), "id of the demand"),
        Field(
            "actor", Named("an actor's id", layer="actors"), "who answers or is called on", key="actor_id", told="actor"
        ),
        _STANCE,
        _BASIS,
        Field("responses", _ids("responses", "answers"), "ids of the answers behind the stance"),
        Field("conflict", _FLAG, "whether one actor both accepts and rejects"),
        Field("attested", _FLAG, "whether the text itself gives the answer (else it was computed)"),
    ),
)


def _several(described: Description[Any], expected: str) -> Each:
    return Each(f"a list of {expected}", form=Nested("an object", of=described))


RECORD = Description(
    Record,
    (
        Field("made_by", Anything("an object"), "version, model and options that made it"),
        Field("doc", TEXT, "the article's id"),
        Field("sha256", TEXT, "SHA-256 of the text in UTF-8; with doc the article's key"),
        Field("language", TEXT, "nb or nn"),
        Field("metadata", Nested("an object", of=METADATA), "what is known about the article beside its text"),
        Field("structure", _several(BLOCK, "blocks"), "the lines and paragraphs"),
        Field("actors", _several(ACTOR, "actors"), "who is who"),
        Field("quotes", _several(QUOTE, "quotations"), "who says what"),
        Field("demands", _several(DEMAND, "demands"), "who demands what of whom"),
        Field("responses", _several(RESPONSE, "responses"), "who answers what"),
        Field("comparison", _several(CELL, "cells"), "the matrix of demands and actors"),
        Field("warnings", _TEXTS, "what the reader noted about the text, one a line", default=()),
    ),
)
"""The whole record of an article."""
