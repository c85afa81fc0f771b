"""Demands, requests and proposals: who calls on whom to do what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus_lib.actors import SPEAKER, Cast, belongs_to
from corpus_lib.demands.codes import codes
from corpus_lib.demands.phrases import (
    NEGATIONS,
    actors_of,
    agent_of,
    clause_span,
    demand_nouns,
    entities_of,
    is_agent,
    noun_kind,
    number_of,
    quote_at,
)
from corpus_lib.language.dates import find_dates
from corpus_lib.language.lexicon import Verb, cues
from corpus_lib.model import Article, Demand, Quote, Reason, Span, Strength
from corpus_lib.quotes.found import is_verb, phrase_of, report_end

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.language import Parsed, ParsedBlock

_OUT = frozenset({"inn", "unnskyldning", "orsaking", "tilgivelse", "ordet"})
_ADDRESSED = frozenset(
    {"be", "anmode", "oppfordre", "oppmode", "pålegge", "beordre", "trygle", "råde", "anbefale", "mane"}
)
_ALSO = frozenset({"også", "òg", "videre", "dessuten", "tillegg", "annet", "anna"})
_AMOUNTS = frozenset({"serie", "rekke", "liste", "mange", "flere", "fleire"})
_MUST = frozenset({"må"})


@dataclass(frozen=True, slots=True)
class _Found:
    block: int
    cue: Span
    content: Span
    actors: tuple[int, ...]
    voice: int | None
    addressees: tuple[int, ...]
    basis: str | None
    strength: Strength
    rule: str
    confidence: float
    kind: str = "single"
    also: bool = False


def find_demands(article: Article, parsed: Parsed, cast: Cast, quotes: Sequence[Quote]) -> tuple[Demand, ...]:
    """Find the demands of an article: verbal, nominal, in lists, and those put with «må» in a quotation."""
    found: list[_Found] = []
    for number, block in enumerate(parsed.blocks):
        if block.parsed and article.blocks[number].kind in ("title", "lead", "body", "caption"):
            found += _in_block(number, block, cast, quotes, found)
    return _records(article, cast, quotes, _without_repeats(found))


def _in_block(
    number: int, block: ParsedBlock, cast: Cast, quotes: Sequence[Quote], earlier: Sequence[_Found]
) -> list[_Found]:
    found: list[_Found] = []
    for token in block.doc:
        verb = cues("demanding").get(token.lower_)
        if verb is not None and is_verb(token):
            found += _verbal(number, block, token, verb, cast, quotes)
        elif token.lower_ in ("vil", "ville") and token.pos_ in ("AUX", "VERB"):
            found += _wanted(number, block, token, cast, quotes, [*earlier, *found])
        elif token.lower_ in _MUST and token.pos_ in ("AUX", "VERB"):
            found += _modal(number, block, token, cast, quotes)
        elif noun_kind(token) in ("demand", "request"):
            found += _nominal(number, block, token, cast, quotes)
    return found


def _verbal(
    number: int, block: ParsedBlock, token: Token, verb: Verb, cast: Cast, quotes: Sequence[Quote]
) -> Iterator[_Found]:
    """«X krever at S», «X ber Y om å …», «X oppfordrer Y til …», «X krever NP»."""
    if _excluded(token):
        return
    subject = agent_of(token)
    content = _content(block, token, verb, quotes)
    if subject is None or content is None:
        return
    span, clause = content
    actors, voice, rule = actors_of(subject, number, block, cast, quotes)
    if not actors:
        return
    addressees, basis = _addressees(number, token, verb, clause, cast)
    yield _Found(
        block=number,
        cue=block.span(token),
        content=span,
        actors=actors,
        voice=voice,
        addressees=tuple(a for a in addressees if a not in actors),
        basis=basis,
        strength=verb.use,  # type: ignore[arg-type]
        rule="verb of demanding",
        confidence=0.85 if rule != "noun phrase: not named in the text" else 0.7,
        also=any(t.lower_ in _ALSO for t in token.doc[token.sent.start : token.i + 4]),
    )


def _excluded(token: Token) -> bool:
    children = {c.lower_ for c in token.children}
    negated = bool(children & NEGATIONS)
    wanted = any(c.dep_ == "aux" and c.lower_ in ("kan", "kunne", "skal", "vil", "ville", "må") for c in token.children)
    passive = token.lower_.endswith("es") and token.lower_ not in ("oppfordres", "anbefales")
    return negated or passive or bool(children & _OUT) or (wanted and "Inf" in token.morph.get("VerbForm", []))


def _content(block: ParsedBlock, token: Token, verb: Verb, quotes: Sequence[Quote]) -> tuple[Span, Token] | None:
    """Return what is asked for, and the head of its words.

    «At» or «å» opens it, wherever the parser hangs the clause; else it is the object, or the phrase
    of the verb's particle.
    """
    opened = _opening(token, verb)
    if opened is not None:
        span = _rest(block, token, opened + 1, quotes)
        head = next((t for t in token.doc[opened + 1 : token.sent.end] if t.pos_ in ("VERB", "AUX")), None)
        while head is not None and head.dep_ in ("aux", "aux:pass", "cop") and head.head.i > head.i:
            head = head.head
        return (span, head) if span is not None and head is not None else None
    for child in (c for c in token.children if c.i > token.i):
        about = verb.particle and any(c.lower_ == verb.particle for c in child.children if c.i < child.i)
        plain = child.dep_ in ("obj", "obl:arg") and (not verb.particle or verb.lemma == "etterlyse")
        if not (about or plain) or child.pos_ not in ("NOUN", "PROPN"):
            continue
        if plain and {child.lower_, child.lemma_.lower()} & demand_nouns("cost"):
            return None
        span = _noun_phrase(block, token, child, quotes)
        return (span, child) if span is not None else None
    return None


def _opening(token: Token, verb: Verb) -> int | None:
    """Return the «at» or «å» behind a verb that opens what is asked for."""
    for t in token.doc[token.i + 1 : token.sent.end]:
        if t.lower_ == "at" or (
            t.lower_ == "å" and verb.lemma in (*_ADDRESSED, "foreslå", "kreve", "appellere", "henstille")
        ):
            return int(t.i)
        if t.text in (":", ";", "?", "!", "–", "«", ",") or t.lower_ in ("som", "og", "men", "for"):
            return None
        if t.pos_ in ("VERB", "AUX") and "Fin" in t.morph.get("VerbForm", []):
            return None
    return None


def _rest(block: ParsedBlock, token: Token, start: int, quotes: Sequence[Quote]) -> Span | None:
    """Return the words from a place to the end of what the sentence, or its quotation, asks for."""
    sentence = token.sent
    end = report_end(token, start, sentence, embedded=True)
    quote = quote_at(quotes, block.span(token))
    limit = max((s.end for s in quote.segments if block.span(token).within(s)), default=None) if quote else None
    while end > start and (
        token.doc[end - 1].text in ",.»–-:" or (limit is not None and block.span(token.doc[end - 1]).end > limit)
    ):
        end -= 1
    return block.of(token.doc[start:end]) if end > start else None


def _noun_phrase(block: ParsedBlock, token: Token, head: Token, quotes: Sequence[Quote]) -> Span | None:
    """Return an object's words, with the clause that hangs behind it («garanti for at S», «handling for å INF»)."""
    span = clause_span(block, head, after=token.i)
    if span is None:
        return None
    last = block.tokens(span)
    if last is None:
        return span
    following = token.doc[last.end : last.end + 2]
    if len(following) == 2 and following[0].lower_ in ("for", "om", "til", "på") and following[1].lower_ in ("at", "å"):
        rest = _rest(block, token, following[0].i, quotes)
        return Span(span.start, rest.end) if rest is not None else span
    return span


