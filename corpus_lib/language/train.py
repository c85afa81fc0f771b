"""Train the shipped pipeline: ``python -m corpus_lib.language.train TREEBANK_DIR OUT_DIR``.

First the core is trained from scratch (tags, morphology, trees, lemmas); it reads floret vectors made beforehand from
raw newspaper text. Then the names, on the core's encoder, which stays as it is: the recogniser on the treebank and on
annotated articles, five more that have each not seen a fifth of the articles, and with these the weights that settle
names over an article. A run that was interrupted goes on from its last checkpoint.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from corpus_lib.language.packing import pack, rounded, unpack
from corpus_lib.language.treebank import (
    LONG_PASSAGES,
    PASSAGES,
    Lengths,
    TreebankDocument,
    passages,
    read_conllu,
    to_doc,
    words_only,
)
from corpus_lib.language.typography import modern, varied

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example
    from spacy.vocab import Vocab
    from thinc.api import Model

LANGUAGES = ("nb", "nn")
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast the core is trained; the learning rate rises, then falls to nothing."""

    steps: int
    batch_words: int = 1200
    learn_rate: float = 0.0015
    warmup: int = 300
    dropout: float = 0.15
    checkpoint_every: int = 500

    def rate(self, step: int) -> float:
        """Return the learning rate at a step."""
        rising = min(1.0, (step + 1) / self.warmup)
        falling = max(0.0, (self.steps - step) / max(1, self.steps - self.warmup))
        return self.learn_rate * min(rising, falling, 1.0)


CORE = Schedule(steps=10_000, dropout=0.2)
LONGER = Schedule(steps=1600, batch_words=1600, learn_rate=0.0004, warmup=150, dropout=0.2)
"""A second, gentler round of the core on longer passages, after which it is blended with the first."""

BLEND = 0.27
"""The weight of the second round; chosen on the dev documents, where each round alone misses what the other has."""


def epoch(
    nlp: Language, documents: Sequence[TreebankDocument], random: Random, lengths: Lengths = PASSAGES
) -> Iterator[Example]:
    """Yield every passage once, in random order, each in a typography drawn for it."""
    from spacy.training import Example

    cut = [p for d in documents for p in passages(d, random, lengths)]
    random.shuffle(cut)
    for passage in cut:
        reference = to_doc(nlp.vocab, varied(passage, random))
        yield Example(words_only(nlp.vocab, reference), reference)


def batches(
    nlp: Language, documents: Sequence[TreebankDocument], random: Random, words: int, lengths: Lengths = PASSAGES
) -> Iterator[list[Example]]:
    """Yield batches of about so many words, epoch after epoch, without end."""
    while True:
        batch: list[Example] = []
        size = 0
        for example in epoch(nlp, documents, random, lengths):
            batch.append(example)
            size += len(example.reference)
            if size >= words:
                yield batch
                batch, size = [], 0


def blank(config: Path, vectors: Path | None) -> Language:
    """Return the untrained pipeline of a configuration file, with its vectors."""
    from spacy.util import load_config, load_model_from_config

    from corpus_lib.language.tokenizer import norwegian_tokenizer

    nlp = load_model_from_config(load_config(config), auto_fill=True)
    nlp.tokenizer = norwegian_tokenizer(nlp)
    if vectors is not None:
        read_floret(nlp.vocab, vectors)
    return nlp


def read_floret(vocab: Vocab, path: Path) -> None:
    """Give a vocabulary the floret vectors of a ``.floret`` file, in the precision that ships (8 bits a value)."""
    import numpy as np
    from spacy.vectors import Vectors

    with path.open(encoding="utf-8") as file:
        buckets, dim, minn, maxn, hashes, seed, begin, end = file.readline().split()
        table = np.zeros((int(buckets), int(dim)), dtype="float32")
        for line in file:
            row, *values = line.split()
            table[int(row)] = [float(v) for v in values]
    vocab.vectors = Vectors(
        strings=vocab.strings,
        data=rounded(table),
        mode="floret",
        minn=int(minn),
        maxn=int(maxn),
        hash_count=int(hashes),
        hash_seed=int(seed),
        bow=begin,
        eow=end,
    )


def _shown(line: str) -> None:
    sys.stderr.write(line + "\n")


