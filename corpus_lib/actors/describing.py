"""What an article says of its actors, by which a noun may take them up: roles, names, places, nouns that are near."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from corpus_lib.actors.body_types import types_of_name, types_of_noun
from corpus_lib.actors.known import Entity, Known
from corpus_lib.actors.mentions import base_name
from corpus_lib.actors.nouns import belongs_to, is_outlet, is_party, kind_of, lemma_of, may_name_outlet
from corpus_lib.actors.origins import fits_home, is_told_elsewhere, is_told_from
from corpus_lib.actors.spelling import key_of
from corpus_lib.language.facts import WellKnown, well_known
from corpus_lib.language.parsed import name_at
from corpus_lib.language.syntax import preposition_of
from corpus_lib.model import Span

if TYPE_CHECKING:
    from corpus_lib.actors.phrases import Phrase
    from corpus_lib.actors.stage import Who

_KEY = 3
"""By how many of their last letters nouns are looked up."""

_START = 5
"""From how many letters on a noun may begin a word of a name: «politiet» → Oslo politidistrikt."""

_MOST_UNNAMED = 20
"""How many nouns of actors without a name are read that have the same last letters, the latest first."""

_MOST_NAMED = 40
"""How many such nouns and names of actors with a name are read that are first named before a phrase, and behind it."""

Held = TypeVar("Held")


class Descriptions:
    """The nouns and words by which each entity may be taken up, looked up by their last letters."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._by_start: dict[str, dict[Who, None]] = {}
        self._by_end: dict[str, dict[tuple[str, str, Who], None]] = {}
        self._unnamed: dict[str, dict[tuple[str, str, Who], None]] = {}
        self._latest: dict[str, Who] = {}
        self.citations: dict[int, list[Phrase]] = {}
        self._likeness: dict[tuple[str, int], float] = {}
        self._vectors: dict[str, object] = {}
        self.facts: dict[int, WellKnown] = {}
        for number, entity in enumerate(known.entities):
            if entity.kind != "unnamed":
                self.note(number)
                self._know(number)

    def note(self, number: int) -> None:
        """Take note of what an entity is called."""
        entity = self.known.entities[number]
        for role in (*entity.roles, *entity.nouns):
            for first in role.split()[:1]:  # none in a role of odd white space alone
                self._add(lemma_of(first.rpartition("-")[2]), "role", number)
        if entity.kind == "unnamed":
            self._add(entity.lemma, "noun", number)
        elif entity.kind != "person":
            for name in (entity.name, *entity.aliases):
                for word in name.lower().replace("-", " ").split():
                    self._add(lemma_of(word), "name", number)
                    self._by_start.setdefault(word[:_START], {}).setdefault((number,))

    def _know(self, number: int) -> None:
        """Take note of what is publicly known of a person."""
        entity = self.known.entities[number]
        known = next(filter(None, map(well_known, (entity.name, *entity.aliases))), None)
        if entity.kind == "person" and known is not None:
            self.facts[number] = known
            for role in known.roles:
                self._add(lemma_of(role), "known role", number)

    def _add(self, lemma: str, how: str, number: int) -> None:
        if len(lemma) > 1:
            nouns = self._unnamed if how == "noun" else self._by_end
            nouns.setdefault(lemma[-_KEY:], {}).setdefault((lemma, how, (number,)))
            if how == "noun":
                self._latest[lemma] = (number,)

    def latest(self, phrase: Phrase) -> Who:
        """Return the actor without a name that was last introduced by a phrase's own noun; nobody where none was."""
        return self._latest.get(phrase.lemma, ())

    def may_be_named(self, phrase: Phrase) -> bool:
        """Say whether some name or role ends as a phrase's noun does, or is its prefix."""
        own = phrase.lemma.rpartition("-")[2]
        nouns = self._by_end.get(own[-_KEY:], ())
        return bool(phrase.prefix) or any(lemma.endswith(own) or own.endswith(lemma) for lemma, _, _ in nouns)

    def matching(self, phrase: Phrase) -> dict[Who, set[str]]:
        """Return who is called by a noun, or by one that it ends in or that ends in it, and in which way."""
        found: dict[Who, set[str]] = {}
        own = phrase.lemma.rpartition("-")[2]
        named = self._around(phrase, self._by_end.get(own[-_KEY:], {}), lambda held: held[2])
        unnamed = islice(reversed(self._unnamed.get(own[-_KEY:], {})), _MOST_UNNAMED)
        for lemma, how, who in (*unnamed, *named):
            if lemma == own:
                found.setdefault(who, set()).add(f"same {how}")
            elif lemma.endswith(own):
                found.setdefault(who, set()).add(f"ends a {how}")
            elif own.endswith(lemma) and len(lemma) > _KEY:
                found.setdefault(who, set()).add(f"longer than a {how}")
        if len(own) >= _START:
            for who in self._around(phrase, self._by_start.get(own[:_START], {}), lambda held: held):
                names = (self.known.entities[who[0]].name, *self.known.entities[who[0]].aliases)
                if who not in found and any(w.startswith(own) for n in names for w in n.lower().split()):
                    found.setdefault(who, set()).add("begins a name")
        if phrase.prefix and phrase.prefix.lower() != phrase.prefix.upper():
            number = self.known.number(phrase.prefix)
            if number is not None and self.known.entities[number].kind != "unnamed":
                found.setdefault((number,), set()).add("prefix is its name")
        return found

    def _around(self, phrase: Phrase, held: Collection[Held], who: Callable[[Held], Who]) -> Collection[Held]:
        """Return those whose actors are first named around a phrase: of very many not all are compared with it."""
        if len(held) <= 2 * _MOST_NAMED:
            return held
        entities, ordered = self.known.entities, list(held)
        at = bisect_left(ordered, phrase.span, key=lambda one: next(iter(entities[who(one)[0]].mentions), Span(0, 0)))
        return ordered[max(0, at - _MOST_NAMED) : at + _MOST_NAMED]

    def fit(self, phrase: Phrase, who: Who, matched: dict[Who, set[str]]) -> dict[str, float]:
        """Return how well what is said of somebody goes with a phrase."""
        if len(who) > 1:
            return {"people together": 1.0, f"together {phrase.lemma}": 1.0}
        entity = self.known.entities[who[0]]
        ways = matched.get(who, ())
        features = dict.fromkeys(ways, 1.0)
        features |= {f"{way}, {entity.kind}": 1.0 for way in ways}
        features["nothing matches"] = float(not ways)
        features[f"kind {entity.kind}"] = 1.0
        features[f"{entity.kind} {phrase.lemma}"] = 1.0
        features[f"{entity.kind} ends {phrase.head_lemma}"] = 1.0
        features[f"{entity.kind} a {phrase.kind}"] = 1.0
        features["definite"] = float(phrase.definite)
        features["bare"] = float(len(phrase.tokens) == 1)
        features["an"] = float(phrase.tokens[0].lower_ in ("en", "ei", "et", "ein", "eit"))
        features["somebody's"] = features[f"somebody's {phrase.kind}"] = float(phrase.owned)
        if entity.kind == "unnamed":
            features["same words"] = float(key_of(phrase.tokens.text) == key_of(entity.name))
            own, others = phrase.modifiers, entity.modifiers
            features["modifiers differ"] = float(bool(own) and bool(others) and own.isdisjoint(others))
            features["modifiers are the same"] = float(bool(own) and own == others)
            features["more is told"] = float(bool(own) and not others)
            features["number differs"] = float(entity.plural != phrase.plural)
            return features
        features |= self._types(phrase, entity)
        features["like"] = self._like(phrase.noun.rpartition("-")[2], who[0])
        features["has another role"] = float(bool(entity.roles) and not any("role" in way for way in ways))
        office = phrase.kind == "office" and any(kind_of(role) == "office" for role in entity.roles)
        features["has another office"] = float(office and not any("role" in way for way in ways))
        features["no role"] = float(not entity.roles and not entity.nouns)
        gender = phrase.gender
        features["gender differs"] = float(bool(gender and entity.gender and gender != entity.gender))
        features["gender agrees"] = float(bool(gender and gender == entity.gender))
        if phrase.sort == "outlet":
            features["outlet"] = float(is_outlet(entity.name))
            features["may be called so"] = float(may_name_outlet(phrase.noun, entity.name))
        elif entity.kind == "organisation":
            features["is an outlet"] = float(is_outlet(entity.name))
        if phrase.head_lemma == "parti":
            features["party"] = float(is_party(entity.name))
        if phrase.prefix.isdigit() and phrase.head_lemma.endswith("åring"):
            features["age agrees"] = float(entity.age == phrase.prefix)
            features["age differs"] = float(entity.age not in (None, phrase.prefix))
        if entity.kind == "person" and (place := phrase.origin) is not None:
            fitting = fits_home(place, entity.name)
            features["told to be from there"] = float(is_told_from(place, entity.beside))
            features["told to be from elsewhere"] = float(is_told_elsewhere(place, entity.beside))
            features["a name from there"] = float(fitting is True)
            features["no name from there"] = float(fitting is False)
        features |= self._owned(phrase, entity)
        if who[0] in self.facts:
            features |= _by_facts(phrase, self.facts[who[0]])
        return features

    @staticmethod
    def _types(phrase: Phrase, entity: Entity) -> dict[str, float]:
        """Return whether what a noun names goes with what somebody is called: kinds of body, classes of persons."""
        if entity.kind == "person":
            classes = {kind_of(role) for role in (*entity.roles, *entity.nouns)} - {""}
            told = {f"a {known} for a {phrase.kind}": 1.0 for known in classes}
            told["class agrees"] = float(phrase.kind in classes)
            told["class differs"] = float(bool(classes) and phrase.kind not in classes)
            return told
        own = types_of_noun(phrase.head_lemma)
        if not own:
            return {}
        shown = [types_of_name(name) for name in (entity.name, *entity.aliases)]
        shown += [types_of_noun(lemma_of(noun)) for noun in (*entity.roles, *entity.nouns)]
        theirs = frozenset[str]().union(*shown)
        features = {f"a {kind} for a {wanted}": 1.0 for kind in theirs for wanted in own}
        features["type agrees"] = float(bool(own & theirs))
        features["type differs"] = float(bool(theirs) and not own & theirs)
        features["type unknown"] = float(not theirs)
        return features

    def _owned(self, phrase: Phrase, entity: Entity) -> dict[str, float]:
        """Return whether the owner or the nationality in a phrase goes with where somebody belongs."""
        features: dict[str, float] = {}
        own = (entity.affiliation or "").casefold()
        names = {entity.name.casefold(), *(a.casefold() for a in entity.aliases)}
        for token in phrase.tokens:
            if token.ent_type_ and token.i != phrase.head.i:
                owner = token.lower_.removesuffix("s")
                features["owner is its body"] = float(bool(own) and owner in own)
                features["owner is another"] = float(bool(own) and owner not in own)
                features["owner is it"] = float(any(owner in name for name in names))
            elif token.pos_ == "ADJ" and token.lower_.rstrip("e").endswith("sk"):
                features["of that nation"] = float(bool(own) and belongs_to(token.lower_, own))
                features["a nation"] = 1.0
        for name in _names_behind(phrase):
            features["stands within the phrase"] = float(name in names)
            if entity.kind == "person":
                features["the body behind is its body"] = float(bool(own) and (name in own or own in name))
                features["the body behind is another"] = float(bool(own) and name not in own and own not in name)
                features["no body is known beside the one behind"] = float(not own)
        if phrase.prefix:
            prefix = phrase.prefix.casefold()
            features["prefix is in its name"] = float(any(prefix in name.split() for name in names))
            features["prefix is its body"] = float(bool(own) and prefix in (own, own.partition("-")[0]))
            features["prefix is another"] = float(bool(own) and prefix != own)
        return features

    def _like(self, noun: str, number: int) -> float:
        """Return how near a noun is to what is said of an entity: the highest cosine of word vectors (−1–1)."""
        key = noun, number
        if key not in self._likeness:
            entity = self.known.entities[number]
            words: Iterable[str] = (*entity.roles, *entity.nouns)
            if entity.kind != "person":
                words = (*words, *(w.lower() for w in entity.name.split() if len(w) > 2))
            own = self._vector(noun)
            self._likeness[key] = max((float(own @ self._vector(w)) for w in words), default=0.0)  # type: ignore[operator]
        return self._likeness[key]

    def _vector(self, word: str) -> object:
        if word not in self._vectors:
            vector = self.known.parsed.blocks[0].doc.vocab.get_vector(word)
            length = float(vector @ vector) ** 0.5
            self._vectors[word] = vector / length if length else vector
        return self._vectors[word]


