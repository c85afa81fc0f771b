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

_GAP, _NEAR = 6, 2
"""How many words may stand in a gap, and how many light ones between two words that follow each other."""

_SHORT = 6
"""An adjective shorter than this is no participle of a verb that is spelled like it: «få», «svart», «klart»."""

_PARTICLE = 3
"""Elements of a verb with one word apart from it: the verb, the gap, the particle."""

_STOPS = frozenset({",", ";", ":", ".", "!", "?", "–", "—", "-", "«", "»", '"', "(", ")", "men", "som", "at", "fordi"})
_ADVERBS = frozenset("opp ned ut inn av bort fram frem tilbake etter unna vekk over".split())  # noqa: SIM905
"""Words that are particles of a verb unless they open a phrase: «gi etter», not «gi bort etter krigen»."""
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
_NOUN = frozenset({"NOUN", "PROPN"})
_SMALL = frozenset({"ADV", "ADP", "PRON", "DET", "CCONJ", "SCONJ", "PART", "PUNCT", "NUM"})
"""Parts of speech that the chief word of a longer expression never has: «nå» is an adverb in «legger nå fram»."""


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
    scene = _scene(tokens)
    best: dict[int, Act] = {}
    for at, form in enumerate(scene.forms, scene.start):
        for place in _places(form, scene.doc, at):
            if place.other and place.other.isdisjoint(scene.known):
                continue
            known = best.get(at) if place.chief else None
            if known is not None and known.weight >= place.entry.weight:
                continue
            act = _fit(place, at, scene)
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
    scene = _scene(token.sent)
    found = {}
    for at, form in enumerate(scene.forms, scene.start):
        for place in _places(form, scene.doc, at):
            act = _fit(place, at, scene)
            if act is not None and act.head == token.i:
                found[act.entry.id] = act
    return sorted(found.values(), key=lambda a: (-a.weight, a.entry.id))


@dataclass(frozen=True, slots=True)
class _Scene:
    """A sentence while it is looked at: its forms in lower case, and what has been found out about its words."""

    doc: Doc
    start: int
    forms: tuple[str, ...]
    known: frozenset[str]
    memo: dict[tuple[int, str], frozenset[str]]


def _scene(tokens: Tokens | Doc) -> _Scene:
    span = tokens[:]
    forms = tuple([token.lower_ for token in span])
    return _Scene(span.doc, span.start, forms, frozenset(forms), {})


def _places(form: str, doc: Doc, at: int) -> tuple[Place, ...]:
    """Return where a word stands in the entries, or the last part of a compound."""
    places = anchors().get(form)
    if places is not None:
        return places
    if len(form) < 6 or doc[at].pos_ not in {"NOUN", "X", ""}:
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


def _fit(place: Place, at: int, scene: _Scene) -> Act | None:
    """Return the act if the other words, the part of speech and the conditions of an entry fit around its anchor."""
    entry = place.entry
    if place.chief and not _may_be(entry, scene.doc[at]):
        return None
    matched = {place.index: at}
    if entry.phrase and not (_walk(place, at, 1, scene, matched) and _walk(place, at, -1, scene, matched)):
        return None
    head = scene.doc[matched[entry.head]]
    if not place.chief and not _may_be(entry, head):
        return None
    for condition in entry.conditions:
        if not holds(condition, head, keys_of, scene.memo):
            return None
    return Act(entry, head.i, tuple(sorted(matched.values())), entry.weight)


def _may_be(entry: Entry, head: Token) -> bool:
    """Whether the chief word of an entry can have this part of speech; more freely where other words stand with it."""
    pos = head.pos_
    if pos == "ADJ" and entry.pos == "verb" and len(head) < _SHORT and "Part" not in head.morph.get("VerbForm", []):
        return False
    if entry.phrase:
        return entry.pos != "verb" or not (pos in _SMALL or (pos in _NOUN and head.lower_ in heads()))
    return pos in _POS[entry.pos]


def _walk(place: Place, at: int, step: int, scene: _Scene, matched: dict[int, int]) -> bool:
    """Match the elements behind the anchor, or (step -1) before it, one after the other."""
    elements, room = place.entry.elements, _NEAR
    for index in range(place.index + step, len(elements) if step > 0 else -1, step):
        element = elements[index]
        if element.gap:
            room = _GAP
            continue
        found = _next(at, step, element, room, scene)
        if found is None:
            if element.optional:
                continue
            return False
        if (
            room == _GAP
            and len(elements) == _PARTICLE
            and not _together(scene.doc[min(at, found)], scene.doc[max(at, found)])
        ):
            return False
        matched[index] = found
        at, room = found, _NEAR
    return True


def _next(at: int, step: int, element: Element, room: int, scene: _Scene) -> int | None:
    """Return the next token that fits an element: at once, behind light words, or anywhere in the room of a gap."""
    forms = scene.forms
    place = at - scene.start + step
    for _ in range(room + 1):
        if not 0 <= place < len(forms):
            return None
        form = forms[place]
        if _is(element, form):
            return place + scene.start
        if form in _STOPS or (room != _GAP and form not in LIGHT):
            return None
        place += step
    return None


def _is(element: Element, form: str) -> bool:
    if element.slot == "seg":
        return form in _SELF
    if element.slot == "sin":
        return form in _OWN
    return form in element.forms


def _together(verb: Token, particle: Token) -> bool:
    """Whether a particle belongs to a verb, is no preposition of its own, and of no other verb between them."""
    if verb.pos_ not in {"VERB", "AUX"}:
        return True
    if particle.lower_ in _ADVERBS:
        return particle.dep_ != "case" or not any(t.dep_ == "obj" for t in verb.children)
    above = particle
    while above.i not in (verb.i, above.head.i):
        above = above.head
        if above.pos_ == "VERB" and verb.i < above.i < particle.i:
            return False
    return True
