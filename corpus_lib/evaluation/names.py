"""When two spellings name the same person or body."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from corpus_lib.actors import is_role
from corpus_lib.evaluation.matching import assign

_GENITIVE = re.compile(r"(?:'s|'|s)$")
_EDGES = ' .,:;«»"'
_RANKS = frozenset({"general", "kong", "kongen", "dronning", "prins", "prinsesse", "dr", "herr", "fru"})


@cache
def forms(name: str | None) -> frozenset[str]:
    """Return the spellings of a name that count as one: without titles, in lower case, with and without «-s».

    >>> sorted(forms("statsråd Kari Moes"))
    ['kari moe', 'kari moes']
    """
    words = (name or "").replace("’", "'").strip(_EDGES).split()
    while len(words) > 1 and any(w[:1].isupper() for w in words[1:]) and _is_title(words[0]):
        words = words[1:]
    spelt = " ".join(words).casefold()
    return frozenset({spelt, _GENITIVE.sub("", spelt)} - {""})


def _is_title(word: str) -> bool:
    bare = word.removesuffix(".").lower()
    return word[:1].islower() or bare in _RANKS or is_role(bare)


def _shortest(name: str) -> str:
    return min(forms(name), key=len, default="")


def _ends(full: Collection[str], short: str) -> bool:
    return any(form.endswith(f" {short}") for form in full)


def same_one(one: str, other: str, known: Collection[str]) -> bool:
    """Say whether two spellings name one person or body.

    A surname stands for the full name as long as nobody else among `known` bears it.

    >>> same_one("Moe", "Kari Moe", {"Kari Moe"}), same_one("Moe", "Kari Moe", {"Kari Moe", "Per Moe"})
    (True, False)
    """
    first, second = forms(one), forms(other)
    for short, full in ((first, second), (second, first)):
        for surname in (s for s in short if _ends(full, s)):
            bearers = {_shortest(n) for n in known if _ends(forms(n), surname)}
            if len(bearers | {min(full, key=len)}) == 1:
                return True
    return bool(first & second)


def same(one: str | None, other: str | None, known: Collection[str]) -> bool:
    """Say whether two fields name the same party; joint parties, joined by ``;``, in any order.

    >>> same("Kari Moe; Nav", "NAV; Kari Moe", ())
    True
    """
    if not one or not other:
        return False
    ones, others = ([part for p in field.split(";") if (part := p.strip())] for field in (one, other))
    if len(ones) != len(others):
        return False
    agreeing = [[float(same_one(a, b, known)) for b in others] for a in ones]
    return len(assign(agreeing)) == len(ones)
