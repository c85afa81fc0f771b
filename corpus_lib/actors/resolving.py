"""Who is this mention? Names, pronouns, roles and nouns → the entities of an article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from types import MappingProxyType
from typing import TYPE_CHECKING

from corpus_lib.actors.mentions import (
    FEMALE,
    PLURAL,
    PRONOUNS,
    SPEAKER,
    base_name,
    citation,
    named_by,
    parts_of,
)
from corpus_lib.actors.nouns import gender_of_role, indefinite, is_outlet, is_role, stem_of
from corpus_lib.actors.register import REACH, Context, Register, Resolution, may_be_one_person
from corpus_lib.language.lexicon import words_of
from corpus_lib.model import MentionKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_NARRATED = frozenset({"han", "hun", "ho"})
_DEFINITE = re.compile(r"(?:en|et|a|ene|ane|ar|er|n)$")
_AGE = re.compile(r"^\d+-åring")

SALIENCE = MappingProxyType(
    {
        "block_back": -0.8,
        "rank": -0.3,
        "subject": 1.0,
        "last_speaker": 0.6,
        "new_subject": 0.8,
        "introduced": 0.5,
        "gender_unknown": -0.4,
        "spoken": -3.0,
        "unnamed": -0.8,
    }
)
"""What makes a person the one a pronoun means; weights chosen on training documents."""


class Cast(Register):
    """The actors of one article, growing as mentions are resolved."""

    def resolve(self, mention: Tokens, block: int, context: Context) -> Resolution:
        """Return whom a mention names: the entity of its name, of its pronoun, or of its role.

        A mention of two, «Hansen og Olsen», gives both.
        """
        if not any(c.isalnum() for c in mention.text):
            return Resolution((), "noun phrase: nothing named")
        parts = parts_of(mention)
        found = [self._resolve_one(part, mention, block, context) for part in parts]
        entities = tuple(dict.fromkeys(e for r in found for e in r.entities))
        return Resolution(entities, found[0].rule)

    def _resolve_one(self, head: Token, mention: Tokens, block: int, context: Context) -> Resolution:
        lowered = head.lower_
        parsed = self.parsed.blocks[block]
        if lowered in PRONOUNS and len(mention) <= 2 and not head.ent_type_:
            resolution = self._pronoun(lowered, parsed.span(head), block, context)
        elif (named := named_by(head, mention)) is not None:
            entity = self.entity_of(base_name(named), named.label_)
            return Resolution((entity,), "name")
        elif (known := self._known_word(head)) is not None:
            return Resolution((known,), "name")
        else:
            resolution = self._noun(head, mention, block, context)
        kind: MentionKind = "pronoun" if lowered in PRONOUNS else "role"
        for entity in resolution.entities:
            self.sight(parsed.of(mention), block, entity, kind, resolution.rule, head)
        self.sort()
        return resolution

    def _known_word(self, head: Token) -> int | None:
        """Return the entity of a capitalised word that is a name elsewhere in the article."""
        if not head.text[:1].isupper():
            return None
        known = self._by_name.get(head.text.casefold())
        return self.person_by_one_word(head.text) if known is None else known

    def _pronoun(self, word: str, span: Span, block: int, context: Context) -> Resolution:
        recent = context.last_block >= block - REACH
        if word in SPEAKER:
            return Resolution(context.last_speakers if recent else (), "pronoun: the speaker")
        if word in PLURAL:
            return self._plural(span, block, context)
        wanted = "f" if word in FEMALE else "m"
        best: tuple[float, int] | None = None
        seen: list[int] = []
        for sighting in self.before(span.start, block):
            entity = self.entities[sighting.entity]
            if entity.kind not in ("person", "unnamed") or entity.gender not in (None, wanted):
                continue
            if entity.kind == "unnamed" and not may_be_one_person(entity):
                continue
            if sighting.entity not in seen:
                seen.append(sighting.entity)
            new = sighting.span.start > context.last_end
            signs = {
                "block_back": block - sighting.block,
                "rank": seen.index(sighting.entity),
                "subject": sighting.subject,
                "last_speaker": sighting.entity in context.last_speakers and recent,
                "new_subject": sighting.subject and new,
                "introduced": new and next(iter(entity.mentions)) == sighting.span,
                "gender_unknown": entity.gender is None,
                "spoken": any(sighting.span.within(s) for s in context.spoken),
                "unnamed": entity.kind == "unnamed",
            }
            score = sum(SALIENCE[sign] * value for sign, value in signs.items())
            if best is None or score > best[0]:
                best = score, sighting.entity
        if best is None:
            return Resolution((), "pronoun: nobody fits")
        self.entities[best[1]].gender = self.entities[best[1]].gender or wanted
        return Resolution((best[1],), "pronoun: most salient person")

    def _plural(self, span: Span, block: int, context: Context) -> Resolution:
        if len(context.last_speakers) > 1 and context.last_block >= block - 2:
            return Resolution(context.last_speakers, "pronoun: the last speakers")
        last = [i for i in context.last_speakers if self.entities[i].kind != "person"]
        if last and context.last_block >= block - 2:
            return Resolution(tuple(last), "pronoun: the last speaker, a body")
        for sighting in self.before(span.start, block, 2):
            if self.entities[sighting.entity].kind in ("organisation", "group", "unnamed") and sighting.subject:
                return Resolution((sighting.entity,), "pronoun: the last body")
        return Resolution((), "pronoun: nobody fits")

    def _noun(self, head: Token, mention: Tokens, block: int, context: Context) -> Resolution:
        position = self.parsed.blocks[block].of(mention).start
        noun = head.lower_
        if _AGE.match(noun) or noun.endswith(tuple(words_of("persons.toml", "epithets"))):
            person = self._epithet(position, block, context)
            return self._found(person, "role: an epithet of the person spoken of") or self._unnamed(mention, head)
        bare = head.i == mention.start
        return (
            self._as_group(noun, position)
            or self._as_outlet(noun, position, block)
            or self._as_role(head, mention, block, context)
            or (self._as_body(noun, position, block) if bare else None)
            or self._as_person(head, mention, block, context)
            or self._unnamed(mention, head)
        )

    def _found(self, entity: int | None, rule: str) -> Resolution | None:
        return None if entity is None else Resolution((entity,), rule)

    def _as_group(self, noun: str, position: int) -> Resolution | None:
        group = self._group_before(position) if noun in words_of("persons.toml", "groups") else ()
        return Resolution(group, "role: the people named together before") if group else None

    def _as_outlet(self, noun: str, position: int, block: int) -> Resolution | None:
        if noun not in words_of("persons.toml", "outlets"):
            return None
        found = self.recent(position, block, ("organisation",), is_outlet, subject=True)
        found = self.recent(position, block, ("organisation",), is_outlet) if found is None else found
        return self._found(found, "role: the outlet named before")

    def _as_role(self, head: Token, mention: Tokens, block: int, context: Context) -> Resolution | None:
        given = self._given_role(head.lower_)
        stem = given or indefinite(head.lower_.rpartition("-")[2])
        owner = next((e for e in mention.ents if e.end <= head.i + 1 and e.text.endswith("s")), None)
        if not (given or is_role(stem)) or not (_is_definite(head) or owner is not None or len(mention) == 1):
            return None
        position = self.parsed.blocks[block].of(mention).start
        return self._found(self._by_role(stem, owner, position, block, context), "role: introduced with it")

    def _as_body(self, noun: str, position: int, block: int) -> Resolution | None:
        body = self._body_of_noun(noun, position, block)
        if body is not None:
            return Resolution((body,), "role: the body whose name ends in it")
        if noun not in words_of("persons.toml", "anaphoric_bodies"):
            return None
        found = self.recent(position, block, ("organisation",), lambda name: not is_outlet(name), subject=True)
        return self._found(found, "role: the body named before")

    def _as_person(self, head: Token, mention: Tokens, block: int, context: Context) -> Resolution | None:
        """Return the last speaker, or the person named before, for a bare definite role nobody was introduced with."""
        if not (is_role(indefinite(head.lower_.rpartition("-")[2])) and _is_definite(head) and len(mention) == 1):
            return None
        near = context.last_speakers and context.last_block >= block - 2
        if near and self.entities[context.last_speakers[0]].kind == "person":
            return Resolution(context.last_speakers[:1], "role: the last speaker")
        return self._recent_person(self.parsed.blocks[block].of(mention).start, block, "role: the person named before")

    def _by_role(self, stem: str, owner: Tokens | None, position: int, block: int, context: Context) -> int | None:
        fitting = [
            i
            for i, e in enumerate(self.entities)
            if any(r == stem or r.endswith(stem) or (len(r) > 4 and stem.endswith(r)) for r in e.roles)
        ]
        if owner is not None:
            base = base_name(owner).removesuffix("s")
            fitting = [i for i in fitting if self.entities[i].affiliation in (None, base)]
        if len(fitting) <= 1:
            return fitting[0] if fitting else None
        if set(fitting) & set(context.last_speakers):
            return next(i for i in context.last_speakers if i in fitting)
        return next((s.entity for s in self.before(position, block, 99) if s.entity in fitting), fitting[0])

    def _group_before(self, position: int) -> tuple[int, ...]:
        """Return the people last named together, «A, B og C», before a position."""
        return next((g for at, g in reversed(self.groups) if at < position), ())

    def _given_role(self, noun: str) -> str | None:
        """Return the role of a person of this article that a definite noun takes up: «turgåaren» → «turgåar»."""
        given = {r for e in self.entities for r in e.roles}
        forms = (noun.removesuffix(ending) for ending in ("en", "n", "et", "a", "ene", "ane") if noun.endswith(ending))
        return next((form for form in forms if form in given), None)

    def _body_of_noun(self, noun: str, position: int, block: int) -> int | None:
        """Return the body last named whose name ends in a noun: «retten» → «Drammen tingrett»."""
        if noun not in words_of("persons.toml", "institutions") or noun == "politiet":
            return None
        stems = {noun, noun.removesuffix("en"), noun.removesuffix("et"), noun.removesuffix("a")}
        for sighting in self.before(position, block, 99):
            entity = self.entities[sighting.entity]
            name = entity.name.casefold()
            longer = name != noun and any(len(s) > 3 and name.endswith(s) for s in stems)
            if entity.kind in ("organisation", "state") and longer:
                return sighting.entity
        return None

    def _epithet(self, position: int, block: int, context: Context) -> int | None:
        """Return whom an epithet names: the newest subject close by, the last speaker, or who is most spoken of."""
        near = self.recent_subject(position, block)
        if near is not None:
            return near
        if context.last_block >= block - 2 and context.last_speakers:
            last = context.last_speakers[0]
            if self.entities[last].kind == "person":
                return last
        return self._protagonist(position, block)

    def _protagonist(self, position: int, block: int) -> int | None:
        """Return the person with most mentions before a position."""
        seen = [s.entity for s in self.before(position, block, 99) if self.entities[s.entity].kind == "person"]
        return max(dict.fromkeys(seen), key=seen.count, default=None)

    def _recent_person(self, position: int, block: int, rule: str) -> Resolution | None:
        found = self.recent(position, block, ("person",), lambda _: True)
        return None if found is None else Resolution((found,), rule)

    def _unnamed(self, mention: Tokens, head: Token) -> Resolution:
        text = citation(mention, head)
        known = self._by_name.get(text.casefold())
        if known is None and len(mention) == 1:
            known = self._same_noun(head)
        if known is None:
            known = self.add(text, "unnamed", gender_of_role(indefinite(head.lower_)))
        return Resolution((known,), "noun phrase: not named in the text")

    def _same_noun(self, head: Token) -> int | None:
        """Return the unnamed actor that a bare noun takes up again: «kilden» → «en anonym kilde»."""
        stem = stem_of(head.lower_)
        for number in range(len(self.entities) - 1, -1, -1):
            entity = self.entities[number]
            if entity.kind == "unnamed" and any(stem_of(w.lower()) == stem for w in entity.name.split()[:4]):
                return number
        return None

    def follow(self, start: int, end: int, context: Context) -> None:
        """Read on from one place to another: resolve the pronouns of the narration, so that they carry on a person."""
        starts = [block.start for block in self.parsed.blocks]
        for number in range(max(0, bisect_right(starts, start) - 1), bisect_left(starts, end)):
            block = self.parsed.blocks[number]
            for token in block.doc:
                place = block.span(token)
                if token.lower_ not in _NARRATED or not start <= place.start < end:
                    continue
                if any(place.within(s) for s in context.spoken):
                    continue
                for entity in self._pronoun(token.lower_, place, number, context).entities:
                    self.sight(place, number, entity, "pronoun", "pronoun: carried on", token)
        self.sort()

    def recent_subject(self, position: int, block: int) -> int | None:
        """Return the person who was last a subject, in this block or the one before."""
        return next(
            (
                s.entity
                for s in self.before(position, block, 1)
                if s.subject and self.entities[s.entity].kind == "person"
            ),
            None,
        )


def _is_definite(head: Token) -> bool:
    return "Def" in head.morph.get("Definite", []) or bool(_DEFINITE.search(head.lower_))
