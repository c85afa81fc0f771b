"""An analysis as marks: labelled spans with features and relations, as annotation tools have them; and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus_lib.analysis import Analysis
from corpus_lib.corrections import NamedActors
from corpus_lib.fields import DEMAND, QUOTE, RESPONSE, Description, Field, Page
from corpus_lib.fields.composed import Actors, Maybe, Pointer
from corpus_lib.fields.forms import Choice, Flag, Number
from corpus_lib.model import Article, Demand, Link, Quote, QuoteType, Response, Span

QUOTE_LABELS: Mapping[str, QuoteType] = {"Direct": "direct", "Indirect": "indirect", "Mixed": "mixed"}
PART_LABELS = ("Cue", "Speaker")
LABELS = (*QUOTE_LABELS, "Demand", "Response", *PART_LABELS)
RELATIONS = {"Cue": "CuedBy", "Speaker": "SpokenBy"}
ANSWERS, HAS_MEMBER = "Answers", "HasMember"
IMPORTED = "imported annotation"
"""The rule of a record that a person or another tool made."""
_UNTOLD = {"kind": "single", "strength": "demand", "stance": "noted", "scope": "unspecified", "rule": IMPORTED}
"""What a record is where its mark does not say, or says what there is not."""


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
    page = Page(analysis.article.text, analysis.names())
    found = [m for q in analysis.quotes for m in _of_quote(page, q)]
    found += [m for d in analysis.demands for m in _of_demand(page, d)]
    found += [m for r in analysis.responses for m in _of_response(page, r)]
    return tuple(found)


def _parts(record: str, cue: Span | None, speaker: Span | None) -> Iterator[Mark]:
    for label, span in (("Cue", cue), ("Speaker", speaker)):
        if span is not None and span.end > span.start:
            yield Mark(f"{record}.{label.lower()}", label, (span,), {})


def _with_parts(mark: Mark, parts: Sequence[Mark]) -> tuple[Mark, ...]:
    relations = tuple((RELATIONS[p.label], p.id) for p in parts)
    return replace(mark, relations=(*relations, *mark.relations)), *parts


def _of_quote(page: Page, q: Quote) -> tuple[Mark, ...]:
    mark = Mark(q.id, q.type.capitalize(), q.segments, _features(QUOTE, q, page))
    return _with_parts(mark, list(_parts(q.id, q.cue, q.speaker_mention)))


def _of_demand(page: Page, d: Demand) -> tuple[Mark, ...]:
    members = tuple((HAS_MEMBER, m) for m in d.members)
    mark = Mark(d.id, "Demand", (d.content,), _features(DEMAND, d, page), members)
    return _with_parts(mark, list(_parts(d.id, d.cue, None)))


def _of_response(page: Page, r: Response) -> tuple[Mark, ...]:
    links = tuple((ANSWERS, d) for d in r.targets)
    mark = Mark(r.id, "Response", (r.evidence,), _features(RESPONSE, r, page), links)
    return _with_parts(mark, list(_parts(r.id, r.cue, None)))


def feature_names() -> tuple[str, ...]:
    """Return the names of the features that marks may have, in order."""
    found = (f.shown for described in (QUOTE, DEMAND, RESPONSE) for f in described.fields if f.feature)
    return tuple(dict.fromkeys(found))


def _features(described: Description[Any], record: object, page: Page) -> dict[str, str]:
    """Return what is known of a record as text; what is empty, absent or false is left out."""
    shown = ((f.shown, f.form.cell(getattr(record, f.name), page)) for f in described.fields if f.feature)
    return {name: _as_text(value) for name, value in shown if value not in (None, "") and value is not False}


def _as_text(value: object) -> str:
    return f"{value:.4f}" if isinstance(value, float) else str(value).lower() if value is True else str(value)


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


def _told(described: Description[Any], features: Mapping[str, str], ids: Mapping[str, str], cast_: NamedActors) -> Any:
    """Return the fields of a record that its mark's features tell, by name."""
    return {f.name: _value(f, features.get(f.shown), ids, cast_) for f in described.fields if f.feature}


def _value(field: Field, text: str | None, ids: Mapping[str, str], cast_: NamedActors) -> Any:
    form = field.form.form if isinstance(field.form, Maybe) else field.form
    match form:
        case Actors():
            return cast_.ids(text)
        case Pointer():
            return ids.get(text or "")
        case Flag():
            return text == "true"
        case Number():
            return _within(form, text)
        case Choice():
            return text if form.fits(text) else _UNTOLD[field.shown]
    return _UNTOLD.get(field.shown) if text is None else text


def _within(form: Number, text: str | None) -> float:
    """Return a number within its bounds; the highest where there is none."""
    try:
        return min(form.most, max(form.least, float(text or form.most)))
    except ValueError:
        return form.most


def _quote(
    mark: Mark, ids: Mapping[str, str], parts: Mapping[str, Span], cast_: NamedActors, article: Article
) -> Quote:
    mention = _part(mark, "Speaker", parts)
    by_hand = not mark.features  # what we exported says itself who speaks, or that nobody knows
    features = {"speaker": mention.of(article.text)} if by_hand and mention else mark.features
    return Quote(
        id=ids[mark.id],
        type=QUOTE_LABELS[mark.label],
        segments=mark.spans,
        cue=_part(mark, "Cue", parts),
        speaker_mention=mention,
        reasons=(),
        **_told(QUOTE, features, ids, cast_),
    )


def _demand(mark: Mark, ids: Mapping[str, str], parts: Mapping[str, Span], cast_: NamedActors) -> Demand:
    members = tuple(ids[m] for m in _related(mark, HAS_MEMBER) if m in ids)
    told = _told(DEMAND, mark.features, ids, cast_)
    return Demand(
        id=ids[mark.id],
        voice=None,
        addressee_basis=None,
        content=Span(mark.start, mark.end),
        cue=_part(mark, "Cue", parts),
        members=members,
        mentions=(),
        reasons=(),
        **told | ({"kind": "set"} if members else {}),
    )


def _response(mark: Mark, ids: Mapping[str, str], parts: Mapping[str, Span], cast_: NamedActors) -> Response:
    told = _told(RESPONSE, mark.features, ids, cast_)
    return Response(
        id=ids[mark.id],
        voice=None,
        links=tuple(Link(ids[d], told["confidence"], ()) for d in _related(mark, ANSWERS) if d in ids),
        evidence=Span(mark.start, mark.end),
        cue=_part(mark, "Cue", parts),
        basis="explicit",
        reasons=(),
        **told,
    )
