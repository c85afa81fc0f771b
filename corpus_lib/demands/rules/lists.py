"""Demands in a list behind a colon: «De krever:», and then «– at NP V» or «– å V», each a paragraph of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus_lib.demands.rules.agents import subject_near
from corpus_lib.demands.rules.asked import Asked
from corpus_lib.demands.rules.clauses import clause_from
from corpus_lib.demands.rules.frames import frame_of, noun_kind
from corpus_lib.demands.rules.nominal import STRENGTH
from corpus_lib.demands.rules.parties import Party, party_of
from corpus_lib.demands.rules.settings import Spot
from corpus_lib.demands.rules.verbal import called_in_clause
from corpus_lib.model import Strength

if TYPE_CHECKING:
    from spacy.tokens import Token

_BULLETS = "-–—•*·"
_LONGEST = 12
"""How many items before it an item may have behind the same colon."""
_CONFIDENCE = 0.75


def item(spot: Spot) -> Iterator[Asked]:
    """Yield the demand that a block is, where it is an item of a list that the block before it announces."""
    opener = _opener(spot)
    announced = None if opener is None else _announcement(spot)
    if opener is None or announced is None:
        return
    party, strength = announced
    span = clause_from(spot, opener, opener.i + 1, infinitive=opener.lower_ == "å")
    if span is None:
        return
    called = called_in_clause(spot, span) if opener.lower_ == "at" else ((), None)
    yield Asked(
        block=spot.number,
        cue=spot.block.span(opener),
        content=span,
        party=party,
        addressees=tuple(a for a in called[0] if a not in party.entities),
        basis=called[1],
        strength=strength,
        rule="item of a list of demands",
        confidence=_CONFIDENCE,
        listed=True,
    )


def _opener(spot: Spot) -> Token | None:
    """Return the «at» or «å» that opens an item, behind its dash."""
    tokens = [t for t in spot.block.doc[:3] if t.text not in _BULLETS and not t.is_space]
    if not tokens or tokens[0].text not in ("at", "å"):
        return None
    return tokens[0] if spot.block.doc.text.lstrip()[:1] in tuple(_BULLETS) else None


def _announcement(spot: Spot) -> tuple[Party, Strength] | None:
    """Return who demands and how strongly by the block before the list, which ends in a colon."""
    setting = spot.setting
    for number in range(spot.number - 1, max(-1, spot.number - 1 - _LONGEST), -1):
        before = Spot(setting, number, setting.parsed.blocks[number])
        if before.block.parsed and _opener(before) is not None:
            continue
        if not before.block.parsed or not before.block.doc.text.rstrip().endswith(":"):
            return None
        return next(filter(None, (_announced(before, t) for t in reversed(before.block.doc))), None)
    return None


def _announced(spot: Spot, token: Token) -> tuple[Party, Strength] | None:
    """Return who demands with a word of demanding: the subject of the verb, or of the verb that governs the noun."""
    form, kind = frame_of(token), noun_kind(token)
    if form is None and kind is None:
        return None
    verb = token if form is not None else next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), None)
    subject = None if verb is None else subject_near(verb)
    if subject is None or not (party := party_of(subject, spot)).entities:
        return None
    return party, form[0].strength if form is not None else STRENGTH[kind or "demand"]
