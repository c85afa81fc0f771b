"""Who demands and who is called on: subjects, objects and what they refer to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus_lib.actors import PLURAL, PRONOUNS, SPEAKER, Context, belongs_to
from corpus_lib.demands.agents import is_agent, is_body, subject_near
from corpus_lib.demands.clauses import is_finite
from corpus_lib.demands.frames import frame_of, word_list
from corpus_lib.language.lexicon import words_of
from corpus_lib.model import Quote
from corpus_lib.quotes.found import phrase_of

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from corpus_lib.demands.settings import Spot

_SPOKEN_REACH = 400
"""How many characters behind a quotation a passive may still be its speaker's."""


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
    cast = spot.setting.cast
    quote = spot.quote_at(head)
    voice = int(quote.speakers[0][1:]) - 1 if quote and quote.speakers else None
    lowered = head.lower_
    if lowered in SPEAKER and quote is not None and quote.speakers:
        found = speaker_of(quote, spot)
        return Party(found.entities, voice, "we: the body of the speaker")
    if lowered in ("dere", "dykk", "du", "deg"):
        return Party((), voice, "you: not named")
    if lowered in PLURAL and (group := _last_group(head, spot)) is not None:
        found = _party(group[0], group[1], officer=officer)
        return Party(found.entities, voice, "pronoun: the last group")
    if head.pos_ == "NOUN" and not head.ent_type_ and (named := _named_in_full(head, spot)) is not None:
        return Party((named,), voice, "noun: the last word of a name")
    if head.pos_ == "NOUN" and not head.ent_type_ and (earlier := _introduced(head, spot)) is not None:
        return Party(_entities(earlier[0], earlier[1]), voice, "noun: introduced before")
    entities = _entities(head, spot)
    body = cast.speaks_for(entities[0]) if len(entities) == 1 else None
    if officer and body is not None:
        return Party((body,), entities[0], "the body of the officer")
    return Party(entities, voice, "name or noun phrase")


def _entities(head: Token, spot: Spot) -> tuple[int, ...]:
    cast, start = spot.setting.cast, spot.block.span(head).start
    before = [q for q in spot.setting.quotes if q.start < start and q.speakers]
    context = Context(
        last_speakers=tuple(int(s[1:]) - 1 for s in before[-1].speakers) if before else (),
        last_block=spot.number if before else -99,
    )
    return cast.resolve(mention_of(head), spot.number, context).entities


def mention_of(head: Token) -> Tokens:
    """Return a noun phrase without the words before it that do not name: «alle», «sine», a coordinated verb."""
    single = head.ent_type_ == "PER" or head.text.endswith("-")
    first = next((c for c in head.children if c.dep_ == "conj" and not single), None)
    phrase = phrase_of(head, None if first is None else min(first.left_edge.i, first.i))
    start = phrase.start
    while start < head.i and phrase.doc[start].lower_ in word_list("leading"):
        start += 1
    end = next((t.i for t in phrase if t.i > head.i and frame_of(t) is not None), phrase.end)
    while end > head.i + 1 and phrase.doc[end - 1].lower_ in word_list("times"):
        end -= 1
    return phrase.doc[start:end]


def _earlier(spot: Spot, position: int, reach: int) -> Iterator[tuple[Token, Spot]]:
    """Yield the tokens before a place, nearest first, back over some blocks."""
    for token in reversed(spot.block.doc[:position]):
        yield token, spot
    blocks = spot.setting.parsed.blocks
    for number in range(spot.number - 1, max(-1, spot.number - 1 - reach), -1):
        if not blocks[number].parsed:
            continue
        before = type(spot)(spot.setting, number, blocks[number])
        for token in reversed(blocks[number].doc):
            yield token, before


