"""Which names and nouns of a speaker's phrase speak: «lederen for fagforeningen CUT, Cristian Cuevas» → Cuevas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lib.actors.mentions import KINDS, PRONOUNS, is_role_compound, named_by, parts_of
from corpus_lib.actors.nouns import is_role, kind_of
from corpus_lib.language.nouns import PERSONS
from corpus_lib.language.parsed import name_from, names_in
from corpus_lib.language.syntax import has_tree

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_JOINING = frozenset({"og", "samt", "&"})
_BEFORE_NAMES = 12
"""How far before a person's name the noun may stand that says what the person is."""


def speakers_of_phrase(tokens: Tokens) -> list[Tokens]:
    """Return the names, nouns and pronouns of a phrase that speak, each by itself, in text order.

    A person's name speaks before the noun that it stands beside and before the body it belongs to; «A og B» gives two,
    an apposition one. A name that a preposition governs («broren til Kari Lie») or that owns («Lies advokat») does not.

    Returns
    -------
    list
        A name is the whole of it; a noun or pronoun is its one word.
    """
    doc = tokens.doc
    persons = _persons(tokens)
    if not persons:
        return [_named_or_word(head, tokens) for head in parts_of(tokens)]
    found = [persons[0]]
    for person in persons[1:]:
        between = doc[found[-1].end : person.start]
        if not any(t.lower_ in _JOINING for t in between) and not _lists_on(person, persons, between):
            break
        found.append(person)
    before, behind = _joined_before(found[0], tokens), _joined_behind(found[-1], tokens)
    return [*([before] if before is not None else []), *found, *([behind] if behind is not None else [])]


def _persons(tokens: Tokens) -> list[Tokens]:
    """Return the names of persons in a phrase that are not governed, do not own and stand in no relative clause."""
    cut = next((t.i for t in tokens if t.lower_ in ("som", "der") and t.i > tokens.start), tokens.end)
    named = [n for n in names_in(tokens) if n.label_ == "PER" and not is_role_compound(n[-1])]
    people = [n for n in named if not _is_governed(n, tokens) and not _owns(n, tokens)]
    return [n for n in people if n.end <= cut] or [n for n in people if tokens.doc[n.start - 1].text == ","]


def _is_governed(name: Tokens, tokens: Tokens) -> bool:
    """Say whether a preposition stands before a name and its titles: «til drapsdømte Ola Moe»."""
    doc, place = name.doc, name.start - 1
    while place > tokens.start and is_title(doc[place]):
        place -= 1
    return place > tokens.start and (doc[place].pos_ == "ADP" or doc[place].lower_ in ("etter", "før", "enn", "som"))


def is_title(token: Token) -> bool:
    """Say whether a word before a name is a title or an adjective that goes with it, not a phrase of its own."""
    if token.ent_type_ and not is_role_compound(token):
        return False
    if token.pos_ == "ADJ":
        return True
    kind = kind_of(token.lower_)
    definite = "Def" in token.morph.get("Definite", []) or "Plur" in token.morph.get("Number", [])
    return token.pos_ == "NOUN" and not definite and (kind in PERSONS or is_role(token.lower_))


def _owns(name: Tokens, tokens: Tokens) -> bool:
    """Say whether a name is a genitive with what it owns behind it."""
    if not name.text.endswith(("s", "'", "’")) or name.end >= len(name.doc) or name.start == tokens.start:
        return _has_behind(name, tokens)
    return name.doc[name.end].pos_ in ("NOUN", "ADJ") and not name.doc[name.end].ent_type_


def _has_behind(name: Tokens, tokens: Tokens) -> bool:
    """Say whether a noun stands behind a genitive within the phrase."""
    if not name.text.endswith(("s", "'", "’")) or name.end >= tokens.end:
        return False
    return name.doc[name.end].pos_ in ("NOUN", "ADJ") and not name.doc[name.end].ent_type_


