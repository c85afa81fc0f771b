"""Gold files: lines with labels, quotations with ``speaker_entity``, demands, answers, a ``matrix`` of stances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus_lib.errors import SchemaError
from corpus_lib.evaluation.annotation import Annotation, Answer, Claim, Quotation
from corpus_lib.fields import QUOTE, RESPONSE, Description, Field, Misfit, Nested
from corpus_lib.fields.composed import Each, Maybe
from corpus_lib.fields.forms import OFFSET, TEXT, Choice, Flag, Form, Place, Spot, bounds, check_spots
from corpus_lib.model import Span


@dataclass(frozen=True, slots=True)
class Stretch(Place):
    """A span: start, end and text, or a pair of start and end."""

    def read(self, value: Any) -> Span:
        """Return the span."""
        if isinstance(value, list) and len(value) == 2:
            return Span(*bounds(dict(zip(("start", "end"), value, strict=True))))
        return Place.read(self, value)

    def spots(self, value: Any) -> Iterator[Spot]:
        """Yield the span with its text."""
        yield (), dict(zip(("start", "end"), value, strict=True)) if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class Keyed(Form):
    """An object whose keys are names, its values of one form."""

    form: Form = TEXT

    def read(self, value: Any) -> tuple[tuple[str, Any], ...]:
        """Return names and values in order."""
        if not isinstance(value, Mapping):
            raise Misfit.of(self.expected, value)
        found = []
        for key, one in value.items():
            try:
                found.append((key, self.form.read(one)))
            except Misfit as misfit:
                raise misfit.under(key) from None
        return tuple(found)


_MAYBE = Maybe("a text or null")
_SPAN = Stretch("a span: start, end and text")
_MAYBE_SPAN = Maybe("a span or null", form=_SPAN)
_NAMES = Each("a list of names")
_STANCE = RESPONSE.field("stance").form
_ID = Field("id", TEXT, "the item's id")
_ACTOR = Field("actor", _MAYBE, "who it is, by name", default=None)
_STRICT = Field("strict", Maybe("true, false or null", form=Flag("true or false")), "whether it counts", default=None)
_TIER = Field("tier", Choice("core or edge", choices=("core", "edge")), "how sure the reader was", default="core")


def _core(strict: bool | None, tier: str) -> bool:
    return tier == "core" if strict is None else strict


CORE = Description(_core, (_STRICT, _TIER))
"""Whether an item counts, or may be disputed."""
SILENT = Each("a list of spans", form=_SPAN)
"""Where no quotation is."""


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    head: Span | None


def _quotation(
    type: str, segments: Sequence[Span], speaker: str | None, mention: _Mention | None, kind: str | None,
    medium: str | None, extent: Span | None, strict: bool | None, tier: str,
) -> Quotation:  # fmt: skip
    return Quotation(
        type=type,
        segments=tuple(segments),
        speaker=speaker,
        mention=Span(mention.start, mention.end) if mention else None,
        head=mention.head if mention else None,
        kind=kind,
        medium=medium,
        extent=extent,
        core=_core(strict, tier),
    )


def _claim(
    id: str, content: Span, actor: str | None, addressees: Sequence[str] | None, strict: bool | None, tier: str
) -> Claim:
    return Claim(id, content, actor, tuple(addressees or ()), _core(strict, tier))


def _answer(
    id: str, evidence: Span, actor: str | None, stance: str, targets: Sequence[str] | None, strict: bool | None,
    tier: str,
) -> Answer:  # fmt: skip
    return Answer(id, evidence, actor, stance, tuple(targets or ()), _core(strict, tier))


def _several(make: Any, *fields: Field) -> Each:
    return Each("a list of objects", form=Nested("an object", of=Description(make, fields)))


_MENTION = Description(
    _Mention,
    (
        Field("start", OFFSET, "where it begins"),
        Field("end", OFFSET, "where it ends"),
        Field("head", _MAYBE_SPAN, "its head word", default=None),
    ),
)
GOLD: Description[dict[str, Any]] = Description(
    dict,
    (
        Field("doc", TEXT, "the article's id"),
        Field("complete", Flag("true or false"), "whether what is not annotated is not there", default=False),
        Field(
            "structure",
            _several(dict, Field("line", OFFSET, "the line's number"), Field("label", TEXT, "what the line is")),
            "the lines that are labelled",
            default=(),
        ),
        Field(
            "quotes",
            _several(
                _quotation,
                QUOTE.field("type"),
                Field("segments", Each("a list of one span or more", form=_SPAN, least=1), "its words"),
                Field("speaker", _MAYBE, "who says it, by name", key="speaker_entity", default=None),
                Field(
                    "mention",
                    Maybe("a span with its head, or null", form=Nested("a span", of=_MENTION)),
                    "the words that name the speaker",
                    key="speaker_mention",
                    default=None,
                ),
                Field("kind", _MAYBE, "what the mention is: name, noun or pronoun", key="speaker_kind", default=None),
                Field("medium", _MAYBE, "the receiver", default=None),
                Field("extent", _MAYBE_SPAN, "where it stands, inquit and all", default=None),
                _STRICT,
                _TIER,
            ),
            "the quotations",
            default=(),
        ),
        Field(
            "demands",
            _several(
                _claim,
                _ID,
                Field("content", _SPAN, "what is demanded"),
                _ACTOR,
                Field("addressees", Maybe("a list of names or null", form=_NAMES), "of whom", default=None),
                _STRICT,
                _TIER,
            ),
            "the demands",
            default=(),
        ),
        Field(
            "responses",
            _several(
                _answer,
                _ID,
                Field("evidence", _SPAN, "the words that show it"),
                _ACTOR,
                Field("stance", _STANCE, "the stance"),
                Field("targets", Maybe("a list of ids or null", form=_NAMES), "the demands answered", default=None),
                _STRICT,
                _TIER,
            ),
            "the answers",
            default=(),
        ),
        Field("entities", _several(dict, Field("name", TEXT, "the name")), "persons and bodies", default=()),
        Field("none_spans", SILENT, "where no quotation is", default=()),
        Field(
            "matrix",
            Keyed("an object: demands", form=Keyed("an object: actors", form=_STANCE)),
            "the stance of each actor on each demand",
            default=(),
        ),
    ),
)
"""A gold file; other keys are for its readers."""


def from_gold(data: Mapping[str, Any], text: str) -> Annotation:
    """Read a gold file.

    Raises
    ------
    SchemaError
        If it is none, or a span does not slice to its own text; the message names the place.
    """
    try:
        gold = GOLD.read(data)
        check_spots(Nested("an object", of=GOLD).spots(data), text)
    except Misfit as misfit:
        raise SchemaError(f"{data.get('doc')}: {misfit}") from None
    return Annotation(
        doc=gold["doc"],
        text=text,
        complete=gold["complete"],
        lines=tuple((line["line"], line["label"]) for line in gold["structure"]),
        quotes=gold["quotes"],
        demands=gold["demands"],
        responses=gold["responses"],
        names=frozenset(e["name"] for e in gold["entities"]),
        silent=gold["none_spans"],
        cells=tuple((demand, who, stance) for demand, row in gold["matrix"] for who, stance in row),
    )
