"""Learn to find demands and answers: every decision in its order, the later ones on what the earlier ones found."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus_lib.actors import Cast, introduce
from corpus_lib.demands.acts import LEAST, Act, Side, act_features, earlier, found, kind_features, sentence_features, with_parties, with_words
from corpus_lib.demands.links import pair
from corpus_lib.demands.parties import Candidate, candidates
from corpus_lib.demands.predicates import predicates
from corpus_lib.demands.setting import Setting, Unit
from corpus_lib.demands.spans import Stretch, places, starts, stops
from corpus_lib.learned import Linear, load, weights_in
from corpus_lib.learned.fitting import Choice, Example, fit, fit_ranking
from corpus_lib.learned.linear import write_weights
from corpus_lib.learned.pages import FOLDS, Page
from corpus_lib.model import Span
from corpus_lib.quotes import find_quotes

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = {"demand": ("demands", "content"), "answer": ("responses", "evidence")}
_LIGHT = frozenset({"gjøre", "gjere", "komme", "kome", "legge", "leggje", "stille", "fremme", "sende", "gi", "gje", "få", "ha", "gå", "rette", "sette", "setje", "levere", "reise", "fremje"})
_SAME = 0.5
_REAL = 3.0


@dataclass(slots=True)
class Case:
    """An annotated article with what is known and found of it while learning."""

    page: Page
    setting: Setting
    sentences: dict[str, list[dict[str, float]]] = field(default_factory=dict)
    likely: dict[str, list[float]] = field(default_factory=dict)
    acts: dict[str, list[Act]] = field(default_factory=dict)
    links: dict[int, Any] = field(default_factory=dict)

    @property
    def fold(self) -> int:
        return self.page.fold

    @property
    def weight(self) -> float:
        return WEIGHTS.get(self.page.source, 1.0)

WEIGHTS: dict[str, float] = {}
GATE = 0.04

def case_of(page: Page) -> Case:
    """Return an article made ready: its cast, its quotations, its sentences."""
    cast = introduce(page.article, page.parsed)
    return Case(page, Setting(page.article, page.parsed, cast, find_quotes(page.article, page.parsed, cast)))


def span_of(item: Mapping[str, Any]) -> Span:
    return Span(item["start"], item["end"])


def gold(case: Case, side: Side) -> list[dict[str, Any]]:
    """Return the annotated demands or answers, in text order."""
    name, words = _WORDS[side]
    return sorted(case.page.gold.get(name, ()), key=lambda g: g[words]["start"])


def is_core(item: Mapping[str, Any]) -> bool:
    return item.get("tier", "core") == "core"


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
    return next((u for u in case.setting.units if u.span.start <= position < u.span.end), None)


def anchor(case: Case, item: Mapping[str, Any]) -> tuple[Unit, Token] | None:
    """Return the predicate that an annotated cue stands for, with its sentence."""
    cue = item.get("cue")
    unit = None if not cue else unit_of(case, cue["start"])
    tokens = None if unit is None else unit.block.tokens(span_of(cue))
    if unit is None or tokens is None:
        return None
    held = {t.i for t in tokens}
    fit_ = {t.i for t in predicates(unit)}
    kept = [t for t in tokens if t.i in fit_ and unit.tokens.start <= t.i < unit.tokens.end]
    kept.sort(key=lambda t: (t.head.i in held and t.head.i != t.i, t.pos_ in ("AUX", "ADJ"), t.i))
    if not kept:
        return None
    best = kept[0]
    nouns = [t for t in kept if t.pos_ == "NOUN" and t.i > best.i]
    return unit, nouns[-1] if best.lemma_ in _LIGHT and nouns else best


def marked(case: Case, side: Side) -> dict[int, str]:
    """Return the sentences that hold annotated items: ``yes``, or ``edge`` for what counts neither way."""
    out: dict[int, str] = {}
    for item in gold(case, side):
        at = anchor(case, item)
        unit = at[0] if at is not None else None
        if unit is None:
            unit = unit_of(case, item[_WORDS[side][1]]["start"])
        if unit is not None and out.get(unit.number) != "yes":
            out[unit.number] = "yes" if is_core(item) else "edge"
    return out


# --- the decisions, each with its examples of one article ---


def sentences(case: Case, side: Side) -> Iterator[Example]:
    """Yield the sentences of an article: do they demand, or answer?"""
    labels = marked(case, side)
    for unit, features in zip(case.setting.units, case.sentences[side], strict=True):
        label = labels.get(unit.number, "no")
        if label != "edge":
            yield Example(case.page.doc, features, label, case.weight)


def deeds(case: Case, side: Side) -> Iterator[Example]:
    """Yield the words that may demand or answer, in the sentences that may."""
    yes: set[tuple[int, int]] = set()
    unsure: set[tuple[int, int]] = set()
    for item in gold(case, side):
        at = anchor(case, item)
        if at is not None:
            (yes if is_core(item) else unsure).add((at[0].block.start, at[1].i))
        for part in ("cue",) if is_core(item) else ("cue", _WORDS[side][1]):
            if item.get(part):
                block = case.setting.parsed.block_at(item[part]["start"])
                unsure |= {(block.start, t.i) for t in block.tokens(span_of(item[part])) or ()}
    for unit, features, likely in zip(case.setting.units, case.sentences[side], case.likely[side], strict=True):
        offered = predicates(unit)
        mine = {t.i for t in offered if (unit.block.start, t.i) in yes}
        if likely < GATE and not mine:
            continue
        for token in offered:
            if token.i in mine or (unit.block.start, token.i) not in unsure:
                label = "yes" if token.i in mine else "no"
                yield Example(case.page.doc, act_features(token, unit, likely, features), label, case.weight)


def groups(case: Case, side: Side) -> list[tuple[Unit, Token, list[dict[str, Any]]]]:
    """Return the annotated items by the predicate that tells of them."""
    out: dict[tuple[int, int], tuple[Unit, Token, list[dict[str, Any]]]] = {}
    for item in gold(case, side):
        if (at := anchor(case, item)) is not None:
            out.setdefault((at[0].number, at[1].i), (*at, []))[2].append(item)
    return list(out.values())


def stretch_of(unit: Unit, span: Span) -> Stretch | None:
    """Return the words of a span where they lie in a sentence."""
    tokens = unit.block.tokens(span)
    if tokens is None or tokens[0].i < unit.tokens.start or tokens[-1].i >= unit.tokens.end:
        return None
    held = [t for t in places(unit) if tokens[0].i <= t.i <= tokens[-1].i]
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
        if whole and 0 <= behind and behind + 1 < unit.tokens.end:
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


def names_of(case: Case, entities: Iterable[int]) -> list[str]:
    return [case.setting.cast.entities[e].name for e in entities]


def _key(name: str) -> str:
    parts = name.replace("’", "'").strip(' .,:;«»"').split()
    while len(parts) > 1 and parts[0].islower() and any(p[:1].isupper() for p in parts[1:]):
        parts = parts[1:]
    return " ".join(parts).casefold().removesuffix("'s").removesuffix("s")


def same_people(case: Case, entities: Sequence[int], wanted: Sequence[str]) -> bool:
    """Say whether entities are those that the annotation names, in any order."""
    if len(entities) != len(wanted):
        return False
    left = [_key(n) for n in wanted]
    for entity in entities:
        held = case.setting.cast.entities[entity]
        forms = {_key(n) for n in (held.name, *held.aliases)}
        hit = next((t for t in left if t in forms or any(f.endswith(" " + t) or t.endswith(" " + f) for f in forms)), None)
        if hit is None:
            return False
        left.remove(hit)
    return True


def wanted_of(item: Mapping[str, Any], role: str) -> list[str]:
    """Return whom the annotation names as who acts or is called on."""
    if role == "addressee":
        return list(item.get("addressees") or [])
    return [n.strip() for n in (item.get("actor") or "").split(";") if n.strip()]


def parties(case: Case, side: Side, role: str) -> Iterator[Choice]:
    """Yield who acts, or who is called on, among everybody who may."""
    known: list[Act] = []
    before = case.acts.get("demand", []) if side == "answer" else known
    for item in gold(case, side):
        at = anchor(case, item)
        if at is None:
            continue
        act = Act(side, *at, 1.0, {}, stretch_of(at[0], span_of(item[_WORDS[side][1]])))
        offered = candidates(at[1], at[0], case.setting, act.stretch, earlier(act, before))
        actor = _found(case, offered, wanted_of(item, "actor"))
        if role == "addressee":
            offered = candidates(at[1], at[0], case.setting, act.stretch, earlier(act, before), actor)
        right = tuple(i for i, c in enumerate(offered) if same_people(case, c.entities, wanted_of(item, role)))
        if right:
            yield Choice(case.page.doc, tuple(c.features for c in offered), right, case.weight)
        called = _found(case, offered, wanted_of(item, "addressee")) if side == "demand" else ()
        known.append(replace(act, actors=actor, addressees=called))


def _found(case: Case, offered: Iterable[Candidate], wanted: Sequence[str]) -> tuple[int, ...]:
    return next((c.entities for c in offered if same_people(case, c.entities, wanted)), ())


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
        at = anchor(case, item)
        if at is not None and item.get(name) is not None:
            held = stretch_of(at[0], span_of(item[_WORDS[side][1]]))
            act = Act(side, *at, 1.0, act_features(at[1], at[0], 0.5, {}), held)
            features = kind_features(act, case.sentences[side][at[0].number])
            yield Example(case.page.doc, features, item[name], case.weight)


def pairs(case: Case) -> Iterator[Example]:
    """Yield answers and demands found: does the one answer the other?"""
    asked, answers = pairing(case, "demand"), pairing(case, "answer")
    demands = case.acts["demand"]
    for i, answer in enumerate(case.acts["answer"]):
        for j, demand in enumerate(demands):
            if i in answers and j in asked:
                right = asked[j]["id"] in answers[i].get("targets", ())
                yield Example(case.page.doc, pair(answer, demand, case.setting, demands), "yes" if right else "no", case.weight)


# --- in their order, each on what the earlier ones found out of fold ---

class Course:
    """Decisions learned one after the other: out of fold for what builds on them, and on all articles to be shipped."""

    def __init__(self, cases: Sequence[Case], folder: Path) -> None:
        self.cases = cases
        self.folder = folder
        self.shipped: dict[str, Linear] = {}
        self.told: dict[str, list[list[Any]]] = {}

    def teach(self, task: str, examples: Callable[[Case], Iterable[Any]], learner: Callable[[str, Sequence[Any]], Linear], *, ship: bool = True) -> None:
        """Learn a decision without each fold in turn, and on all."""
        told = [list(examples(case)) for case in self.cases]
        self.told[task] = told
        for fold in range(FOLDS):
            model = learner(task, [e for case, some in zip(self.cases, told, strict=True) if case.fold != fold for e in some])
            self.write(model, fold)
        if ship:
            self.shipped[task] = learner(task, [e for some in told for e in some])

    def write(self, model: Linear, fold: int) -> None:
        (self.folder / str(fold)).mkdir(parents=True, exist_ok=True)
        (self.folder / str(fold) / f"{model.task}.tsv").write_text(write_weights(model), encoding="utf-8")

    def each(self) -> Iterator[Case]:
        """Yield the articles, each with the weights that were learned without its fold."""
        for case in self.cases:
            with weights_in(self.folder / str(case.fold)):
                yield case


def _decision(task: str, examples: Sequence[Example]) -> Linear:
    return fit(task, examples, strength=0.3, least=3)


def _ranking(task: str, choices: Sequence[Choice]) -> Linear:
    return fit_ranking(task, choices)


def judge_sentences(course: Course, side: Side, *, ship: bool = True) -> None:
    for case in course.cases:
        case.sentences[side] = sentence_features(case.setting, case.acts.get("demand") if side == "answer" else None)
    course.teach(f"{side}_sentence", lambda case: sentences(case, side), _decision, ship=ship)
    for case in course.each():
        model = load(f"{side}_sentence")
        case.likely[side] = [model.probability(f) for f in case.sentences[side]]


def judge_deeds(course: Course, side: Side, *, ship: bool = True) -> None:
    course.teach(f"{side}_act", lambda case: deeds(case, side), _decision, ship=ship)


def judge_rest(course: Course, side: Side, *, ship: bool = True) -> None:
    course.teach(f"{side}_start", lambda case: begins(case, side), _ranking, ship=ship)
    course.teach(f"{side}_end", lambda case: ends(case, side), _ranking, ship=ship)
    course.teach(f"{side}_{'strength' if side == 'demand' else 'stance'}", lambda case: kinds(case, side), _decision, ship=ship)
    course.teach(f"{side}_actor", lambda case: parties(case, side, "actor"), _ranking, ship=ship)
    if side == "demand":
        course.teach(f"{side}_addressee", lambda case: parties(case, side, "addressee"), _ranking, ship=ship)


def find_all(course: Course, side: Side) -> None:
    for case in course.each():
        acts = with_words(found(side, case.setting, case.sentences[side], at_least=0.1), case.setting)
        case.acts[side] = with_parties(acts, case.setting, case.acts.get("demand", []))
