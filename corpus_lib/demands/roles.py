"""Who acts in a predicate and who is called on, by its grammar alone: its subject, its agent, its frame's receiver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from corpus_lib.language import syntax
from corpus_lib.language.nouns import noun
from corpus_lib.language.subjects import subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.demands.setting import Setting, Unit

_REACH = 25
"""How many words behind a predicate the phrase of who is called on may stand."""
_CLIMB = 4
"""How many predicates above one are asked for their subject: «svarer med å be», «har fått lov til å kreve»."""
_OPENING = 8
"""Of how many words a phrase may be that opens a sentence and is its subject."""
_OBLIGING = frozenset({"må", "måtte", "bør", "burde", "skal", "skulle", "lyt", "får", "lyte"})
_IT = frozenset({"det", "dette", "som", "der", "her", "hva", "kva"})
_BREAKS = ("ADP", "SCONJ", "ADV", "VERB", "AUX", "PUNCT")


@dataclass(frozen=True, slots=True)
class Roles:
    """What a predicate's grammar says of who acts and who is called on.

    Attributes
    ----------
    acting
        The phrase that acts: its first word, its head, its last word; all -1 where there is none.
    kind
        What that phrase is: a name, a party by its noun, a pronoun, a thing; nobody. And whether the voice is passive.
    called
        The phrases of who may be called on: first word, last word, how it is opened.
    """

    acting: tuple[int, int, int]
    kind: str
    called: tuple[tuple[int, int, str], ...]

    def told(self, offered: Iterable[tuple[str, int]]) -> Iterator[str]:
        """Yield what grammar says of somebody, given by which rules and at which words he is offered."""
        acts = calls = False
        begin, head, end = self.acting
        for rule, place in offered:
            if 0 <= begin <= place <= end:
                acts = True
                yield f"{'acts' if place == head else 'within who acts'} by grammar, {rule} {self.kind}"
            for first, last, case in self.called:
                if first <= place <= last:
                    calls = True
                    yield f"called by grammar, {rule} {case}"
        if not acts:
            yield f"another acts by grammar: {self.kind}"
            yield from (f"{rule}, another acts by grammar: {self.kind}" for rule, _ in offered)
        if not calls:
            case = self.called[0][2] if self.called else "nobody"
            yield f"another is called by grammar: {case}"
            yield from (f"{rule}, another is called by grammar: {case}" for rule, _ in offered)


def roles_of(token: Token, unit: Unit, setting: Setting) -> Roles:
    """Return who acts in a predicate and who is called on, by its grammar."""
    return setting.once(("roles", unit.number, token.i), partial(_roles, token, unit))


def _roles(token: Token, unit: Unit) -> Roles:
    verb = token if syntax.is_verb(token) or not syntax.is_verb(token.head) else token.head
    voice = "obliged" if _obliges(token) else "passive" if syntax.is_passive(verb) else "active"
    subject = _subject(verb, unit)
    actor = subject if voice == "active" else syntax.agent_of(verb) if voice == "passive" else None
    called = list(called_of(token, unit))
    if voice != "active" and subject is not None and may_act(subject):
        first, _, last = _phrase(subject, unit)
        called.insert(0, (first, last, voice))
    kind = f"{'nobody' if actor is None else _kind(actor)}, {voice if syntax.is_verb(token) else 'noun'}"
    return Roles((-1, -1, -1) if actor is None else _phrase(actor, unit), kind, tuple(called))


def _phrase(head: Token, unit: Unit) -> tuple[int, int, int]:
    """Return the first word, head and last word of a phrase, without what hangs on it behind."""
    last = head.i
    while last + 1 < unit.tokens.end and head.doc[last + 1].dep_.startswith("flat"):
        last += 1
    return max(head.left_edge.i, unit.tokens.start), head.i, last


def _obliges(token: Token) -> bool:
    """Say whether a predicate says what its subject has to do: «kommunen må svare»."""
    modal = token if token.pos_ == "AUX" else syntax.modal_of(token)
    return modal is not None and modal.lower_ in _OBLIGING


def _kind(actor: Token) -> str:
    if actor.ent_type_:
        return "name"
    if actor.pos_ == "PRON":
        return "it" if actor.lower_ in _IT else "pronoun"
    return "party" if noun(actor.lower_) is not None else "thing"


def _subject(verb: Token, unit: Unit) -> Token | None:
    """Return the head of who acts: what opens the sentence right before its verb, else the subject by the parse."""
    opening = _opening(syntax.finite_of(verb), unit)
    if opening is not None:
        return opening
    above = verb
    for _ in range(_CLIMB):
        if syntax.is_verb(above):
            found = subject_of(above)
            if found is not None:
                return found if unit.tokens.start <= found.i < unit.tokens.end else None
        if above.head.i == above.i:
            return None
        above = above.head
    return None


def _opening(finite: Token, unit: Unit) -> Token | None:
    """Return the head of a noun phrase that opens a sentence right before a finite verb: Norwegian has it as subject.

    A title's parse often takes it for something else: «Statens helsetilsyn pålegger sykehuset å …», «Etterlatte ber …».
    """
    before = finite.i - unit.tokens.start
    if not 0 < before <= 2 * _OPENING:  # long sentences are many; marks and spaces may stand between the words
        return None
    words = [t for t in unit.tokens[:before] if not t.is_space]
    while words and words[0].text in '–-«"':
        words.pop(0)
    if not words or len(words) > _OPENING or words[0].lower_ in _IT:
        return None
    if any(t.pos_ in ("VERB", "AUX", "SCONJ") or t.text in ",:" for t in words) or words[0].pos_ in _BREAKS:
        return None
    until = next((n for n, t in enumerate(words) if t.pos_ == "ADP"), len(words))
    heads = [t for t in words[:until] if t.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "DET")]
    if not heads:
        return None
    named = [t for t in heads if t.ent_type_]
    inner = [t for t in (named or heads) if t.head not in (named or heads)]
    return (inner or heads)[0] if named else (inner or heads)[-1]


def called_of(token: Token, unit: Unit) -> Iterator[tuple[int, int, str]]:
    """Yield the phrases behind a predicate that its frame in the lexicon has for who is called on."""
    found: set[tuple[int, int]] = set()
    for act in unit.named:
        if act.head != token.i and token.i not in act.words:
            continue
        for case in act.entry.whom:
            for first, last in _phrases(token, act.end, case, unit):
                if (first, last) not in found:
                    found.add((first, last))
                    yield first, last, case


def _phrases(token: Token, after: int, case: str, unit: Unit) -> Iterator[tuple[int, int]]:
    """Yield the phrases in a case behind a predicate that may be somebody."""
    if case == "obj":
        thing = syntax.receiver_of(token) or syntax.object_of(token)
        if thing is not None and thing.i > token.i and may_act(thing):
            yield thing.left_edge.i, syntax.noun_phrase(thing).end - 1
        return
    for word in token.doc[after : min(after + _REACH, unit.tokens.end)]:
        if word.lower_ == case:
            head = syntax.governed_by(word, unit.tokens.end)
            if head is not None and head.i > word.i and may_act(head):
                yield word.i, syntax.noun_phrase(head).end - 1


def may_act(head: Token) -> bool:
    """Say whether a noun, name or pronoun may be somebody."""
    return bool(head.ent_type_) or head.pos_ == "PRON" or noun(head.lower_) is not None
