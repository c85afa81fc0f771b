"""Answers without a verb of answering: a demand on the earlier demander, and an answer told point by point."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from operator import itemgetter
from typing import TYPE_CHECKING

from corpus_lib.actors import SPEAKER
from corpus_lib.demands.rules.frames import word_list
from corpus_lib.demands.rules.settings import Setting, Spot
from corpus_lib.model import Basis, Demand, Link, Quote, Reason, Response, Span, Stance

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_COUNTERING = frozenset(
    {
        "«må» to another party",
        "expectation of another party",
        "wants another party to act",
        "wish that another party act",
    }
)
"""The rules of demands that are put in a dispute rather than told of it."""
_CONFIDENCE = 0.55
_TOLD = 0.6
_NEXT = 8
"""How many characters behind a paragraph the speech of the next one may begin."""


def counter_demands(setting: Setting, demands: Sequence[Demand]) -> Iterator[Response]:
    """Yield the demands that answer one: put by who had been called on, to the one who had called on them."""
    text = setting.article.text
    for demand in demands:
        asked = [d for d in demands if _turns_back(demand, d)]
        called = {a for d in asked for a in d.addressees}
        turned = demand.strength == "demand" or demand.rule in _COUNTERING
        if not turned or not called & side_of(setting, demand.actors):
            continue
        chosen = [d for d in asked if d.kind == "set"][:1] or asked[:1]
        evidence = Span(_sentence_start(text, demand), demand.content.end)
        reason = Reason("role swap", demand.cue, "a demand on the earlier demander")
        yield _told(demand.actors, demand.voice, "counter", chosen, evidence, demand.quote, reason)


def side_of(setting: Setting, actors: Sequence[str]) -> set[str]:
    """Return actors with the bodies they belong to."""
    cast = setting.cast
    return {*actors, *cast.ids(cast.bodies_of(cast.numbers(actors)))}


class Told:
    """The demands of an article by where their words end."""

    def __init__(self, demands: Sequence[Demand]) -> None:
        self._ordered = sorted(enumerate(demands), key=_end)

    def before(self, place: int, reach: int) -> list[Demand]:
        """Return the demands that end before a place, by fewer characters than a number, in their order."""
        first, last = (bisect_right(self._ordered, at, key=_end) for at in (place - reach, place))
        return [demand for _, demand in sorted(self._ordered[first:last], key=itemgetter(0))]


def _end(numbered: tuple[int, Demand]) -> int:
    return numbered[1].content.end


def of_others(demands: Sequence[Demand], side: Set[str]) -> list[Demand]:
    """Return the demands that neither a side nor anybody of it puts."""
    return [d for d in demands if not side & {*d.actors, d.voice}]


def plain_answer(
    demands: Sequence[Demand], actors: tuple[str, ...], voice: str | None, stance: Stance, evidence: Span,
    cue: Span | None, quote: str | None, rule: str, reason: Reason, *, basis: Basis = "explicit",
    linked: float = _CONFIDENCE,
) -> Response:  # fmt: skip
    """Return an answer that has no verb of answering, linked as surely to each of some demands."""
    return Response(
        id="",
        actors=actors,
        voice=voice,
        links=tuple(Link(d.id, linked, (reason,)) for d in demands),
        target_text=None,
        stance=stance,
        evidence=evidence,
        cue=cue,
        scope="unspecified",
        basis=basis,
        quote=quote,
        rule=rule,
        reasons=(reason,),
        confidence=_CONFIDENCE,
    )


def _turns_back(demand: Demand, other: Demand) -> bool:
    """Say whether a demand goes to the actor of an earlier one; dates decide, else the order in the text.

    News tells first what is new: a demand put in speech may stand before the older one it answers.
    """
    if not set(other.actors) & set(demand.addressees) or set(demand.actors) & set(other.actors):
        return False
    if demand.date and other.date and demand.date != other.date:
        return other.date < demand.date
    older = demand.rule in _COUNTERING and other.rule not in _COUNTERING
    return older or other.content.start < demand.content.start


def _told(
    actors: tuple[str, ...], voice: str | None, stance: Stance, demands: Sequence[Demand], evidence: Span,
    quote: str | None, reason: Reason,
) -> Response:  # fmt: skip
    """Return an answer that only what was said before makes one."""
    rule, cue = "counter-demand" if stance == "counter" else "point of an answer", reason.span
    return plain_answer(
        demands, actors, voice, stance, evidence, cue, quote, rule, reason, basis="discourse", linked=_TOLD
    )


def _sentence_start(text: str, demand: Demand) -> int:
    """Return where the sentence of a demand begins, without its dash."""
    start = demand.cue.start if demand.cue else demand.content.start
    line = text.rfind("\n", 0, start) + 1
    begin = max(text.rfind(". ", line, start) + 2, line)
    while text[begin : begin + 1] in tuple("–—- "):
        begin += 1
    return begin


def listed_offers(setting: Setting, demands: Sequence[Demand], answers: Sequence[Response]) -> Iterator[Response]:
    """Yield the points of an answer, told as «Det første punktet er S» and the words of speech behind it.

    Only a side that is told to have answered offers so, and it offers to the one whose demands it has answered.
    """
    known, said_so = {d.id: d for d in demands}, [r for r in answers if r.stance == "noted" and r.links]
    for spot in setting.spots() if said_so else ():
        for token in spot.block.doc:
            if token.lower_ not in word_list("points") or not _opens_point(token):
                continue
            said = _speech_behind(spot, token)
            if said is None:
                continue
            answered = [r for r in said_so if set(r.actors) & side_of(setting, said.speakers)]
            targets = [known[t] for r in answered for t in r.targets]
            evidence = _proposal_in(setting, said)
            if targets and not any(r.evidence.overlaps(evidence) for r in answers):
                chosen = [d for d in targets if d.kind == "set"][:1] or targets[:1]
                reason = Reason("point of an answer", spot.block.of(token.sent), "the words on one point of the answer")
                yield _told(answered[0].actors, said.speakers[0], "offer", chosen, evidence, said.id, reason)


def _opens_point(token: Token) -> bool:
    """Say whether a noun stands in the frame «det første punktet er», «det andre området gjelder»."""
    before = [t.lower_ for t in token.doc[max(token.sent.start, token.i - 2) : token.i]]
    after = token.doc[token.i + 1 : token.i + 2].text.lower()
    ordinal = bool(before) and before[-1] in word_list("ordinals")
    return ordinal and after in ("er", "gjelder", "gjeld", "handler", "handlar")


def _speech_behind(spot: Spot, token: Token) -> Quote | None:
    """Return the direct speech that the next paragraph begins with, where nothing stands between."""
    end = spot.setting.article.blocks[spot.number].end
    if spot.block.of(token.sent).end < end - 2:
        return None
    near = spot.setting.speech.begun(end, end + _NEXT)
    return next((q for q in near if q.type == "direct" and q.speakers), None)


def _proposal_in(setting: Setting, said: Quote) -> Span:
    """Return the sentence of speech in which the speaker says what «we» should do, else its first words."""
    segment = said.segments[0]
    number = next(i for i, b in enumerate(setting.article.blocks) if b.start <= segment.start < b.end)
    block = setting.parsed.blocks[number]
    sentences = [s for s in block.doc.sents if segment.start <= block.of(s).start < segment.end]
    chosen = next((s for s in sentences if _is_of_us(s)), None)
    if chosen is None:
        return segment
    span = block.of(chosen)
    return Span(max(span.start, segment.start), min(span.end, segment.end))


def _is_of_us(sentence: Tokens) -> bool:
    words = {t.lower_ for t in sentence}
    return bool(words & SPEAKER) and bool(words & word_list("proposing"))
