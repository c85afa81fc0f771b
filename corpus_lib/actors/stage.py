"""Who is on the stage while an article is read: where each was last seen, who spoke last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus_lib.actors.known import REACH, Known, Sighting
from corpus_lib.model import Span

Who = tuple[int, ...]
"""The numbers of the entities that are meant together: mostly one, several for people named together."""

FAR = 8

ASIDE = frozenset({"caption", "byline", "credit", "date"})
"""The kinds of block that name people who have no part in the story."""


@dataclass(slots=True)
class Trace:
    """Where somebody was last seen, and how often."""

    who: Who
    span: Span
    block: int
    sentence: int
    subject: bool
    kind: str
    spoken: bool
    begins: bool
    introduced: bool = True
    subject_in: int = -99
    seen: int = 1
    narrated: bool = False
    in_text: bool = False


@dataclass(slots=True)
class Stage:
    """The traces of all who were seen, of those that have a name by themselves too, and who spoke last.

    Traces are in the order in which they were last seen; `names` are where names stand, in the whole text.
    """

    known: Known
    traces: dict[Who, Trace] = field(default_factory=dict)
    named: dict[Who, Trace] = field(default_factory=dict)
    most: int = 0
    speakers: Who = ()
    spoke_in: int = -99
    spoke_at: int = 0
    names: Sequence[Sighting] = field(init=False)

    def __post_init__(self) -> None:
        """Take the names as they were found, before noun phrases and pronouns are put beside them."""
        self.names = tuple(self.known.sightings)

    def see(self, who: Who, span: Span, block: int, *, subject: bool, says: bool, kind: str, spoken: bool) -> None:
        """Take note of somebody at the next place of the text."""
        before = self.traces.pop(who, None)
        here = self.known.sentence(span.start)
        trace = Trace(who, span, block, here, subject, kind, spoken, self.known.starts_sentence(span.start))
        if before is not None:
            trace.introduced, trace.seen = False, before.seen + 1
            trace.subject_in, trace.narrated, trace.in_text = before.subject_in, before.narrated, before.in_text
        trace.in_text = trace.in_text or self.known.article.blocks[block].kind not in ASIDE
        if not spoken:
            trace.narrated = True
            if subject:
                trace.subject_in = here
        self.traces[who] = trace
        if self.known.entities[who[0]].kind != "unnamed":
            self.named.pop(who, None)
            self.named[who] = trace
        self.most = max(self.most, trace.seen)
        if says and not spoken:
            self.speakers, self.spoke_in, self.spoke_at = who, block, span.end

    def recent(self, block: int, reach: int = REACH) -> Iterator[Trace]:
        """Yield who was seen before, the latest first, not farther back than so many blocks."""
        yield from self._recent(self.traces, block, reach)

    def recently_named(self, block: int, reach: int = REACH) -> Iterator[Trace]:
        """Yield those among them that have a name."""
        yield from self._recent(self.named, block, reach)

    @staticmethod
    def _recent(traces: dict[Who, Trace], block: int, reach: int) -> Iterator[Trace]:
        for trace in reversed(traces.values()):
            if trace.block < block - reach:
                return
            yield trace
