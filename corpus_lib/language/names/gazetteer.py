"""The gazetteer: names that are facts, and what kinds of things they name. A prior that the context can overrule."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

FOLDER = "data/gazetteer"
_NO_KINDS: frozenset[str] = frozenset()


@cache
def entries() -> tuple[tuple[str, str], ...]:
    """Return every (name, kind) of the files, a name's other forms as names of their own.

    A kind is the label and the name of the file, «ORG media», «GPE states»; «PER_GIVEN» or «PER_FAMILY» for the names
    of persons.
    """
    return tuple(_entries())


def _entries() -> Iterator[tuple[str, str]]:
    for file in sorted((files("corpus_lib.language") / FOLDER).iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".csv"):
            continue
        stem = file.name.removesuffix(".csv")
        lines = (line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
        for row in csv.DictReader(lines, delimiter=";"):
            label = row["kind"].strip()
            kind = label.removesuffix("_F").removesuffix("_M") if label.startswith("PER") else f"{label} {stem}"
            for name in (row["name"], *(row.get("other_names") or "").split("|")):
                if name.strip():
                    yield name.strip(), kind
            for capital in (row.get("capital") or "").split("|"):
                if capital.strip():
                    yield capital.strip(), f"GPE {stem} capital"


@cache
def _kinds() -> Mapping[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for name, kind in entries():
        table.setdefault(name, set()).add(kind)
    return {name: frozenset(kinds) for name, kinds in table.items()}


@cache
def _in_capitals() -> Mapping[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for name, kinds in _kinds().items():
        table.setdefault(name.upper(), set()).update(kinds)
    return {name: frozenset(kinds) for name, kinds in table.items()}


def kinds_of(name: str) -> frozenset[str]:
    """Return the kinds of things that a name names; capitals throughout are read as the name they stand for.

    >>> sorted(kinds_of("Bodø")), sorted(kinds_of("BODØ")), sorted(kinds_of("Zzyzx"))
    (['GPE municipalities'], ['GPE municipalities'], [])
    """
    found = _kinds().get(name)
    if found is None and name.isupper() and len(name) > 2:
        found = _in_capitals().get(name)
    return found or _NO_KINDS


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
    return tuple(sorted({kind for _, kind in entries()}))


@cache
def _beginnings() -> Mapping[str, int]:
    """Return, for the first word of each name of several words, how many words the longest has."""
    longest: dict[str, int] = {}
    for name in _kinds():
        words = name.split()
        if len(words) > 1:
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
