"""Who may be meant by a noun phrase or pronoun: the candidates, and the features that speak for and against each.

The choice among them is a learned ranking, the model of Denis and Baldridge (2007), "A ranking approach to pronoun
resolution"; its weights are `learned/weights/who_pronoun.tsv` and `who_noun.tsv`, learned by `actors/learning.py`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import log1p

from corpus_lib.actors.describing import Descriptions
from corpus_lib.actors.known import REACH, Entity, Known, may_be_one_person
from corpus_lib.actors.mentions import FEMALE, MALE, PLURAL
from corpus_lib.actors.nouns import is_outlet, may_name_outlet
from corpus_lib.actors.origins import is_of_another_state
from corpus_lib.actors.phrases import Phrase, is_new
from corpus_lib.actors.stage import FAR, Stage, Trace, Who
from corpus_lib.language.matters import MATTERS

PRONOUN, NOUN = "who_pronoun", "who_noun"
_APART = frozenset({"title", "subheading", "caption", "credit"})
_HEADS = frozenset({"title", "lead", "caption"})
_MOST = 10
_LATEST = 40
_AHEAD = 4
_LOOKED_AT = 200
"""So many names ahead are looked at: of a long text not all."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant, or (``who`` empty) somebody new; and what speaks for and against it."""

    who: Who
    features: dict[str, float]


def candidates(phrase: Phrase, stage: Stage, told: Descriptions) -> list[Candidate]:
    """Return who may be meant by a phrase, the latest seen first."""
    if phrase.sort == "pronoun":
        return _for_plural(phrase, stage) if phrase.noun in PLURAL else _for_pronoun(phrase, stage)
    return _for_noun(phrase, stage, told)


def gender_of_phrase(phrase: Phrase) -> str | None:
    """Return ``f`` or ``m`` where a pronoun or noun tells, else None."""
    if phrase.sort == "pronoun":
        return "f" if phrase.noun in FEMALE else "m" if phrase.noun in MALE else None
    return phrase.gender


def _for_pronoun(phrase: Phrase, stage: Stage) -> list[Candidate]:
    gender, entities = gender_of_phrase(phrase), stage.known.entities
    fitting = [
        t
        for t in stage.recent(phrase.block)
        if len(t.who) == 1
        and (_is_person(entities[t.who[0]]))
        and entities[t.who[0]].gender in (None, gender)
        and t.span.end <= phrase.span.start
    ][:_MOST]
    found = []
    most = max((t.seen for t in fitting), default=0)
    for rank, trace in enumerate(fitting):
        entity = entities[trace.who[0]]
        signs = _signs(trace, phrase, stage, rank, most) | {
            "gender unknown": float(entity.gender is None),
            "gender by an earlier pronoun": float(entity.gender is not None and entity.gender_by_pronoun),
            "one word": float(" " not in entity.name and entity.kind == "person"),
            "unnamed": float(entity.kind == "unnamed"),
        }
        if phrase.says:
            signs |= {f"says: {name}": value for name, value in signs.items() if value}
        elif not phrase.subject:
            signs |= {f"no subject: {name}": value for name, value in signs.items() if value}
        found.append(Candidate(trace.who, {name: value for name, value in signs.items() if value}))
    return found


def _is_person(entity: Entity) -> bool:
    if entity.kind == "unnamed":
        acts = entity.noun_class not in MATTERS
        return acts and not entity.plural and (entity.sort == "person" or may_be_one_person(entity))
    return entity.kind == "person"


def _for_plural(phrase: Phrase, stage: Stage) -> list[Candidate]:
    entities = stage.known.entities
    fitting = [
        t
        for t in stage.recent(phrase.block, 3)
        if t.span.end <= phrase.span.start and (len(t.who) > 1 or _is_many(entities[t.who[0]]))
    ][:_MOST]
    most = max((t.seen for t in fitting), default=0)
    found = [Candidate((), {"plural: new": 1.0, "plural: new and it says": float(phrase.says)})]
    for rank, trace in enumerate(fitting):
        entity = entities[trace.who[0]]
        signs = _signs(trace, phrase, stage, rank, most)
        signs["people together"] = float(len(trace.who) > 1)
        signs[f"kind {entity.kind}"] = signs[f"sort {entity.sort}"] = float(len(trace.who) == 1)
        signs["a plural"] = float(entity.plural)
        found.append(Candidate(trace.who, {f"plural: {name}": value for name, value in signs.items() if value}))
    return found


