"""Who demands and who is called on: subjects, objects and what they refer to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus_lib.actors import PLURAL, SPEAKER, Context, belongs_to, speaks_for_body
from corpus_lib.demands.rules.agents import is_agent, is_body
from corpus_lib.demands.rules.anaphora import (
    audience_before,
    body_taken_up,
    groups_before,
    introduced,
    named_in_full,
    person_of_headline,
)
from corpus_lib.demands.rules.clauses import is_finite
from corpus_lib.demands.rules.frames import frame_of, word_list
from corpus_lib.model import Quote
from corpus_lib.quotes.found import phrase_of

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from corpus_lib.demands.rules.settings import Spot

_OF_CLAUSE = frozenset({"mark", "cop", "expl", "aux", "nsubj"})
_WITHIN = frozenset({"i", "fra", "frå", "ved", "hos"})


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a mention stands for, the person who voices it, and the rule that says so."""

    entities: tuple[int, ...]
    voice: int | None = None
    rule: str = ""


def party_of(head: Token, spot: Spot, *, officer: bool = True) -> Party:
    """Return whom a noun or pronoun stands for, each part of «A og B» by itself.

    «Vi» inside a quotation is the body its speaker speaks for, else the speaker; «de» is the last group
    that was a subject; «panelet» takes up «Barnevernpanelet», «ordførarane» «12 ordførarar».

    Parameters
    ----------
    officer
        Whether an officer stands for the body: who demands does, who is called on is named in person.
    """
    parts = [head, *(c for c in head.conjuncts if c.i > head.i and c.dep_ == "conj" and is_agent(c))]
    if len(parts) > 1 and head.ent_type_ != "PER" and not head.text.endswith("-"):
        parties = [_party(p, spot, officer=officer) for p in parts]
        entities = tuple(dict.fromkeys(e for p in parties for e in p.entities))
        return Party(entities, parties[0].voice, parties[0].rule)
    return _party(head, spot, officer=officer)


def _party(head: Token, spot: Spot, *, officer: bool) -> Party:
    quote = spot.quote_at(head)
    voice = next(iter(spot.setting.cast.speakers(quote)), None)
    lowered = head.lower_
    if lowered in SPEAKER:
        return _first_person(head, quote, spot, voice)
    if lowered in ("dere", "dykk", "du", "deg"):
        return _audience(head, spot, voice)
    if lowered in PLURAL and (group := _last_group(head, spot, quote, officer=officer)):
        return Party(group, voice, "pronoun: the last group")
    if head.pos_ == "NOUN" and not head.ent_type_ and (named := named_in_full(head, spot)) is not None:
        return Party((named,), voice, "noun: the last word of a name")
    if head.pos_ == "NOUN" and not head.ent_type_ and (before := introduced(head, spot)) is not None:
        return Party(entities_of(before[0], before[1]), voice, "noun: introduced before")
    if (person := person_of_headline(head, spot)) is not None:
        return Party((person,), voice, "headline: the person of that office")
    entities = entities_of(head, spot)
    body = _body_of(head, entities, spot) if officer else None
    if body is not None:
        return Party((body,), entities[0], "the body of the officer")
    return Party(entities, voice, "name or noun phrase")


def _body_of(head: Token, entities: tuple[int, ...], spot: Spot) -> int | None:
    """Return the body for which an officer speaks: «partiets talsmann, Kari Lie» → the party."""
    if len(entities) != 1:
        return None
    if (known := spot.setting.cast.speaks_for(entities[0])) is not None:
        return known
    office = next((t for t in (head, *head.lefts) if t.pos_ == "NOUN" and speaks_for_body(t.lower_)), None)
    owner = None if office is None else next((c for c in office.lefts if c.lower_.endswith("s")), None)
    return None if owner is None else body_taken_up(owner, spot)


def _first_person(head: Token, quote: Quote | None, spot: Spot, voice: int | None) -> Party:
    """Return whom «vi» stands for: the body it names, the speaker's; the writer outside quotations is not named."""
    within = _body_behind(head)
    if within is not None:
        return Party(entities_of(within, spot), voice, "we: the body named with it")
    if quote is None or not quote.speakers:
        return Party((), voice, "first person: the writer")
    return Party(speaker_of(quote, spot).entities, voice, "we: the body of the speaker")


def _audience(head: Token, spot: Spot, voice: int | None) -> Party:
    """Return whom «dere» stands for in speech announced as «en oppfordring til X, Y og Z:»."""
    spoken = audience_before(head, spot)
    if spoken is None:
        return Party((), voice, "you: not named")
    return Party(party_of(spoken[0], spoken[1], officer=False).entities, voice, "you: to whom the words are addressed")


