"""Training the recogniser on treebank and annotated articles, and then what settles its names, out of fold.

The weights that settle names must see the recogniser as it is on text it has not learned from: each fifth of the
articles is therefore recognised by weights that were trained without it.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.tokens import Doc

from corpus_lib.language.names.gazetteer import all_kinds
from corpus_lib.language.names.learning import FOLDS, Read, in_tokens, learned, mentions, read
from corpus_lib.language.names.passages import Passage, credit, of_doc, of_sentences, stock_of, varied
from corpus_lib.language.names.recogniser import LABELS, PLACES, UNLISTED, Recogniser, softmax
from corpus_lib.language.parsed import LANGUAGE_KEY
from corpus_lib.language.treebank import TreebankDocument, passages
from corpus_lib.language.typography import varied as other_typography

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language

    from corpus_lib.learned.linear import Linear

_EPOCHS = 5
"""Rounds over the treebank."""

_PRINTED = ("modern", "dev")
_TIMES, _PRINTED_TIMES = 1, 2
"""How often annotated articles come in each round; those of newspapers oftener than invented ones."""

_TREEBANK_FORMS, _ARTICLE_FORMS = 4, 8
"""In how many forms (typography, exchanged names, capitals) the passages are prepared, at most."""

_RATE, _LEAST_RATE, _WARMUP, _DROPOUT, _BATCH, _HIDDEN = 0.002, 0.02, 100, 0.3, 1500, 0.2
_LOSS_SCALE = 300
_CREDITS = 40
"""One made-up photographer's line to so many passages."""

_LINE = re.compile(r"\S[^\n]*(?<=\S)")

Prepared = tuple[Doc, "NDArray[np.int64]"]


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotated article: its blocks tokenised, where they begin, and its names in characters of the article.

    Attributes
    ----------
    times
        How often it is read in each round.
    """

    id: str
    fold: int
    docs: Sequence[Doc]
    starts: Sequence[int]
    names: Sequence[tuple[int, int, str]]
    times: int = _TIMES

    def passages(self) -> list[Passage]:
        """Return its blocks as passages."""
        pairs = zip(self.docs, self.starts, strict=True)
        return [of_doc(doc, in_tokens(doc, start, self.names)) for doc, start in pairs if len(doc)]


def read_annotated(nlp: Language, folders: Sequence[Path], further: Path | None = None) -> list[Annotated]:
    """Return the annotated articles that may be learned from and have names, each line a tokenised block."""
    from corpus_lib.learned.pages import readable

    out = []
    for sheet in readable(folders, further):
        gold = sheet.gold()
        if "actors" in gold:
            text = sheet.path.with_suffix(".txt").read_text(encoding="utf-8")
            lines = list(_LINE.finditer(text))
            docs = [nlp.make_doc(m.group()) for m in lines]
            for doc in docs:
                doc.user_data[LANGUAGE_KEY] = gold.get("language", "nb")
            times = _PRINTED_TIMES if sheet.source in _PRINTED else _TIMES
            out.append(Annotated(sheet.doc, sheet.fold, docs, [m.start() for m in lines], mentions(gold), times))
    return out


def tags_of(passage: Passage) -> NDArray[np.int64]:
    """Return the tag of each token.

    >>> tags_of(Passage(("Per", "Dal", "kom"), (True, True, False), ((0, 2, "PER"),))).tolist()
    [1, 3, 0]
    """
    tags = np.zeros(len(passage.words), dtype="int64")
    for start, end, label in passage.names:
        first = 1 + len(PLACES) * LABELS.index(label)
        if end - start == 1:
            tags[start] = first + 3
        else:
            tags[start], tags[start + 1 : end - 1], tags[end - 1] = first, first + 1, first + 2
    return tags


def prepared(nlp: Language, passages: Sequence[Passage], random: Random) -> list[Prepared]:
    """Return passages as Docs that the shared encoder has read, with their tags; from some the gazetteer is hidden."""
    out: list[Prepared] = []
    encoder: Any = nlp.get_pipe("tok2vec")
    for at in range(0, len(passages), 64):
        some = passages[at : at + 64]
        docs = [Doc(nlp.vocab, words=list(p.words), spaces=list(p.spaces)) for p in some]
        for doc, encoded, passage in zip(docs, encoder.predict(docs), some, strict=True):
            doc.tensor = np.array(encoded, dtype="float32")
            if random.random() < _HIDDEN:
                doc.user_data[UNLISTED] = True
            out.append((doc, tags_of(passage)))
    return out


class Lessons:
    """Everything there is to learn from, prepared once for all the recognisers that are trained."""

    def __init__(self, nlp: Language, treebank: Sequence[TreebankDocument], articles: Sequence[Annotated]) -> None:
        stock = stock_of(of_sentences(d.sentences) for d in treebank)
        self.nlp = nlp
        self.treebank: list[list[Prepared]] = []
        for form in range(_TREEBANK_FORMS):
            random = Random(form)
            cut = [of_sentences(other_typography(p, random)) for d in treebank for p in passages(d, random)]
            made = [credit(stock, random) for _ in range(len(cut) // _CREDITS)]
            self.treebank.append(prepared(nlp, [*(varied(p, stock, random, 0.3) for p in cut), *made], random))
        self.articles: dict[str, list[list[Prepared]]] = {}
        for article in articles:
            plain, forms = article.passages(), []
            for form in range(min(_EPOCHS * article.times, _ARTICLE_FORMS)):
                random = Random(f"{article.id} {form}")
                forms.append(prepared(nlp, [varied(p, stock, random, 0.4) if form else p for p in plain], random))
            self.articles[article.id] = forms
        self.times = {article.id: article.times for article in articles}

    def rounds(self, ids: Sequence[str], random: Random) -> Iterator[list[Prepared]]:
        """Yield what is read in each epoch: the treebank once, the articles of some names once or oftener."""
        for epoch in range(_EPOCHS):
            items = list(self.treebank[epoch % _TREEBANK_FORMS])
            for name in ids:
                forms, times = self.articles[name], self.times[name]
                items += [one for k in range(times) for one in forms[(epoch * times + k) % len(forms)]]
            random.shuffle(items)
            yield items

    def size(self, ids: Sequence[str]) -> int:
        """Return how many tokens all epochs have together."""
        return sum(len(doc) for items in self.rounds(ids, Random(0)) for doc, _ in items)


def trained(
    lessons: Lessons,
    ids: Sequence[str],
    kinds: Sequence[str],
    *,
    seed: int = 1,
    report: Callable[[str], None] = lambda _: None,
) -> Recogniser:
    """Return a recogniser trained on the treebank and on the articles of these names.

    Parameters
    ----------
    kinds
        The kinds of the gazetteer that it is told of.
    """
    from thinc.api import Adam, NumpyOps, fix_random_seed, set_current_ops, set_dropout_rate

    set_current_ops(NumpyOps(use_blis=False))
    fix_random_seed(seed)
    recogniser = Recogniser(kinds)
    model = recogniser.model
    model.initialize(X=[lessons.treebank[0][0][0]])
    optimizer = Adam(_RATE, L2=0.01, grad_clip=1.0, use_averages=True)
    set_dropout_rate(model, _DROPOUT)
    steps, step, started = lessons.size(ids) // _BATCH + 1, 0, time.monotonic()
    for epoch, items in enumerate(lessons.rounds(ids, Random(seed))):
        loss = 0.0
        for batch in _batches(items):
            loss += _learn(model, batch)
            rising, falling = min(1.0, (step + 1) / _WARMUP), max(_LEAST_RATE, 1 - step / steps)
            optimizer.learn_rate = _RATE * rising * falling
            model.finish_update(optimizer)
            step += 1
        size = sum(len(tags) for _, tags in items)
        report(f"names: epoch {epoch + 1}/{_EPOCHS}, loss {loss / size:.4f}, {time.monotonic() - started:.0f} s")
    set_dropout_rate(model, 0.0)
    with model.use_params(optimizer.averages):
        data = recogniser.to_bytes()
    return recogniser.from_bytes(data)


def _batches(items: Sequence[Prepared]) -> Iterator[list[Prepared]]:
    batch: list[Prepared] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item[1])
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _learn(model: Any, batch: Sequence[Prepared]) -> float:
    """Read a batch and hand back its gradient (cross entropy); return the loss."""
    scores, back = model.begin_update([doc for doc, _ in batch])
    loss, slopes = 0.0, []
    for row, (_, tags) in zip(scores, batch, strict=True):
        shares, places = softmax(row), np.arange(len(tags))
        loss -= float(np.log(shares[places, tags] + 1e-9).sum())
        shares[places, tags] -= 1
        slopes.append(shares / _LOSS_SCALE)
    back(slopes)
    return loss


def kinds_in(folder: Path) -> list[str]:
    """Return the kinds of the gazetteer as they were when training began in a folder: the networks' columns."""
    path = folder / "kinds.json"
    if not path.is_file():
        path.write_text(json.dumps(all_kinds(), ensure_ascii=False), encoding="utf-8")
    kinds: list[str] = json.loads(path.read_text(encoding="utf-8"))
    return kinds


