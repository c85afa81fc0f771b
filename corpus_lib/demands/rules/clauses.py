"""Stretches of words: sentences by their punctuation, and what a demand asks for, from its opener to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lib.demands.rules.frames import word_list
from corpus_lib.language.syntax import is_finite as is_finite
from corpus_lib.language.syntax import is_infinitive as is_infinitive
from corpus_lib.language.syntax import sentence_of as sentence_of
from corpus_lib.model import Span
from corpus_lib.quotes.found import cue_of, report_end

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.demands.rules.settings import Spot

_GROUNDS = frozenset(
    {
        ("med", "bakgrunn"),
        ("på", "bakgrunn"),
        ("på", "grunn"),
        ("etter", "mønster"),
        ("i", "henhold"),
        ("med", "henvisning"),
    }
)
_TRIM = ',.:;–-—»«"”“()'


def clause_from(
    spot: Spot, cue: Token, start: int, *, infinitive: bool = False, limit: int | None = None
) -> Span | None:
    """Return the words of an «at» clause or infinitive from a place on, to its sentence's or quotation's end.

    Parameters
    ----------
    limit
        The word at which they end at the latest.
    """
    end = _end(spot, cue, start)
    return _cut(spot, cue, start, _next_clause(cue, start, min(end, limit or end), loose=infinitive))


def _end(spot: Spot, cue: Token, start: int) -> int:
    """Return where the reported words end; inside direct speech no narrator takes over before its end."""
    quote = spot.quote_at(cue)
    if quote is not None and quote.type == "direct":
        return int(sentence_of(cue).end)
    return report_end(cue, start, sentence_of(cue), embedded=True)


def phrase_from(spot: Spot, cue: Token, start: int) -> Span | None:
    """Return the words of a noun phrase from a place on, with what hangs behind it, without the cue's adverbials."""
    end = _next_clause(cue, start, _end(spot, cue, start), loose=True)
    doc, inside, own = cue.doc, False, start
    while own < end and doc[own].pos_ in ("DET", "ADJ", "NUM", "ADV"):
        own += 1
    for t in doc[start:end]:
        if t.lower_ in ("som", "at") or (t.lower_ == "å" and t.i > start):
            inside = True
        if t.text in (":", ";", "(", "–"):
            end = t.i
            break
        if inside or t.i <= own:
            continue
        if is_finite(t) or t.lower_ in word_list("adverbial") or _hangs_before(t, start):
            end = t.i
            break
    return _cut(spot, cue, start, end)


def _hangs_before(t: Token, start: int) -> bool:
    """Say whether an adverbial begins at a token that hangs on a word before the phrase: «ba om svar | i går»."""
    if t.lower_ in ("i", "på") and t.i + 1 < len(t.doc) and _is_time(t.nbor(1)):
        return True
    if t.lower_ in word_list("loose") and t.head.head.i < start and t.head.i > t.i and t.head.dep_ in ("obl", "advcl"):
        return True
    return t.head.i < start and t.dep_ in ("obl", "advmod") and not any(c.dep_ == "case" for c in t.children)


def _ends_as_infinitive(token: Token) -> bool:
    """Say whether a word that the tagger takes for finite ends as infinitives do: «være rolige og holde seg hjemme»."""
    return token.lower_.endswith("e") and not token.lower_.endswith(("te", "de"))


def _is_time(token: Token) -> bool:
    """Say whether a token names a month, a weekday or a year."""
    year = token.text.isdigit() and len(token.text) == 4
    return year or token.lower_ in word_list("times")


def _next_clause(cue: Token, start: int, end: int, *, loose: bool) -> int:
    """Return where another main clause begins before the end: «…, så takker de», «og når det gjelder …, vil hun»."""
    doc = cue.doc
    for t in doc[start + 1 : end]:
        comment = t.text == "," and t.i + 2 < end and t.nbor(1).lower_ in ("noe", "noko") and t.nbor(2).lower_ == "som"
        if t.text == ";" or comment or _gives_reason(t):
            return int(t.i)
        if t.text not in (",", "og", "men", "samt"):
            continue
        following = doc[t.i + 1 : min(t.i + 6, end)]
        if not len(following):
            continue
        first = following[0]
        if t.text == "," and (first.lower_ == "så" or (cue_of(first) is not None and is_finite(first))):
            return int(t.i)
        if t.text == "," and first.lower_ in ("og", "men") and len(following) > 1:
            following = following[1:]
            first = following[0]
        if not loose or first.lower_ in ("at", "å", "som"):
            continue
        if is_infinitive(first) and t.text == "og" and not any(is_infinitive(x) for x in doc[start : t.i]):
            return int(t.i)
        finite = next((i for i, x in enumerate(following) if is_finite(x) and not _ends_as_infinitive(x)), None)
        opened = any(x.lower_ in word_list("subordinators") for x in following[: finite or 0])
        if (finite is not None and not opened) or (t.text != "," and first.lower_ in ("når", "hvis", "dersom", "da")):
            return int(t.i)
        if doc[t.i + 1].lower_ == "og" and first.lower_ in ("når", "hvis", "dersom", "da"):
            return int(t.i)
    return end


def _gives_reason(t: Token) -> bool:
    """Say whether an adverbial of ground or measure begins: «med bakgrunn i», «på grunn av», «etter mønster av»."""
    first = t.i + 1 if t.text == "," else t.i
    return tuple(x.lower_ for x in t.doc[first : first + 2]) in _GROUNDS


def _cut(spot: Spot, cue: Token, start: int, end: int) -> Span | None:
    """Trim a stretch at both ends, and at the end of the quotation it stands in."""
    doc, limit = cue.doc, spot.limit(cue)
    while end > start and (
        doc[end - 1].text in _TRIM
        or doc[end - 1].is_space
        or (limit is not None and spot.block.span(doc[end - 1]).end > limit)
    ):
        end -= 1
    while start < end and (doc[start].text in _TRIM or doc[start].is_space):
        start += 1
    return spot.block.of(doc[start:end]) if end > start else None
