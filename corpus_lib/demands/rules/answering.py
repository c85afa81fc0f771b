"""Responses: who accepts, rejects, offers or only notes, and which demand that answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus_lib.actors import Cast
from corpus_lib.demands.rules.agents import is_agent, subject_above
from corpus_lib.demands.rules.answer_clauses import evidence_of, is_supposed, refuses
from corpus_lib.demands.rules.answer_targets import Cue, about_of, asker_of, cues, kind_of, scope_of, target_of
from corpus_lib.demands.rules.counters import counter_demands, listed_offers
from corpus_lib.demands.rules.frames import NEGATIONS, word_list
from corpus_lib.demands.rules.hedges import conditioned, hedged
from corpus_lib.demands.rules.linking import Answered, along, beside, links_of, restated
from corpus_lib.demands.rules.parties import Party, party_of, speaker_of
from corpus_lib.demands.rules.promises import promises
from corpus_lib.demands.rules.settings import Setting, Spot
from corpus_lib.demands.rules.short_answers import short_answers
from corpus_lib.demands.rules.verbal import is_passive
from corpus_lib.language.syntax import is_verb
from corpus_lib.model import Article, Basis, Demand, Link, Quote, Reason, Response, Stance

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from corpus_lib.language import Parsed

_REACH = 7
_GIVEN = ("accept", "partial", "condition", "reject")


def find_responses(
    article: Article, parsed: Parsed, cast: Cast, quotes: Sequence[Quote], demands: Sequence[Demand]
) -> tuple[Response, ...]:
    """Find the answers of an article and link each to the demands it answers; answers may come first."""
    setting = Setting(article, parsed, cast, quotes)
    found = [a for spot in setting.spots() for token in spot.block.doc for a in _at(spot, token)]
    found = [f for f in found if not any(f.cue.within(d.content) for d in demands)]
    found = [f for f in found if not _is_own_plea(f, setting, demands)]
    linked = beside(restated([(f, links_of(f, demands, article.text)) for f in found]), article.text)
    linked = [(f, along(links, demands, article.text)) for f, links in linked if links or f.alone]
    records: list[Response] = []
    for one, links in _without_repeats(linked, [b.kind for b in article.blocks]):
        answered = _with_actor(one, links, demands)
        for actor in answered.actors or (None,):
            records.append(_record(setting, answered, actor, links, len(records) + 1))
    told = [*listed_offers(setting, demands, records), *counter_demands(setting, demands)]
    for more in (short_answers(setting, demands), promises(setting, demands)):
        told += [m for m in more if not any(m.evidence.overlaps(r.evidence) for r in (*records, *told))]
    return (*records, *(replace(r, id=f"r{len(records) + i + 1}") for i, r in enumerate(told)))


def _is_own_plea(one: Answered, setting: Setting, demands: Sequence[Demand]) -> bool:
    """Say whether a judgement with nothing named leads to the speaker's own demand: «Uakseptabelt. Vi krever …»."""
    judged = one.target is None and one.stance == "reject" and not one.of_other
    quote = setting.quote_at(one.cue) if judged else None
    own = set(one.actors)
    return quote is not None and any(d.quote == quote.id and own & {*d.actors, d.voice} for d in demands)


def _without_repeats(
    found: Sequence[tuple[Answered, tuple[Link, ...]]], kinds: Sequence[str]
) -> list[tuple[Answered, tuple[Link, ...]]]:
    """Return the answers in text order: one a clause, and a headline's yes or no not beside the body's."""
    body = [f for f, _ in found if kinds[f.block] not in ("title", "lead", "caption")]
    kept: list[tuple[Answered, tuple[Link, ...]]] = []
    for one, links in sorted(found, key=lambda f: (not f[0].of_other, not f[1], f[0].cue.start)):
        told = one.stance in ("accept", "reject") and one not in body
        if told and any(set(f.actors) == set(one.actors) and f.stance == one.stance for f in body):
            continue
        if not any(k.evidence.overlaps(one.evidence) and k.stance == one.stance for k, _ in kept):
            kept.append((one, links))
    return sorted(kept, key=lambda f: (f[0].evidence.start, f[0].cue.start))


