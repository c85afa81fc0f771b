"""What kind of body a noun or a name tells of: a company, a union, a municipality."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from corpus_lib.actors.nouns import lemma_of
from corpus_lib.language.lexicon import table
from corpus_lib.language.names.gazetteer import kinds_of
from corpus_lib.language.nouns import noun

_SHORTEST = 4
"""Letters from which on a noun may end a compound."""


_LEGAL_FORMS = frozenset({"as", "asa", "sa", "ba", "ans", "ltd", "inc", "gmbh", "plc", "fk", "il", "if", "bk", "sk"})


def tells_legal_form(name: str) -> bool:
    """Say whether a name ends in what its bearer is by law or by its kind, which is left out when it is named again.

    >>> tells_legal_form("Norlinja AS"), tells_legal_form("Nordli FK"), tells_legal_form("Oslo universitetssykehus")
    (True, True, False)
    """
    first, _, last = name.rpartition(" ")
    return bool(first) and last.rstrip(".").lower() in _LEGAL_FORMS


@cache
def _by(part: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, held in table("body_types.toml").items():
        for word in held[part].split():
            found.setdefault(word, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


@lru_cache(maxsize=20_000)
def names_body(word: str) -> bool:
    """Say whether a word is a noun for a body in its definite form, by itself or as the last part of a compound.

    >>> names_body("Legemiddelverket"), names_body("Kystfiskarlaget"), names_body("Posten")
    (True, True, False)
    """
    known = noun(word.lower())
    return (known is not None and known.is_body and known.definite) or bool(types_of_noun(lemma_of(word.lower())))


@lru_cache(maxsize=20_000)
def types_of_noun(lemma: str) -> frozenset[str]:
    """Return the kinds of body that a noun may name: by itself, or by the longest noun that it ends in.

    >>> sorted(types_of_noun("fergerederi")), sorted(types_of_noun("sjåfør"))
    (['company'], [])
    """
    return _by_end(lemma, _by("nouns"), _SHORTEST)


@lru_cache(maxsize=20_000)
def types_of_name(name: str) -> frozenset[str]:
    """Return the kinds of body that a name shows: by the gazetteer, by its last word, by the noun that this ends in.

    >>> sorted(types_of_name("Nordskjær Sjømat")), sorted(types_of_name("Tekforbundet")), sorted(types_of_name("Grøna"))
    (['company'], ['association', 'union'], [])
    """
    files = {label.split()[1] for label in kinds_of(name) if " " in label}
    known = frozenset(kind for file in files for kind in _by("gazetteer").get(file, ()))
    last = name.lower().rstrip(".").rpartition(" ")[2].rpartition("-")[2]
    return known | _by_end(last, _by("endings"), _SHORTEST + 1)


def _by_end(word: str, known: Mapping[str, frozenset[str]], least: int) -> frozenset[str]:
    """Return the kinds of the longest ending of a word, of so many letters or all of it, that is known."""
    ends = (word[start:] for start in range(len(word)) if start == 0 or len(word) - start >= least)
    return next((known[end] for end in ends if end in known), frozenset())
