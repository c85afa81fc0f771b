"""A run: documents → batches → engine → store, a bounded number of batches at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, replace

from corpus_lib.corpus.build import digest
from corpus_lib.corpus.engines import Engine
from corpus_lib.corpus.ledger import Again, Ledger, fingerprint
from corpus_lib.corpus.manifest import Key, Manifest, stale_articles
from corpus_lib.corpus.store import Store
from corpus_lib.corpus.work import Copy, Options, Result, Task
from corpus_lib.model import Failure, sha256
from corpus_lib.reading import Document
from corpus_lib.version import MODEL, __version__

Progress = Callable[[int, int | None, int], None]
"""Told after each batch: documents done, their total (None where only reading would tell), how many of them failed."""

_CHARACTERS = 250_000
"""A batch of long texts is cut at so many characters."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run did: articles analysed, copies marked, inputs and articles failed, and done before.

    ``changed`` says how many of these took the place of an earlier text of their id.
    """

    analysed: int = 0
    copies: int = 0
    failed: int = 0
    skipped: int = 0
    changed: int = 0

    @property
    def done(self) -> int:
        """All documents that the run has dealt with."""
        return self.analysed + self.copies + self.failed + self.skipped


@dataclass(slots=True)
class _Batch:
    """Documents that are worked together."""

    number: int
    tasks: list[Task]

    def full(self, size: int) -> bool:
        """Say whether nothing more goes in."""
        return len(self.tasks) >= size or sum(len(d.text) for d in map(document_of, self.tasks) if d) > _CHARACTERS


def document_of(task: Task) -> Document | None:
    """Return the document of a task, if it has one."""
    return task.document if isinstance(task, Copy) else task if isinstance(task, Document) else None


class Runner:
    """One run into a store.

    Parameters
    ----------
    documents
        Gives the documents from the beginning, each time it is called.
    """

    def __init__(
        self,
        store: Store,
        documents: Callable[[], Iterable[Document | Failure]],
        engine: Engine,
        options: Options,
        *,
        batch_size: int,
        total: int | None = None,
        progress: Progress | None = None,
    ) -> None:
        self._store, self._documents, self._engine, self._options = store, documents, engine, options
        self._size, self._total, self._progress = batch_size, total, progress
        chosen = {"min_confidence": options.min_confidence, "language": options.language}
        chosen |= {"reader": getattr(options.reader, "made_by", repr(options.reader))} if options.reader else {}
        given = {k: v for k, v in chosen.items() if v}
        self._made_by = {"corpus_lib": __version__, "build": digest(), "model": MODEL, "options": given}
        self._made = fingerprint(json.dumps(self._made_by, sort_keys=True))
        self._run = Run()
        self._told: tuple[int, int | None, int] | None = None

    def go(self, *, again: Again) -> Run:
        """Do what is not done, and return what was done."""
        damaged = self._mend()
        if self._total is not None:
            self._total += len(damaged)  # each is told as a failure
        first = self._store.last() + 1
        ledger = Ledger(self._store.manifests(), self._made, again=again, first=first)
        first = self._through(_chain(damaged, self._documents()), ledger, first)
        while ledger.orphans():
            first = self._through(self._documents(), ledger, first, second=True)
        self._run = replace(self._run, changed=ledger.changed)
        del ledger  # it holds every article's id and checksum, and so does what follows
        self._clear()
        return self._run

    def _mend(self) -> list[Failure]:
        """Put the store in order after an interrupted run; set aside what is damaged, and say so."""
        failures = []
        for name in self._store.unreadable():
            self._store.set_aside_unreadable(name)
            message = (
                f"{name}: damaged; the batch is set aside in the store's folder 'damaged' and its articles are "
                "analysed again if they are given"
            )
            failures.append(Failure(name, "store", message))
        self._store.sweep()
        for manifest in self._store.manifests():
            if damage := self._store.damage(manifest):
                self._store.set_aside(manifest)
                for path in damage:
                    message = (
                        f"{path}: damaged or missing; batch {manifest.batch} is set aside in the store's folder "
                        f"'damaged' and its {len(manifest.articles)} articles are analysed again if they are given"
                    )
                    failures.append(Failure(path, "store", message))
        self._clear()
        return failures

    def _clear(self) -> None:
        """Take out of older batches what later ones replaced."""
        stale = stale_articles(self._store.manifests)
        for manifest in self._store.manifests():
            if manifest.batch in stale:
                self._store.drop(manifest, stale[manifest.batch])

    def _through(
        self, documents: Iterable[Document | Failure], ledger: Ledger, first: int, *, second: bool = False
    ) -> int:
        """Work documents through the engine; return the number of the next batch."""
        under_way: dict[Future[Result], _Batch] = {}
        number = first
        for batch in self._batches(documents, ledger, first, count=not second):
            under_way[self._engine.submit(batch.tasks, self._options)] = batch
            number = batch.number + 1
            while len(under_way) >= self._engine.slots:
                self._collect(under_way, ledger)
        while under_way:
            self._collect(under_way, ledger)
        return number

    def _batches(
        self, documents: Iterable[Document | Failure], ledger: Ledger, first: int, *, count: bool
    ) -> Iterator[_Batch]:
        batch = _Batch(first, [])
        for document in documents:
            twice = ledger.twice
            task = ledger.plan(document, batch.number)
            if task is None:
                if count:
                    self._run = replace(self._run, skipped=self._run.skipped + 1)
                continue
            if not count:
                self._uncount(copy=ledger.twice > twice)
            batch.tasks.append(task)
            if batch.full(self._size):
                yield batch
                batch = _Batch(batch.number + 1, [])
        if batch.tasks:
            yield batch
        self._tell()

    def _uncount(self, *, copy: bool) -> None:
        """Take back what a document counted for, as it is given out anew: a copy of this run, or one done before."""
        run = self._run
        self._run = replace(run, copies=run.copies - 1) if copy else replace(run, skipped=run.skipped - 1)

    def _collect(self, under_way: dict[Future[Result], _Batch], ledger: Ledger) -> None:
        """Commit the batches that are ready; wait for one."""
        ready, _ = wait(under_way, return_when=FIRST_COMPLETED)
        for future in sorted(ready, key=lambda f: under_way[f].number):
            batch = under_way.pop(future)
            error = CancelledError() if future.cancelled() else future.exception()
            result = future.result() if error is None else self._engine.rescue(batch.tasks, self._options, error)
            keys = self._commit(batch, result)
            ledger.failed(k.id for k in keys if not k.ok)

    def _commit(self, batch: _Batch, result: Result) -> tuple[Key, ...]:
        documents = [(d, t.of if isinstance(t, Copy) else None) for t in batch.tasks if (d := document_of(t))]
        keys = tuple(Key(d.id, sha256(d.text), of, d.id not in result.failed) for d, of in documents)
        failures = tuple((t.id, fingerprint(t.message)) for t in batch.tasks if isinstance(t, Failure))
        manifest = Manifest(batch.number, self._made, self._made_by, keys, failures, {})
        self._store.commit(manifest, result.parts, result.rows)
        copies = sum(k.copy_of is not None for k in keys if k.ok)
        failed = len(failures) + sum(not k.ok for k in keys)
        run = self._run
        self._run = replace(
            run,
            analysed=run.analysed + len(batch.tasks) - copies - failed,
            copies=run.copies + copies,
            failed=run.failed + failed,
        )
        self._tell()
        return keys

    def _tell(self) -> None:
        now = (self._run.done, self._total, self._run.failed)
        if self._progress is not None and now != self._told:
            self._told = now
            self._progress(*now)


def _chain(*parts: Iterable[Document | Failure]) -> Iterator[Document | Failure]:
    for part in parts:
        yield from part