def _last_group(pronoun: Token, spot: Spot) -> tuple[Token, Spot] | None:
    """Return the last plural noun, coordination or body that was a subject in an earlier sentence."""
    asked = pronoun.head.i < pronoun.i and pronoun.dep_ in ("obj", "iobj")
    for token, place in _earlier(spot, pronoun.i, 2):
        near = asked and place.number == spot.number and token.sent == pronoun.sent
        plural = token.pos_ == "NOUN" and "Plur" in token.morph.get("Number", [])
        if near and plural and is_agent(token) and token != subject_near(pronoun.head):
            return token, place
        if not token.dep_.startswith("nsubj") or token.lower_ in PRONOUNS or not is_agent(token):
            continue
        if token.head == pronoun.head and place.number == spot.number:
            continue
        plural = "Plur" in token.morph.get("Number", []) or any(c.dep_ == "conj" for c in token.children)
        if token.ent_type_ != "PER" and (plural or token.ent_type_ == "ORG" or is_body(token.lower_)):
            return token, place
        if plural:
            return token, place
    return None


def _introduced(head: Token, spot: Spot) -> tuple[Token, Spot] | None:
    """Return the earlier mention that a bare noun takes up: the same noun, or a compound or name that ends in it."""
    if not _is_bare(head):
        return None
    stem, plural = _stem(head.lower_), head.lower_.endswith(("ene", "ane", "erne"))
    found = None
    for token, place in _earlier(spot, head.i, 40):
        if token.pos_ not in ("NOUN", "PROPN") or (token.i == head.i and place.number == spot.number):
            continue
        same = _stem(token.lower_) == stem and plural and not token.ent_type_
        longer = token.lower_ != head.lower_ and token.lower_.endswith(head.lower_) and token.text[0].isupper()
        if same or (longer and len(head.lower_) > 4):
            found = token, place
    return found


def _is_bare(head: Token) -> bool:
    """Say whether a definite noun stands alone."""
    definite = "Def" in head.morph.get("Definite", []) or head.lower_.endswith(("en", "et", "ene", "ane", "erne"))
    return definite and phrase_of(head).start == head.i


def _named_in_full(head: Token, spot: Spot) -> int | None:
    """Return the body whose name a bare noun ends or opens: «kommunen» → Nissedal kommune; «Nato-ledelsen» → Nato."""
    cast = spot.setting.cast
    prefix, _, rest = head.text.partition("-")
    if rest in ("ledelsen", "leiinga", "ledelse", "regjeringen") and prefix[:1].isupper():
        return cast.number(prefix)
    if not _is_bare(head) or len(head.text) < 5:
        return None
    stem = _stem(head.lower_)
    for number in range(len(cast.entities) - 1, -1, -1):
        words = cast.entities[number].name.lower().split()
        if (
            cast.entities[number].kind in ("organisation", "state")
            and len(words) > 1
            and stem in (_stem(words[0]), _stem(words[-1]))
        ):
            return number
    return None


def _stem(noun: str) -> str:
    """Return a noun without its ending of number and definiteness.

    >>> _stem("ordførarane"), _stem("ordførarar"), _stem("foreldrene"), _stem("foreldre")
    ('ordfør', 'ordfør', 'foreldr', 'foreldr')
    """
    for ending in ("arane", "erane", "erne", "ene", "ane", "arar", "ere", "ar", "er", "en", "et", "a", "e"):
        if noun.endswith(ending) and len(noun) - len(ending) > 2:
            return noun.removesuffix(ending)
    return noun


def as_states(entities: tuple[int, ...], subject: Token, spot: Spot) -> tuple[int, ...]:
    """Return the state for its government: «den russiske regjeringen» → Russland, where Russland is named."""
    adjective = next((c.lower_ for c in subject.children if c.dep_ == "amod"), "")
    if not adjective or subject.lower_ not in ("regjeringen", "regjeringa", "myndighetene", "styresmaktene"):
        return entities
    cast = spot.setting.cast.entities
    state = next((i for i, e in enumerate(cast) if e.kind == "state" and belongs_to(adjective, e.name)), None)
    return entities if state is None else (state,)


