"""Questions of grammar that quotations, actors and demands ask of the parse: one home for each answer.

Every function takes tokens of a parsed block and returns tokens, spans or truth values; none changes anything. Words
are listed in ``data/syntax.toml``, Bokmål and Nynorsk side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus_lib.language.lexicon import words_of
from corpus_lib.language.parsed import name_at, names_in

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

NEGATIONS = words_of("syntax.toml", "negations")
"""Words that say that a clause does not hold."""

MODALS = words_of("syntax.toml", "modals")
"""Verbs of will, duty, permission and possibility."""

CONDITIONS = words_of("syntax.toml", "conditions")
"""Conjunctions that only suppose what follows."""

_BEING = words_of("syntax.toml", "being")
_MOVING = words_of("syntax.toml", "moving")

SUBORDINATORS = words_of("syntax.toml", "subordinators")
"""Words that open a subordinate clause."""

REFLEXIVES = words_of("syntax.toml", "reflexive")
"""Pronouns that own for the subject, and for a name before them: «Høgre sin gruppeleiar»."""

_COORDINATORS = words_of("syntax.toml", "coordinators")
_TIES = words_of("syntax.toml", "tied_that")
_MEASURES = words_of("syntax.toml", "measures")
_UNMEASURED = words_of("syntax.toml", "unmeasured")
_DUMMIES = words_of("syntax.toml", "dummies")
_ENDINGS = ("arane", "erane", "erne", "ene", "ane", "arar", "ere", "ar", "er", "en", "et", "a", "e")
_FINAL = frozenset(".?!…:")
_OWNING = ("nmod", "nmod:poss", "det", "compound")
_STEM = 3
_REACH = 9
"""How far behind a comma or conjunction a finite verb may stand that makes it the border of a clause."""


# --- words -------------------------------------------------------------------------------------------------------


def stem(noun: str) -> str:
    """Return a noun without its ending of number and definiteness; a stem keeps three letters.

    >>> stem("ordførarane"), stem("ordførarar"), stem("foreldrene"), stem("retten")
    ('ordfør', 'ordfør', 'foreldr', 'rett')
    """
    for ending in _ENDINGS:
        if noun.endswith(ending) and len(noun) - len(ending) >= _STEM:
            return noun.removesuffix(ending)
    return noun


def is_verb(token: Token) -> bool:
    """Say whether a token is a verb: also a participle taken for an adjective behind its auxiliary («har svart»)."""
    return token.pos_ in ("VERB", "AUX") or (token.pos_ == "ADJ" and any(c.dep_ == "aux" for c in token.children))


def is_finite(token: Token) -> bool:
    """Say whether a token is a finite verb."""
    return token.pos_ in ("VERB", "AUX") and "Fin" in token.morph.get("VerbForm", [])


def is_infinitive(token: Token) -> bool:
    """Say whether a token is an infinitive."""
    return token.pos_ in ("VERB", "AUX") and "Inf" in token.morph.get("VerbForm", [])


def is_passive(verb: Token) -> bool:
    """Say whether a verb is passive: «ble bedt», «er blitt oppfordret», «er bedt», «avvises», «sies»."""
    if "Pass" in verb.morph.get("Voice", []) or any(c.dep_ in ("aux:pass", "nsubj:pass") for c in verb.children):
        return True
    done = "Part" in verb.morph.get("VerbForm", []) and verb.lower_ not in _MOVING
    return done and any(c.dep_.startswith("aux") and c.lower_ in _BEING for c in verb.children)


# --- verbs and what stands around them ---------------------------------------------------------------------------


def finite_of(verb: Token) -> Token:
    """Return the finite verb of a verb's clause: its first finite auxiliary, else itself."""
    return next((c for c in verb.children if c.dep_.startswith(("aux", "cop")) and is_finite(c)), verb)


def object_of(verb: Token) -> Token | None:
    """Return a verb's object: the thing, not the receiver."""
    return next((c for c in verb.children if c.dep_ == "obj"), None)


def receiver_of(verb: Token) -> Token | None:
    """Return a verb's indirect object: «forteller VG at», «ber kommunen snu»."""
    return next((c for c in verb.children if c.dep_ == "iobj"), None)


def agent_of(verb: Token) -> Token | None:
    """Return who does what a passive verb tells: «avvises av ordføreren»."""
    return next((c for c in verb.children if preposition_of(c) is not None and preposition_of(c).lower_ == "av"), None)  # type: ignore[union-attr]


