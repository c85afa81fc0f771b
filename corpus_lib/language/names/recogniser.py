"""The component that recognises names: how likely each token begins, goes on, ends or is a name of each kind.

It reads the pipeline's shared encoder (`Doc.tensor`) and some features of its own, and leaves its probabilities in
`Doc.user_data`, so that names can be settled over the whole article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.language import Language
from spacy.ml.featureextractor import FeatureExtractor
from spacy.ml.staticvectors import StaticVectors
from spacy.tokens import Doc, Span
from thinc.api import (
    HashEmbed,
    Linear,
    Maxout,
    Model,
    chain,
    clone,
    concatenate,
    expand_window,
    list2ragged,
    ragged2list,
    residual,
    with_array,
)

from corpus_lib.language.names.gazetteer import kinds_in_genitive, matches

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAMES = "corpus_lib_recogniser"
LABELS = ("PER", "ORG", "GPE", "LOC")
PLACES = "BILU"
TAGS = ("O", *(f"{place}-{label}" for label in LABELS for place in PLACES))
"""Outside; a name's first, inner, last and only token."""

SCORES_KEY = "corpus_lib.names"
"""Where `user_data` holds the probabilities (tokens × tags)."""

UNLISTED = "corpus_lib.unlisted"
"""A key in `user_data` that hides the gazetteer from the recogniser, so that it learns to do without."""

_WIDTH, _DEPTH, _ENCODED = 96, 2, 128
_ATTRIBUTES = ("NORM", "PREFIX", "SUFFIX", "SHAPE")
_ROWS = (5000, 1000, 2500, 1000)
_EMBEDDED, _PROJECTED = 48, 64


def _encoded(docs: list[Doc], width: int) -> list[Any]:
    return [doc.tensor if len(doc) else np.zeros((0, width), dtype="float32") for doc in docs]


def shared(width: int) -> Model[list[Doc], list[Any]]:
    """Return a layer that reads what the shared encoder has left in the Docs; it does not learn."""

    def forward(model: Model[Any, Any], docs: list[Doc], is_train: bool) -> tuple[Any, Any]:
        return _encoded(docs, width), lambda _: []

    return Model("shared_encoder", forward, dims={"nO": width})


def listed(kinds: Sequence[str]) -> Model[list[Doc], Any]:
    """Return a layer that says which kinds of listed names each token begins or goes on; it does not learn."""
    columns = {kind: number for number, kind in enumerate(kinds)}

    def forward(model: Model[Any, Any], docs: list[Doc], is_train: bool) -> tuple[Any, Any]:
        return [flags(doc, columns) for doc in docs], lambda _: []

    return Model("listed", forward, dims={"nO": 2 * len(kinds)})


def flags(doc: Doc, columns: Mapping[str, int]) -> NDArray[np.float32]:
    """Return for each token which kinds of names it begins, and which it goes on: tokens × twice the kinds."""
    table = np.zeros((len(doc), 2 * len(columns)), dtype="float32")
    if UNLISTED in doc.user_data:
        return table
    words = [t.text for t in doc]
    for start, end in matches(words):
        for kind in kinds_in_genitive(" ".join(words[start:end])):
            if kind in columns:
                table[start, columns[kind]] = 1.0
                table[start + 1 : end, len(columns) + columns[kind]] = 1.0
    for place, word in enumerate(words):
        if not word[:1].islower():
            for kind in kinds_in_genitive(word):
                if kind in columns:
                    table[place, columns[kind]] = 1.0
    return table


def network(
    kinds: Sequence[str], width: int = _WIDTH, depth: int = _DEPTH, encoded: int = _ENCODED
) -> Model[list[Doc], list[Any]]:
    """Return the untrained network: Docs in, a score for each token and tag out."""
    tables: list[Model[Any, Any]] = [
        HashEmbed(_EMBEDDED, rows, column=column, seed=column + 11, dropout=0.0) for column, rows in enumerate(_ROWS)
    ]
    words: Model[Any, Any] = chain(FeatureExtractor(list(_ATTRIBUTES)), list2ragged(), with_array(concatenate(*tables)))
    features: Model[Any, Any] = concatenate(
        words,
        StaticVectors(_PROJECTED, dropout=0.0),
        chain(shared(encoded), list2ragged()),
        chain(listed(kinds), list2ragged()),
    )
    wide = _EMBEDDED * len(_ROWS) + _PROJECTED + encoded + 2 * len(kinds)
    mixed = Maxout(width, wide, nP=3, dropout=0.0, normalize=True)
    window = residual(chain(expand_window(window_size=1), Maxout(width, width * 3, nP=3, dropout=0.0, normalize=True)))
    layers: Model[Any, Any] = chain(mixed, clone(window, depth), Linear(len(TAGS), width))
    return chain(features, with_array(layers, pad=depth), ragged2list())


