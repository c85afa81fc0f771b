"""Which words can carry speech: the entries of the lexicon of saying that a token may be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from corpus_lib.language.lexicon import Verb, verbs
from corpus_lib.language.syntax import TIES, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

DENIES = "deny"
"""The class of what says that it is not so."""

_REACH = 6
_NOMINAL = {"noun": ("NOUN", "PROPN"), "adjective": ("ADJ", "VERB", "ADV")}


@cache
def _by_form() -> dict[str, tuple[Verb, ...]]:
    table: dict[str, tuple[Verb, ...]] = {}
    for verb in verbs("saying"):
        for form in dict.fromkeys(verb.forms):
            table[form] = (*table.get(form, ()), verb)
    return table


@cache
def _by_lemma() -> dict[str, tuple[Verb, ...]]:
    table: dict[str, tuple[Verb, ...]] = {}
    for verb in verbs("saying"):
        table[verb.lemma] = (*table.get(verb.lemma, ()), verb)
    return table


def mistagged(token: Token) -> tuple[Verb, ...]:
    """Return the entries of a form of a verb of saying that the tagger took for another word: «oppga», «meldt»."""
    if token.pos_ not in ("NOUN", "ADJ", "PROPN", "X", "ADV"):
        return ()
    known = _by_form().get(token.lower_, ())
    return () if any(e.use in _NOMINAL for e in known) else tuple(e for e in known if not e.particle)


def entries_of(token: Token) -> tuple[Verb, ...]:
    """Return the entries of the lexicon that a token may be, those whose particle stands near first.

    >>> from corpus_lib.language import load
    >>> doc = load()("Hun gir uttrykk for at taket lekker.")
    >>> [(e.lemma, e.particle) for e in entries_of(doc[1])]
    [('gi', 'uttrykk for')]
    """
    known = _by_form().get(token.lower_) or (_by_lemma().get(token.lemma_.lower(), ()) if token.pos_ == "VERB" else ())
    found = [e for e in known if _is_of(token, e)]
    return tuple(sorted(found, key=lambda e: -len(e.particle)))


def _is_of(token: Token, entry: Verb) -> bool:
    """Say whether a token is of an entry's part of speech and has its particle near."""
    parts = _NOMINAL.get(entry.use)
    if (parts is None and not is_verb(token)) or (parts is not None and token.pos_ not in parts):
        return False
    words = entry.particle.split()
    return not words or any(_stands(token, words, at) for at in range(token.i + 1, token.i + 1 + _REACH))


def _stands(token: Token, words: list[str], at: int) -> bool:
    return [t.lower_ for t in token.doc[at : at + len(words)]] == words


@cache
def cue_words() -> frozenset[str]:
    """Return the forms that make a block worth reading: those of verbs and adjectives, not of phrases and nouns."""
    return frozenset(f for v in verbs("saying") if v.use != "noun" and " " not in v.particle for f in v.forms)


def governors_of_that(tokens: Iterator[Token]) -> dict[int, int]:
    """Return word → «at» for every word on which the parse hangs an «at» clause to its right."""
    found: dict[int, int] = {}
    for token in tokens:
        tied = token.i > 0 and token.nbor(-1).lower_ in TIES
        if token.lower_ == "at" and token.dep_ == "mark" and token.head.i > token.i and not tied:
            above = token.head.head
            if above.i < token.i and above.pos_ in ("VERB", "AUX", "NOUN", "ADJ", "PROPN", "ADV"):
                found.setdefault(above.i, token.i)
    return found
