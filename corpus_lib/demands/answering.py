"""Responses: who accepts, rejects, offers or only notes, and which demand that answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from corpus_lib.actors import Cast
from corpus_lib.demands.phrases import (
    NEGATIONS,
    actors_of,
    agent_of,
    demand_nouns,
    entities_of,
    is_agent,
    noun_kind,
    number_of,
    quote_at,
)
from corpus_lib.language.lexicon import rows
from corpus_lib.model import Article, Basis, Demand, Link, Quote, Reason, Response, Scope, Span, Stance
from corpus_lib.quotes.found import is_verb, phrase_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.language import Parsed, ParsedBlock

_REACH = 5


@dataclass(frozen=True, slots=True)
class _Cue:
    forms: frozenset[str]
    stance: Stance
    particle: tuple[str, ...]
    what: str


@cache
def _cues() -> tuple[_Cue, ...]:
    return tuple(
        _Cue(frozenset(r["forms"].split()), r["use"], tuple(r["particle"].split()), r["what"])  # type: ignore[arg-type]
        for r in rows("answering.csv")
    )


@dataclass(frozen=True, slots=True)
class _Found:
    block: int
    evidence: Span
    cue: Span
    actors: tuple[int, ...]
    voice: int | None
    stance: Stance
    target: Span | None
    owners: tuple[int, ...]
    scope: Scope
    basis: Basis
    rule: str
    confidence: float


def find_responses(
    article: Article, parsed: Parsed, cast: Cast, quotes: Sequence[Quote], demands: Sequence[Demand]
) -> tuple[Response, ...]:
    """Find the answers of an article and link each to the demands it answers; answers may come first."""
    found: list[_Found] = []
    for number, block in enumerate(parsed.blocks):
        if block.parsed and article.blocks[number].kind in ("title", "lead", "body", "caption"):
            for token in block.doc:
                found += _at(number, block, token, cast, quotes)
    records: list[Response] = []
    for one in sorted(found, key=lambda f: (f.evidence.start, f.cue.start)):
        links = _links(one, demands)
        if not links and one.rule in ("offer", "upheld principle", "answer given"):
            continue
        for actor in one.actors:
            records.append(_record(one, actor, links, len(records) + 1, cast, quotes, article.text))
    counters = [r for d in demands for r in _counters(d, demands, len(records), cast, article.text)]
    return (*records, *(_renumbered(r, len(records) + i + 1) for i, r in enumerate(counters)))


def _renumbered(response: Response, number: int) -> Response:
    return replace(response, id=f"r{number}")


def _at(number: int, block: ParsedBlock, token: Token, cast: Cast, quotes: Sequence[Quote]) -> Iterator[_Found]:
    for cue in _cues():
        if token.lower_ not in cue.forms or not (is_verb(token) or token.pos_ == "ADJ"):
            continue
        if cue.particle and not _follows(token, cue.particle):
            continue
        found = _answer(number, block, token, cue, cast, quotes)
        if found is not None:
            yield found
            return


def _follows(token: Token, particle: tuple[str, ...]) -> bool:
    near = [t.lower_ for t in token.doc[token.i + 1 : min(token.i + 1 + _REACH, token.sent.end)]]
    places = [near.index(p) if p in near else -1 for p in particle]
    return min(places) >= 0 and places == sorted(places)


def _answer(
    number: int, block: ParsedBlock, token: Token, cue: _Cue, cast: Cast, quotes: Sequence[Quote]
) -> _Found | None:
    subject = agent_of(token) if token.pos_ != "ADJ" else _subject_of_adjective(token)
    passive = any(c.dep_ == "aux:pass" for c in token.children)
    target = _target(token, cue, passive=passive)
    if cue.what == "demand" and target is None:
        return None
    if cue.what == "clause" and not any(c.dep_ == "ccomp" for c in token.children):
        return None
    if cue.what == "talks" and not any(t.lower_ in demand_nouns("talks") for t in token.subtree):
        return None
    if (
        cue.stance == "noted"
        and cue.what == "none"
        and not any(t.lower_ in demand_nouns("reply") for t in token.subtree)
    ):
        return None
    if passive and subject is not None and target is not None and target.i == subject.i:
        subject = None
    negated = any(t.lower_ in NEGATIONS for t in (*token.children, *([token.head] if token.dep_ == "xcomp" else [])))
    stance: Stance = cue.stance
    if negated:
        if stance != "accept":
            return None
        stance = "reject"
    elif stance == "accept" and _hypothetical(token):
        return None
    actors: tuple[int, ...] = ()
    voice: int | None = None
    if subject is not None:
        actors, voice, _ = actors_of(subject, number, block, cast, quotes)
    if not actors:
        return None
    both = len(actors) > 1
    return _Found(
        block=number,
        evidence=_evidence(block, token, quotes),
        cue=block.span(token),
        actors=actors,
        voice=voice,
        stance=stance,
        target=block.of(token.doc[target.left_edge.i : target.i + 1]) if target is not None else None,
        owners=_owners(target, number, cast) if target is not None else _receivers(token, number, cast),
        scope=_scope(target),
        basis="collective" if both or _scope(target) == "all" else _basis(cue),
        rule=_rule(cue, negated=negated),
        confidence=0.8 if cue.what == "demand" else 0.6,
    )


def _subject_of_adjective(token: Token) -> Token | None:
    """Return the agent nearest to the left of an adjective: «at Nato er villig til å høre»."""
    subjects = [c for c in token.children if c.dep_.startswith("nsubj")]
    nearest = next(
        (t for t in reversed(token.doc[token.sent.start : token.i]) if t.dep_.startswith("nsubj") and is_agent(t)), None
    )
    return nearest if nearest is not None else next((c for c in subjects if is_agent(c)), None)


def _hypothetical(token: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in ("hvis", "dersom", "viss", "om") for c in token.children)


def _basis(cue: _Cue) -> Basis:
    return "entailed" if cue.what == "clause" else "discourse" if cue.stance == "offer" else "explicit"


def _rule(cue: _Cue, *, negated: bool) -> str:
    if cue.what == "clause":
        return "upheld principle"
    if cue.stance == "offer":
        return "offer"
    if cue.stance == "noted":
        return "answer given"
    return "negated verb of accepting" if negated else f"verb of {cue.stance}ing"


def _target(token: Token, cue: _Cue, *, passive: bool) -> Token | None:
    """Return the noun that names the demand answered, among the verb's objects (its subject in the passive)."""
    if cue.what in ("none", "clause", "talks"):
        return None
    wanted = ("obj", "obl", "iobj", "obl:arg", "xcomp") + (("nsubj:pass", "nsubj") if passive else ())
    for child in token.children:
        if child.dep_ in wanted:
            if cue.what == "any" and child.dep_ == "obj" and child.pos_ in ("NOUN", "PRON", "PROPN"):
                return child
            if noun_kind(child) is not None or child.lower_ in demand_nouns("talks"):
                return child
    return None


