"""Where somebody comes from, as far as an article tells it beside a name: «svenske Kari Lie», «Ola Dahl (Sverige)»."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lib.language.facts import states_of
from corpus_lib.language.lexicon import rows, words_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from spacy.tokens import Span as Tokens

_BEFORE, _BEHIND = 4, 4
_HOME = "Norge"


def words_beside(name: Tokens) -> list[str]:
    """Return the words around a name in its sentence, in lower case, without the ending of a genitive."""
    doc, start, end = name.doc, name.start, name.end
    near = [*doc[max(0, start - _BEFORE) : start], *doc[end : end + _BEHIND]]
    return [t.lower_.removesuffix("s") if t.ent_type_ else t.lower_ for t in near if t.is_alpha]


@cache
def _states() -> frozenset[str]:
    return frozenset(row["name"] for row in rows("gazetteer/states.csv"))


def is_told_from(place: str, words: Collection[str]) -> bool:
    """Say whether words beside a name tell that its bearer comes from a place.

    >>> is_told_from("Sverige", ["svenske", "trener"]), is_told_from("Molde", ["i", "molde"]), is_told_from("Kina", [])
    (True, True, False)
    """
    return place.lower() in words or any(place in states_of(word) for word in words)


def is_told_elsewhere(place: str, words: Collection[str]) -> bool:
    """Say whether words beside a name tell that its bearer comes from another state.

    >>> is_told_elsewhere("Sverige", ["norske"]), is_told_elsewhere("Sverige", ["svenske"])
    (True, False)
    """
    return any(states and place not in states for states in map(states_of, words))


def fits_home(place: str, name: str) -> bool | None:
    """Say whether a person's first name goes with coming from Norway or from abroad; None where it tells nothing.

    >>> fits_home("Norge", "Kari Lie"), fits_home("Kina", "Kari Lie"), fits_home("Molde", "Kari Lie")
    (True, False, None)
    """
    if place not in _states():
        return None
    first = name.lower().split()[0].partition("-")[0] if name.split() else ""
    at_home = first in words_of("persons.toml", "female") or first in words_of("persons.toml", "male")
    return at_home == (place == _HOME)


def is_of_another_state(name: str, nations: Collection[str]) -> bool:
    """Say whether a state is none of those that an adjective tells: «den russiske regjeringen» is not the USA's.

    >>> is_of_another_state("USA", {"Russland"}), is_of_another_state("Moskva", {"Russland"})
    (True, False)
    """
    return bool(nations) and name in _states() and name not in nations
