"""Demands without a verb of demanding: «X må gjøre Y», «vi forventer at X …», «X vil ha en garanti fra Y»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus_lib.actors import PRONOUNS, SPEAKER
from corpus_lib.demands.rules.agents import is_agent, is_body, subject_near
from corpus_lib.demands.rules.asked import Asked
from corpus_lib.demands.rules.clauses import clause_from, is_finite, is_infinitive, phrase_from, sentence_of
from corpus_lib.demands.rules.frames import NEGATIONS, word_list
from corpus_lib.demands.rules.parties import Party, as_states, mention_of, party_of, speaker_of
from corpus_lib.model import Span, Strength

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.demands.rules.settings import Spot


def modal(spot: Spot, token: Token) -> Iterator[Asked]:
    """«– Kommunen må åpne veien», «Hansen mener at regjeringen bør snu»: a party is told what to do."""
    quote = spot.quote_at(token)
    if quote is None or not quote.speakers:
        return
    verb = _governed(token)
    subject = _subject(token, verb)
    if verb is None or subject is None or not _is_told(subject) or _is_state(token, verb):
        return
    if any(c.lower_ in NEGATIONS for c in (*verb.children, *token.children)) or _is_subordinate(token, subject):
        return
    party = speaker_of(quote, spot)
    addressees = party_of(subject, spot, officer=False).entities
    start = max(token.i + 1, mention_of(subject).end if subject.i > token.i else 0)
    span = clause_from(spot, token, start, infinitive=True)
    if span is None or not addressees or set(addressees) & {party.voice, *party.entities}:
        return
    strength: Strength = "demand" if token.lower_ == "må" else "proposal"
    rule = f"«{token.lower_}» to another party"
    yield _asked(spot, token, span, party, addressees, "modal_subject", strength, rule, 0.6)


def _is_state(token: Token, verb: Token) -> bool:
    """Say whether a modal verb speaks of a state or of what might have been: «burde gjort», «bør få fortsette»."""
    first = next((t for t in token.doc[token.i + 1 : verb.i + 1] if t.pos_ in ("VERB", "AUX")), verb)
    if verb.lower_.endswith("es") or token.sent.text.rstrip().endswith("?"):
        return True
    return (
        first.lower_ in word_list("states")
        or verb.lower_ in word_list("states")
        or "Part" in first.morph.get("VerbForm", [])
    )


def _governed(token: Token) -> Token | None:
    """Return the infinitive that a modal verb governs."""
    if token.dep_.startswith("aux") and token.head.i > token.i:
        return token.head
    near = token.doc[token.i + 1 : min(token.i + 8, token.sent.end)]
    return next((t for t in near if is_infinitive(t)), None)


def _subject(token: Token, verb: Token | None) -> Token | None:
    """Return the subject of a modal verb: what the parse says, if it stands close before or behind it."""
    candidates = [c for v in (verb, token) if v is not None for c in v.children if c.dep_.startswith("nsubj")]
    return next((c for c in candidates if c.lower_ not in ("som", "det", "der")), None)


def _is_told(subject: Token) -> bool:
    """Say whether a subject is a party by name or office, not a pronoun or people at large."""
    if subject.lower_ in PRONOUNS or not is_agent(subject):
        return False
    return subject.ent_type_ in ("ORG", "GPE", "PER") or subject.pos_ == "PROPN" or is_body(subject.lower_)


def _is_subordinate(token: Token, subject: Token) -> bool:
    """Say whether the modal stands in a condition, a reason or a relative clause."""
    first = min(token.i, subject.left_edge.i)
    before = token.doc[max(token.sent.start, first - 2) : first]
    return any(t.lower_ in word_list("outside") for t in before) or token.head.dep_.startswith(("acl", "advcl"))


def _asked(
    spot: Spot, cue: Token, span: Span, party: Party, addressees: tuple[int, ...], basis: str | None,
    strength: Strength, rule: str, confidence: float, *, listed: bool = False,
) -> Asked:  # fmt: skip
    return Asked(
        block=spot.number,
        cue=spot.block.span(cue),
        content=span,
        party=party,
        addressees=tuple(a for a in addressees if a not in party.entities),
        basis=basis if addressees else None,
        strength=strength,
        rule=rule,
        confidence=confidence,
        listed=listed,
    )


def expected(spot: Spot, token: Token) -> Iterator[Asked]:
    """«Vi forventer at regjeringen rydder opp»: what a speaker expects of another party."""
    quote = spot.quote_at(token)
    following = token.doc[token.i + 1 : token.i + 2]
    if quote is None or not len(following) or any(c.lower_ in NEGATIONS for c in token.children):
        return
    opener = next((t for t in token.doc[token.i + 1 : token.i + 5] if t.lower_ == "at"), None)
    subject = subject_near(token)
    if opener is None or subject is None or subject.lower_ not in PRONOUNS:
        return
    yield from _clausal(spot, token, subject, opener, "expectation of another party", 0.6)


def due(spot: Spot, token: Token) -> Iterator[Asked]:
    """«Det er på tide at dere rydder opp»: a speaker calls for what is due."""
    quote = spot.quote_at(token)
    before = [t.lower_ for t in token.doc[max(0, token.i - 2) : token.i]]
    opener = next((t for t in token.doc[token.i + 1 : token.i + 3] if t.lower_ == "at"), None)
    if quote is None or not quote.speakers or "på" not in before or opener is None:
        return
    subject = _clause_subject(token, opener)
    span = clause_from(spot, token, opener.i + 1)
    if span is None or subject is None or not is_agent(subject) or subject.lower_ in SPEAKER:
        return
    party = speaker_of(quote, spot)
    addressees = party_of(subject, spot, officer=False).entities
    yield _asked(spot, token, span, party, addressees, "content_subject", "request", "what is due", 0.55)


def _clause_subject(token: Token, opener: Token) -> Token | None:
    clause = token.doc[opener.i + 1 : sentence_of(token).end]
    return next((t for t in clause if t.dep_.startswith("nsubj") and t.head.i > t.i), None)


def _clausal(spot: Spot, token: Token, subject: Token, opener: Token, rule: str, sure: float) -> Iterator[Asked]:
    """Yield a demand whose «at» clause has another party as its subject."""
    party = party_of(subject, spot)
    called = _clause_subject(token, opener)
    span = clause_from(spot, token, opener.i + 1)
    if span is None or called is None or not is_agent(called) or called.lower_ in SPEAKER or not party.entities:
        return
    addressees = party_of(called, spot, officer=False).entities
    if set(addressees) & set(party.entities):
        return
    yield _asked(spot, token, span, party, addressees, "content_subject", "request", rule, sure)


def wanted(spot: Spot, token: Token, earlier: Sequence[Asked]) -> Iterator[Asked]:
    """«X vil ha Y til å», «X vil ha en garanti fra Y», «X vil at Y skal»; in a list any «vil ha», «vil at»."""
    verb = token.head if token.dep_ == "aux" and token.head.lower_ == "ha" else token
    subject = subject_near(verb)
    if (
        not is_agent(subject)
        or subject is None
        or any(c.lower_ in NEGATIONS for c in (*verb.children, *token.children))
    ):
        return
    near = [f for f in earlier if spot.number - f.block <= 1 and f.strength == "demand"]
    listed = bool(near) and any(t.lower_ in word_list("also") for t in token.sent[:4])
    opener = next((t for t in token.doc[token.i + 1 : token.i + 4] if t.lower_ == "at"), None)
    if opener is not None and any(is_infinitive(t) for t in token.doc[token.i + 1 : opener.i]):
        return  # «vil kreve at»: the other verb asks
    if opener is not None:
        yield from _wish(spot, token, subject, opener, near if listed else [])
    elif verb is not token:
        yield from _want(spot, token, verb, subject, near if listed else [])


def _party(spot: Spot, subject: Token, listed: Sequence[Asked]) -> Party:
    """Return who wants; where the list so far is a state's, its government stands for it."""
    party = party_of(subject, spot)
    states = as_states(party.entities, subject, spot)
    if listed and set(states) & set(listed[-1].actors):
        return Party(listed[-1].actors, party.voice, "government of the list's state")
    return party