def _with_actor(one: Answered, links: Sequence[Link], demands: Sequence[Demand]) -> Answered:
    """Give an answer told from the demander's side («fikk viljen sin») the one called on as its actor."""
    if not one.of_other:
        return one
    linked = [d for d in demands if d.id in {k.demand for k in links}]
    called = tuple(dict.fromkeys(a for d in linked for a in d.addressees))
    return replace(one, actors=called)


def _at(spot: Spot, token: Token) -> Iterator[Answered]:
    held = cues().get(token.lower_)
    if not held:
        return
    does = token.pos_ in ("ADJ", "ADV") or is_verb(token) or is_passive(token)
    following = token.doc[token.i + 1 : min(token.i + 1 + _REACH, token.sent.end)]
    near = [t.lower_.rstrip(".") for t in following]
    there = frozenset(near)
    objects = {c.lower_ for c in token.lefts if c.dep_ == "obj"}
    for cue in held:
        if not (does or cue.what == "judged"):
            continue
        fronted = len(cue.particle) == 1 and cue.particle[0] in objects
        if cue.particle and not fronted:
            stands = there.issuperset(cue.particle) and _follows(token, cue.particle, following, near)
            if not stands:
                continue
        found = _answer(spot, token, cue)
        if found is not None:
            yield found
            if found.stance in ("reject", "accept", "none") or cue.particle:
                return


def _follows(token: Token, particle: tuple[str, ...], following: Tokens, near: Sequence[str]) -> bool:
    """Say whether a particle, all of whose words stand behind a token, stands there as one."""
    if len(particle) > 1 and particle[0] in word_list("linking"):
        return any(tuple(near[i : i + len(particle)]) == particle for i in range(len(near)))
    if particle[0] in word_list("linking"):
        noun = next((i for i, t in enumerate(following) if t.dep_ == "obj" and t.head == token), len(near))
        near = near[: min(noun, 4)]
    places = [near.index(p) if p in near else -1 for p in particle]
    return min(places) >= 0 and places == sorted(places)


def _answer(spot: Spot, token: Token, cue: Cue) -> Answered | None:
    stance = None if token.dep_ == "amod" and cue.stance == "offer" else _stance(token, cue)
    if stance is None and cue.stance is None and cue.negated == "reject" and cue.who == "speaker":
        stance = "offer" if conditioned(token) else None  # «det kan være aktuelt, dersom …»
    if stance is None or (is_supposed(spot, token, stated=conditioned(token)) and not _is_planned(token, cue)):
        return None
    passive = is_passive(token)
    target = target_of(token, cue, passive=passive)
    if not _has_what(token, cue, target):
        return None
    stance = hedged(token, stance, scope_of(target))
    party = _party(spot, token, cue, passive=passive)
    kind = kind_of(target)
    named = stance in _GIVEN and kind in ("demand", "request", "proposal")
    if not party.entities and not (named and (passive or cue.what == "any" or cue.who == "by")):
        return None
    taken_up = _takes_up(cue, target)
    alone = not taken_up and (named or (cue.alone == "yes" and stance != "noted") or refuses(token, cue.what))
    return _answered(spot, token, cue, target, party, stance, alone=alone)


