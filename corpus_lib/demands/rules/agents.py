"""Who can demand and answer: agents by name, office or noun, and the subjects of verbs."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lib.actors import PRONOUNS, is_role
from corpus_lib.demands.rules.clauses import is_finite
from corpus_lib.demands.rules.frames import word_list
from corpus_lib.language.lexicon import words_of
from corpus_lib.language.subjects import subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAMED = frozenset({"PER", "ORG", "GPE", "LOC"})
_ENDINGS = ("ene", "ane", "en", "et", "ar", "er", "a", "n", "r", "e", "")


def is_agent(token: Token | None) -> bool:
    """Say whether a subject can demand or answer: a name, a person, a body; not a thing."""
    if token is None or token.lower_ in word_list("nobody"):
        return False
    lowered = token.lower_
    if (
        token.ent_type_ in _NAMED
        or lowered in PRONOUNS
        or lowered in word_list("indefinite")
        or lowered in ("dere", "de", "dykk")
    ):
        return True
    if token.pos_ in ("ADJ", "NUM", "DET") and any(
        c.i > token.i and c.dep_ in ("flat:name", "nmod") and is_body(c.lower_) for c in token.children
    ):
        return True
    abbreviation = token.text.isupper() and 2 <= len(token.text) <= 6
    if (token.pos_ == "PROPN" and token.text[:1].isupper()) or abbreviation:
        return True
    return token.pos_ in ("NOUN", "PROPN", "ADJ", "DET") and is_body(lowered)


def is_body(noun: str) -> bool:
    """Say whether a noun names a person, people or a body, by itself or as the last part of a compound.

    >>> is_body("barnevernpanelet"), is_body("ordførarane"), is_body("situasjonen")
    (True, True, False)
    """
    last = noun.rpartition("-")[2]
    institutions = words_of("persons.toml", "institutions") | word_list("bodies")
    if last in institutions or last in words_of("persons.toml", "collectives"):
        return True
    stem = next((last.removesuffix(e) for e in ("ene", "ane") if last.endswith(e) and len(last) > 6), last)
    forms = tuple(f + e for f in dict.fromkeys((last, stem)) for e in ("", "et", "en", "a"))
    if any(f.endswith(_long(institutions)) for f in forms) or institutions.intersection(forms):
        return True
    if len(last) > 4 and last.endswith(tuple(word_list("people"))):
        return True
    return any(is_role(last.removesuffix(e)) for e in _ENDINGS if last.endswith(e) and len(last) - len(e) > 2)


@cache
def _long(nouns: frozenset[str]) -> tuple[str, ...]:
    return tuple(n for n in nouns if len(n) > 4)


def subject_near(verb: Token) -> Token | None:
    """Return a verb's subject by the parse; a relative takes its antecedent, an infinitive the subject above it."""
    if (main := _coordinated_with(verb)) is not None:
        return subject_near(main)
    subject = subject_of(verb)
    if verb.dep_ == "acl" and subject == verb.head and any(c.lower_ == "å" for c in verb.children):
        subject = None
    if subject is None and is_finite(verb):
        objects = [c for c in verb.children if c.dep_ in ("obj", "iobj") and c.i > verb.i]
        subject = objects[0] if len(objects) > 1 and is_agent(objects[0]) else None  # a verb before its subject
    if subject is None and "Inf" in verb.morph.get("VerbForm", []):
        above = verb
        while subject is None and above.dep_ in ("conj", "xcomp", "ccomp", "advcl") and above.head.i < above.i:
            above = above.head
            subject = subject_of(above)
    if subject is None and verb.dep_ in ("aux", "cop", "aux:pass"):
        subject = subject_of(verb.head)
    if subject is None and verb.dep_ == "xcomp":
        subject = subject_of(verb.head)
    if subject is not None and subject.lower_ in word_list("nobody") and subject.lower_ != "som":
        beside = [c for c in subject.head.children if c.dep_.startswith("nsubj") and is_agent(c)]
        subject = beside[-1] if beside else subject
    if subject is not None and subject.lower_ == "som":
        subject = next((t for t in reversed(verb.doc[verb.sent.start : subject.i]) if is_agent(t)), subject)
    return subject


def _coordinated_with(verb: Token) -> Token | None:
    """Return the main verb that a verb behind «, men» goes on from, where the parse joins it to an «at» clause.

    «X har erkjent at S, men har bedt dem om å …»: without a subject and an «at» of its own it is X who asks.
    """
    own = any(c.dep_.startswith("nsubj") or c.lower_ == "at" for c in verb.children)
    conjunction = next((c for c in verb.children if c.dep_ == "cc"), None)
    if verb.dep_ != "conj" or own or conjunction is None or not conjunction.i or verb.head.dep_ != "ccomp":
        return None
    comma = verb.doc[conjunction.i - 1].text == ","
    return verb.head.head if comma and verb.head.head != verb.head else None


def finite_of(verb: Token) -> Token:
    """Return the finite verb of a verb's clause: its first auxiliary, else itself."""
    auxiliaries = [c for c in verb.children if c.dep_.startswith("aux") and is_finite(c)]
    return auxiliaries[0] if auxiliaries else verb


def subject_above(verb: Token) -> Token | None:
    """Return a verb's subject, or that of the verb it hangs on: «tok avgjørelsen om å si nei»."""
    subject, above = subject_near(verb), verb
    while (subject is None or subject.lower_ in ("det", "som")) and above.dep_ not in ("ROOT", "parataxis"):
        if subject is not None and above.dep_ == "acl:relcl":
            return above.head
        if subject is not None and subject.lower_ == "det":
            return subject
        above = above.head
        if above.pos_ in ("VERB", "AUX", "ADJ"):
            subject = subject_near(above)
    return subject
