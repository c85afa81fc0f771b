"""How an article introduces its people: their offices, the bodies they speak for, the short forms of names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus_lib.actors.nouns import is_party, is_role, sort_of

_NAME = r"[A-ZÆØÅ][\w.’'-]*(?:[ -](?:og |i )?[A-ZÆØÅ][\w.’'-]*){0,4}"
_FOR = r"(?:i|for|ved|frå|fra|hos|av)"
_SHORT = re.compile(rf"(?P<full>{_NAME}) \((?P<short>[A-ZÆØÅ][\w-]{{1,7}})\)")
_WORD_BEFORE = re.compile(r"([a-zæøå-]{4,}) $")
_AFTER = re.compile(
    rf"(?: \([^)]{{1,20}}\))?,? (?:(?P<role>[a-zæøå-]{{4,}}) )?"
    rf"{_FOR} (?P<body>(?:[a-zæøå-]{{4,}} )?[A-ZÆØÅ][\w.’' -]{{2,40}})"
)
_BEFORE = re.compile(r"([a-zæøå-]{4,}) $")
_AFTER = re.compile(
    rf"(?: \([^)]{{1,20}}\))?,? (?:(?P<role>[a-zæøå-]{{4,}}) )?"
    rf"{_FOR} (?P<body>(?:[a-zæøå-]{{4,}} )?[A-ZÆØÅ][\w.’' -]{{2,40}})"
)
_BEFORE = re.compile(rf"(?P<body>{_NAME}?)(?:s | sin | sitt |-)(?P<role>[a-zæøå]{{4,}}) $")
_REACH = 60


@dataclass(frozen=True, slots=True)
class Shown:
    """What an article says of a person beside the name.

    Attributes
    ----------
    body
        The body that it names behind «i», «for», «ved»: the words that begin with its name.
    """

    roles: tuple[str, ...] = ()
    body: str | None = None


def short_forms(text: str) -> dict[str, str]:
    """Return the abbreviations that a text puts in brackets behind a name, with the name; no party behind a person.

    >>> short_forms("Marit Lie (Sp) leder Helsearbeiderforbundet (HAF) i dag.")
    {'HAF': 'Helsearbeiderforbundet'}
    """
    found = {m["short"]: m["full"] for m in _SHORT.finditer(text)}
    return {short: full for short, full in found.items() if _abbreviates(short, full) and not is_party(short)}


def _abbreviates(short: str, full: str) -> bool:
    """Say whether the letters of an abbreviation stand in a name in their order, the first of both the same."""
    rest = iter(full.lower().replace(" ", ""))
    return short[0].lower() == full[0].lower() and all(letter in rest for letter in short.lower())


def introduced(text: str, names: Iterable[str]) -> Mapping[str, Shown]:
    """Return how a text introduces the people of some full names.

    >>> told = "Hovedtillitsvalgt Marit Lie i Helseforbundet, og leder Per Dahl."
    >>> introduced(told, ["Marit Lie", "Per Dahl"])["Marit Lie"].body
    'Helseforbundet'
    """
    found = {}
    for name in names:
        if " " not in name:
            continue
        roles: dict[str, None] = {}
        body = None
        at = text.find(name)
        while at >= 0:
            before, after = text[max(0, at - _REACH) : at], text[at + len(name) : at + len(name) + _REACH]
            if (word := _WORD_BEFORE.search(before.lower())) and is_person_noun(word[1]):
                roles.setdefault(word[1])
            owned, followed = _BEFORE.search(before), _AFTER.match(after)
            for match in (owned, followed):
                if match and match["role"] and is_person_noun(match["role"]):
                    roles.setdefault(match["role"])
            if body is None and owned and is_person_noun(owned["role"]):
                body = owned["body"]
            if body is None and followed:
                body = followed["body"]
            at = text.find(name, at + len(name))
        found[name] = Shown(tuple(roles), body)
    return found


def is_person_noun(word: str) -> bool:
    """Say whether a noun says what somebody is: «ordfører», «fylkesordførar», «leder»."""
    return is_role(word) or sort_of(word) == "person"