def _answered(
    spot: Spot, token: Token, cue: Cue, target: Token | None, party: Party, stance: Stance, *, alone: bool
) -> Answered:
    scope, kind = scope_of(target), kind_of(target)
    about = about_of(token, cue)
    both = len(party.entities) > 1
    cast = spot.setting.cast
    return Answered(
        block=spot.number,
        evidence=evidence_of(spot, token, target, whole=stance == "condition" and conditioned(token)),
        cue=spot.block.span(token),
        actors=cast.ids(party.entities),
        bodies=cast.ids(cast.bodies_of(party.entities)),
        voice=None if party.voice is None else cast.id(party.voice),
        stance=stance,
        target=None if target is None else spot.block.of(token.doc[target.left_edge.i : target.i + 1]),
        target_kind=kind,
        owners=cast.ids(asker_of(spot, token, cue, target)),
        scope=scope,
        basis="collective" if both or scope == "all" else _basis(cue),
        rule=_rule(cue, stance),
        lemma=cue.lemma,
        alone=alone,
        of_other=cue.who == "other",
        right_behind=_takes_up(cue, target),
        bare=cue.what == "bare",
        about=None if about is None else spot.block.of(about),
        bound=cue.what == "same",
        called=cue.alone == "called",
        confidence=0.8 if kind is not None else 0.6,
    )


def _is_planned(token: Token, cue: Cue) -> bool:
    """Say whether an answer is announced with «skal»: «kommunen skal vurdere kravet», «det skal vi få til»."""
    announced = any(c.lower_ == "skal" for c in token.children)
    return announced and (cue.stance == "noted" or cue.what == "anaphor")


def _takes_up(cue: Cue, target: Token | None) -> bool:
    """Say whether an answer is to «det» or «dette», what was asked for right before it."""
    return cue.what in ("demand", "anaphor") and kind_of(target) is None


def _stance(token: Token, cue: Cue) -> Stance | None:
    """Return the stance of a cue, turned by a negation; None where it then says nothing."""
    subject = next((c for c in token.children if c.dep_.startswith("nsubj")), None)
    around = [
        *token.children,
        *(subject.children if subject is not None else ()),
        *(token.head.children if token.dep_ in ("xcomp", "advcl", "acl", "cop") else ()),
    ]
    if any(t.lower_ in word_list("comparing") for t in token.children) and cue.stance == "offer":
        return None
    if any(t.lower_ in NEGATIONS for t in around) or _is_belittled(token):
        told = any(t.lower_ in word_list("perfect") for t in (*token.children, token.head))
        return cue.negated if cue.negated != "none" or told else None
    return cue.stance


def _is_belittled(token: Token) -> bool:
    before = token.doc[max(token.sent.start, token.i - 2) : token.i]
    return any(t.lower_ in word_list("belittling") for t in before)


def _has_what(token: Token, cue: Cue, target: Token | None) -> bool:
    if cue.what == "anaphor":
        return target is not None and not any(_completes(c, target) for c in token.children)
    if cue.what in ("demand", "any", "receiver"):
        watched = cue.what == "demand" and any(t.lower_ in word_list("watching") for t in token.subtree)
        return target is not None and not watched
    if cue.what == "clause":
        return any(c.dep_ == "ccomp" for c in token.children)
    if cue.what == "same":
        act = next((t.head for t in token.doc[token.i + 1 : token.i + 5] if t.lower_ == "å"), None)
        return act is None or not any(c.stance in ("noted", None) for c in _cues_of(act))
    if cue.what == "talks":
        return any(t.lower_ in word_list("talks") or t.lower_ in ("tilbake", "attende") for t in token.subtree)
    if cue.what == "bare":
        return _ends_with(token, cue)
    if cue.what == "inf":
        opener = next((t for t in token.doc[token.i + 1 : token.i + 5] if t.lower_ == "å"), None)
        noted = cue.stance == "offer" and opener is not None and any(c.stance == "noted" for c in _cues_of(opener.head))
        return opener is not None and not noted
    return True


def _completes(child: Token, target: Token) -> bool:
    """Say whether a word makes another verb of «gjøre»: «det gjør NHO bekymret», «det gjør dem til vinnere»."""
    return child != target and (child.pos_ == "ADJ" or child.dep_ in ("xcomp", "ccomp") or child.lower_ == "til")


def _cues_of(verb: Token) -> tuple[Cue, ...]:
    return cues().get(verb.lower_, ())


