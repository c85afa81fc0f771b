"""Who acts and who is called on: everybody who may be meant, ranked by what stands around each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from corpus_lib.actors import Context
from corpus_lib.demands.clues import word_of
from corpus_lib.demands.roles import roles_of
from corpus_lib.demands.standing import NOMINAL, place_of
from corpus_lib.demands.voices import says, writing
from corpus_lib.language import syntax
from corpus_lib.language.facts import states_of
from corpus_lib.language.matters import matter
from corpus_lib.language.nouns import noun

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.demands.setting import Setting, Unit
    from corpus_lib.demands.spans import Stretch
    from corpus_lib.learned import Linear
    from corpus_lib.model import Quote

NOBODY = ()
_BACK = 3
_RECENT = 6
_ARTICLE = 16
_LED = ("last body told of", "body told of before the last")
"""Which bodies a person may speak for who is called a leader and belongs to none that is known."""
_BOTH = frozenset({"partene", "partane", "parter", "partar", "begge"})
"""Words for the two sides of a conflict."""
_TAILS = (4, 5, 6, 8)
"""Of how many letters the ends of a name are that may tell what it is: «-direktoratet», «-styret»."""
_LEADING = frozenset({"alle", "sine", "sin", "sitt", "si", "både", "også", "bare", "berre", "blant", "for"})


@dataclass(slots=True)
class Candidate:
    """Somebody who may be meant (several entities for several people together, none for nobody)."""

    entities: tuple[int, ...]
    features: dict[str, float]
    rules: list[str] = field(default_factory=list)
    token: Token | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """Who demanded of whom before, for who answers and who is called on."""

    actors: tuple[int, ...]
    addressees: tuple[int, ...]


def candidates(
    token: Token,
    unit: Unit,
    setting: Setting,
    content: Stretch | None,
    earlier: Sequence[Earlier] = (),
    actor: tuple[int, ...] = (),
) -> list[Candidate]:
    """Return everybody who may act in a predicate, or be called on by it, each once with all that speaks for them.

    Parameters
    ----------
    content
        What is demanded, or what answers.
    earlier
        The demands made before, with their parties.
    actor
        Who acts, where that is known and the other party is sought.
    """
    return gathered(offers(token, unit, setting, content, earlier), token, unit, setting, earlier, actor)


_NEAR = 150
"""Words between a predicate and a noun phrase of its sentence that may be meant: few sentences are longer."""

Offer = tuple[tuple[int, ...], str, list[str], "Token | None"]
"""Somebody who may be meant: the entities, the rule that offers them, its features, the word."""


def offers(
    token: Token, unit: Unit, setting: Setting, content: Stretch | None, earlier: Sequence[Earlier] = ()
) -> list[Offer]:
    """Return who may be meant, once for each reason: the same for who acts and for who is called on."""
    return list(_all(token, unit, setting, content, setting.quote_at(unit.block.span(token)), earlier))


def gathered(
    offered: Sequence[Offer],
    token: Token,
    unit: Unit,
    setting: Setting,
    earlier: Sequence[Earlier] = (),
    actor: tuple[int, ...] = (),
) -> list[Candidate]:
    """Return everybody who is offered, each once; see `candidates`."""
    found: dict[tuple[int, ...], Candidate] = {}
    places: dict[tuple[int, ...], dict[tuple[str, int], None]] = {}
    quote = setting.quote_at(unit.block.span(token))
    for entities, rule, features, head in offered:
        one = found.get(entities)
        if one is None:
            one = found[entities] = Candidate(entities, {}, [], head)
        one.rules.append(rule)
        places.setdefault(entities, {})[rule, -1 if head is None else head.i] = None
        for name in features:
            one.features[name] = 1.0
    roles = roles_of(token, unit, setting)
    for one in found.values():
        one.features.update(dict.fromkeys(roles.told(places[one.entities]), 1.0))
        one.features.update(dict.fromkeys(_describe(one, setting, quote, earlier, actor), 1.0))
    return list(found.values())


def _all(
    token: Token, unit: Unit, setting: Setting, content: Stretch | None, quote: Quote | None, earlier: Sequence[Earlier]
) -> Iterator[Offer]:
    said = "nobody, in a quotation" if quote else "nobody, told"
    yield NOBODY, "nobody", ["nobody", f"nobody {token.pos_}", f"nobody {word_of(token)}", said], None
    yield from _in_sentence(token, unit, setting, content, quote, earlier)
    yield from _speaking(token, unit, setting, quote)
    for ruled in unit.ruled:
        own = "own" if unit.block.span(token).overlaps(ruled.cue) else "other"
        yield ruled.actors, "rule", [f"{own} rule's actor, {ruled.side}", f"{own} rule's actor, {ruled.told[0]}"], None
        if ruled.side == "demand":
            yield ruled.addressees, "rule", [f"{own} rule calls on", f"{own} rule calls on, {ruled.told[0]}"], None
    for one in earlier[-_BACK:]:
        for entities in (one.actors, one.addressees):
            if entities:
                yield entities, "of an earlier demand", ["of an earlier demand"], None
    yield from _elsewhere(unit, setting)
    yield from writing(token, unit, setting, quote)


def _in_sentence(
    token: Token, unit: Unit, setting: Setting, content: Stretch | None, quote: Quote | None, earlier: Sequence[Earlier]
) -> Iterator[Offer]:
    """Yield whom the noun phrases and pronouns of the sentence mean, and their bodies."""
    speakers = setting.cast.speakers(quote)
    for head in setting.once(("heads", unit.number), partial(_heads, unit)):
        if abs(head.i - token.i) > _NEAR:
            continue
        who = ("meant", unit.number, head.i, speakers)
        entities = setting.once(who, partial(_meant, head, unit, setting, speakers))
        features = place_of(head, token, unit, content, quote is not None)
        for variant, rule in _variants(entities, setting):
            told = [] if rule in _LED else [f"{rule}: {f}" for f in features] if rule else features
            yield variant, rule or "noun phrase", [*told, *_of_role(rule, entities, setting)], head
        if head.lower_ in _BOTH:
            for together, rule in _both(setting, earlier):
                yield together, "both parties", [rule, *(f"{rule}: {f}" for f in features)], head


def _both(setting: Setting, earlier: Sequence[Earlier]) -> Iterator[tuple[tuple[int, ...], str]]:
    """Yield who «partene» are: those of the last demand that has both, and the two bodies named most."""
    for one in reversed(earlier):
        if one.actors and one.addressees:
            yield tuple(dict.fromkeys((*one.actors, *one.addressees))), "both parties"
            break
    named = setting.once("most named", partial(_most_named, setting))
    if len(named) > 1:
        yield tuple(named[:2]), "both named most"


def _speaking(token: Token, unit: Unit, setting: Setting, quote: Quote | None) -> Iterator[Offer]:
    """Yield who speaks, who spoke last, and their bodies."""
    if quote is not None and quote.speakers:
        people, voice = setting.cast.speakers(quote), says(unit, setting)
        for variant, rule in _variants(people, setting):
            one, role = f"speaker {rule}", _role(people, setting)
            told = [one, f"{one} {quote.type}", f"{one} {token.pos_} {word_of(token)}"]
            told += [f"{one}, says {voice}", f"{one}, is {role}", f"{one}, {voice}, is {role}"]
            yield variant, "speaker", told, None
    before = setting.said_before(unit.span.start)
    if before is not None and before.speakers:
        for variant, rule in _variants(setting.cast.speakers(before), setting):
            here = f"last speaker {rule} {'quoted' if quote else 'told'}"
            yield variant, "last speaker", [f"last speaker {rule}", here], None


def _role(people: tuple[int, ...], setting: Setting) -> str:
    """Return in a word what the first of some people is."""
    return next(iter(setting.cast.entities[people[0]].roles), "nothing").split()[0]


def _elsewhere(unit: Unit, setting: Setting) -> Iterator[Offer]:
    """Yield whom the article names most, and whom it named last."""
    cast = setting.cast
    for rank, number in enumerate(setting.once("most named", partial(_most_named, setting))):
        kind = f"article {cast.entities[number].kind} {min(rank, 2)}"
        titled = setting.once(("titled", number), partial(_titled, number, setting))
        yield (number,), "named in the article", [f"article {min(rank, 4)}", kind, *titled], None
    seen: set[int] = set()
    for sighting in cast.before(unit.span.start, unit.block_number, _BACK):
        if sighting.entity in seen:
            continue
        seen.add(sighting.entity)
        role = "subject" if sighting.subject else "other"
        same = "here" if sighting.block == unit.block_number else "before"
        told = [f"before {min(len(seen), 3)} {role}", f"before {role} {same}", "named before"]
        yield (sighting.entity,), "named before", told, None
        if len(seen) >= _RECENT:
            return


def _of_role(rule: str, people: tuple[int, ...], setting: Setting) -> list[str]:
    """Return of a body what its person is: «leder», or nothing."""
    if not rule:
        return []
    roles = [role.split()[0].lower() for role in list(setting.cast.entities[people[0]].roles)[:2]]
    return [f"{rule} by {role}" for role in roles or ["nothing"]]


def _most_named(setting: Setting) -> list[int]:
    """Return the actors of an article that are named most, persons apart."""
    held = [i for i, e in enumerate(setting.cast.entities) if e.kind != "person" and e.mentions]
    return sorted(held, key=lambda i: -len(setting.cast.entities[i].mentions))[:_ARTICLE]


def _titled(number: int, setting: Setting) -> list[str]:
    """Say whether an actor is named in the title or the lead."""
    heads = [b.span for b in setting.article.blocks if b.kind in ("title", "lead")]
    inside = any(s.within(h) for s in setting.cast.entities[number].mentions for h in heads)
    return ["article, in the head"] if inside else []


def _heads(unit: Unit) -> list[Token]:
    """Return the heads of the noun phrases of a sentence, pronouns among them, and adjectives: «de ansatte»."""
    return [
        t
        for t in unit.tokens
        if (t.pos_ in NOMINAL or (t.pos_ == "ADJ" and t.dep_ != "amod" and noun(t.lower_) is not None))
        and not t.dep_.startswith(("flat", "compound"))
        and t.lower_
        not in ("det", "seg", "som", "hva", "kva", "dette", "noe", "noko", "man", "sin", "sitt", "si", "sine")
    ]


def _meant(head: Token, unit: Unit, setting: Setting, speakers: tuple[int, ...]) -> tuple[int, ...]:
    said = setting.said_before(unit.block.span(head).start)
    last = speakers or setting.cast.speakers(said)
    context = Context(last_speakers=last, last_block=-99 if not last else unit.block_number)
    phrase = syntax.noun_phrase(head)
    start = max(phrase.start, unit.tokens.start)
    while start < head.i and (
        phrase.doc[start].lower_ in _LEADING
        or phrase.doc[start].pos_ in ("ADP", "CCONJ", "SCONJ", "AUX", "VERB", "PUNCT", "ADV", "PART")
    ):
        start += 1
    end = min(phrase.end, unit.tokens.end)
    return setting.cast.resolve(phrase.doc[start : max(end, head.i + 1)], unit.block_number, context).entities


def _variants(entities: tuple[int, ...], setting: Setting) -> Iterator[tuple[tuple[int, ...], str]]:
    """Yield whom some entities are, the bodies for which they speak or to which they belong, a government's state."""
    if not entities:
        return
    yield entities, ""
    if len(entities) == 1:
        yield from (
            ((state,), "state of") for state in setting.once(("state", entities), partial(_states, *entities, setting))
        )
    if all(setting.cast.entities[e].kind == "person" for e in entities):
        spoken, held = setting.bodies(entities)
        if spoken and len(spoken) <= len(entities):
            yield spoken, "body spoken for"
        if held and held != spoken:
            for body in held[:2]:
                yield (body,), "body of"
        if len(entities) == 1:
            for body in setting.beside(entities[0]):
                if body not in spoken and body not in held:
                    yield (body,), "body beside"
            if not spoken and not held:
                yield from (((b,), rule) for b, rule in zip(setting.led(entities[0]), _LED, strict=False))


