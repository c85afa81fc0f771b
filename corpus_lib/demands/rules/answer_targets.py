"""The lexicon of answering, and what an answer is to: the noun that names a demand, its owner, its scope."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from corpus_lib.demands.rules.agents import is_agent
from corpus_lib.demands.rules.frames import NEGATIONS, noun_kind, word_list
from corpus_lib.demands.rules.parties import party_of
from corpus_lib.language.lexicon import rows
from corpus_lib.model import Scope, Stance

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from corpus_lib.demands.rules.settings import Spot


@dataclass(frozen=True, slots=True)
class Cue:
    """How a verb answers: its stance, what a negation makes of it, what must stand with it, who answers."""

    lemma: str
    forms: frozenset[str]
    stance: Stance | None
    negated: Stance | None
    particle: tuple[str, ...]
    what: str
    alone: str
    who: str


@cache
def cues() -> dict[str, tuple[Cue, ...]]:
    """Return the cues of answering by each of their forms."""
    table: dict[str, tuple[Cue, ...]] = {}
    for r in rows("answering.csv"):
        cue = Cue(
            lemma=r["lemma"],
            forms=frozenset(r["forms"].split()),
            stance=None if r["use"] == "-" else r["use"],  # type: ignore[arg-type]
            negated=r["negated"] or None,  # type: ignore[arg-type]
            particle=tuple(r["particle"].split()),
            what=r["what"],
            alone=r["alone"],
            who=r["who"],
        )
        for form in cue.forms:
            table[form] = (*table.get(form, ()), cue)
    return table


def target_of(token: Token, cue: Cue, *, passive: bool) -> Token | None:
    """Return the noun that names the demand answered: an object, the subject in the passive, behind the particle.

    In a relative clause it is what the clause is about: «forslaget som Lie sa nei til».
    """
    if cue.who == "subject" and (antecedent := _antecedent(token)) is not None:
        return antecedent
    if cue.what == "inf":
        reach = token.doc[token.i + 1 : min(token.i + 9, token.sent.end)]
        return next((t for t in reach if kind_of(t) is not None), None)
    if cue.what == "receiver":
        following = token.doc[token.i + 1 : token.i + 2]
        beside = next((t for t in following if t.ent_type_), None)
        given = (c for c in token.children if c.i > token.i and c.dep_ in ("obj", "iobj") and is_agent(c))
        return next(given, beside)
    if cue.who == "by":
        return next((c for c in token.children if c.dep_.startswith("nsubj") and kind_of(c) is not None), None)
    if cue.what == "judged":
        return next((c for c in token.children if c.dep_.startswith("nsubj") and kind_of(c) is not None), None)
    if cue.what == "anaphor":
        pronoun = _pronoun_of(token)
        return pronoun if pronoun is not None and pronoun.i < token.i else None
    if cue.what not in ("demand", "any"):
        return None
    candidates = [c for c in token.children if c.dep_ in ("obj", "obl", "iobj", "obl:arg", "xcomp", "nmod")]
    if passive:
        own = [c for c in token.children if c.dep_.startswith("nsubj")]
        shared = [c for c in token.head.children if c.dep_.startswith("nsubj")] if token.dep_ == "conj" else []
        candidates += own or shared
    named = next((c for c in candidates if kind_of(c) is not None), None)
    if named is not None:
        return named
    reach = token.doc[token.i + 1 : min(token.i + 9, token.sent.end)]
    things = [c for c in candidates if c.dep_ == "obj" and c.lower_ not in cue.particle]
    objects = [c for c in things if c.pos_ in ("NOUN", "PROPN")]
    near = next((t for t in reach if kind_of(t) is not None and not passive and not objects), None)
    if near is not None or cue.what == "demand":
        return near if near is not None or cue.particle else _pronoun_of(token)
    behind = [t for t in reach if cue.particle and t.dep_ in ("nmod", "obl")]
    behind += [token.head] if token.dep_ == "cop" and token.head in reach else []
    told = [c for c in (*candidates, *behind) if c.pos_ in ("NOUN", "PRON", "PROPN") and c.lower_ not in cue.particle]
    return next((c for c in told if c.i > token.i), next((c for c in told if c.lower_ in ("det", "dette")), None))


def about_of(token: Token, cue: Cue) -> Tokens | None:
    """Return the words behind an answer that say what it is about: «ingen planer om *å åpne veien*»; None for none.

    A pronoun, a noun of demanding or one for a matter («saken», «vedtaket») takes up whatever was asked for.
    """
    if cue.what not in ("same", "any", "inf", "none") or cue.who in ("for", "by"):
        return None
    doc, start = token.doc, token.i + 1
    for particle in cue.particle:
        start = next((t.i + 1 for t in doc[start : token.sent.end] if t.lower_.rstrip(".") == particle), start)
    ends = (t.i for t in doc[start : token.sent.end] if t.is_punct or t.lower_ in word_list("breaks"))
    while start < token.sent.end and doc[start].lower_ in NEGATIONS:
        start += 1
    rest = doc[start : next(ends, token.sent.end)]
    telling = [t for t in rest if t.pos_ in ("NOUN", "PROPN", "VERB", "ADJ") and t.lower_ not in word_list("times")]
    taken_up = any(kind_of(t) or t.lower_ in word_list("matters") or t.lower_ in ("det", "dette") for t in rest)
    return rest if telling and not taken_up else None


def _pronoun_of(token: Token) -> Token | None:
    """Return the pronoun that takes up what was just asked for: «Det avviser kommunen», «Iran avviser dette»."""
    several = (c for c in token.children if c.dep_ == "obj" and c.lower_ in word_list("several"))
    if (taken_up := next(several, None)) is not None:
        return taken_up
    objects = (c for c in token.children if c.dep_ in ("obj", "nsubj", "expl") and c.lower_ in ("det", "dette"))
    return next((c for c in objects if c.dep_ == "obj" or len(list(_subjects(token))) > 1), None)


def _subjects(token: Token) -> Iterator[Token]:
    return (c for c in token.children if c.dep_.startswith("nsubj"))


def _antecedent(token: Token) -> Token | None:
    """Return the noun of demanding whose relative clause an answer is, where somebody else is its subject."""
    if not token.dep_.startswith("acl") or kind_of(token.head) is None or token.head.i > token.i:
        return None
    answerers = [c for c in token.lefts if c.dep_.startswith("nsubj") and c.lower_ != "som"]
    return token.head if answerers else None


def kind_of(target: Token | None) -> str | None:
    """Return what a noun names: a demand, a request, a proposal or talks; None for another."""
    if target is None or _is_standard(target):
        return None
    kind = noun_kind(target)
    return kind if kind is not None else "talks" if target.lower_ in word_list("talks") else None


def _is_standard(noun: Token) -> bool:
    """Say whether a noun names what a thing must meet: «kravene til energibruk», not «kravene til Russland»."""
    behind = noun.doc[noun.i + 1 : noun.i + 3]
    to_thing = len(behind) > 1 and behind[0].lower_ == "til" and not is_agent(behind[1])
    to_thing = to_thing and behind[1].lower_ not in word_list("times")
    return to_thing and noun_kind(noun) == "demand" and not any(c.lower_ in word_list("own") for c in noun.lefts)


def _owners(spot: Spot, target: Token) -> tuple[int, ...]:
    """Return whose demand a noun phrase names: «partiets krav», «de svenske kravene», «LO-kravet», «kravet fra X»."""
    cast = spot.setting.cast
    for child in target.children:
        named = child.ent_type_ in ("PER", "ORG", "GPE") and not child.dep_.startswith("nsubj")
        if child.i < target.i and named:
            return party_of(child, spot).entities
        if child.dep_ == "amod" and child.lower_.rstrip("e").endswith("sk") and (s := cast.states_of(child.lower_)):
            return s
        if child.i > target.i and any(c.lower_ in ("fra", "frå") for c in child.children) and is_agent(child):
            return party_of(child, spot).entities
    prefix = target.text.partition("-")[0]
    known = cast.number(prefix) if prefix != target.text else None
    return () if known is None else (known,)


def _receivers(spot: Spot, token: Token) -> tuple[int, ...]:
    """Return to whom an answer is given: «levert et svar til Russland», «invitert Russland»."""
    for t in token.subtree:
        to_someone = any(c.lower_ == "til" for c in t.children) or (t.dep_ in ("obj", "iobj") and t.head.i == token.i)
        if t.i > token.i and t.ent_type_ in ("GPE", "ORG", "PER") and to_someone:
            return party_of(t, spot).entities
    return ()


def asker_of(spot: Spot, token: Token, cue: Cue, target: Token | None) -> tuple[int, ...]:
    """Return whose demand is answered: who owns it, or who is given the answer; none where the asker is told of."""
    if target is None:
        return () if cue.who == "other" else _receivers(spot, token)
    return party_of(target, spot).entities if cue.what == "receiver" else _owners(spot, target)


def _is_part(target: Token) -> bool:
    """Say whether some of what a noun names is meant: «to av kravene», «deler av forslaget»."""
    before = target.doc[max(target.sent.start, target.i - 4) : target.i]
    of = next((t for t in reversed(before) if t.lower_ == "av"), None)
    return of is not None and of.i > target.sent.start and of.nbor(-1).lower_ in word_list("parts")


def scope_of(target: Token | None) -> Scope:
    """Return whether all of a party's demands are answered, or some of them."""
    if target is None:
        return "unspecified"
    definite, plural = "Def" in target.morph.get("Definite", []), "Plur" in target.morph.get("Number", [])
    if {c.lower_ for c in target.children if c.i < target.i} & word_list("some") or (plural and _is_part(target)):
        return "some"
    return "all" if definite and plural else "unspecified"
