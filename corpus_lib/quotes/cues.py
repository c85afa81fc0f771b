"""Which words can carry speech: the entries of the lexicon of saying that a token may be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from corpus_lib.language.lexicon import Verb, verbs
from corpus_lib.language.syntax import is_tied, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

DENIES = "deny"
"""The class of what says that it is not so."""

_REACH, _LONGEST = 6, 4
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
    if not known:
        return ()
    fitting = [e for e in known if _is_of(token, e)]
    if any(e.particle for e in fitting):
        near = [t.lower_ for t in token.doc[token.i + 1 : token.i + _REACH + _LONGEST]]
        fitting = [e for e in fitting if not e.particle or _stands(_words(e.particle), near)]
    return tuple(sorted(fitting, key=lambda e: -len(e.particle)))


def _is_of(token: Token, entry: Verb) -> bool:
    """Say whether a token is of an entry's part of speech."""
    parts = _NOMINAL.get(entry.use)
    return is_verb(token) if parts is None else token.pos_ in parts


@cache
def _words(particle: str) -> tuple[str, ...]:
    return tuple(particle.split())


def _stands(words: tuple[str, ...], near: list[str]) -> bool:
    """Say whether some words stand in their order near a cue."""
    first = words[0]
    if first not in near[:_REACH]:
        return False
    return any(near[at] == first and tuple(near[at : at + len(words)]) == words for at in range(min(_REACH, len(near))))


@cache
def cue_words() -> frozenset[str]:
    """Return the forms that make a block worth reading: those of verbs and adjectives, not of phrases and nouns."""
    return frozenset(f for v in verbs("saying") if v.use != "noun" and " " not in v.particle for f in v.forms)


def governors_of_that(tokens: Iterator[Token]) -> dict[int, int]:
    """Return word → «at» for every word on which the parse hangs an «at» clause to its right."""
    found: dict[int, int] = {}
    for token in tokens:
        if token.lower_ == "at" and token.dep_ == "mark" and token.head.i > token.i and not is_tied(token):
            above = token.head.head
            if above.i < token.i and above.pos_ in ("VERB", "AUX", "NOUN", "ADJ", "PROPN", "ADV"):
                found.setdefault(above.i, token.i)
    return found
