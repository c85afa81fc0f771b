"""What kinds of thing a text asks for: to drop, keep, examine or pay for something, to meet, to resign."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / "data" / "wants.toml").read_text(encoding="utf-8"))


@cache
def _kinds() -> Mapping[str, re.Pattern[str]]:
    """Return the pattern of each kind of ``wants.toml``."""
    return {
        kind: re.compile("|".join(_pattern(" ".join(line.split())) for line in listed.split(",")), re.IGNORECASE)
        for kind, listed in _data().items()
        if isinstance(listed, str)
    }


@cache
def _negation() -> re.Pattern[str]:
    """Return the pattern of what stands before a word that is denied."""
    words = "|".join(_data()["negation"]["words"].split())
    return re.compile(rf"\b(?:{words})\s(?:\w+\s){{0,4}}$", re.IGNORECASE)


def _pattern(listed: str) -> str:
    if listed.startswith("="):
        return rf"\b{re.escape(listed[1:])}\b"
    if listed.startswith("-"):
        return rf"\b\w{{2,}}{re.escape(listed[1:])}\w{{0,4}}\b"
    return r"\b" + r"\w*\s(?:\w+\s){0,3}?".join(map(re.escape, listed.split()))


def wants(text: str) -> tuple[str, ...]:
    """Return the kinds of thing that a text asks for, in the order in which it names them.

    >>> wants("skrinlegge planen") == wants("Heile planen må bort"), wants("svar"), wants("stanse nedleggingen")
    (True, (), ('stop', 'remove'))
    >>> wants("Ingen skoler skal legges ned") == wants("bevare skolene")
    True
    """
    opposites: Mapping[str, str] = _data()["opposites"]
    found: dict[str, int] = {}
    for kind, pattern in _kinds().items():
        if m := pattern.search(text):
            meant = opposites.get(kind) if _negation().search(text[: m.start()]) else kind
            if meant is not None:
                found[meant] = min(m.start(), found.get(meant, m.start()))
    return tuple(sorted(found, key=lambda kind: found[kind]))
