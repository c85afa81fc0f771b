"""What one article adds to each figure: counts of gold, predicted and agreeing items, and the misses themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus_lib.evaluation.annotation import Annotation, Answer, Claim, Quotation, known_names
from corpus_lib.evaluation.matching import (
    EXACT,
    MOST,
    SOME,
    Item,
    Pairing,
    Words,
    best_overlap,
    overlap,
    pair,
)
from corpus_lib.evaluation.names import forms, same
from corpus_lib.model import Span

LEVELS = (("exact", EXACT), ("0.8", MOST), ("0.3", SOME))
_CLAIM_FLOOR = 0.5

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """One disagreement: what is missed, spurious or otherwise than gold has it, with its text."""

    doc: str
    layer: str
    problem: str
    start: int
    end: int
    text: str
    expected: str | None = None
    found: str | None = None


@dataclass(slots=True)
class Tally:
    """Counts of one article, and its misses; (layer, group, what) → number."""

    counts: Counter[Key] = field(default_factory=Counter)
    confusion: Counter[Key] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    def add(self, layer: str, group: str, what: str, number: float = 1) -> None:
        """Add to a count."""
        self.counts[layer, group, what] += int(number)


@dataclass(frozen=True, slots=True)
class Pages:
    """The gold and the predicted annotation of one article."""

    gold: Annotation
    predicted: Annotation
    words: Words

    def miss(self, layer: str, problem: str, span: Span, expected: str | None = None, found: str | None = None) -> Miss:
        """Return a miss with the characters it is about."""
        return Miss(self.gold.doc, layer, problem, span.start, span.end, span.of(self.gold.text), expected, found)


def tally(gold: Annotation, predicted: Annotation | None, layers: Sequence[str]) -> Tally:
    """Count one article; None stands for an article without a prediction.

    Precision, structure, demands and responses are counted where the gold is complete.
    """
    pages = Pages(gold, predicted or Annotation(gold.doc, gold.text), Words(gold.text))
    out = Tally()
    if "quotes" in layers:
        count_quotes(pages, out)
    if gold.complete and "structure" in layers:
        _count_structure(pages, out)
    if gold.complete and ("demands" in layers or "responses" in layers):
        links = _count_demands(pages, out)
        _count_responses(pages, links, out)
    return out


def _count_structure(pages: Pages, out: Tally) -> None:
    found = dict(pages.predicted.lines)
    starts = [0]
    for line in pages.gold.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for number, label in pages.gold.lines:
        out.confusion["structure", str(label), str(found.get(number))] += 1
        if found.get(number) != label:
            span = Span(starts[number], starts[number + 1] - 1)
            out.misses.append(pages.miss("structure", "label", span, label, found.get(number)))


def _groups(quote: Quotation) -> tuple[str, ...]:
    return ("all", quote.family, "mixed") if quote.type == "mixed" else ("all", quote.family)


def count_quotes(pages: Pages, out: Tally) -> None:
    """Count quotations: spans at three overlaps, types, speakers, media."""
    gold, predicted = pages.gold.quotes, pages.predicted.quotes
    gold_items = [Item(pages.words.touched(*q.segments), q.core) for q in gold]
    items = [Item(pages.words.touched(*q.segments)) for q in predicted]
    pairing = pair(gold_items, items, floor=0.0001)
    _count_predicted(pages, items, pairing, out)
    names = known_names(pages.gold, gold)
    for i, quote in enumerate(gold):
        if quote.core:
            number, level = pairing.hits.get(i, (-1, 0.0))
            answer = predicted[number] if level >= SOME else None
            _count_one(pages, quote, answer, level, names, out)


def _count_predicted(pages: Pages, items: Sequence[Item], pairing: Pairing, out: Tally) -> None:
    """Count the predictions, those that hit, and those in stretches where gold says what is there."""
    certain = [q.extent for q in pages.gold.quotes if q.core and q.extent]
    region = pages.words.touched(*certain, *pages.gold.silent)
    for j, quote in enumerate(pages.predicted.quotes):
        level = pairing.level(j)
        if j in pairing.excused and level < SOME:
            continue
        inside = len(items[j].words & region) * 2 >= len(items[j].words) > 0
        for group in _groups(quote):
            out.add("quotes", group, "predicted in region", inside)
            out.add("quotes", group, "hit in region", inside and level >= SOME)
            out.add("quotes", group, "predicted", pages.gold.complete)
            for name, least in LEVELS:
                out.add("quotes", group, f"hit {name}", pages.gold.complete and level >= least)
        if level < SOME and pages.gold.complete:
            out.misses.append(pages.miss("quotes", "spurious", _whole(quote), None, quote.speaker))


def _whole(quote: Quotation) -> Span:
    return Span(quote.segments[0].start, quote.segments[-1].end)


def _count_one(
    pages: Pages, quote: Quotation, answer: Quotation | None, level: float, names: frozenset[str], out: Tally
) -> None:
    entity = bool(quote.speaker) and answer is not None and same(answer.speaker, quote.speaker, names)
    head = _same_mention(pages.words, quote, answer)
    right = _right_speaker(quote, answer, pages.gold.complete, entity=entity, head=head)
    checks = (
        ("type", True, answer is not None and answer.family == quote.family),
        ("head", head is not None, head),
        ("entity", bool(quote.speaker), entity),
        (f"entity_{quote.kind}", bool(quote.speaker), entity),
        ("medium", bool(quote.medium), answer is not None and forms(answer.medium) == forms(quote.medium)),
    )
    for group in _groups(quote):
        out.add("quotes", group, "gold")
        out.add("quotes", group, "joint", level >= MOST and right)
        for name, least in LEVELS:
            out.add("quotes", group, f"found {name}", level >= least)
        for name, counted, correct in checks:
            if answer is not None and counted:
                out.add("quotes", group, f"{name} n")
                out.add("quotes", group, f"{name} right", bool(correct))
    out.confusion["quotes", quote.type, answer.type if answer else "None"] += 1
    out.misses.extend(_quote_misses(pages, quote, answer, level, right=right))


def _same_mention(words: Words, quote: Quotation, answer: Quotation | None) -> bool | None:
    """Say whether the mention named holds the head of gold's and not much else; None where gold has none."""
    if quote.mention is None:
        return None
    whole, head = words.touched(quote.mention), words.touched(quote.head or quote.mention)
    found = words.touched(answer.mention) if answer is not None and answer.mention else frozenset()
    return bool(head & found) and (found <= whole or overlap(found, whole) >= _CLAIM_FLOOR)