def _marker(clause: Token) -> int:
    """Return the place of «at» or «å» before a clause, or -1."""
    marks = [c.i for c in clause.children if c.lower_ in ("at", "å") and c.i < clause.i]
    return max(marks, default=-1)


def _addressees(number: int, token: Token, verb: Verb, clause: Token, cast: Cast) -> tuple[tuple[int, ...], str | None]:
    if verb.lemma in _ADDRESSED:
        for child in token.children:
            if token.i < child.i < clause.i and child.dep_ in ("obj", "iobj", "obl:arg") and is_agent(child):
                return entities_of(phrase_of(child, clause.left_edge.i), number, cast), "object"
    subject = next((c for c in clause.children if c.dep_.startswith("nsubj")), None)
    if subject is not None and is_agent(subject) and subject.lower_ not in SPEAKER and clause.pos_ in ("VERB", "AUX"):
        return entities_of(phrase_of(subject, clause.i), number, cast), "content_subject"
    return (), None


def _wanted(
    number: int, block: ParsedBlock, token: Token, cast: Cast, quotes: Sequence[Quote], earlier: Sequence[_Found]
) -> Iterator[_Found]:
    """«I tillegg vil X ha garanti for at S», «X vil at S»: only where a list of demands goes on."""
    verb = token if token.head.lower_ != "ha" or token.dep_ != "aux" else token.head
    clause = next((c for c in verb.children if c.i > token.i and c.dep_ in ("obj", "ccomp")), None)
    subject = agent_of(verb)
    if clause is None or subject is None or any(c.lower_ in NEGATIONS for c in verb.children):
        return
    if verb is token and not any(c.lower_ == "at" for c in clause.children):
        return
    listed = any(t.lower_ in _ALSO for t in token.sent[:4])
    near = [f for f in earlier if number - f.block <= 1 and f.strength == "demand"]
    if not (listed and near):
        return
    if clause.dep_ == "ccomp":
        span = _rest(block, verb, max(_marker(clause), verb.i) + 1, quotes)
    else:
        span = _noun_phrase(block, verb, clause, quotes)
    actors, voice, _ = actors_of(subject, number, block, cast, quotes)
    if span is None or not actors:
        return
    yield _Found(
        block=number,
        cue=block.span(token),
        content=span,
        actors=_same_party(actors, near[-1].actors, subject, cast),
        voice=voice,
        addressees=(),
        basis=None,
        strength="demand",
        rule="wish in a list of demands",
        confidence=0.75,
        also=True,
    )


