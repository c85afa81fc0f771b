"""The lexicon of demanding: verbs with the frame in which they ask, nouns that name a demand."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from corpus_lib.language.lexicon import rows
from corpus_lib.model import Strength

if TYPE_CHECKING:
    from spacy.tokens import Token

NEGATIONS = frozenset({"ikke", "ikkje", "aldri", "ei"})
_WORDS = re.compile(r"\w+")
_REACH = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """How a verb asks: whom it takes as object, what opens the thing asked for, who can be its subject."""

    lemma: str
    strength: Strength
    particle: str
    words: tuple[str, ...]
    addressed: bool
    content: frozenset[str]
    any_subject: bool


@dataclass(frozen=True, slots=True)
class _Form:
    frame: Frame
    passive: bool


@cache
def _forms() -> dict[str, tuple[_Form, ...]]:
    table: dict[str, tuple[_Form, ...]] = {}
    for row in rows("demanding.csv"):
        frame = Frame(
            lemma=row["lemma"],
            strength=row["use"],  # type: ignore[arg-type]
            particle=row["particle"],
            words=tuple(row["words"].split()),
            addressed=row["addressed"] == "yes",
            content=frozenset(row["content"].split()),
            any_subject=row["subject"] == "any",
        )
        for column, passive in (("forms", False), ("passive", True)):
            for form in dict.fromkeys((row[column] or "").split()):
                table[form] = (*table.get(form, ()), _Form(frame, passive))
    return table


def frame_of(token: Token) -> tuple[Frame, bool] | None:
    """Return the frame of a verb of demanding, and whether its form is an -s passive; None for another word."""
    for form in _forms().get(token.lower_, ()):
        if not form.frame.words or _follow(token, form.frame.words):
            return form.frame, form.passive
    return None


def _follow(token: Token, words: tuple[str, ...]) -> bool:
    near = [t.lower_ for t in token.doc[token.i + 1 : token.i + 1 + _REACH]]
    return any(tuple(near[i : i + len(words)]) == words for i in range(len(near)))


@cache
def word_list(key: str) -> frozenset[str]:
    """Return a word list of the lexicon of demands, by its key.

    >>> "kravet" in word_list("demand"), "må" in word_list("modals")
    (True, True)
    """
    return frozenset(_lists()[key].split())


@cache
def _lists() -> dict[str, str]:
    data = files("corpus_lib.language") / "data"
    names = ("demand_nouns.toml", "demand_words.toml")
    return {k: v for name in names for k, v in tomllib.loads((data / name).read_text(encoding="utf-8")).items()}


def noun_kind(token: Token) -> str | None:
    """Return what a noun names: a demand, a request, a proposal; None for another noun."""
    if token.pos_ not in ("NOUN", "PROPN", "X"):
        return None
    last = token.lower_.rpartition("-")[2]
    for kind in ("demand", "request", "proposal"):
        if any(last == n or (len(n) > 3 and last.endswith(n)) for n in word_list(kind)):
            return kind
    return None


def may_hold_demands(text: str) -> bool:
    """Say whether a block can hold a demand or an answer: it has one of their verbs or nouns.

    >>> may_hold_demands("Veien er stengt."), may_hold_demands("LO krever svar.")
    (False, True)
    """
    words = {w.lower() for w in _WORDS.findall(text)}
    endings = ("krav", "kravet", "kravene", "krava", "forslag", "forslaget", "framlegg", "framlegget")
    return not _cue_words().isdisjoint(words) or any(w.endswith(endings) for w in words)


@cache
def _cue_words() -> frozenset[str]:
    answers = (form for r in rows("answering.csv") for form in r["forms"].split())
    nouns = (n for kind in ("demand", "request", "proposal") for n in word_list(kind))
    modals = ("må", "bør", "vil", "ville", "burde", "forventer", "forventar", "tide")
    return frozenset((*_forms(), *answers, *nouns, *modals))
