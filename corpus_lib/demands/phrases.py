"""What demands and answers share: agents, subjects, spans of clauses, nouns of demanding."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from corpus_lib.actors import PRONOUNS, SPEAKER, Cast, Context, is_role
from corpus_lib.language.lexicon import rows, words_of
from corpus_lib.model import Quote, Span
from corpus_lib.quotes.found import phrase_of, subject_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from corpus_lib.language import ParsedBlock

_WORDS = re.compile(r"\w+")
NEGATIONS = frozenset({"ikke", "ikkje", "aldri"})


@cache
def demand_nouns(kind: str) -> frozenset[str]:
    """Return the nouns of a kind: demand, request, proposal, talks, reply, some, all, cost."""
    text = (files("corpus_lib.language") / "data" / "demand_nouns.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[kind].split())


def noun_kind(token: Token) -> str | None:
    """Return what a noun names: a demand, a request, a proposal; None for another noun."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    last = token.lower_.rpartition("-")[2]
    for kind in ("demand", "request", "proposal"):
        if any(last == n or (len(n) > 3 and last.endswith(n)) for n in demand_nouns(kind)):
            return kind
    return None


def is_agent(token: Token | None) -> bool:
    """Say whether a subject can demand or answer: a name, a person, a body; not a thing."""
    if token is None:
        return False
    lowered = token.lower_
    if lowered in ("det", "dette", "den", "man", "som", "der"):
        return False
    if token.ent_type_ in ("PER", "ORG", "GPE") or lowered in PRONOUNS:
        return True
    institutions = words_of("persons.toml", "institutions")
    plural = lowered.endswith(("ene", "ane", "erne", "arane", "ere", "arar")) and "Plur" in token.morph.get(
        "Number", []
    )
    stem = lowered.removesuffix("en").removesuffix("ene").removesuffix("ne").removesuffix("e")
    return (
        lowered in institutions
        or any(lowered.endswith(i) for i in institutions if len(i) > 5)
        or is_role(lowered)
        or is_role(stem)
        or (plural and token.pos_ == "NOUN")
        or lowered in words_of("persons.toml", "collectives")
        or lowered in ("flere", "fleire", "mange", "alle", "begge", "ingen")
    )


def agent_of(verb: Token) -> Token | None:
    """Return the subject of a verb if it can act; a relative takes its antecedent."""
    subject = subject_of(verb)
    return subject if is_agent(subject) else None


def clause_span(parsed: ParsedBlock, head: Token, *, after: int, stop: int | None = None) -> Span | None:
    """Return the words of a clause or phrase, from behind a token on, without its marker and final stop."""
    limit = stop if stop is not None else head.sent.end
    indices = [t.i for t in head.subtree if after < t.i < limit]
    if not indices:
        return None
    start, end = min(indices), max(indices) + 1
    doc = head.doc
    while start < end and (doc[start].lower_ in ("at", "å", "om", "til", "på", "for") or doc[start].text in ",:«»"):
        start += 1
    while end > start and doc[end - 1].text in (",", ".", ":", "–", "-", "»"):
        end -= 1
    return parsed.of(doc[start:end]) if end > start else None


def quote_at(quotes: Sequence[Quote], span: Span) -> Quote | None:
    """Return the quotation whose words cover a span, the innermost one."""
    covering = [q for q in quotes if any(span.within(s) for s in q.segments)]
    return min(covering, key=lambda q: q.end - q.start, default=None)


def actors_of(
    subject: Token, block: int, parsed: ParsedBlock, cast: Cast, quotes: Sequence[Quote]
) -> tuple[tuple[int, ...], int | None, str]:
    """Return whom a subject stands for, the person who voices it, and the rule.

    «Vi» inside a quotation is the body its speaker speaks for, else the speaker.
    """
    place = parsed.span(subject)
    quote = quote_at(quotes, place)
    voice = _number(quote.speakers[0]) if quote and quote.speakers else None
    if subject.lower_ in SPEAKER and voice is not None:
        body = cast.speaks_for(voice)
        return ((body,) if body is not None else (voice,)), voice, "we: the body of the speaker"
    before = [q for q in quotes if q.start < place.start and q.speakers]
    context = Context(
        last_speakers=tuple(_number(s) for s in before[-1].speakers) if before else (),
        last_block=block if before else -99,
    )
    mention = phrase_of(subject)
    resolution = cast.resolve(mention, block, context)
    body = cast.speaks_for(resolution.entities[0]) if len(resolution.entities) == 1 else None
    if body is not None:
        return (body,), resolution.entities[0], "the body of the officer"
    return resolution.entities, voice, resolution.rule


def _number(actor_id: str) -> int:
    return int(actor_id[1:]) - 1


def number_of(actor_id: str) -> int:
    """Return the entity number behind an actor's id."""
    return _number(actor_id)


def entities_of(tokens: Tokens, block: int, cast: Cast) -> tuple[int, ...]:
    """Return whom a noun phrase names."""
    return cast.resolve(tokens, block, Context()).entities


def may_hold_demands(text: str) -> bool:
    """Say whether a block can hold a demand or an answer: it has one of their verbs or nouns.

    >>> may_hold_demands("Veien er stengt."), may_hold_demands("LO krever svar.")
    (False, True)
    """
    words = {w.lower() for w in _WORDS.findall(text)}
    return not _cue_words().isdisjoint(words) or any(w.endswith(("krav", "kravet", "kravene", "krava")) for w in words)


@cache
def _cue_words() -> frozenset[str]:
    verbs = (form for name in ("demanding", "answering") for r in rows(f"{name}.csv") for form in r["forms"].split())
    nouns = (n for kind in ("demand", "request", "proposal") for n in demand_nouns(kind))
    return frozenset((*verbs, *nouns, "må", "vil"))
