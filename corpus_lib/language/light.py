"""Docs that are only read: spaCy's names of attributes on plain objects, each word made once.

spaCy makes a token anew each time one is asked for, searches the Doc for its children, its sentence and its morphology,
and joins the text of a stretch from its words. The rules and features ask for these over and over; here they are looked
up. What is there bears spaCy's names and says what spaCy says, so that a rule can be tried on a Doc of either kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast, overload

from corpus_lib.language.columns import Columns, columns_of, forget_columns, numbers_of, strings_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NUMBERS = ("ENT_TYPE", "ENT_IOB", "POS", "DEP", "IS_PUNCT", "IS_SPACE", "IS_ALPHA", "LIKE_NUM", "SPACY")
_IOB = ("", "I", "O", "B")


class Morph(dict[str, list[str]]):
    """A word's morphology: the values of each feature."""

    def __str__(self) -> str:
        """Return it as spaCy and CoNLL-U write it."""
        return "|".join(f"{feature}={','.join(values)}" for feature, values in self.items())


@lru_cache(maxsize=4096)
def morph_of(text: str) -> Morph:
    """Return a morphology that is written as text; not to be changed.

    >>> morph_of("Definite=Def|Number=Plur").get("Number", []), str(morph_of("Definite=Def|Number=Plur"))
    (['Plur'], 'Definite=Def|Number=Plur')
    """
    pairs = (pair.partition("=") for pair in text.split("|"))
    return Morph({feature: values.split(",") for feature, _, values in pairs if values})