def _right_speaker(
    quote: Quotation, answer: Quotation | None, complete: bool, *, entity: bool, head: bool | None
) -> bool:
    if quote.speaker:
        return entity
    if head is not None:
        return head
    return not (complete and answer is not None and answer.speaker)  # gold says: nobody knows


def _quote_misses(
    pages: Pages, quote: Quotation, answer: Quotation | None, level: float, *, right: bool
) -> Iterator[Miss]:
    span = _whole(quote)
    if answer is None:
        yield pages.miss("quotes", "missed", span, quote.speaker)
        return
    if level < EXACT:
        found = " … ".join(s.of(pages.gold.text) for s in answer.segments)
        yield pages.miss("quotes", "span", span, None, found)
    if answer.family != quote.family:
        yield pages.miss("quotes", "type", span, quote.type, answer.type)
    if not right:
        yield pages.miss("quotes", "speaker", span, quote.speaker, answer.speaker)


def _items(words: Words, claims: Sequence[Claim | Answer]) -> list[Item]:
    return [Item(words.touched(c.span), c.core, c.actor) for c in claims]


def _count_demands(pages: Pages, out: Tally) -> dict[str, str]:
    """Count demands and return which gold demand each predicted one stands for."""
    gold, predicted = pages.gold.demands, pages.predicted.demands
    gold_items, items = _items(pages.words, gold), _items(pages.words, predicted)
    pairing = pair(gold_items, items, _CLAIM_FLOOR)
    names = known_names(pages.gold, (*gold, *pages.gold.responses))
    _count_found("demands", gold, predicted, pairing, pages, out)
    for i, (j, _) in pairing.hits.items():
        actor, addressees = same(predicted[j].actor, gold[i].actor, names), _same_group(predicted[j], gold[i], names)
        out.add("demands", "all", "actor right", actor)
        out.add("demands", "all", "addressee right", addressees)
        if not actor:
            out.misses.append(pages.miss("demands", "actor", gold[i].span, gold[i].actor, predicted[j].actor))
        if not addressees:
            wanted, found = "; ".join(gold[i].addressees), "; ".join(predicted[j].addressees)
            out.misses.append(pages.miss("demands", "addressee", gold[i].span, wanted, found))
    links = {predicted[j].id: gold[i].id for i, (j, _) in pairing.hits.items()}
    edges = [(d, item) for d, item in zip(gold, gold_items, strict=True) if not d.core]
    for j in pairing.excused:
        links[predicted[j].id] = edges[best_overlap(items[j].words, [item for _, item in edges])][0].id
    _count_cells(pages, links, out)
    return links


