"""An analysis as marks: labelled spans with features and relations, as annotation tools have them; and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

from corpus_lib.analysis import Analysis
from corpus_lib.corrections import NamedActors
from corpus_lib.model import (
    STANCES,
    Article,
    Demand,
    Link,
    Quote,
    QuoteType,
    Response,
    Scope,
    Span,
    Stance,
    Strength,
)

QUOTE_LABELS: Mapping[str, QuoteType] = {"Direct": "direct", "Indirect": "indirect", "Mixed": "mixed"}
PART_LABELS = ("Cue", "Speaker")
LABELS = (*QUOTE_LABELS, "Demand", "Response", *PART_LABELS)
RELATIONS = {"Cue": "CuedBy", "Speaker": "SpokenBy"}
ANSWERS, HAS_MEMBER = "Answers", "HasMember"
IMPORTED = "imported annotation"
"""The rule of a record that a person or another tool made."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled stretch of text: what it is, its features, and the marks it is related to.

    Attributes
    ----------
    id
        Of the record (``q1``), or of a part of one (``q1.cue``).
    relations
        (relation, id of the other mark).
    """

    id: str
    label: str
    spans: tuple[Span, ...]
    features: Mapping[str, str]
    relations: tuple[tuple[str, str], ...] = ()

    @property
    def start(self) -> int:
        """Where the first stretch begins."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Where the last stretch ends."""
        return self.spans[-1].end

    def of(self, text: str) -> str:
        """Return the words; an interruption shows as « … »."""
        return " … ".join(s.of(text) for s in self.spans)


def marks_of(analysis: Analysis) -> tuple[Mark, ...]:
    """Return the marks of an analysis: quotations, demands, responses, their cues and speakers."""
    found = [m for q in analysis.quotes for m in _of_quote(analysis, q)]
    found += [m for d in analysis.demands for m in _of_demand(analysis, d)]
    found += [m for r in analysis.responses for m in _of_response(analysis, r)]
    return tuple(found)


def _known(**features: str | None) -> dict[str, str]:
    return {name: value for name, value in features.items() if value}


def _parts(record: str, cue: Span | None, speaker: Span | None) -> Iterator[Mark]:
    for label, span in (("Cue", cue), ("Speaker", speaker)):
        if span is not None and span.end > span.start:
            yield Mark(f"{record}.{label.lower()}", label, (span,), {})


def _with_parts(mark: Mark, parts: Sequence[Mark]) -> tuple[Mark, ...]:
    relations = tuple((RELATIONS[p.label], p.id) for p in parts)
    return replace(mark, relations=(*relations, *mark.relations)), *parts


def _of_quote(analysis: Analysis, q: Quote) -> tuple[Mark, ...]:
    features = _known(
        speaker=analysis.joined(q.speakers),
        medium=q.medium,
        marker=q.marker,
        rule=q.rule,
        confidence=f"{q.confidence:.4f}",
    )
    mark = Mark(q.id, q.type.capitalize(), q.segments, features)
    return _with_parts(mark, list(_parts(q.id, q.cue, q.speaker_mention)))


def _of_demand(analysis: Analysis, d: Demand) -> tuple[Mark, ...]:
    features = _known(
        kind=d.kind,
        actor=analysis.joined(d.actors),
        addressees=analysis.joined(d.addressees),
        strength=d.strength,
        date=d.date,
        quote=d.quote,
        rule=d.rule,
        confidence=f"{d.confidence:.4f}",
    )
    members = tuple((HAS_MEMBER, m) for m in d.members)
    return _with_parts(Mark(d.id, "Demand", (d.content,), features, members), list(_parts(d.id, d.cue, None)))


def _of_response(analysis: Analysis, r: Response) -> tuple[Mark, ...]:
    features = _known(
        actor=analysis.joined(r.actors),
        stance=r.stance,
        target_text=r.target_text,
        scope=r.scope,
        quote=r.quote,
        rule=r.rule,
        confidence=f"{r.confidence:.4f}",
    )
    links = tuple((ANSWERS, d) for d in r.targets)
    return _with_parts(Mark(r.id, "Response", (r.evidence,), features, links), list(_parts(r.id, r.cue, None)))


