"""The actors of one article as they become known: names, aliases, places."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from corpus_lib.actors.mentions import KINDS, is_subject
from corpus_lib.actors.nouns import (
    belongs_to,
    full_names,
    gender_of,
    indefinite,
    is_office_of,
    is_role,
    speaks_for_body,
)
from corpus_lib.actors.spelling import (
    is_acronym,
    key_of,
    misspells,
    nickname,
    one_letter_apart,
    parts_of_name,
    plain,
    words_of_name,
)
from corpus_lib.model import Actor, ActorKind, Article, Mention, MentionKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from corpus_lib.language import Parsed

_GOES_BY = 10
"""How many times as often an abbreviation must stand as the full name to be what the article calls a body."""

_BY_FAR = 2
"""How many times as often as another a person must be named to be meant before being introduced."""

_LONG_SURNAME = 6
"""How many letters a surname has that may be misspelt; of shorter ones two are two."""

REACH = 6
"""How many blocks back a pronoun may look for its person."""


@dataclass(slots=True)
class Entity:
    """An actor in the making."""

    name: str
    kind: ActorKind
    gender: str | None = None
    gender_by_pronoun: bool = False
    aliases: dict[str, None] = field(default_factory=dict)
    roles: dict[str, None] = field(default_factory=dict)
    affiliation: str | None = None
    mentions: dict[Span, Mention] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place where an entity stands: in which block, and whether as a subject."""

    span: Span
    block: int
    entity: int
    subject: bool


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom a mention names (entity numbers, none for nobody), and by which rule."""

    entities: tuple[int, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Context:
    """What the reading so far says: the last speakers, and where spoken and reported words stand, in text order."""

    last_speakers: tuple[int, ...] = ()
    last_block: int = -99
    last_end: int = 0
    spoken: tuple[Span, ...] = ()
    reported: tuple[Span, ...] = ()

    def is_spoken(self, span: Span) -> bool:
        """Say whether a span lies in spoken words."""
        return _lies_in(span, self.spoken)

    def is_reported(self, span: Span) -> bool:
        """Say whether a span lies in words that are reported without being spoken."""
        return _lies_in(span, self.reported)


def _lies_in(span: Span, passages: tuple[Span, ...]) -> bool:
    at = bisect_right(passages, span.start, key=lambda s: s.start)
    return any(span.within(s) for s in passages[max(0, at - 2) : at])


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it was found: its block, tokens, place, citation form and label."""

    block: int
    tokens: Tokens
    span: Span
    text: str
    label: str


