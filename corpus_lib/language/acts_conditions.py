"""The conditions of an entry of the lexicon of acts, asked of its chief word in a parsed sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

LIGHT = frozenset(
    """
    ikke ikkje ei aldri heller også òg nå no da då nok jo vel likevel derfor difor bare berre fortsatt framleis
    fremdeles alltid ofte straks først helt heilt fullt ganske svært veldig meget så for mer meir litt noe noko
    dermed gjerne
    """.split()  # noqa: SIM905
)
"""Small words that may stand between the words of an expression."""

_NEGATIONS = frozenset({"ikke", "ikkje", "ei", "aldri", "ingen", "inga", "ingenting", "neppe", "verken", "hverken"})
_OBJECT = frozenset({"obj", "nsubj:pass", "iobj"})
_SUBJECT = frozenset({"nsubj", "nsubj:pass", "csubj"})
_OPENING = frozenset({"mark", "case"})
_NOTHING: frozenset[str] = frozenset()
_YES = frozenset({"yes"})


@dataclass(frozen=True, slots=True)
class Condition:
    """A question about the chief word: what `name` finds must be among `values`, or, denied, must not.

    Without values it is enough that something is found.
    """

    name: str
    values: frozenset[str]
    denied: bool


@cache
def condition_of(text: str) -> Condition:
    """Return a condition as it stands in the lexicon: ``at``, ``om|til``, ``obj=liv,tid``, ``med=@demand``, ``!neg``.

    >>> condition_of("!at").denied, sorted(condition_of("obj=liv,tid").values)
    (True, ['liv', 'tid'])
    """
    denied = text.startswith("!")
    name, equals, values = text.removeprefix("!").partition("=")
    if equals:
        return Condition(name, frozenset(values.split(",")), denied)
    if name in {"obj", "subj", "iobj", "neg", "pass"}:
        return Condition(name, _NOTHING, denied)
    return Condition("opens", frozenset(name.split("|")), denied)


def holds(
    condition: Condition,
    head: Token,
    keys: Callable[[str], frozenset[str]],
    memo: dict[tuple[int, str], frozenset[str]],
) -> bool:
    """Whether a condition holds of a chief word.

    Parameters
    ----------
    keys
        What a noun may be named by: its form, what it is compounded with, the kinds of act it names.
    memo
        What has been found for the words of this sentence.
    """
    place = head.i, condition.name
    found = memo.get(place)
    if found is None:
        found = memo[place] = _about(head, condition.name, keys)
    fits = not condition.values.isdisjoint(found) if condition.values else bool(found)
    return fits != condition.denied


def _about(head: Token, name: str, keys: Callable[[str], frozenset[str]]) -> frozenset[str]:
    if name == "opens":
        return frozenset(_openings(head))
    if name == "neg":
        return _YES if _negated(head) else _NOTHING
    if name == "pass":
        return _YES if _passive(head) else _NOTHING
    nouns = _arguments(head, name)
    return frozenset(key for noun in nouns for form in (noun.lower_, noun.lemma_.lower()) for key in keys(form))


def _arguments(head: Token, name: str) -> list[Token]:
    """Return subject or object of a verb, or what stands behind a preposition that belongs to it or its object."""
    if not head.dep_:
        return list(head.doc[head.i + 1 : head.i + 5])
    children = list(head.children)
    if name == "obj":
        return [t for t in children if t.dep_ in _OBJECT] + ([head.head] if head.dep_ == "amod" else [])
    if name == "iobj":
        return [t for t in children if t.dep_ == "iobj"]
    if name == "subj":
        return [t for t in children if t.dep_ in _SUBJECT]
    children += [t for child in children if child.dep_ in _OBJECT for t in child.children]
    return [t for t in children if any(c.dep_ == "case" and c.lower_ == name for c in t.children)]


def _openings(head: Token) -> set[str]:
    """Return the small words that open what belongs to a word: «at», «å», «om», prepositions."""
    doc, found = head.doc, set()
    for place in range(head.i + 1, min(head.i + 4, len(doc))):
        form = doc[place].lower_
        found.add(form)
        if form not in LIGHT:
            break
    for child in head.children:
        if child.i > head.i:
            found.update(t.lower_ for t in child.children if t.dep_ in _OPENING)
    return found


def _negated(head: Token) -> bool:
    if any(t.lower_ in _NEGATIONS for t in head.children):
        return True
    place = head.i
    while place and place > head.i - 3 and not head.doc[place].is_sent_start:
        place -= 1
        if head.doc[place].lower_ in _NEGATIONS:
            return True
    return False


def _passive(head: Token) -> bool:
    return head.lower_.endswith(("s", "st")) or any(t.dep_ == "aux:pass" for t in head.children)