def _is_many(entity: Entity) -> bool:
    if entity.kind == "unnamed":
        return entity.noun_class not in MATTERS and (entity.plural or entity.sort in ("body", "group", "outlet"))
    return entity.kind != "person"


def _signs(trace: Trace, phrase: Phrase, stage: Stage, rank: int, most: int) -> dict[str, float]:
    """Return where somebody was last seen, as seen from a phrase."""
    known = stage.known
    here = known.sentence(phrase.span.start)
    back = here - trace.sentence
    subject_back = min(FAR, here - trace.subject_in)
    new = trace.span.start > stage.spoke_at
    speaker = trace.who == stage.speakers and stage.spoke_in >= phrase.block - REACH
    return {
        "blocks back": float(min(FAR, phrase.block - trace.block)),
        "another block": float(trace.block != phrase.block),
        "sentences back": log1p(min(FAR, back)),
        "same sentence": float(back == 0),
        "rank": float(min(4, rank)),
        "newest": float(rank == 0),
        "subject": float(trace.subject),
        "subject's sentences back": log1p(subject_back),
        "subject one sentence back": float(subject_back == 1),
        "subject in the same sentence": float(subject_back == 0),
        "begins a sentence": float(trace.begins),
        "pronoun": float(trace.kind == "pronoun"),
        "role noun": float(trace.kind == "role"),
        "part of a compound": float(trace.kind == "part"),
        "mentions": log1p(min(FAR, trace.seen)),
        "most mentioned": float(trace.seen == most),
        "last speaker": float(speaker),
        "last speaker, one block back": float(speaker and stage.spoke_in >= phrase.block - 1),
        "new subject": float(new and trace.subject),
        "introduced": float(new and trace.introduced),
        "newest in speech": float(trace.spoken),
        "speech, and so is this": float(trace.spoken and phrase.spoken),
        "only in speech": float(not trace.narrated),
        "speaker, and this is spoken": float(speaker and phrase.spoken),
        "only aside": float(not trace.in_text),
        "apart from the text": float(known.article.blocks[trace.block].kind in _APART),
    }


def _for_noun(phrase: Phrase, stage: Stage, told: Descriptions) -> list[Candidate]:
    known = stage.known
    if phrase.is_part:
        return [Candidate((), {})]
    if _is_thing(phrase) and not told.may_be_named(phrase):
        return [Candidate(() if is_new(phrase) else told.latest(phrase), {})]
    matched = told.matching(phrase)
    seen: dict[Who, Trace] = {}
    for trace in stage.recently_named(phrase.block) if phrase.sort != "other" or phrase.definite else ():
        if len(seen) < _MOST and _fits(trace.who, phrase, known) and trace.span.end <= phrase.span.start:
            seen[trace.who] = trace
    for who in matched:
        if who not in seen and who in stage.traces and stage.traces[who].span.end <= phrase.span.start:
            seen[who] = stage.traces[who]
    who_else = [w for w in matched if w not in seen and (known.entities[w[0]].kind != "unnamed")]
    if known.article.blocks[phrase.block].kind in _HEADS:
        who_else += [w for w in _ahead(phrase, stage) if w not in seen and w not in who_else]
    if not seen and not who_else:
        return [Candidate((), {})]
    ranked = sorted(seen.values(), key=lambda t: -t.span.start)
    most = max((t.seen for t in ranked), default=0)
    about = f"{phrase.sort}{'s' if phrase.plural else ''}: "
    found = [Candidate((), _new(phrase, stage, about, any(known.entities[w[0]].kind != "unnamed" for w in matched)))]
    for rank, trace in enumerate(ranked):
        features = _signs(trace, phrase, stage, rank, most) | told.fit(phrase, trace.who, matched)
        found.append(Candidate(trace.who, {about + name: value for name, value in features.items() if value}))
    for mark in ("may be called so", "party"):
        first = next((c for c in found[1:] if about + mark in c.features), None)
        if first is not None:
            first.features[f"{about}{mark}, newest such"] = 1.0
    for who in who_else:
        features = {"named later": 1.0, "named later, head": float(known.article.blocks[phrase.block].kind in _HEADS)}
        features |= told.fit(phrase, who, matched)
        found.append(Candidate(who, {about + name: value for name, value in features.items() if value}))
    return found


