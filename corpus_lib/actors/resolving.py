"""Who is this mention? Names, pronouns, roles and nouns → the entities of an article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from corpus_lib.actors.mentions import (
    FEMALE,
    INDEFINITE,
    PLURAL,
    PRONOUNS,
    SPEAKER,
    base_name,
    citation,
    named_by,
    parts_of,
)
from corpus_lib.actors.nouns import gender_of_role, indefinite, is_outlet, is_party, is_role, may_name_outlet
from corpus_lib.actors.register import REACH, Context, Entity, Register, Resolution
from corpus_lib.actors.salience import candidates, choose
from corpus_lib.language.lexicon import words_of
from corpus_lib.language.syntax import stem
from corpus_lib.model import Article, MentionKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from corpus_lib.language import Parsed

_NARRATED = frozenset({"han", "hun", "ho"})
_DEFINITE = re.compile(r"(?:en|et|a|ene|ane|ar|er|n)$")
_PLACED = r"i (?-i:[A-ZÆØÅ][\w-]{1,30}(?: [A-ZÆØÅ][\w-]{1,30}){0,3})"
_AGE = re.compile(r"^\d+-åring")


class Cast(Register):
    """The actors of one article, growing as mentions are resolved."""

    def __init__(self, article: Article, parsed: Parsed) -> None:
        super().__init__(article, parsed)
        self._holding: dict[str, tuple[int, set[int]]] = {}

    def resolve(self, mention: Tokens, block: int, context: Context) -> Resolution:
        """Return whom a mention names: the entity of its name, of its pronoun, or of its role.

        A mention of two, «Hansen og Olsen», gives both.
        """
        if not any(c.isalnum() for c in mention.text):
            return Resolution((), "noun phrase: nothing named")
        parts = parts_of(mention)
        found = [self._resolve_one(part, _own_words(part, mention, parts), block, context) for part in parts]
        entities = tuple(dict.fromkeys(e for r in found for e in r.entities))
        return Resolution(entities, found[0].rule)

    def _resolve_one(self, head: Token, mention: Tokens, block: int, context: Context) -> Resolution:
        lowered = head.lower_
        parsed = self.parsed.blocks[block]
        if lowered in PRONOUNS and len(mention) <= 2 and not head.ent_type_:
            resolution = self._pronoun(lowered, parsed.span(head), block, context, "speaker")
        elif (named := named_by(head, mention)) is not None:
            entity = self.entity_named(base_name(named), named.label_, parsed.of(named).start)
            return Resolution((entity,), "name")
        elif (known := self._known_word(head)) is not None:
            return Resolution((known,), "name")
        else:
            resolution = self._noun(head, mention, block, context)
        kind: MentionKind = "pronoun" if lowered in PRONOUNS else "role"
        for entity in resolution.entities:
            self.sight(parsed.of(mention), block, entity, kind, resolution.rule, head)
        return resolution

    def _known_word(self, head: Token) -> int | None:
        """Return the entity of a capitalised word that is a name elsewhere in the article."""
        if not head.text[:1].isupper():
            return None
        known = self.number(head.text)
        return self.person_by_one_word(head.text) if known is None else known

    def _pronoun(self, word: str, span: Span, block: int, context: Context, asks: str) -> Resolution:
        recent = context.last_block >= block - REACH
        if word in SPEAKER:
            return Resolution(context.last_speakers if recent else (), "pronoun: the speaker")
        if word in PLURAL:
            return self._plural(span, block, context)
        gender = "f" if word in FEMALE else "m"
        best = choose(candidates(self, span, block, context, gender=gender, asks=asks))
        if best is None:
            return Resolution((), "pronoun: nobody fits")
        entity = self.entities[best]
        if entity.gender is None:
            entity.gender, entity.gender_by_pronoun = gender, True
        return Resolution((best,), "pronoun: most salient person")

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
            person = self._salient(head, mention, block, context)
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
        if not noun.endswith(tuple(words_of("persons.toml", "outlets"))):
            return None
        fits = partial(may_name_outlet, noun)
        found = self.recent(position, block, ("organisation",), fits, subject=True)
        found = self.recent(position, block, ("organisation",), fits) if found is None else found
        if found is None:
            named = [i for i, e in enumerate(self.entities) if e.kind == "organisation" and fits(e.name)]
            found = named[0] if len(named) == 1 else None
        return self._found(found, "role: the outlet named before")

    def _as_role(self, head: Token, mention: Tokens, block: int, context: Context) -> Resolution | None:
        given = self._given_role(head.lower_)
        stem = given or _role_in(head)
        owner = next((e for e in mention.ents if e.end <= head.i + 1 and e.text.endswith("s")), None)
        if not (given or is_role(stem)) or not (_is_definite(head) or owner is not None or len(mention) == 1):
            return None
        position = self.parsed.blocks[block].of(mention).start
        return self._found(self._of_role(stem, owner, position, block, context), "role: introduced with it")

    def _as_body(self, noun: str, position: int, block: int) -> Resolution | None:
        if noun in ("partiet", "parti") and (party := self._last_body(position, block, is_party)) is not None:
            return Resolution((party,), "role: the party named before")
        body = self._body_of_noun(noun, position, block)
        if body is not None:
            return Resolution((body,), "role: the body whose name ends in it")
        if noun not in words_of("persons.toml", "anaphoric_bodies"):
            return None
        found = self._last_body(position, block, lambda name: not is_outlet(name), first_part=noun)
        return self._found(found, "role: the body named before")

    def _last_body(self, position: int, block: int, fits: Callable[[str], bool], *, first_part: str = "") -> int | None:
        """Return the fitting body that was last a subject, or begins as a compound does, or was last named."""
        found = self.recent(position, block, ("organisation",), fits, subject=True)
        if found is None and first_part:
            found = self._of_first_part(first_part, position, block)
        return self.recent(position, block, ("organisation",), fits) if found is None else found

    def _of_first_part(self, noun: str, position: int, block: int) -> int | None:
        """Return the body named most before whose name begins as a compound does: «helseforetaket» → Helse Nord."""
        before = [s.entity for s in self.before(position, block, 99)]
        named = {i: e.name.casefold() for i in dict.fromkeys(before) if (e := self.entities[i]).kind == "organisation"}
        fitting = [i for i, name in named.items() if " " in name and noun.startswith(name.split()[0])]
        return max(fitting, key=before.count, default=None)

    def _as_person(self, head: Token, mention: Tokens, block: int, context: Context) -> Resolution | None:
        """Return the most salient person, for a definite role nobody was introduced with: «den nye lederen»."""
        role = _role_in(head)
        if not (is_role(role) and _is_definite(head)):
            return None
        person = self._salient(head, mention, block, context)
        office = any(role.endswith(o) for o in words_of("persons.toml", "offices"))
        if person is not None and office and any(r not in (role, role[-len(r) :]) for r in self.entities[person].roles):
            return None
        alone = len(mention) == 1 or mention[0].lower_ in ("den", "denne")
        goes_on = person in context.last_speakers and context.last_block >= block - 1 and head.i == mention.start
        return self._found(person, "role: most salient person") if alone or goes_on else None

    def _salient(self, head: Token, mention: Tokens, block: int, context: Context) -> int | None:
        """Return the person a role or an epithet most likely takes up; None for a plural."""
        if "Plur" in head.morph.get("Number", []):
            return None
        gender = gender_of_role(indefinite(head.lower_))
        span = self.parsed.blocks[block].of(mention)
        return choose(candidates(self, span, block, context, gender=gender, asks="role"))

    def _of_role(self, stem: str, owner: Tokens | None, position: int, block: int, context: Context) -> int | None:
        roles = (r for r in self._by_role if r == stem or r.endswith(stem) or (len(r) > 4 and stem.endswith(r)))
        fitting = sorted({i for r in roles for i in self._by_role[r]})
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
        forms = (noun.removesuffix(ending) for ending in ("en", "n", "et", "a", "ene", "ane") if noun.endswith(ending))
        return next((form for form in forms if form in self._by_role), None)

    def _body_of_noun(self, noun: str, position: int, block: int) -> int | None:
        """Return the body whose name holds a noun: «retten» → «Drammen tingrett», «rederiet» → «Rederiet Ugland».

        Of several named before the one most often named; where none is, the only one named later.
        """
        if noun == "politiet" or len(stem(noun)) < 4:
            return None
        named = self._named_by_noun(noun)
        before = [s.entity for s in self.before(position, block, 99) if s.entity in named]
        if not before and len(named) == 1:
            return next(iter(named))
        return max(dict.fromkeys(before), key=before.count, default=None)

    def _named_by_noun(self, noun: str) -> set[int]:
        """Return the named entities whose names hold a noun; what was asked before is not read again."""
        read, named = self._holding.get(noun, (0, set()))
        later = range(read, len(self.entities))
        named |= {i for i in later if self.entities[i].kind != "unnamed" and self._holds(self.entities[i], noun)}
        self._holding[noun] = len(self.entities), named
        return named

    def _holds(self, entity: Entity, noun: str) -> bool:
        """Say whether a body is called by a noun: it stands before a name of it, is one of its words or its end."""
        if entity.kind != "person" and any(stem(role).endswith(stem(noun)) for role in entity.roles):
            return True
        return any(_has_noun(name, noun) for name in (entity.name, *entity.aliases))

    def _unnamed(self, mention: Tokens, head: Token) -> Resolution:
        text = citation(mention, head)
        known = self.number(text)
        if known is None and (len(mention) == 1 or mention[0].lower_ in INDEFINITE):
            known = self._same_noun(head, bare=len(mention) > 1)
        if known is None:
            full = self._fullest(text) if len(mention) == 1 else text
            known = self.number(full)
            if known is None:
                known = self.add(full, "unnamed", gender_of_role(indefinite(head.lower_)))
            self.add_alias(known, text)
        return Resolution((known,), "noun phrase: not named in the text")

    def _fullest(self, noun: str) -> str:
        """Return a bare noun with the place or the owner that the article gives it elsewhere.

        «Myndighetene» «i Cotonou»; «Ap-gruppen» is «Aps bystyregruppe».
        """
        owner, _, rest = noun.rpartition("-")
        if owner and len(rest) > 4:
            owned = rf"\b({re.escape(owner)}s? \w{{0,20}}{re.escape(stem(rest))}\w{{0,3}})\b"
            full = set(re.findall(owned, self.article.text, re.IGNORECASE))
            return str(full.pop()) if len(full) == 1 else noun
        behind = set(re.findall(rf"\b{re.escape(noun)}( {_PLACED})", self.article.text, re.IGNORECASE))
        return noun + behind.pop() if len(behind) == 1 else noun

    def _same_noun(self, head: Token, *, bare: bool) -> int | None:
        """Return the unnamed actor that a noun takes up again: «kilden» → «en anonym kilde».

        What introduces somebody by an indefinite noun may only be one known by the `bare` noun, in the singular.
        """
        own = stem(head.lower_)
        for number in range(len(self.entities) - 1, -1, -1):
            entity = self.entities[number]
            if bare and (" " in entity.name or "Plur" in head.morph.get("Number", [])):
                continue
            if entity.kind == "unnamed" and any(stem(w.lower()) == own for w in entity.name.split()[:4]):
                return number
        return None

    def follow(self, start: int, end: int, context: Context) -> None:
        """Read on from one place to another: resolve the pronouns of the narration, so that they carry on a person."""
        blocks = self.parsed.blocks
        first = max(0, bisect_right(blocks, start, key=lambda b: b.start) - 1)
        for number in range(first, bisect_left(blocks, end, key=lambda b: b.start)):
            block = blocks[number]
            for token in block.doc[block.index(start) : block.index(end)]:
                if token.lower_ not in _NARRATED:
                    continue
                place = block.span(token)
                if context.is_spoken(place):
                    continue
                for entity in self._pronoun(token.lower_, place, number, context, "narrated").entities:
                    self.sight(place, number, entity, "pronoun", "pronoun: carried on", token)

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


def _own_words(part: Token, mention: Tokens, parts: Sequence[Token]) -> Tokens:
    """Return a pronoun by itself where it is joined with others: «han» of «han og Lie»."""
    return part.doc[part.i : part.i + 1] if len(parts) > 1 and part.lower_ in PRONOUNS else mention


def _has_noun(name: str, noun: str) -> bool:
    """Say whether a name ends in a noun, or has it as one of its words; a name is not its own noun."""
    lowered, own = name.casefold(), stem(noun)
    if lowered == noun:
        return False
    words = lowered.split()
    institution = noun in words_of("persons.toml", "institutions")
    plurals = {w.removesuffix("r") + "ne" for w in name.split()[1:] if w.islower() and w.endswith("r")}
    return noun in words or own in words or noun in plurals or (institution and lowered.endswith((own, noun)))


def _role_in(head: Token) -> str:
    """Return the role that a noun names: «spiller» of «Portsmouth-spilleren»."""
    return indefinite(head.lower_.rpartition("-")[2])


def _is_definite(head: Token) -> bool:
    return "Def" in head.morph.get("Definite", []) or bool(_DEFINITE.search(head.lower_))
