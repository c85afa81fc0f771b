"""A small network that reads the sentences of an article one after the other: a score for each, and each question.

What stands in a sentence is read word by word through windows of three (what the pipeline's encoder and its vectors
say of a word, and some names of it), then the sentences through windows of three sentences. Its answer is one sign
among others: the linear weights say how far it is believed.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain as joined
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus_lib.errors import CorpusLibError
from corpus_lib.learned.linear import folder_of_weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from thinc.api import Model

WIDTH, DEPTH, CONTEXT = 96, 2, 2
"""Numbers that stand for a word or sentence; windows over words, and over sentences."""
_PIECES = 2
_KIND = 8
_NOTES = "notes"
_AT_ONCE = 200
"""How many sentences are read at once: each takes some hundred kilobytes."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """An article for the network, its words one after the other.

    Attributes
    ----------
    names
        What each word is called, hashed: words × columns.
    table
        What the pipeline's encoder and its vectors say of each word: words × numbers.
    lengths
        How many words each sentence has; at least one.
    kinds
        What kind of sentence each is, hashed: sentences × 1.
    """

    names: NDArray[np.uint64]
    table: NDArray[np.float32]
    lengths: tuple[int, ...]
    kinds: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Shape:
    """How wide the network is where it meets its input and its answer.

    Attributes
    ----------
    columns
        Of each column of names: how many numbers stand for a name, and for how many names there is room.
    table
        Numbers a word in `Sentences.table`.
    questions
        What is asked of each sentence.
    """

    columns: tuple[tuple[int, int], ...]
    table: int
    questions: tuple[str, ...]


def network(shape: Shape, dropout: float = 0.0, *, blis: bool = True) -> Model[Any, Any]:
    """Return the network without numbers: a list of articles in, the scores of all their sentences out.

    Parameters
    ----------
    blis
        Whether thinc's BLIS multiplies matrices; numpy does it faster.
    """
    from thinc import api

    def mixed(wide: int) -> Model[Any, Any]:
        return api.Maxout(WIDTH, wide, nP=_PIECES, dropout=dropout, normalize=True)

    def windows(depth: int) -> Model[Any, Any]:
        one = [api.residual(api.chain(api.expand_window(1), mixed(3 * WIDTH))) for _ in range(depth)]
        return api.with_array(api.chain(*one), pad=depth)

    rows: list[Model[Any, Any]] = [
        api.HashEmbed(w, n, column=i, seed=i + 7, dropout=0.0) for i, (w, n) in enumerate(shape.columns)
    ]
    attended: Model[Any, Any] = api.ParametricAttention(WIDTH)
    pooled: Model[Any, Any] = api.concatenate(
        api.reduce_max(), api.reduce_mean(), api.chain(attended, api.reduce_sum())
    )
    embedded = sum(width for width, _ in shape.columns)
    layers: list[Model[Any, Any]] = [
        api.concatenate(*rows),
        mixed(embedded + shape.table),
        windows(DEPTH),
        api.list2ragged(),
        pooled,
        api.HashEmbed(_KIND, 30, column=0, seed=3, dropout=0.0),
        mixed(3 * WIDTH + _KIND),
        windows(CONTEXT),
        api.Linear(len(shape.questions), 2 * WIDTH),
    ]
    model: Model[Any, Any] = api.Model("sentences", _read, layers=layers)
    ops = api.NumpyOps(use_blis=blis)
    for node in model.walk():
        node.ops = ops
    return model


def first_numbers(model: Model[Any, Any], seed: int) -> None:
    """Give a network the numbers that it begins to learn from; sets the random numbers of the process."""
    import numpy as np
    from thinc.api import fix_random_seed

    fix_random_seed(seed)
    embed, mix, words, _, pool, *others = model.layers
    for part in (*embed.layers, mix, words, *others):
        part.initialize()
    attended = next(node for node in pool.walk() if node.has_param("Q") is None)
    first: Any = np.random.default_rng(seed).normal(0, 0.1, (WIDTH,)).astype("float32")
    attended.set_param("Q", first)


def _read(model: Model[Any, Any], articles: Sequence[Sentences], is_train: bool) -> tuple[Any, Any]:
    """Read some articles; return the scores of their sentences, and how to learn from what is wrong with them."""
    import numpy as np

    embed, mix, words, ragged, pool, kind, sentence, around, answer = model.layers
    lengths = list(joined.from_iterable(a.lengths for a in articles))
    counts = [len(a.lengths) for a in articles]
    named, of_named = embed(np.concatenate([a.names for a in articles]), is_train)
    each, of_each = mix(np.concatenate([named, np.concatenate([a.table for a in articles])], axis=1), is_train)
    seen, of_seen = words(_cut(each, lengths), is_train)
    rows, of_rows = ragged(seen, is_train)
    whole, of_whole = pool(rows, is_train)
    kinds, of_kinds = kind(np.concatenate([a.kinds for a in articles]), is_train)
    alone, of_alone = sentence(np.concatenate([whole, kinds], axis=1), is_train)
    beside, of_beside = around(_cut(alone, counts), is_train)
    scores, of_scores = answer(np.concatenate([alone, np.concatenate(beside)], axis=1), is_train)

    def learn(wrong: Any) -> list[Any]:
        both = of_scores(wrong)
        one = both[:, :WIDTH] + np.concatenate(of_beside(_cut(np.ascontiguousarray(both[:, WIDTH:]), counts)))
        back = of_alone(np.ascontiguousarray(one))
        of_kinds(np.ascontiguousarray(back[:, -_KIND:]))
        first = of_each(np.concatenate(of_seen(of_rows(of_whole(np.ascontiguousarray(back[:, :-_KIND]))))))
        of_named(np.ascontiguousarray(first[:, : named.shape[1]]))
        return []

    return scores, learn


def _cut(rows: Any, lengths: Sequence[int]) -> list[Any]:
    """Return rows cut into pieces of some lengths."""
    out, start = [], 0
    for length in lengths:
        out.append(rows[start : start + length])
        start += length
    return out


@dataclass(frozen=True)
class Reader:
    """A trained network.

    Attributes
    ----------
    task
        The name of its file.
    notes
        Where its weights come from.
    """

    task: str
    shape: Shape
    model: Model[Any, Any]
    notes: tuple[str, ...] = ()

    def scores(self, article: Sentences) -> NDArray[np.float32]:
        """Return the log-odds of each question for each sentence: sentences × questions.

        A long article is read in pieces, each with as many sentences on either side as the windows reach.
        """
        import numpy as np

        count, found = len(article.lengths), []
        for first in range(0, count, _AT_ONCE):
            last, before = min(first + _AT_ONCE, count), max(0, first - CONTEXT)
            piece = self.model.predict([_part(article, before, min(last + CONTEXT, count))])
            found.append(piece[first - before : last - before])
        scores: NDArray[np.float32] = np.concatenate(found)
        return scores


def _part(article: Sentences, first: int, last: int) -> Sentences:
    """Return some sentences of an article."""
    begin, end = sum(article.lengths[:first]), sum(article.lengths[:last])
    return Sentences(
        article.names[begin:end], article.table[begin:end], article.lengths[first:last], article.kinds[first:last]
    )


def write_reader(reader: Reader) -> bytes:
    """Return a network as its file: 16-bit numbers, its shape and notes; `parse_reader` reads it back."""
    import numpy as np

    shape = {"columns": reader.shape.columns, "table": reader.shape.table, "questions": reader.shape.questions}
    held: dict[str, Any] = {
        f"{i}.{name}": node.get_param(name).astype("float16")
        for i, node, name in _parameters(reader.model)
        if node.has_param(name)
    }
    held[_NOTES] = np.array(json.dumps({"shape": shape, "notes": reader.notes}, ensure_ascii=False))
    out = io.BytesIO()
    np.savez_compressed(out, **held)
    return out.getvalue()


def parse_reader(task: str, data: bytes) -> Reader:
    """Read a network from its file."""
    import numpy as np

    with np.load(io.BytesIO(data), allow_pickle=False) as held:
        told = json.loads(str(held[_NOTES]))
        shape = told["shape"]
        columns = tuple((width, rows) for width, rows in shape["columns"])
        made = Shape(columns, shape["table"], tuple(shape["questions"]))
        model = network(made, blis=False)
        for i, node, name in _parameters(model):
            if (key := f"{i}.{name}") in held:
                node.set_param(name, held[key].astype("float32"))
    return Reader(task, made, model, tuple(told["notes"]))


def _parameters(model: Model[Any, Any]) -> list[tuple[int, Model[Any, Any], str]]:
    """Return the parameters of a network in a fixed order: the number of the layer, the layer, the name."""
    return [(i, n, name) for i, n in enumerate(model.walk()) for name in n.param_names]


def forget_readers() -> None:
    """Let networks be read anew: they have been written since."""
    _load.cache_clear()


def load_reader(task: str) -> Reader:
    """Return the shipped network of a task, or that of the folder that `weights_in` names.

    Raises
    ------
    CorpusLibError
        If there is none of that name.
    """
    return _load(task, folder_of_weights())


@cache
def _load(task: str, folder: Path | None) -> Reader:
    own = None if folder is None else folder / f"{task}.npz"
    if own is not None and own.is_file():
        return parse_reader(task, own.read_bytes())
    shipped = files(__package__) / "weights" / f"{task}.npz"
    if not shipped.is_file():
        raise CorpusLibError(f"no network of the name {task!r} is shipped")
    return parse_reader(task, shipped.read_bytes())


def keep_reader(reader: Reader, folder: Path) -> Path:
    """Write a network into a folder, made where it is not there, as `load_reader` reads it; return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{reader.task}.npz"
    path.write_bytes(write_reader(reader))
    return path