def is_dummy(subject: Token | None) -> bool:
    """Say whether a subject stands for nobody: «det», «man»; in a name it does not: «Det hvite hus»."""
    return subject is not None and subject.lower_ in _DUMMIES and not subject.ent_type_


def negation_of(verb: Token) -> Token | None:
    """Return the word that negates a verb's clause, its own or its auxiliary's: «sier ikke», «har aldri sagt»."""
    for holder in (verb, finite_of(verb)):
        found = next((c for c in holder.children if c.lower_ in NEGATIONS), None)
        if found is not None:
            return found
    return None


def is_negated(verb: Token) -> bool:
    """Say whether a verb's clause is negated."""
    return negation_of(verb) is not None


def modal_of(verb: Token) -> Token | None:
    """Return the modal verb that governs a verb: «vil» of «vil si», «må» of «må kunne si»."""
    return next((c for c in verb.children if c.dep_.startswith("aux") and c.lower_ in MODALS), None)


def mark_of(verb: Token) -> Token | None:
    """Return the word that makes a verb's clause subordinate: «at», «hvis», «fordi», «om»."""
    return next((c for c in verb.children if c.dep_ == "mark" and c.i < verb.i and c.lower_ != "å"), None)


def is_supposed(verb: Token) -> bool:
    """Say whether a verb's clause is a condition: «hvis han sier», «dersom kommunen hadde sagt»."""
    mark = mark_of(verb)
    return mark is not None and mark.lower_ in CONDITIONS


# --- nouns and what stands around them ---------------------------------------------------------------------------


def has_tree(token: Token) -> bool:
    """Say whether the parser has seen a token's block; elsewhere walking the tree is unsafe in spaCy."""
    return bool(token.dep)  # `Doc.has_annotation` would read the whole Doc


def preposition_of(noun: Token) -> Token | None:
    """Return the preposition before a noun phrase, given its head."""
    return next((c for c in noun.lefts if c.dep_ == "case"), None)


def has_preposition(name: Tokens) -> bool:
    """Say whether a preposition stands before a name; False where the parser has not run."""
    return has_tree(name.root) and preposition_of(name.root) is not None


def governed_by(preposition: Token, limit: int | None = None) -> Token | None:
    """Return the head of what a preposition governs: by the parse, else the next noun, name or pronoun.

    Parameters
    ----------
    limit
        The token at which the search ends; the end of the sentence without it.
    """
    end = preposition.sent.end if limit is None else limit
    head = preposition.head
    if preposition.dep_ == "case" and preposition.i < head.i < end:
        return head
    return next((t for t in preposition.doc[preposition.i + 1 : end] if t.pos_ in ("NOUN", "PROPN", "PRON")), None)


def apposition_of(noun: Token) -> Token | None:
    """Return the head of the apposition of a noun: «Lie» of «ordføreren, Kari Lie,»."""
    return next((c for c in noun.children if c.dep_.startswith("appos") and c.i > noun.i), None)


def noun_phrase(head: Token, limit: int | None = None) -> Tokens:
    """Return the noun phrase of a head: its modifiers, name and apposition, without relative clauses.

    Parameters
    ----------
    limit
        Words from this token on do not belong to it.
    """
    first, last = head.i, head.i
    stack = [head]
    while stack:
        token = stack.pop()
        first, last = min(first, token.i), max(last, token.i)
        for child in token.children:
            if child.dep_.startswith(("acl", "punct", "parataxis", "advcl", "cop", "cc:preconj", "expl")):
                continue
            if child.dep_ in ("advmod", "mark", "aux") and child.pos_ in ("ADV", "AUX"):
                continue
            if token is head and child.i < head.i and child.dep_ in ("obl", "case"):
                continue
            if limit is not None and child.i >= limit:
                continue
            stack.append(child)
    return head.doc[first : last + 1]


def owner_of(noun: Token) -> Tokens | None:
    """Return the name in the genitive before a noun: «Norges» of «Norges statsminister»."""
    before = noun.doc[noun.left_edge.i : noun.i] if has_tree(noun) else noun.doc[noun.i : noun.i]
    return next((n for n in names_in(before) if n.end == noun.i and n.text.endswith(("s", "'", "’"))), None)


