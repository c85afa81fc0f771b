"""What the gazetteer's files tell beside names: who bears a given name, and which state an adjective belongs to."""

from __future__ import annotations

from functools import cache
from typing import Literal

from corpus_lib.language.lexicon import rows


def gender_of_given(name: str) -> Literal["f", "m"] | None:
    """Return the gender of those who bear a given name, of the first part where a double name is unknown.

    None for a name that is unknown, or that both women and men bear.

    >>> gender_of_given("Ragnhild"), gender_of_given("JAN-TORBJØRN"), gender_of_given("Jackie")
    ('f', 'm', None)
    """
    known = _bearers()
    lowered = name.casefold()
    bearers = known.get(lowered) or known.get(lowered.partition("-")[0], frozenset())
    return next(iter(bearers)) if len(bearers) == 1 else None


@cache
def _bearers() -> dict[str, frozenset[Literal["f", "m"]]]:
    table: dict[str, frozenset[Literal["f", "m"]]] = {}
    for row in rows("gazetteer/given_names.csv"):
        gender: Literal["f", "m"] = "f" if row["kind"] == "PER_GIVEN_F" else "m"
        for name in (row["name"], *filter(None, row["other_names"].split("|"))):
            table[name.casefold()] = table.get(name.casefold(), frozenset()) | {gender}
    return table


def states_of(adjective: str) -> frozenset[str]:
    """Return the states that an adjective of nationality belongs to, in any of its forms and both standards.

    >>> states_of("russiske"), states_of("austerriksk"), states_of("pen")
    (frozenset({'Russland'}), frozenset({'Østerrike'}), frozenset())
    >>> sorted(states_of("koreanske"))
    []
    """
    lowered = adjective.casefold()
    table = _adjectives()
    return table.get(lowered) or table.get(lowered.removesuffix("e"), frozenset())


@cache
def _adjectives() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for row in rows("gazetteer/states.csv"):
        for adjective in filter(None, row["adjective"].split("|")):
            for form in {adjective, adjective.replace("øst", "aust", 1), adjective.replace("hvite", "kvite", 1)}:
                table[form] = table.get(form, frozenset()) | {row["name"]}
    return table


def names_of_state(name: str) -> frozenset[str]:
    """Return every name of the state that is called so: both standards, abbreviations, its capitals apart.

    >>> sorted(names_of_state("Noreg"))
    ['Kongeriket Norge', 'Noreg', 'Norge', 'Norway']
    """
    return _states().get(name, frozenset())


@cache
def _states() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for row in rows("gazetteer/states.csv"):
        names = frozenset((row["name"], *filter(None, row["other_names"].split("|"))))
        for name in names:
            table[name] = table.get(name, frozenset()) | names
    return table


def state_with_capital(city: str) -> str | None:
    """Return the state whose capital a city is, None for any other.

    >>> state_with_capital("Moskva"), state_with_capital("Bergen")
    ('Russland', None)
    """
    return _capitals().get(city)


@cache
def _capitals() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in rows("gazetteer/states.csv"):
        for city in filter(None, row["capital"].split("|")):
            table.setdefault(city, row["name"])
    return table
