"""The lexicon of doing things with words, found in a sentence: who asks, who answers, and what only looks like it.

The entries lie under ``data/acts/``, one file for each side, and the inflected forms of their words in ``words.csv``;
``data/acts/README.md`` describes the columns. An entry is found by its rarest word, then its other words, its part of
speech and its conditions are checked on the parsed sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus_lib.language.acts_conditions import LIGHT, holds
from corpus_lib.language.acts_lexicon import Element, Entry, Place, anchors, entries, heads, keys_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

__all__ = ["Act", "Entry", "acts", "entries", "readings"]

_GAP = 6
_STOPS = frozenset({",", ";", ":", ".", "!", "?", "–", "—", "-", "«", "»", '"', "(", ")", "men", "som", "at", "fordi"})
_SELF = frozenset({"seg", "meg", "deg", "oss", "dere", "dykk"})
_OWN = frozenset(
    """
    sin si sitt sine min mi mitt mine din di ditt dine vår vårt våre hans hennes hennar hennes deres deira dykkar
    """.split()  # noqa: SIM905
)
_POS = {
    "verb": frozenset({"VERB", "AUX", "ADJ", ""}),
    "noun": frozenset({"NOUN", "PROPN", "INTJ", "X", ""}),
    "other": frozenset({"ADV", "ADP", "SCONJ", "CCONJ", "ADJ", "DET", "NOUN", "PRON", "INTJ", "NUM", ""}),
    "adj": frozenset({"ADJ", "ADV", "VERB", "ADP", "DET", "NOUN", "INTJ", ""}),
}
_SMALL = frozenset({"ADV", "ADP", "PRON", "DET", "CCONJ", "SCONJ", "PART", "PUNCT"})
"""Parts of speech that the chief word of a longer expression never has: «nå» is an adverb in «legger nå fram»."""

Memo = dict[tuple[int, str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Act:
    """An entry of the lexicon, found in a text.

    Attributes
    ----------
    entry
        What was found: its kind, polarity, strength and frame.
    head
        The index of its chief word in the Doc.
    words
        The indexes of all its words, the chief word among them, sorted.
    weight
        How much of the entry had to fit: words and conditions.
    """

    entry: Entry
    head: int
    words: tuple[int, ...]
    weight: int

    @property
    def start(self) -> int:
        """The index of its first word."""
        return self.words[0]

    @property
    def end(self) -> int:
        """The index behind its last word."""
        return self.words[-1] + 1


def acts(tokens: Tokens | Doc) -> list[Act]:
    """Return the acts that a sentence names, in order: for each chief word the entry that fits most closely.

    A word that belongs to a longer expression is not named by itself: «si nei til» is one act.

    Parameters
    ----------
    tokens
        A sentence, or a whole Doc, parsed.

    Examples
    --------
    >>> from corpus_lib.language import load
    >>> doc = load()("Fagforbundet krever mer penger, men ordføreren sier nei til kravet.")
    >>> [(act.entry.pattern, act.entry.kind, doc[act.start : act.end].text) for act in acts(doc)]
    [('~kreve', 'demand', 'krever'), ('~si … nei til', 'reject', 'sier nei til'), ('~krav', 'demand', 'kravet')]
    """
    best: dict[int, Act] = {}
    forms = frozenset([token.lower_ for token in tokens])
    memo: Memo = {}
    for token in tokens:
        for place in _places(token.lower_, token):
            if place.other and place.other.isdisjoint(forms):
                continue
            known = best.get(token.i) if place.chief else None
            if known is not None and known.weight >= place.entry.weight:
                continue
            act = _fit(place, token, memo)
            if act is not None and (act.head not in best or act.weight > best[act.head].weight):
                best[act.head] = act
    found = sorted(best.values(), key=lambda a: (-len(a.words), a.entry.broad, a.head))
    taken: set[int] = set()
    kept = []
    for act in found:
        if act.head not in taken:
            kept.append(act)
            taken.update(act.words)
    return sorted(kept, key=lambda a: (a.start, a.head))


def readings(token: Token) -> list[Act]:
    """Return every entry of which a token is the chief word, the closest first.

    Examples
    --------
    >>> from corpus_lib.language import load
    >>> doc = load()("Brannen krevde to liv.")
    >>> found = [act.entry.kind for act in readings(doc[1])]
    >>> found[0], found[-1]
    ('cost', 'demand')
    """
    memo: Memo = {}
    found = {}
    for near in token.sent:
        for place in _places(near.lower_, near):
            act = _fit(place, near, memo)
            if act is not None and act.head == token.i:
                found[act.entry.id] = act
    return sorted(found.values(), key=lambda a: (-a.weight, a.entry.id))


def _places(form: str, token: Token) -> tuple[Place, ...]:
    """Return where a word stands in the entries, or the last part of a compound."""
    places = anchors().get(form)
    if places is not None:
        return places
    if len(form) < 6 or token.pos_ not in _POS["noun"]:
        return ()
    return _compound(form)


@lru_cache(maxsize=1 << 14)
def _compound(form: str) -> tuple[Place, ...]:
    """Return where the last part of a compound stands in the entries: «lønnskravet» as «kravet»."""
    table = heads()
    for cut in range(2, len(form) - 2):
        word = table.get(form[cut:])
        if word is not None:
            return tuple(p for p in anchors().get(form[cut:], ()) if p.entry.pos == "noun") if word else ()
    return ()


def _fit(place: Place, token: Token, memo: Memo) -> Act | None:
    """Return the act if the other words, the part of speech and the conditions of an entry fit around its anchor."""
    entry = place.entry
    if place.chief and not _may_be(entry, token):
        return None
    matched = {place.index: token.i}
    if not _walk(entry.elements[place.index + 1 :], token, 1, matched, place.index):
        return None
    if not _walk(entry.elements[: place.index][::-1], token, -1, matched, place.index):
        return None
    doc = token.doc
    head = doc[matched[entry.head]]
    if not place.chief and not _may_be(entry, head):
        return None
    for condition in entry.conditions:
        if not holds(condition, head, keys_of, memo):
            return None
    words = tuple(sorted(matched.values()))
    return Act(entry, head.i, words, entry.weight)


def _may_be(entry: Entry, head: Token) -> bool:
    """Whether the chief word of an entry can have this part of speech; more freely where other words stand with it."""
    pos = head.pos_
    if entry.phrase:
        return entry.pos != "verb" or pos not in _SMALL
    return pos in _POS[entry.pos]


def _walk(elements: tuple[Element, ...], token: Token, step: int, matched: dict[int, int], index: int) -> bool:
    """Match elements one after the other from a token, to the right or (step -1) to the left."""
    doc, at, room, begun = token.doc, token.i, 2, token
    for element in elements:
        index += step
        if element.gap:
            room = _GAP
            continue
        place = _next(doc, at, step, element, room)
        if place is None:
            if element.optional:
                continue
            return False
        if room == _GAP and abs(place - at) > 1 and not _together(doc[place], begun, step):
            return False
        matched[index] = place
        at, room, begun = place, 2, doc[place]
    return True


def _next(doc: Doc, at: int, step: int, element: Element, room: int) -> int | None:
    """Return the next token that fits an element: at once, behind light words, or anywhere in the room of a gap."""
    place = at + step
    for _ in range(room + 1):
        if not 0 <= place < len(doc):
            return None
        token = doc[place]
        form = token.lower_
        if _is(element, form):
            return place
        if form in _STOPS or (room != _GAP and form not in LIGHT):
            return None
        if room == _GAP and token.is_sent_start and step > 0:
            return None
        place += step
    return None


def _is(element: Element, form: str) -> bool:
    if element.slot == "seg":
        return form in _SELF
    if element.slot == "sin":
        return form in _OWN
    return form in element.forms


def _together(one: Token, other: Token, step: int) -> bool:
    """Whether no other verb stands between two words of an expression that other words part from each other."""
    low, high = (one, other) if step > 0 else (other, one)
    if not low.doc.has_annotation("DEP"):
        return True
    above = low
    for hop in range(5):
        if above.i == high.i:
            return True
        if hop and above.pos_ == "VERB" and not (hop == 1 and low.dep_ in {"case", "mark"}):
            return False
        if above.head.i == above.i:
            break
        above = above.head
    return high.head.i == low.i or above.i == high.i