def _all_have_roles(stage: Stage) -> bool:
    """Say whether each person named so far has a role; of many the last ones are looked at."""
    latest = (stage.known.entities[who[0]] for who in islice(reversed(stage.named), _LATEST) if len(who) == 1)
    persons = [entity for entity in latest if entity.kind == "person"]
    return bool(persons) and all(entity.roles for entity in persons)


def _is_thing(phrase: Phrase) -> bool:
    """Say whether a noun names nobody who acts, by the lexicon and by its place: it takes up its own noun or none."""
    acting = phrase.says or (phrase.definite and phrase.subject)
    return phrase.sort == "other" and (phrase.kind in MATTERS or not acting)


def _fits(who: Who, phrase: Phrase, known: Known) -> bool:
    """Say whether somebody is of the kind that a noun may stand for."""
    if len(who) > 1:
        return phrase.plural or phrase.sort == "group"
    entity = known.entities[who[0]]
    if entity.kind == "unnamed":
        return False
    if entity.kind == "state" and is_of_another_state(entity.name, phrase.nations):
        return False
    if phrase.plural:
        return phrase.sort in ("body", "place") and entity.kind != "person"
    match phrase.sort:
        case "person":
            return entity.kind == "person"
        case "outlet" if is_outlet(entity.name):
            return may_name_outlet(phrase.noun, entity.name)
        case "body" | "outlet" | "place" | "document":
            return entity.kind in ("organisation", "state")
        case "group":
            return entity.kind == "organisation"
    return phrase.definite and phrase.subject


def _ahead(phrase: Phrase, stage: Stage) -> Iterator[Who]:
    """Yield who is named first in the blocks that follow a headline or lead."""
    start = bisect_right(stage.names, phrase.span.start, key=lambda s: s.span.start)
    near = ((s.entity,) for s in stage.names[start : start + _LOOKED_AT])
    yield from islice((who for who in near if _fits(who, phrase, stage.known)), _AHEAD)


def _new(phrase: Phrase, stage: Stage, about: str, matched: bool) -> dict[str, float]:
    """Return what speaks for somebody who was not named before."""
    kind = stage.known.article.blocks[phrase.block].kind
    tokens = phrase.tokens
    length = len(tokens)
    behind = phrase.head.nbor(1) if phrase.head.i + 1 < len(phrase.head.doc) else None
    features = {
        "new": 1.0,
        f"new {phrase.lemma}": 1.0,
        f"new {phrase.head_lemma}": 1.0,
        f"new, a {phrase.kind}": 1.0,
        "new, definite": float(phrase.definite),
        "new, an": float(is_new(phrase)),
        "new, the one": float(tokens[0].lower_ in ("den", "denne", "dette", "det") and length > 1),
        "new, bare": float(length == 1),
        "new, bare and definite": float(length == 1 and phrase.definite),
        "new, owner": float(any(t.ent_type_ for t in tokens)),
        "new, somebody's": float(phrase.owned),
        f"new, somebody's {phrase.kind}": float(phrase.owned),
        "new, all have roles": float(phrase.sort == "person" and not matched and _all_have_roles(stage)),
        "new, more behind": float(
            behind is not None and behind.lower_ in ("i", "på", "av", "for", "fra", "som", "til")
        ),
        "new, name behind": float(behind is not None and bool(behind.ent_type_)),
        "new, compound": float(bool(phrase.prefix)),
        "new, subject": float(phrase.subject),
        "new, says": float(phrase.says),
        "new, spoken": float(phrase.spoken),
        "new, in a head": float(kind in _APART),
        "new, in a lead": float(kind == "lead"),
        "new, somebody matches": float(matched),
        "new, begins": float(stage.known.starts_sentence(phrase.span.start)),
        "new, nobody named": float(not stage.traces),
        "new, genitive": float("Gen" in phrase.head.morph.get("Case", [])),
    }
    return {about + name: value for name, value in features.items() if value}
