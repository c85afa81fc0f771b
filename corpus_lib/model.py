"""The records: frozen dataclasses whose every span slices to its own characters."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["title", "lead", "byline", "date", "caption", "subheading", "body", "credit"]
BLOCK_KINDS: tuple[BlockKind, ...] = ("title", "lead", "byline", "date", "caption", "subheading", "body", "credit")

QuoteType = Literal["direct", "indirect", "mixed"]
ActorKind = Literal["person", "organisation", "state", "group", "unnamed"]
MentionKind = Literal["name", "role", "pronoun"]
DemandKind = Literal["single", "set"]
Strength = Literal["demand", "request", "proposal"]
Scope = Literal["all", "some", "unspecified"]
Basis = Literal["explicit", "collective", "entailed", "discourse", "computed"]

Stance = Literal["accept", "partial", "condition", "reject", "counter", "offer", "noted", "none"]
STANCES: tuple[Stance, ...] = ("accept", "partial", "condition", "reject", "counter", "offer", "noted", "none")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of an article's text, in code points.

    >>> Span(0, 4).of("Nato har svart")
    'Nato'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of the span."""
        return text[self.start : self.end]

    def within(self, other: Span) -> bool:
        """Say whether the other span covers this one."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Span) -> bool:
        """Say whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of a decision: its rule or feature, the characters it read, a note, what it weighed (log-odds)."""

    rule: str
    span: Span | None = None
    note: str = ""
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A line or paragraph of an article and what it is."""

    kind: BlockKind
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The block's place in the text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an actor is named, and the rule that says so."""

    start: int
    end: int
    kind: MentionKind
    rule: str

    @property
    def span(self) -> Span:
        """The mention's place in the text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, body, state or group that speaks, demands or answers."""

    id: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    affiliation: str | None = None
    speaks_for: str | None = None
    mentions: tuple[Mention, ...] = ()


DENIES = "denies: "
"""What stands before the words that their speaker rejects, wherever they are shown."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: its words, who says them, and why we think so.

    Attributes
    ----------
    denied
        Whether the speaker says that it is not so: «avviser at S», «benekter at S».
    """

    id: str
    type: QuoteType
    segments: tuple[Span, ...]
    marker: str | None
    cue: Span | None
    speaker_mention: Span | None
    speakers: tuple[str, ...]
    medium: str | None
    rule: str
    reasons: tuple[Reason, ...]
    confidence: float
    denied: bool = False

    @classmethod
    def bare(cls, id: str, words: Span, rule: str, confidence: float) -> Quote:
        """Return a quotation of which nothing is known but its words."""
        return cls(id, "direct", (words,), None, None, None, (), None, rule, (), confidence)

    @property
    def start(self) -> int:
        """Where the quoted words begin."""
        return self.segments[0].start

    @property
    def end(self) -> int:
        """Where the quoted words end."""
        return self.segments[-1].end

    def shown(self, text: str) -> str:
        """Return the words as they are shown: an interruption as « … », what is rejected behind «denies: »."""
        return (DENIES if self.denied else "") + " … ".join(s.of(text) for s in self.segments)


@dataclass(frozen=True, slots=True)
class Demand:
    """What an actor calls on another party to do or not to do."""

    id: str
    kind: DemandKind
    actors: tuple[str, ...]
    voice: str | None
    addressees: tuple[str, ...]
    addressee_basis: str | None
    content: Span
    cue: Span | None
    strength: Strength
    members: tuple[str, ...]
    mentions: tuple[Span, ...]
    quote: str | None
    date: str | None
    rule: str
    reasons: tuple[Reason, ...]
    confidence: float

    @classmethod
    def bare(cls, id: str, content: Span, rule: str, confidence: float) -> Demand:
        """Return a demand of which nothing is known but what is demanded."""
        return cls(id, "single", (), None, (), None, content, None, "demand", (), (), None, None, rule, (), confidence)

    @property
    def segments(self) -> tuple[Span, ...]:
        """The words that tell what is demanded, as those of a quotation are given."""
        return (self.content,)


@dataclass(frozen=True, slots=True)
class Link:
    """The bond between a response and the demand it answers."""

    demand: str
    confidence: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """What an actor answers to a demand, request, proposal or offer."""

    id: str
    actors: tuple[str, ...]
    voice: str | None
    links: tuple[Link, ...]
    target_text: str | None
    stance: Stance
    evidence: Span
    cue: Span | None
    scope: Scope
    basis: Basis
    quote: str | None
    rule: str
    reasons: tuple[Reason, ...]
    confidence: float

    @classmethod
    def bare(cls, id: str, evidence: Span, rule: str, confidence: float) -> Response:
        """Return an answer of which nothing is known but the words that show it."""
        return cls(
            id, (), None, (), None, "noted", evidence, None, "unspecified", "explicit", None, rule, (), confidence
        )

    @property
    def segments(self) -> tuple[Span, ...]:
        """The words that show it, as those of a quotation are given."""
        return (self.evidence,)

    @property
    def targets(self) -> tuple[str, ...]:
        """The ids of the demands that are answered."""
        return tuple(link.demand for link in self.links)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the demands × actors matrix, with the responses behind it."""

    demand: str
    actor: str
    stance: Stance
    basis: Basis
    responses: tuple[str, ...]
    conflict: bool
    attested: bool

    @property
    def shown(self) -> str:
        """What is shown of it: the stance; «not found» where no answer was found and none is told to be missing."""
        return "not found" if self.stance == "none" and not self.attested else self.stance


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about an article beside its text; dates are ISO 8601, as exact as the source."""

    title: str | None = None
    date: str | None = None
    published: str | None = None
    updated: str | None = None
    byline: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A text as it was read, cut into blocks."""

    id: str
    text: str
    sha256: str
    language: str
    metadata: Metadata
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = field(default=())

    def slice(self, span: Span) -> str:
        """Return the characters of a span."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no analysis: which, at what stage, and why."""

    id: str
    stage: str
    message: str


def sha256(text: str) -> str:
    """Return the checksum that identifies a text: SHA-256 of its UTF-8 bytes, in hexadecimal.

    >>> sha256("Nato")[:8]
    'b20685c3'
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