def names_of_folds(
    lessons: Lessons, articles: Sequence[Annotated], folder: Path, report: Callable[[str], None]
) -> tuple[Recogniser, dict[int, Recogniser]]:
    """Return the recogniser that is shipped, and for each fold one that has not seen it; what is found is kept."""
    kinds = kinds_in(folder)

    def one(name: str, ids: Sequence[str]) -> Recogniser:
        path = folder / f"names.{name}.bin"
        if path.is_file():
            made = Recogniser(kinds)
            made.model.initialize(X=[lessons.treebank[0][0][0]])
            return made.from_bytes(path.read_bytes())
        report(f"names: {name}, {len(ids)} articles")
        made = trained(lessons, ids, kinds, report=report)
        path.write_bytes(made.to_bytes())
        return made

    folds = {k: one(f"fold{k}", [a.id for a in articles if a.fold != k]) for k in range(FOLDS)}
    return one("all", [a.id for a in articles]), folds


def read_unseen(articles: Sequence[Annotated], folds: Mapping[int, Recogniser]) -> dict[str, Read]:
    """Return what parsed articles teach, by name, each read by the recogniser that has not seen its fold."""
    return {a.id: read(a.id, list(folds[a.fold].pipe(a.docs)), a.starts, a.names) for a in articles}


def settling_weights(
    articles: Sequence[Annotated], seen: Mapping[str, Read], without: int | None = None
) -> Iterator[Linear]:
    """Yield the weights that settle names, learned from articles as `read_unseen` read them.

    Parameters
    ----------
    without
        A fold whose articles are left out, so that the weights can be judged on them.
    """
    yield from learned([seen[a.id] for a in articles if a.fold != without])