def _states(body: int, setting: Setting) -> list[int]:
    """Return the states of the article for which a body stands: Russland of «den russiske regjeringen», of «Moskva»."""
    entities = setting.cast.entities
    if entities[body].kind == "state":
        state = setting.cast.state_of_capital(body)
        return [] if state is None else [state]
    if entities[body].kind == "person":
        return []
    return [i for i, e in enumerate(entities) if e.kind == "state" and _is_of_state(entities[body].name, e.name)]


def _describe(
    one: Candidate, setting: Setting, quote: Quote | None, earlier: Sequence[Earlier], actor: tuple[int, ...]
) -> Iterator[str]:
    """Yield what is known of somebody, wherever he was named."""
    held, mine = [setting.cast.entities[e] for e in one.entities], set(one.entities)
    if not held:
        return
    yield "kind " + "/".join(sorted({e.kind for e in held}))
    if len(held) > 1:
        yield "several"
    if quote is not None and quote.speakers:
        yield "is the speaker" if mine & set(setting.cast.speakers(quote)) else "is not the speaker"
    body = "with a body" if held[0].affiliation else "without a body"
    for rule in dict.fromkeys(one.rules):
        yield f"{rule} {held[0].kind} {body}"
        yield from (f"{rule} role {role.split()[0].lower()}" for role in list(held[0].roles)[:2])
    yield f"named {min(max(len(e.mentions) for e in held), 4)}"
    for one_of in held:
        if one_of.kind not in ("person", "state"):
            yield from _called(one_of.name)
    if actor:
        own = set(actor) & mine or any(_is_of_state(e.name, setting.cast.entities[a].name) for e in held for a in actor)
        yield "is who acts" if own else "is another than who acts"
    yield from _before(mine, earlier, set(actor))


