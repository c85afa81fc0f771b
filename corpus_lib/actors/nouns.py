"""Nouns for people and bodies: roles, outlets, offices, genders, nationalities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Literal

from corpus_lib.language.lexicon import rows, words_in_lines, words_of
from corpus_lib.language.matters import matter
from corpus_lib.language.nouns import noun
from corpus_lib.language.syntax import stem

_LETTERS = 3
"""Longer roles may end a compound."""


@lru_cache(maxsize=20_000)
def is_role(word: str) -> bool:
    """Say whether a noun names a role of persons, by itself or as the last part of a compound.

    >>> is_role("utenriksminister"), is_role("svaret")
    (True, False)
    """
    lowered = word.lower()
    return lowered in words_of("persons.toml", "roles") or lowered.endswith(_long_roles())


@cache
def _long_roles() -> tuple[str, ...]:
    return tuple(sorted(r for r in words_of("persons.toml", "roles") if len(r) > _LETTERS))


@lru_cache(maxsize=20_000)
def indefinite(word: str) -> str:
    """Return a noun without its definite ending, where that leaves a role."""
    for ending in ("en", "n", "a", "et", "ene", "ane"):
        if word.endswith(ending) and is_role(word.removesuffix(ending)):
            return word.removesuffix(ending)
    return word


@lru_cache(maxsize=20_000)
def is_outlet(name: str) -> bool:
    """Say whether a name is a known newspaper, broadcaster or agency."""
    return name.casefold().replace(" ", "_") in words_of("outlets.toml", "names") or name.casefold().endswith(
        ("avisen", "avisa", "posten", "bladet", "blad", "tidende", "nyheter", "times", "post", "news", "zeitung")
    )


def may_name_outlet(noun: str, name: str) -> bool:
    """Say whether a noun for an outlet may stand for a named one: «avisen» not for a broadcaster or an agency.

    >>> may_name_outlet("avisen", "Vårt Land"), may_name_outlet("avisen", "NRK"), may_name_outlet("byrået", "NTB")
    (True, False, True)
    """
    key = name.casefold().replace(" ", "_")
    broadcaster, agency = key in words_of("outlets.toml", "broadcasters"), key in words_of("outlets.toml", "agencies")
    if not is_outlet(name):
        return False
    if noun.endswith(("byrået", "byråa")):
        return agency
    if noun.endswith(("kanalen", "radioen", "kringkasteren")):
        return broadcaster
    return not agency and not (
        broadcaster and noun.endswith(("avisen", "avisa", "bladet", "magasinet", "tidsskriftet"))
    )


@cache
def full_names() -> dict[str, tuple[str, ...]]:
    """Return well-known abbreviations with the names they stand for, both ways, in lower case.

    >>> full_names()["krf"]
    ('kristelig folkeparti', 'kristeleg folkeparti')
    """
    table: dict[str, tuple[str, ...]] = {}
    for line in words_in_lines("outlets.toml", "abbreviated"):
        short, _, rest = line.casefold().partition("=")
        full = tuple(name.strip() for name in rest.split("/"))
        table[short.strip()] = full
        table.update(dict.fromkeys(full, (short.strip(),)))
    return table


def is_party(name: str) -> bool:
    """Say whether a name is a political party's.

    >>> is_party("Tysvær SV"), is_party("Miljøpartiet De Grønne"), is_party("Nato")
    (True, True, False)
    """
    key, short = name.casefold(), {p.casefold() for p in words_of("persons.toml", "parties")}
    known = not short.isdisjoint((key, key.split()[-1] if key else "", *full_names().get(key, ())))
    return known or key.endswith(("parti", "partiet"))


@lru_cache(maxsize=20_000)
def is_local_body(name: str) -> bool:
    """Say whether a one-word name is a noun for bodies of which there is one in many places.

    >>> is_local_body("Eldrerådet"), is_local_body("Bondelaget"), is_local_body("Mattilsynet")
    (True, True, False)
    """
    return name.lower().endswith(tuple(words_of("persons.toml", "local_bodies")))


def speaks_for_body(role: str) -> bool:
    """Say whether a role speaks for a body by office: a spokesperson, a secretary-general, a minister of a state."""
    return any(role.lower().endswith(r) for r in words_of("persons.toml", "officers"))


@cache
def _offices() -> dict[str, tuple[str, ...]]:
    return {office: tuple(r["bodies"].split()) for r in rows("offices.csv") for office in r["offices"].split()}


@cache
def _bodies() -> frozenset[str]:
    return frozenset(body for bodies in _offices().values() for body in bodies)


def is_office_of(role: str, body: str) -> bool:
    """Say whether a role is an office that answers for a body of such a name.

    >>> is_office_of("varaordfører", "kommunen"), is_office_of("ordfører i Grong", "Grong kommune")
    (True, True)
    >>> is_office_of("fylkesordfører", "kommunen"), is_office_of("ordfører", "fylkeskommunen")
    (False, False)
    """
    return noun_of_body(body) in bodies_of_office(role)


def bodies_of_office(role: str) -> tuple[str, ...]:
    """Return the nouns for bodies that a role answers for as an office; none where it is no office."""
    word = role.lower().split()[:1]
    held = _office_in(word[0]) if word else None
    return () if held is None else _offices()[held]


def noun_of_body(name: str) -> str | None:
    """Return the noun for a body that a name ends in, of those that some office answers for.

    >>> noun_of_body("Grong kommune"), noun_of_body("Kari Lie")
    ('kommune', None)
    """
    word = name.lower().split()[-1:]
    return _body_in(word[0]) if word else None


@lru_cache(maxsize=20_000)
def _office_in(word: str) -> str | None:
    return _longest(word, _offices(), ("",))


@lru_cache(maxsize=20_000)
def _body_in(word: str) -> str | None:
    return _longest(word, _bodies(), ("", "n", "en", "a", "t", "et"))


def _longest(word: str, nouns: Iterable[str], endings: Sequence[str]) -> str | None:
    """Return the longest of some nouns that a word ends in, with one of some endings."""
    return max((n for n in nouns if word.endswith(tuple(n + e for e in endings))), key=len, default=None)


def belongs_to(adjective: str, state: str) -> bool:
    """Say whether an adjective of nationality belongs to a state.

    >>> belongs_to("russiske", "Russland"), belongs_to("norske", "Sverige")
    (True, False)
    """
    stem = adjective.lower().removesuffix("e").removesuffix("sk").removesuffix("i")
    return len(stem) > 2 and state.lower().startswith(stem[: max(3, len(stem) - 1)])


def gender_of(first_name: str) -> str | None:
    """Return ``f`` or ``m`` for a first name that has one, else None."""
    lowered = first_name.lower()
    first = lowered.partition("-")[0]
    for word in (lowered, first):
        female, male = word in words_of("persons.toml", "female"), word in words_of("persons.toml", "male")
        if female != male:
            return "f" if female else "m"
    return None


def gender_of_role(role: str) -> str | None:
    """Return ``f`` or ``m`` for a noun that tells, else None."""
    if role.endswith(("kvinne", "mor", "datter", "jente", "søster", "kone", "enke", "dronning", "prinsesse")):
        return "f"
    if role.endswith(("mann", "far", "sønn", "gutt", "bror", "konge", "prins", "pappa")):
        return "m" if not role.endswith(("talsmann", "formann", "rådmann", "lensmann", "fylkesmann")) else None
    return None


Sort = Literal["person", "body", "place", "outlet", "group", "document", "other", "pronoun"]
"""What a noun names, as far as it matters for who is meant."""

_AGE = re.compile(r"^\d+-åring")
_SORTS: dict[str, Sort] = {
    "body": "body",
    "state": "place",
    "media": "outlet",
    "group": "group",
    "document": "document",
}


@lru_cache(maxsize=20_000)
def sort_of(word: str) -> Sort:
    """Return what a noun names, by itself or as the last part of a compound.

    >>> sort_of("næringsministeren"), sort_of("helseforetaket"), sort_of("28-åringen"), sort_of("avisa")
    ('person', 'body', 'person', 'outlet')
    """
    if _AGE.match(word):
        return "person"
    known = noun(word)
    if known is None:
        return "person" if is_role(indefinite(word)) else "other"
    return "person" if known.is_person else _SORTS.get(known.kind, "other")


def kind_of(word: str) -> str:
    """Return the class of a noun in the lexicon, also of one that neither speaks nor acts; empty where it is not known.

    >>> kind_of("advokaten"), kind_of("fredag"), kind_of("tullball")
    ('expert', 'time', '')
    """
    known = noun(word)
    return matter(word) if known is None else known.kind


@lru_cache(maxsize=20_000)
def lemma_of(word: str) -> str:
    """Return a noun as the lexicon cites it; one that it does not know without its ending.

    >>> lemma_of("ministrene"), lemma_of("Handelsbanken"), lemma_of("kilden")
    ('minister', 'handelsbank', 'kilde')
    """
    known = noun(word)
    return stem(word.lower()) if known is None else known.lemma


@lru_cache(maxsize=20_000)
def head_of(word: str) -> str:
    """Return the Bokmål lemma of a noun's last part: «minister» of «næringsministeren»."""
    known = noun(word)
    return stem(word.lower()) if known is None else known.head
