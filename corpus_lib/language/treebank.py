"""Treebank files (CoNLL-U) → sentences → spaCy Docs, for training and for scoring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from corpus_lib.errors import TreebankError

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

NAMES = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "GPE_LOC": "GPE", "GPE_ORG": "GPE"}
"""NorNE's entity tags → the shipped model's labels; the others are left out as too rare."""

Lengths = tuple[tuple[int, ...], tuple[int, ...]]
PASSAGES: Lengths = ((1, 2, 3, 5, 8), (4, 3, 3, 2, 1))
LONG_PASSAGES: Lengths = ((1, 3, 6, 10, 20), (2, 3, 3, 2, 2))
"""How many sentences are read together, and how often each number is drawn."""

_COLUMNS = 10


@dataclass(frozen=True, slots=True)
class Word:
    """One token; `head` counts from 1 inside the sentence, 0 is the root, None is unannotated."""

    form: str
    lemma: str
    upos: str
    feats: str
    head: int | None
    deprel: str
    name: str
    space: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence; `paragraph` says whether a paragraph begins here."""

    words: tuple[Word, ...]
    paragraph: bool


@dataclass(frozen=True, slots=True)
class TreebankDocument:
    """One article of a treebank file."""

    id: str
    sentences: tuple[Sentence, ...]


def read_conllu(path: Path) -> list[TreebankDocument]:
    """Read the documents of a CoNLL-U file, in file order.

    Raises
    ------
    TreebankError
        If a line has not ten columns; names the file and the line.
    """
    documents: list[tuple[str, list[Sentence]]] = []
    words: list[Word] = []
    paragraph = True
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                documents.append((line.partition("=")[2].strip(), []))
                paragraph = True
            elif line.startswith("# newpar"):
                paragraph = True
            elif line and not line.startswith("#"):
                columns = line.split("\t")
                if len(columns) != _COLUMNS:
                    raise TreebankError(f"{path}, line {number}: expected 10 columns, found {len(columns)}")
                if columns[0].isdigit():
                    words.append(_word(columns))
            elif not line and words:
                if not documents:
                    documents.append((path.stem, []))
                documents[-1][1].append(Sentence(tuple(words), paragraph))
                words, paragraph = [], False
    return [TreebankDocument(name, tuple(sentences)) for name, sentences in documents]


def _word(columns: Sequence[str]) -> Word:
    misc = dict(part.partition("=")[::2] for part in columns[9].split("|"))
    prefix, _, label = misc.get("name", "O").partition("-")
    merged = NAMES.get(label)
    return Word(
        form=columns[1],
        lemma=columns[2],
        upos=columns[3],
        feats="" if columns[5] == "_" else columns[5],
        head=None if columns[6] == "_" else int(columns[6]),
        deprel="" if columns[7] == "_" else columns[7],
        name=f"{prefix}-{merged}" if merged else "O",
        space=misc.get("SpaceAfter") != "No",
    )


def to_doc(vocab: Vocab, sentences: Sequence[Sentence]) -> Doc:
    """Build the annotated Doc of consecutive sentences; a space separates them."""
    from spacy.tokens import Doc

    spaced = [replace(s, words=(*s.words[:-1], replace(s.words[-1], space=True))) for s in sentences[:-1]]
    words = [w for s in (*spaced, *sentences[-1:]) for w in s.words]
    parsed = all(w.head is not None for w in words)
    starts: list[bool | int | None] = [i == 0 for s in sentences for i in range(len(s.words))]
    offsets = [sum(len(s.words) for s in sentences[:k]) for k, s in enumerate(sentences) for _ in s.words]
    places = [i for s in sentences for i in range(len(s.words))]
    return Doc(
        vocab,
        words=[w.form for w in words],
        spaces=[w.space for w in words],
        pos=[w.upos for w in words],
        morphs=[w.feats for w in words],
        lemmas=[w.lemma for w in words],
        heads=[o + (w.head - 1 if w.head else p) for w, o, p in zip(words, offsets, places, strict=True)]
        if parsed
        else None,
        deps=["ROOT" if w.head == 0 else w.deprel for w in words] if parsed else None,
        sent_starts=None if parsed else starts,
        ents=[w.name for w in words],
    )


def words_only(vocab: Vocab, doc: Doc) -> Doc:
    """Return the same tokens without annotation: what a pipeline is given when tokens are gold."""
    from spacy.tokens import Doc

    return Doc(vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])


def paragraphs(document: TreebankDocument) -> Iterator[list[Sentence]]:
    """Yield the document's sentences paragraph by paragraph."""
    held: list[Sentence] = []
    for sentence in document.sentences:
        if sentence.paragraph and held:
            yield held
            held = []
        held.append(sentence)
    if held:
        yield held


def passages(document: TreebankDocument, random: Random, lengths: Lengths = PASSAGES) -> Iterator[list[Sentence]]:
    """Cut a document into passages of so many sentences, drawn at random, within its paragraphs."""
    for paragraph in paragraphs(document):
        at = 0
        while at < len(paragraph):
            length = random.choices(*lengths)[0]
            yield paragraph[at : at + length]
            at += length
