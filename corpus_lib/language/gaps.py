"""What a verb's missing object is, where it stands before the verb: «rapporten som X ba om», «S, slik X ba om»."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corpus_lib.language.syntax import is_finite, is_verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_CLIMB = 3
"""How many verbs stand between a verb and the relative clause it is in: «X har villet få lov til å be om»."""
_REACH = 12
"""How many words before a verb the «som» of its clause may stand."""
_BEHIND = 5
"""How many words behind a verb its preposition may stand: «bedt styret i foretaket om»."""
_CHAINED = ("xcomp", "ccomp", "aux", "conj", "advcl")
_RELATIVE = ("acl:relcl", "acl")
_CLAUSES = ("ccomp", "xcomp")
_NOMINAL = ("NOUN", "PROPN", "PRON")
_HEADS = (*_NOMINAL, "DET", "NUM", "ADJ")
_PREPOSITIONS = frozenset({"om", "til", "for", "på", "etter", "av", "mot"})
_GETTING = frozenset({"få"})


@dataclass(frozen=True, slots=True)
class Gap:
    """What fills the place of a missing object.

    Attributes
    ----------
    kind
        ``relative``: the noun that a relative clause tells of; ``like``: the clause before «slik», «som» or «enn».
    first, last
        The numbers of its first and last word.
    """

    kind: Literal["relative", "like"]
    first: int
    last: int


def gap_of(verb: Token, sentence: Tokens) -> Gap | None:
    """Return what stands before a verb in the place of its missing object; None where it has one, or lacks none.

    >>> from corpus_lib.language import load
    >>> doc = load()("Ledelsen la fram rapporten som forbundet har bedt om siden januar.")
    >>> gap = gap_of(doc[7], doc[:])
    >>> gap.kind, doc[gap.first : gap.last + 1].text
    ('relative', 'rapporten')
    """
    if not is_verb(verb) or not _lacks_object(verb, sentence.end):
        return None
    mark = _mark_before(verb, sentence.start)
    if mark is None:
        return _without_mark(verb, sentence)
    before = verb.doc[mark.i - 1]
    if mark.lower_ != "som" or before.lower_ == "slik":
        return _clause(mark.i - (before.lower_ == "slik"), sentence)
    noun = _antecedent(verb, sentence.start)
    if noun is not None and noun.i < mark.i:
        return _phrase(noun, mark.i, sentence)
    if before.is_punct:
        return _clause(mark.i, sentence)
    return _phrase(before, mark.i, sentence) if before.pos_ in _HEADS else None


def _lacks_object(verb: Token, end: int) -> bool:
    """Say whether a verb has no object behind it, or a preposition that governs nothing."""
    doc = verb.doc
    for word in doc[verb.i + 1 : min(verb.i + 1 + _BEHIND, end)]:
        if word.is_punct:
            break
        behind = word.i + 1
        if behind + 1 < end and doc[behind].lower_ == "å" and doc[behind + 1].lower_ in _GETTING:
            behind += 2  # «bedt om å få siden januar»
        if word.lower_ in _PREPOSITIONS and not _governs(doc[behind] if behind < end else None):
            return True
    return not any(c.i > verb.i and (c.dep_ == "obj" or c.dep_ in _CLAUSES) for c in verb.children)


def _governs(after: Token | None) -> bool:
    """Say whether what stands behind a preposition is what it governs."""
    return after is not None and (after.pos_ in _HEADS or after.lower_ in ("å", "at"))


def _mark_before(verb: Token, start: int) -> Token | None:
    """Return the «som», «slik» or «enn» that opens a verb's clause with somebody between them who is its subject."""
    subject = False
    for token in reversed(verb.doc[max(start + 1, verb.i - _REACH) : verb.i]):
        if token.lower_ in ("som", "slik", "enn"):
            return token if subject else None
        if token.is_punct and token.text not in '()«»"':
            return None
        subject = subject or (token.pos_ in _NOMINAL and token.i + 1 <= verb.i)
    return None


def _tops(verb: Token) -> Iterator[Token]:
    """Yield a verb and those that govern it, as long as they are one chain."""
    yield verb
    for _ in range(_CLIMB):
        if verb.dep_ not in _CHAINED or verb.head.i == verb.i:
            return
        verb = verb.head
        yield verb


def _antecedent(verb: Token, start: int) -> Token | None:
    """Return the noun of which the relative clause tells that a verb is in."""
    top = next((t for t in _tops(verb) if t.dep_ in _RELATIVE), None)
    return top.head if top is not None and start <= top.head.i < top.i and top.head.pos_ in _HEADS else None


def _without_mark(verb: Token, sentence: Tokens) -> Gap | None:
    """Return the antecedent of a relative clause without «som», which has a subject of its own."""
    noun = _antecedent(verb, sentence.start)
    top = next((t for t in _tops(verb) if t.dep_ in _RELATIVE), verb)
    subject = next((c for c in top.children if c.dep_.startswith("nsubj") and c.lower_ not in ("som", "der")), None)
    if noun is None or subject is None or not noun.i < subject.i < verb.i:
        return None
    return _phrase(noun, subject.left_edge.i, sentence)


def _phrase(noun: Token, end: int, sentence: Tokens) -> Gap:
    """Return a noun with what stands before and behind it, up to its relative clause."""
    doc, first, last = noun.doc, max(noun.left_edge.i, sentence.start), end - 1
    first = max([first, *(t.i + 1 for t in doc[first : noun.i] if is_finite(t))])
    while first < noun.i and doc[first].pos_ in ("ADP", "CCONJ", "SCONJ", "PUNCT", "ADV"):
        first += 1
    while last > noun.i and doc[last].is_punct:
        last -= 1
    return Gap("relative", first, max(last, noun.i))


def _clause(end: int, sentence: Tokens) -> Gap | None:
    """Return what stands before «slik» in its sentence."""
    last = end - 1
    while last > sentence.start and sentence.doc[last].is_punct:
        last -= 1
    return Gap("like", sentence.start, last) if last > sentence.start else None
