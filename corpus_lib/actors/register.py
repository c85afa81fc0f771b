"""The actors of one article as they become known: names, aliases, places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from corpus_lib.actors.mentions import KINDS, is_subject
from corpus_lib.actors.nouns import belongs_to, full_names, gender_of, indefinite, is_role, speaks_for_body
from corpus_lib.model import Actor, ActorKind, Article, Mention, MentionKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from corpus_lib.language import Parsed

REACH = 6
"""How many blocks back a pronoun may look for its person."""


@dataclass(slots=True)
class Entity:
    """An actor in the making."""

    name: str
    kind: ActorKind
    gender: str | None = None
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
    """What the reading so far says: the last speakers, and where spoken words stand."""

    last_speakers: tuple[int, ...] = ()
    last_block: int = -99
    last_end: int = 0
    spoken: tuple[Span, ...] = ()


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

    def add_person(self, text: str) -> int:
        """Return the person of a full name, new or known under a fuller one."""
        words = text.split()
        for number, entity in enumerate(self.entities):
            own = entity.name.split()
            if entity.kind == "person" and own[-1] == words[-1] and set(words) <= set(own):
                self.add_alias(number, text)
                return number
        return self.add(text, "person", gender_of(words[0]))

    def add(self, text: str, kind: ActorKind, gender: str | None = None) -> int:
        """Add an entity and return its number."""
        self.entities.append(Entity(text, kind, gender))
        number = len(self.entities) - 1
        self._by_name.setdefault(text.casefold(), number)
        return number

    def add_alias(self, number: int, text: str) -> None:
        """Give an entity another name."""
        if text != self.entities[number].name:
            self.entities[number].aliases.setdefault(text)
        self._by_name.setdefault(text.casefold(), number)

    def entity_of(self, text: str, label: str) -> int:
        """Return the entity that a name stands for, made new where none fits."""
        known = self._by_name.get(text.casefold())
        if known is None and (other := full_names().get(text.casefold())) is not None:
            known = self._by_name.get(other.casefold())
            if known is not None:
                self.add_alias(known, text)
                if len(text) > len(self.entities[known].name):
                    self.entities[known].name = text
        if known is not None:
            return known
        if len(text.split()) == 1:
            person = self.person_by_one_word(text)
            if person is not None:
                self.add_alias(person, text)
                return person
        if label == "PER":
            return self.add_person(text)
        longer = [i for i, e in enumerate(self.entities) if e.kind == "organisation" and e.name.startswith(text + " ")]
        if len(longer) == 1 and self._comes_first(self.entities[longer[0]].name, text):
            self.add_alias(longer[0], text)
            return longer[0]
        return self.add(text, cast("ActorKind", KINDS[label]))

    def _comes_first(self, full: str, short: str) -> bool:
        """Say whether a full name stands in the article before its first word does by itself."""
        return self.article.text.find(full) <= self.article.text.find(short)

    def person_by_one_word(self, word: str) -> int | None:
        """Return the one person whose surname, or else first name, a word is; None where two share it."""
        for place in (-1, 0):
            fitting = [
                i
                for i, e in enumerate(self.entities)
                if e.kind == "person" and len(e.name.split()) > 1 and e.name.split()[place] in (word, word.rstrip("s"))
            ]
            if len(fitting) == 1:
                return fitting[0]
            if fitting:
                return None
        return None

    def sight(self, span: Span, block: int, entity: int, kind: MentionKind, rule: str, token: Token) -> None:
        """Record that an entity stands at a place, named by a token."""
        held = self.entities[entity]
        if span not in held.mentions:
            held.mentions[span] = Mention(span.start, span.end, kind, rule)
            self.sightings.append(Sighting(span, block, entity, is_subject(token)))

    def sort(self) -> None:
        """Put the sightings in text order."""
        self.sightings.sort(key=lambda s: s.span)

    def before(self, position: int, block: int, reach: int = REACH) -> Iterator[Sighting]:
        """Yield the sightings before a place, the nearest first, not farther back than so many blocks."""
        for sighting in reversed(self.sightings):
            if sighting.span.end <= position and sighting.block >= block - reach:
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
        return self._by_name.get(name.casefold())

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

    def id(self, number: int) -> str:
        """Return the id that an entity's actor has."""
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


def may_be_one_person(entity: Entity) -> bool:
    """Say whether an unnamed actor may be a single person."""
    head = indefinite(entity.name.split()[-1].lower())
    return any(is_role(indefinite(w.lower())) for w in entity.name.split()[:3]) or is_role(head)
