"""The shipped networks as they predict: thinc's numbers in fewer passes, and what a word alone decides kept.

Encoder and recogniser are maxout layers over hashed features and vectors of each word, and then over windows of three
tokens. The first layer's sums over a word's own features depend on nothing else: they are made once a word. A layer
that learns is left to thinc, and one that has learned is read anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus_lib.language.kept import Kept

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc
    from thinc.api import Model

    Floats = NDArray[np.float32]

_MOST = 12_000
"""How many words are kept, for each network: six and fourteen megabytes."""

_ODD = np.array([pow(0x9E3779B97F4A7C15, n, 1 << 64) for n in range(1, 9)], dtype="uint64")
"""Factors that make one number of a word's features."""


def quicken(nlp: Language) -> None:
    """Let a pipeline's networks predict by this module, and multiply matrices with numpy, faster than thinc's BLIS."""
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        if hasattr(component, "model"):
            for node in component.model.walk():
                node.ops = ops
    for name, made in (("tok2vec", Encoder), ("ner", Names)):
        if name in nlp.pipe_names:
            model = nlp.get_pipe(name).model  # type: ignore[attr-defined]
            model._func = _forward(model._func, made)


def _forward(learning: Callable[..., tuple[Any, Any]], made: type[Encoder]) -> Callable[..., Any]:
    """Return what a network does with Docs: as before where it learns, else by a reading of its weights."""
    held: list[Encoder] = []

    def forward(model: Model[Any, Any], docs: list[Doc], is_train: bool) -> tuple[Any, Any]:
        if is_train:
            return learning(model, docs, is_train=is_train)
        if not any(len(doc) for doc in docs):
            return [np.zeros((0, model.get_dim("nO")), dtype="float32") for _ in docs], None
        if not held or not held[0].is_of(model):
            held[:] = [made(model)]
        return held[0](docs), None

    return forward


def _parameters(model: Model[Any, Any]) -> Iterator[Floats]:
    for node in model.walk():
        for name in node.param_names:
            yield node.get_param(name)  # type: ignore[misc]


def _named(model: Model[Any, Any], name: str) -> list[Any]:
    return [node for node in model.walk(order="dfs_pre") if node.name == name]


class Hidden:
    """A maxout layer and its normalisation."""

    def __init__(self, maxout: Any, normal: Any) -> None:
        weights, bias = maxout.get_param("W"), maxout.get_param("b")
        self.width, self.pieces, inputs = weights.shape
        self.weights: Floats = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(inputs, -1))
        self.bias: Floats = bias.T.reshape(-1).copy()
        self.scale, self.shift = normal.get_param("G"), normal.get_param("b")

    def __call__(self, sums: Floats) -> Floats:
        """Return the layer's output of the sums of its weights, to which the bias is added in place."""
        sums += self.bias
        best = sums[:, : self.width]
        for piece in range(1, self.pieces):
            best = np.maximum(best, sums[:, piece * self.width : (piece + 1) * self.width])
        best -= best.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", best, best) / self.width + 1e-08
        best *= (1 / np.sqrt(spread))[:, None].astype("float32")
        best *= self.scale
        best += self.shift
        return best


def windows(rows: Floats) -> Floats:
    """Return each row between its neighbours, nothing beyond the ends.

    >>> windows(np.array([[1.0], [2.0]], dtype="float32")).tolist()
    [[0.0, 1.0, 2.0], [1.0, 2.0, 0.0]]
    """
    count, width = rows.shape
    out: Floats = np.empty((count, 3 * width), dtype="float32")
    out[0, :width] = 0
    out[1:, :width] = rows[:-1]
    out[:, width : 2 * width] = rows
    out[:-1, 2 * width :] = rows[1:]
    out[-1, 2 * width :] = 0
    return out