def _allowed() -> NDArray[np.bool_]:
    """Return which tag may follow which."""
    table = np.zeros((len(TAGS), len(TAGS)), dtype=bool)
    for i, one in enumerate(TAGS):
        for j, other in enumerate(TAGS):
            open_ = one[0] in "BI"
            table[i, j] = (other[0] in "IL" and one[2:] == other[2:]) if open_ else other[0] in "OBU"
    return table


_FORBIDDEN = np.where(_allowed(), 0.0, -np.inf).astype("float32")
_FIRST = np.array([0.0 if tag[0] in "OBU" else -np.inf for tag in TAGS], dtype="float32")
_LAST = np.array([0.0 if tag[0] in "OLU" else -np.inf for tag in TAGS], dtype="float32")


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return scores as probabilities, a row a token."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: NDArray[np.float32] = powers / powers.sum(axis=1, keepdims=True)
    return shares


def best_path(shares: NDArray[np.float32]) -> list[int]:
    """Return the likeliest sequence of tags that is possible (Viterbi 1967)."""
    logs = np.log(shares + 1e-9)
    at = _FIRST + logs[0]
    back = np.zeros(shares.shape, dtype=int)
    for place in range(1, len(logs)):
        ways = at[:, None] + _FORBIDDEN
        back[place] = ways.argmax(axis=0)
        at = ways.max(axis=0) + logs[place]
    path = [int((at + _LAST).argmax())]
    for place in range(len(logs) - 1, 0, -1):
        path.append(int(back[place][path[-1]]))
    return path[::-1]


def names_of(shares: NDArray[np.float32]) -> Iterator[tuple[int, int, str]]:
    """Yield (first token, behind the last token, label) of the names that the probabilities tell."""
    named = np.flatnonzero(shares[:, 0] < 0.9)
    if not len(named):
        return
    # Stretches that are plainly no names are left out of the search.
    cuts = np.flatnonzero(np.diff(named) > 1) + 1
    for run in np.split(named, cuts):
        first = int(run[0])
        start = first
        for place, tag in enumerate(best_path(shares[first : int(run[-1]) + 1]), first):
            mark = TAGS[tag][0]
            if mark in "BU":
                start = place
            if mark in "LU":
                yield start, place + 1, TAGS[tag][2:]


class Recogniser:
    """The trained network as a pipeline component."""

    def __init__(self, kinds: Sequence[str], width: int = _WIDTH, depth: int = _DEPTH) -> None:
        self.model = network(kinds, width, depth)

    @property
    def labels(self) -> tuple[str, ...]:
        """The kinds of names."""
        return LABELS

    def __call__(self, doc: Doc) -> Doc:
        """Recognise the names of one Doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """Recognise the names of many Docs."""
        source = iter(stream)
        while docs := list(islice(source, batch_size)):
            for doc, scores in zip(docs, self.model.predict(docs), strict=True):
                if len(doc):
                    shares = softmax(scores)
                    doc.user_data[SCORES_KEY] = shares
                    doc.ents = [Span(doc, a, b, label=label) for a, b, label in names_of(shares)]
            yield from docs

    def to_bytes(self, exclude: Sequence[str] = ()) -> bytes:
        """Return the weights."""
        data: bytes = self.model.to_bytes()
        return data

    def from_bytes(self, data: bytes, exclude: Sequence[str] = ()) -> Recogniser:
        """Read the weights."""
        self.model.from_bytes(data)
        return self


@Language.factory(NAMES, default_config={"kinds": [], "width": _WIDTH, "depth": _DEPTH})
def make_recogniser(nlp: Language, name: str, kinds: list[str], width: int, depth: int) -> Recogniser:
    """Return the component untrained; the weights come with the packed pipeline.

    Parameters
    ----------
    kinds
        The kinds of the gazetteer that it was trained with.
    """
    return Recogniser(kinds, width, depth)
