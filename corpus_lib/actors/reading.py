"""The one pass that builds a cast: the article is read from its first word to its last, and who is meant is settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from corpus_lib import learned
from corpus_lib.actors.asking import NOUN, PRONOUN, Candidate, candidates, gender_of_phrase
from corpus_lib.actors.describing import Descriptions
from corpus_lib.actors.known import Name, Resolution, Sighting
from corpus_lib.actors.mentions import INDEFINITE, is_subject
from corpus_lib.actors.phrases import Phrase, phrases, says, spoken_in
from corpus_lib.actors.register import Register
from corpus_lib.actors.stage import Stage, Who
from corpus_lib.language.syntax import has_tree
from corpus_lib.model import Mention, MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Token

Place = tuple[int, int]
"""A block and a token in it."""

Decide = Callable[[Phrase, Sequence[Candidate], Register], Sequence[float]]
"""Gives each candidate its probability."""


def ranked(phrase: Phrase, found: Sequence[Candidate], _: Register) -> Sequence[float]:
    """Return the probability of each candidate by the learned weights."""
    return learned.load(PRONOUN if phrase.sort == "pronoun" else NOUN).rank([c.features for c in found])


def read(
    register: Register,
    names: Sequence[tuple[Name, int]],
    inside: Sequence[tuple[Name, int]],
    titles: Mapping[Place, int],
    decide: Decide = ranked,
) -> Mapping[Place, Resolution]:
    """Read an article from its first word to its last, and settle whom each noun phrase and pronoun means.

    Parameters
    ----------
    names
        The names with their entities, in text order.
    inside
        Those that are the first part of a compound, «DSB» in «DSB-direktør», likewise.
    titles
        The nouns that say what a person is whose name follows, with the person.
    decide
        Gives the candidates their probabilities; another one than the learned ranking where it is being taught.
    """
    stage, told = Stage(register), Descriptions(register)
    joined = dict(register.groups)
    waiting, parts = list(reversed(names)), list(reversed(inside))
    settled = {place: Resolution((number,), "name") for place, number in titles.items()}
    for phrase in phrases(register.parsed):
        while waiting and waiting[-1][0].span.start < phrase.span.end:
            _see_name(*waiting.pop(), stage, joined, settled)
        while parts and parts[-1][0].span.end <= phrase.span.start:
            _see_part(*parts.pop(), stage)
        if phrase.place in titles:
            continue
        resolution = _settle(phrase, stage, told, decide, register)
        settled[phrase.place] = resolution
        _write(phrase, resolution, stage, register, told)
    for number, cited in told.citations.items():
        if len(cited) > 1:
            _name_fully(number, cited, register)
    register.sightings.sort(key=lambda s: (s.span, s.entity))
    return settled


def _see_name(
    name: Name, entity: int, stage: Stage, joined: Mapping[int, Who], settled: dict[Place, Resolution]
) -> None:
    if name.tokens.start:
        settled.setdefault((name.block, name.tokens.start - 1), Resolution((entity,), "name"))
    root = name.tokens.root if has_tree(name.tokens[0]) else name.tokens[0]
    spoken = any(start <= name.tokens.start_char < end for start, end in spoken_in(name.tokens.doc.text))
    subject = is_subject(root)
    speaks = says(_top(root))
    stage.see((entity,), name.span, name.block, subject=subject, says=speaks, kind="name", spoken=spoken)
    if (group := joined.get(name.span.start)) is not None:
        stage.see(group, name.span, name.block, subject=subject, says=speaks, kind="name", spoken=spoken)


def _see_part(name: Name, entity: int, stage: Stage) -> None:
    """Take note of who is named within a compound, which stands for somebody else."""
    spoken = any(start <= name.tokens.start_char < end for start, end in spoken_in(name.tokens.doc.text))
    stage.see((entity,), name.span, name.block, subject=False, says=False, kind="part", spoken=spoken)


def _top(token: Token) -> Token:
    """Return the head of the phrase that a name ends or stands beside: «ambassadør» of «ambassadør Kari Lie»."""
    while token.dep_.startswith(("appos", "flat", "nmod")) and token.head.i != token.i:
        token = token.head
    return token


def _settle(phrase: Phrase, stage: Stage, told: Descriptions, decide: Decide, register: Register) -> Resolution:
    found = candidates(phrase, stage, told)
    if not found:
        return Resolution((), "pronoun: nobody fits", 0.0)
    shares = decide(phrase, found, register) if len(found) > 1 else (1.0,)
    order = sorted(range(len(found)), key=lambda i: -shares[i])
    best, share = found[order[0]], shares[order[0]]
    others = tuple((found[i].who, shares[i]) for i in order[1:4])
    task = PRONOUN if phrase.sort == "pronoun" else NOUN
    who = best.who
    if not who and phrase.sort != "pronoun":
        who = (_introduce(phrase, told, register),)
    return Resolution(who, _rule(phrase, who, best, register), share, others, task, best.features)


def _introduce(phrase: Phrase, told: Descriptions, register: Register) -> int:
    """Return the new entity of a phrase that takes nobody up."""
    number = register.add(phrase.citation, "unnamed", gender_of_phrase(phrase))
    entity = register.entities[number]
    entity.sort, entity.plural, entity.lemma = phrase.sort, phrase.plural, phrase.lemma
    entity.modifiers, entity.noun_class = phrase.modifiers, phrase.kind
    told.note(number)
    return number


def _name_fully(number: int, cited: Sequence[Phrase], register: Register) -> None:
    """Call an actor without a name by the fullest noun phrase that has the noun it mostly has, or a compound of it."""
    usual = Counter(phrase.lemma for phrase in cited).most_common(1)[0][0]
    of_it = [phrase for phrase in cited if phrase.lemma.endswith(usual)]
    whole = [phrase for phrase in of_it if phrase.definite or phrase.plural or len(phrase.tokens) > 1]
    told = [phrase for phrase in whole if not (phrase.plural and _is_counted(phrase)) and not _is_introduced(phrase)]
    fullest = max((phrase.citation for phrase in told or whole or of_it), key=lambda c: (len(c.split()), len(c)))
    if fullest != register.entities[number].name:
        register.rename(number, fullest)


def _is_counted(phrase: Phrase) -> bool:
    """Say whether a phrase for many tells how many they are, or nothing: «17 musikarar», «leger» beside «legene»."""
    bare = not (phrase.definite or phrase.modifiers)
    return bare or any(t.pos_ == "NUM" for t in phrase.tokens[:-1])


def _is_introduced(phrase: Phrase) -> bool:
    """Say whether a phrase is a noun with its article alone: «en far», who is «faren» from then on."""
    bare = len(phrase.tokens) == 2 and phrase.tokens[0].lower_ in INDEFINITE
    return bare and len(phrase.citation.split()) == len(phrase.tokens)


def _rule(phrase: Phrase, who: Who, best: Candidate, register: Register) -> str:
    if phrase.sort == "pronoun":
        return "pronoun: most salient person" if who else "pronoun: nobody fits"
    if register.entities[who[0]].kind == "unnamed":
        return "noun phrase: not named in the text"
    if any(": same role" in name or ": ends a role" in name for name in best.features):
        return "role: introduced with it"
    return "role: most salient person" if register.entities[who[0]].kind == "person" else "role: the body named before"


def _write(phrase: Phrase, resolution: Resolution, stage: Stage, register: Register, told: Descriptions) -> None:
    kind: MentionKind = "pronoun" if phrase.sort == "pronoun" else "role"
    for number in resolution.entities:
        entity = register.entities[number]
        if phrase.sort == "pronoun" and entity.gender is None and len(resolution.entities) == 1:
            entity.gender, entity.gender_by_pronoun = gender_of_phrase(phrase), True
        if entity.kind == "unnamed" and phrase.sort != "pronoun" and len(resolution.entities) == 1:
            told.citations.setdefault(number, []).append(phrase)
            register.add_alias(number, phrase.tokens.text)
        if phrase.span not in entity.mentions:
            entity.mentions[phrase.span] = Mention(phrase.span.start, phrase.span.end, kind, resolution.rule)
            register.sightings.append(Sighting(phrase.span, phrase.block, number, phrase.subject))
    if resolution.entities:
        stage.see(
            resolution.entities, phrase.span, phrase.block,
            subject=phrase.subject, says=phrase.says, kind=kind, spoken=phrase.spoken,
        )  # fmt: skip
