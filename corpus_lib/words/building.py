"""Texts → index, one text at a time: only the different words are held in memory."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus_lib import given
from corpus_lib.errors import WordsError, WrongInput
from corpus_lib.words.cutting import cut, cut_small
from corpus_lib.words.store import Store
from corpus_lib.words.strings import Strings
from corpus_lib.words.tokens import RULE, is_word
from corpus_lib.writing import told

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHUNK = 1 << 19
"""How many tokens are sorted at once."""

_BATCH = 1 << 16
"""How many characters are cut into words at once, where the texts are shorter."""

_BETWEEN = "\0"
"""Stands between texts that are cut together: no rule of `tokens` reads it as a letter, a joiner or a space."""

MOST_TOKENS = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a document that stands for something: ``Mark("speaker", "Kari Lie", 10, 42)``; in characters."""

    kind: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be indexed, with what is known about it: its columns («outlet», «month») and its marked parts."""

    id: str
    text: str
    columns: Mapping[str, str] = field(default_factory=dict)
    marks: Sequence[Mark] = ()


Texts = Mapping[str, str] | Iterable[Document | tuple[str, str] | str]
"""Texts by id, pairs of id and text, `Document`s, or texts alone, which are numbered."""


def documents(texts: Texts) -> Iterable[Document]:
    """Yield texts as documents, whichever way they were given."""
    if isinstance(texts, str):
        raise WordsError("expected texts by id or an iterable of texts, found one string")
    if type(texts).__module__.partition(".")[0] == "pandas":
        raise WrongInput(
            f"expected texts by id or an iterable of texts, found a {given.kind(texts)} of pandas; did you mean "
            "Index.build(zip(frame['id'], frame['text'], strict=True))?"
        )
    if not isinstance(texts, Mapping | Iterable):
        raise WrongInput(f"expected texts by id or an iterable of texts, found {given.kind(texts)}")
    items: Iterable[Any] = texts.items() if isinstance(texts, Mapping) else texts
    for number, item in enumerate(items):
        if isinstance(item, Document):
            yield item
        elif isinstance(item, str):
            yield Document(str(number), item)
        elif isinstance(item, Sequence) and len(item) == 2 and isinstance(item[1], str):
            yield Document(str(item[0]), item[1])
        else:
            raise WordsError(
                f"text {number}: expected a Document, an id and a text, or a text, found {str(item)[:60]!r}"
            )


class Builder:
    """Writes tokens as they come; `finish` sorts the words and makes the positional index."""

    def __init__(self, store: Store, *, punctuation: bool, texts: bool) -> None:
        self.store = store
        self.punctuation = punctuation
        self.keeps_texts = texts
        self.numbers: defaultdict[str, int] = defaultdict()
        self.numbers.default_factory = self.numbers.__len__
        self.waiting: list[Document] = []
        self.size = 0
        self.names: list[str] = []
        self.bounds = [0]
        self.text_ends: list[int] = []
        self.columns: defaultdict[str, dict[int, str]] = defaultdict(dict)
        self.marks: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
        store.forget_meta()
        self.ids, self.starts, self.text = store.sink("ids"), store.sink("starts"), store.sink("text")

    def add(self, document: Document) -> None:
        """Add one text; texts are cut into words some at a time."""
        self.waiting.append(document)
        self.size += len(document.text)
        if self.size >= _BATCH or self.punctuation:
            self._cut()

    def _cut(self) -> None:
        """Take the waiting texts in."""
        if not self.waiting:
            return
        batch, self.waiting, self.size = self.waiting, [], 0
        with told(self.store.folder or "index"):
            self._write(batch)

    def _write(self, batch: Sequence[Document]) -> None:
        """Cut texts into words, all in one, and write these."""
        text = _BETWEEN.join(d.text for d in batch)
        found = cut(text) if len(text) >= _BATCH and not self.punctuation else cut_small(text, self.punctuation)
        tokens, places = found.words, found.starts
        if self.bounds[-1] + len(tokens) > MOST_TOKENS:
            raise WordsError(f"document {batch[0].id!r}: an index holds at most {MOST_TOKENS} words; make several")
        self.ids.write(np.fromiter(map(self.numbers.__getitem__, tokens), np.int32, len(tokens)).data)
        sizes = np.fromiter((len(d.text) for d in batch), np.int64, len(batch))
        begins = np.cumsum(sizes + len(_BETWEEN)) - sizes - len(_BETWEEN)
        first = np.append(np.searchsorted(places, begins), len(tokens))
        starts = (places - np.repeat(begins, np.diff(first))).astype(np.int32)
        self.starts.write(starts.data)
        before = self.bounds[-1]
        for document, low, high in zip(batch, first[:-1].tolist(), first[1:].tolist(), strict=True):
            self._describe(document, before + low, starts[low:high])
            self.bounds.append(before + high)

    def _describe(self, document: Document, before: int, starts: NDArray[np.int32]) -> None:
        """Keep what belongs to one text beside its words."""
        number = len(self.names)
        self.names.append(document.id)
        if self.keeps_texts:
            encoded = document.text.encode("utf-8", "surrogatepass")
            self.text.write(encoded)
            self.text_ends.append((self.text_ends[-1] if number else 0) + len(encoded))
        for column, value in document.columns.items():
            self.columns[column][number] = str(value)
        for mark in document.marks:
            first, last = np.searchsorted(starts, (mark.start, mark.end))
            self.marks[mark.kind].append((mark.label, before + int(first), before + int(last)))

    def finish(self) -> None:
        """Write everything that depends on all texts."""
        self._cut()
        with told(self.store.folder or "index"):
            self._finish()

    def _finish(self) -> None:
        store = self.store
        ids = store.finish("ids", self.ids, np.int32)
        store.finish("starts", self.starts, np.int32)
        store.finish("text", self.text, np.uint8)
        words = sorted(self.numbers)
        rank = np.empty(len(words), dtype=np.int32)
        rank[np.fromiter(map(self.numbers.__getitem__, words), np.int64, len(words))] = np.arange(len(words))
        self.numbers.clear()
        counts = _renumber(ids, rank)
        put_strings(store, "word", Strings._built(words, ordered=True))
        lowered = [w.lower() for w in words]
        put_word_layer(store, "lower", lowered)
        store.put("length", np.fromiter(map(len, words), np.int32, len(words)))
        if self.punctuation:
            store.put("is_word", np.fromiter(map(is_word, words), np.bool_, len(words)))
        del words, lowered
        _invert(store, ids, counts)
        self._finish_documents()
        store.write_meta(
            {
                "rule": RULE,
                "tokens": self.bounds[-1],
                "documents": len(self.names),
                "types": len(counts),
                "punctuation": self.punctuation,
                "texts": self.keeps_texts,
                "columns": sorted(self.columns),
                "marks": sorted(self.marks),
            }
        )

    def _finish_documents(self) -> None:
        store, many = self.store, len(self.names)
        put_strings(store, "names", Strings.in_order(self.names))
        store.put("bounds", np.array(self.bounds, dtype=np.int64))
        store.put("text_ends", np.array(self.text_ends, dtype=np.int64))
        for column, values in self.columns.items():
            put_layer(store, f"column.{column}", [values.get(i, "") for i in range(many)])
        for kind, marks in self.marks.items():
            put_layer(store, f"mark.{kind}", [label for label, _, _ in marks])
            store.put(f"mark.{kind}.first", np.array([first for _, first, _ in marks], dtype=np.int64))
            store.put(f"mark.{kind}.last", np.array([last for _, _, last in marks], dtype=np.int64))


def put_strings(store: Store, name: str, strings: Strings) -> None:
    """Store a list of strings."""
    store.put(f"{name}.data", strings.data)
    store.put(f"{name}.ends", strings.ends)


def get_strings(store: Store, name: str, *, ordered: bool = True) -> Strings:
    """Return a stored list of strings."""
    return Strings(store.get(f"{name}.data"), store.get(f"{name}.ends"), ordered)


def put_layer(store: Store, name: str, values: Sequence[str]) -> NDArray[np.int32]:
    """Store one string for each thing: the different strings sorted, and each thing's number among them."""
    # Kept in order, as values that were sorted before something was done to them are sorted again in less time.
    different = sorted(dict.fromkeys(values))
    number = dict(zip(different, range(len(different)), strict=True))
    put_strings(store, name, Strings._built(different, ordered=True))
    of = np.fromiter(map(number.__getitem__, values), np.int32, len(values))
    store.put(f"{name}.of", of)
    return of


