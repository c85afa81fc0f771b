"""What is kept of an analysed article to see it beside others: who, which demands and answers, which words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812
from typing import TYPE_CHECKING

from corpus_lib.language.sentences import sentences
from corpus_lib.model import Actor, Demand, Response, Span, Stance
from corpus_lib.stories.copies import Signature, signature
from corpus_lib.stories.naming import Shown, introduced, short_forms
from corpus_lib.stories.retelling import is_retold, joins, takes_up
from corpus_lib.stories.wants import wants
from corpus_lib.stories.words import figures, number_of, roots

if TYPE_CHECKING:
    from corpus_lib.analysis import Analysis

_LONGEST_PASSAGE = 600
_MOST_WORDS = 400


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as one article has it: its names, offices, and the body that it belongs to or speaks for."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article with the words themselves and the sentence around it."""

    start: int
    end: int
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A demand as one article tells it.

    Attributes
    ----------
    words, around
        The roots of its own words; those of its sentence and the one before.
    wants
        The kinds of thing that it asks for, in its order.
    """

    doc: str
    id: str
    actors: tuple[str, ...]
    addressees: tuple[str, ...]
    passage: Passage
    words: tuple[str, ...]
    around: tuple[str, ...]
    figures: frozenset[str]
    wants: tuple[str, ...]
    strength: str
    kind: str
    members: tuple[str, ...]
    date: str | None
    retold: bool
    joins: bool
    takes_up: bool
    confidence: float

    @property
    def key(self) -> tuple[str, str]:
        """The article and the demand in it."""
        return self.doc, self.id


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as one article tells it; ``links`` are the demands of its article that it answers."""

    doc: str
    id: str
    actors: tuple[str, ...]
    stance: Stance
    links: tuple[tuple[str, float], ...]
    passage: Passage
    target: str | None
    words: tuple[str, ...]
    around: tuple[str, ...]
    taken_up: tuple[str, ...]
    figures: frozenset[str]
    wants: tuple[str, ...]
    confidence: float

    @property
    def key(self) -> tuple[str, str]:
        """The article and the answer in it."""
        return self.doc, self.id


@dataclass(frozen=True, slots=True)
class Sketch:
    """An article among others: some kilobytes, and four bytes more a word.

    Attributes
    ----------
    date
        When it was published, ISO 8601, as exact as it is known; None where it is not.
    words
        The numbers of its words, those of most weight first.
    """

    doc: str
    sha256: str
    date: str | None
    source: str | None
    title: str | None
    parties: tuple[Party, ...]
    demands: tuple[Asked, ...]
    answers: tuple[Told, ...]
    words: tuple[int, ...]
    signature: Signature

    @property
    def day(self) -> Day | None:
        """The day it was published."""
        return day_of(self.date)


def day_of(text: str | None) -> Day | None:
    """Return the day of an ISO 8601 date; None where it names none.

    >>> day_of("2025-02-05T05:58"), day_of("2025-02"), day_of(None)
    (datetime.date(2025, 2, 5), None, None)
    """
    try:
        return Day.fromisoformat(text[:10]) if text and len(text) >= 10 else None
    except ValueError:
        return None


