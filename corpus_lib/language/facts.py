"""What is known beside names: genders, names of one thing, capitals and adjectives, people of public life."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from corpus_lib.language.lexicon import rows

_FOLDER = files(__package__) / "data" / "gazetteer"


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


@dataclass(frozen=True, slots=True)
class WellKnown:
    """What is publicly known of somebody.

    Attributes
    ----------
    gender
        ``f`` or ``m``.
    roles
        The nouns by which newspapers call or called the person, in Bokmål, the most usual first.
    bodies
        The bodies or states that he or she led, spoke or played for.
    home
        The state where he or she comes from.
    """

    gender: Literal["f", "m"]
    roles: tuple[str, ...]
    bodies: tuple[str, ...]
    home: str


def well_known(name: str) -> WellKnown | None:
    """Return what is known of a person of public life; None for somebody whom the lexicon does not know.

    >>> "Nato" in well_known("Jens Stoltenberg").bodies, well_known("Zzyzx Lie")
    (True, None)
    """
    return _people().get(name.casefold())


@cache
def _people() -> dict[str, WellKnown]:
    table: dict[str, WellKnown] = {}
    for row in rows("people.csv"):
        roles, bodies = (tuple(filter(None, row[column].split("|"))) for column in ("roles", "bodies"))
        person = WellKnown("f" if row["gender"] == "f" else "m", roles, bodies, row["home"])
        for name in (row["name"], *filter(None, row["other_names"].split("|"))):
            table.setdefault(name.casefold(), person)
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


def names_for(name: str) -> frozenset[str]:
    """Return every name that the gazetteer gives a state, place or body that may be called so, in either standard.

    >>> sorted(names_for("noreg"))
    ['Kongeriket Noreg', 'Kongeriket Norge', 'Noreg', 'Norge', 'Norway']
    >>> "Universitetet i Oslo" in names_for("UiO"), names_for("Zzyzx")
    (True, frozenset())
    """
    lines = _lines()
    return frozenset(n for number in _places().get(name.casefold(), ()) for n in lines[number])


def are_one(name: str, other: str) -> bool:
    """Say whether two names stand in one line of the gazetteer: an abbreviation and its full name, Norge and Noreg.

    >>> are_one("NVE", "Norges vassdrags- og energidirektorat"), are_one("UiO", "UiB")
    (True, False)
    """
    own = _places().get(name.casefold(), ())
    return bool(own) and not frozenset(own).isdisjoint(_places().get(other.casefold(), ()))


@cache
def _lines() -> tuple[tuple[str, ...], ...]:
    names = sorted(f.name for f in _FOLDER.iterdir() if f.name.endswith(".csv") and not f.name.endswith("_names.csv"))
    read = (row for name in names for row in rows(f"gazetteer/{name}"))
    return tuple((r["name"], *filter(None, r["other_names"].split("|"))) for r in read)


@cache
def _places() -> dict[str, tuple[int, ...]]:
    table: dict[str, list[int]] = {}
    for number, names in enumerate(_lines()):
        for key in dict.fromkeys(n.casefold() for n in names):
            table.setdefault(key, []).append(number)
    return {key: tuple(numbers) for key, numbers in table.items()}


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
