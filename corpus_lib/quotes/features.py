"""What tells whether a candidate reports speech: named features of its cue, its subject and its words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from corpus_lib.actors import PRONOUNS, SPEAKER, is_outlet
from corpus_lib.language.lexicon import words_of
from corpus_lib.language.nouns import noun
from corpus_lib.language.parsed import name_at
from corpus_lib.language.subjects import subject_of
from corpus_lib.language.syntax import (
    NEGATIONS,
    finite_of,
    is_dummy,
    is_finite,
    is_infinitive,
    is_passive,
    is_supposed,
    mark_of,
    modal_of,
)
from corpus_lib.quotes.cues import entries_of
from corpus_lib.quotes.options import ACCORDINGS, COLON, INFINITIVE, Candidate, learned_by

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPEN, _CLOSE = frozenset("«“"), frozenset("»”")
_FIRST = words_of("syntax.toml", "first_words")
_BACK = 9
_LENGTHS = (1, 2, 3, 5, 8, 13, 21, 34)


@lru_cache(maxsize=512)
def bucket(number: int) -> str:
    """Return the class of a number: the least bound that it does not exceed.

    >>> bucket(4), bucket(100)
    ('5', 'more')
    """
    return next((str(b) for b in _LENGTHS if number <= b), "more")


def speech_features(one: Candidate, start: int, block: str) -> dict[str, float]:
    """Return what tells whether a candidate reports speech.

    Parameters
    ----------
    start
        Where its words most likely begin.
    block
        The kind of its block.
    """
    kind = one.kind
    names = [f"kind={kind}", f"kind={kind} block={block}"]
    named = kind == COLON and one.source is not None
    names += _of_source(one) if kind in ACCORDINGS else _of_name(one) if named else _of_cue(one)
    names += [f"kind={kind} {n}" for n in _of_words(one, start)]
    return dict.fromkeys(names, 1.0)


def _of_cue(one: Candidate) -> list[str]:
    kind, cue = one.kind, one.cue
    lemma = one.entries[0].lemma if one.entries else cue.lemma_.lower()
    names = [f"cue={lemma}", f"kind={kind} cue={lemma}", f"cue tag={cue.pos_}"]
    if not one.entries:
        names += ["cue not listed", f"kind={kind} cue not listed"]
    for entry in one.entries[:2]:
        names += [f"class={entry.kind}", f"kind={kind} class={entry.kind}", f"kind={kind} use={entry.use}"]
        names += [f"use={entry.use}", f"particle={entry.lemma} {entry.particle}"] if entry.particle else []
    use = one.entries[0].use if one.entries else "none"
    state = _state(cue)
    names += [f"{s}" for s in state] + [f"use={use} {s}" for s in state] + [f"kind={kind} {s}" for s in state]
    subject = subject_above(cue)
    told = who(subject)
    names += [f"subject={told}", f"use={use} subject={told}", f"kind={kind} subject={told}"]
    if subject is not None:
        names.append(f"subject {'before' if subject.i < cue.i else 'behind'} the cue, kind={kind}")
    names += _around_cue(one)
    return names


def _state(cue: Token) -> list[str]:
    """Return the grammar of a cue: tense, mood, voice, negation, the clause it stands in."""
    names = [f"form={'/'.join(cue.morph.get('VerbForm', []) + cue.morph.get('Tense', [])) or cue.pos_}"]
    names.append(f"clause={cue.dep_}")
    finite = finite_of(cue)
    if finite is not cue:
        names.append(f"auxiliary={finite.lower_}")
    if (modal := modal_of(cue)) is not None:
        names.append(f"modal={modal.lower_}")
    if any(c.lower_ in NEGATIONS for holder in {cue, finite} for c in holder.children):
        names.append("negated")
    if is_supposed(cue):
        names.append("supposed")
    if (mark := mark_of(cue)) is not None:
        names.append(f"mark={mark.lower_}")
    if is_passive(cue):
        names.append("passive")
    if is_infinitive(cue) and cue.i and cue.nbor(-1).lower_ == "å":
        names += ["infinitive with å", f"governed by={cue.head.lemma_}"]
    if cue.dep_ == "conj":
        names.append("coordinated")
    if cue.dep_.startswith(("acl", "advcl", "ccomp", "csubj")):
        names.append("in a subordinate clause")
    return names


def _around_cue(one: Candidate) -> list[str]:
    cue, doc = one.cue, one.cue.doc
    before = shown(doc[cue.i - 1]) if cue.i > one.sentence.start else "(start)"
    after = shown(doc[cue.i + 1]) if cue.i + 1 < len(doc) else "(end)"
    names = [f"kind={one.kind} before cue={before}", f"kind={one.kind} after cue={after}"]
    first = next((t.lower_ for t in one.sentence if t.is_alpha), "")
    names.append(f"kind={one.kind} sentence opens={first}" if first in _FIRST else "sentence opens=other")
    if one.sentence[-1].text == "?":
        names += ["sentence asks", f"kind={one.kind} sentence asks"]
    near = [t.lower_ for t in doc[max(one.sentence.start, cue.i - _BACK) : cue.i]]
    near = near[max((n for n, w in enumerate(near) if w in (",", ":", "–")), default=-1) + 1 :]
    names += ["relative before the cue"] if "som" in near else []
    names += ["question before the cue"] if any(w.startswith(("hv", "kv", "kor")) for w in near) else []
    return names


def subject_above(verb: Token) -> Token | None:
    """Return a verb's subject, or that of the verb above it where it has none: «valgte å si», «kom med å si»."""
    found, above = subject_of(verb), verb
    for _ in range(3):
        if found is not None or above.dep_ not in ("xcomp", "ccomp", "advcl", "conj", "obj", "obl", "cop", "aux"):
            break
        above = above.head
        found = subject_of(above)
    return found


