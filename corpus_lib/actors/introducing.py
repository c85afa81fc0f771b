"""Finding the named actors of an article and what it says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus_lib.actors.heads import title_before
from corpus_lib.actors.known import Name
from corpus_lib.actors.mentions import KINDS, base_name, is_role_compound
from corpus_lib.actors.nouns import gender_of_role, indefinite, is_local_body, is_outlet, is_role, speaks_for_body
from corpus_lib.actors.origins import words_beside
from corpus_lib.actors.reading import Decide, ranked, read
from corpus_lib.actors.register import Register
from corpus_lib.actors.resolving import Cast
from corpus_lib.language.lexicon import words_of
from corpus_lib.language.parsed import name_at, names_in
from corpus_lib.language.syntax import has_tree, preposition_of
from corpus_lib.model import Article, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

    from corpus_lib.language import Parsed

_PARTY = re.compile(r"^\(([A-ZÆØÅ][\w-]{0,14})\)")
_AGE = re.compile(r"^[(,] ?(\d{1,3})(?: ?\)|,| år)")
_WITHIN = frozenset({"i", "fra", "frå", "ved", "hos", "for", "av", "på"})


def introduce(article: Article, parsed: Parsed, decide: Decide = ranked) -> Cast:
    """Build the cast of an article: its named actors, what it says of them, and whom its nouns and pronouns mean.

    Parameters
    ----------
    decide
        How it is settled whom a noun or pronoun means; the learned ranking, but where that is being taught.
    """
    register = Register(article, parsed)
    names = _names(parsed)
    persons = [n for n in names if n.label == "PER"]
    for name in sorted(persons, key=lambda n: -len(n.text.split())):
        if len(name.text.split()) > 1:
            register.add_person(name.text)
    found: list[tuple[Name, int]] = []
    for name in sorted(names, key=lambda n: (-len(n.text.split()), n.text.isupper())):
        entity = register.entity_named(name.text, name.label, name.span.start)
        register.sight(name.span, name.block, entity, "name", "name", name.tokens.root)
        _abbreviate(register, entity, name.tokens)
        found.append((name, entity))
    inside = _sight_parts(register, parsed)
    found.sort(key=lambda pair: pair[0].span)
    for name, entity in found:
        describe(register, entity, name.tokens)
        _name_with_place(register, entity, name)
    give_bodies(register, found)
    register.groups = _groups(found)
    titles = {}
    for name, entity in found:
        title = title_before(name.tokens) if name.label == "PER" and parsed.blocks[name.block].parsed else None
        if title is not None:
            titles[name.block, title.i] = entity
    settled = read(register, found, inside, titles, decide)
    return Cast(register, {(n.block, n.tokens.start): entity for n, entity in found}, settled)


def _sight_parts(register: Register, parsed: Parsed) -> list[tuple[Name, int]]:
    """Record the names inside compounds, «Bodø» in «Bodø-klubben»; return them with their entities, in text order."""
    found = []
    for number, block in enumerate(parsed.blocks):
        for part in block.parts:
            span = Span(block.start + part.start, block.start + part.end)
            text = block.doc.text[part.start : part.end]
            entity = register.entity_named(text, part.label, span.start)
            register.sight(span, number, entity, "name", "name in a compound", block.doc[part.token])
            found.append((Name(number, block.doc[part.token : part.token + 1], span, text, part.label), entity))
    return sorted(found, key=lambda pair: pair[0].span)


def _name_with_place(register: Register, number: int, name: Name) -> None:
    """Call a body of which there is one in many places by its noun and its place: «Eldrerådet i Kragerø»."""
    own = register.entities[number].kind == "organisation" and register.entities[number].name == name.text
    behind = name.tokens.doc[name.tokens.end : name.tokens.end + 2]
    if not own or " " in name.text or not is_local_body(name.text) or len(behind) < 2:
        return
    place = name_at(name.tokens.doc, behind[1].i)
    if behind[0].lower_ in _WITHIN and place is not None and place.label_ != "PER":
        register.rename(number, f"{name.text} {behind[0].lower_} {base_name(place)}")


def _groups(found: Sequence[tuple[Name, int]]) -> list[tuple[int, tuple[int, ...]]]:
    """Return where a list of persons ends, «A, B og C», and who they are; names come in text order."""
    people = [(n, entity) for n, entity in found if n.label == "PER"]
    groups: list[list[tuple[Name, int]]] = []
    for name, entity in people:
        last = groups[-1][-1][0] if groups else None
        if last is not None and last.block == name.block and _joins(last.tokens, name.tokens):
            groups[-1].append((name, entity))
        else:
            groups.append([(name, entity)])
    lists = [g for g in groups if len(g) > 1 and _ends_list(g[-1][0].tokens)]
    return [(g[-1][0].span.start, tuple(dict.fromkeys(entity for _, entity in g))) for g in lists]


def _joins(first: Tokens, second: Tokens) -> bool:
    """Say whether only a comma or «og» stands between two names."""
    between = first.doc[first.end : second.start]
    return len(between) == 1 and between[0].lower_ in (",", "og", "samt", "&")


def _ends_list(name: Tokens) -> bool:
    """Say whether a name is the last of a list: joined by a word, not by a comma."""
    return bool(name.doc[name.start - 1].is_alpha)


def _names(parsed: Parsed) -> list[Name]:
    found = []
    for number, block in enumerate(parsed.blocks):
        for ent in block.doc.ents:
            role = ent.label_ == "PER" and is_role_compound(ent[-1])
            if ent.label_ in KINDS and any(c.isalpha() for c in ent.text) and not role:
                text = base_name(ent)
                label = "ORG" if ent.label_ == "PER" and is_outlet(text) else ent.label_
                found.append(Name(number, ent, block.of(ent), text, label))
    known = {n.text for n in found}
    return [
        Name(n.block, n.tokens, n.span, n.text[:-1], n.label)
        if n.text.endswith("s") and n.label != "PER" and (n.text[:-1] in known or is_outlet(n.text[:-1]))
        else n
        for n in found
    ]


def _abbreviate(cast: Register, number: int, tokens: Tokens) -> None:
    """Read a body's abbreviation behind its name: «Mennesker i Limbo (MiL)»."""
    behind = _PARTY.match(tokens.doc[tokens.end : tokens.end + 4].text.replace("( ", "("))
    if behind and cast.entities[number].kind == "organisation" and sum(c.isupper() for c in behind[1]) > 1:
        cast.abbreviate(number, behind[1], cast.entities[number].name)


