"""Who is meant by «han», «hun» or a role: a log-linear ranking of the persons named before.

Each candidate has signs (how far back, whether a subject, whether the last speaker …). Their weights are learned from
annotated coreference (`python -m tests.train_salience`); the candidate of the highest sum is taken. The model is the
ranking of Denis and Baldridge (2007), "A ranking approach to pronoun resolution".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log1p
from typing import TYPE_CHECKING

from corpus_lib.actors.register import REACH, Context, Sighting, may_be_one_person
from corpus_lib.language.lexicon import rows
from corpus_lib.model import Span

if TYPE_CHECKING:
    from corpus_lib.actors.register import Register

_APART = frozenset({"title", "subheading", "caption", "credit"})
_FAR = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may be meant, and the signs for and against it."""

    entity: int
    signs: Mapping[str, float]

    def score(self) -> float:
        """Return the weighted sum of the signs."""
        weights = learned()
        return sum(weights.get(sign, 0.0) * value for sign, value in self.signs.items())


@cache
def learned() -> dict[str, float]:
    """Return the weight of each sign."""
    return {r["sign"]: float(r["weight"]) for r in rows("salience.csv")}


def choose(candidates: Sequence[Candidate]) -> int | None:
    """Return the entity of the highest score, the newest of equals; None without a candidate."""
    return max(candidates, key=Candidate.score).entity if candidates else None


def candidates(
    register: Register, span: Span, block: int, context: Context, *, gender: str | None, asks: str
) -> list[Candidate]:
    """Return the persons named before a place who may be meant there, the newest first.

    Parameters
    ----------
    gender
        ``f`` or ``m``; None where the mention does not tell.
    asks
        ``speaker`` for the mention in an inquit, ``narrated`` for one in the narration, ``role`` for a role noun.
    """
    seen: dict[int, list[Sighting]] = {}
    for sighting in register.before(span.start, block):
        entity = register.entities[sighting.entity]
        fits = entity.kind == "person" or (entity.kind == "unnamed" and may_be_one_person(entity))
        if fits and (gender is None or entity.gender in (None, gender)):
            seen.setdefault(sighting.entity, []).append(sighting)
    most = max((len(s) for s in seen.values()), default=0)
    return [
        Candidate(entity, _signs(register, sightings, span, block, context, rank, most, gender, asks))
        for rank, (entity, sightings) in enumerate(seen.items())
    ]


def _signs(
    register: Register,
    sightings: Sequence[Sighting],
    span: Span,
    block: int,
    context: Context,
    rank: int,
    most: int,
    gender: str | None,
    asks: str,
) -> dict[str, float]:
    newest = sightings[0]
    entity = register.entities[newest.entity]
    here = register.sentence(span.start)
    back = here - register.sentence(newest.span.start)
    plain = [s for s in sightings if not context.is_spoken(s.span) and not context.is_reported(s.span)]
    subject = next((s for s in plain if s.subject), None)
    subject_back = _FAR if subject is None else min(_FAR, here - register.sentence(subject.span.start))
    new = newest.span.start > context.last_end
    speaker = newest.entity in context.last_speakers and context.last_block >= block - REACH
    signs = {
        "blocks back": float(min(_FAR, block - newest.block)),
        "another block": float(newest.block != block),
        "sentences back": log1p(min(_FAR, back)),
        "same sentence": float(back == 0),
        "rank": float(min(4, rank)),
        "newest": float(rank == 0),
        "subject": float(newest.subject),
        "subject's sentences back": log1p(subject_back),
        "subject one sentence back": float(subject_back == 1),
        "subject in the same sentence": float(subject_back == 0),
        "begins a sentence": float(register.starts_sentence(newest.span.start)),
        "pronoun": float(entity.mentions[newest.span].kind == "pronoun"),
        "role noun": float(entity.mentions[newest.span].kind == "role"),
        "mentions": log1p(min(_FAR, len(sightings))),
        "most mentioned": float(len(sightings) == most),
        "last speaker": float(speaker),
        "last speaker, one block back": float(speaker and context.last_block >= block - 1),
        "new subject": float(new and newest.subject),
        "introduced": float(new and next(iter(entity.mentions)) == newest.span),
        "gender unknown": float(gender is not None and entity.gender is None),
        "gender by an earlier pronoun": float(entity.gender is not None and entity.gender_by_pronoun),
        "one word": float(" " not in entity.name and entity.kind == "person"),
        "newest in speech": float(context.is_spoken(newest.span)),
        "newest in a report": float(context.is_reported(newest.span)),
        "only in speech": float(not plain),
        "unnamed": float(entity.kind == "unnamed"),
        "apart from the text": float(register.article.blocks[newest.block].kind in _APART),
    }
    if asks != "narrated":
        signs |= {f"{asks}: {sign}": value for sign, value in signs.items()}
    return signs
