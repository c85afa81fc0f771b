"""The lexicon of demanding: verbs with the frame in which they ask, nouns that name a demand."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from corpus_lib.language.lexicon import rows
from corpus_lib.language.syntax import NEGATIONS as NEGATIONS
from corpus_lib.model import Strength

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = re.compile(r"\w+")
_REACH = 4
_REMEMBERED = 8192
"""How many words' kinds are kept at hand."""


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


def is_asking(form: str) -> bool:
    """Say whether a word in lower case is a form of a verb of demanding.

    >>> is_asking("krever"), is_asking("svarer")
    (True, False)
    """
    return form in _forms()


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
def phrases(key: str) -> tuple[tuple[str, ...], ...]:
    """Return a list of phrases of the lexicon of demands, each as its words; in the file «_» joins them.

    >>> ("under", "forutsetning") in phrases("conditions")
    True
    """
    return tuple(tuple(p.split("_")) for p in sorted(word_list(key)))


@cache
def _lists() -> dict[str, str]:
    data = files("corpus_lib.language") / "data"
    names = ("demand_nouns.toml", "demand_words.toml")
    return {k: v for name in names for k, v in tomllib.loads((data / name).read_text(encoding="utf-8")).items()}


def noun_kind(token: Token) -> str | None:
    """Return what a noun names: a demand, a request, a proposal; None for another noun."""
    kind = _kind(token.lower_.rpartition("-")[2])
    return kind if kind is not None and (token.pos_ in ("NOUN", "PROPN", "X") or token.dep_ == "obj") else None


def kind_of_word(word: str) -> str | None:
    """Return what a definite noun takes up: a demand, a request, a proposal; None for another word.

    >>> kind_of_word("forslaget"), kind_of_word("forslag"), kind_of_word("svaret")
    ('proposal', None, None)
    """
    return _kind(word.lower()) if word.endswith(("et", "en", "ene", "a", "ane")) else None


@lru_cache(maxsize=_REMEMBERED)
def _kind(last: str) -> str | None:
    for kind in ("demand", "request", "proposal"):
        if last in word_list(kind) or last.endswith(_endings(kind)):
            return kind
    return None


@cache
def _endings(kind: str) -> tuple[str, ...]:
    return tuple(n for n in word_list(kind) if len(n) > 3)


def may_hold_demands(text: str) -> bool:
    """Say whether a block can hold a demand or an answer: it has one of their verbs or nouns.

    >>> may_hold_demands("Veien er stengt."), may_hold_demands("LO krever svar.")
    (False, True)
    """
    words = {w.lower() for w in _WORDS.findall(text)}
    endings = ("krav", "kravet", "kravene", "krava", "forslag", "forslaget", "framlegg", "framlegget")
    pointed = not word_list("points").isdisjoint(words) and not word_list("ordinals").isdisjoint(words)
    if pointed or not _cue_words().isdisjoint(words) or any(w.endswith(endings) for w in words):
        return True
    answers = _answer_words()
    return any(beside <= words for word in words & answers.keys() for beside in answers[word])


@cache
def _cue_words() -> frozenset[str]:
    nouns = (n for kind in ("demand", "request", "proposal") for n in word_list(kind))
    modals = ("må", "bør", "vil", "ville", "burde", "forventer", "forventar", "tide")
    return frozenset((*_forms(), *nouns, *modals))


@cache
def _answer_words() -> dict[str, tuple[frozenset[str], ...]]:
    """Return the forms of the verbs of answering, each with the sets of words of which one must stand in the block."""
    table: dict[str, tuple[frozenset[str], ...]] = {}
    table |= dict.fromkeys((*word_list("refraining"), *word_list("coming")), (frozenset({"å"}),))
    for row in rows("answering.csv"):
        pronouns = ("det", "dette") if row["what"] == "anaphor" else ("",)
        beside = [frozenset((*row["particle"].split(), *filter(None, (pronoun,)))) for pronoun in pronouns]
        for form in row["forms"].split():
            table[form] = (*table.get(form, ()), *beside)
    return table