def _same_party(actors: tuple[int, ...], listed: tuple[int, ...], subject: Token, cast: Cast) -> tuple[int, ...]:
    """Return the list's actor where a government of the same state goes on demanding."""
    adjective = next((c.lower_ for c in subject.children if c.dep_ == "amod"), "")
    if subject.lower_ in ("regjeringen", "regjeringa", "myndighetene", "styresmaktene") and any(
        belongs_to(adjective, cast.entities[a].name) for a in listed
    ):
        return listed
    return actors


def _modal(number: int, block: ParsedBlock, token: Token, cast: Cast, quotes: Sequence[Quote]) -> Iterator[_Found]:
    """«– Russland må trekke styrkene tilbake», said by another party: a named body or state is told what it must do."""
    verb = token.head if token.dep_ == "aux" else token
    quote = quote_at(quotes, block.span(token))
    subject = next((c for c in verb.children if c.dep_.startswith("nsubj")), None)
    if quote is None or quote.type != "direct" or not quote.speakers or subject is None:
        return
    if subject.ent_type_ not in ("GPE", "ORG") or subject.i > token.i or verb.dep_ not in ("ROOT", "conj", "parataxis"):
        return
    if verb is token or any(c.lower_ in NEGATIONS for c in verb.children):
        return
    target = entities_of(phrase_of(subject), number, cast)
    voice = number_of(quote.speakers[0])
    body = cast.speaks_for(voice)
    actors = (body,) if body is not None else (voice,)
    span = clause_span(block, verb, after=token.i)
    if span is None or set(target) & {voice, *actors}:
        return
    yield _Found(
        block=number,
        cue=block.span(token),
        content=span,
        actors=actors,
        voice=voice,
        addressees=target,
        basis="modal_subject",
        strength="demand",
        rule="«må» to another party",
        confidence=0.6,
    )


