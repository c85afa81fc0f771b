"""Demands, requests and proposals: who calls on whom to do what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus_lib.actors import Cast
from corpus_lib.demands.rules.asked import Asked
from corpus_lib.demands.rules.documents import receiver_behind
from corpus_lib.demands.rules.frames import is_asking, noun_kind, word_list
from corpus_lib.demands.rules.lists import item
from corpus_lib.demands.rules.modal import due, expected, modal, wanted
from corpus_lib.demands.rules.nominal import nominal
from corpus_lib.demands.rules.parties import party_of
from corpus_lib.demands.rules.presupposed import presupposed, without_told
from corpus_lib.demands.rules.repeats import fold
from corpus_lib.demands.rules.settings import Setting, Spot
from corpus_lib.demands.rules.verbal import verbal
from corpus_lib.language.dates import find_dates
from corpus_lib.model import Article, Demand, Quote, Reason, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.language import Parsed

_CONTINUES = 120
"""How many characters behind a demand one that goes on from it may begin."""
_LIST_REACH = 6
"""How many blocks behind its announcement a list of demands may go on."""


def find_demands(article: Article, parsed: Parsed, cast: Cast, quotes: Sequence[Quote]) -> tuple[Demand, ...]:
    """Find the demands of an article: verbal, nominal, in lists, and those put with «må» in a quotation."""
    setting = Setting(article, parsed, cast, quotes)
    found: list[Asked] = []
    for spot in setting.spots():
        found += _in_block(spot, found)
    found = _continued(without_told(found))
    return _records(setting, fold(found, article.text, [b.kind for b in article.blocks]))


def _in_block(spot: Spot, earlier: Sequence[Asked]) -> list[Asked]:
    found = list(item(spot))
    for token in spot.block.doc:
        lowered = token.lower_
        if is_asking(lowered):
            found += verbal(spot, token)
        if noun_kind(token) is not None:
            found += [*nominal(spot, token)] or presupposed(spot, token)
        elif lowered in ("vil", "ville"):
            found += wanted(spot, token, [*earlier, *found])
        elif lowered in word_list("modals"):
            found += modal(spot, token)
        elif lowered in word_list("expecting"):
            found += expected(spot, token)
        elif lowered == "tide":
            found += due(spot, token)
    return found


def _continued(found: Sequence[Asked]) -> list[Asked]:
    """Return the demands, one that goes on from the last of the same actor with that one's addressees.

    «X ber Y om svar. Samtidig ber X om et møte.»
    """
    out: list[Asked] = []
    first = 0  # of the block
    for one in found:
        if out and out[-1].block != one.block:
            first = len(out)
        last = next((f for f in reversed(out[first:]) if f.actors == one.actors and f.addressees), None)
        near = last is not None and one.cue.start - last.content.end < _CONTINUES
        if last is not None and near and one.goes_on and one.actors and not one.addressees:
            out.append(replace(one, addressees=last.addressees, basis="continued"))
        else:
            out.append(one)
    return out


def _records(setting: Setting, found: Sequence[tuple[Asked, tuple[Span, ...]]]) -> tuple[Demand, ...]:
    records = [_record(setting, one, mentions, number + 1) for number, (one, mentions) in enumerate(found)]
    open_sets = any(r.kind == "set" and not r.addressees for r in records)
    receivers = list(_receivers(setting)) if open_sets else []
    return _with_members([_called(setting, r, receivers) for r in records], [f for f, _ in found])


def _receivers(setting: Setting) -> Iterator[tuple[Token, Spot]]:
    """Yield whom a noun of demanding names as its receiver: «en liste med krav til X»."""
    for spot in setting.spots():
        for token in spot.block.doc:
            if noun_kind(token) == "demand" and (whom := receiver_behind(token)) is not None:
                yield whom, spot


def _called(setting: Setting, demand: Demand, receivers: Sequence[tuple[Token, Spot]]) -> Demand:
    """Give a set without an addressee the one to whom its demands went in another place."""
    if demand.kind != "set" or demand.addressees:
        return demand
    for whom, spot in receivers:
        ids = setting.cast.ids(party_of(whom, spot, officer=False).entities)
        if ids and not set(ids) & set(demand.actors):
            return replace(demand, addressees=ids, addressee_basis="receiver")
    return demand


def _record(setting: Setting, one: Asked, mentions: tuple[Span, ...], number: int) -> Demand:
    article, cast = setting.article, setting.cast
    reference = article.metadata.published or article.metadata.date
    said = find_dates(article.blocks[one.block].span.of(article.text), reference=reference)
    quote = setting.quote_at(one.cue)
    voice = one.party.voice
    return Demand(
        id=f"d{number}",
        kind=one.kind,  # type: ignore[arg-type]
        actors=cast.ids(one.actors),
        voice=None if voice is None else cast.id(voice),
        addressees=cast.ids(one.addressees),
        addressee_basis=one.basis,
        content=one.content,
        cue=one.cue,
        strength=one.strength,
        members=(),
        mentions=mentions,
        quote=quote.id if quote else None,
        date=said[0].iso[:10] if said else (reference[:10] if quote and reference else None),
        rule=one.rule,
        reasons=tuple(_reasons(one)),
        confidence=one.confidence,
    )


def _reasons(one: Asked) -> Iterator[Reason]:
    yield Reason("cue", one.cue)
    if one.party.rule:
        yield Reason("actor", None, one.party.rule)
    if one.announced:
        yield Reason("modality", one.cue, "announced, not yet made")


def _with_members(records: Sequence[Demand], found: Sequence[Asked]) -> tuple[Demand, ...]:
    """Give a set the demands of the same actor that follow it; they take its date where they have none."""
    out = list(records)
    for place, one in enumerate(records):
        if one.kind != "set":
            continue
        behind = slice(place + 1, bisect_right(found, found[place].block + _LIST_REACH, key=lambda f: f.block))
        members = [d.id for d in records[behind] if (d.kind, d.actors, d.strength) == ("single", one.actors, "demand")]
        out[place] = replace(one, members=tuple(members))
        out[behind] = [replace(d, date=d.date or one.date) if d.id in members else d for d in out[behind]]
    return tuple(out)
