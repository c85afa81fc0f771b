"""What tells where the words of a candidate begin and end: named features of a start and of an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lib.language.parsed import name_at
from corpus_lib.language.subjects import subject_of
from corpus_lib.language.syntax import is_finite
from corpus_lib.quotes.features import bucket, says, shown, who
from corpus_lib.quotes.options import Candidate

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FAR = 25
"""How many words behind an end another verb of saying is looked for."""
_OPEN, _CLOSE = frozenset("«“"), frozenset("»”")


# --- where do the words begin? -----------------------------------------------------------------------------------


def start_features(one: Candidate, start: int) -> dict[str, float]:
    """Return what tells whether a candidate's words begin at a token."""
    doc, kind = one.cue.doc, one.kind
    token = doc[start]
    before = doc[start - 1] if start else None
    names = [
        f"word={token.lower_}" if token.pos_ not in ("NOUN", "PROPN", "VERB") else "word=open",
        f"tag={token.pos_}",
    ]
    names.append(f"before={shown(before)}")
    names.append(f"relation={token.dep_}")
    place = one.starts.index(start)
    names += [f"place={min(place, 6)}", f"place from the end={min(len(one.starts) - 1 - place, 5)}"]
    if is_finite(token):
        names.append("finite verb")
    if start == one.sentence.start:
        names.append("sentence")
    if start < one.sentence.start:
        names.append("sentence before")
        opened = doc[start - 1].text in "–-«" if start else False
        names += ["mark opens it"] if opened else []
    if start > one.cue.i:
        names += _behind(one, start)
    return dict.fromkeys((f"{kind}: {n}" for n in names), 1.0) | dict.fromkeys((f"any: {n}" for n in names), 1.0)


def _behind(one: Candidate, start: int) -> list[str]:
    """Return how a start lies to the cue before it, its subject and its clause."""
    doc, cue = one.cue.doc, one.cue
    names = [f"after cue={min(start - cue.i, 6)}"]
    subject = subject_of(cue)
    if subject is not None and subject.i > cue.i:
        right = min(subject.right_edge.i, start + 11)
        names.append(
            "inside the subject" if start <= right else "behind the subject" if start == right + 1 else "further"
        )
    elif subject is not None:
        names.append("subject before")
    clause = next((c for c in cue.children if c.i > cue.i and c.dep_ in ("ccomp", "xcomp", "obj", "parataxis")), None)
    if clause is not None:
        left = clause.left_edge.i
        names.append(
            f"{clause.dep_} begins here" if left == start else f"{clause.dep_} {'later' if left > start else 'before'}"
        )
    head = doc[start].head
    names.append(
        "governed from before"
        if head.i < start and head.i != cue.i
        else "governed by the cue"
        if head.i == cue.i
        else "governs"
    )
    part = doc[start - 1]
    if part.head.i >= start and part.i > cue.i and not part.is_punct:
        names.append("word before belongs to what follows")
    name = name_at(doc, start)
    names += ["inside a name"] if name is not None and name.start < start else []
    return names


# --- where do they end? ------------------------------------------------------------------------------------------


def end_features(one: Candidate, start: int, end: int) -> dict[str, float]:
    """Return what tells whether a candidate's words end before a token."""
    doc = one.cue.doc
    begin = one.hole[1] if one.hole is not None else start
    place = one.ends.index(end)
    last = place == len(one.ends) - 1
    names = [f"last={last}", f"place={min(place, 5)}", f"words={bucket(end - begin)}"]
    names += [] if last else [f"left={bucket(max(one.ends) - end)}"]
    border = doc[end] if end < len(doc) else None
    names += [f"border={shown(border)}", f"last word tag={doc[end - 1].pos_}"]
    names += _balance(doc, begin, end)
    if not last:
        names += _what_follows(one, begin, end)
    root = _root(doc, begin, end)
    right = root.right_edge.i + 1
    reach = "here" if abs(right - end) <= 1 else "later" if right > end else "before"
    names += [f"parse ends {reach}", f"parse ends {reach} last={last}"]
    if not any(is_finite(t) for t in doc[begin:end]):
        names.append("no finite verb so far")
    kind = one.kind
    return dict.fromkeys(names, 1.0) | dict.fromkeys((f"{kind}: {n}" for n in names), 1.0)