def _lists_on(person: Tokens, persons: list[Tokens], between: Tokens) -> bool:
    """Say whether a comma joins two names of a list that ends in «og»: «A, B og C»."""
    last = persons[-1]
    ends = last.start > person.end and last.doc[last.start - 1].lower_ in _JOINING
    return ends and all(t.text == "," or is_title(t) for t in between)


def _joined_before(name: Tokens, tokens: Tokens) -> Tokens | None:
    """Return the pronoun or definite noun that «og» joins to the first name: «han og Lie»."""
    place = name.start - 1
    while place > tokens.start and is_title(name.doc[place]):
        place -= 1
    if place <= tokens.start or name.doc[place].lower_ not in _JOINING:
        return None
    word = name.doc[place - 1]
    definite = word.pos_ == "NOUN" and "Def" in word.morph.get("Definite", [])
    return name.doc[word.i : word.i + 1] if word.lower_ in PRONOUNS or definite else None


def _joined_behind(name: Tokens, tokens: Tokens) -> Tokens | None:
    """Return the definite noun or the pronoun that «og» joins to the last name: «Lie og politiet»."""
    doc, place = name.doc, name.end
    if place < tokens.end and doc[place].text == "(":
        place = next((t.i + 1 for t in doc[place : tokens.end] if t.text == ")"), tokens.end)
    if place + 1 >= tokens.end or doc[place].lower_ not in _JOINING:
        return None
    name_behind = name_from(doc, place + 1)
    if name_behind is not None and name_behind.label_ in KINDS and name_behind.end <= tokens.end:
        return None if _owns(name_behind, tokens) else name_behind
    for token in doc[place + 1 : min(place + 4, tokens.end)]:
        if token.lower_ in PRONOUNS or (token.pos_ == "NOUN" and "Def" in token.morph.get("Definite", [])):
            return doc[token.i : token.i + 1]
        if token.pos_ not in ("DET", "ADJ"):
            return None
    return None


def _named_or_word(head: Token, tokens: Tokens) -> Tokens:
    """Return the name that a head is or stands beside, else its word."""
    if head.lower_ not in PRONOUNS and not is_role_compound(head):
        behind = next((n for n in names_in(tokens) if n.start == head.i + 1 and n.label_ in KINDS), None)
        if behind is not None and head.pos_ == "NOUN" and not _owns(behind, tokens):
            return behind
        named = named_by(head, tokens)
        if named is not None and not (named.start != head.i and named.end <= head.i):
            return named
    return head.doc[head.i : head.i + 1]


def title_before(name: Tokens) -> Token | None:
    """Return the noun before a person's name that says what the person is, with its own phrase between them.

    «statsråd» of «statsråd Kari Lie», «leder» of «leder for samferdsel i Fjordlaget, Kari Lie».
    """
    doc, place = name.doc, name.start - 1
    if place >= 0 and doc[place].pos_ == "ADP":  # «lederen etter Kari Lies svar»
        return None
    if place >= 0 and doc[place].text == ",":
        place -= 1
    behind = place
    while place >= 0 and name.start - place < _BEFORE_NAMES:
        token = doc[place]
        if token.is_sent_start and place < behind and not _is_person(token):
            return None
        if _is_person(token):
            direct = place == name.start - 1
            phrase = place < behind and doc[place + 1].pos_ == "ADP"
            return token if direct or phrase else None
        if not (token.ent_type_ or token.pos_ in ("NOUN", "ADP", "ADJ", "PROPN", "DET", "CCONJ", "NUM")):
            return None
        if token.ent_type_ == "PER":
            return None
        place -= 1
    return None


def _is_person(token: Token) -> bool:
    if is_role_compound(token):
        return True
    if token.ent_type_ or not (token.pos_ in ("NOUN", "PROPN") or _belongs_to_name(token)):
        return False
    lowered = token.lower_.rpartition("-")[2]
    return kind_of(lowered) in PERSONS or is_role(lowered)


def _belongs_to_name(token: Token) -> bool:
    """Say whether a word belongs by the tree to the person's name behind it, whatever it is taken for."""
    return has_tree(token) and token.head.ent_type_ == "PER" and token.i < token.head.i