def train_core(
    documents: Sequence[TreebankDocument],
    schedule: Schedule,
    vectors: Path | None,
    out: Path,
    *,
    seed: int = 1,
    config: Path | None = None,
    lengths: Lengths = PASSAGES,
    report: Callable[[str], None] = _shown,
) -> Path:
    """Train the core and return the folder that holds it; goes on from a checkpoint found there."""
    import spacy
    from thinc.api import NumpyOps, fix_random_seed, set_current_ops

    set_current_ops(NumpyOps(use_blis=False))
    fix_random_seed(seed)
    random = Random(seed)
    folder, state = out / "core", out / "core" / "state.json"
    out.mkdir(parents=True, exist_ok=True)
    nlp = blank(config or HERE / "core.cfg", vectors)
    first = 0
    optimizer = nlp.initialize(lambda: list(epoch(nlp, documents, Random(seed))))
    if state.exists():
        first = json.loads(state.read_text())["step"]
        _take_weights(nlp, spacy.load(folder))
        random = Random(seed + first)
    optimizer.grad_clip = 1.0
    optimizer.L2 = 0.01
    started = time.monotonic()
    losses: dict[str, float] = {}
    source = batches(nlp, documents, random, schedule.batch_words, lengths)
    for step in range(first, schedule.steps):
        optimizer.learn_rate = schedule.rate(step)
        nlp.update(next(source), sgd=optimizer, drop=schedule.dropout, losses=losses)
        done = step + 1
        if done % 100 == 0:
            report(_progress(done, first, schedule.steps, started, losses))
            losses = {}
        if done % schedule.checkpoint_every == 0 or done == schedule.steps:
            with nlp.use_params(optimizer.averages):
                nlp.to_disk(folder)
            state.write_text(json.dumps({"step": done, **asdict(schedule)}))
    return folder


def _take_weights(nlp: Language, saved: Language) -> None:
    """Give an initialised pipeline the weights of a saved one (a loaded edit-tree lemmatiser no longer learns)."""
    for name in nlp.pipe_names:
        _model(nlp, name).from_bytes(_model(saved, name).to_bytes())


def _model(nlp: Language, name: str) -> Model[Any, Any]:
    component: Any = nlp.get_pipe(name)
    model: Model[Any, Any] = component.model
    return model


def with_lemmas(core: Language, documents: Mapping[str, Sequence[TreebankDocument]]) -> Language:
    """Return the core with the lemma tables of each language behind it.

    Parameters
    ----------
    documents
        The training documents by language.
    """
    from corpus_lib.language.components import LEMMAS, Lemmas, lemma_table

    lemmas = core.add_pipe(LEMMAS)
    if isinstance(lemmas, Lemmas):
        lemmas.tables = {
            language: lemma_table((w.form, w.upos, w.lemma) for d in found for s in d.sentences for w in s.words)
            for language, found in documents.items()
        }
    return core


def add_names(
    nlp: Language, treebank: Sequence[TreebankDocument], gold: Sequence[Path], out: Path, further: Path | None = None
) -> None:
    """Train the names on a pipeline's encoder, and add them to it.

    The weights that settle them go into ``names/`` of a folder. Into ``folds/K/`` go a pipeline and the weights of its
    names that were learned without fold K: what is learned from names, and judged, out of fold reads these.
    """
    from corpus_lib.language.names.recogniser import NAMES
    from corpus_lib.language.names.training import Lessons, kinds_in, names_of_folds, read_annotated, read_unseen

    names = out / "names"
    names.mkdir(parents=True, exist_ok=True)
    articles = read_annotated(nlp, gold, further)
    recogniser, folds = names_of_folds(Lessons(nlp, treebank, articles), articles, names, _shown)
    for article in articles:
        list(nlp.pipe(article.docs))
    seen = read_unseen(articles, folds)
    made: Any = nlp.add_pipe(NAMES, name="ner", config={"kinds": kinds_in(names)})
    for fold, one in folds.items():
        folder = out / "folds" / str(fold)
        if not (folder / "norwegian.zip").exists():
            _write_settling(articles, seen, folder, fold)
            made.model = one.model
            pack(nlp, folder / "norwegian.zip")
    _write_settling(articles, seen, names)
    made.model = recogniser.model


def _write_settling(articles: Sequence[Any], seen: Mapping[str, Any], folder: Path, without: int | None = None) -> None:
    from corpus_lib.language.names.training import settling_weights
    from corpus_lib.learned.linear import keep_weights

    for model in settling_weights(articles, seen, without):
        keep_weights(model, folder)
    _shown(f"names settled: {folder}")


def scores(nlp: Language, treebank: Path) -> dict[str, dict[str, float]]:
    """Return the figures on the dev documents: each language in the treebank's typography and in today's."""
    from corpus_lib.language.lexicon import verbs
    from corpus_lib.language.scoring import score

    saying = {v.lemma for v in verbs("saying") if v.use in ("say", "opine", "ask") and not v.particle}
    table = {}
    for language in LANGUAGES:
        documents = read_conllu(treebank / f"dev.{language}.conllu")
        rewritten = [replace(d, sentences=tuple(modern(d.sentences))) for d in documents]
        table[language] = score(nlp, documents, saying)
        table[f"{language} modern"] = score(nlp, rewritten, saying)
    return table