def _owners(target: Token, number: int, cast: Cast) -> tuple[int, ...]:
    """Return whose demand a noun phrase names: «Russlands krav», «de russiske kravene», «LO-kravet»."""
    for child in target.children:
        if child.i < target.i and child.ent_type_ in ("PER", "ORG", "GPE"):
            return entities_of(child.doc[child.left_edge.i : child.i + 1], number, cast)
        if child.dep_ == "amod" and child.lower_.rstrip("e").endswith("sk"):
            states = cast.states_of(child.lower_)
            if states:
                return states
    prefix = target.text.partition("-")[0]
    known = cast.number(prefix) if prefix != target.text else None
    return () if known is None else (known,)


def _receivers(token: Token, number: int, cast: Cast) -> tuple[int, ...]:
    """Return to whom an answer is given: «levert et svar til Russland», «invitert Russland»."""
    for t in token.subtree:
        to_someone = any(c.lower_ == "til" for c in t.children) or (t.dep_ in ("obj", "iobj") and t.head.i == token.i)
        if t.i > token.i and t.ent_type_ in ("GPE", "ORG", "PER") and to_someone:
            return entities_of(phrase_of(t), number, cast)
    return ()


def _scope(target: Token | None) -> Scope:
    if target is None:
        return "unspecified"
    modifiers = {c.lower_ for c in target.children if c.i < target.i}
    if modifiers & demand_nouns("some"):
        return "some"
    if _is_plural(target) and "Def" in target.morph.get("Definite", []):
        return "all"
    return "unspecified"


