"""Who an article names, by what names and where: the records, and the questions that change nothing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from corpus_lib.actors.nouns import (
    Sort,
    belongs_to,
    bodies_of_office,
    indefinite,
    is_role,
    noun_of_body,
    speaks_for_body,
)
from corpus_lib.actors.spelling import key_of, nickname, plain, surnames, words_of_name
from corpus_lib.language.facts import names_for, state_with_capital
from corpus_lib.model import Actor, ActorKind, Article, Mention, Quote, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

    from corpus_lib.language import Parsed

REACH = 6
"""How many blocks back a pronoun may look for its person."""

_MOST_BODIES = 100
"""So many bodies of one noun, the first of them, are looked at for an office that answers for them."""


@dataclass(slots=True)
class Entity:
    """An actor in the making.

    Attributes
    ----------
    nouns
        The nouns that say what it is, beside its roles: «X er en klubb».
    sort, plural, lemma
        What the noun names that an actor without a name is called by, whether it is a plural, and its citation form.
    modifiers, noun_class
        The adjectives, numbers and names before that noun, and its class in the lexicon.
    """

    name: str
    kind: ActorKind
    gender: str | None = None
    gender_by_pronoun: bool = False
    aliases: dict[str, None] = field(default_factory=dict)
    roles: dict[str, None] = field(default_factory=dict)
    affiliation: str | None = None
    age: str | None = None
    beside: dict[str, None] = field(default_factory=dict)
    nouns: dict[str, None] = field(default_factory=dict)
    sort: Sort | None = None
    plural: bool = False
    lemma: str = ""
    modifiers: frozenset[str] = frozenset()
    noun_class: str = ""
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
    """Whom a mention names (entity numbers, none for nobody), by which rule, and how sure that is.

    Attributes
    ----------
    others
        Who else might be meant, with the probability of each, the likeliest first.
    features
        What the choice was made by, where it was learned.
    """

    entities: tuple[int, ...]
    rule: str
    probability: float = 1.0
    others: tuple[tuple[tuple[int, ...], float], ...] = ()
    task: str = ""
    features: Mapping[str, float] = field(default_factory=dict, repr=False, compare=False)


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


class Known:
    """The actors of an article, their names and places; nothing that is asked of it changes it."""

    def __init__(self, article: Article, parsed: Parsed) -> None:
        self.article = article
        self.parsed = parsed
        self.entities: list[Entity] = []
        self.sightings: list[Sighting] = []
        self.groups: list[tuple[int, tuple[int, ...]]] = []
        self._by_id: dict[str, int] = {}
        self._by_name: dict[str, int] = {}
        self._by_word: dict[str, dict[int, None]] = {}
        self._sentences = [b.start + s.start_char for b in parsed.blocks for s in b.sentences()]

    def _take(self, other: Known) -> None:
        """Take over what another has noted."""
        self.entities, self.sightings, self.groups = other.entities, other.sightings, other.groups
        self._by_id, self._by_name, self._by_word = other._by_id, other._by_name, other._by_word

    def _named_with(self, word: str) -> list[int]:
        """Return the entities that have a word in their name, in the order in which they came."""
        return sorted(self._by_word.get(plain(word), ()))

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
        by_half = [i for i, words in full if not called.isdisjoint(surnames(words[-1]))]
        by_first_name = [i for i, words in full if called & {words[0], nickname(self.entities[i].name)}]
        return by_surname or by_half or by_first_name or [i for i, words in full if not called.isdisjoint(words)]

    def sentence(self, position: int) -> int:
        """Return the number of the sentence that holds a place."""
        return bisect_right(self._sentences, position) - 1

    def sentence_span(self, position: int) -> Span:
        """Return the sentence that holds a place, up to where the next one begins."""
        number = max(0, self.sentence(position))
        ends = (*self._sentences[number + 1 : number + 2], len(self.article.text))
        return Span(self._sentences[number], ends[0])

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

    def state_of_capital(self, number: int) -> int | None:
        """Return the state whose capital stands for it, where the article names it: «Moskva avviser …» → Russland."""
        state = state_with_capital(self.entities[number].name) if self.entities[number].kind == "state" else None
        names = () if state is None else (state, *sorted(names_for(state)))
        known = (n for name in names if (n := self.number(name)) is not None and n != number)
        return next((n for n in known if self.entities[n].kind == "state"), None)

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
        nouns = {noun for role in roles for noun in bodies_of_office(role)}
        bodies = sorted(i for noun in nouns for i in self._by_noun.get(noun, ()) if i != number)
        named = [i for i in bodies if " " in self.entities[i].name]
        placed = [i for i in named if any(self.entities[i].name.partition(" ")[0] in r for r in roles)]
        return [i for i in bodies if i not in named or i in placed or (not placed and len(named) == 1)]

    @cached_property
    def _by_noun(self) -> Mapping[str, Sequence[int]]:
        """The bodies by the noun that their name ends in; asked for when all the actors are known."""
        found: dict[str, list[int]] = {}
        for number, entity in enumerate(self.entities):
            noun = None if entity.kind == "person" else noun_of_body(entity.name)
            if noun is not None and len(held := found.setdefault(noun, [])) < _MOST_BODIES:
                held.append(number)
        return found

    def recent_subject(self, position: int, block: int) -> int | None:
        """Return the person who was last a subject, in this block or the one before."""
        return self.recent(position, block, ("person",), lambda _: True, subject=True, reach=1)

    def id(self, number: int) -> str:
        """Return the id that an entity's actor has in the records."""
        return f"a{number + 1}"

    def ids(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """Return the ids that entities' actors have in the records; `numbers` is the way back."""
        return tuple(map(self.id, numbers))

    def numbers(self, ids: Iterable[str]) -> tuple[int, ...]:
        """Return the entities whose actors have some ids."""
        return tuple(self._by_id[i] for i in ids)

    def speakers(self, quote: Quote | None) -> tuple[int, ...]:
        """Return the entities that say a quotation, the first of them first; nobody where there is none."""
        return () if quote is None else self.numbers(quote.speakers)

    def actors(self, used: Collection[str] = ()) -> tuple[Actor, ...]:
        """Return the actors, as records: all that have a name, and of the others those that are referred to.

        Parameters
        ----------
        used
            Ids that are referred to.
        """
        listed = [(i, e) for i, e in enumerate(self.entities) if e.kind != "unnamed" or self.id(i) in used]
        ids = {e.name.casefold(): self.id(i) for i, e in reversed(listed)}
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
            for i, e in listed
        )


def may_be_one_person(entity: Entity) -> bool:
    """Say whether an unnamed actor may be a single person."""
    return _may_call_one_person(entity.name)


@lru_cache(maxsize=20_000)
def _may_call_one_person(name: str) -> bool:
    words = name.lower().split()
    if not words or words[0].endswith(("ene", "ane", "erne")):  # «elevene»
        return False
    return any(is_role(indefinite(word)) for word in (*words[:3], words[-1]))
