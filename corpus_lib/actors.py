"""Who is who: `introduce` finds the actors of an article, `Cast.resolve` answers «who is this mention?»."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from corpus_lib.language.lexicon import words_in_lines, words_of
from corpus_lib.model import Actor, ActorKind, Article, Mention, MentionKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from corpus_lib.language import Parsed, ParsedBlock

FEMALE = frozenset({"hun", "ho", "henne", "hennes", "hennar", "hu"})
MALE = frozenset({"han", "ham", "hans", "honom"})
PLURAL = frozenset({"de", "dei", "dem"})
SPEAKER = frozenset({"jeg", "eg", "vi", "me", "meg", "oss"})
_NARRATED = frozenset({"han", "hun", "ho"})
PRONOUNS = FEMALE | MALE | PLURAL | SPEAKER

_KINDS: dict[str, ActorKind] = {"PER": "person", "ORG": "organisation", "GPE": "state", "LOC": "state"}
_PARTY = re.compile(r"^\(([A-ZÆØÅ][\w-]{0,14})\)")
_DEFINITE = re.compile(r"(?:en|et|a|ene|ane|ar|er|n)$")
_AGE = re.compile(r"^\d+-åring")
_WITHIN = frozenset({"i", "fra", "frå", "ved", "hos", "for", "av", "på"})
_ANAPHORIC_BODIES = frozenset(
    [
        "selskapet",
        "klubben",
        "klubba",
        "organisasjonen",
        "foreningen",
        "foreninga",
        "forbundet",
        "banken",
        "rederiet",
        "konsernet",
        "bedriften",
        "bedrifta",
        "verksemda",
        "virksomheten",
        "instituttet",
        "stiftelsen",
        "partiet",
        "forlaget",
        "universitetet",
        "etaten",
        "direktoratet",
        "tilsynet",
        "alliansen",
    ]
)
W = [0.8, 0.3, 1.0, 0.6, 0.8, 0.4, 3.0, 0.8, 0.5]
_REACH = 6
"""How many blocks back a pronoun may look for its person."""


@dataclass(slots=True)
class _Entity:
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
    """Whom a mention names (entity numbers, none for nobody), by which rule, and how sure that is."""

    entities: tuple[int, ...]
    rule: str
    sureness: float


@dataclass(frozen=True, slots=True)
class Context:
    """What the reading so far says: the last speakers, and where spoken words stand."""

    last_speakers: tuple[int, ...] = ()
    last_block: int = -99
    last_end: int = 0
    spoken: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Name:
    block: int
    tokens: Tokens
    span: Span
    text: str
    label: str


def introduce(article: Article, parsed: Parsed) -> Cast:
    """Find the named actors of an article and what it says of them: roles, affiliation, other names."""
    cast = Cast(article, parsed)
    names = _names(parsed)
    persons = [n for n in names if n.label == "PER"]
    for name in sorted(persons, key=lambda n: -len(n.text.split())):
        if len(name.text.split()) > 1:
            cast.add_person(name.text)
    for name in sorted(names, key=lambda n: -len(n.text.split())):
        entity = cast.entity_of(name.text, name.label)
        cast.sight(name.span, name.block, entity, "name", "name", name.tokens.root)
    for name in names:
        cast.describe(cast.entity_of(name.text, name.label), name.tokens, parsed.blocks[name.block])
    cast.sort()
    cast.give_bodies(names)
    cast.groups = _groups(names, cast)
    return cast


def _groups(names: Sequence[_Name], cast: Cast) -> list[tuple[int, tuple[int, ...]]]:
    """Return where two or more persons are named together, and who they are."""
    by_token = {(n.block, n.tokens.root.i): n for n in names if n.label == "PER"}
    groups = []
    for (block, _), name in by_token.items():
        root = name.tokens.root
        joined = [by_token[block, t.i] for t in root.conjuncts if t.i > root.i and (block, t.i) in by_token]
        if joined and root.dep_ != "conj":
            entities = tuple(dict.fromkeys(cast.entity_of(n.text, n.label) for n in (name, *joined)))
            groups.append((name.span.start, entities))
    return sorted(groups)


def _names(parsed: Parsed) -> list[_Name]:
    found = []
    for number, block in enumerate(parsed.blocks):
        for ent in block.doc.ents:
            if ent.label_ in _KINDS and any(c.isalpha() for c in ent.text):
                text = base_name(ent)
                label = "ORG" if ent.label_ == "PER" and is_outlet(text) else ent.label_
                found.append(_Name(number, ent, block.of(ent), text, label))
    known = {n.text for n in found}
    return [
        _Name(n.block, n.tokens, n.span, n.text[:-1], n.label)
        if n.text.endswith("s") and n.text[:-1] in known and n.label != "PER"
        else n
        for n in found
    ]


def base_name(ent: Tokens) -> str:
    """Return a name in its citation form: without a genitive ending, white space folded."""
    text = " ".join(ent.text.split())
    last = ent[-1]
    if text.endswith(("'", "’")):
        return text[:-1]
    if text.endswith(("'s", "’s")):
        return text[:-2]
    if text.endswith("s") and len(text) > 2 and "Gen" in last.morph.get("Case", []):
        return text[:-1]
    return text


def _is_subject(token: Token) -> bool:
    """Say whether a name is a subject, by itself or as the apposition of one («ambassadør Kari Lie»)."""
    while token.dep_.startswith(("appos", "flat", "nmod")) and not any(c.dep_ == "case" for c in token.lefts):
        token = token.head
    return bool(token.dep_.startswith("nsubj"))


class Cast:
    """The actors of one article, growing as mentions are resolved."""

    def __init__(self, article: Article, parsed: Parsed) -> None:
        self.article = article
        self.parsed = parsed
        self.entities: list[_Entity] = []
        self.sightings: list[Sighting] = []
        self.groups: list[tuple[int, tuple[int, ...]]] = []
        self._by_name: dict[str, int] = {}

    # -- names ---------------------------------------------------------------------------------------

    def add_person(self, text: str) -> int:
        """Return the person of a full name, new or known under a fuller one."""
        words = text.split()
        for number, entity in enumerate(self.entities):
            own = entity.name.split()
            if entity.kind == "person" and own[-1] == words[-1] and set(words) <= set(own):
                self._alias(number, text)
                return number
        return self._new(text, "person", _gender(words[0]))

    def _new(self, text: str, kind: ActorKind, gender: str | None = None) -> int:
        self.entities.append(_Entity(text, kind, gender))
        number = len(self.entities) - 1
        self._by_name.setdefault(text.casefold(), number)
        return number

    def _alias(self, number: int, text: str) -> None:
        if text != self.entities[number].name:
            self.entities[number].aliases.setdefault(text)
        self._by_name.setdefault(text.casefold(), number)

    def entity_of(self, text: str, label: str) -> int:
        """Return the entity that a name stands for, made new where none fits."""
        known = self._by_name.get(text.casefold())
        if known is None and (other := full_names().get(text.casefold())) is not None:
            known = self._by_name.get(other.casefold())
            if known is not None:
                self._alias(known, text)
        if known is not None:
            return known
        if len(text.split()) == 1:
            person = self._person_by_one_word(text)
            if person is not None:
                self._alias(person, text)
                return person
        if label == "PER":
            return self.add_person(text)
        longer = [i for i, e in enumerate(self.entities) if e.kind == "organisation" and e.name.startswith(text + " ")]
        if len(longer) == 1 and self._comes_first(self.entities[longer[0]].name, text):
            self._alias(longer[0], text)
            return longer[0]
        return self._new(text, _KINDS[label])

    def _comes_first(self, full: str, short: str) -> bool:
        """Say whether a full name stands in the article before its first word does by itself."""
        return self.article.text.find(full) <= self.article.text.find(short)

    def _person_by_one_word(self, word: str) -> int | None:
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
            self.sightings.append(Sighting(span, block, entity, _is_subject(token)))

    def sort(self) -> None:
        """Put the sightings in text order."""
        self.sightings.sort(key=lambda s: s.span)

    def describe(self, number: int, tokens: Tokens, block: ParsedBlock) -> None:
        """Read role, party and affiliation from the words around a name."""
        entity, doc = self.entities[number], block.doc
        after = doc[tokens.end :]
        party = _PARTY.match(after.text[:20].replace("( ", "("))
        if party and entity.kind == "person":
            entity.affiliation = entity.affiliation or party[1]
        elif party and entity.kind == "organisation" and party[1].isupper():
            self._alias(number, party[1])
        if entity.kind != "person":
            return
        self._role_before(entity, tokens, doc)
        self._role_after(entity, tokens, doc)

    def _role_before(self, entity: _Entity, tokens: Tokens, doc: object) -> None:
        before = tokens.doc[max(0, tokens.start - 1) : tokens.start]
        if not len(before) or not before[0].text[:1].isalpha():
            return
        word = before[0]
        prefix, _, rest = word.text.rpartition("-")
        lowered = (rest or word.text).lower()
        if not (is_role(lowered) or (word.pos_ == "NOUN" and word.text[0].islower())):
            return
        entity.roles.setdefault(lowered)
        if entity.gender is None:
            entity.gender = _role_gender(lowered)
        if prefix and prefix[0].isupper():
            entity.affiliation = entity.affiliation or prefix
        elif word.i and (owner := _name_at(tokens.doc, word.i - 1)) and owner.text.endswith(("s", "'", "’")):
            entity.affiliation = entity.affiliation or base_name(owner).removesuffix("s")

    def _role_after(self, entity: _Entity, tokens: Tokens, doc: object) -> None:
        rest = tokens.doc[tokens.end : tokens.end + 8]
        if not len(rest):
            return
        if rest[0].lower_ in _WITHIN and len(rest) > 1 and (body := _name_at(tokens.doc, rest[1].i)):
            if body.label_ in ("ORG", "GPE"):
                entity.affiliation = entity.affiliation or base_name(body)
            return
        if rest[0].text != ",":
            return
        for token in rest[1:5]:
            if token.text in ",.:–-":
                return
            lowered = token.lower_.rpartition("-")[2]
            if token.pos_ == "NOUN" and is_role(lowered):
                entity.roles.setdefault(_indefinite(lowered))
                following = tokens.doc[token.i + 1 : token.i + 3]
                body = _name_at(tokens.doc, following[1].i) if len(following) > 1 else None
                if body is not None and following[0].lower_ in _WITHIN:
                    entity.affiliation = entity.affiliation or base_name(body)
                return

    def give_bodies(self, names: Sequence[_Name]) -> None:
        """Give an officer without a stated body the one just spoken of: «Nato svarte. Generalsekretær X …»."""
        for name in names:
            entity = self.entities[self.entity_of(name.text, name.label)]
            before = name.tokens.doc[max(0, name.tokens.start - 1) : name.tokens.start]
            if (
                entity.kind != "person"
                or entity.affiliation
                or not len(before)
                or not speaks_for_body(before[0].lower_)
            ):
                continue
            body = self._recent(
                name.span.start,
                name.block,
                ("organisation", "state"),
                lambda n: not is_outlet(n),
                subject=True,
                reach=1,
            )
            if body is not None:
                entity.affiliation = self.entities[body].name

    # -- mentions ------------------------------------------------------------------------------------

    def resolve(self, mention: Tokens, block: int, context: Context) -> Resolution:
        """Return whom a mention names: the entity of its name, of its pronoun, or of its role.

        A mention of two, «Hansen og Olsen», gives both.
        """
        parts = _parts(mention)
        found = [self._resolve_one(part, mention, block, context) for part in parts]
        entities = tuple(dict.fromkeys(e for r in found for e in r.entities))
        return Resolution(entities, found[0].rule, min(r.sureness for r in found))

    def _resolve_one(self, head: Token, mention: Tokens, block: int, context: Context) -> Resolution:
        lowered = head.lower_
        parsed = self.parsed.blocks[block]
        if lowered in PRONOUNS and len(mention) <= 2 and not head.ent_type_:
            resolution = self._pronoun(lowered, parsed.span(head), block, context)
        elif (named := _named_by(head, mention)) is not None:
            entity = self.entity_of(base_name(named), named.label_)
            return Resolution((entity,), "name", 0.98)
        elif (known := self._known_word(head)) is not None:
            return Resolution((known,), "name", 0.9)
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
        return self._person_by_one_word(head.text) if known is None else known

    def _before(self, position: int, block: int, reach: int = _REACH) -> Iterator[Sighting]:
        for sighting in reversed(self.sightings):
            if sighting.span.end <= position and sighting.block >= block - reach:
                yield sighting

    def _pronoun(self, word: str, span: Span, block: int, context: Context) -> Resolution:
        recent = context.last_block >= block - _REACH
        if word in SPEAKER:
            return Resolution(context.last_speakers if recent else (), "pronoun: the speaker", 0.6)
        if word in PLURAL:
            return self._plural(span, block, context)
        wanted = "f" if word in FEMALE else "m"
        best: tuple[float, int] | None = None
        seen: list[int] = []
        for sighting in self._before(span.start, block):
            entity = self.entities[sighting.entity]
            if entity.kind not in ("person", "unnamed") or entity.gender not in (None, wanted):
                continue
            if entity.kind == "unnamed" and not _may_be_one_person(entity):
                continue
            if sighting.entity not in seen:
                seen.append(sighting.entity)
            score = -W[0] * (block - sighting.block) - W[1] * seen.index(sighting.entity)
            score += W[2] * sighting.subject + W[3] * (sighting.entity in context.last_speakers and recent)
            new = sighting.span.start > context.last_end
            score += W[4] * (sighting.subject and new)
            score += W[8] * (new and next(iter(entity.mentions)) == sighting.span)
            score -= W[5] * (entity.gender is None) + W[6] * any(sighting.span.within(s) for s in context.spoken)
            score -= W[7] * (entity.kind == "unnamed")
            if best is None or score > best[0]:
                best = score, sighting.entity
        if best is None:
            return Resolution((), "pronoun: nobody fits", 0.3)
        self.entities[best[1]].gender = self.entities[best[1]].gender or wanted
        return Resolution((best[1],), "pronoun: most salient person", 0.9 if len(seen) == 1 else 0.8)

    def _plural(self, span: Span, block: int, context: Context) -> Resolution:
        if len(context.last_speakers) > 1 and context.last_block >= block - 2:
            return Resolution(context.last_speakers, "pronoun: the last speakers", 0.7)
        last = [i for i in context.last_speakers if self.entities[i].kind != "person"]
        if last and context.last_block >= block - 2:
            return Resolution(tuple(last), "pronoun: the last speaker, a body", 0.7)
        for sighting in self._before(span.start, block, 2):
            if self.entities[sighting.entity].kind in ("organisation", "group", "unnamed") and sighting.subject:
                return Resolution((sighting.entity,), "pronoun: the last body", 0.6)
        return Resolution((), "pronoun: nobody fits", 0.3)

    def _noun(self, head: Token, mention: Tokens, block: int, context: Context) -> Resolution:
        lowered = head.lower_
        position = self.parsed.blocks[block].of(mention).start
        owner = next((e for e in mention.ents if e.end <= head.i + 1 and e.text.endswith("s")), None)
        definite = "Def" in head.morph.get("Definite", []) or bool(_DEFINITE.search(lowered))
        if _AGE.match(lowered) or lowered.endswith(tuple(words_of("persons.toml", "epithets"))):
            person = self._epithet(position, block, context)
            if person is not None:
                return Resolution((person,), "role: an epithet of the person spoken of", 0.6)
            return self._unnamed(mention, head)
        if lowered in words_of("persons.toml", "groups") and (group := self._group_before(position)):
            return Resolution(group, "role: the people named together before", 0.7)
        if lowered in words_of("persons.toml", "outlets"):
            found = self._recent(position, block, ("organisation",), is_outlet, subject=True)
            if found is None:
                found = self._recent(position, block, ("organisation",), is_outlet)
            if found is not None:
                return Resolution((found,), "role: the outlet named before", 0.8)
        given = self._given_role(lowered)
        stem = given or _indefinite(lowered.rpartition("-")[2])
        if (given or is_role(stem)) and (definite or owner is not None or len(mention) == 1):
            found = self._by_role(stem, owner, position, block, context)
            if found is not None:
                return Resolution((found,), "role: introduced with it", 0.9)
        if head.i == mention.start and (body := self._body_of_noun(lowered, position, block)) is not None:
            return Resolution((body,), "role: the body whose name ends in it", 0.8)
        if lowered in _ANAPHORIC_BODIES and head.i == mention.start:
            found = self._recent(position, block, ("organisation",), lambda name: not is_outlet(name), subject=True)
            if found is not None:
                return Resolution((found,), "role: the body named before", 0.7)
        person_like = is_role(stem) and definite and owner is None and len(mention) == 1
        if person_like and context.last_speakers and context.last_block >= block - 2:
            last = self.entities[context.last_speakers[0]]
            if last.kind == "person":
                return Resolution(context.last_speakers[:1], "role: the last speaker", 0.6)
        if person_like and (recent := self._recent_person(position, block, "role: the person named before")):
            return recent
        return self._unnamed(mention, head)

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
        return next((s.entity for s in self._before(position, block, 99) if s.entity in fitting), fitting[0])

    def _recent(
        self,
        position: int,
        block: int,
        kinds: Sequence[str],
        fits: Callable[[str], bool],
        *,
        subject: bool = False,
        reach: int = _REACH,
    ) -> int | None:
        for sighting in self._before(position, block, reach):
            entity = self.entities[sighting.entity]
            if entity.kind in kinds and fits(entity.name) and (sighting.subject or not subject):
                return sighting.entity
        return None

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
        for sighting in self._before(position, block, 99):
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
        seen = [s.entity for s in self._before(position, block, 99) if self.entities[s.entity].kind == "person"]
        return max(dict.fromkeys(seen), key=seen.count, default=None)

    def _recent_person(self, position: int, block: int, rule: str) -> Resolution | None:
        found = self._recent(position, block, ("person",), lambda _: True)
        return None if found is None else Resolution((found,), rule, 0.6)

    def _unnamed(self, mention: Tokens, head: Token) -> Resolution:
        text = citation(mention, head)
        known = self._by_name.get(text.casefold())
        if known is None and len(mention) == 1:
            known = self._same_noun(head)
        if known is None:
            known = self._new(text, "unnamed", _role_gender(_indefinite(head.lower_)))
        return Resolution((known,), "noun phrase: not named in the text", 0.8)

    def _same_noun(self, head: Token) -> int | None:
        """Return the unnamed actor that a bare noun takes up again: «kilden» → «en anonym kilde»."""
        stem = _stem(head.lower_)
        for number in range(len(self.entities) - 1, -1, -1):
            entity = self.entities[number]
            if entity.kind == "unnamed" and any(_stem(w.lower()) == stem for w in entity.name.split()[:4]):
                return number
        return None

    def follow(self, start: int, end: int, context: Context) -> None:
        """Read on from one place to another: resolve the pronouns of the narration, so that they carry on a person."""
        for number, block in enumerate(self.parsed.blocks):
            if block.start >= end or block.start + len(block.doc.text) <= start:
                continue
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
                for s in self._before(position, block, 1)
                if s.subject and self.entities[s.entity].kind == "person"
            ),
            None,
        )

    # -- result --------------------------------------------------------------------------------------

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


def _parts(mention: Tokens) -> list[Token]:
    """Return the heads of the people a mention joins with «og»; two roles of one person are one."""
    head = mention.root
    joined = [t for t in head.conjuncts if mention.start <= t.i < mention.end and t.i > head.i]
    if not any(t.lower_ in ("og", "samt", "&") for t in mention):
        return [head]
    parts = [head, *joined]
    named = [t for t in parts if t.ent_type_ or any(c.ent_type_ and c.dep_ == "appos" for c in t.children)]
    if named and len(named) < len(parts) and head not in named and head.text.islower():
        return named
    return parts


def _stem(noun: str) -> str:
    for ending in ("ene", "ane", "en", "et", "a", "n", "e"):
        if noun.endswith(ending) and len(noun) - len(ending) > 2:  # a stem keeps three letters
            return noun.removesuffix(ending)
    return noun


def _named_by(head: Token, mention: Tokens) -> Tokens | None:
    """Return the name that a mention's head is, or that stands beside it as its apposition."""
    ents = [e for e in head.doc.ents if e.start >= mention.start and e.end <= mention.end and e.label_ in _KINDS]
    own = next((e for e in ents if e.start <= head.i < e.end), None)
    if own is not None and own.label_ == "PER":
        return own
    later = next((e for e in ents if e.label_ == "PER" and e.start > head.i and not _has_preposition(e)), None)
    if own is not None:
        between = [] if later is None else list(head.doc[own.end : later.start])
        return later if later is not None and any(is_role(_indefinite(t.lower_)) for t in between) else own
    close = [e for e in ents if e.root.head.i == head.i and e.root.dep_.startswith(("appos", "flat", "nmod"))]
    persons = [e for e in close if e.label_ == "PER" and not _has_preposition(e)]
    if persons:
        return persons[0]
    if close and close[0].start == head.i + 1 and not _has_preposition(close[0]):
        return close[0]
    if head.pos_ == "PROPN":
        return ents[0] if ents else None
    return None