def sketch(analysis: Analysis) -> Sketch:
    r"""Return what is kept of an analysed article.

    >>> from corpus_lib.analysis import analyse
    >>> made = sketch(analyse("Lønnsoppgjøret\n\nLO krever at NHO snur. NHO avviste kravet."))
    >>> made.demands[0].passage.text, made.answers[0].links[0][0]
    ('NHO snur', 'd1')
    """
    article, text = analysis.article, analysis.article.text
    cut = sentences(text)
    starts = [s.start for s in cut]

    def around(span: Span) -> tuple[Span, str]:
        first = max(0, bisect_right(starts, span.start) - 1)
        last = max(first, bisect_right(starts, max(span.start, span.end - 1)) - 1)
        if not cut:
            return span, ""
        whole = Span(min(cut[first].start, span.start), max(cut[last].end, span.end))
        before = cut[first - 1].of(text) if first else ""
        return whole, before

    shown = introduced(text, [a.name for a in analysis.actors if a.kind == "person"])
    known, short = {a.id: a for a in analysis.actors}, short_forms(text)
    about = article.metadata
    words = roots(text)
    return Sketch(
        doc=article.id,
        sha256=article.sha256,
        date=about.published or about.date or about.updated,
        source=about.source,
        title=about.title,
        parties=tuple(_party(a, known, shown, short) for a in analysis.actors),
        demands=tuple(_asked(d, article.id, text, *around(d.content)) for d in analysis.demands),
        answers=tuple(_told(r, article.id, text, *around(r.evidence)) for r in analysis.responses),
        words=tuple(sorted({number_of(w) for w in words[:_MOST_WORDS]})),
        signature=signature(text),
    )


def _party(actor: Actor, actors: Mapping[str, Actor], shown: Mapping[str, Shown], short: Mapping[str, str]) -> Party:
    seen = shown.get(actor.name, Shown())
    spoken = actors.get(actor.speaks_for or "")
    body = actor.affiliation or (spoken.name if spoken else None) or seen.body
    names = {actor.name, *actor.aliases}
    more = [n for pair in short.items() for n in pair if names & set(pair) and n != actor.name]
    aliases = tuple(dict.fromkeys((*actor.aliases, *more)))
    return Party(actor.id, actor.name, actor.kind, aliases, tuple(dict.fromkeys((*actor.roles, *seen.roles))), body)


def _passage(span: Span, text: str, whole: Span) -> Passage:
    return Passage(span.start, span.end, span.of(text)[:_LONGEST_PASSAGE], whole.of(text)[:_LONGEST_PASSAGE])


def _asked(demand: Demand, doc: str, text: str, whole: Span, before: str) -> Asked:
    own = demand.content.of(text)
    told = [own, *(m.of(text) for m in demand.mentions)]
    return Asked(
        doc,
        demand.id,
        demand.actors,
        demand.addressees,
        _passage(demand.content, text, whole),
        roots(" ".join(told)),
        roots(f"{before} {whole.of(text)}"),
        figures(own),
        wants(own),
        demand.strength,
        demand.kind,
        demand.members,
        demand.date,
        is_retold(demand.cue.of(text) if demand.cue else "", whole.of(text)),
        joins(whole.of(text)),
        takes_up(own, whole.of(text)),
        demand.confidence,
    )


def _told(answer: Response, doc: str, text: str, whole: Span, before: str) -> Told:
    own = answer.evidence.of(text)
    return Told(
        doc,
        answer.id,
        answer.actors,
        answer.stance,
        tuple((k.demand, k.confidence) for k in answer.links),
        _passage(answer.evidence, text, whole),
        answer.target_text,
        roots(own),
        roots(f"{before} {whole.of(text)}"),
        roots(answer.target_text or ""),
        figures(own),
        wants(own),
        answer.confidence,
    )


def in_order(sketches: Sequence[Sketch]) -> list[Sketch]:
    """Return articles in order of time.

    Undated ones keep their places between the dated where these come in order of time; else they come last.

    >>> from dataclasses import replace
    >>> one = Sketch("a", "", "2025-01-02", None, None, (), (), (), (), Signature(b"", b""))
    >>> two, three = replace(one, doc="b", date=None), replace(one, doc="c", date="2025-01-01")
    >>> [s.doc for s in in_order([one, two, three])], [s.doc for s in in_order([three, two, one])]
    (['c', 'a', 'b'], ['c', 'b', 'a'])
    """
    dated = [s.date[:10] for s in sketches if s.date]
    if dated == sorted(dated):
        return list(sketches)
    return sorted(sketches, key=lambda s: (s.date is None, (s.date or "")[:16]))