class Words:
    """What the first layer sums up over a word's own features, made once a word."""

    def __init__(self, model: Model[Any, Any], finish: Callable[[Floats], Floats]) -> None:
        self.tables = _named(model, "hashembed")
        self.columns = ["ORTH", *_named(model, "extract_features")[0].attrs["columns"]]
        self.projection: Floats = _named(model, "static_vectors")[0].get_param("W").T
        self.finish = finish
        self.kept: Kept | None = None

    def __call__(self, docs: Sequence[Doc]) -> Floats:
        """Return a row for each token of some Docs."""
        found = np.concatenate([doc.to_array(self.columns) for doc in docs]).astype("uint64", copy=False)
        keys: list[int] = (found * _ODD[: len(self.columns)]).sum(axis=1, dtype="uint64").tolist()
        vectors = docs[0].vocab.vectors
        if self.kept is None:
            self.kept = Kept(_MOST, self._made(found[:1], vectors).shape[1])
        return self.kept.rows(keys, lambda new: self._made(found[new], vectors))

    def _made(self, found: NDArray[np.uint64], vectors: Any) -> Floats:
        embedded = [table.predict(found[:, place]) for place, table in enumerate(self.tables, start=1)]
        embedded.append(vectors.get_batch(found[:, 0]) @ self.projection)
        return self.finish(np.concatenate(embedded, axis=1))


class Encoder:
    """The shared encoder: hashed features and vectors of a word, one layer over them, then layers over windows."""

    def __init__(self, model: Model[Any, Any]) -> None:
        self.read = list(_parameters(model))
        pairs = zip(_named(model, "maxout"), _named(model, "layernorm"), strict=True)
        self.first, *self.layers = (Hidden(*pair) for pair in pairs)
        self.words = self._words(model)

    def _words(self, model: Model[Any, Any]) -> Words:
        return Words(model, lambda embedded: self.first(embedded @ self.first.weights))

    def is_of(self, model: Model[Any, Any]) -> bool:
        """Say whether the network's weights are those that were read."""
        return all(one is other for one, other in zip(self.read, _parameters(model), strict=True))

    def __call__(self, docs: list[Doc]) -> list[Floats]:
        """Return what the network makes of each token, an array for each Doc; rows of nothing part the Docs."""
        lengths, between = [len(doc) for doc in docs], len(self.layers)
        starts = np.cumsum([between, *(length + between for length in lengths)])[:-1]
        rows = np.zeros((sum(lengths) + between * (len(docs) + 1), self.first.width), dtype="float32")
        words = self.words(docs)
        at = 0
        for start, length in zip(starts, lengths, strict=True):
            rows[start : start + length] = words[at : at + length]
            at += length
        rows = self._over_windows(rows)
        return [rows[start : start + length] for start, length in zip(starts, lengths, strict=True)]

    def _over_windows(self, rows: Floats) -> Floats:
        for layer in self.layers:
            rows = rows + layer(windows(rows) @ layer.weights)
        return rows


class Names(Encoder):
    """The recogniser: to a word's own features come the encoder's output and the gazetteer's kinds of names."""

    def __init__(self, model: Model[Any, Any]) -> None:
        super().__init__(model)
        self.beside = [*_named(model, "shared_encoder"), *_named(model, "listed")]
        last = _named(model, "linear")[0]
        self.last: Floats = np.ascontiguousarray(last.get_param("W").T)
        self.bias: Floats = last.get_param("b")

    def _words(self, model: Model[Any, Any]) -> Words:
        def summed(embedded: Floats) -> Floats:
            sums: Floats = embedded @ self.first.weights[: embedded.shape[1]]
            return sums

        return Words(model, summed)

    def __call__(self, docs: list[Doc]) -> list[Floats]:
        """Return the score of each tag for each token, an array for each Doc."""
        sums = self.words(docs)
        beside = np.concatenate([np.concatenate(node.predict(docs)) for node in self.beside], axis=1)
        sums += beside @ self.first.weights[-beside.shape[1] :]
        scores = self._over_windows(self.first(sums)) @ self.last + self.bias
        return np.split(scores, np.cumsum([len(doc) for doc in docs])[:-1])
