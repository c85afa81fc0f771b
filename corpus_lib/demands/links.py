"""Which demand an answer answers: every pair scored by parties, words, order and distance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus_lib.demands.acts import least
from corpus_lib.demands.clues import word_of
from corpus_lib.demands.words import nearness, shared, stems

if TYPE_CHECKING:
    from corpus_lib.demands.acts import Act
    from corpus_lib.demands.setting import Setting
    from corpus_lib.demands.settling import Settled
    from corpus_lib.learned import Linear

_JOINED = 0.5

_ASKED = {"krav": "demand", "pålegg": "demand", "ultimatum": "demand", "forslag": "proposal", "framlegg": "proposal", "tilbud": "proposal", "plan": "proposal",
    "søknad": "request", "oppfordring": "request", "oppmoding": "request", "ønske": "request", "anmodning": "request", "spørsmål": "request", "bønn": "request"}


def pair(answer: Act, demand: Act, setting: Setting, demands: Sequence[Act]) -> dict[str, float]:
    """Return the features of an answer and a demand that it may answer."""
    text = setting.article.text
    said, asked = answer.unit.span.of(text), demand.span.of(text)
    common = shared(asked, said)
    distance = answer.unit.number - demand.unit.number
    f = {"pair": 1.0}
    f[f"words {min(len(common), 4)}"] = 1.0
    f["words, share"] = len(common) / max(1, len(stems(asked)))
    inside = shared(asked, answer.span.of(text))
    f[f"words in the answer {min(len(inside), 3)}"] = 1.0
    f["nearness"] = nearness(demand.tokens, answer.unit.tokens)
    f["nearness back"] = nearness(answer.tokens, demand.tokens)
    order = "same" if distance == 0 else "after" if distance > 0 else "before"
    size = abs(distance)
    f[f"{order} {size if size < 4 else 4 if size < 7 else 7 if size < 15 else 15}"] = 1.0
    f[order] = 1.0
    f["distance"] = min(size, 20) / 10
    between = sum(1 for d in demands if d is not demand and demand.start < d.start < answer.start)
    f[f"demands between {min(between, 3)}"] = 1.0
    if distance >= 0 and not between:
        f["the last demand"] = 1.0
    f[f"of {min(len(demands), 5)}"] = 1.0
    first = min(d.start for d in demands) == demand.start
    if first:
        f["the first demand"] = 1.0
    a, d, called = set(answer.actors), set(demand.actors), set(demand.addressees)
    if a & called:
        f["the one called on answers"] = 1.0
        f[f"the one called on answers, {order}"] = 1.0
    elif called and a:
        f["another than the one called on answers"] = 1.0
    if not called:
        f["nobody called on"] = 1.0
    if a & d:
        f["who demanded answers"] = 1.0
    if a & called and sum(bool(a & set(x.addressees)) for x in demands) == 1:
        f["called on by this alone"] = 1.0
    names = [setting.cast.entities[e].name for e in demand.actors]
    if any(n.split()[-1] in said for n in names if n):
        f["who demanded is named"] = 1.0
    mentioned = {s.entity for s in setting.cast.sightings if answer.unit.span.start <= s.span.start < answer.unit.span.end}
    if mentioned & d:
        f["who demanded is mentioned"] = 1.0
    if mentioned & called:
        f["who was called on is mentioned"] = 1.0
    if any(mentioned & set(x.actors) for x in demands if x is not demand) and not mentioned & d:
        f["another who demanded is mentioned"] = 1.0
    for t in answer.unit.tokens:
        kind = next((k for n, k in _ASKED.items() if t.pos_ == "NOUN" and word_of(t).endswith(n)), None)
        if kind is not None:
            f[f"taken up as {kind}, is {demand.strength}"] = 1.0
            own = next((n for n in _ASKED if word_of(t).endswith(n)), "")
            if own and any(x.lemma_.lower().endswith(own) for x in demand.unit.tokens):
                f["taken up by the same noun"] = 1.0
            part = word_of(t)[: -len(own)].rstrip("s-")
            if len(part) > 2 and part[:4].lower() in asked.lower() + " ".join(names).lower():
                f["taken up by a compound of its words"] = 1.0
            owner = next((c for c in t.lefts if c.dep_ == "nmod"), None)
            if owner is not None and names and any(owner.text.rstrip("s").lower() in n.lower() for n in names):
                f["taken up with who demanded"] = 1.0
            if "Plur" in t.morph.get("Number"): f["taken up in the plural"] = 1.0
    if answer.quote is not None and answer.quote == demand.quote:
        f["in the same quotation"] = 1.0
    if answer.unit.block_number == demand.unit.block_number:
        f["in the same block"] = 1.0
    f[f"stance {answer.stance} {order}"] = 1.0
    if demand.unit.kind != "body": f["demand in " + demand.unit.kind] = 1.0
    opening = next((word_of(t) for t in answer.unit.tokens if t.is_alpha), "")
    f[f"opens {opening} {order} {min(size, 2)}"] = 1.0
    return f


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that stays, with the demands it answers: their number, how likely each is, and by which features."""

    settled: Settled
    links: Sequence[tuple[int, float, Mapping[str, float]]]


def linked(
    offered: Sequence[tuple[int, float, Mapping[str, float]]], model: Linear
) -> list[tuple[int, float, Mapping[str, float]]]:
    """Return the demands that an answer answers: the likeliest, and others that are likely too."""
    ordered = sorted(offered, key=lambda c: (-c[1], c[0]))
    limit = least(model)
    return [c for i, c in enumerate(ordered) if c[1] >= (limit if i == 0 else max(limit, _JOINED))]