def _body_behind(pronoun: Token) -> Token | None:
    """Return the body named directly behind «vi»: «vi i Maskinistforbundet»."""
    following = pronoun.doc[pronoun.i + 1 : pronoun.i + 3]
    if len(following) < 2 or following[0].lower_ not in _WITHIN:
        return None
    named = following[1].ent_type_ and following[1].ent_type_ != "PER"
    return following[1] if named or is_body(following[1].lower_) else None


def _last_group(head: Token, spot: Spot, quote: Quote | None, *, officer: bool) -> tuple[int, ...]:
    """Return the last group that a pronoun may stand for; in direct speech it is not who speaks."""
    aside: set[int] = set()
    if quote is not None and quote.speakers and quote.type == "direct":
        aside = {*speaker_of(quote, spot).entities, *spot.setting.cast.speakers(quote)}
    for token, place in groups_before(head, spot):
        entities = _party(token, place, officer=officer).entities
        if entities and not aside & set(entities):
            return entities
    return ()


def entities_of(head: Token, spot: Spot) -> tuple[int, ...]:
    """Return the entities of a noun phrase or pronoun, by name, by office, or as an actor without a name."""
    said = spot.setting.said_before(spot.block.span(head).start)
    context = Context(
        last_speakers=spot.setting.cast.speakers(said),
        last_block=-99 if said is None else spot.number,
    )
    return spot.setting.cast.resolve(mention_of(head), spot.number, context).entities


def mention_of(head: Token) -> Tokens:
    """Return a noun phrase without the words before it that do not name: «alle», «sine», a coordinated verb."""
    single = head.ent_type_ == "PER" or head.text.endswith("-")
    first = next((c for c in head.children if c.dep_ == "conj" and not single), None)
    phrase = phrase_of(head, None if first is None else min(first.left_edge.i, first.i))
    start = max([phrase.start, *(c.i + 1 for c in head.lefts if c.dep_ in _OF_CLAUSE)])
    while start < head.i and phrase.doc[start].lower_ in word_list("leading"):
        start += 1
    end = next((t.i for t in phrase if t.i > head.i and (t.lower_ == "som" or frame_of(t) is not None)), phrase.end)
    while end > head.i + 1 and phrase.doc[end - 1].lower_ in word_list("times"):
        end -= 1
    return phrase.doc[start : max(end, _end_before_verb(head))]


def _end_before_verb(head: Token) -> int:
    """Return where a subject ends that a place follows before the verb: «folk i gatene | har»; else behind its head."""
    following = head.doc[head.i + 1 : head.i + 4]
    placed = len(following) == 3 and following[0].lower_ in _WITHIN and following[1].pos_ == "NOUN"
    subject = head.dep_.startswith("nsubj") and head.pos_ == "NOUN" and not head.ent_type_
    timed = placed and following[1].lower_ in word_list("times")
    return head.i + 3 if placed and subject and not timed and is_finite(following[2]) else head.i + 1


def as_states(entities: tuple[int, ...], subject: Token, spot: Spot) -> tuple[int, ...]:
    """Return the state for its government: «den russiske regjeringen» → Russland, where Russland is named."""
    adjective = next((c.lower_ for c in subject.children if c.dep_ == "amod"), "")
    if not adjective or subject.lower_ not in ("regjeringen", "regjeringa", "myndighetene", "styresmaktene"):
        return entities
    cast = spot.setting.cast.entities
    state = next((i for i, e in enumerate(cast) if e.kind == "state" and belongs_to(adjective, e.name)), None)
    return entities if state is None else (state,)


def speaker_of(quote: Quote, spot: Spot) -> Party:
    """Return who says a quotation: the body an officer speaks for, a group by the noun that introduced it."""
    speakers = spot.setting.cast.speakers(quote)
    voice = speakers[0]
    place = quote.speaker_mention
    here = place is not None and place.within(spot.setting.article.blocks[spot.number].span)
    mention = spot.block.tokens(place) if place is not None and here else None
    if mention is not None and mention.root.pos_ == "NOUN":
        named = named_in_full(mention.root, spot)
        if named is not None:
            return Party((named,), voice, "the speaker, named in full")
        many = len(speakers) == 1 and mention.root.lower_.endswith(("ane", "ene", "erne"))
        if many and (found := party_of(mention.root, spot)).entities:
            return Party(found.entities, None, found.rule)
    body = spot.setting.cast.speaks_for(voice)
    return Party(speakers if body is None else (body,), voice, "the speaker")