def _count_found(
    layer: str,
    gold: Sequence[Claim | Answer],
    predicted: Sequence[Claim | Answer],
    pairing: Pairing,
    pages: Pages,
    out: Tally,
) -> None:
    out.add(layer, "all", "gold", sum(g.core for g in gold))
    out.add(layer, "all", "predicted", len(predicted) - len(pairing.excused))
    out.add(layer, "all", "hit", len(pairing.hits))
    taken = {j for j, _ in pairing.hits.values()} | pairing.excused
    for i, g in enumerate(gold):
        if g.core and i not in pairing.hits:
            out.misses.append(pages.miss(layer, "missed", g.span, g.actor))
    for j, p in enumerate(predicted):
        if j not in taken:
            out.misses.append(pages.miss(layer, "spurious", p.span, None, p.actor))


def _same_group(one: Claim, other: Claim, names: frozenset[str]) -> bool:
    first, second = "; ".join(one.addressees), "; ".join(other.addressees)
    return same(first, second, names) or first == second == ""


def _count_cells(pages: Pages, links: Mapping[str, str], out: Tally) -> None:
    found = {(links.get(d), min(forms(who), key=len, default="")): stance for d, who, stance in pages.predicted.cells}
    for demand, who, stance in pages.gold.cells:
        out.add("matrix", "all", "gold")
        out.add("matrix", "all", "hit", any(found.get((demand, f)) == stance for f in forms(who)))


def _count_responses(pages: Pages, links: Mapping[str, str], out: Tally) -> None:
    gold, predicted = pages.gold.responses, pages.predicted.responses
    pairing = pair(_items(pages.words, gold), _items(pages.words, predicted), _CLAIM_FLOOR)
    names = known_names(pages.gold, (*pages.gold.demands, *gold))
    _count_found("responses", gold, predicted, pairing, pages, out)
    mates = {j: i for i, (j, _) in pairing.hits.items()}
    for i, g in enumerate(gold):
        if g.core:
            found = predicted[pairing.hits[i][0]].stance if i in pairing.hits else "None"
            out.confusion["responses", g.stance, found] += 1
            if i in pairing.hits and found != g.stance:
                out.misses.append(pages.miss("responses", "stance", g.span, g.stance, found))
    for j, p in enumerate(predicted):
        if j not in mates and j not in pairing.excused:
            out.confusion["responses", "None", p.stance] += 1
    for i, (j, _) in pairing.hits.items():
        out.add("responses", "all", "stance right", gold[i].stance == predicted[j].stance)
        out.add("responses", "all", "actor right", same(predicted[j].actor, gold[i].actor, names))
    _count_links(pages, mates, pairing, links, out)


def _count_links(
    pages: Pages, mates: Mapping[int, int], pairing: Pairing, links: Mapping[str, str], out: Tally
) -> None:
    """Count (response, demand) pairs; links to demands that gold leaves open count nowhere."""
    edge = {d.id for d in pages.gold.demands if not d.core}
    wanted = {(str(i), d) for i, g in enumerate(pages.gold.responses) if g.core for d in g.targets if d not in edge}
    found = {
        (str(mates[j]) if j in mates else f"unpaired {j}", links.get(d, f"unpaired {d}"))
        for j, p in enumerate(pages.predicted.responses)
        if j not in pairing.excused
        for d in p.targets
        if links.get(d) not in edge
    }
    out.add("links", "all", "gold", len(wanted))
    out.add("links", "all", "predicted", len(found))
    out.add("links", "all", "hit", len(wanted & found))
    for response, demand in sorted(wanted - found):
        answer: Answer = pages.gold.responses[int(response)]
        out.misses.append(pages.miss("links", "missed", answer.span, demand))
