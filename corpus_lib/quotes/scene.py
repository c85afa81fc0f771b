"""An article while its speakers are sought: what was found, who spoke so far, and whom each inquit names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus_lib.actors import PRONOUNS, SPEAKER, Cast, Context, Resolution
from corpus_lib.language.nouns import noun
from corpus_lib.model import Article, Span
from corpus_lib.quotes.found import Found, phrase_of
from corpus_lib.quotes.inquits import colon_speaker

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

    from corpus_lib.language import Parsed

HEADS = frozenset({"title", "subheading"})

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
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def is_apart(self, number: int) -> bool:
        """Say whether an entity stands only in captions, bylines and credits: the photographer."""
        if number not in self._apart:
            mentions = self.cast.entities[number].mentions
            apart = [b.span for b in self.article.blocks if b.kind in ("caption", "byline", "credit", "date")]
            self._apart[number] = all(any(span.within(b) for b in apart) for span in mentions)
        return self._apart[number]

    def is_headlined(self, number: int) -> bool:
        """Say whether an entity stands in the headline."""
        title = next((b.span for b in self.article.blocks if b.kind == "title"), None)
        return title is not None and any(span.within(title) for span in self.cast.entities[number].mentions)

    def share(self, number: int) -> float:
        """Return how often an entity is mentioned, beside the one of its kind that is mentioned most (0–1)."""
        counts = self._counts_of(self.cast.entities[number].kind)
        return counts[number] / max(counts.values())

    def is_most(self, number: int) -> bool:
        """Say whether an entity is mentioned most of its kind."""
        counts = self._counts_of(self.cast.entities[number].kind)
        return counts[number] == max(counts.values())

    def _counts_of(self, kind: str) -> dict[int, int]:
        if kind not in self._counts:
            told = enumerate(self.cast.entities)
            self._counts[kind] = {n: 1 + len(e.mentions) for n, e in told if e.kind == kind}
        return self._counts[kind]

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