def put_word_layer(store: Store, name: str, values: Sequence[str]) -> None:
    """Store one string for each word, and the words of each string."""
    of = put_layer(store, name, values)
    store.put(f"{name}.words", order_of(of).astype(np.int32))
    store.put(f"{name}.words_end", np.cumsum(np.bincount(of)))


def _renumber(ids: NDArray[np.int32], rank: NDArray[np.int32]) -> NDArray[np.int64]:
    """Number the words by their order, in place, and count them."""
    counts = np.zeros(len(rank), dtype=np.int64)
    for start in range(0, len(ids), CHUNK):
        part = rank[ids[start : start + CHUNK]]
        ids[start : start + CHUNK] = part
        counts += np.bincount(part, minlength=len(rank))
    return counts


def _invert(store: Store, ids: NDArray[np.int32], counts: NDArray[np.int64]) -> None:
    """Write the positions of each word, in order: a counting sort, chunk by chunk."""
    ends = np.cumsum(counts)
    store.put("position_ends", ends)
    positions = store.create("positions", len(ids), np.int32)
    free = ends - counts
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        order = order_of(part)
        words = part[order]
        new = np.flatnonzero(np.diff(words, prepend=-1))
        many = np.diff(np.append(new, len(words)))
        begins = free[words[new]]
        free[words[new]] += many
        positions[np.arange(len(words)) + np.repeat(begins - new, many)] = order + start


def order_of(numbers: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return what orders numbers from 0 up, equal ones as they stand: half of their bits at a time (radix sort).

    >>> order_of(np.array([70_000, 3, 70_000, 1], dtype=np.int32)).tolist()
    [3, 1, 0, 2]
    """
    order = np.argsort((numbers & 0xFFFF).astype(np.uint16), kind="stable")
    high = (numbers >> 16).astype(np.uint16)
    return order[np.argsort(high[order], kind="stable")] if high.any() else order


def build(store: Store, texts: Texts, *, punctuation: bool, keep_texts: bool) -> None:
    """Index texts into a store."""
    with told(store.folder or "index"):
        builder = Builder(store, punctuation=punctuation, texts=keep_texts)
    try:
        for document in documents(texts):
            builder.add(document)
        builder.finish()
    except BaseException:
        store.abandon()
        raise


def empty_folder(path: Path, *, overwrite: bool) -> None:
    """Make sure that a folder is free for an index.

    Raises
    ------
    WordsError
        If it holds anything, unless that is an index and may be overwritten.
    """
    if os.path.exists(path) and not path.is_dir():
        raise WordsError(f"{path}: expected a folder for the index, found a file")
    if os.path.exists(path) and any(path.iterdir()):
        if not (overwrite and (path / "meta.json").exists()):
            raise WordsError(f"{path}: the folder is not empty; expected a new one, or an index and overwrite=True")
        shutil.rmtree(path)