def describe(cast: Register, number: int, tokens: Tokens) -> None:
    """Read role, party and affiliation from the words around a person's name, and a body's noun from before it."""
    entity = cast.entities[number]
    for noun in _called(tokens):
        entity.nouns.setdefault(noun)
    if entity.kind != "person":
        _noun_before(cast, number, tokens)
        return
    party = _PARTY.match(tokens.doc[tokens.end : tokens.end + 8].text[:20].replace("( ", "("))
    if party:
        entity.affiliation = entity.affiliation or party[1]
    entity.beside |= dict.fromkeys(words_beside(tokens))
    age = _AGE.match(tokens.doc[tokens.end : tokens.end + 4].text)
    if age:
        entity.age = entity.age or age[1]
    _role_before(cast, number, tokens)
    _role_after(cast, number, tokens)


def _called(tokens: Tokens) -> Iterator[str]:
    """Yield the nouns that say what somebody is: «Ruter er et selskap», «Kari Lie, en erfaren alpinist»."""
    if not has_tree(tokens[0]):
        return
    root = tokens.root
    if root.dep_.startswith("nsubj") and root.head.pos_ == "NOUN" and any(c.dep_ == "cop" for c in root.head.lefts):
        yield root.head.lower_
    for child in root.children:
        if child.dep_ == "appos" and child.pos_ == "NOUN":
            yield child.lower_
    beside = root.dep_ in ("appos", "flat:name", "nmod", "flat") and preposition_of(root) is None
    if beside and root.head.pos_ == "NOUN" and not root.head.ent_type_:
        yield root.head.lower_


def _noun_before(cast: Register, number: int, tokens: Tokens) -> None:
    """Read the noun a body is introduced with, by which it is called later: «klinikken Nordhud»."""
    before = tokens.doc[max(0, tokens.start - 1) : tokens.start]
    noun = before.text.lower()
    bodies = words_of("persons.toml", "naming_bodies") | words_of("persons.toml", "anaphoric_bodies")
    if noun.rpartition("-")[2] in bodies and before[0].pos_ == "NOUN":
        cast.give_role(number, noun)


def _role_before(cast: Register, number: int, tokens: Tokens) -> None:
    entity = cast.entities[number]
    before = tokens.doc[max(0, tokens.start - 1) : tokens.start]
    if not len(before) or not (before[0].text[:1].isalpha() or before[0].text == ","):
        return
    title = title_before(tokens) if has_tree(before[0]) else None
    word = before[0] if title is None else title
    prefix, _, rest = word.text.rpartition("-")
    lowered = (rest or word.text).lower()
    if title is None and not (word.pos_ == "NOUN" and word.text[0].islower()):
        return
    cast.give_role(number, lowered)
    if entity.gender is None:
        entity.gender = gender_of_role(lowered)
    within = next((n for n in names_in(tokens.doc[word.i + 1 : tokens.start]) if n.label_ in ("ORG", "GPE")), None)
    if prefix and prefix[0].isupper():
        entity.affiliation = entity.affiliation or prefix
    elif within is not None:
        entity.affiliation = entity.affiliation or base_name(within)
    elif word.i and (owner := name_at(tokens.doc, word.i - 1)) and owner.text.endswith(("s", "'", "’")):
        entity.affiliation = entity.affiliation or base_name(owner).removesuffix("s")


def _role_after(cast: Register, number: int, tokens: Tokens) -> None:
    entity = cast.entities[number]
    rest = tokens.doc[tokens.end : tokens.end + 8]
    if not len(rest):
        return
    if rest[0].lower_ in _WITHIN and len(rest) > 1 and (body := name_at(tokens.doc, rest[1].i)):
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
            cast.give_role(number, indefinite(lowered))
            following = tokens.doc[token.i + 1 : token.i + 3]
            body = name_at(tokens.doc, following[1].i) if len(following) > 1 else None
            if body is not None and following[0].lower_ in _WITHIN:
                entity.affiliation = entity.affiliation or base_name(body)
            return


def give_bodies(cast: Register, found: Sequence[tuple[Name, int]]) -> None:
    """Give an officer without a stated body the one just spoken of: «Nato svarte. Generalsekretær X …»."""
    for name, number in found:
        entity = cast.entities[number]
        before = name.tokens.doc[max(0, name.tokens.start - 1) : name.tokens.start]
        if entity.kind != "person" or entity.affiliation or not len(before) or not speaks_for_body(before[0].lower_):
            continue
        of_state = before[0].lower_.endswith(("minister", "ministeren", "president", "presidenten"))
        body = cast.recent(
            name.span.start,
            name.block,
            ("state",) if of_state else ("organisation", "state"),
            lambda n: not is_outlet(n),
            subject=True,
            reach=1,
        )
        if body is not None:
            entity.affiliation = cast.entities[body].name
