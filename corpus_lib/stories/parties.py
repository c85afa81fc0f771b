"""The same actor in several articles of a story: full and short names, spellings, offices, bodies, who speaks for them.

Names decide where they are full; a short name, a noun («forbundet») or an office («ordføreren») is somebody's where
nobody else of the story could be meant. Two people of one surname stay two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus_lib.actors.nouns import full_names, is_office_of, is_party, sort_of
from corpus_lib.actors.spelling import is_acronym, key_of, one_letter_apart, words_of_name
from corpus_lib.language.nouns import noun
from corpus_lib.language.syntax import stem
from corpus_lib.stories.sketch import Party, Sketch
from corpus_lib.stories.words import root

Node = tuple[str, str]
"""An article and the id of an actor in it."""

Bond = Literal["same", "side", "another", "unknown"]

_LONGEST_NAME = 6
_OFFICES = 2
"""As many bodies of a story an office may answer for: an assembly and its administration, say."""

_STANDARDS = str.maketrans({"a": "e", "æ": "e", "å": "o", "y": "ø"})
_PART_OF = re.compile(r"(?P<part>[a-zæøå-]{4,}(?: [a-zæøå-]{4,})?) (?:i|for|ved|hos|av) (?P<body>[A-ZÆØÅ].*)")


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor of a story.

    Attributes
    ----------
    names
        All forms, the commonest first.
    sides
        The ids of the bodies that it belongs to or speaks for, its own among them.
    seen
        Where it acts: the article and its id there.
    """

    id: str
    name: str
    kind: str
    names: tuple[str, ...]
    roles: tuple[str, ...]
    sides: frozenset[str]
    seen: tuple[Node, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of a story, and who is meant in each article."""

    actors: tuple[Actor, ...]
    of: Mapping[Node, int]

    def who(self, doc: str, ids: Iterable[str]) -> tuple[Actor, ...]:
        """Return the actors that some ids of an article mean."""
        return tuple(dict.fromkeys(self.actors[self.of[doc, i]] for i in ids if (doc, i) in self.of))

    @staticmethod
    def bond(some: Sequence[Actor], others: Sequence[Actor]) -> Bond:
        """Return whether some actors are others, are of their side, or neither; unknown where one side is empty."""
        if not some or not others:
            return "unknown"
        if {a.id for a in some} & {a.id for a in others}:
            return "same"
        near = frozenset[str]().union(*(a.sides for a in some)) & frozenset[str]().union(*(a.sides for a in others))
        return "side" if near else "another"


def named(name: str) -> str:
    """Return a full name as it is compared, in one written standard; a noun before it left out.

    >>> named("Helsearbeidarforbundet") == named("Helsearbeiderforbundet"), named("rederiet Polar Cruise")
    (True, 'polar cruise')
    """
    words = name.split()
    proper = next((i for i, w in enumerate(words) if w[:1].isupper()), 0)
    kept = words[proper:] if not _PART_OF.fullmatch(name) else words
    return " ".join(_folded(key_of(w)) if w[:1].isupper() else root(w) for w in kept)


def _folded(word: str) -> str:
    return stem(word).replace("ei", "e").translate(_STANDARDS) if len(word) > 7 else word


def is_full(party: Party) -> bool:
    """Say whether an actor goes by a name that means one and the same in every article of a story."""
    words = party.name.split()
    if party.kind == "person" or len(words) != 1:
        return len(words) > 1
    known = noun(words[0].lower())
    return words[0][:1].isupper() and (known is None or not known.definite or bool(known.modifier))


class _Union:
    """Actors of articles, joined one by one."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._over = {n: n for n in nodes}
        self.why: dict[Node, list[str]] = {}

    def top(self, node: Node) -> Node:
        while self._over[node] != node:
            self._over[node] = node = self._over[self._over[node]]
        return node

    def join(self, one: Node, other: Node, why: str) -> None:
        first, second = self.top(one), self.top(other)
        if first != second:
            self._over[second] = first
            self.why.setdefault(first, []).extend([why, *self.why.pop(second, [])])


def cast_of(sketches: Sequence[Sketch]) -> Cast:
    """Return the actors of some articles of one story, in order of time."""
    parties: dict[Node, Party] = {(s.doc, p.id): p for s in sketches for p in s.parties}
    union = _Union(parties)
    held: dict[str, Node] = {}
    for node, party in parties.items():
        if is_full(party):
            _unite(union, held, node, party.name)
            for alias in party.aliases:
                if _stands_alone(alias, party):
                    _unite(union, held, node, alias)
    _misspelt(union, parties)
    for node, party in parties.items():
        if not is_full(party):
            owner = _meant(node, party, parties, union)
            if owner is not None:
                union.join(owner, node, f"«{party.name}» can only be {parties[owner].name}")
            else:
                _unite(union, held, node, party.name)
        elif party.kind != "person" and " " not in party.name and len(party.name) <= 6:
            owner = _spelled_out(node, party, parties, union)
            if owner is not None:
                union.join(owner, node, f"«{party.name}» abbreviates {parties[owner].name}")
    return _cast(union, parties)


def _unite(union: _Union, held: dict[str, Node], node: Node, name: str) -> None:
    first = held.setdefault(named(name), node)
    if first != node:
        union.join(first, node, f"the name «{name}»")


def _stands_alone(alias: str, party: Party) -> bool:
    """Say whether another form of a name means its bearer in other articles too: no surname, no noun."""
    if party.kind == "person":
        return len(alias.split()) > 1 and alias.split()[-1] == party.name.split()[-1]
    return alias[:1].isupper() and (" " in alias or alias.isupper() or len(alias) > 7)


def _misspelt(union: _Union, parties: Mapping[Node, Party]) -> None:
    """Join people whose full names differ by one letter."""
    by_word: dict[str, list[Node]] = {}
    for node, party in parties.items():
        words = words_of_name(party.name)
        if party.kind == "person" and len(words) > 1:
            for word in {words[0], words[-1]}:
                for other in by_word.setdefault(word, []):
                    if one_letter_apart(party.name, parties[other].name):
                        union.join(other, node, f"«{party.name}» differs by a letter from {parties[other].name}")
                if party.name not in {parties[n].name for n in by_word[word]}:
                    by_word[word].append(node)


def _meant(node: Node, party: Party, parties: Mapping[Node, Party], union: _Union) -> Node | None:
    """Return the one actor that a short name or a noun can mean: of its article, else of the story."""
    others = {n: p for n, p in parties.items() if n != node and is_full(p) and _may_be(party, p)}
    for near in ({n: p for n, p in others.items() if n[0] == node[0]}, others):
        tops = {union.top(n): n for n in near}
        if len(tops) == 1:
            return next(iter(tops.values()))
        if tops:
            return None
    return None


def _may_be(party: Party, full: Party) -> bool:
    """Say whether a short name or noun may mean the bearer of a full name."""
    word = party.name.split()[-1] if party.name.split() else ""
    if word[:1].isupper() and noun(word.lower()) is None:
        ends = (full.name.split()[0], full.name.split()[-1])
        return word in ends and (full.kind == "person" or party.kind == "unnamed")
    if " " in party.name:
        return False
    head = root(word)
    if sort_of(word) == "person":
        return full.kind == "person" and any(root(r) == head or root(r).endswith(head) for r in full.roles)
    if full.kind == "person":
        return False
    part = _PART_OF.fullmatch(full.name)
    return root(part["part"].split()[-1]) == head if part else root(full.name.split()[-1]).endswith(head)


def _spelled_out(node: Node, party: Party, parties: Mapping[Node, Party], union: _Union) -> Node | None:
    known = {named(n) for n in full_names().get(party.name.casefold(), ())}
    longer = {
        union.top(n): n
        for n, p in parties.items()
        if p.kind != "person" and (named(p.name) in known or (p.name != party.name and is_acronym(party.name, p.name)))
    }
    return next(iter(longer.values())) if len(longer) == 1 else None


def _cast(union: _Union, parties: Mapping[Node, Party]) -> Cast:
    groups: dict[Node, list[Node]] = {}
    for node in parties:
        groups.setdefault(union.top(node), []).append(node)
    made, places = [], {}
    for number, nodes in enumerate(groups.values()):
        places.update(dict.fromkeys(nodes, number))
        forms = Counter(parties[n].name for n in nodes)
        kinds = Counter(parties[n].kind for n in nodes)
        name = max(forms, key=lambda f: (is_full(_as(f, parties, nodes)), forms[f], len(f)))
        names = dict.fromkeys(
            (name, *(f for f, _ in forms.most_common()), *(a for n in nodes for a in parties[n].aliases))
        )
        roles = dict.fromkeys(r for n in nodes for r in parties[n].roles)
        why = tuple(dict.fromkeys(union.why.get(union.top(nodes[0]), ())))
        made.append(
            Actor(
                f"a{number + 1}",
                name,
                kinds.most_common(1)[0][0],
                tuple(names),
                tuple(roles),
                frozenset(),
                tuple(nodes),
                why,
            )
        )
    return Cast(tuple(_with_sides(made, parties)), places)


def _as(form: str, parties: Mapping[Node, Party], nodes: Sequence[Node]) -> Party:
    return next(parties[n] for n in nodes if parties[n].name == form)


def _with_sides(actors: Sequence[Actor], parties: Mapping[Node, Party]) -> Iterable[Actor]:
    """Yield actors with the bodies that they belong to or speak for."""
    by_name: dict[str, str] = {}
    for actor in actors:
        for name in actor.names:
            by_name.setdefault(named(name), actor.id)
    direct: dict[str, set[str]] = {}
    for actor in actors:
        bodies = {p.body for n in actor.seen if (p := parties[n]).body}
        bodies |= {m["body"] for name in actor.names if (m := _PART_OF.fullmatch(name))}
        found = {b for body in bodies if (b := _first_named(body, by_name)) is not None} - {actor.id}
        if not found:
            held = [b.id for b in actors if b.kind != "person" and any(is_office_of(r, b.name) for r in actor.roles)]
            found = set(held) if len(held) <= _OFFICES else found
        direct[actor.id] = found - {actor.id}
    for actor in actors:
        around = {actor.id, *direct[actor.id]}
        around |= {b for one in direct[actor.id] for b in direct[one]}
        yield Actor(
            actor.id, actor.name, actor.kind, actor.names, actor.roles, frozenset(around), actor.seen, actor.reasons
        )


def _first_named(words: str, by_name: Mapping[str, str]) -> str | None:
    """Return the actor with whose name some words begin, the longest such name."""
    parts = words.split()
    for end in range(min(len(parts), _LONGEST_NAME), 0, -1):
        name = " ".join(parts[:end]).rstrip(".,:;")
        if len(name) > 1 and not is_party(name) and (found := by_name.get(named(name))) is not None:
            return found
    return None