def _balance(doc: Doc, begin: int, end: int) -> list[str]:
    """Return whether the marks within some words come in pairs."""
    opened = sum(t.text in _OPEN or t.text == "(" for t in doc[begin:end])
    closed = sum(t.text in _CLOSE or t.text == ")" for t in doc[begin:end])
    straight = sum(t.text == '"' for t in doc[begin:end])
    names = ["marks do not pair"] if opened != closed or straight % 2 else []
    if end > begin and doc[end - 1].text in ("»", "”", '"'):
        names.append("ends in a mark")
    return names


def _root(doc: Doc, begin: int, end: int) -> Token:
    """Return the highest word of a stretch."""
    return next((t for t in doc[begin:end] if not begin <= t.head.i < end or t.head.i == t.i), doc[begin])


def _what_follows(one: Candidate, begin: int, end: int) -> list[str]:
    """Return what the words behind an end look like: their first words, verb, subject, and on what they hang."""
    doc = one.cue.doc
    following = [t for t in doc[end : min(end + 12, max(max(one.ends), end + 1))] if not (t.is_punct or t.is_space)]
    if not following:
        return ["nothing follows"]
    first, second = following[0], following[1] if len(following) > 1 else None
    comma = "comma " if doc[end].text == "," else ""
    names = [f"follows={comma}{shown(first)}", f"follows tag={comma}{first.pos_}"]
    if second is not None:
        names += [f"then={shown(first)} {shown(second)}", f"then tag={second.pos_}"]
    finite = next((i for i, t in enumerate(following) if is_finite(t)), None)
    names.append("no verb follows" if finite is None else f"verb follows at {min(finite, 4)}")
    if finite is not None:
        verb = following[finite]
        names += _of_verb(one, verb, begin, end, f"{comma}{shown(first)}")
    cue_at = next((i for i, t in enumerate(following[:6]) if says(t)), None)
    if cue_at is not None:
        names += [f"verb of saying at {min(cue_at, 3)}", f"verb of saying behind {comma}{shown(first)}"]
    elif any(says(t) for t in doc[end + 6 : min(end + _FAR, max(one.ends))]):
        names.append(f"verb of saying far behind {comma}{shown(first)}")
    names.append(_hangs(one, first, begin, end))
    return names


def _of_verb(one: Candidate, verb: Token, begin: int, end: int, opener: str) -> list[str]:
    """Return how the next finite verb stands to the words so far."""
    subject = subject_of(verb)
    own = any(c.dep_.startswith("nsubj") and c.i >= end for c in verb.children)
    tense, told = verb.morph.get("Tense", []), one.cue.morph.get("Tense", [])
    names = [f"next verb has a subject={own}", f"{opener} own subject={own}"]
    if tense and told:
        names.append(f"tenses told={told[0]} next={tense[0]}")
        first = next((t for t in one.cue.doc[begin:end] if is_finite(t)), None)
        if first is not None and first.morph.get("Tense", []):
            names.append(f"tenses told={told[0]} words={first.morph.get('Tense', [])[0]} next={tense[0]}")
    if subject is not None:
        names.append(f"next subject={who(subject)}")
        inside = begin <= subject.i < end
        names += ["next subject is of the words"] if inside else []
    return names


def _hangs(one: Candidate, first: Token, begin: int, end: int) -> str:
    """Return on what the words behind an end hang: on those before it, on the cue, or on nothing before."""
    top = first
    for _ in range(20):
        if top.head.i == top.i or top.head.i < end:
            break
        top = top.head
    if top.head.i == top.i:
        return "hangs on nothing"
    if begin <= top.head.i < end:
        return f"hangs on the words by {top.dep_}"
    return f"hangs on the cue by {top.dep_}" if top.head.i == one.cue.i else "hangs outside"