def _ends_with(token: Token, cue: Cue) -> bool:
    """Say whether a clause ends with its answer: «De sier nei.», «Skolen nektet»; a time may stand behind it."""
    last = cue.particle[-1] if cue.particle else token.lower_
    for t in token.doc[token.i : token.sent.end]:
        if t.lower_ == last:
            behind = (
                x
                for x in t.doc[t.i + 1 : token.sent.end]
                if x.lower_ not in word_list("times") | word_list("repeating") | NEGATIONS
            )
            following = next(behind, None)
            return following is None or following.is_punct or following.is_space
    return False


def _party(spot: Spot, token: Token, cue: Cue, *, passive: bool) -> Party:
    """Return who answers: the subject, «av X» in the passive, the speaker of an impersonal judgement."""
    if cue.who in ("by", "for"):
        wanted = ("for",) if cue.who == "for" else ("av", "hos", "frå", "fra", "i")
        who = next((t for t in token.subtree if t.i > token.i and is_agent(t) and _is_behind(t, wanted)), None)
        return party_of(who, spot) if who is not None else Party(())
    if cue.who == "speaker" or cue.what == "judged" or (token.pos_ in ("ADJ", "ADV") and not passive):
        subject, quote = _judge(token), spot.quote_at(token)
        if (subject is None or cue.who == "speaker") and quote is not None and quote.speakers:
            voice = spot.setting.cast.speakers(quote)[0]
            return Party((voice,), voice, "the speaker")
        return party_of(subject, spot) if subject is not None and cue.who != "speaker" else Party(())
    if passive and cue.who == "other":
        called = next((c for c in token.children if c.dep_ == "nsubj:pass"), None)
        return party_of(called, spot) if called is not None and is_agent(called) else Party(())
    if passive:
        by = next((c for c in token.subtree if any(x.lower_ == "av" and x.dep_ == "case" for x in c.children)), None)
        return party_of(by, spot) if is_agent(by) and by is not None else Party(())
    subject = subject_above(token)
    if subject is not None and subject.lower_ in word_list("reply") and (quote := spot.quote_at(token)) is not None:
        return speaker_of(quote, spot) if quote.speakers else Party(())
    if subject is None or not (is_agent(subject) or (cue.stance in ("accept", "reject") and _may_answer(subject))):
        return Party(())
    return party_of(subject, spot)


def _is_behind(token: Token, prepositions: tuple[str, ...]) -> bool:
    return any(c.dep_ == "case" and c.lower_ in prepositions for c in token.lefts)


def _may_answer(subject: Token) -> bool:
    return is_agent(subject) or (
        subject.pos_ == "NOUN" and not kind_of(subject) and subject.lower_ not in ("saken", "saka")
    )


def _judge(token: Token) -> Token | None:
    """Return the agent nearest to the left of an adjective: «at Nato er villig til å høre»."""
    before = token.doc[token.sent.start : token.i]
    return next(
        (t for t in reversed(before) if t.dep_.startswith("nsubj") and _may_answer(t) and t.lower_ != "det"), None
    )


def _basis(cue: Cue) -> Basis:
    if cue.what == "clause" and cue.stance == "reject":
        return "entailed"
    return "discourse" if cue.stance == "offer" else "explicit"


def _rule(cue: Cue, stance: Stance) -> str:
    if cue.what == "clause":
        return "stated condition" if stance == "condition" else "upheld principle"
    if stance in ("offer", "noted"):
        return "offer" if stance == "offer" else "answer given"
    if stance == "none":
        return "no answer, says the text"
    if stance in ("partial", "condition"):
        return "yes to a part" if stance == "partial" else "yes or no on a condition"
    return f"negated: {stance}" if stance == cue.negated else f"verb of {stance}ing"


def _record(setting: Setting, one: Answered, actor: str | None, links: tuple[Link, ...], number: int) -> Response:
    quote = setting.quote_at(one.cue)
    return Response(
        id=f"r{number}",
        actors=() if actor is None else (actor,),
        voice=one.voice,
        links=links,
        target_text=one.target.of(setting.article.text) if one.target else None,
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
