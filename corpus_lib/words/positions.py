"""The positional index: every word's places in every text, in memory or mapped from disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from corpus_lib.errors import EmptySelection, UnknownLayer
from corpus_lib.model import Span
from corpus_lib.words.building import Document, Texts, build, empty_folder, get_strings
from corpus_lib.words.selection import Selection
from corpus_lib.words.store import Store
from corpus_lib.words.strings import Strings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corpus_lib.words.lemmas import Lemmas

LAYERS = ("word", "lower", "lemma", "pos")


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One way to read the words.

    `strings` are its different strings, `of` says which of them each word is (None: itself), `words` and `words_end`
    which words each of them is.
    """

    name: str
    strings: Strings
    of: NDArray[np.int32] | None = None
    words: NDArray[np.int32] | None = None
    words_end: NDArray[np.int64] | None = None

    @classmethod
    def stored(cls, store: Store, name: str) -> Layer:
        """Return a layer of a store."""
        if name == "word":
            return cls(name, get_strings(store, name))
        known = (store.get(f"{name}.{part}") for part in ("of", "words", "words_end"))
        return cls(name, get_strings(store, name), *known)

    def __len__(self) -> int:
        """Return how many different strings there are."""
        return len(self.strings)

    def read(self, ids: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the layer's numbers of words."""
        return ids if self.of is None else self.of[ids]

    def words_of(self, numbers: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the words that a layer's numbers stand for."""
        if self.words is None or self.words_end is None:
            return np.asarray(numbers, dtype=np.int64)
        found = [self.words[(self.words_end[n - 1] if n else 0) : self.words_end[n]] for n in np.asarray(numbers)]
        words = np.concatenate(found).astype(np.int64) if found else np.zeros(0, np.int64)
        if len(found) > 1:
            words.sort()
        return words


class Positions:
    """Words by position: what is stored, and parts of it. The measures ask nothing else of an index.

    >>> index = Positions.build({"a": "Nato svarte. Nato avviste kravet.", "b": "Kravet står."})
    >>> index.tokens, index.positions("nato").tolist(), index.text_at(0)
    (7, [0, 2], 'Nato')
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.tokens: int = store.meta["tokens"]
        self.documents: int = store.meta["documents"]
        self._layers: dict[str, Layer] = {}
        self._counts: dict[str, NDArray[np.int64]] = {}

    @classmethod
    def build(
        cls,
        texts: Texts,
        path: Path | str | None = None,
        *,
        punctuation: bool = False,
        keep_texts: bool = True,
        overwrite: bool = False,
    ) -> Self:
        r"""Index texts, reading them one at a time.

        Parameters
        ----------
        texts
            Texts by id, pairs of id and text, `Document`\\ s with columns and marks, or texts alone.
        path
            A folder for the index; None keeps it in memory.
        punctuation
            Whether punctuation marks are tokens too, so that windows can count them.
        keep_texts
            Whether the texts are kept, so that concordance lines show them as they were written.
        overwrite
            Whether an index that is already in the folder is replaced.
        """
        folder = None if path is None else Path(path)
        if folder is not None:
            empty_folder(folder, overwrite=overwrite)
        store = Store(folder)
        build(store, texts, punctuation=punctuation, keep_texts=keep_texts)
        return cls.open(folder) if folder is not None else cls(store)

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open a stored index; its arrays are mapped, and read where a question touches them."""
        return cls(Store.open(Path(path)))

    def __repr__(self) -> str:
        """Return how much is indexed."""
        return f"<{type(self).__name__} of {self.tokens} words in {self.documents} documents>"

    def __len__(self) -> int:
        """Return the number of tokens."""
        return self.tokens

    @property
    def punctuation(self) -> bool:
        """Whether punctuation marks are tokens of the index."""
        return bool(self.store.meta["punctuation"])

    @property
    def columns(self) -> tuple[str, ...]:
        """What is known about every document."""
        return tuple(self.store.meta["columns"])

    @property
    def marks(self) -> tuple[str, ...]:
        """The kinds of marked parts."""
        return tuple(self.store.meta["marks"])

    @cached_property
    def ids(self) -> NDArray[np.int32]:
        """The word at every position, by its number."""
        return self.store.get("ids")

    @cached_property
    def bounds(self) -> NDArray[np.int64]:
        """Where each document begins, and where the last ends."""
        return self.store.get("bounds")

    @cached_property
    def names(self) -> Strings:
        """The documents' ids."""
        return get_strings(self.store, "names", ordered=False)

    def layer(self, name: str) -> Layer:
        """Return a layer.

        Raises
        ------
        UnknownLayer
            If the index has none of that name.
        """
        if name not in self._layers:
            if name not in LAYERS:
                raise UnknownLayer(f"no layer {name!r}; there are {', '.join(LAYERS)}")
            if name in ("lemma", "pos") and f"{name}.of" not in self.store:
                self.look_up_lemmas()
                return self._layers[name]
            self._layers[name] = Layer.stored(self.store, name)
        return self._layers[name]

    def look_up_lemmas(self, lemmas: Lemmas | None = None) -> None:
        """Make the layers ``lemma`` and ``pos`` by looking up every different word; kept while the index is open.

        Parameters
        ----------
        lemmas
            Which language and which tables. Where None, the shipped tables: of Nynorsk for words that mostly stand
            in documents whose column ``language`` is ``nn``, of Bokmål for the others.
        """
        from corpus_lib.words.lemmas import Lemmas, lemma_layers

        store = Store(None)
        if lemmas is not None or "language" not in self.columns:
            lemma_layers(store, get_strings(self.store, "word"), lemmas or Lemmas.load("nb"))
        else:
            nynorsk = self.counts("word", self.where(language="nn")) * 2 > self.counts("word")
            lemma_layers(store, get_strings(self.store, "word"), Lemmas.load("nb"), Lemmas.load("nn"), nynorsk)
        for name in ("lemma", "pos"):
            self._counts.pop(name, None)
            self._layers[name] = Layer.stored(store, name)

    @cached_property
    def whole(self) -> Selection:
        """Everything."""
        edges = np.array([0, self.tokens] if self.tokens else [], dtype=np.int64)
        return Selection("all documents", edges[:1], edges[1:])

    def where(self, *, label: str | None = None, **wanted: str | Sequence[str]) -> Selection:
        """Select documents by their columns and parts by their marks; several conditions all hold.

        Parameters
        ----------
        label
            What the selection is called in results.
        wanted
            The value, or the values, of a column or a kind of mark: ``where(outlet="nrk", speaker="Kari Lie")``;
            ``"*"`` is any value. ``id`` selects documents by their ids.

        Raises
        ------
        UnknownLayer
            If there is no such column or mark.
        """
        chosen = self.whole
        for name, value in wanted.items():
            values = [value] if isinstance(value, str) else [str(v) for v in value]
            chosen = chosen.and_(self._where(name, values))
        said = "; ".join(f"{k} = {v if isinstance(v, str) else ', '.join(map(str, v))}" for k, v in wanted.items())
        return Selection(label or said or self.whole.label, chosen.starts, chosen.ends)

    def _where(self, name: str, values: Sequence[str]) -> Selection:
        if name in self.marks:
            key = f"mark.{name}"
            first, last = self.store.get(f"{key}.first"), self.store.get(f"{key}.last")
        elif name in self.columns or name == "id":
            key, first, last = f"column.{name}", self.bounds[:-1], self.bounds[1:]
        else:
            known = ", ".join(("id", *self.columns, *self.marks))
            raise UnknownLayer(f"no column or mark {name!r}; there are {known}")
        if name == "id":
            wanted = frozenset(values)
            chosen = np.array([n in wanted for n in self.names], dtype=np.bool_)
        else:
            strings = get_strings(self.store, key)
            numbers = range(len(strings)) if "*" in values else [strings.place(v) for v in values]
            chosen = np.isin(self.store.get(f"{key}.of"), [n for n in numbers if n is not None])
        return Selection.of(name, first[chosen], last[chosen])

    def values(self, name: str) -> list[str]:
        """Return the different values of a column or labels of a kind of mark."""
        kind = "mark" if name in self.marks else "column"
        if name not in (*self.marks, *self.columns):
            raise UnknownLayer(f"no column or mark {name!r}; there are {', '.join((*self.columns, *self.marks))}")
        return list(get_strings(self.store, f"{kind}.{name}"))

    def ids_in(self, selection: Selection | None = None) -> NDArray[np.int32]:
        """Return the words of a selection, by number, in order."""
        if selection is None or selection.total == self.tokens:
            return self.ids
        if len(selection.starts) == 1:
            return self.ids[selection.starts[0] : selection.ends[0]]
        return self.ids[selection.positions()]

    def counts(self, layer: str = "lower", selection: Selection | None = None) -> NDArray[np.int64]:
        """Return how often each string of a layer stands; punctuation marks count 0."""
        chosen = self.layer(layer)
        if selection is None and layer in self._counts:
            return self._counts[layer]
        if selection is None:
            words = np.diff(self.store.get("position_ends"), prepend=0)
        else:
            words = np.bincount(self.ids_in(selection), minlength=self.store.meta["types"])
        if self.punctuation:
            words = np.where(self.store.get("is_word"), words, 0)
        if chosen.of is not None:
            words = np.bincount(chosen.of, weights=words, minlength=len(chosen)).astype(np.int64)
        if selection is None:
            words.flags.writeable = False
            self._counts[layer] = words
        return words

    def total(self, selection: Selection | None = None) -> int:
        """Return how many words there are; punctuation marks are none."""
        if self.punctuation:
            return int(self.counts("word", selection).sum())
        return self.tokens if selection is None else selection.total

    def positions(self, string: str, layer: str = "lower", selection: Selection | None = None) -> NDArray[np.int64]:
        """Return where a string of a layer stands, in order."""
        place = self.layer(layer).strings.place(string)
        numbers = [] if place is None else [place]
        return self.positions_of(numbers, layer, selection)

    def positions_of(
        self,
        numbers: Sequence[int] | NDArray[np.int64],
        layer: str = "lower",
        selection: Selection | None = None,
        *,
        most: int | None = None,
    ) -> NDArray[np.int64]:
        """Return where any of a layer's numbers stands, in order; of the whole index, the first `most` where given."""
        words = self.layer(layer).words_of(numbers) if len(numbers) else np.zeros(0, np.int64)
        ends, positions = self.store.get("position_ends"), self.store.get("positions")
        parts = [positions[(ends[w - 1] if w else 0) : ends[w]][:most] for w in words.tolist()]
        found = np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, np.int64)
        if len(parts) > 1:
            found.sort()
        found = found[:most]
        return found if selection is None else found[selection.holds(found)]

    def documents_at(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the number of the document that holds each position."""
        return np.searchsorted(self.bounds, positions, side="right") - 1

    def text(self, document: int) -> str:
        """Return a document's text as it was indexed; without kept texts, its words with spaces between."""
        if not self.store.meta["texts"]:
            return " ".join(
                get_strings(self.store, "word").take(self.ids[self.bounds[document] : self.bounds[document + 1]])
            )
        ends = self.store.get("text_ends")
        start = int(ends[document - 1]) if document else 0
        return self.store.get("text")[start : int(ends[document])].tobytes().decode("utf-8", "surrogatepass")

    def places(self, positions: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where tokens begin and end in their documents, in characters."""
        starts = self.store.get("starts")[positions].astype(np.int64)
        return starts, starts + self.store.get("length")[self.ids[positions]]

    def span(self, position: int) -> Span:
        """Return a token's characters in its document."""
        start = int(self.store.get("starts")[position])
        return Span(start, start + int(self.store.get("length")[self.ids[position]]))

    def text_at(self, position: int) -> str:
        """Return a token as it was written."""
        return get_strings(self.store, "word")[int(self.ids[position])]

    def labels_at(self, kind: str, position: int) -> list[str]:
        """Return the labels of the marks of a kind that hold a position, the innermost last."""
        first, last = self.store.get(f"mark.{kind}.first"), self.store.get(f"mark.{kind}.last")
        here = np.flatnonzero((first <= position) & (position < last))
        strings, of = get_strings(self.store, f"mark.{kind}"), self.store.get(f"mark.{kind}.of")
        return [strings[int(of[i])] for i in sorted(here.tolist(), key=lambda i: int(first[i] - last[i]))]

    def column(self, name: str, document: int) -> str:
        """Return what a column says of a document."""
        return get_strings(self.store, f"column.{name}")[int(self.store.get(f"column.{name}.of")[document])]

    def checked(self, selection: Selection, role: str) -> Selection:
        """Return a selection that holds words.

        Raises
        ------
        EmptySelection
            If it holds none.
        """
        if not selection.total:
            raise EmptySelection(f"the {role} ({selection.label}) holds no word of the {self.tokens} indexed")
        return selection

    def stored_documents(self) -> Iterator[Document]:
        """Yield the documents' ids, texts and columns."""
        for number in range(self.documents):
            known: Mapping[str, Any] = {c: self.column(c, number) for c in self.columns}
            yield Document(self.names[number], self.text(number), known)
