"""Demands put with a verb: «X krever at S», «X ber Y om NP», «Y oppfordres til å», «X ba Y komme»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus_lib.actors import SPEAKER
from corpus_lib.demands.rules.agents import finite_of, is_agent, is_body, subject_near
from corpus_lib.demands.rules.asked import Asked
from corpus_lib.demands.rules.clauses import (
    clause_from,
    is_finite,
    is_infinitive,
    phrase_from,
    sentence_of,
)
from corpus_lib.demands.rules.documents import author_of, receiver_of
from corpus_lib.demands.rules.frames import NEGATIONS, Frame, frame_of, word_list
from corpus_lib.demands.rules.parties import Party, party_of, speaker_of
from corpus_lib.language.syntax import is_verb
from corpus_lib.model import Quote, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from corpus_lib.demands.rules.settings import Spot

_PREPOSITIONS = frozenset({"om", "til", "på", "for"})
_INSIDE = ("flat", "appos", "nmod", "amod", "det", "conj", "compound", "nummod", "case")
_REACH = 30


def verbal(spot: Spot, token: Token) -> Iterator[Asked]:
    """Yield the demand that a verb puts, if it is one of demanding and somebody demands with it."""
    form = frame_of(token)
    if form is None or not _is_verb(token) or _is_out(token):
        return
    if (said := spot.setting.told_with(spot.block.span(token))) is not None:  # «– Stans nå, krever Kari Lie»
        yield from _imperative(spot, token, form[0], said)
        return
    frame, passive = form[0], form[1] or is_passive(token) or (form[0].addressed and _is_state(token))
    opened = _what(token, frame, passive=passive)
    content = None if opened is None else _content(spot, token, *opened)
    if opened is None or content is None or _is_cost(token, opened[1], frame):
        return
    kind, between = opened[0], nominals(token.i + 1, opened[1], token)
    actor, objects = _subject(token, between, passive=passive)
    if kind == "inf" and actor is not None and actor.i > token.i and len(between) == 1 and _opens_headline(spot, token):
        actor, objects, passive = None, list(between), True
    party = _another(_actor(spot, token, frame, actor, passive=passive), actor, objects, spot)
    addressees, basis = _addressees(spot, token, frame, objects, kind, content)
    if basis == "object" and party is not None and addressees and set(addressees) <= set(party.entities):
        addressees = _someone_else(objects, spot)
    if any(t.lower_ == "ingen" for t in objects):
        return
    if party is None and actor is None and kind == "at" and addressees and _opens_headline(spot, token):
        party = Party(())
    if party is None or (passive and not party.entities and not (frame.addressed and addressees)):
        return
    yield Asked(
        block=spot.number,
        cue=spot.block.span(token),
        content=content,
        party=party,
        addressees=tuple(a for a in addressees if a not in party.entities),
        basis=basis if addressees else None,
        strength=frame.strength,
        rule="passive verb of demanding" if passive else "verb of demanding",
        confidence=0.85 if party.entities and kind != "np" else 0.7,
        listed=any(t.lower_ in word_list("also") for t in token.doc[token.sent.start : token.i + 4]),
        announced=is_announced(token),
        goes_on=_goes_on(token),
    )


def _imperative(spot: Spot, token: Token, frame: Frame, said: Quote) -> Iterator[Asked]:
    """Yield the last sentence of speech where it calls on somebody; one with «må» or «bør» is found by its own rule."""
    words = spot.block.tokens(said.segments[-1])
    if words is None or not said.speakers:
        return
    final = [t.i for t in words[:-1] if t.text in ".!?"]
    start, end = (final[-1] + 1 if final else words.start), words.end
    if "Imp" not in token.doc[start].morph.get("Mood", []):
        return
    while end > start + 1 and token.doc[end - 1].is_punct:
        end -= 1
    yield Asked(
        block=spot.number,
        cue=spot.block.span(token),
        content=spot.block.of(token.doc[start:end]),
        party=speaker_of(said, spot),
        addressees=(),
        basis=None,
        strength=frame.strength,
        rule="verb of demanding",
        confidence=0.7,
    )


def _goes_on(token: Token) -> bool:
    """Say whether a sentence joins its demand to the one before: «også», «samtidig», «i tillegg»."""
    opening = token.doc[token.sent.start : token.sent.start + 4]
    return any(t.lower_ in word_list("continuing") for t in (*opening, *token.doc[token.i : token.i + 4]))


def _what(token: Token, frame: Frame, *, passive: bool) -> tuple[str, int] | None:
    """Return what opens the thing asked for and where it begins: behind its opener, else at the object."""
    opened = _opening(token, frame)
    if opened is None and "np" in frame.content and not passive:
        start = _object_start(token)
        opened = None if start is None else ("np", start)
    if opened is None or opened[1] >= len(token.doc):
        return None
    first = token.doc[opened[1]]
    behind = token.doc[opened[1] + 1 : opened[1] + 2].text.lower()
    lasting = first.lower_ in ("hele", "heile") and behind in word_list("stretches")
    told = not first.is_punct and first.pos_ != "CCONJ" and not lasting
    return opened if told and not (opened[0] == "np" and first.lower_ in word_list("anaphors")) else None


def _opens_headline(spot: Spot, token: Token) -> bool:
    """Say whether a verb opens a headline that leaves its subject out: «Ber Hansen forklare seg»."""
    return spot.kind in ("title", "subheading", "caption", "lead") and token.i == token.sent.start


def _is_verb(token: Token) -> bool:
    """Say whether a token is a verb, also where the tagger takes its past tense for an adjective."""
    if is_verb(token) or (token.pos_ == "ADJ" and any(c.dep_ in ("aux:pass", "cop") for c in token.children)):
        return True
    before = token.doc[token.i - 1] if token.i else None
    past = token.pos_ == "ADJ" and token.lower_.endswith("te") and before is not None and is_agent(before)
    return past and before is not None and not before.lower_.endswith("s")


def is_passive(token: Token) -> bool:
    """Say whether a participle is passive: «ble bedt», «er blitt oppfordret»."""
    governed = token.dep_ == "xcomp" and token.head.lower_ in word_list("becoming") and token.head.i < token.i
    return governed or any(c.dep_ == "aux:pass" for c in token.children)


def _is_state(token: Token) -> bool:
    """Say whether a participle with «være» tells who has been asked: «NRK er pålagt å formidle kultur»."""
    near = token.doc[max(token.sent.start, token.i - 3) : token.i]
    stands = any(c.lower_ in word_list("being") and c in near for c in token.children if c.dep_ in ("aux", "cop"))
    return stands and not any(c.lower_ in ("har", "hadde") for c in token.children)


def _is_out(token: Token) -> bool:
    """Say whether a verb does not ask: negated, hypothetical, a right or duty to ask, a fixed phrase."""
    auxiliaries = {c.lower_ for c in token.children if c.dep_.startswith("aux")}
    marks = {c.lower_ for c in token.children if c.dep_ == "mark"}
    near = token.doc[token.i + 1 : token.i + 3]
    if {c.lower_ for c in token.children} & NEGATIONS or (len(near) and near[0].lower_ in NEGATIONS):
        return True
    governor = token.head.lower_ if token.dep_ == "ccomp" else ""
    if governor in word_list("hoping") - {"vil", "ønsker", "ønskjer"}:
        return True
    if marks & {"hvis", "dersom", "viss"} or any(t.lower_ in word_list("idle") for t in near):
        return True
    if is_infinitive(token):
        if auxiliaries & word_list("unreal_asking"):
            return True
        return not auxiliaries and not _is_decided(token) and not _is_coming(token)
    return False


def _is_coming(token: Token) -> bool:
    """Say whether an infinitive stands behind «kommer til å»."""
    before = token.doc[max(token.sent.start, token.i - 5) : token.i]
    words = [t.lower_ for t in before]
    return words[-2:] == ["til", "å"] and bool(set(words) & word_list("coming")) and not set(words) & NEGATIONS


def is_announced(token: Token) -> bool:
    """Say whether a demand is announced, not yet made: «vil kreve», «kommer til å be», «varsler krav om»."""
    around = {token.lower_, *(c.lower_ for c in token.children if c.dep_.startswith("aux"))}
    head = token.head if token.dep_ in ("xcomp", "ccomp", "advcl", "acl") else token
    return bool((around | {head.lower_}) & word_list("announcing")) or _is_coming(token)


def _is_decided(token: Token) -> bool:
    """Say whether an infinitive hangs on a decision: «vedtok å be fylket om råd»."""
    head = token
    while head.dep_ in ("conj", "xcomp", "ccomp", "advcl") and head.head.i < head.i:
        head = head.head
        if head.lower_ in word_list("deciding"):
            return True
    return False


def _opening(token: Token, frame: Frame) -> tuple[str, int] | None:
    """Return what opens the thing asked for («at», «å», a bare infinitive, a noun phrase) and where it begins."""
    doc, end = token.doc, min(sentence_of(token).end, token.i + _REACH)
    noun_seen = False
    for t in doc[token.i + 1 : end]:
        lowered = t.lower_
        if lowered in frame.content & _PREPOSITIONS and t.i + 1 < end:
            following = t.nbor(1)
            if following.lower_ in ("å", "at"):
                return following.lower_, t.i + 2
            if lowered == frame.particle:
                return "np", t.i + 1
        elif _opens_clause(t) or (lowered == "å" and "å" in frame.content and (frame.addressed or not noun_seen)):
            return lowered, t.i + 1
        elif "inf" in frame.content and noun_seen and _is_bare_infinitive(t, token):
            return "inf", t.i
        if (
            t.text in ":;?!–«"
            or lowered in word_list("breaks")
            or is_finite(t)
            or (t.text == "," and not _is_apposed(t))
        ):
            return None
        noun_seen = noun_seen or (t.pos_ in ("NOUN", "PROPN", "PRON") and lowered not in word_list("times"))
    return None


def _opens_clause(t: Token) -> bool:
    """Say whether a clause begins at «at», which is none of «etter at», «under at»."""
    return t.lower_ == "at" and t.nbor(-1).lower_ not in word_list("loose")


def _is_bare_infinitive(t: Token, asking: Token) -> bool:
    if t.pos_ != "VERB" or t.lower_.endswith("r"):
        return False
    if t.head == asking and t.dep_ == "xcomp":
        return True
    past = "Past" in t.morph.get("Tense", []) or "Part" in t.morph.get("VerbForm", [])
    return is_infinitive(t) or not past


def _is_apposed(comma: Token) -> bool:
    following = comma.doc[comma.i + 1 : comma.i + 2]
    return bool(len(following)) and following[0].pos_ in ("PROPN", "NOUN", "ADJ", "DET", "PRON")


def _object_start(token: Token) -> int | None:
    """Return where the object of a verb begins, by the parse or else as the first noun behind it."""
    for child in token.children:
        if child.i > token.i and child.dep_ in ("obj", "obl:arg") and child.pos_ in ("NOUN", "PROPN", "ADJ", "PRON"):
            if child.pos_ == "PRON" and child.lower_ in ("det", "seg", "den", "dette"):
                continue
            return int(max(child.left_edge.i, token.i + 1))
    rest = token.doc[token.i + 1 : token.sent.end]
    return next((t.i for t in rest if t.pos_ in ("NOUN", "PROPN") and t.lower_ not in word_list("times")), None)


def _content(spot: Spot, token: Token, kind: str, start: int) -> Span | None:
    if kind in ("at", "å", "inf"):
        return clause_from(spot, token, start, infinitive=kind != "at")
    return phrase_from(spot, token, start)


def _is_cost(token: Token, start: int, frame: Frame) -> bool:
    """Say whether only a cost or a fixed phrase is named: «krevde flere liv», «ba om unnskyldning»."""
    idle = word_list("idle") | (word_list("cost") if frame.lemma == "kreve" else frozenset())
    return any(t.lower_ in idle for t in token.doc[start : start + 3] if t.pos_ in ("NOUN", "ADJ", "PROPN"))


def nominals(start: int, end: int, anchor: Token) -> list[Token]:
    """Return the heads of the noun phrases in a stretch that are not part of another or of an adverbial."""
    found = []
    for t in anchor.doc[start:end]:
        if t.pos_ not in ("NOUN", "PROPN", "PRON", "DET", "ADJ") or t.lower_ in ("det", "seg", "som"):
            continue
        if t.lower_ in word_list("times"):
            continue
        if t.dep_.startswith(_INSIDE) and start <= t.head.i < end:
            continue
        if any(c.dep_ == "case" and c.i < t.i for c in t.children) or t.dep_.startswith(("advmod", "amod", "det")):
            continue
        found.append(t)
    return found


def _subject(token: Token, between: Sequence[Token], *, passive: bool) -> tuple[Token | None, list[Token]]:
    """Return who demands and who stands as object: in the passive the subject is the one called on."""
    if passive:
        subjects = [c for c in token.children if c.dep_.startswith("nsubj") and c.lower_ not in ("det", "som")]
        agent = next((c for c in token.children if c.i > token.i and _by(c)), None)
        called = subjects or ([token.head] if token.dep_.startswith("acl") else []) or list(between)
        return agent, called[:1]
    subject = token.nbor(-1) if token.pos_ == "ADJ" and token.dep_ == "amod" and token.i else subject_near(token)
    inverted = subject is None or subject.i > finite_of(token).i
    if subject is None and between:
        subject = between[0]
    if inverted and subject is not None and between and subject.i not in (t.i for t in between):
        subject = between[0] if subject.i > between[0].i else subject
    return subject, [t for t in between if subject is None or t.i != subject.i]


def _by(token: Token) -> bool:
    return any(c.lower_ == "av" and c.dep_ == "case" for c in token.children)


def _actor(spot: Spot, token: Token, frame: Frame, subject: Token | None, *, passive: bool) -> Party | None:
    """Return who demands; None where nobody can."""
    if subject is None:
        return author_of(None, token, spot) if passive else None
    if any(c.dep_ in ("cop", "mark") for c in subject.children) or _is_law(subject):
        return None
    if is_agent(subject):
        return party_of(subject, spot)
    if not frame.any_subject or subject.pos_ not in ("NOUN", "PROPN"):
        return None
    return author_of(subject, token, spot)


def _another(party: Party | None, subject: Token | None, objects: Sequence[Token], spot: Spot) -> Party | None:
    """Return who asks «me»: where a noun was taken for the speaker, somebody else whom the text does not name."""
    me = next((t for t in objects if t.lower_ in SPEAKER), None)
    if party is None or subject is None or me is None or subject.pos_ != "NOUN" or subject.ent_type_:
        return party
    if set(party.entities) != set(party_of(me, spot, officer=False).entities) or not party.entities:
        return party
    return Party(_unnamed(subject, spot), party.voice, "not the speaker")


def _someone_else(objects: Sequence[Token], spot: Spot) -> tuple[int, ...]:
    """Return whom a plain noun calls on that was taken for who asks: nobody asks oneself."""
    noun = next((t for t in objects if t.pos_ == "NOUN" and not t.ent_type_), None)
    return () if noun is None else _unnamed(noun, spot)


def _unnamed(noun: Token, spot: Spot) -> tuple[int, ...]:
    """Return the actor that a noun phrase by itself names."""
    return spot.setting.cast.by_itself(noun, spot.number)


def _is_law(subject: Token) -> bool:
    """Say whether a subject is a rule, which states a duty and calls on nobody."""
    return subject.pos_ == "NOUN" and subject.lower_.endswith(tuple(word_list("laws")))


def _addressees(
    spot: Spot, token: Token, frame: Frame, objects: Sequence[Token], kind: str, content: Span
) -> tuple[tuple[int, ...], str | None]:
    """Return who is called on: the verb's object, «av X», the subject of the clause, «fra X» in the noun phrase."""
    if frame.addressed:
        for one in objects:
            if one.pos_ in ("NOUN", "PROPN") or is_agent(one):
                return party_of(one, spot, officer=False).entities, "object"
    tokens = spot.block.tokens(content)
    if tokens is None:
        return (), None
    if kind == "at" and (called := called_in_clause(spot, content))[0]:
        return called
    for t in tokens if kind == "np" else ():
        if t.i and is_agent(t) and _is_source(t) and not _is_owned(tokens):
            return party_of(t, spot, officer=False).entities, "source"
    return receiver_of(token, spot), "document"