def owned_by(owner: Token, end: int) -> Token:
    """Return the noun or name that a genitive or possessive stands before; else the word.

    So «hans forsvarer, Kari Lie», «Høyres gruppeleder» and «Høgre sin gruppeleiar».

    Parameters
    ----------
    end
        The token at which the search ends.
    """
    name = name_at(owner.doc, owner.i)
    head = owner if name is None or name[-1].dep_ not in _OWNING else name[-1]
    behind = owner.i + 1 if name is None else name.end
    if behind < end and owner.doc[behind].lower_ in REFLEXIVES and owner.pos_ in ("NOUN", "PROPN"):
        head = owner.doc[behind]
    while head.dep_ in _OWNING and head.i < head.head.i < end and head.head.pos_ in ("NOUN", "PROPN"):
        if any(t.text == "," or is_finite(t) for t in owner.doc[head.i + 1 : head.head.i]):
            break
        head = head.head
    return owner if name is not None and head in name else head


# --- clauses and sentences ---------------------------------------------------------------------------------------


def sentence_of(token: Token) -> Tokens:
    """Return the sentence of a token by its punctuation: the parser sometimes cuts before a bare infinitive."""
    doc, start, end = token.doc, token.i, token.i + 1  # `Token.sent` would read the whole Doc
    while start > 0 and not (doc[start].is_sent_start and _is_final(doc[start - 1])):
        start -= 1
    while end < len(doc) and not (doc[end].is_sent_start and _is_final(doc[end - 1])):
        end += 1
    return doc[start:end]


def _is_final(token: Token) -> bool:
    if token.is_space:
        return token.i == 0 or "\n" in token.text or _is_final(token.doc[token.i - 1])
    if token.text in ("»", '"', "”") and token.i:
        return _is_final(token.doc[token.i - 1])
    return token.text in _FINAL


def is_tied(that: Token) -> bool:
    """Say whether an «at» goes with a word before it and opens nothing that is said: «slik at», «så sakte at»."""
    if that.i == 0 or that.nbor(-1).lower_ in _TIES:
        return that.i > 0
    measured = that.nbor(-1).pos_ in ("ADJ", "ADV") and that.nbor(-1).lower_ not in _UNMEASURED
    return measured and that.i > 1 and that.nbor(-2).lower_ in _MEASURES


def that_after(token: Token, end: int) -> int | None:
    """Return the place of the «at» that opens what a word governs: no other verb may stand between."""
    for t in token.doc[token.i + 1 : end]:
        if t.lower_ == "at":
            return None if is_tied(t) else int(t.i)
        if t.text in (":", ";", "?", "!", "–") or is_finite(t) or is_infinitive(t):
            return None
        if t.lower_ in ("som", "men") and t.pos_ in ("SCONJ", "CCONJ", "PRON"):
            return None
    return None


def clause_of(verb: Token) -> Tokens:
    """Return the words of a verb's clause with all that hangs on it, from its first to its last."""
    return verb.doc[verb.left_edge.i : verb.right_edge.i + 1]


def boundaries(tokens: Tokens) -> Iterator[tuple[int, str]]:
    """Yield where a clause may end within some words, and why: (the place of the first word no longer in it, kind).

    Kinds: ``comma`` and ``dash`` (a mark, whatever follows), ``and`` and ``but`` (a coordinator before a finite
    verb), ``subordinate`` (a conjunction or relative), ``colon``, ``end`` (the end of the words).
    """
    doc = tokens.doc
    for token in tokens[1:]:
        if token.text in (",", ";", "(") or (token.text in ("–", "—", "-") and token.i and token.nbor(-1).whitespace_):
            yield token.i, "comma" if token.text in (",", ";") else "dash"
        elif token.text == ":":
            yield token.i, "colon"
        elif token.lower_ in _COORDINATORS and any(
            is_finite(t) for t in doc[token.i + 1 : min(token.i + _REACH, tokens.end)]
        ):
            yield token.i, "but" if token.lower_ == "men" else "and"
        elif token.lower_ in SUBORDINATORS and token.pos_ in ("SCONJ", "ADP", "ADV", "PRON"):
            yield token.i, "subordinate"
    yield tokens.end, "end"


def trimmed(tokens: Tokens) -> Tokens:
    """Return words without the marks and white space at their ends; a question or exclamation mark stays."""
    start, end, doc = tokens.start, tokens.end, tokens.doc
    while end > start and (doc[end - 1].text in (",", ".", ":", ";", "–", "-", "—") or doc[end - 1].is_space):
        end -= 1
    while start < end and (doc[start].text in (",", ".", ":", ";", "–", "-", "—") or doc[start].is_space):
        start += 1
    return doc[start:end]