@lru_cache(maxsize=4096)
def _is_of_state(name: str, state: str) -> bool:
    """Say whether a name is that of somebody within a state: «den russiske regjeringen» within Russland."""
    return any(state in states_of(word) for word in name.lower().split())


@lru_cache(maxsize=4096)
def _called(name: str) -> tuple[str, ...]:
    """Return what the last word of a name tells: what kind of body or people it names."""
    last = name.lower().split()[-1].rstrip(".,") if name.split() else ""
    known = noun(last)
    plain = name[-1:].islower() and name.split()[-1][:1].islower()  # no name: «Statkraft» is no thing
    kinds = (known.kind, known.head) if known is not None else (matter(last),) if plain else ()
    return (
        *(f"called {k}" for k in kinds if k),
        f"called {last}",
        *(f"called -{last[-n:]}" for n in _TAILS if len(last) > n),
    )


def _before(mine: set[int], earlier: Sequence[Earlier], actor: set[int]) -> Iterator[str]:
    """Yield what somebody did in the demands before."""
    if earlier and mine & set(earlier[-1].actors):
        yield "demanded last"
    if earlier and mine & set(earlier[-1].addressees):
        yield "called on last"
    if any(mine & set(e.addressees) for e in earlier):
        yield "called on before"
    if any(mine & set(e.actors) for e in earlier):
        yield "demanded before"
    if any(mine & set(e.addressees) and actor & set(e.actors) for e in earlier):
        yield "called on by the same"


def chosen(model: Linear, found: Sequence[Candidate]) -> tuple[Candidate, float]:
    """Return the likeliest candidate and how likely it is."""
    shares = model.rank([c.features for c in found])
    best = max(range(len(found)), key=shares.__getitem__)
    return found[best], shares[best]