def _nominal(number: int, block: ParsedBlock, token: Token, cast: Cast, quotes: Sequence[Quote]) -> Iterator[_Found]:
    """«Xs krav om NP», «X sendte en serie med krav om NP»: a noun of demanding with what it asks for."""
    about = next(
        (
            c
            for c in token.children
            if c.i > token.i
            and any(m.lower_ in ("om", "til") for m in c.children if m.i < c.i)
            and c.dep_ in ("nmod", "acl", "advcl", "obl")
        ),
        None,
    )
    if about is None:
        return
    preposition = next(m.lower_ for m in about.children if m.lower_ in ("om", "til") and m.i < about.i)
    kind = noun_kind(token)
    if kind == "demand" and preposition != "om":
        return
    owner = next((c for c in token.children if c.i < token.i and c.ent_type_ in ("PER", "ORG", "GPE")), None)
    verb = next((a for a in token.ancestors if a.pos_ == "VERB"), None)
    subject = owner or (agent_of(verb) if verb is not None else None)
    if subject is None:
        return
    span = clause_span(block, about, after=max(token.i, _marker(about)))
    if owner is not None:
        actors = entities_of(token.doc[owner.left_edge.i : owner.i + 1], number, cast)
        voice = None
    else:
        actors, voice, _ = actors_of(subject, number, block, cast, quotes)
    actors = _as_states(actors, subject, cast)
    if span is None or not actors:
        return
    amount = {t.lower_ for t in token.doc[max(0, token.i - 5) : token.i]}
    many = "Plur" in token.morph.get("Number", []) or bool(amount & _AMOUNTS)
    yield _Found(
        block=number,
        cue=block.span(token),
        content=span,
        actors=actors,
        voice=voice,
        addressees=(),
        basis=None,
        strength="demand" if kind == "demand" else "request",
        rule="noun of demanding",
        confidence=0.7,
        kind="set" if many and kind == "demand" else "single",
    )


def _as_states(actors: tuple[int, ...], subject: Token, cast: Cast) -> tuple[int, ...]:
    """Return the state for its government: «den russiske regjeringen» → Russland, where Russland is named."""
    adjective = next((c.lower_ for c in subject.children if c.dep_ == "amod"), "")
    if subject.lower_ not in ("regjeringen", "regjeringa") or not adjective:
        return actors
    state = next((i for i, e in enumerate(cast.entities) if e.kind == "state" and belongs_to(adjective, e.name)), None)
    return actors if state is None else (state,)


def _without_repeats(found: Sequence[_Found]) -> list[tuple[_Found, tuple[Span, ...]]]:
    """Fold a nominal repeat («krav om tilbaketrekning» in lead or headline) into the fuller demand of its actor."""
    clausal = [f for f in found if f.rule != "noun of demanding" or f.kind == "set"]
    repeats: dict[int, list[Span]] = {}
    kept: list[_Found] = []
    for one in found:
        if one.rule == "noun of demanding" and one.kind == "single":
            fuller = next((f for f in clausal if f.kind == "single" and set(f.actors) & set(one.actors)), None)
            if fuller is not None:
                repeats.setdefault(id(fuller), []).append(one.content)
                continue
        kept.append(one)
    return [(f, tuple(repeats.get(id(f), ()))) for f in kept]


def _records(
    article: Article, cast: Cast, quotes: Sequence[Quote], found: Sequence[tuple[_Found, tuple[Span, ...]]]
) -> tuple[Demand, ...]:
    reference = article.metadata.published or article.metadata.date
    records: list[Demand] = []
    for one, mentions in found:
        block = article.blocks[one.block]
        said = find_dates(block.span.of(article.text), reference=reference)
        plover, cameo = codes(one.content.of(article.text))
        quote = quote_at(quotes, one.cue)
        records.append(
            Demand(
                id=f"d{len(records) + 1}",
                kind=one.kind,  # type: ignore[arg-type]
                actors=tuple(cast.id(a) for a in one.actors),
                voice=None if one.voice is None else cast.id(one.voice),
                addressees=tuple(cast.id(a) for a in one.addressees),
                addressee_basis=one.basis,
                content=one.content,
                cue=one.cue,
                strength=one.strength,
                members=(),
                mentions=mentions,
                quote=quote.id if quote else None,
                date=said[0].iso[:10] if said else (reference[:10] if quote and reference else None),
                plover=plover,
                cameo=cameo,
                rule=one.rule,
                reasons=(Reason("cue", one.cue),),
                confidence=one.confidence,
            )
        )
    return _with_members(records, [f for f, _ in found])


def _with_members(records: Sequence[Demand], found: Sequence[_Found]) -> tuple[Demand, ...]:
    """Give a set the demands of the same actor that follow it; they take its date where they have none."""
    out = list(records)
    for place, one in enumerate(records):
        if one.kind != "set":
            continue
        members = [
            d.id
            for d, f in zip(records[place + 1 :], found[place + 1 :], strict=True)
            if d.kind == "single"
            and d.actors == one.actors
            and d.strength == "demand"
            and f.block - found[place].block <= 6
        ]
        out[place] = replace(one, members=tuple(members))
        out = [replace(d, date=d.date or one.date) if d.id in members else d for d in out]
    return tuple(out)
