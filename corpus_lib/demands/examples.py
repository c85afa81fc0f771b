"""What annotated articles tell of each decision about demands and answers: its candidates, and which are right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from corpus_lib.actors import introduce
from corpus_lib.demands.acts import GATE, Act, Side, act_features, earlier
from corpus_lib.demands.clues import predicates
from corpus_lib.demands.linking import kind_features, pair
from corpus_lib.demands.naming import same_people, wanted_of
from corpus_lib.demands.parties import Candidate, candidates
from corpus_lib.demands.reading import sentences_of
from corpus_lib.demands.setting import Setting, Unit
from corpus_lib.demands.settling import Answered, Asked, Settled, answer_features, demand_features
from corpus_lib.demands.spans import Stretch, starts, stops
from corpus_lib.language.lexicon import words_of
from corpus_lib.learned.fitting import Choice, Example, Lesson
from corpus_lib.learned.pages import Page
from corpus_lib.model import Span
from corpus_lib.quotes import find_quotes

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = {"demand": ("demands", "content"), "answer": ("responses", "evidence")}
_SIDES = {"demand": ("asking",), "answer": ("answering", "doing")}
_LIGHT = frozenset(words_of("demand_words.toml", "light"))
_SAME = 0.5


@dataclass(slots=True)
class Case:
    """An annotated article with what is known and found of it while learning."""

    page: Page
    setting: Setting
    sentences: dict[str, list[dict[str, float]]] = field(default_factory=dict)
    likely: dict[str, list[float]] = field(default_factory=dict)
    acts: dict[str, list[Act]] = field(default_factory=dict)
    links: dict[int, list[tuple[int, float]]] = field(default_factory=dict)
    kept: list[Settled] = field(default_factory=list)
    answers: list[Answered] = field(default_factory=list)
    printed: float = 1.0

    @property
    def fold(self) -> int:
        """The fold of the article."""
        return self.page.fold

    def demands(self, side: Side) -> list[Act]:
        """Return the demands that stay, where answers to them are sought."""
        return [d.act for d in self.kept] if side == "answer" else []

    @property
    def weight(self) -> float:
        """How much its examples count; printed articles may count several times as much."""
        return WEIGHTS.get(self.page.source, 1.0) * (self.printed if self.page.source in PRINTED else 1.0)


WEIGHTS: dict[str, float] = {"modern": 2.0, "demands": 2.0, "dev": 2.0, "demands_dev": 2.0, "written": 0.5}
PRINTED = frozenset({"modern", "demands", "everyday", "dev", "demands_dev"})
"""Gold of newspapers."""
PASS = 0.1
EDGE = 0.5
OPEN = 0.3
"""How much it counts that an item in dispute names nobody who is called on: it was not looked for with care."""


def case_of(page: Page) -> Case:
    """Return an article made ready: its cast, its quotations, its sentences."""
    with page.unseen():
        cast = introduce(page.article, page.parsed)
        quotes = find_quotes(page.article, page.parsed, cast)
    return Case(page, Setting(page.article, page.parsed, cast, quotes))


def span_of(item: Mapping[str, Any]) -> Span:
    """Return the place of something annotated."""
    return Span(item["start"], item["end"])


def gold(case: Case, side: Side) -> list[dict[str, Any]]:
    """Return the annotated demands or answers, in text order."""
    name, words = _WORDS[side]
    return sorted(case.page.gold.get(name, ()), key=lambda g: g[words]["start"])


def is_core(item: Mapping[str, Any]) -> bool:
    """Say whether the annotation is sure of an item."""
    return bool(item.get("tier", "core") == "core")


def words(case: Case, span: Span) -> set[int]:
    """Return the places of the words that a span touches, in code points of the text."""
    block = case.setting.parsed.block_at(span.start)
    tokens = block.tokens(span)
    return set() if tokens is None else {block.start + t.idx for t in tokens if not t.is_punct and not t.is_space}


def likeness(case: Case, first: Span, second: Span) -> float:
    """Return the share of words that two spans have in common (intersection over union)."""
    a, b = words(case, first), words(case, second)
    return len(a & b) / len(a | b) if a and b else 0.0


def unit_of(case: Case, position: int) -> Unit | None:
    """Return the sentence that holds a place."""
    return next((u for u in case.setting.units if u.span.start <= position < u.span.end), None)


def anchor(case: Case, item: Mapping[str, Any], side: Side) -> tuple[Unit, Token] | None:
    """Return the predicate that an annotated cue stands for, with its sentence."""
    cue = item.get("cue")
    return (cue and _anchor(case, span_of(cue), side)) or _anchor(case, span_of(item[_WORDS[side][1]]), side)


def _anchor(case: Case, span: Span, side: Side) -> tuple[Unit, Token] | None:
    unit = unit_of(case, span.start)
    tokens = unit.block.tokens(span) if unit is not None else None
    if unit is None or tokens is None:
        return None
    held = {t.i for t in tokens}
    heads = {a.head for a in unit.named if a.entry.side in _SIDES[side]}
    fit_ = {t.i for t in predicates(unit)}
    kept = [t for t in tokens if t.i in fit_ and unit.tokens.start <= t.i < unit.tokens.end]
    kept.sort(key=lambda t: (t.i not in heads, t.head.i in held and t.head.i != t.i, t.pos_ in ("AUX", "ADJ"), t.i))
    if not kept:
        return None
    best = kept[0]
    nouns = [t for t in kept if t.pos_ == "NOUN" and t.i > best.i]
    return unit, nouns[-1] if best.i not in heads and best.lemma_ in _LIGHT and nouns else best


def marked(case: Case, side: Side) -> dict[int, str]:
    """Return the sentences that hold annotated items: ``yes``, or ``edge`` for what counts neither way."""
    out: dict[int, str] = {}
    for item in gold(case, side):
        at = anchor(case, item, side)
        unit = at[0] if at is not None else None
        if unit is None:
            unit = unit_of(case, item[_WORDS[side][1]]["start"])
        if unit is not None and out.get(unit.number) != "yes":
            out[unit.number] = "yes" if is_core(item) else "edge"
    return out


# --- the decisions, each with its examples of one article ---


def lesson(case: Case) -> Lesson:
    """Return an article for the network that reads its sentences, with which of them demand and which answer."""
    right, weight = [], []
    told = [marked(case, side) for side in ("demand", "answer")]
    for unit in case.setting.units:
        labels = [t.get(unit.number, "no") for t in told]
        right.append([float(label != "no") for label in labels])
        weight.append([case.weight * (EDGE if label == "edge" else 1.0) for label in labels])
    return Lesson(sentences_of(case.setting), right, weight)


def sentences(case: Case, side: Side, told: Sequence[dict[str, float]]) -> Iterator[Example]:
    """Yield the sentences of an article by what is told of them, with whether they demand or answer."""
    labels = marked(case, side)
    for unit, features in zip(case.setting.units, told, strict=True):
        label = labels.get(unit.number, "no")
        weight = case.weight * (EDGE if label == "edge" else 1.0)
        if weight:
            yield Example(case.page.doc, features, "yes" if label == "edge" else label, weight)


def deeds(case: Case, side: Side) -> Iterator[Example]:
    """Yield the words that may demand or answer, in the sentences that may."""
    yes: set[tuple[int, int]] = set()
    unsure: set[tuple[int, int]] = set()
    for item in gold(case, side):
        at = anchor(case, item, side)
        if at is not None:
            (yes if is_core(item) or EDGE else unsure).add((at[0].block.start, at[1].i))
        for part in ("cue",) if is_core(item) else ("cue", _WORDS[side][1]):
            if item.get(part):
                block = case.setting.parsed.block_at(item[part]["start"])
                unsure |= {(block.start, t.i) for t in block.tokens(span_of(item[part])) or ()}
    for unit, likely in zip(case.setting.units, case.likely[side], strict=True):
        offered = predicates(unit)
        mine = {t.i for t in offered if (unit.block.start, t.i) in yes}
        if likely < GATE and not mine:
            continue
        for token in offered:
            if token.i in mine or (unit.block.start, token.i) not in unsure:
                label = "yes" if token.i in mine else "no"
                yield Example(case.page.doc, act_features(token, unit, likely, case.setting), label, case.weight)


def groups(case: Case, side: Side) -> list[tuple[Unit, Token, list[dict[str, Any]]]]:
    """Return the annotated items by the predicate that tells of them."""
    out: dict[tuple[int, int], tuple[Unit, Token, list[dict[str, Any]]]] = {}
    for item in gold(case, side):
        if (at := anchor(case, item, side)) is not None:
            out.setdefault((at[0].number, at[1].i), (*at, []))[2].append(item)
    return list(out.values())


def stretch_of(unit: Unit, span: Span) -> Stretch | None:
    """Return the words of a span where they lie in a sentence."""
    tokens = unit.block.tokens(span)
    if tokens is None or tokens[0].i < unit.tokens.start or tokens[-1].i >= unit.tokens.end:
        return None
    held = [t for t in tokens if not t.is_space and not t.is_punct]
    return Stretch(held[0], held[-1], 1.0) if held else None


def begins(case: Case, side: Side) -> Iterator[Choice]:
    """Yield where contents or evidence begin, and where nothing more does."""
    for unit, token, items in groups(case, side):
        behind, whole = -1, True
        for item in items:
            held = stretch_of(unit, span_of(item[_WORDS[side][1]]))
            if held is None:
                whole = False
                break
            if held.first.i > behind:
                yield _choice(case, starts(token, unit, case.setting, behind=behind), held.first)
                behind = held.last.i
        if whole and behind >= 0 and behind + 1 < unit.tokens.end:
            yield _choice(case, starts(token, unit, case.setting, behind=behind), None)


def ends(case: Case, side: Side) -> Iterator[Choice]:
    """Yield where contents or evidence end."""
    for unit, token, items in groups(case, side):
        for item in items:
            held = stretch_of(unit, span_of(item[_WORDS[side][1]]))
            if held is not None:
                yield _choice(case, stops(token, held.first, unit, case.setting), held.last)


def _choice(case: Case, offered: Sequence[tuple[Token | None, Mapping[str, float]]], right: Token | None) -> Choice:
    same = [
        i
        for i, (t, _) in enumerate(offered)
        if (t is None and right is None) or (t is not None and right is not None and t.i == right.i)
    ]
    return Choice(case.page.doc, tuple(f for _, f in offered), tuple(same), case.weight)


def parties(case: Case, side: Side, role: str) -> Iterator[Choice]:
    """Yield who acts, or who is called on, among everybody who may."""
    known: list[Act] = []
    before = [d.act for d in case.kept] if side == "answer" else known
    for item in gold(case, side):
        at = anchor(case, item, side)
        if at is None:
            continue
        act = Act(side, *at, 1.0, {}, stretch_of(at[0], span_of(item[_WORDS[side][1]])))
        offered = candidates(at[1], at[0], case.setting, act.stretch, earlier(act, before))
        actor = _found(case, offered, wanted_of(item, "actor"))
        if role == "addressee":
            offered = candidates(at[1], at[0], case.setting, act.stretch, earlier(act, before), actor)
        right = tuple(
            i for i, c in enumerate(offered) if same_people(case.setting.cast, c.entities, wanted_of(item, role))
        )
        if right:
            open_ = not wanted_of(item, role) and not is_core(item)
            weight = case.weight * (OPEN if open_ else 1.0)
            yield Choice(case.page.doc, tuple(c.features for c in offered), right, weight)
        called = _found(case, offered, wanted_of(item, "addressee")) if side == "demand" else ()
        known.append(replace(act, actors=actor, addressees=called))


def _found(case: Case, offered: Iterable[Candidate], wanted: Sequence[str]) -> tuple[int, ...]:
    return next((c.entities for c in offered if same_people(case.setting.cast, c.entities, wanted)), ())


def pairing(case: Case, side: Side) -> dict[int, dict[str, Any]]:
    """Return the annotated item that each act found stands for, by the act's number."""
    items = gold(case, side)
    spans = [span_of(g[_WORDS[side][1]]) for g in items]
    ranked = sorted(
        (
            (likeness(case, act.span, span), is_core(items[j]), -i, j)
            for i, act in enumerate(case.acts[side])
            for j, span in enumerate(spans)
            if act.span.overlaps(span)
        ),
        reverse=True,
    )
    out: dict[int, dict[str, Any]] = {}
    taken: set[int] = set()
    for like, _, i, j in ranked:
        if like >= _SAME and -i not in out and j not in taken:
            out[-i] = items[j]
            taken.add(j)
    return out


