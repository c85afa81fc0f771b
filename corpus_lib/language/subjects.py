"""Who does what a verb tells: its subject, also where something else stands first and the parser took that for it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lib.language.lexicon import cues, verbs, words_of
from corpus_lib.language.syntax import finite_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_GOVERNORS = words_of("syntax.toml", "receiving")
_CLOCK = words_of("syntax.toml", "clock")
_SAID = frozenset({"det", "dette"})
_NEAR = 5
"""Up to how many words behind a verb its subject stands where something else comes first."""


def subject_of(verb: Token) -> Token | None:
    """Return a verb's subject; a coordinated verb without one takes that of the first, a relative its antecedent."""
    for child in verb.children:
        if child.dep_.startswith("nsubj") and "pass" not in child.dep_ and not _is_dateline(child, verb):
            if child.lower_ in ("som", "der") and verb.dep_.startswith("acl"):
                return verb.head
            return _behind_fronted(verb, child) or _behind_object(verb, child) or child
    if verb.dep_ == "conj" and verb.head.i < verb.i:
        return subject_of(verb.head)
    if verb.dep_.startswith("acl") and verb.i > verb.head.i:
        return verb.head
    return None


def _is_time(token: Token) -> bool:
    """Say whether a word tells when, and is no name: «mandag», «klokken 8», not «Helga»."""
    if token.like_num and token.i:
        return token.nbor(-1).lower_ in _CLOCK
    return not token.ent_type_ and token.lower_ in words_of("demand_words.toml", "times")


def _is_dateline(subject: Token, verb: Token) -> bool:
    """Say whether what stands before a verb only opens the line: «Kuopio (NTB): Juhani Lie avviser …»."""
    between = verb.doc[subject.i + 1 : verb.i] if subject.i < verb.i else ()
    others = (c for c in verb.lefts if c.i > subject.i and c.dep_.startswith("nsubj"))
    return any(t.text.endswith(":") for t in between) and any(others)


def _behind_fronted(verb: Token, subject: Token) -> Token | None:
    """Return the noun behind a verb where a governed word or a time stands before it: «Til VG sier Lie», not «VG»."""
    first = subject.left_edge
    governed = first.lower_ in _GOVERNORS or (first.i and first.nbor(-1).lower_ in _GOVERNORS)
    timed = _is_time(subject) and verb.lower_ in cues("saying")
    if subject.i > verb.i or not (governed or timed):
        return None
    opener = finite_of(verb)  # «klokken 8 kunne Lie melde»: the subject stands behind the auxiliary
    opener = opener if subject.i < opener.i < verb.i else verb
    following = verb.doc[opener.i + 1 : opener.i + 4]
    noun = next((t for t in following if t.pos_ in ("NOUN", "PROPN", "PRON")), None)
    if noun is not None and timed and not any(t.dep_.startswith("nsubj") for t in (noun, noun.head)):
        return None
    if noun is None or any(t.is_punct or t.lower_ == "at" for t in verb.doc[opener.i + 1 : noun.i]):
        return None
    return noun


@cache
def _uttering() -> frozenset[str]:
    """Return the forms of the verbs of saying whose object is said, not whom it moves: not «provosere», «glede»."""
    return frozenset(f for v in verbs("saying") if not v.particle and v.kind not in ("blame", "feel") for f in v.forms)


def _behind_object(verb: Token, subject: Token) -> Token | None:
    """Return the person behind a verb of saying where «det» before it is what is said: «Det avviser ordfører Lie»."""
    if subject.i >= verb.i or subject.lower_ not in _SAID or verb.lower_ not in _uttering():
        return None
    following = verb.doc[verb.i + 1 : verb.i + _NEAR]
    name = next((t for t in following if t.ent_type_ == "PER"), None)
    if name is None or any(t.pos_ not in ("NOUN", "ADJ", "ADV", "PART") for t in verb.doc[verb.i + 1 : name.i]):
        return None
    return name
