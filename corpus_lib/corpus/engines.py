"""Where batches are worked: in this process, in processes of this machine, or on a Dask cluster."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext, suppress
from typing import Any, Protocol

from corpus_lib.corpus.schema import TABLES, Rows
from corpus_lib.corpus.work import Copy, Options, Result, Task, failure_rows, packed, rows_of, work
from corpus_lib.errors import BadOption, ClusterGone, MissingExtra, WorkersCannotStart
from corpus_lib.limits import PATIENCE
from corpus_lib.model import Failure

_BATCHES_PER_WORKER = 2
"""One at work and one waiting, so that no worker stands idle and memory stays bounded."""


_GLANCE = 1.0
"""Seconds until a worker looks again whether the process that began it is there."""


class Engine(Protocol):
    """Something that works batches and survives what happens to its workers."""

    @property
    def slots(self) -> int:
        """How many batches may be under way at a time."""

    def submit(self, tasks: Sequence[Task], options: Options) -> Future[Result]:
        """Begin a batch."""

    def rescue(self, tasks: Sequence[Task], options: Options, error: BaseException) -> Result:
        """Work a batch whose worker died: once more, then article by article. Raise any other error."""

    def close(self, *, now: bool) -> None:
        """Let the workers go; `now` without waiting for what they do."""


class Here:
    """The calling process, one batch at a time."""

    slots = 1

    def submit(self, tasks: Sequence[Task], options: Options) -> Future[Result]:
        """Work a batch and return it as done."""
        future: Future[Result] = Future()
        future.set_result(work(tasks, options))
        return future

    def rescue(self, tasks: Sequence[Task], options: Options, error: BaseException) -> Result:
        """Raise the error: there is no worker that could have died."""
        raise error

    def close(self, *, now: bool) -> None:
        """Nothing is held."""


class Processes:
    """Processes of this machine; each loads the model once."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self.slots = _BATCHES_PER_WORKER * workers
        self._pool = self._start()

    def _start(self) -> ProcessPoolExecutor:
        pool = ProcessPoolExecutor(
            self._workers, mp_context=multiprocessing.get_context("spawn"), initializer=_begin_worker
        )
        try:
            pool.submit(os.getpid).result()
        except BrokenProcessPool as error:
            raise WorkersCannotStart(
                "the worker processes ended before they began; a script must call analyse under "
                'if __name__ == "__main__":, because each of them imports it'
            ) from error
        return pool

    def submit(self, tasks: Sequence[Task], options: Options) -> Future[Result]:
        """Begin a batch; with new workers where the old are gone."""
        return self._begun(work, tasks, options)

    def _begun(self, do: Callable[..., Any], tasks: Sequence[Task], options: Options) -> Future[Any]:
        try:
            return self._pool.submit(do, tasks, options)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = self._start()
            return self._pool.submit(do, tasks, options)

    def rescue(self, tasks: Sequence[Task], options: Options, error: BaseException) -> Result:
        """Work a batch again after a worker died; what kills one by itself becomes an error row."""
        if not isinstance(error, BrokenProcessPool):
            raise error
        try:
            done: Result = self._begun(work, tasks, options).result()
        except BrokenProcessPool:
            return _one_by_one(tasks, lambda t: self._begun(rows_of, t, options), BrokenProcessPool, options)
        return done

    def close(self, *, now: bool) -> None:
        """End the workers.

        A worker that is ended while it hands in a result leaves a part of it. Who waits for the rest learns that none
        comes once nobody else could write it: this process lets go of that end of the pipe first.
        """
        running = list((getattr(self._pool, "_processes", None) or {}).values()) if now else []
        results = getattr(self._pool, "_result_queue", None) if now else None
        self._pool.shutdown(wait=not now, cancel_futures=True)
        with suppress(AttributeError, OSError):
            results._writer.close()  # type: ignore[union-attr]
        for process in running:
            process.terminate()


class Dask:
    """The workers of a Dask client; the client stays its owner's."""

    def __init__(self, client: Any) -> None:
        from distributed.scheduler import KilledWorker

        self._client = client
        self._killed: type[BaseException] = KilledWorker
        self._executor: Executor = client.get_executor(pure=False)
        threads = sum(client.nthreads().values())
        self.slots = _BATCHES_PER_WORKER * max(1, threads)

    def submit(self, tasks: Sequence[Task], options: Options) -> Future[Result]:
        """Begin a batch."""
        with self._there():
            return self._executor.submit(work, tasks, options)

    def rescue(self, tasks: Sequence[Task], options: Options, error: BaseException) -> Result:
        """Work a batch article by article; Dask itself has tried it several times already."""
        with self._there():
            if not isinstance(error, self._killed):
                raise error
            return _one_by_one(tasks, lambda t: self._executor.submit(rows_of, t, options), self._killed, options)

    @contextmanager
    def _there(self) -> Iterator[None]:
        """Say that the cluster is gone, where something failed because of it."""
        try:
            yield
        except (Exception, CancelledError) as error:
            if isinstance(error, CancelledError) or self._client.status != "running":
                raise ClusterGone(
                    f"the Dask cluster went away ({type(error).__name__}); what was committed stays: run the same "
                    "again with a client of a running cluster to go on"
                ) from error
            raise

    def close(self, *, now: bool) -> None:
        """Give up what is not begun."""
        with suppress(Exception) if now else nullcontext():  # a cluster that is gone cannot be told
            self._executor.shutdown(wait=not now)


def check_client(client: object) -> None:
    """Check that something is a Dask client at work.

    Raises
    ------
    BadOption
        If it is not.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingExtra("client= needs Dask: pip install corpus_lib[scale]") from error
    if not isinstance(client, Client):
        raise BadOption(f"client: found {client!r:.100}, expected a distributed.Client, such as Client('tcp://…:8786')")
    if client.asynchronous or client.status != "running":
        state = "asynchronous" if client.asynchronous else client.status
        raise BadOption(f"client: found one that is {state}, expected one that is running and not asynchronous")


def _one_by_one(
    tasks: Sequence[Task],
    begin: Callable[[Sequence[Task]], Future[Rows]],
    killed: type[BaseException],
    options: Options,
) -> Result:
    rows: Rows = {table: [] for table in TABLES}
    for task in tasks:
        begun = time.monotonic()
        try:
            new = begin([task]).result()
        except killed:
            new = failure_rows(_killer(task, time.monotonic() - begun, options.seconds))
        for table, found in new.items():
            rows[table] += found
    return packed(rows)


def _killer(task: Task, took: float, limit: float | None) -> Failure:
    """Return the error of an article whose worker ended, alone and together with others."""
    name = task.document.id if isinstance(task, Copy) else task.id
    if limit is not None and took >= PATIENCE * limit:
        message = f"{name}: not done after {PATIENCE * limit:g} seconds, and its process had to be ended"
        return Failure(name, "time", f"{message}; the limit is seconds=")
    message = f"{name}: the process that analysed it was killed, alone and together with others (out of memory?)"
    return Failure(name, "worker", message)


def _begin_worker() -> None:
    """Leave Ctrl-C to the process that began the workers, and end when it is gone, however it ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    while parent.is_alive() and os.getppid() == parent.pid:
        parent.join(_GLANCE)
    os._exit(1)