def kinds(case: Case, side: Side) -> Iterator[Example]:
    """Yield how strong demands are, or answers' stances."""
    name = "strength" if side == "demand" else "stance"
    for item in gold(case, side):
        at = anchor(case, item, side)
        if at is not None and item.get(name) is not None:
            held = stretch_of(at[0], span_of(item[_WORDS[side][1]]))
            act = Act(side, *at, 1.0, act_features(at[1], at[0], 0.5, case.setting), held)
            yield Example(case.page.doc, kind_features(act, case.setting), item[name], case.weight)


def pairs(case: Case) -> Iterator[Example]:
    """Yield answers and demands found, with whether the one answers the other."""
    answers = pairing(case, "answer")
    targets = pairing(case, "demand")
    places_ = {id(a): i for i, a in enumerate(case.acts["demand"])}
    asked_ = {j: targets[places_[id(d.act)]] for j, d in enumerate(case.kept) if places_[id(d.act)] in targets}
    demands = [d.act for d in case.kept]
    for i, answer in enumerate(case.acts["answer"]):
        for j, demand in enumerate(demands):
            if i in answers and j in asked_:
                right = asked_[j]["id"] in answers[i].get("targets", ())
                yield Example(
                    case.page.doc, pair(answer, demand, case.setting, demands), "yes" if right else "no", case.weight
                )


def features_of(case: Case, side: Side) -> list[dict[str, float]]:
    """Return for each act found what the others of its article say of it."""
    acts = case.acts[side]
    if side == "demand":
        return [demand_features(act, acts, case.setting) for act in acts]
    known = Asked.of([d.act for d in case.kept])
    return [answer_features(act, case.links.get(i, ()), known, acts, case.setting) for i, act in enumerate(acts)]


def stays(case: Case, side: Side) -> Iterator[Example]:
    """Yield the acts found, annotated or not; what only edge items mark counts neither way."""
    right = pairing(case, side)
    for i, features in enumerate(features_of(case, side)):
        if i not in right or is_core(right[i]):
            yield Example(case.page.doc, features, "yes" if i in right else "no", case.weight)