def _names_behind(phrase: Phrase) -> Iterator[str]:
    """Yield the name of a body or place that a preposition adds to a phrase: «lederen i Fjordlaget»."""
    for child in phrase.head.rights:
        name = name_at(child.doc, child.i) if child.ent_type_ and child.ent_type_ != "PER" else None
        if name is not None and child.dep_.startswith("nmod") and preposition_of(child) is not None:
            yield base_name(name).casefold()
            return


def _by_facts(phrase: Phrase, known: WellKnown) -> dict[str, float]:
    """Return whether a phrase goes with what is publicly known of a person."""
    classes = {kind_of(role) for role in known.roles} - {""}
    features = {"well-known": 1.0, "known class agrees": float(phrase.kind in classes)}
    features["known class differs"] = float(bool(classes) and phrase.kind not in classes)
    bodies = {body.casefold() for body in known.bodies}
    if phrase.prefix:
        own = phrase.prefix.casefold()
        features["prefix is its known body"] = float(own in bodies)
        features["prefix is another than its known body"] = float(bool(bodies) and own not in bodies)
    owners = {t.lower_.removesuffix("s") for t in phrase.tokens if t.ent_type_ and t.i != phrase.head.i}
    if owners:
        features["owner is its known body"] = float(not owners.isdisjoint(bodies))
    if (place := phrase.origin) is not None:
        features["known to be from there"] = float(place == known.home)
        features["known to be from elsewhere"] = float(place != known.home)
    return features
