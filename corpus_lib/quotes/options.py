"""A place where speech may be reported, and where its words may begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus_lib.language.lexicon import Verb, words_of
from corpus_lib.language.parsed import name_from
from corpus_lib.language.syntax import boundaries, is_finite
from corpus_lib.quotes.cues import entries_of
from corpus_lib.quotes.found import ACCORDING

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

THAT, QUESTION, INFINITIVE, BARE, COLON = "that", "question", "infinitive", "bare", "colon"
BEFORE, AROUND, POINTS, AS = "before", "around", "points", "as"
ACCORDING_RIGHT, ACCORDING_LEFT, ACCORDING_AROUND = "according right", "according left", "according around"
ACCORDINGS = (ACCORDING_RIGHT, ACCORDING_LEFT, ACCORDING_AROUND)

OPENERS = words_of("syntax.toml", "openers")
_LEARNED, _LEARNED_ON = words_of("syntax.toml", "learned"), words_of("syntax.toml", "learned_on")
_SENTENCES, _TAIL = 3, 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where speech may be reported: its kind, its cue and the words that it may report.

    Attributes
    ----------
    entries
        What the lexicon of saying knows of the cue; empty where only the grammar proposes it.
    starts, ends
        Where the words may begin and end (tokens, the end not included).
    hole
        What stands between two stretches of them: the inquit.
    """

    kind: str
    cue: Token
    sentence: Tokens
    entries: tuple[Verb, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    hole: tuple[int, int] | None = None
    source: Tokens | None = None


def end_options(doc, start: int, end: int) -> tuple[int, ...]:  # type: ignore[no-untyped-def]
    """Return where words from a place on may end: at the borders of clauses and behind closing marks.

    An inquit that follows, «, melder VG», «, ifølge VG», never belongs to them.
    """
    end = next((t.i for t in doc[start + 1 : end] if _is_inquit(t, end)), end)
    places = {i for i, _ in boundaries(doc[start:end])} if end > start else {end}
    places |= {t.i + 1 for t in doc[start:end] if t.text in "»”" or (t.text == '"' and t.i > start)}
    options = {bare_end(doc, start, i) for i in places}
    return tuple(sorted(i for i in options if i > start))


def _is_inquit(comma: Token, end: int) -> bool:
    """Say whether a comma opens another source: «, ifølge VG», «, skriver VG» at the sentence's end."""
    if comma.text != "," or comma.i + 1 >= end:
        return False
    first = comma.nbor(1)
    if is_according(first) or (first.lower_ in ("i", "etter") and first.i + 1 < end and is_according(first.nbor(1))):
        return True
    said = any(e.use == "say" for e in entries_of(first)[:1]) and is_finite(first)
    rest = comma.doc[first.i + 1 : end]
    return said and len(rest) < _TAIL and not any(t.lower_ == "at" or t.text == "," for t in rest)


def bare_end(doc, start: int, end: int) -> int:  # type: ignore[no-untyped-def]
    """Return an end before the marks that do not belong to the words."""
    while end > start and (doc[end - 1].text in (",", ".", ":", ";", "–", "-", "—", "(") or doc[end - 1].is_space):
        end -= 1
    return end


def start_options(sentences: Sequence[Tokens], place: int, end: int) -> tuple[int, ...]:
    """Return where words before an inquit may begin: at their sentence, inside it, or a sentence or two before."""
    sentence = sentences[place]
    doc = sentence.doc
    found = [s.start for s in sentences[max(0, place - _SENTENCES + 1) : place + 1]]
    for t in doc[sentence.start : end]:
        fronted = t.lower_ == "at" and t.i == sentence.start
        if (
            t.text in (",", ":", "–", ";")
            or fronted
            or t.lower_ in OPENERS
            or (t.text in "«“" and t.i > sentence.start)
        ):
            found.append(t.i + 1)
            if t.i + 1 < end and doc[t.i + 1].lower_ in OPENERS:
                found.append(t.i + 2)
    return tuple(sorted({i for i in found if i < end and not doc[i].is_space}))


def is_according(token: Token) -> bool:
    """Say whether a token is «ifølge»: also «i følge» in two words, and the «det» of «etter det NTB erfarer»."""
    if token.lower_ in ACCORDING:
        return True
    before = token.nbor(-1).lower_ if token.i else ""
    split = before == "i" and token.lower_ in ("følge", "følgje") and token.i + 1 < len(token.doc)
    return split or (before == "etter" and learned_by(token) is not None)


def learned_by(token: Token) -> tuple[Tokens, int] | None:
    """Return who has learned something, and where the words end that say so: «etter det | NTB | kjenner til |».

    Parameters
    ----------
    token
        What stands behind «etter».
    """
    if token.lower_ not in ("det", "hva", "kva"):
        return None
    near = token.doc[token.i + 1 : token.i + 1 + _TAIL]
    verb = next((t for t in near if t.is_punct or is_finite(t) or t.lower_ in _LEARNED), None)
    if verb is None or verb.i == token.i + 1 or verb.lower_ not in _LEARNED:
        return None
    if any(c.dep_.startswith("nsubj") and c.i > verb.i for c in verb.children):
        return None  # «etter det store ranet melder politiet …»
    end = verb.i + 1
    while end < len(token.doc) and token.doc[end].lower_ in _LEARNED_ON:
        end += 1
    told = name_from(token.doc, end) if token.doc[end - 1].lower_ == "til" else None
    end = end if told is None else told.end  # «etter det politiet opplyser til NTB»
    return token.doc[token.i + 1 : verb.i], end