def called_in_clause(spot: Spot, content: Span) -> tuple[tuple[int, ...], str | None]:
    """Return who is to act in an «at» clause: its subject, or who acts in the passive; and which of these says so."""
    tokens = spot.block.tokens(content)
    if tokens is None:
        return (), None
    subject = next((t for t in tokens if t.dep_.startswith("nsubj") and t.head.i > t.i), None) or _first_noun(tokens)
    acts = subject is not None and not (subject.dep_ == "nsubj:pass" or is_passive(subject.head))
    agent = subject is not None and (is_agent(subject) or is_body(subject.lower_.removesuffix("s")))
    if acts and agent and subject is not None and subject.lower_ not in SPEAKER:
        return party_of(subject, spot, officer=False).entities, "content_subject"
    if subject is not None and not acts and (doer := _doer(tokens, subject)) is not None:
        return party_of(doer, spot, officer=False).entities, "content_agent"
    return (), None


def _first_noun(tokens: Tokens) -> Token | None:
    """Return the noun right before the first finite verb of a clause in which the parse has no subject."""
    verb = next((t for t in tokens if is_finite(t)), None)
    before = tokens[0] if verb is None or verb.i == tokens.start else verb.nbor(-1)
    return before if verb is not None and verb.i > tokens.start and before.pos_ in ("NOUN", "PROPN") else None


def _is_source(token: Token) -> bool:
    return any(c.lower_ in ("fra", "frå") and c.dep_ == "case" for c in token.children)


def _is_owned(tokens: Tokens) -> bool:
    """Say whether what is asked for is another's act or state: «Sahins avgang fra klubben» is not asked of the club."""
    return any(c.dep_.startswith("nmod") and c.lower_.endswith("s") for c in tokens.root.lefts)


def _doer(tokens: Tokens, subject: Token) -> Token | None:
    """Return who is to do what a passive clause asks for: «behandles av kommunestyret», «vedtas i fylkestinget»."""
    for t in tokens:
        prepositions = {c.lower_ for c in t.lefts if c.dep_ == "case"}
        if t.i < subject.i or not is_agent(t):
            continue
        if "av" in prepositions or (prepositions & {"i", "på"} and t.lower_.endswith(tuple(word_list("assemblies")))):
            return t
    return None
