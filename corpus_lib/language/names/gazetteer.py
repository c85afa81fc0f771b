"""The gazetteer: names that are facts, and what kinds of things they name. A prior that the context can overrule."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

FOLDER = "data/gazetteer"
_NO_KINDS: frozenset[str] = frozenset()


def entries() -> Iterator[tuple[str, str]]:
    """Yield every (name, kind) of the files, a name's other forms as names of their own.

    A kind is the label and the name of the file, «ORG media», «GPE states»; «PER_GIVEN» or «PER_FAMILY» for the names
    of persons.
    """
    for file in sorted((files("corpus_lib.language") / FOLDER).iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".csv"):
            continue
        stem = file.name.removesuffix(".csv")
        lines = (line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
        table = csv.reader(lines, delimiter=";")
        head = next(table)
        name_, kind_, others_ = (head.index(column) for column in ("name", "kind", "other_names"))
        capital_ = head.index("capital") if "capital" in head else None
        for row in table:
            label = row[kind_]
            kind = label.removesuffix("_F").removesuffix("_M") if label.startswith("PER") else f"{label} {stem}"
            yield row[name_], kind
            if row[others_]:
                yield from ((name, kind) for name in row[others_].split("|"))
            if capital_ is not None and row[capital_]:
                yield from ((capital, f"GPE {stem} capital") for capital in row[capital_].split("|"))


@cache
def _kinds() -> Mapping[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    alone: dict[str, frozenset[str]] = {}
    for name, kind in entries():
        kinds = alone.setdefault(kind, frozenset({kind}))
        table[name] = table[name] | kinds if name in table else kinds
    return table


@cache
def _in_capitals() -> Mapping[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for name, kinds in _kinds().items():
        capitals = name.upper()
        table[capitals] = table[capitals] | kinds if capitals in table else kinds
    return table


def kinds_of(name: str) -> frozenset[str]:
    """Return the kinds of things that a name names; capitals throughout are read as the name they stand for.

    >>> sorted(kinds_of("Bodø")), sorted(kinds_of("BODØ")), sorted(kinds_of("Zzyzx"))
    (['GPE municipalities'], ['GPE municipalities'], [])
    """
    found = _kinds().get(name)
    if found is None and name.isupper() and len(name) > 2:
        found = _in_capitals().get(name)
    return found or _NO_KINDS


@lru_cache(maxsize=1 << 14)
def kinds_in_genitive(name: str) -> frozenset[str]:
    """Return the kinds of a name, or of the name of which it is the genitive.

    >>> kinds_in_genitive("Bodøs") == kinds_of("Bodø")
    True
    """
    kinds = kinds_of(name)
    if not kinds and name.endswith(("s", "S", "'", "’")):
        bare = name.rstrip("'’")
        kinds = kinds_of(bare[:-1].rstrip("'’") if bare[-1:] in "sS" else bare)
    return kinds


@cache
def all_kinds() -> tuple[str, ...]:
    """Return every kind there is, sorted."""
    return tuple(sorted(frozenset().union(*_kinds().values())))


@cache
def _beginnings() -> Mapping[str, int]:
    """Return, for the first word of each name of several words, how many words the longest has."""
    longest: dict[str, int] = {}
    for name in _kinds():
        if " " in name:
            words = name.split()
            for first in {words[0], words[0].upper()}:
                longest[first] = max(longest.get(first, 0), len(words))
    return longest


def matches(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (first, behind the last) of the names of several words that stand in a text: the longest at each place.

    >>> list(matches("Han leste Vårt Land i dag".split()))
    [(2, 4)]
    """
    beginnings = _beginnings()
    for start, word in enumerate(words):
        for length in range(min(beginnings.get(word, 0), len(words) - start), 1, -1):
            if kinds_in_genitive(" ".join(words[start : start + length])):
                yield start, start + length
                break
