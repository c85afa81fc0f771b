"""Learn whom a noun phrase or pronoun means, from articles in which it is annotated who is who.

Clusters of mentions are read where an article has them (``actors``, or the treebank's ``entities`` with mentions), else
the speakers of quotations, the subjects of demands and answers, and nouns that are themselves an actor's name. Each
article is read twice: once with the annotated choice taken (what the text says), once with that of weights learned so
(the state the cast will be in), so that a choice is also learned after an error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus_lib.actors.asking import NOUN, PRONOUN, Candidate
from corpus_lib.actors.introducing import introduce
from corpus_lib.actors.phrases import Phrase
from corpus_lib.actors.register import Register
from corpus_lib.language.subjects import subject_of
from corpus_lib.language.syntax import has_tree, is_passive, is_verb
from corpus_lib.learned import Linear
from corpus_lib.learned.fitting import ByFold, Choice, ranking_by_fold
from corpus_lib.learned.pages import WRITTEN, Page
from corpus_lib.model import Span

NAME_SLACK = 40
"""Characters by which an annotated name may be longer than ours: titles and appositions belong to it there."""

SPEAKER_WEIGHT = 3.0
"""A speaker counts for so many pronouns of the narration, which are five times as many."""

UNLISTED_WEIGHT = 0.1
"""What a phrase counts for that is annotated as nobody's by being left out."""

TREEBANK_WEIGHT = 0.1
PENALTY = 5.0
LEAST = 6
"""In how many candidates a feature must occur: most nouns stand in few articles."""


@dataclass(slots=True)
class Answers:
    """What is annotated in one article about who is who.

    Attributes
    ----------
    clusters, of_end
        The mentions of each actor, and where its noun phrases and pronouns end.
    speakers, acting
        Where the words end that name who speaks, and the subjects of demands and answers; with the name annotated.
    called
        The annotated names that are nouns: «klubben».
    """

    page: Page
    clusters: list[list[tuple[int, int]]] = field(default_factory=list)
    of_end: dict[int, int] = field(default_factory=dict)
    speakers: dict[int, str] = field(default_factory=dict)
    acting: dict[int, str] = field(default_factory=dict)
    called: frozenset[str] = frozenset()
    complete: bool = False

    def cluster_of(self, register: Register, entity: int) -> int | None:
        """Return the annotated cluster in which an entity's names or, where it has none, its first phrase stand."""
        mentions = register.entities[entity].mentions
        names = [s for s, m in mentions.items() if m.kind == "name"] or list(mentions)[:1]
        found: Counter[int] = Counter()
        for span in names:
            for number, places in enumerate(self.clusters):
                for start, end in places:
                    if start < span.end and span.start < end and end - start - (span.end - span.start) < NAME_SLACK:
                        found[number] += 1
        return found.most_common(1)[0][0] if found else None


def answers_of(page: Page) -> Answers:
    """Return what is annotated in an article about who is who."""
    told = Answers(page)
    known = page.gold.get("actors")
    if known is None and not page.gold.get("complete"):
        known = [e for e in page.gold.get("entities", []) if e.get("mentions")]
    for number, actor in enumerate(known or []):
        told.clusters.append([(m["start"], m["end"]) for m in actor["mentions"]])
        for mention in actor["mentions"]:
            head = mention.get("head", mention)
            if not mention.get("proper", mention.get("kind") == "name"):
                told.of_end.setdefault(_word_end(page.article.text, head["end"]), number)
    told.complete = known is not None
    for quote in page.gold.get("quotes", []):
        mention, name = quote.get("speaker_mention"), quote.get("speaker_entity")
        if mention and name and quote.get("speaker_kind") in ("pronoun", "noun") and page.gold.get("complete"):
            told.speakers.setdefault((mention.get("head") or mention)["end"], name)
    told.acting = dict(_acting(page))
    told.called = frozenset(name.casefold() for name in _names(page) if name[:1].islower())
    return told


def _names(page: Page) -> Iterator[str]:
    """Yield the annotated names of everybody who demands, is called on, answers or speaks."""
    for layer in ("demands", "responses"):
        for item in page.gold.get(layer, []):
            yield from (item.get("actor") or "").split(";")
            yield from item.get("addressees") or []
    for quote in page.gold.get("quotes", []):
        yield from (quote.get("speaker_entity") or "").split(";")


def _acting(page: Page) -> Iterator[tuple[int, str]]:
    """Yield where the subjects of annotated demands and answers end, with their actors."""
    for layer in ("demands", "responses"):
        for item in page.gold.get(layer, []):
            if not (item.get("cue") and item.get("actor")):
                continue
            cue = Span(item["cue"]["start"], item["cue"]["end"])
            block = page.parsed.block_at(cue.start)
            verbs = (t for t in block.tokens(cue) or () if has_tree(t) and is_verb(t) and not is_passive(t))
            for verb in verbs:
                subject = subject_of(verb)
                if subject is not None:
                    yield block.start + subject.idx + len(subject), item["actor"]


def _word_end(text: str, end: int) -> int:
    """Return where the word of a mention ends, a genitive ending included."""
    return end + 1 if text[end : end + 1] == "s" else end


