"""Who may say a quotation: the candidates that stand around it, and what speaks for each of them.

The choice is a learned ranking (`learned/weights/speaker.tsv`, from `quotes/speaker_learning.py`). A candidate has its
sources: who the inquit names, who spoke before, who speaks next, who was last spoken of, whom the article quotes most …
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import log1p
from typing import TYPE_CHECKING

from corpus_lib.actors import PRONOUNS, SPEAKER, Cast, Context, Resolution
from corpus_lib.language.nouns import noun
from corpus_lib.model import Article, Span
from corpus_lib.quotes.found import Found, cue_of, phrase_of
from corpus_lib.quotes.inquits import colon_speaker, speaker_in

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

    from corpus_lib.language import Parsed

TASK = "speaker"
HEADS = frozenset({"title", "subheading"})
_FAR = 6
_PEOPLE, _BODIES = 3, 2
_SHORTEST, _INQUIT = 3, 15
"""How many tokens a block has that tells who said what stands above it, and how many of them are read."""

Who = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """The words that name who speaks, in the inquit or before a colon in the block above, and whom they mean."""

    tokens: Tokens
    block: int
    span: Span
    sort: str
    resolved: Resolution
    above: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may speak, nobody for an empty ``who``; where it comes from, and what speaks for it."""

    who: Who
    sources: tuple[str, ...]
    features: dict[str, float]


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation whose speaker is settled."""

    block: int
    end: int
    who: Who


@dataclass(slots=True)
class Scene:
    """An article while its speakers are sought: what was found, and who spoke so far."""

    article: Article
    parsed: Parsed
    cast: Cast
    found: Sequence[Found]
    said: list[Said] = field(default_factory=list)
    often: Counter[Who] = field(default_factory=Counter)
    words: dict[int, str] = field(default_factory=dict)
    spoken_for: dict[int, Who] = field(default_factory=dict)
    _apart: dict[int, bool] = field(default_factory=dict)

    def is_apart(self, number: int) -> bool:
        """Say whether an entity stands only in captions, bylines and credits: the photographer."""
        if number not in self._apart:
            mentions = self.cast.entities[number].mentions
            apart = [b.span for b in self.article.blocks if b.kind in ("caption", "byline", "credit", "date")]
            self._apart[number] = all(any(span.within(b) for b in apart) for span in mentions)
        return self._apart[number]

    def settle(self, place: int, who: Who) -> None:
        """Take note of who says a quotation."""
        one = self.found[place]
        self.spoken_for[place] = who
        if who and not self.is_head(one):
            self.said.append(Said(one.block, one.extent.end, who))
            self.often[who] += 1

    def is_head(self, one: Found) -> bool:
        """Say whether a quotation stands in a headline."""
        return self.article.blocks[one.block].kind in HEADS

    def context(self) -> Context:
        """Return the context in which «jeg» and «vi» are looked up."""
        last = self.said[-1] if self.said else None
        return Context() if last is None else Context(last.who, last.block, last.end)

    def order(self) -> list[int]:
        """Return the order in which speakers are sought: the text's, then the headlines', which repeat it."""
        return sorted(range(len(self.found)), key=lambda i: (self.is_head(self.found[i]), i))


def mention_of(place: int, scene: Scene) -> Mention | None:
    """Return who the inquit of a quotation names, or the block above it that ends in a colon."""
    one = scene.found[place]
    tokens, block = one.mention, one.block
    if tokens is None and one.inherit in ("previous", "colon", "question"):
        tokens, block = _before_colon(one, scene.parsed)
    if tokens is None or not tokens.text.strip():
        return None
    tokens = _antecedent(tokens)
    resolved = scene.cast.resolve(tokens, block, scene.context())
    return Mention(
        tokens, block, scene.parsed.blocks[block].of(tokens), _sort(tokens, resolved), resolved, block != one.block
    )


def _antecedent(tokens: Tokens) -> Tokens:
    """Return the noun phrase that a relative pronoun takes up: «professor Kari Lie, som sier …»."""
    root = tokens.root
    if len(tokens) > 1 or root.lower_ not in ("som", "der") or not root.head.dep_.startswith("acl"):
        return tokens
    above = root.head.head
    return phrase_of(above, root.i) if above.i < root.i else tokens


def _before_colon(one: Found, parsed: Parsed) -> tuple[Tokens | None, int]:
    """Return the mention in the block before, where that block ends in a colon."""
    if one.block == 0:
        return None, one.block
    before = parsed.blocks[one.block - 1]
    if not before.doc.text.rstrip().endswith(":"):
        return None, one.block
    return colon_speaker(list(before.sentences())[-1], any_subject=True)[0], one.block - 1


def _sort(tokens: Tokens, resolved: Resolution) -> str:
    """Return how a speaker is named: by name, pronoun, first person, document or another noun."""
    head = tokens.root
    if head.lower_ in SPEAKER:
        return "first person"
    if head.lower_ in PRONOUNS:
        return "pronoun"
    if resolved.rule == "name":
        return "name"
    entry = noun(head.lower_)
    return "document" if entry is not None and entry.kind == "document" else "noun"


def candidates(place: int, scene: Scene, mention: Mention | None) -> list[Candidate]:
    """Return who may say a quotation, nobody among them."""
    one = scene.found[place]
    found: dict[Who, dict[str, float]] = {(): {"nobody": 1.0}}
    for who, source, value in _sources(place, one, scene, mention):
        if who:
            found.setdefault(who, {}).setdefault(source, value)
    asked = "none" if mention is None else mention.sort
    around = _around(one, scene, mention)
    return [
        Candidate(who, tuple(sources), _features(who, sources, one, scene, asked, around))
        for who, sources in found.items()
    ]


def _sources(place: int, one: Found, scene: Scene, mention: Mention | None) -> Iterator[tuple[Who, str, float]]:
    cast = scene.cast
    if mention is not None:
        resolved = mention.resolved
        yield resolved.entities, "the mention", 1.0
        for rank, (who, share) in enumerate(resolved.others):
            yield who, f"may be the mention, {rank}", share
        if len(resolved.entities) == 1 and (body := cast.speaks_for(resolved.entities[0])) is not None:
            yield (body,), "the body of the mention", 1.0
        if mention.sort == "document":
            yield from _behind_document(mention, cast)
    head = scene.is_head(one)
    if head:
        yield from _below(place, one, scene)
    elif scene.said:
        yield scene.said[-1].who, "spoke last", 1.0
        other = next((s.who for s in reversed(scene.said) if s.who != scene.said[-1].who), ())
        yield other, "spoke before", 1.0
        yield scene.often.most_common(1)[0][0], "most quoted", 1.0
    following = scene.found[place + 1] if place + 1 < len(scene.found) else None
    if following is not None and following.mention is not None and following.block - one.block <= 1:
        then = cast.resolve(following.mention, following.block, scene.context())
        yield then.entities, "speaks next", 1.0
    if mention is None:
        yield from _told_below(one, scene)
    if mention is None or mention.sort not in ("name", "noun"):
        yield from _near(one, cast)


def _behind_document(mention: Mention, cast: Cast) -> Iterator[tuple[Who, str, float]]:
    """Yield who is named in the sentences in which a document stands: «en undersøkelse utført av X»."""
    places = {cast.sentence(mention.span.start)}
    for number in mention.resolved.entities:
        places |= {cast.sentence(span.start) for span in cast.entities[number].mentions if span <= mention.span}
    for sighting in cast.sightings:
        named = cast.entities[sighting.entity].kind != "unnamed" and sighting.span.start <= mention.span.end
        if named and cast.sentence(sighting.span.start) in places:
            yield (sighting.entity,), "named with the document", 1.0


def _told_below(one: Found, scene: Scene) -> Iterator[tuple[Who, str, float]]:
    """Yield whom the block below names as who said it: «Det sier Kari Lie»."""
    number = one.block + 1
    doc = scene.parsed.blocks[number].doc if number < len(scene.parsed.blocks) else None
    if doc is None or len(doc) < _SHORTEST or doc[0].lower_ not in ("det", "dette") or cue_of(doc[1]) is None:
        return
    named = speaker_in(doc[1], doc[1 : min(len(doc), 1 + _INQUIT)])
    if named is not None:
        yield scene.cast.resolve(named, number, Context()).entities, "told below", 1.0


def _near(one: Found, cast: Cast) -> Iterator[tuple[Who, str, float]]:
    """Yield who was spoken of shortly before."""
    people = bodies = 0
    for sighting in cast.before(one.start, one.block, 2):
        kind = cast.entities[sighting.entity].kind
        if kind == "person" and people < _PEOPLE:
            if sighting.subject:
                yield (sighting.entity,), "last subject", 1.0
            yield (sighting.entity,), f"person before, {people}", 1.0
            people += 1
        elif kind == "organisation" and bodies < _BODIES:
            yield (sighting.entity,), f"body before, {bodies}", 1.0
            bodies += 1
        elif people >= _PEOPLE and bodies >= _BODIES:
            return


def _below(place: int, one: Found, scene: Scene) -> Iterator[tuple[Who, str, float]]:
    """Yield who speaks below a headline: who says the same words there, who speaks first, who most."""
    words = scene.words.setdefault(place, _word_list(scene.article, one))
    for other in range(len(scene.found)):
        who = scene.spoken_for.get(other)
        if other == place or not who or scene.is_head(scene.found[other]):
            continue
        said = scene.words.setdefault(other, _word_list(scene.article, scene.found[other]))
        if words.count(" ") > 2 and words in said:
            yield who, "says the same below", 1.0
    after = next((w for i, w in sorted(scene.spoken_for.items()) if w and scene.found[i].start > one.start), ())
    yield after, "speaks first below", 1.0
    if scene.often:
        yield scene.often.most_common(1)[0][0], "most quoted", 1.0


def _word_list(article: Article, one: Found) -> str:
    """Return the words of a quotation in lower case, a space around each."""
    text = " ".join(article.slice(s) for s in one.segments).casefold()
    return " " + "".join(c if c.isalnum() else " " for c in text).strip() + " "


def _around(one: Found, scene: Scene, mention: Mention | None) -> tuple[str, ...]:
    """Return what stands around a quotation, as it bears on every source."""
    block = scene.parsed.blocks[one.block]
    text = scene.article.text
    last = scene.said[-1] if scene.said else None
    before = scene.parsed.blocks[one.block - 1].doc.text.rstrip() if one.block else ""
    marks = [one.rule, one.type, f"in a {scene.article.blocks[one.block].kind}"]
    if text[one.extent.end - 1 : one.extent.end + 1].rstrip().endswith("?"):
        marks.append("a question")
    if last is not None:
        marks.append(f"blocks since: {min(4, one.block - last.block)}")
    if before.endswith(":"):
        marks.append("below a colon")
    if one.start - block.start < _FAR:
        marks.append("begins its block")
    if mention is not None and mention.above:
        marks.append("mention above")
    if before[:1] in "-–—«" and one.block and last is not None and last.block == one.block - 1:
        marks.append("below speech")
    return tuple(marks)


def _features(
    who: Who, sources: dict[str, float], one: Found, scene: Scene, asked: str, around: Sequence[str]
) -> dict[str, float]:
    cast = scene.cast
    signs = dict(sources)
    if who:
        entity = cast.entities[who[0]]
        signs[f"a {entity.kind}"] = 1.0
        signs["only in captions"] = float(scene.is_apart(who[0]))
        signs["several"] = float(len(who) > 1)
        spoke = next((s for s in reversed(scene.said) if s.who == who), None)
        signs["has not spoken"] = float(spoke is None)
        if spoke is not None:
            signs["blocks since it spoke"] = float(min(_FAR, one.block - spoke.block))
            signs["times quoted"] = log1p(scene.often[who])
        signs |= dict.fromkeys(_places(who[0], one, scene), 1.0)
    features = {f"{asked}: {name}": value for name, value in signs.items() if value}
    for source in sources:
        features |= {f"{asked}: {source}, {mark}": 1.0 for mark in around}
    return features


def _places(number: int, one: Found, scene: Scene) -> set[str]:
    """Return where an entity stands around a quotation."""
    block = scene.parsed.blocks[one.block]
    last = scene.said[-1].end if scene.said else 0
    end = block.start + len(block.doc.text)
    found = set()
    for span, mention in scene.cast.entities[number].mentions.items():
        if mention.kind == "pronoun":
            continue
        if any(span.within(s) for s in one.segments):
            found.add("named in the words")
        elif block.start <= span.start < one.start:
            found.add("named before in its block")
        elif one.extent.end <= span.start < end:
            found.add("named behind in its block")
        if last <= span.start < one.start:
            found.add("named since somebody spoke")
    return found
