"""Demands put with a noun: «Xs krav om NP», «en oppfordring til Y om å», «X la fire nye krav på bordet»."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus_lib.demands.rules.agents import finite_of, is_agent, subject_near
from corpus_lib.demands.rules.answer_targets import cues
from corpus_lib.demands.rules.asked import Asked
from corpus_lib.demands.rules.clauses import clause_from, is_finite, phrase_from, sentence_of
from corpus_lib.demands.rules.frames import NEGATIONS, noun_kind, word_list
from corpus_lib.demands.rules.parties import Party, as_states, party_of
from corpus_lib.demands.rules.verbal import is_announced, is_passive
from corpus_lib.model import Span, Strength

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.demands.rules.settings import Spot

STRENGTH: dict[str, Strength] = {"demand": "demand", "request": "request", "proposal": "proposal"}
"""How strongly each kind of noun asks."""
_REACH = 9
_BEING = frozenset({"er", "var", "blir", "ble", "finnes", "finst", "gjelder", "gjeld", "vere", "være"})


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands behind a noun of demanding: whom it goes to, what opens what is asked for, who sends it."""

    kind: str
    start: int
    receiver: Token | None
    sender: Token | None


def nominal(spot: Spot, token: Token) -> Iterator[Asked]:
    """Yield the demand that a noun names together with what it asks for and somebody who asks it."""
    kind = noun_kind(token)
    if kind is None or token.lower_.endswith(tuple(word_list("offers"))) or _is_unreal(token):
        return
    if kind == "demand" and _is_required(token):
        return
    frame = _behind(token, kind)
    span = _content(spot, token, frame) if frame else _itself(spot, token, kind)
    if span is None:
        return
    party, receiver = _party(spot, token, frame)
    receiver = (frame.receiver if frame else None) or receiver or _given_to(token)
    addressees = party_of(receiver, spot, officer=False).entities if receiver is not None else ()
    if not party.entities and not addressees:
        return
    many = _is_many(token)
    yield Asked(
        block=spot.number,
        cue=spot.block.span(token),
        content=span,
        party=party,
        addressees=tuple(a for a in addressees if a not in party.entities),
        basis="receiver" if addressees else None,
        strength=STRENGTH[kind],
        rule="noun of demanding" if frame else "demands put, not told",
        confidence=0.7 if party.entities else 0.5,
        kind="set" if many and kind == "demand" else "single",
        announced=(verb := _governor(token)) is not None and is_announced(verb),
    )


def _is_unreal(token: Token) -> bool:
    """Say whether the clause of a noun only supposes or denies it: «kan fremme krav», «ikke mottatt noe krav»."""
    verb = _governor(token)
    words = {c.lower_ for c in verb.children} if verb is not None else set()
    words |= {c.lower_ for c in token.children}
    supposed = "kan" in words or ("kunne" in words and bool(words & {"vil", "ville", "skal"}))
    return supposed or bool(words & (NEGATIONS | {"noen", "ingen", "noko"}))


def _is_many(token: Token) -> bool:
    amount = {t.lower_ for t in token.doc[max(0, token.i - 5) : token.i]}
    if amount & word_list("amounts") or token.lower_.endswith(("ene", "ane", "krava")):
        return True
    before = [c for c in token.children if c.i < token.i]
    owned = any(c.dep_.startswith("nmod") for c in before)
    return not owned and any(c.dep_ == "nummod" or "Plur" in c.morph.get("Number", []) for c in before)


def _behind(token: Token, kind: str) -> _Frame | None:
    """Return the frame behind a noun: «til X om å», «fra X om at», «om NP»; None where nothing is asked for."""
    doc, end = token.doc, min(sentence_of(token).end, token.i + 1 + _REACH)
    receiver = sender = None
    openers = {"om"} if kind != "request" and not _is_claimed(token) else {"om", "til"}
    for t in doc[token.i + 1 : end]:
        if t.text in ".,:;?!–" or is_finite(t) or t.lower_ in ("som", "men", "og", "at"):
            return None
        nominal = _noun_after(t)
        after = [x.lower_ for x in doc[t.i + 2 : min(t.i + 9, sentence_of(token).end)]]
        addressed = any(a == "om" and b in ("å", "at") for a, b in pairwise(after))
        asked = nominal is not None and (is_agent(nominal) or (kind == "request" and addressed))
        if t.lower_ in ("til", "mot") and not _is_claimed(token) and nominal is not None and asked and receiver is None:
            if kind == "proposal" and _is_definite(token):
                sender = nominal
                continue
            if kind == "demand" and not any(x.lower_ == "om" for x in doc[t.i : end]):
                return None
            receiver = nominal
        elif t.lower_ in ("fra", "frå") and nominal is not None:
            sender = nominal
        elif t.lower_ in openers and t.i + 1 < sentence_of(token).end:
            following = t.nbor(1)
            opener = following.lower_ if following.lower_ in ("at", "å") else "np"
            return _Frame(opener, t.i + (1 if opener == "np" else 2), receiver, sender)
    return None


def _is_definite(token: Token) -> bool:
    return "Def" in token.morph.get("Definite", []) or token.lower_.endswith(("et", "ene", "a"))


def _is_required(token: Token) -> bool:
    """Say whether a standard is told of: «det er krav om hjelm», with nobody who demands."""
    before = [t.lower_ for t in token.doc[max(token.sent.start, token.i - 4) : token.i]]
    there = any(a == "det" and b in _BEING for a, b in (*pairwise(before), *((b, a) for a, b in pairwise(before))))
    return there and not any(c.dep_.startswith("nmod") and c.i < token.i for c in token.children)


