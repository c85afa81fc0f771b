"""Nouns for what neither speaks nor acts: a time, an amount, a part of the body, an event, a thing, an idea."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

MATTERS = frozenset({"time", "amount", "body_part", "event", "thing", "idea"})
"""The classes of such nouns; ``thing`` is also that of the nouns in ``nouns/things.csv``."""

_PLURAL = ("er", "ar", "ene", "ane", "ener", "r", "ne")
_SINGULAR = ("", "en", "et", "a", "n", "t")
_BEHIND_E = ("n", "t", "r", "ne")
_LONG, _LEAST_BEFORE = 5, 2
"""How many letters a noun has that may end a compound, and what stands before it."""


@lru_cache(maxsize=1 << 16)
def matter(form: str) -> str:
    """Return the class of a noun, by itself or as the last part of a compound; empty where none is known.

    Parameters
    ----------
    form
        One word of either standard, in any case and form. Ask `corpus_lib.language.nouns.noun` first: some plurals here
        are spelt as nouns for people («løper»).

    Examples
    --------
    >>> matter("fredag"), matter("prosentene"), matter("storslalåmrennet"), matter("hendene"), matter("laken")
    ('time', 'amount', 'event', 'body_part', 'thing')
    >>> matter("ordføreren"), matter("politiet")
    ('', '')
    """
    word = form.lower()
    alone, last = _forms()
    for spelt in (word, word.removesuffix("s")):
        if spelt in alone:
            return alone[spelt]
        for start in range(_LEAST_BEFORE, len(spelt) - 2):
            if spelt[start:] in last:
                return last[spelt[start:]]
    return ""


@cache
def _forms() -> tuple[dict[str, str], dict[str, str]]:
    """Return the class of each form by itself, and of those that may end a compound: no plural in -er as «lærer»."""
    data = tomllib.loads((files(__package__) / "data" / "matters.toml").read_text(encoding="utf-8"))
    alone: dict[str, str] = {}
    last: dict[str, str] = {}
    for name, held in data.items():
        for lemma in held["nouns"].split():
            alone.update(dict.fromkeys(_inflected(lemma, (*_SINGULAR, *_PLURAL)), name))
            if len(lemma) >= _LONG:
                last.update(dict.fromkeys(_inflected(lemma, (*_SINGULAR, "ene", "ane", "ne")), name))
        for lemma in held["alone"].split():
            alone.update(dict.fromkeys(_inflected(lemma, (*_SINGULAR, *_PLURAL)), name))
        last.update(dict.fromkeys(held["ends"].split(), name))
    lemmas = {lemma: name for name, held in data.items() for key in ("nouns", "alone") for lemma in held[key].split()}
    return alone | lemmas, last


def _inflected(lemma: str, endings: tuple[str, ...]) -> Iterator[str]:
    """Yield the regular forms of a noun; some that there are not are among them."""
    for ending in endings:
        if lemma.endswith("e") or ending not in _BEHIND_E:
            yield lemma + ending
        if lemma.endswith("e") and ending:
            yield lemma.removesuffix("e") + ending
        if ending in ("en", "et", "ene", "er") and lemma[-1] in "mn":
            yield lemma + lemma[-1] + ending
