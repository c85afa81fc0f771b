"""The actors of one article as they become known: names, aliases, places."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from corpus_lib.actors.body_types import names_body, tells_legal_form
from corpus_lib.actors.known import Entity, Known, Sighting
from corpus_lib.actors.mentions import KINDS, is_subject
from corpus_lib.actors.nouns import full_names, is_local_body
from corpus_lib.actors.spelling import (
    definite_stems,
    is_acronym,
    key_of,
    misspells,
    one_letter_apart,
    parts_of_name,
    surnames,
    words_of_name,
)
from corpus_lib.language.facts import are_one, gender_of_given, well_known
from corpus_lib.language.names.gazetteer import kinds_of
from corpus_lib.model import ActorKind, Mention, MentionKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_GOES_BY = 10
"""How many times as often an abbreviation must stand as the full name to be what the article calls a body."""

_BY_FAR = 2
"""How many times as often as another a person must be named to be meant before being introduced."""

_OF_ALL = ("Norges ", "Noregs ", "Norsk ", "Norske ", "Den norske ", "Det norske ", "Statens ")
"""How the name of a body of the whole country begins: of several of one noun it is the one meant by the noun alone."""

_LONG_SURNAME = 6
"""How many letters a surname has that may be misspelt; of shorter ones two are two."""


class Register(Known):
    """Who has been named so far, written down as the article is read; a `Cast` is what it ends in."""

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
        known = well_known(text)
        return self.add(text, "person", gender_of_given(words[0]) if known is None else known.gender)

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
            self.rename(number, text)

    def rename(self, number: int, text: str) -> None:
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
        self._by_id[self.id(number)] = number
        self._note_words(number)
        self._by_name.setdefault(key_of(text), number)
        return number

    def _note_words(self, number: int) -> None:
        words = words_of_name(self.entities[number].name)
        for word in (*words, *(surnames(words[-1]) if len(words) > 1 else ())):
            self._by_word.setdefault(word, {}).setdefault(number)

    def give_role(self, number: int, role: str) -> None:
        """Say that an entity has a title or an office."""
        self.entities[number].roles.setdefault(role)

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
        if len(longer) == 1:
            full = self.entities[longer[0]].name
            if self._comes_first(full, text) or (label == "ORG" and tells_legal_form(full)):
                self.add_alias(longer[0], text)
                return longer[0]
        alike = [self._ending_in(text), self._in_the_other_form(text)] if label == "ORG" else []
        of_its_noun = next((number for number in alike if number is not None), None)
        if of_its_noun is not None:
            self.add_alias(of_its_noun, text)
            return of_its_noun
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
            self.rename(number, name)

    def _spelled_out(self, short: str) -> int | None:
        """Return the body whose initials an abbreviation is."""
        if not 2 <= len(short) <= 6 or not (short[0].isupper() and short[-1].isupper()):
            return None
        bodies = (i for i, e in enumerate(self.entities) if e.kind != "person" and is_acronym(short, e.name))
        return next(bodies, None)

    def _ending_in(self, short: str) -> int | None:
        """Return the body whose name ends in a noun that stands by itself with its ending: «Norges Fiskarlag»."""
        if " " in short or not names_body(short):
            return None
        listed = any(kind.startswith("ORG") for kind in kinds_of(short))
        held = {i: e.name for stem in definite_stems(short.lower()) for i, e in self._ended_by(stem)}
        known = [i for i, name in held.items() if not listed or are_one(short, name)]
        bodies = known or [i for i in held if is_local_body(short)]  # «Bondelaget» where no other is named
        of_all = [i for i in bodies if held[i].startswith(_OF_ALL)]
        return next((found[0] for found in (bodies, of_all) if len(found) == 1), None)

    def _in_the_other_form(self, text: str) -> int | None:
        """Return the body whose name differs by the definite ending of its last word alone: «Tokke kommunestyret»."""
        first, _, last = text.rpartition(" ")
        if not first or not last.islower():
            return None
        own = {last, *definite_stems(last)}
        for number in self._named_with(first.split()[0]):
            other, _, ending = self.entities[number].name.rpartition(" ")
            same = other == first and ending.islower() and not own.isdisjoint({ending, *definite_stems(ending)})
            if same and self.entities[number].kind == "organisation":
                return number
        return None

    def _ended_by(self, noun: str) -> Iterator[tuple[int, Entity]]:
        """Yield the bodies of a longer name that ends in a noun."""
        for number in sorted({i for word in (noun, noun.capitalize()) for i in self._named_with(word)}):
            entity = self.entities[number]
            if entity.kind == "organisation" and entity.name.lower().endswith(f" {noun}"):
                yield number, entity

    def _comes_first(self, full: str, short: str) -> bool:
        """Say whether a full name stands below the headline before its first word does by itself."""
        below = self.article.blocks[0].end if self.article.blocks and self.article.blocks[0].kind == "title" else 0
        at = self.article.text.find(full, below)
        return at >= 0 and at <= self.article.text.find(short, below)

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

    def sight(self, span: Span, block: int, entity: int, kind: MentionKind, rule: str, token: Token) -> None:
        """Record that an entity stands at a place, named by a token."""
        held = self.entities[entity]
        if span not in held.mentions:
            held.mentions[span] = Mention(span.start, span.end, kind, rule)
            insort(self.sightings, Sighting(span, block, entity, is_subject(token)), key=lambda s: s.span)