def who(subject: Token | None) -> str:
    """Return what kind of subject a word is."""
    if subject is None:
        return "none"
    word = subject.lower_
    if is_dummy(subject):
        return word
    if word in SPEAKER or word in ("du", "dere", "dykk"):
        return "I or you"
    if word in PRONOUNS:
        return "pronoun"
    if subject.ent_type_:
        return subject.ent_type_
    if subject.pos_ == "PROPN":
        return "name"
    if subject.pos_ == "PRON":
        return f"pronoun {word}"
    known = noun(word)
    if known is None:
        return "noun"
    return "person" if known.is_person else "body" if known.is_body else known.kind


def _of_name(one: Candidate) -> list[str]:
    """Return what tells of the words before a colon."""
    source = one.source if one.source is not None else one.sentence
    names = [f"colon behind={who(source.root)}", f"colon behind words={bucket(len(source))}"]
    names += [f"colon behind tag={t.pos_}" for t in source[-1:]]
    if any(is_outlet(e.text) for e in source.ents):
        names.append("colon behind an outlet")
    if any(t.pos_ in ("VERB", "AUX", "ADP") for t in source):
        names.append("colon behind more than a name")
    return names


def _of_source(one: Candidate) -> list[str]:
    """Return what tells of the source of «ifølge»."""
    source = one.source if one.source is not None else one.sentence
    head, doc = source.root, one.cue.doc
    learned = learned_by(one.cue)
    end = source.end if learned is None else learned[1]
    if learned is not None and end < one.sentence.end and doc[end].text == ",":
        end += 1  # the comma of «etter det NTB erfarer, S» is as good as none
    named = name_at(doc, head.i)
    place = "opens" if not any(t.is_alpha for t in doc[one.sentence.start : one.cue.i]) else "inside"
    behind = doc[end].lower_ if end < one.sentence.end else "(end)"
    before = doc[one.cue.i - 1].lower_ if one.cue.i > one.sentence.start else "(start)"
    names = [f"source={who(head)}", f"source {place}", f"source before={before}", f"source behind={behind}"]
    if named is not None and is_outlet(named.text):
        names.append("source is an outlet")
    last = sum(t.is_alpha for t in doc[end : one.sentence.end])
    names += ["source ends the sentence"] if last <= 1 else [f"words behind the source={bucket(last)}"]
    cued = any(says(t) for t in doc[end : one.sentence.end])
    names += ["another verb of saying behind"] if cued else []
    finite = next((t.i for t in doc[end : one.sentence.end] if is_finite(t)), None)
    names += ["finite verb at once behind"] if finite == end else []
    return [f"kind={one.kind} {n}" for n in names]


def _of_words(one: Candidate, start: int) -> list[str]:
    """Return what tells of the reported words themselves."""
    doc, end = one.cue.doc, max(one.ends)
    words = doc[start:end]
    names = [f"words={bucket(len(words))}", f"first word tag={words[0].pos_}" if len(words) else "no words"]
    if one.kind == INFINITIVE and len(words) > 1:
        names += [f"infinitive={words[1].lower_}" if words[1].pos_ == "AUX" else "infinitive of a full verb"]
        names += [f"infinitive={words[1].lower_} use={one.entries[0].use}"] if words[1].pos_ == "AUX" else []
    finite = [t for t in words if is_finite(t)]
    names.append(f"finite verbs={min(2, len(finite))}")
    marks = [t for t in words if t.text in _OPEN or t.text in _CLOSE or t.text == '"']
    if marks:
        names.append("marked words")
        names += ["opens with a mark"] if words[0].text in _OPEN or words[0].text == '"' else []
    if any(t.dep_ == "ccomp" and t.head.i == one.cue.i for t in words):
        names.append("clause of the cue")
    gap = start - one.cue.i
    names.append(f"gap={bucket(abs(gap))}")
    between = doc[one.cue.i + 1 : start] if gap > 0 else doc[end : one.cue.i]
    if any(is_finite(t) for t in between):
        names.append("a verb between")
    if any(t.text == "," for t in between):
        names.append("a comma between")
    prepositions = sorted({t.lower_ for t in between if t.pos_ == "ADP"})
    names += [f"between={p}" for p in prepositions]
    return names


def shown(token: Token | None) -> str:
    """Return a word as features name it: itself where its class is closed, else its part of speech."""
    if token is None:
        return "(start)"
    return token.lower_ if token.pos_ not in ("NOUN", "PROPN", "VERB", "ADJ", "NUM") else token.pos_


def says(token: Token) -> bool:
    """Say whether a token is a verb of saying or of opinion."""
    return any(e.use in ("say", "opine") for e in entries_of(token)[:1])