def _is_plural(target: Token | None) -> bool:
    return target is not None and "Plur" in target.morph.get("Number", [])


def _evidence(block: ParsedBlock, token: Token, quotes: Sequence[Quote]) -> Span:
    """Return the words that show the answer: the quotation's sentence where it is quoted, else the sentence."""
    sentence = block.of(token.sent)
    quote = quote_at(quotes, block.span(token))
    if quote is None:
        return _stripped(sentence, block)
    segment = next(s for s in quote.segments if block.span(token).within(s))
    return Span(max(sentence.start, segment.start), min(sentence.end, segment.end))


def _stripped(span: Span, block: ParsedBlock) -> Span:
    text = block.doc.text[span.start - block.start : span.end - block.start]
    lead = len(text) - len(text.lstrip(" –—-\n"))
    return Span(span.start + lead, span.start + len(text.rstrip()))


def _links(one: _Found, demands: Sequence[Demand]) -> tuple[Link, ...]:
    """Return the demands an answer is to: direction first, then whose demands it names, then scope."""
    others = [d for d in demands if not {number_of(a) for a in d.actors} & set(one.actors)]
    if one.owners:
        others = [d for d in others if {number_of(a) for a in d.actors} & set(one.owners)]
    else:
        addressed = [d for d in others if {number_of(a) for a in d.addressees} & set(one.actors)]
        others = addressed or [d for d in others if not d.addressees]
    if not others:
        return ()
    sets = [d for d in others if d.kind == "set"]
    singles = [d for d in others if d.kind == "single"]
    if one.scope == "all" and singles:
        chosen = singles
    elif sets:
        chosen = sets[:1]
    elif one.scope == "all" or len(singles) == 1:
        chosen = singles
    else:
        chosen = [min(singles, key=lambda d: abs(d.content.start - one.evidence.start))]
    reason = Reason("direction", one.target, "the demand of another party")
    return tuple(Link(d.id, 0.8 if one.owners else 0.6, (reason,)) for d in chosen)


def _record(
    one: _Found, actor: int, links: tuple[Link, ...], number: int, cast: Cast, quotes: Sequence[Quote], text: str
) -> Response:
    quote = quote_at(quotes, one.cue)
    return Response(
        id=f"r{number}",
        actors=(cast.id(actor),),
        voice=None if one.voice is None else cast.id(one.voice),
        links=links,
        target_text=one.target.of(text) if one.target else None,
        stance=one.stance,
        evidence=one.evidence,
        cue=one.cue,
        scope=one.scope,
        basis=one.basis,
        quote=quote.id if quote else None,
        rule=one.rule,
        reasons=(Reason("cue", one.cue),),
        confidence=one.confidence,
    )


def _counters(demand: Demand, demands: Sequence[Demand], count: int, cast: Cast, text: str) -> Iterator[Response]:
    """A demand put with «må» on an earlier demander answers with a demand of its own."""
    if demand.rule != "«må» to another party":
        return
    answered = [d for d in demands if set(d.actors) & set(demand.addressees) and not set(d.actors) & set(demand.actors)]
    chosen = [d for d in answered if d.kind == "set"][:1] or answered[:1]
    if not chosen:
        return
    start = demand.cue.start if demand.cue else demand.content.start
    line = text.rfind("\n", 0, start) + 1
    begin = max(text.rfind(". ", line, start) + 2, line)
    while text[begin : begin + 1] in "–—- ":
        begin += 1
    reason = Reason("role swap", demand.cue, "a demand on the earlier demander")
    yield Response(
        id="",
        actors=demand.actors,
        voice=demand.voice,
        links=tuple(Link(d.id, 0.6, (reason,)) for d in chosen),
        target_text=None,
        stance="counter",
        evidence=Span(begin, demand.content.end),
        cue=demand.cue,
        scope="unspecified",
        basis="discourse",
        quote=demand.quote,
        rule="counter-demand",
        reasons=(reason,),
        confidence=0.55,
    )