def _wish(spot: Spot, token: Token, subject: Token, opener: Token, listed: Sequence[Asked]) -> Iterator[Asked]:
    if not listed:
        clause = token.doc[opener.i + 1 : min(opener.i + 12, sentence_of(token).end)]
        told = any(t.lower_ in ("skal", "må", "skulle") for t in clause) or _acts(token, opener)
        if told and not any(t.lower_ in word_list("states") for t in clause):
            yield from _clausal(spot, token, subject, opener, "wish that another party act", 0.6)
        return
    span = clause_from(spot, token, opener.i + 1)
    if span is not None:
        party = _party(spot, subject, listed)
        yield _asked(spot, token, span, party, (), None, "demand", "wish in a list of demands", 0.75, listed=True)


def _acts(token: Token, opener: Token) -> bool:
    """Say whether a party acts in a wished-for clause: «vil at kommunen setter av penger», not «vil at folk trives»."""
    subject = _clause_subject(token, opener)
    return subject is not None and _is_told(subject) and is_finite(subject.head) and subject.head.pos_ == "VERB"


def _want(spot: Spot, token: Token, verb: Token, subject: Token, listed: Sequence[Asked]) -> Iterator[Asked]:
    rest = token.doc[verb.i + 1 : sentence_of(token).end]
    thing = next((t for t in rest if t.head.i == verb.i and t.dep_ in ("obj", "ccomp", "xcomp", "iobj")), None)
    toward = next((t for t in rest[:10] if t.lower_ == "til" and t.i + 1 < rest.end and t.nbor(1).lower_ == "å"), None)
    if toward is not None and not any(is_finite(t) for t in token.doc[verb.i + 1 : toward.i]):
        called = next((t for t in token.doc[verb.i + 1 : toward.i] if t.pos_ in ("NOUN", "PROPN", "PRON")), None)
        if called is not None and (not is_agent(called) or called.lower_ in SPEAKER):
            return
        span = clause_from(spot, token, toward.i + 2, infinitive=True)
        if called is not None and span is not None:
            party, whom = _party(spot, subject, listed), party_of(called, spot, officer=False).entities
            yield _asked(spot, token, span, party, whom, "object", "demand", "wants another party to act", 0.7)
        return
    if thing is None:
        return
    span = phrase_from(spot, token, max(thing.left_edge.i, verb.i + 1))
    source = None if is_agent(thing) else next((t for t in rest[:14] if _comes_from(t)), None)
    if span is None or not (listed or source is not None):
        return
    party = _party(spot, subject, listed)
    whom = party_of(source, spot, officer=False).entities if source is not None else ()
    rule = "wish in a list of demands" if listed else "wants something of another party"
    yield _asked(
        spot, token, span, party, whom, "source", "demand", rule, 0.75 if listed else 0.65, listed=bool(listed)
    )


def _comes_from(t: Token) -> bool:
    return is_agent(t) and any(c.lower_ in ("fra", "frå") and c.dep_ == "case" for c in t.children)
