"""Who is called on or criticised, and is heard or not: a list to check, no verdict (Vær Varsom-plakaten 4.14)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from corpus_lib.actors.nouns import is_office_of
from corpus_lib.language.sentences import sentences
from corpus_lib.model import Actor, Article, Demand, Quote, Response, Span
from corpus_lib.sources.accusing import Charge, charges
from corpus_lib.sources.acting import can_act
from corpus_lib.sources.lexicon import loosened, rows

if TYPE_CHECKING:
    import pandas as pd

Heard = Literal["speaks", "represented", "answer told", "said to be asked", "not found"]
Reason = Literal["called on", "accused", "criticised"]

_REASON: Mapping[str, Reason] = {"accusation": "accused", "criticism": "criticised"}
_NEAR = 60
"""As many characters may stand between a party and the words that say it was asked."""

HEARING = MappingProxyType({
    "doc": "the article's id",
    "party": "who is called on, accused or criticised",
    "kind": "person, organisation, state, group or unnamed",
    "reasons": "called on; accused; criticised",
    "by": "by whom, where that is told",
    "passages": "the words that say so",
    "heard": "speaks, represented, answer told, said to be asked, or not found",
    "heard_in": "the words that say so, or the quotations' ids",
})  # fmt: skip
"""The columns of the table, in order, with their meaning."""


@dataclass(frozen=True, slots=True)
class Party:
    """A party that is called on, accused or criticised, and what was found of its own voice.

    Attributes
    ----------
    actor
        Its id.
    demands
        The ids of the demands that are addressed to it.
    charges
        Where it is accused or criticised.
    by
        The ids of those who do that.
    heard
        ``speaks``: it is quoted. ``represented``: somebody who speaks for it is quoted. ``answer told``: an answer of
        its is told, without a quotation. ``said to be asked``: the article says that it was asked. ``not found``: none
        of these was found, which does not say that none is there.
    spans
        The words on which that stands.
    """

    actor: str
    demands: tuple[str, ...]
    charges: tuple[Charge, ...]
    by: tuple[str, ...]
    heard: Heard
    spans: tuple[Span, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it is listed."""
        called: tuple[Reason, ...] = ("called on",) if self.demands else ()
        return (*called, *dict.fromkeys(_REASON[c.kind] for c in self.charges))


@dataclass(frozen=True, slots=True)
class Told:
    """The records of an analysis that decide who is heard."""

    article: Article
    actors: Sequence[Actor]
    quotes: Sequence[Quote]
    demands: Sequence[Demand]
    responses: Sequence[Response]


def hearing(told: Told) -> tuple[Party, ...]:
    """Return the parties that are called on, accused or criticised by somebody else, those not found heard first."""
    asked = _asked(told)
    found = charges(told.article, told.actors, told.quotes)
    listed = dict.fromkeys((*(c.party for c in found), *(a for d in told.demands for a in d.addressees)))
    parties = []
    for actor in (a for a in told.actors if a.id in listed and can_act(a)):
        own = tuple(c for c in found if c.party == actor.id)
        called = tuple(d for d in told.demands if actor.id in d.addressees and actor.id not in d.actors)
        if own or called:
            by = dict.fromkeys((*(a for d in called for a in d.actors), *(a for c in own for a in c.by)))
            by.pop(actor.id, None)
            heard, spans = _heard(told, actor, asked)
            parties.append(Party(actor.id, tuple(d.id for d in called), own, tuple(by), heard, spans))
    return tuple(sorted(parties, key=lambda p: (p.heard != "not found", p.heard != "said to be asked")))


def frame(told: Told) -> pd.DataFrame:
    """Return the parties as a table of the columns `HEARING`."""
    import pandas as pd

    return pd.DataFrame(list(_rows(told)), columns=list(HEARING), dtype="object")


def _rows(told: Told) -> Iterator[tuple[object, ...]]:
    people, demands = {a.id: a for a in told.actors}, {d.id: d for d in told.demands}
    text = told.article.text
    for party in hearing(told):
        passages = [demands[d].content.of(text) for d in party.demands]
        passages += [c.sentence.of(text) for c in party.charges]
        yield (
            told.article.id, people[party.actor].name, people[party.actor].kind, "; ".join(party.reasons),
            "; ".join(people[a].name for a in party.by) or None, " | ".join(dict.fromkeys(passages)), party.heard,
            " | ".join(s.of(text) for s in party.spans) or None,
        )  # fmt: skip


def _heard(told: Told, actor: Actor, asked: Mapping[str, tuple[Span, ...]]) -> tuple[Heard, tuple[Span, ...]]:
    if spans := tuple(q.segments[0] for q in told.quotes if actor.id in q.speakers):
        return "speaks", spans
    speaking = {s for q in told.quotes for s in q.speakers}
    if voices := {a.id for a in told.actors if a.id in speaking and _speaks_for(a, actor)}:
        return "represented", tuple(q.segments[0] for q in told.quotes if voices.intersection(q.speakers))
    answers = [r for r in told.responses if actor.id in r.actors]
    if spans := tuple(r.evidence for r in answers if r.stance != "none"):
        return "answer told", spans
    if spans := (*asked.get(actor.id, ()), *(r.evidence for r in answers)):
        return "said to be asked", spans
    return "not found", ()


def _speaks_for(voice: Actor, party: Actor) -> bool:
    """Say whether somebody speaks for a party: by what the analysis says, by affiliation, or by an office of it."""
    if voice.id == party.id or party.kind == "person":
        return False
    names = {n.casefold() for n in (party.name, *party.aliases)}
    if voice.speaks_for == party.id or (voice.affiliation or "").casefold() in names:
        return True
    return any(is_office_of(role, name) for role in voice.roles for name in names)


def _asked(told: Told) -> dict[str, tuple[Span, ...]]:
    """Return where the article says of an actor that it was asked, or does not want to say anything."""
    text, found = told.article.text, dict[str, tuple[Span, ...]]()
    mentions = sorted((m.start, m.end, a.id) for a in told.actors for m in a.mentions)
    for block in told.article.blocks:
        for inner in sentences(block.span.of(text)):
            sentence = Span(block.start + inner.start, block.start + inner.end)
            here = [m for m in mentions if sentence.start <= m[0] and m[1] <= sentence.end]
            for frame_, pattern in _asking() if here else ():
                for match in pattern.finditer(text, sentence.start, sentence.end):
                    if party := _near(here, match.start(), match.end(), frame_):
                        found[party] = (*found.get(party, ()), sentence)
    return found


def _near(mentions: Sequence[tuple[int, int, str]], start: int, end: int, frame_: str) -> str | None:
    """Return who was asked: the subject, within the words or before them, or the object behind them."""
    if frame_ == "object":
        return min((m for m in mentions if end <= m[0] <= end + _NEAR), default=(0, 0, None))[2]
    return max((m for m in mentions if start - _NEAR <= m[1] <= end), default=(0, 0, None))[2]


@cache
def _asking() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the words that tell it as a pattern for each frame."""
    found: dict[str, list[str]] = {}
    for row in rows("asked.csv"):
        found.setdefault(row["frame"], []).extend(map(loosened, row["forms"].split("|")))
    return tuple(
        (frame_, re.compile(rf"(?<!\w)(?:{'|'.join(sorted(forms, key=len, reverse=True))})(?!\w)", re.IGNORECASE))
        for frame_, forms in found.items()
    )
