"""Whose reported words are: the noun phrase beside a cue that names who speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lib.language.parsed import name_from
from corpus_lib.language.subjects import subject_of
from corpus_lib.language.syntax import REFLEXIVES, agent_of, is_dummy, is_passive, owner_of, preposition_of
from corpus_lib.quotes.denials import denier_of
from corpus_lib.quotes.features import subject_above
from corpus_lib.quotes.found import phrase_of
from corpus_lib.quotes.inquits import speaker_in
from corpus_lib.quotes.options import ACCORDINGS, AROUND, AS, BEFORE, COLON, POINTS, Candidate

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_DOCUMENTS = ("i", "av", "på", "fra", "frå")
_GAP = 2


def source_of(one: Candidate, start: int) -> Tokens | None:
    """Return the noun phrase that names who speaks, None where none stands."""
    cue, sentence = one.cue, one.sentence
    if one.kind in ACCORDINGS:
        return _according_to(one)
    if one.kind == COLON and one.source is not None:
        names = list(one.source.ents)
        return names[0] if names else one.source
    if one.kind == AS:
        return _before_cue(cue, sentence)
    if one.kind in (BEFORE, AROUND, POINTS):
        return speaker_in(cue, cue.doc[cue.i : sentence.end]) or _before_cue(cue, sentence)
    if one.entries and one.entries[0].use == "document":
        return _document(cue, start, sentence)
    if cue.pos_ in ("NOUN", "PROPN"):
        return _of_noun(cue, start)
    return _subject(cue, start, sentence)


def _according_to(one: Candidate) -> Tokens | None:
    """Return the source of «ifølge», its name alone where a sentence goes on behind it."""
    whole, doc = one.source, one.cue.doc
    if whole is None or not len(whole):
        return None
    named = name_from(doc, whole.start)
    if named is None or named.end >= whole.end or doc[named.end].text == ",":
        return whole
    owner = named.text.endswith(("s", "'")) and doc[named.end].pos_ in ("NOUN", "ADJ", "PROPN")
    if not owner and doc[named.end].lower_ not in REFLEXIVES:
        return doc[whole.start : named.end]
    return whole


def _before_cue(cue: Token, sentence: Tokens) -> Tokens | None:
    """Return a subject before the cue: «S, slik Kari Lie sier det»."""
    subject = subject_of(cue)
    return phrase_of(subject, cue.i) if subject is not None and sentence.start <= subject.i < cue.i else None


def _subject(cue: Token, start: int, sentence: Tokens) -> Tokens | None:
    """Return the subject of a cue before what it reports."""
    doc = cue.doc
    if is_passive(cue) and (agent := agent_of(cue)) is not None:
        return phrase_of(agent)[1:] if phrase_of(agent)[0].dep_ == "case" else phrase_of(agent)
    subject = subject_above(cue)
    if subject is not None and subject.i >= start:
        before = cue.nbor(-1) if cue.i > sentence.start else None
        subject = before if before is not None and before.pos_ in ("PRON", "PROPN", "NOUN") else None
    if subject is None and start - cue.i > _GAP:
        return speaker_in(cue, doc[cue.i : start - 1])
    if subject is None or is_dummy(subject):
        return None
    mention = phrase_of(subject, start if subject.i < start else None)
    return None if mention.start <= start < mention.end else mention


def _document(cue: Token, start: int, sentence: Tokens) -> Tokens | None:
    """Return the document of «i dommen står det at S», «det framgår av rapporten at S»."""
    doc = cue.doc
    cases = (t for t in doc[sentence.start : start] if t.dep_ == "case" and t.lower_ in _DOCUMENTS)
    found = next((t.head for t in cases if t.head.head.i == cue.i and t.head.pos_ in ("NOUN", "PROPN")), None)
    if found is None:
        return None if is_dummy(subject_of(cue)) else _subject(cue, start, sentence)
    whole = phrase_of(found, min(cue.i if found.i < cue.i else start - 1, start - 1))
    first = next((t.i for t in whole if t.dep_ != "case"), whole.start)
    return doc[first : whole.end]


def _of_noun(noun: Token, start: int) -> Tokens | None:
    """Return whose word a noun is: its owner, «fra X», «av X», else the subject of the verb it hangs on."""
    if (denier := denier_of(noun)) is not None:
        return _subject(denier, start if denier.i < noun.i else len(noun.doc), denier.sent)
    if (owner := owner_of(noun)) is not None:
        return owner
    behind = (c for c in noun.children if c.i > noun.i and c.i < start)
    told = next((c for c in behind if (p := preposition_of(c)) is not None and p.lower_ in ("fra", "frå", "av")), None)
    if told is not None:
        whole = phrase_of(told, start)
        return noun.doc[next((t.i for t in whole if t.dep_ != "case"), whole.start) : whole.end]
    if noun.head.i == noun.i or noun.dep_ in ("nsubj", "nsubj:pass"):
        return None
    subject = subject_above(noun.head)
    return phrase_of(subject, start) if subject is not None and subject.i < noun.i and not is_dummy(subject) else None