class LightToken:
    """A word in its tree. There is one object a word, so that words are equal where they are the same one."""

    __slots__ = (
        *("doc", "i", "idx", "text", "lower_", "lemma_", "pos_", "pos", "tag_", "dep_", "dep", "morph"),
        *("head", "children", "left_edge", "right_edge", "ent_type_", "ent_type", "ent_iob_"),
        *("is_punct", "is_space", "is_alpha", "like_num", "is_sent_start", "whitespace_"),
    )
    doc: LightDoc
    i: int
    idx: int
    text: str
    lower_: str
    lemma_: str
    pos_: str
    pos: int
    tag_: str
    dep_: str
    dep: int
    morph: Morph
    head: LightToken
    children: list[LightToken]
    left_edge: LightToken
    right_edge: LightToken
    ent_type_: str
    ent_type: int
    ent_iob_: str
    is_punct: bool
    is_space: bool
    is_alpha: bool
    like_num: bool
    is_sent_start: bool
    whitespace_: str

    def __len__(self) -> int:
        """Return how many characters it has."""
        return len(self.text)

    def __repr__(self) -> str:
        """Return the word."""
        return self.text

    def __lt__(self, other: LightToken) -> bool:
        """Say whether it stands before another."""
        return self.idx < other.idx

    @property
    def text_with_ws(self) -> str:
        """The word with the space behind it."""
        return self.text + self.whitespace_

    @property
    def lefts(self) -> list[LightToken]:
        """The words before it that hang on it."""
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> list[LightToken]:
        """The words behind it that hang on it."""
        return [child for child in self.children if child.i > self.i]

    @property
    def subtree(self) -> Iterator[LightToken]:
        """The word with all that hangs on it, in the order of the text."""
        for child in self.lefts:
            yield from child.subtree
        yield self
        for child in self.rights:
            yield from child.subtree

    @property
    def ancestors(self) -> Iterator[LightToken]:
        """The words it hangs on, the nearest first."""
        above = self
        while above.head is not above:
            above = above.head
            yield above

    @property
    def conjuncts(self) -> tuple[LightToken, ...]:
        """The words that are coordinated with it."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        joined = [first]
        for word in joined:
            joined += [child for child in word.rights if child.dep_ == "conj"]
        return tuple(word for word in joined if word is not self)

    @property
    def sent(self) -> LightSpan:
        """The sentence that holds it."""
        words, start, end = self.doc.words, self.i, self.i + 1
        while start and not words[start].is_sent_start:
            start -= 1
        while end < len(words) and not words[end].is_sent_start:
            end += 1
        return LightSpan(self.doc, start, end)

    @property
    def vector(self) -> Any:
        """The vector of the word."""
        return self.doc.vector_of(self.i)

    def nbor(self, step: int = 1) -> LightToken:
        """Return a word beside it."""
        place = self.i + step
        if place < 0:
            raise IndexError(place)
        return self.doc.words[place]


class LightSpan:
    """Some words of a Doc, one after the other."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: LightDoc, start: int, end: int, label: str = "") -> None:
        self.doc, self.start, self.end, self.label_ = doc, start, end, label

    def __len__(self) -> int:
        """Return how many words there are."""
        return self.end - self.start

    def __iter__(self) -> Iterator[LightToken]:
        """Go through the words."""
        return iter(self.doc.words[self.start : self.end])

    @overload
    def __getitem__(self, place: int) -> LightToken: ...
    @overload
    def __getitem__(self, place: slice) -> LightSpan: ...
    def __getitem__(self, place: int | slice) -> LightToken | LightSpan:
        """Return a word, or some of the words."""
        if isinstance(place, slice):
            first, last, _ = place.indices(self.end - self.start)
            return LightSpan(self.doc, self.start + first, self.start + max(first, last))
        at = place + (self.end if place < 0 else self.start)
        if not self.start <= at < self.end:
            raise IndexError(place)
        return self.doc.words[at]

    def __eq__(self, other: object) -> bool:
        """Say whether it is the same stretch of the same Doc, under the same label."""
        if not isinstance(other, LightSpan):
            return False
        return self.doc is other.doc and self._key == other._key

    def __hash__(self) -> int:
        """Return a number that equal stretches share."""
        return hash(self._key)

    def __repr__(self) -> str:
        """Return the text."""
        return self.text

    @property
    def _key(self) -> tuple[int, int, str]:
        return self.start, self.end, self.label_

    @property
    def start_char(self) -> int:
        """Where it begins, counted in the Doc."""
        words = self.doc.words
        return words[self.start].idx if self.start < len(words) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """Where it ends, counted in the Doc."""
        if self.end <= self.start:
            return self.start_char
        last = self.doc.words[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """Its characters."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def root(self) -> LightToken:
        """The word that is nearest to the root of the sentence; of several the first."""
        words = self.doc.words[self.start : self.end]
        top = next((word for word in words if word.head is word), None)
        if top is not None:
            return top
        open_ = (word for word in words if not self.start <= word.head.i < self.end)
        return min(open_, key=_to_root, default=self.doc.words[self.start])

    @property
    def ents(self) -> list[LightSpan]:
        """The names that stand wholly within it."""
        return [name for name in self.doc.ents if name.start >= self.start and name.end <= self.end]


def _to_root(word: LightToken) -> int:
    """Return how far a word is from the root; a mark or white space by itself is farther than any other."""
    alone = (word.is_punct or word.is_space) and not word.children
    return len(word.doc.words) - 1 if alone else sum(1 for _ in word.ancestors)


class LightDoc:
    """A Doc's words, its text and its names.

    Attributes
    ----------
    named
        The name that covers a word, by the word's number.
    """

    __slots__ = ("_whole", "ents", "named", "text", "vocab", "words")

    def __init__(self, whole: Doc) -> None:
        columns = columns_of(whole)
        forget_columns(whole)
        self.text, self.vocab = columns.text, whole.vocab
        self.words = [LightToken() for _ in columns.words]
        usual = whole.vocab.vectors.size and whole.vocab.vectors.attr == whole.vocab.strings["ORTH"]
        self._whole = None if usual else whole
        _fill(self, whole, columns)
        self.ents = tuple(LightSpan(self, name.start, name.end, name.label_) for name in whole.ents)
        self.named = {place: name for name in self.ents for place in range(name.start, name.end)}

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self.words)

    def __iter__(self) -> Iterator[LightToken]:
        """Go through the words."""
        return iter(self.words)

    @overload
    def __getitem__(self, place: int) -> LightToken: ...
    @overload
    def __getitem__(self, place: slice) -> LightSpan: ...
    def __getitem__(self, place: int | slice) -> LightToken | LightSpan:
        """Return a word, or some words."""
        if isinstance(place, slice):
            first, last, _ = place.indices(len(self.words))
            return LightSpan(self, first, max(first, last))
        return self.words[place]

    @property
    def sents(self) -> Iterator[LightSpan]:
        """The sentences."""
        starts = [word.i for word in self.words if word.is_sent_start or not word.i]
        for start, end in zip(starts, [*starts[1:], len(self.words)], strict=False):
            yield LightSpan(self, start, end)

    def vector_of(self, place: int) -> Any:
        """Return the vector of a word."""
        if self._whole is not None:
            return self._whole[place].vector
        return self.vocab.get_vector(self.words[place].text)


def _fill(doc: LightDoc, whole: Doc, columns: Columns) -> None:
    """Write into the words of a Doc what the pipeline says of them."""
    words = doc.words
    names, iobs, pos, deps, puncts, spaces, alphas, numbers, whites = numbers_of(whole, _NUMBERS)
    kinds = strings_of(whole, names)
    for i, (word, token) in enumerate(zip(words, whole, strict=True)):
        word.doc, word.i, word.idx = doc, i, columns.offsets[i]
        word.text, word.lower_, word.lemma_ = columns.words[i], columns.lower[i], columns.lemmas[i]
        word.pos_, word.tag_, word.dep_, word.pos, word.dep = (
            columns.pos[i],
            columns.tags[i],
            columns.deps[i],
            pos[i],
            deps[i],
        )
        word.morph, word.is_sent_start = morph_of(columns.morphs[i]), columns.starts[i]
        word.head, word.children = words[columns.heads[i]], []
        edges = (token.left_edge.i, token.right_edge.i) if deps[i] else (i, i)  # without a parse spaCy's are unsafe
        word.left_edge, word.right_edge = words[edges[0]], words[edges[1]]
        word.ent_type, word.ent_type_, word.ent_iob_ = names[i], kinds[i], _IOB[iobs[i]]
        word.is_punct, word.is_space, word.is_alpha = puncts[i] == 1, spaces[i] == 1, alphas[i] == 1
        word.like_num, word.whitespace_ = numbers[i] == 1, " " if whites[i] else ""
    for word in words:
        if word.head is not word:
            word.head.children.append(word)


def light(whole: Doc) -> Doc:
    """Return a Doc to read from, of a Doc whose annotation is done.

    For a type checker it is spaCy's own: whoever reads it asks for what both have.

    >>> from corpus_lib.language import load
    >>> doc = light(load()("Kongen kom til Hamar."))
    >>> doc[1].head.text, [child.text for child in doc[1].children], doc[0:2].text
    ('kom', ['Kongen', 'Hamar', '.'], 'Kongen kom')
    """
    return cast("Doc", LightDoc(whole))
