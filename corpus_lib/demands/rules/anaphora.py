"""What a pronoun, a bare noun or a bare headline role takes up: the earlier group, the same noun, the full name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus_lib.actors import PRONOUNS, is_role
from corpus_lib.demands.rules.agents import is_agent, is_body, subject_near
from corpus_lib.demands.rules.frames import noun_kind
from corpus_lib.language.lexicon import words_of
from corpus_lib.language.syntax import stem as stem_of
from corpus_lib.quotes.found import phrase_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.demands.rules.settings import Spot

_TOKENS = 3000
"""How many words back a mention is looked for, so that a paragraph of a whole book is not read again for each."""
_BLOCKS = 40
"""How many blocks back what introduces a bare noun is looked for."""
_HEADLINE_REACH = 4


def earlier(spot: Spot, position: int, reach: int) -> Iterator[tuple[Token, Spot]]:
    """Yield the tokens before a place, nearest first, back over some blocks."""
    for token in reversed(spot.block.doc[max(0, position - _TOKENS) : position]):
        yield token, spot
    blocks = spot.setting.parsed.blocks
    for number in range(spot.number - 1, max(-1, spot.number - 1 - reach), -1):
        if not blocks[number].parsed:
            continue
        before = type(spot)(spot.setting, number, blocks[number])
        for token in reversed(blocks[number].doc[-_TOKENS:]):
            yield token, before


def groups_before(pronoun: Token, spot: Spot) -> Iterator[tuple[Token, Spot]]:
    """Yield the plural nouns, coordinations and bodies before a pronoun that may be «de», the nearest first."""
    asked = pronoun.head.i < pronoun.i and pronoun.dep_ in ("obj", "iobj")
    for token, place in earlier(spot, pronoun.i, 2):
        here = place.number == spot.number
        plural = "Plur" in token.morph.get("Number", [])
        near = asked and here and token.sent == pronoun.sent and token.pos_ == "NOUN" and plural
        if near and is_agent(token) and token != subject_near(pronoun.head):
            yield token, place
        elif (token.dep_.startswith("nsubj") or _acts(token)) and token.lower_ not in PRONOUNS and is_agent(token):
            if token.head == pronoun.head and here:
                continue
            joined = plural or any(c.dep_ == "conj" for c in token.children)
            body = token.ent_type_ != "PER" and (token.ent_type_ == "ORG" or is_body(token.lower_))
            if joined or body:
                yield token, place


def _acts(token: Token) -> bool:
    """Say whether a noun is who acts in a passive clause: «blitt ilagt munnkurv av klinikken»."""
    by = any(c.lower_ == "av" and c.dep_ == "case" for c in token.lefts)
    return by and any(c.dep_ == "aux:pass" for c in token.head.children)


def introduced(head: Token, spot: Spot) -> tuple[Token, Spot] | None:
    """Return the earlier mention that a bare noun takes up: the same noun, or a compound or name that ends in it."""
    if not is_bare(head) or head.lower_ == "partiet":  # whichever party was named last
        return None
    stem, plural = stem_of(head.lower_), head.lower_.endswith(("ene", "ane", "erne"))
    found = None
    for token, place in earlier(spot, head.i, _BLOCKS):
        if token.pos_ not in ("NOUN", "PROPN") or (token.i == head.i and place.number == spot.number):
            continue
        same = plural and not token.ent_type_ and stem_of(token.lower_) == stem
        longer = token.lower_ != head.lower_ and token.lower_.endswith(head.lower_) and token.text[0].isupper()
        if same or (longer and len(head.lower_) > 4):
            found = token, place
    return found


def is_bare(head: Token) -> bool:
    """Say whether a definite noun stands alone."""
    definite = "Def" in head.morph.get("Definite", []) or head.lower_.endswith(("en", "et", "ene", "ane", "erne"))
    return definite and phrase_of(head).start == head.i


def named_in_full(head: Token, spot: Spot) -> int | None:
    """Return the body whose name a bare noun ends or opens: «kommunen» → Nissedal kommune; «Nato-ledelsen» → Nato."""
    cast = spot.setting.cast
    prefix, _, rest = head.text.partition("-")
    if rest in ("ledelsen", "leiinga", "ledelse", "regjeringen") and prefix[:1].isupper():
        return cast.number(prefix)
    if not is_bare(head) or len(head.text) < 5:
        return None
    return spot.setting.bodies.get(stem_of(head.lower_))


def audience_before(head: Token, spot: Spot) -> tuple[Token, Spot] | None:
    """Return to whom speech goes by the words before its colon: «en oppfordring til foreldre og lærere:»."""
    colon = None
    for token, place in earlier(spot, head.i, 1):
        if token.text == ":" and colon is None:
            colon = token
        if colon is None and place.number != spot.number and token.is_alpha:
            return None
        if colon is not None and token.sent != colon.sent:
            return None
        if colon is not None and noun_kind(token) in ("demand", "request"):
            to = next((t for t in token.doc[token.i + 1 : token.i + 4] if t.lower_ == "til"), None)
            following = [] if to is None else [t for t in token.doc[to.i + 1 : to.i + 4] if is_agent(t)]
            return (following[0], place) if following else None
    return None


def body_taken_up(noun: Token, spot: Spot) -> int | None:
    """Return the body that a genitive takes up: «partiets talsmann» → the party named before."""
    stem = noun.lower_.removesuffix("s")
    if stem not in words_of("persons.toml", "anaphoric_bodies"):
        return None
    start = spot.block.span(noun).start
    return spot.setting.cast.recent(start, spot.number, ("organisation",), lambda _: True, subject=True)


def person_of_headline(head: Token, spot: Spot) -> int | None:
    """Return whom the bare role of a headline stands for: «FN-ekspert ber om …» → who speaks first in the text.

    A person whose office ends in the same noun comes first.
    """
    noun = head.lower_.rpartition("-")[2]
    bare = phrase_of(head).start == head.i and not any(c.dep_ in ("det", "nmod") for c in head.children)
    if spot.kind not in ("title", "caption") or not bare or not is_role(noun):
        return None
    cast, last = spot.setting.cast, spot.number + _HEADLINE_REACH
    blocks = spot.setting.article.blocks
    end = blocks[min(last, len(blocks) - 1)].end
    first = bisect_left(spot.setting.officers, (spot.block.start,))
    last = bisect_left(spot.setting.officers, (end,))
    near = sorted({number for _, number in spot.setting.officers[first:last]})
    for number in near:
        if any(r.endswith(noun) for r in cast.entities[number].roles):
            return number
    body = blocks[spot.number].end
    said = next((q for q in spot.setting.speech.begun(body, end) if len(q.speakers) == 1), None)
    return next((s for s in cast.speakers(said) if cast.entities[s].kind == "person"), None)