class Register:
    """Who has been named so far, by what names, and where."""

    def __init__(self, article: Article, parsed: Parsed) -> None:
        self.article = article
        self.parsed = parsed
        self.entities: list[Entity] = []
        self.sightings: list[Sighting] = []
        self.groups: list[tuple[int, tuple[int, ...]]] = []
        self._by_name: dict[str, int] = {}
        self._by_word: dict[str, dict[int, None]] = {}
        self._by_role: dict[str, dict[int, None]] = {}
        self._sentences = [b.start + s.start_char for b in parsed.blocks for s in b.sentences()]

    def add_person(self, text: str) -> int:
        """Return the person of a full name, new or known under a fuller one."""
        words = words_of_name(text)
        for number in sorted({*self._named_with(words[0]), *self._named_with(words[-1])}):
            entity = self.entities[number]
            own = words_of_name(entity.name)
            surname = own[-1] == words[-1] and set(words) <= set(own)
            first_names = len(words) > 1 and own[: len(words)] == words
            if entity.kind == "person" and (surname or first_names or one_letter_apart(text, entity.name)):
                self.add_alias(number, text)
                self._respell(number, text)
                return number
        misspelt = self._misspelt(words[0]) if len(words) == 1 else None
        if misspelt is not None:
            self.add_alias(misspelt, text)
            return misspelt
        return self.add(text, "person", gender_of(words[0]))

    def _misspelt(self, surname: str) -> int | None:
        """Return the one person of a full name whose surname differs by one letter that is not its first."""
        own = {i: words_of_name(e.name) for i, e in enumerate(self.entities) if e.kind == "person"}
        long = len(surname) >= _LONG_SURNAME
        near = [i for i, w in own.items() if len(w) > 1 and long and misspells(surname, w[-1])]
        return near[0] if len(near) == 1 else None

    def _respell(self, number: int, text: str) -> None:
        """Take a spelling of equal length as the name where the article has it more often."""
        name, in_text = self.entities[number].name, self.article.text.count
        if len(parts_of_name(text)) == len(parts_of_name(name)) and in_text(text) > in_text(name):
            self._rename(number, text)

    def _rename(self, number: int, text: str) -> None:
        """Give an entity a better name; the former stays as an alias."""
        entity = self.entities[number]
        entity.aliases.pop(text, None)
        entity.aliases.setdefault(entity.name)
        entity.name = text
        self._note_words(number)

    def add(self, text: str, kind: ActorKind, gender: str | None = None) -> int:
        """Add an entity and return its number."""
        self.entities.append(Entity(text, kind, gender))
        number = len(self.entities) - 1
        self._note_words(number)
        self._by_name.setdefault(key_of(text), number)
        return number

    def _note_words(self, number: int) -> None:
        for word in words_of_name(self.entities[number].name):
            self._by_word.setdefault(word, {}).setdefault(number)

    def _named_with(self, word: str) -> list[int]:
        """Return the entities that have a word in their name, in the order in which they came."""
        return sorted(self._by_word.get(plain(word), ()))

    def give_role(self, number: int, role: str) -> None:
        """Say that an entity has a title or an office."""
        self.entities[number].roles.setdefault(role)
        self._by_role.setdefault(role, {}).setdefault(number)

    def add_alias(self, number: int, text: str) -> None:
        """Give an entity another name."""
        if text != self.entities[number].name:
            self.entities[number].aliases.setdefault(text)
        self._by_name.setdefault(key_of(text), number)

    def entity_of(self, text: str, label: str) -> int:
        """Return the entity that a name stands for, made new where none fits."""
        known = self.number(text)
        if known is None:
            others = full_names().get(text.casefold(), ())
            known = next((n for other in others if (n := self.number(other)) is not None), None)
            if known is not None:
                self.abbreviate(known, *sorted((text, self.entities[known].name), key=len))
        if known is not None:
            return known
        if len(text.split()) == 1:
            person = self.person_by_one_word(text)
            if person is not None:
                self.add_alias(person, text)
                return person
        if label == "PER":
            return self.add_person(text)
        if (spelled_out := self._spelled_out(text)) is not None:
            self.abbreviate(spelled_out, text, self.entities[spelled_out].name)
            return spelled_out
        begins = self._named_with((text.split() or [text])[0])
        bodies = [i for i in begins if self.entities[i].kind == "organisation"]
        longer = [i for i in bodies if self.entities[i].name.startswith(text + " ")]
        if len(longer) == 1 and self._comes_first(self.entities[longer[0]].name, text):
            self.add_alias(longer[0], text)
            return longer[0]
        return self.add(text, cast("ActorKind", KINDS[label]))

    def abbreviate(self, number: int, short: str, full: str) -> None:
        """Give a body both its names: it is called by the full one, or by the short one an article goes on with."""
        for text in (short, full):
            self.add_alias(number, text)
        used, spelled = (
            len(re.findall(rf"\b{re.escape(t)}(?:['’]?s)?(?!\w)", self.article.text)) for t in (short, full)
        )
        name = short if used >= _GOES_BY * spelled else full
        if name != self.entities[number].name:
            self._rename(number, name)

    def _spelled_out(self, short: str) -> int | None:
        """Return the body whose initials an abbreviation is."""
        if not 2 <= len(short) <= 6 or not (short[0].isupper() and short[-1].isupper()):
            return None
        bodies = (i for i, e in enumerate(self.entities) if e.kind != "person" and is_acronym(short, e.name))
        return next(bodies, None)

    def _comes_first(self, full: str, short: str) -> bool:
        """Say whether a full name stands in the article before its first word does by itself."""
        return self.article.text.find(full) <= self.article.text.find(short)

    def entity_named(self, text: str, label: str, position: int) -> int:
        """Return the entity that a name stands for at a place, one of several people of one surname or first name.

        It is the one most often named, whom the article is about; if that one is not by far, of those named before.
        """
        shared = self.sharing(text) if " " not in text and self.number(text) is None else []
        if len(shared) < 2:
            return self.entity_of(text, label)
        named = {n: len(self.entities[n].mentions) for n in shared}
        known = [n for n in shared if any(s.start < position for s in self.entities[n].mentions)]
        most, before = max(shared, key=named.__getitem__), max(known, key=named.__getitem__, default=None)
        return most if before is None or named[most] > _BY_FAR * named[before] else before

    def sharing(self, word: str) -> list[int]:
        """Return the persons of a full name that ends in a surname; where there is none, that begin with it."""
        return self._people_called({word})

    def person_by_one_word(self, word: str) -> int | None:
        """Return the one person whose surname, or else first name, a word is; None where two share it."""
        people = self._people_called({word, word.rstrip("s")})
        return people[0] if len(people) == 1 else None

    def _people_called(self, forms: set[str]) -> list[int]:
        """Return the persons whose surname is one of some forms, or else whose first or middle name is."""
        held = sorted({i for form in forms for i in self._named_with(form) if self.entities[i].kind == "person"})
        full = [(i, words) for i in held if len(words := words_of_name(self.entities[i].name)) > 1]
        called = {plain(form) for form in forms}
        by_surname = [i for i, words in full if words[-1] in called]
        by_first_name = [i for i, words in full if called & {words[0], nickname(self.entities[i].name)}]
        return by_surname or by_first_name or [i for i, words in full if not called.isdisjoint(words)]

    def sight(self, span: Span, block: int, entity: int, kind: MentionKind, rule: str, token: Token) -> None:
        """Record that an entity stands at a place, named by a token."""
        held = self.entities[entity]
        if span not in held.mentions:
            held.mentions[span] = Mention(span.start, span.end, kind, rule)
            insort(self.sightings, Sighting(span, block, entity, is_subject(token)), key=lambda s: s.span)

    def sentence(self, position: int) -> int:
        """Return the number of the sentence that holds a place."""
        return bisect_right(self._sentences, position) - 1

    def starts_sentence(self, position: int) -> bool:
        """Say whether a sentence begins at a place."""
        at = bisect_left(self._sentences, position)
        return at < len(self._sentences) and self._sentences[at] == position

    def before(self, position: int, block: int, reach: int = REACH) -> Iterator[Sighting]:
        """Yield the sightings before a place, the nearest first, not farther back than so many blocks."""
        last = bisect_left(self.sightings, position, key=lambda s: s.span.start)
        for at in range(last - 1, -1, -1):
            sighting = self.sightings[at]
            if sighting.block < block - reach:
                return
            if sighting.span.end <= position:
                yield sighting

    def recent(
        self,
        position: int,
        block: int,
        kinds: Sequence[str],
        fits: Callable[[str], bool],
        *,
        subject: bool = False,
        reach: int = REACH,
    ) -> int | None:
        """Return the entity last named that is of one of the kinds and fits, or None."""
        for sighting in self.before(position, block, reach):
            entity = self.entities[sighting.entity]
            if entity.kind in kinds and fits(entity.name) and (sighting.subject or not subject):
                return sighting.entity
        return None

    def number(self, name: str) -> int | None:
        """Return the entity of a name or alias, or None."""
        return self._by_name.get(key_of(name))

    def speaks_for(self, number: int) -> int | None:
        """Return the body for which a person speaks by office, where the text says so."""
        entity = self.entities[number]
        if not entity.affiliation or not any(speaks_for_body(r) for r in entity.roles):
            return None
        body = self.number(entity.affiliation)
        return None if body is None or self.entities[body].kind == "person" else body

    def states_of(self, adjective: str) -> tuple[int, ...]:
        """Return the state that an adjective of nationality belongs to: «russiske» → Russland."""
        return tuple(i for i, e in enumerate(self.entities) if e.kind == "state" and belongs_to(adjective, e.name))[:1]

    def bodies_of(self, numbers: Iterable[int]) -> tuple[int, ...]:
        """Return the bodies that entities belong to, where the text says so and names them, or answer for by office."""
        held = list(numbers)
        known = (self.number(body) for n in held if (body := self.entities[n].affiliation))
        told = (body for body in known if body is not None)
        return tuple(dict.fromkeys((*told, *(body for n in held for body in self._offices_of(n)))))

    def _offices_of(self, number: int) -> list[int]:
        """Return the bodies that an office answers for: the bare nouns for one, and the one that has a name."""
        held = self.entities[number]
        roles = {"person": tuple(held.roles), "unnamed": (indefinite(held.name),)}.get(held.kind, ())
        others = [i for i, e in enumerate(self.entities) if roles and e.kind != "person" and i != number]
        bodies = [i for i in others if any(is_office_of(r, self.entities[i].name) for r in roles)]
        named = [i for i in bodies if " " in self.entities[i].name]
        placed = [i for i in named if any(self.entities[i].name.partition(" ")[0] in r for r in roles)]
        return [i for i in bodies if i not in named or i in placed or (not placed and len(named) == 1)]

    def id(self, number: int) -> str:
        """Return the id that an entity's actor has; `number_of` reads it back."""
        return f"a{number + 1}"

    def actors(self) -> tuple[Actor, ...]:
        """Return the actors, as records."""
        ids = {e.name.casefold(): self.id(i) for i, e in enumerate(self.entities)}
        return tuple(
            Actor(
                id=self.id(i),
                name=e.name,
                kind=e.kind,
                aliases=tuple(e.aliases),
                roles=tuple(e.roles),
                affiliation=e.affiliation,
                speaks_for=ids.get(e.affiliation.casefold()) if e.affiliation and e.roles else None,
                mentions=tuple(e.mentions[s] for s in sorted(e.mentions)),
            )
            for i, e in enumerate(self.entities)
        )


def number_of(actor: str) -> int:
    """Return the number of the entity whose actor has an id.

    >>> number_of("a1")
    0
    """
    return int(actor[1:]) - 1


def may_be_one_person(entity: Entity) -> bool:
    """Say whether an unnamed actor may be a single person."""
    head = indefinite(entity.name.split()[-1].lower())
    if entity.name.split()[0].lower().endswith(("ene", "ane", "erne")):  # «elevene»
        return False
    return any(is_role(indefinite(w.lower())) for w in entity.name.split()[:3]) or is_role(head)