def _is_claimed(token: Token) -> bool:
    """Say whether «krav til NP» is a demand, not a standard: owned, and answered («fikk innfridd sine krav til NP»)."""
    owned = any(c.lower_ in word_list("own") for c in token.lefts)
    verb = _governor(token)
    return owned and verb is not None and verb.lower_ in cues()


def _noun_after(preposition: Token) -> Token | None:
    """Return the noun that a preposition governs."""
    if preposition.dep_ == "case" and preposition.head.i > preposition.i:
        return preposition.head
    rest = preposition.doc[preposition.i + 1 : preposition.i + 5]
    return next((t for t in rest if t.pos_ in ("NOUN", "PROPN", "PRON")), None)


def _content(spot: Spot, token: Token, frame: _Frame) -> Span | None:
    if frame.kind in ("at", "å"):
        return clause_from(spot, token, frame.start, infinitive=frame.kind == "å", limit=_verb_behind(token, frame))
    return phrase_from(spot, token, frame.start)


def _verb_behind(token: Token, frame: _Frame) -> int | None:
    """Return where the verb begins whose subject the noun is: «forslaget om å kutte | ble avvist»."""
    verb = _governor(token)
    if verb is None or not token.dep_.startswith("nsubj"):
        return None
    return next((t.i for t in sorted((verb, *verb.lefts)) if t.i > frame.start and is_finite(t)), None)


def _itself(spot: Spot, token: Token, kind: str) -> Span | None:
    """Return the noun phrase of demands that are put and not told: «fire absolutte krav», «en rekke nye krav»."""
    verb = _governor(token)
    indefinite = token.lower_.endswith(("krav", "ultimatum"))
    described = any(c.i < token.i and c.dep_ in ("amod", "nummod", "nmod") for c in token.children)
    on_top = token.doc[token.i + 1 : token.i + 2]
    if kind != "demand" or not indefinite or not described or verb is None or not _is_put(verb):
        return None
    if len(on_top) and on_top[0].lower_ in ("til", "på") and not any(t.lower_ == "bordet" for t in token.subtree):
        return None
    if token.dep_ not in ("obj", "nsubj:pass", "nsubj"):
        return None
    return spot.block.of(token.doc[token.left_edge.i : token.i + 1])


def _governor(token: Token) -> Token | None:
    return next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX") or is_passive(a)), None)


def _is_put(verb: Token) -> bool:
    return verb.lower_ in word_list("putting")


def _party(spot: Spot, token: Token, frame: _Frame | None) -> tuple[Party, Token | None]:
    """Return who demands, and who receives the demand as the subject of «få»."""
    owner = _owner(token)
    if owner is not None:
        return party_of(owner, spot), None
    if (states := _of_state(spot, token)) is not None:
        return states, None
    sender = frame.sender if frame else _sender(token)
    verb = _governor(token)
    subject = subject_near(verb) if verb is not None else None
    if verb is None:
        return (party_of(sender, spot) if sender is not None else Party(())), None
    agent = next((c for c in verb.children if any(x.lower_ == "av" and x.dep_ == "case" for x in c.children)), None)
    if is_passive(verb) or sender is not None:
        by = sender if sender is not None else agent
        takes = is_passive(verb) or _is_getting(verb)
        called = subject if subject is not None else next((c for c in verb.children if c.dep_ == "nsubj:pass"), None)
        takes = takes and called != token
        return (party_of(by, spot) if by is not None else Party(())), called if takes and is_agent(called) else None
    got = _is_getting(verb) and not _is_claimed(token)
    if got and token.dep_ == "obj":
        return Party(()), subject if is_agent(subject) else None
    if subject is None or not is_agent(subject) or not (_is_put(verb) or _is_claimed(token)):
        return Party(()), None
    found = party_of(subject, spot)
    return Party(as_states(found.entities, subject, spot), found.voice, found.rule), None


def _given_to(token: Token) -> Token | None:
    """Return whom a verb of putting gives what the noun names: «ga generalene ordre om å snu»."""
    verb = _governor(token)
    if verb is None or token.dep_ != "obj" or not _is_put(verb):
        return None
    return next((c for c in verb.children if c.dep_ == "iobj" and is_agent(c)), None)


def _is_getting(verb: Token) -> bool:
    """Say whether the subject of a verb receives: «fikk et krav», «fikk overlevert et krav»."""
    above = {verb.head.lower_} if verb.dep_ in ("xcomp", "ccomp") else set()
    return bool({verb.lower_, finite_of(verb).lower_, *above} & word_list("getting"))


def _sender(token: Token) -> Token | None:
    """Return «fra X» shortly behind a noun."""
    rest = token.doc[token.i + 1 : min(token.i + 4, token.sent.end)]
    return next((_noun_after(t) for t in rest if t.lower_ in ("fra", "frå")), None)


def _owner(token: Token) -> Token | None:
    """Return the genitive before a noun: «partiets krav», «IMFs forslag»."""
    for child in token.children:
        if (
            child.i < token.i
            and child.dep_.startswith("nmod")
            and is_agent(child)
            and child.lower_.endswith(("s", "'", "’"))
        ):
            return child
        if child.i < token.i and child.ent_type_ in ("PER", "ORG", "GPE") and child.i == token.i - 1:
            return child
    return None


def _of_state(spot: Spot, token: Token) -> Party | None:
    """Return the state or body whose demand it is by an adjective or a compound: «de russiske», «LO-kravet»."""
    cast = spot.setting.cast
    for child in token.children:
        if child.i < token.i and child.lower_.rstrip("e").endswith("sk") and (states := cast.states_of(child.lower_)):
            return Party(states, None, "adjective of nationality")
    prefix = token.text.partition("-")[0]
    known = cast.number(prefix) if prefix != token.text else None
    return None if known is None else Party((known,), None, "compound")