def _has_preposition(ent: Tokens) -> bool:
    return any(t.dep_ == "case" for t in ent.root.lefts)


def _name_at(doc: object, i: int) -> Tokens | None:
    return next((e for e in doc.ents if e.start <= i < e.end), None)  # type: ignore[attr-defined]


def is_role(word: str) -> bool:
    """Say whether a noun names a role of persons, by itself or as the last part of a compound.

    >>> is_role("utenriksminister"), is_role("svaret")
    (True, False)
    """
    roles = words_of("persons.toml", "roles")
    lowered = word.lower()
    return lowered in roles or any(lowered.endswith(r) for r in roles if len(r) > 3)


def _indefinite(word: str) -> str:
    """Return a noun without its definite ending, where that leaves a role."""
    for ending in ("en", "n", "a", "et", "ene", "ane"):
        if word.endswith(ending) and is_role(word.removesuffix(ending)):
            return word.removesuffix(ending)
    return word


def is_outlet(name: str) -> bool:
    """Say whether a name is a known newspaper, broadcaster or agency."""
    return name.casefold().replace(" ", "_") in words_of("outlets.toml", "names") or name.casefold().endswith(
        ("avisen", "avisa", "posten", "bladet", "blad", "tidende", "nyheter", "times", "post", "news", "zeitung")
    )


