"""Whether a source says that its words are not so: «avviser at S», «S. Det benekter X», «tror ikke at S»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lib.language.syntax import is_infinitive, is_negated, is_supposed, modal_of
from corpus_lib.quotes.cues import DENIES, entries_of
from corpus_lib.quotes.options import ACCORDINGS, AROUND, BEFORE, COLON, INFINITIVE, POINTS, THAT, Candidate

if TYPE_CHECKING:
    from spacy.tokens import Token

_TAKERS = frozenset({"noe", "noko", "hvilket", "kva", "som", "dette", "det"})
_HAVING = frozenset({"ha", "være", "vere", "hatt", "vært", "vore"})
_FAR = 40


def denier_of(noun: Token) -> Token | None:
    """Return the verb that rejects a noun, or, failing that, its sentence: «avviste påstanden om at S»."""
    verb = noun.head
    if noun.dep_ in ("obj", "nsubj:pass", "nsubj", "obl") and verb.i != noun.i and _denies(verb):
        return verb
    near = noun.doc[max(noun.sent.start, noun.i - _FAR) : min(noun.sent.end, noun.i + _FAR)]
    return next((t for t in near if t.i != noun.i and _denies(t)), None)


def _denies(verb: Token) -> bool:
    return verb.pos_ != "NOUN" and any(e.kind == DENIES for e in entries_of(verb)[:1]) and not is_negated(verb)


def is_denied(one: Candidate, start: int) -> bool:
    """Say whether the source says that the words are not so: «avviser at S», «S. Det benekter X», «tror ikke at S»."""
    if one.kind in ACCORDINGS or one.kind == COLON:
        return False
    noun = one.cue.pos_ in ("NOUN", "PROPN")
    if noun and denier_of(one.cue) is not None:
        return True
    entry = one.entries[0] if one.entries else None
    if entry is None:
        return False
    rejects = entry.kind == DENIES
    if is_negated(one.cue):
        return not rejects and (entry.use in ("opine", "adjective") or entry.kind == "agree")
    if rejects and one.kind in (BEFORE, AROUND):
        return _takes_up(one) or _is_fronted(one)
    return rejects


def _is_denial(one: Candidate) -> bool:
    """Say whether a noun itself says so: «et dementi av at S»."""
    return bool(one.entries) and one.entries[0].kind == DENIES


def _takes_up(one: Candidate) -> bool:
    """Say whether a word takes up the words before it as an object: «S, noe X avviser», «S, avviser X det»."""
    between = one.cue.doc[max(one.ends[0], one.sentence.start) : one.cue.i]
    return any(t.lower_ in _TAKERS for t in between)


def _is_fronted(one: Candidate) -> bool:
    """Say whether the words are a clause put first: «At S, benekter X»."""
    first = next((t.lower_ for t in one.sentence if t.is_alpha), "")
    return first == "at"


def is_plainly_denied(one: Candidate, start: int) -> bool:
    """Say whether the grammar alone tells that somebody says that the words are not so, in whatever rare form."""
    if not is_denied(one, start) or is_negated(one.cue) or is_supposed(one.cue) or modal_of(one.cue) is not None:
        return False
    if one.sentence[-1].text == "?":
        return False
    noun = one.cue.pos_ in ("NOUN", "PROPN")
    if one.kind == THAT:
        return denier_of(one.cue) == one.cue.head or _is_denial(one) if noun else not is_infinitive(one.cue)
    if one.kind == INFINITIVE:
        behind = one.cue.doc[start + 1 : start + 2]
        return not noun and len(behind) > 0 and behind[0].lower_ in _HAVING
    return one.kind in (POINTS, BEFORE)