def author_of(subject: Token | None, verb: Token, spot: Spot) -> Party:
    """Return who stands behind a document or a passive: who wrote, sent or presented what was told before.

    «X la fram en erklæring. Erklæringen oppfordrer til …»; «X skrev et brev. Der ble det forlangt at …».
    """
    document = subject is not None and any(
        subject.lower_.endswith(d) for d in words_of("persons.toml", "documents") if len(d) > 3
    )
    if subject is not None and not document:
        return Party(_entities(subject, spot), None, "noun phrase")
    stem = None if subject is None else _stem(subject.lower_)
    if stem is None and verb.sent[0].lower_ not in ("der", "her", "i", "dessuten", "samtidig", "videre", "vidare"):
        return Party(())
    for token, place in _earlier(spot, verb.sent.start, 2):
        if stem is not None and (token.pos_ != "NOUN" or _stem(token.lower_) != stem):
            continue
        if stem is None and not is_finite(token):
            continue
        governor = token if stem is None else next((a for a in token.ancestors if a.pos_ == "VERB"), token)
        writer = subject_near(governor)
        if is_agent(writer) and writer is not None:
            found = party_of(writer, place)
            return Party(found.entities, found.voice, "author of the document")
    if subject is not None:
        return Party(_entities(subject, spot), None, "the document itself")
    start = spot.block.span(verb).start
    said = [q for q in spot.setting.quotes if q.speakers and q.start < start]
    near = bool(said) and start - said[-1].end < _SPOKEN_REACH
    return speaker_of(said[-1], spot) if near else Party(())


def receiver_of(verb: Token, spot: Spot) -> tuple[int, ...]:
    """Return to whom the document went in which a demand stands: «sendte brev til X. I brevet krever Y at S»."""
    documents = words_of("persons.toml", "documents") | word_list("documents")
    named = next((t for t in verb.sent if t.pos_ == "NOUN" and t.lower_ in documents and _is_bare(t)), None)
    there = verb.sent[0].lower_ in ("der", "her")
    if named is None and not there:
        return ()
    stem = None if named is None else _stem(named.lower_)
    blocks = spot.setting.parsed.blocks
    for number in range(spot.number, max(-1, spot.number - (2 if named is None else 7)), -1):
        doc = blocks[number].doc
        for token in reversed(doc[: verb.sent.start if number == spot.number else len(doc)]):
            fits = token.lower_ in documents if stem is None else _stem(token.lower_) == stem
            whom = _after_to(token) if fits else None
            if whom is not None:
                return spot.setting.cast.resolve(_name_of(whom), number, Context()).entities
    return ()


def _after_to(token: Token) -> Token | None:
    """Return the party behind «til» shortly after a noun: «et brev til Skattedirektoratet»."""
    following = token.doc[token.i + 1 : token.i + 5]
    to = next((t for t in following if t.lower_ == "til"), None)
    return None if to is None else next((t for t in token.doc[to.i + 1 : to.i + 4] if is_agent(t)), None)


def receiver_behind(noun: Token) -> Token | None:
    """Return the named party directly behind «krav til»; a thing has standards to meet, not demands."""
    following = noun.doc[noun.i + 1 : noun.i + 3]
    if len(following) < 2 or following[0].lower_ != "til" or following[1].ent_type_ not in ("ORG", "GPE", "PER"):
        return None
    return following[1]


def _name_of(token: Token) -> Tokens:
    """Return the name that a token is part of, else the token alone."""
    return next((e for e in token.doc.ents if e.start <= token.i < e.end), token.doc[token.i : token.i + 1])


def speaker_of(quote: Quote, spot: Spot) -> Party:
    """Return who says a quotation: the body an officer speaks for, a group by the noun that introduced it."""
    voice = int(quote.speakers[0][1:]) - 1
    place = quote.speaker_mention
    here = place is not None and place.within(spot.setting.article.blocks[spot.number].span)
    mention = spot.block.tokens(place) if place is not None and here else None
    if mention is not None and mention.root.pos_ == "NOUN":
        named = _named_in_full(mention.root, spot)
        if named is not None:
            return Party((named,), voice, "the speaker, named in full")
        if mention.root.lower_.endswith(("ane", "ene", "erne")) and (found := party_of(mention.root, spot)).entities:
            return Party(found.entities, None, found.rule)
    body = spot.setting.cast.speaks_for(voice)
    speakers = tuple(int(s[1:]) - 1 for s in quote.speakers)
    return Party(speakers if body is None else (body,), voice, "the speaker")