def as_table(figures: Mapping[str, Mapping[str, float]]) -> str:
    """Return figures as a Markdown table, a column for each set."""
    names = list(next(iter(figures.values())))
    rows = [["", *figures], ["---"] * (len(figures) + 1)]
    rows += [[name, *(f"{column.get(name, float('nan')):.4f}" for column in figures.values())] for name in names]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def main(argv: Sequence[str] | None = None) -> int:
    """Train the core, then the names, pack and score."""
    parser = argparse.ArgumentParser(prog="python -m corpus_lib.language.train", description=__doc__)
    parser.add_argument("treebank", type=Path, help="folder with train.nb.conllu, train.nn.conllu, extra.*, dev.*")
    parser.add_argument("out", type=Path, help="folder for checkpoints, the packed model and scores.json")
    parser.add_argument("--vectors", type=Path, help="floret vectors (python -m corpus_lib.language.vectors)")
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="folders of articles with annotated names")
    parser.add_argument("--further", type=Path, help="folder of layers annotated beside them, SOURCE/NAME.json")
    parser.add_argument("--names", action="store_true", help="train only the names, on the shipped core")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--score", action="store_true", help="only score the packed model in OUT, or the shipped one")
    options = parser.parse_args(argv)
    if options.score:
        _score(options.treebank, options.out)
        return 0
    documents = {
        language: [
            d for part in ("train", "extra") for d in read_conllu(options.treebank / f"{part}.{language}.conllu")
        ]
        for language in LANGUAGES
    }
    together = [d for found in documents.values() for d in found]
    if options.names:
        nlp = unpack(HERE / "model" / "norwegian.zip", exclude={"ner"})
    elif options.vectors is None:
        parser.error("--vectors is needed: make them with python -m corpus_lib.language.vectors")
    else:
        nlp = with_lemmas(_core(options, together), documents)
    add_names(nlp, together, options.gold, options.out, options.further)
    pack(nlp, options.out / "norwegian.zip")
    _score(options.treebank, options.out)
    return 0


def _core(options: argparse.Namespace, documents: Sequence[TreebankDocument]) -> Language:
    """Train the core: every second Nynorsk tree is read twice, and a second, gentler round follows."""
    out = options.out
    documents = [*documents, *read_conllu(options.treebank / "train.nn.conllu")[::2]]
    first = train_core(documents, CORE, options.vectors, out / "first", seed=options.seed)
    second = out / "second"
    if not second.exists():
        shutil.copytree(first, second / "core")
        (second / "core" / "state.json").write_text(json.dumps({"step": 0}))
    train_core(documents, LONGER, options.vectors, second, seed=options.seed, lengths=LONG_PASSAGES)
    return blended(first, second / "core", BLEND)


def blended(first: Path, second: Path, share: float) -> Language:
    """Return the first pipeline with a share of the second's weights in its encoder, tagger and parser."""
    import spacy

    nlp, other = spacy.load(first), spacy.load(second)
    for name in ("tok2vec", "morphologizer", "parser"):
        pairs = zip(_model(nlp, name).walk(), _model(other, name).walk(), strict=True)
        for mine, theirs in pairs:
            for parameter in mine.param_names:
                if mine.has_param(parameter):
                    mixed = (1 - share) * mine.get_param(parameter) + share * theirs.get_param(parameter)
                    mine.set_param(parameter, mixed)
    return nlp


def _score(treebank: Path, out: Path) -> None:
    from corpus_lib.learned.linear import weights_in

    packed = out / "norwegian.zip"
    with weights_in(out / "names"):
        figures = scores(unpack(packed if packed.exists() else HERE / "model" / "norwegian.zip"), treebank)
    if packed.exists():
        (out / "scores.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(as_table(figures) + "\n")


def _progress(done: int, first: int, steps: int, started: float, losses: dict[str, float]) -> str:
    seconds = time.monotonic() - started
    left = seconds / (done - first) * (steps - done)
    bar = "#" * (20 * done // steps)
    shown = " ".join(f"{k} {v:.0f}" for k, v in losses.items())
    return f"core [{bar:20}] {done}/{steps} {seconds / 60:.1f} min, {left / 60:.1f} min left  {shown}"


if __name__ == "__main__":
    sys.exit(main())
