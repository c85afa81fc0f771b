"""An analysis as one plain record: what the reader in the browser draws, and nothing it would have to work out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus_lib.analysis import Analysis
from corpus_lib.corrections.applying import RULE
from corpus_lib.labels import Labels, Language, labels
from corpus_lib.model import Demand, Quote, Response, Span
from corpus_lib.plots import STANCE_MARKS
from corpus_lib.reasons import reason_of, steps
from corpus_lib.render import NOBODY, speaker_name
from corpus_lib.widgets.looks import looks

Record = dict[str, Any]


def record_of(analysis: Analysis, language: Language = "en") -> Record:
    r"""Return what the reader draws, ready for JSON: the text, its marks, who is who, and why.

    Spans are of code points, as everywhere; the browser counts them the same way.

    Parameters
    ----------
    language
        In which the reasons are told.

    Examples
    --------
    >>> from corpus_lib import analyse
    >>> record = record_of(analyse("Lønnsoppgjøret\n\nLO krever at NHO snur. NHO avviste kravet."))
    >>> [(d["id"], d["who"], d["words"]) for d in record["demands"]]
    [('d1', 'LO', 'NHO snur')]
    >>> [(a["id"], a["stance"], [link["demand"] for link in a["links"]]) for a in record["answers"]]
    [('r1', 'reject', ['d1'])]
    """
    article, t = analysis.article, labels(language)
    names, known = analysis.names(), looks(analysis)
    return {
        "doc": article.id,
        "language": article.language,
        "text": article.text,
        "blocks": [{"kind": b.kind, "start": b.start, "end": b.end} for b in article.blocks],
        "actors": _actors(analysis),
        "quotes": [
            _quote(analysis, q, names, t) | {"look": known[speaker_name(q, names)].to_dict()} for q in analysis.quotes
        ],
        "demands": [_demand(analysis, d, names, t) for d in analysis.demands],
        "answers": [_answer(analysis, r, names, t) for r in analysis.responses],
        "silent": [
            {"demand": c.demand, "actor": c.actor, "who": names[c.actor], "shown": c.shown}
            for c in analysis.cells
            if not c.responses
        ],
        "signs": {stance: mark[0] for stance, mark in STANCE_MARKS.items()},
    }


def _actors(analysis: Analysis) -> list[Record]:
    """Return the actors, those that are quoted before the others and with a look of their own."""
    known = looks(analysis)
    order = {name: place for place, name in enumerate(known)}
    ordered = sorted(analysis.actors, key=lambda a: order.get(a.name, len(order)))
    return [{"id": a.id, "name": a.name, "look": known.get(a.name, known[NOBODY]).to_dict()} for a in ordered]


def _shared(
    analysis: Analysis, record: Quote | Demand | Response, actors: tuple[str, ...], names: Mapping[str, str], t: Labels
) -> Record:
    return {
        "id": record.id,
        "actors": list(actors),
        "who": analysis.joined(actors, names),
        "confidence": round(record.confidence, 2),
        "hand": record.rule == RULE,
        "reason": reason_of(analysis, record, t),
        "steps": steps(analysis, record, t),
    }


def _quote(analysis: Analysis, q: Quote, names: Mapping[str, str], t: Labels) -> Record:
    return _shared(analysis, q, q.speakers, names, t) | {
        "kind": "quote",
        "type": q.type,
        "segments": [_pair(s) for s in q.segments],
        "denied": q.denied,
        "words": analysis.words_of(q),
    }


def _demand(analysis: Analysis, d: Demand, names: Mapping[str, str], t: Labels) -> Record:
    return _shared(analysis, d, d.actors, names, t) | {
        "kind": "demand",
        "segments": [_pair(d.content)],
        "addressees": list(d.addressees),
        "to": analysis.joined(d.addressees, names),
        "strength": d.strength,
        "date": d.date,
        "words": analysis.article.slice(d.content),
    }


def _answer(analysis: Analysis, r: Response, names: Mapping[str, str], t: Labels) -> Record:
    return _shared(analysis, r, r.actors, names, t) | {
        "kind": "response",
        "segments": [_pair(r.evidence)],
        "stance": r.stance,
        "basis": r.basis,
        "links": [{"demand": k.demand, "confidence": round(k.confidence, 2)} for k in r.links],
        "words": analysis.article.slice(r.evidence),
    }


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]