def analysis_of(article: Article, marks: Sequence[Mark], original: Analysis | None = None) -> Analysis:
    """Return the analysis that marks describe, its records numbered anew in the order of the text.

    Parameters
    ----------
    original
        Gives the actors, where the marks name the same; others are made with the kind ``unnamed``.
    """
    from corpus_lib.demands import comparison

    cast_ = NamedActors(original.actors if original else ())
    parts = {m.id: m.spans[0] for m in marks if m.label in PART_LABELS}
    order = sorted((m for m in marks if m.label not in PART_LABELS), key=lambda m: (m.start, m.end, m.id))
    ids = _numbered(order)
    quotes = tuple(_quote(m, ids, parts, cast_, article) for m in order if m.label in QUOTE_LABELS)
    demands = tuple(_demand(m, ids, parts, cast_) for m in order if m.label == "Demand")
    responses = tuple(_response(m, ids, parts, cast_) for m in order if m.label == "Response")
    return Analysis(
        article=article,
        actors=cast_.actors(),
        quotes=quotes,
        demands=demands,
        responses=responses,
        cells=comparison(demands, responses),
        made_by={"imported": True, **(dict(original.made_by) if original else {})},
    )


def _numbered(order: Sequence[Mark]) -> dict[str, str]:
    counts: dict[str, int] = {}
    ids = {}
    for mark in order:
        letter = "q" if mark.label in QUOTE_LABELS else mark.label[0].lower()
        counts[letter] = counts.get(letter, 0) + 1
        ids[mark.id] = f"{letter}{counts[letter]}"
    return ids


def _related(mark: Mark, relation: str) -> tuple[str, ...]:
    return tuple(other for name, other in mark.relations if name == relation)


def _part(mark: Mark, label: str, parts: Mapping[str, Span]) -> Span | None:
    return next((parts[p] for p in _related(mark, RELATIONS[label]) if p in parts), None)


def _confidence(mark: Mark) -> float:
    try:
        return min(1.0, max(0.0, float(mark.features.get("confidence", "1"))))
    except ValueError:
        return 1.0


def _one_of(value: str | None, known: Sequence[str], default: str) -> str:
    return value if value is not None and value in known else default


def _quote(
    mark: Mark, ids: Mapping[str, str], parts: Mapping[str, Span], cast_: NamedActors, article: Article
) -> Quote:
    mention = _part(mark, "Speaker", parts)
    by_hand = not mark.features  # what we exported says itself who speaks, or that nobody knows
    who = mention.of(article.text) if by_hand and mention else mark.features.get("speaker")
    return Quote(
        id=ids[mark.id],
        type=QUOTE_LABELS[mark.label],
        segments=mark.spans,
        marker=mark.features.get("marker"),
        cue=_part(mark, "Cue", parts),
        speaker_mention=mention,
        speakers=cast_.ids(who),
        medium=mark.features.get("medium"),
        rule=mark.features.get("rule", IMPORTED),
        reasons=(),
        confidence=_confidence(mark),
    )


def _demand(mark: Mark, ids: Mapping[str, str], parts: Mapping[str, Span], cast_: NamedActors) -> Demand:
    f = mark.features
    members = tuple(ids[m] for m in _related(mark, HAS_MEMBER) if m in ids)
    return Demand(
        id=ids[mark.id],
        kind=cast(Literal["single", "set"], "set" if members else _one_of(f.get("kind"), ("single", "set"), "single")),
        actors=cast_.ids(f.get("actor")),
        voice=None,
        addressees=cast_.ids(f.get("addressees")),
        addressee_basis=None,
        content=Span(mark.start, mark.end),
        cue=_part(mark, "Cue", parts),
        strength=cast(Strength, _one_of(f.get("strength"), get_args(Strength), "demand")),
        members=members,
        mentions=(),
        quote=ids.get(f.get("quote", "")),
        date=f.get("date"),
        rule=f.get("rule", IMPORTED),
        reasons=(),
        confidence=_confidence(mark),
    )


def _response(mark: Mark, ids: Mapping[str, str], parts: Mapping[str, Span], cast_: NamedActors) -> Response:
    f = mark.features
    confidence = _confidence(mark)
    return Response(
        id=ids[mark.id],
        actors=cast_.ids(f.get("actor")),
        voice=None,
        links=tuple(Link(ids[d], confidence, ()) for d in _related(mark, ANSWERS) if d in ids),
        target_text=f.get("target_text"),
        stance=cast(Stance, _one_of(f.get("stance"), STANCES, "noted")),
        evidence=Span(mark.start, mark.end),
        cue=_part(mark, "Cue", parts),
        scope=cast(Scope, _one_of(f.get("scope"), get_args(Scope), "unspecified")),
        basis="explicit",
        quote=ids.get(f.get("quote", "")),
        rule=f.get("rule", IMPORTED),
        reasons=(),
        confidence=confidence,
    )
