"""The lexicon of doing things with words, found in a sentence: who asks, who answers, and what only looks like it.

The entries lie under ``data/acts/``, one file for each side, and the inflected forms of their words in ``words.csv``;
``data/acts/README.md`` describes the columns. An entry is found by its rarest word, then its other words, its part of
speech and its conditions are checked on the parsed sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus_lib.language.act_entries import Element, Entry, Place, anchors, entries, heads, kinds_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

__all__ = ["Act", "Entry", "acts", "entries", "readings"]

_GAP = 6
_LIGHT = frozenset(
    """
    ikke ikkje ei aldri heller også òg nå no da då nok jo vel likevel derfor difor bare berre fortsatt framleis
    fremdeles alltid ofte straks først helt heilt fullt ganske svært veldig meget så for mer meir litt noe noko
    dermed gjerne
    """.split()  # noqa: SIM905
)
_NEGATIONS = frozenset({"ikke", "ikkje", "ei", "aldri", "ingen", "inga", "ingenting", "neppe", "verken", "hverken"})
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
    "adj": frozenset({"ADJ", "ADV", "VERB", "ADP", "DET", "NOUN", "INTJ", ""}),
}
_OBJECT = frozenset({"obj", "nsubj:pass", "iobj"})
_SUBJECT = frozenset({"nsubj", "nsubj:pass", "csubj"})


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
    for token in tokens:
        for act in _from(token):
            known = best.get(act.head)
            if known is None or act.weight > known.weight:
                best[act.head] = act
    found = sorted(best.values(), key=lambda a: (-len(a.words), a.head))
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
    >>> [act.entry.kind for act in readings(doc[1])]
    ['cost', 'demand']
    """
    found = {act.entry.id: act for near in token.sent for act in _from(near) if act.head == token.i}
    return sorted(found.values(), key=lambda a: (-a.weight, a.entry.id))


def _from(token: Token) -> Iterator[Act]:
    """Yield the entries whose anchor is a token."""
    for place in _places(token):
        act = _fit(place, token)
        if act is not None:
            yield act


def _places(token: Token) -> tuple[Place, ...]:
    form = token.lower_
    places = anchors().get(form)
    if places is not None:
        return places
    if len(form) < 5 or not form[0].isalpha():
        return ()
    pos = token.pos_
    if pos in {"NOUN", "PROPN", "X", ""}:
        return _compound(form)
    return ()


@lru_cache(maxsize=1 << 14)
def _compound(form: str) -> tuple[Place, ...]:
    """Return where the last part of a compound stands in the entries: «lønnskravet» as «kravet»."""
    table = heads()
    for cut in range(2, len(form) - 2):
        word = table.get(form[cut:])
        if word is not None:
            return tuple(p for p in anchors().get(form[cut:], ()) if p.entry.pos == "noun") if word else ()
    return ()


def _fit(place: Place, token: Token) -> Act | None:
    """Return the act if the other words, the part of speech and the conditions of an entry fit around its anchor."""
    entry = place.entry
    matched = {place.index: token.i}
    if not _walk(entry.elements[place.index + 1 :], token, 1, matched, place.index):
        return None
    if not _walk(entry.elements[: place.index][::-1], token, -1, matched, place.index):
        return None
    doc = token.doc
    head = doc[matched[entry.head]]
    if head.pos_ not in _POS[entry.pos] and not entry.phrase:
        return None
    if any(not _holds(condition, head) for condition in entry.when):
        return None
    words = tuple(sorted(matched.values()))
    return Act(entry, head.i, words, entry.weight)


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
        if form in _STOPS or (room != _GAP and form not in _LIGHT):
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


def _holds(condition: str, head: Token) -> bool:
    """Whether a condition of an entry holds: see ``data/acts/README.md``."""
    if condition.startswith("!"):
        return not _holds(condition[1:], head)
    name, _, value = condition.partition("=")
    if name in {"obj", "subj"}:
        nouns = _objects(head) if name == "obj" else [t for t in head.children if t.dep_ in _SUBJECT]
        return any(_named(noun, value) for noun in nouns) if value else bool(nouns)
    if name == "neg":
        return _negated(head)
    if name == "pass":
        return head.lower_.endswith(("s", "st")) or any(t.dep_ == "aux:pass" for t in head.children)
    return any(_opens(head, word) for word in name.split("|"))


def _objects(head: Token) -> list[Token]:
    """Return what a verb does something to: object, subject of the passive, the noun that a participle describes."""
    found = [t for t in head.children if t.dep_ in _OBJECT]
    if head.dep_ == "amod":
        found.append(head.head)
    if not head.doc.has_annotation("DEP"):
        found = list(head.doc[head.i + 1 : head.i + 5])
    return found


@lru_cache(maxsize=1 << 12)
def _words(value: str) -> frozenset[str]:
    return frozenset(value.split(","))


def _named(noun: Token, value: str) -> bool:
    """Whether a noun is one of some words, or ends in one; @kind: whether it is a noun of that kind or side."""
    forms = {noun.lower_, noun.lemma_.lower()}
    for word in _words(value):
        if word.startswith("@"):
            if any(word[1:] in kinds_of(form) for form in forms):
                return True
        elif any(form == word or (len(word) > 3 and form.endswith(word)) for form in forms):
            return True
    return False


def _negated(head: Token) -> bool:
    if any(t.lower_ in _NEGATIONS for t in head.children):
        return True
    return any(t.lower_ in _NEGATIONS for t in head.doc[max(head.sent.start, head.i - 3) : head.i])


def _opens(head: Token, word: str) -> bool:
    """Whether what belongs to a word opens with «at», «å», «om» or another small word."""
    doc = head.doc
    for place in range(head.i + 1, min(head.i + 4, len(doc))):
        form = doc[place].lower_
        if form == word:
            return True
        if form not in _LIGHT:
            break
    for child in head.children:
        if child.i > head.i and any(t.lower_ == word and t.dep_ in {"mark", "case"} for t in child.children):
            return True
    return False
