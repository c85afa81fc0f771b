"""Actors by name, as people and other tools write them; a name that nobody bears becomes an actor."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_lib.model import Actor


class NamedActors:
    """The actors of an article, found by name or alias.

    >>> cast = NamedActors([Actor("a1", "Kari Lie", "person", aliases=("Lie",))])
    >>> cast.ids("Lie; Ola Moe"), [a.name for a in cast.actors()]
    (('a1', 'a2'), ['Kari Lie', 'Ola Moe'])
    """

    def __init__(self, known: Sequence[Actor]) -> None:
        self._known = list(known)
        self._ids = {alias: a.id for a in reversed(self._known) for alias in a.aliases}
        self._ids |= {a.name: a.id for a in reversed(self._known)}

    def ids(self, names: str | None) -> tuple[str, ...]:
        """Return the ids of actors whose names are joined by ``;``; nobody for None."""
        parts = (part.strip() for part in (names or "").split(";"))
        return tuple(dict.fromkeys(self._id(name) for name in parts if name))

    def _id(self, name: str) -> str:
        if name not in self._ids:
            used = {a.id for a in self._known}
            new = next(f"a{i}" for i in range(1, len(used) + 2) if f"a{i}" not in used)
            self._ids[name] = new
            self._known.append(Actor(id=new, name=name, kind="unnamed"))
        return self._ids[name]

    def actors(self) -> tuple[Actor, ...]:
        """Return all actors, the new ones last."""
        return tuple(self._known)