@dataclass(slots=True)
class Teacher:
    """Stands in for the learned ranking while an article is read, and notes each choice whose answer is annotated."""

    told: Answers
    weights: Mapping[str, Linear] | None = None
    noted: list[tuple[str, Choice]] = field(default_factory=list)
    _clusters: dict[int, int | None] = field(default_factory=dict)

    def __call__(self, phrase: Phrase, found: Sequence[Candidate], register: Register) -> Sequence[float]:
        """Return the annotated choice, or the weights' own where some are given."""
        task = PRONOUN if phrase.sort == "pronoun" else NOUN
        right, weight = self._right(phrase, found, register)
        if right and len(right) < len(found):
            choice = Choice(self.told.page.doc, tuple(c.features for c in found), tuple(right), weight)
            self.noted.append((task, choice))
        if self.weights is not None:
            return self.weights[task].rank([c.features for c in found])
        best = right[0] if right else next((i for i, c in enumerate(found) if not c.who), 0)
        return [float(i == best) for i in range(len(found))]

    def _right(self, phrase: Phrase, found: Sequence[Candidate], register: Register) -> tuple[list[int], float]:
        told, end = self.told, phrase.span.end
        scale = told.page.counts if told.page.gold.get("complete") else TREEBANK_WEIGHT
        name = told.speakers.get(end)
        if name is not None:
            right = [i for i, c in enumerate(found) if c.who and _is_called(c.who, name, register)]
            weight = scale * (SPEAKER_WEIGHT if phrase.sort == "pronoun" else 1.0)
            if right or not told.complete:
                return right or [i for i, c in enumerate(found) if not c.who], weight
        cluster = told.of_end.get(end)
        if cluster is not None:
            right = [i for i, c in enumerate(found) if any(self._cluster(register, n) == cluster for n in c.who)]
            together = [i for i in right if len(found[i].who) == 1]
            right = together or right
            if right:
                return right, scale * (SPEAKER_WEIGHT if phrase.sort == "pronoun" and phrase.says else 1.0)
            first = min(start for start, _ in told.clusters[cluster]) >= phrase.tokens.start_char - 3
            seen = any(self._cluster(register, n) == cluster for n in range(len(register.entities)))
            return ([i for i, c in enumerate(found) if not c.who] if first or not seen else []), scale
        name = told.acting.get(end)
        if name is not None and phrase.sort not in ("document", "other"):
            right = [i for i, c in enumerate(found) if c.who and _is_called(c.who, name, register)]
            if right:
                return right, scale
        if not told.complete and phrase.sort != "pronoun":
            own = {phrase.tokens.text.casefold(), phrase.citation.casefold()} & told.called
            if own:
                known = [i for i, c in enumerate(found) if any(_is_called(c.who, one, register) for one in own)]
                return known or [i for i, c in enumerate(found) if not c.who], 1.0
        if not told.complete or phrase.sort == "pronoun":
            return [], 0.0
        return self._unlisted(found, register), scale * UNLISTED_WEIGHT

    def _cluster(self, register: Register, entity: int) -> int | None:
        if entity not in self._clusters:
            self._clusters[entity] = self.told.cluster_of(register, entity)
        return self._clusters[entity]

    def _unlisted(self, found: Sequence[Candidate], register: Register) -> list[int]:
        """Return what is right for a phrase that stands for nobody annotated: somebody new, or one as unknown as it."""
        unnamed = (i for i, c in enumerate(found) if c.who and register.entities[c.who[0]].kind == "unnamed")
        return [i for i, c in enumerate(found) if not c.who] + [
            i for i in unnamed if self._cluster(register, found[i].who[0]) is None
        ]


def _is_called(who: Sequence[int], name: str, register: Register) -> bool:
    """Say whether entities have the names of an annotated speaker, several joined by ``;``."""
    wanted = {part.strip().casefold() for part in name.split(";")}
    called = [{x.casefold() for x in (register.entities[n].name, *register.entities[n].aliases)} for n in who]
    return len(wanted) == len(who) and all(wanted & names for names in called)


Noted = tuple[str, int, Choice]
"""A choice, its task, and the fold of its article."""


def _choices(pages: Iterable[tuple[Page, Answers]], weights: Mapping[str, ByFold] | None) -> list[Noted]:
    """Return the choices of articles that are read with the annotated ones or with weights that have not seen them."""
    noted: list[Noted] = []
    for page, told in pages:
        unseen = None if weights is None else {task: by_fold[page.fold] for task, by_fold in weights.items()}
        teacher = Teacher(told, unseen)
        introduce(page.article, page.parsed, teacher)
        noted += [(task, page.fold, choice) for task, choice in teacher.noted]
    return noted


def learn(pages: Iterable[Page]) -> Iterator[ByFold]:
    """Yield the weights of whom pronouns and nouns mean."""
    told = [(page, answers_of(page)) for page in pages if page.source != WRITTEN or "actors" in page.gold]
    first = _choices(told, None)
    weights = {task: _fit(task, first) for task in (PRONOUN, NOUN)}
    both = first + _choices(told, weights)
    for task in (PRONOUN, NOUN):
        yield _fit(task, both)


def _fit(task: str, noted: Sequence[Noted]) -> ByFold:
    own = [(fold, choice) for of, fold, choice in noted if of == task]
    folds, choices = [fold for fold, _ in own], [choice for _, choice in own]
    return ranking_by_fold(task, choices, folds, penalty=PENALTY, least=LEAST)
