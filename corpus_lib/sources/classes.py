"""The role class of a source: what kind of voice it is, told by its nouns, its party and the body it belongs to."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from corpus_lib.language.names.gazetteer import kinds_of
from corpus_lib.language.nouns import noun
from corpus_lib.model import Actor
from corpus_lib.sources.parties import party, party_of

Class = Literal[
    "politician", "official", "law", "expert", "business", "organisation", "employee", "culture", "sports", "media",
    "citizen", "document", "state", "unnamed", "unknown",
]  # fmt: skip
CLASSES: tuple[Class, ...] = get_args(Class)
Ground = Literal["party", "role", "body", "own name", "noun", "office", "unnamed", "not told"]

_WORDS_BEFORE = re.compile(r"([\w-]+)\s+([\w-]+)\s+$|([\w-]+)\s+$")
_BEHIND = re.compile(r",\s+((?:[\w-]+\s+){0,2}[\w-]+)")
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Role:
    """A role class, on what it stands, and the words that told it."""

    value: Class
    ground: Ground
    words: str = ""


def role_of(actor: Actor, text: str, others: Mapping[str, Actor] | None = None) -> Role:
    r"""Return the role class of a source.

    A party comes first, then the nouns by which the source is called, then the body it belongs to, then its own name
    (of a body). An office such as «leder» or «direktør» takes the class of its body. What none of these tells is
    ``unknown``; a noun phrase that no class has is ``unnamed``.

    Parameters
    ----------
    text
        The article's text.
    others
        The article's actors by id, among them the body that a source speaks for.

    Examples
    --------
    >>> from corpus_lib import analyse
    >>> analysis = analyse("Ap varsler kamp\n\n– Vi gir oss ikke, sier ordfører Kari Lie.")
    >>> role_of(analysis.actors[0], analysis.article.text)
    Role(value='politician', ground='role', words='ordfører')
    """
    if actor.kind in ("person", "unnamed") and (known := party_of(actor, text)):
        return Role("politician", "party", known)
    office = ""
    for words in _called(actor, text):
        value = class_of_noun(words)
        if value == "office":
            office = office or words
        elif value:
            return Role(value, "noun" if actor.kind == "unnamed" else "role", words)
    if actor.kind in ("person", "unnamed"):
        for body in _bodies(actor, others or {}):
            if body and (value := class_of_body(body)):
                return Role(value, "body", body)
    if actor.kind not in ("person", "unnamed"):
        return _of_body(actor)
    if office:
        return Role("unknown", "office", office)
    return Role("unnamed", "unnamed") if actor.kind == "unnamed" else Role("unknown", "not told")


def _of_body(actor: Actor) -> Role:
    for name in (actor.name, *actor.aliases):
        if value := class_of_body(name):
            return Role(value, "own name", name)
    return Role("state", "own name", actor.name) if actor.kind == "state" else Role("unknown", "not told")


def _called(actor: Actor, text: str) -> Iterator[str]:
    """Yield the nouns by which a source is called: its roles, what stands beside its name, its noun phrases."""
    if actor.kind == "person":
        yield from actor.roles
        for mention in actor.mentions:
            if mention.kind == "name":
                yield from _beside(text, mention.start, mention.end)
    elif actor.kind == "unnamed":
        yield actor.name


def _beside(text: str, start: int, end: int) -> Iterator[str]:
    """Yield the word right before a name and the words right behind it, «nabo Kari Lie», «Kari Lie, nabo»."""
    before = _WORDS_BEFORE.search(text[max(0, start - _NEAR) : start])
    if before:
        yield before[2] or before[3]
    behind = _BEHIND.match(text, end)
    if behind and (first := behind[1].split()) and first[0].islower():
        yield from first


def _bodies(actor: Actor, others: Mapping[str, Actor]) -> Sequence[str]:
    body = others.get(actor.speaks_for or "")
    roles = (role.partition("-")[0] for role in actor.roles if "-" in role)
    return (*filter(None, [actor.affiliation]), *([body.name, *body.aliases] if body else ()), *roles)


@cache
def _data() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((files("corpus_lib.sources") / "data" / "roles.toml").read_text(encoding="utf-8"))


@cache
def _nouns() -> Mapping[str, str]:
    """Return the nouns that have a class of their own, and the offices."""
    found = {word: name for name, words in _data()["nouns"].items() for word in words.split()}
    return found | dict.fromkeys(_data()["offices"]["any"].replace("_", " ").split(), "office")


def class_of_noun(words: str) -> Class | Literal["office", ""]:
    """Return the class of a noun, or of the first noun of a phrase that has one; empty where it tells none.

    >>> class_of_noun("hovudtillitsvald"), class_of_noun("direktøren"), class_of_noun("ei forsamling med forskarar")
    ('employee', 'office', 'expert')
    """
    found: Class | Literal["office", ""] = ""
    for word in re.findall(r"[\w-]+", words)[:8]:
        value = _class_of_word(word)
        if value and value != "office":
            return value
        found = found or value
    return found


def _class_of_word(word: str) -> Class | Literal["office", ""]:
    known = noun(word)
    if known is None:
        return ""
    for lemma in (known.lemma, known.head):
        value = _nouns().get(lemma)
        if value == "office":
            prefix = word.partition("-")[0]
            return _of(party(prefix) and "politician") or "office"
        if value:
            return _of(value)
    return _of(_data()["kinds"].get(known.kind))


def _of(value: str | None) -> Class | Literal[""]:
    return next((known for known in CLASSES if known == value), "")


@cache
def _listed() -> Mapping[str, str]:
    return {n.strip(): c for c, names in _data()["names"].items() for n in names.split("|")}


@cache
def _endings() -> Sequence[tuple[str, str]]:
    """Return the last words of names with their classes, the longest first."""
    pairs = [(e.replace("_", " "), c) for c, endings in _data()["endings"].items() for e in endings.split()]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def class_of_body(name: str) -> Class | Literal[""]:
    """Return the class of a body by its name: known, in a list of names, or by its last word; empty where none tells.

    >>> class_of_body("Mattilsynet"), class_of_body("Lierposten"), class_of_body("LO"), class_of_body("Vestkyst Laks")
    ('official', 'media', 'employee', 'business')
    """
    if name in _listed():
        return _of(_listed()[name])
    if party(name):
        return "politician"
    files_ = sorted(kind.split()[1] for kind in kinds_of(name) if " " in kind)
    if found := next((_data()["gazetteer"][f] for f in files_ if f in _data()["gazetteer"] and f not in _PLACES), ""):
        return _of(found)
    last = name.split()[-1] if name.split() else ""
    for ending, value in _endings():
        if last == ending or (ending.islower() and name.lower().endswith(ending)):
            return _of(value)
    value = _class_of_word(last)
    if value and value not in {"office", "citizen"}:
        return _of(value)
    return _of(next((_data()["gazetteer"][f] for f in files_ if f in _PLACES), ""))


_PLACES = frozenset({"states", "places_norway", "places_world", "municipalities"})