@cache
def full_names() -> dict[str, str]:
    """Return well-known abbreviations with the names they stand for, both ways, in lower case."""
    pairs = [line.split("=") for line in words_in_lines("outlets.toml", "abbreviated")]
    table = {short.strip().casefold(): full.strip() for short, full in pairs}
    return table | {full.strip().casefold(): short.strip() for short, full in pairs}


def speaks_for_body(role: str) -> bool:
    """Say whether a role speaks for a body by office: a spokesperson, a secretary-general, a minister of a state."""
    return any(role.lower().endswith(r) for r in words_of("persons.toml", "officers"))


def belongs_to(adjective: str, state: str) -> bool:
    """Say whether an adjective of nationality belongs to a state.

    >>> belongs_to("russiske", "Russland"), belongs_to("norske", "Sverige")
    (True, False)
    """
    stem = adjective.lower().removesuffix("e").removesuffix("sk").removesuffix("i")
    return len(stem) > 2 and state.lower().startswith(stem[: max(3, len(stem) - 1)])


def _gender(first_name: str) -> str | None:
    lowered = first_name.lower()
    first = lowered.partition("-")[0]
    for word in (lowered, first):
        female, male = word in words_of("persons.toml", "female"), word in words_of("persons.toml", "male")
        if female != male:
            return "f" if female else "m"
    return None


def _role_gender(role: str) -> str | None:
    if role.endswith(("kvinne", "mor", "datter", "jente", "søster", "kone", "enke", "dronning", "prinsesse")):
        return "f"
    if role.endswith(("mann", "far", "sønn", "gutt", "bror", "konge", "prins", "pappa")):
        return "m" if not role.endswith(("talsmann", "formann", "rådmann", "lensmann", "fylkesmann")) else None
    return None


def _may_be_one_person(entity: _Entity) -> bool:
    head = _indefinite(entity.name.split()[-1].lower())
    return any(is_role(_indefinite(w.lower())) for w in entity.name.split()[:3]) or is_role(head)


def citation(mention: Tokens, head: Token) -> str:
    """Return a noun phrase as one would cite it: from its first word to its head and the head's own phrases."""
    end = head.i + 1
    for token in mention.doc[end : mention.end]:
        if token.text in (",", "–", "-", "(", ":") or token.lower_ in ("som", "der"):
            break
        end = token.i + 1
    text = " ".join(mention.doc[mention.start : end].text.split())
    return text[:1].lower() + text[1:] if not text[:2].isupper() and mention[0].pos_ != "PROPN" else text
