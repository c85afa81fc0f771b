"""Many articles: read lazily, analysed into a Parquet store that survives interruptions, given as frames."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus_lib.analysis import Analysis, Reader
from corpus_lib.corpus.demands import demands_by_month
from corpus_lib.corpus.engines import Dask, Engine, Here, Processes, check_client
from corpus_lib.corpus.exporting import ExportFormat, export
from corpus_lib.corpus.ledger import Again
from corpus_lib.corpus.running import Progress, Run, Runner
from corpus_lib.corpus.schema import MEANING, TABLES, to_frame, type_of
from corpus_lib.corpus.store import Store
from corpus_lib.corpus.work import Options, check, is_count
from corpus_lib.errors import InputError, MalformedRecord, NotAnalysed
from corpus_lib.model import Failure
from corpus_lib.reading import (
    Columns,
    Document,
    count_documents,
    document_or_failure,
    listed,
    paths_of,
    read_documents,
)

if TYPE_CHECKING:
    import pandas as pd

    from corpus_lib.stories import Story

__all__ = ["MEANING", "TABLES", "Corpus", "Options", "Progress", "Run", "type_of"]

BATCH = 64
"""Articles a batch: what an interruption can cost, and what stands in a worker's memory."""


@dataclass(frozen=True, slots=True, repr=False)
class Corpus:
    """Many articles, and where they are analysed, their results.

    Parameters
    ----------
    documents
        Gives the documents from the beginning, each time it is called.
    name
        What the corpus is called in messages.
    total
        How many documents there are, where that is known without reading them.
    store
        The results; None before the corpus is analysed.
    run
        What the run that made this corpus did.
    """

    documents: Callable[[], Iterable[Document | Failure]]
    name: str
    total: int | None = None
    store: Store | None = None
    run: Run | None = None

    @classmethod
    def read(
        cls,
        *paths: str | Path,
        text: str = "text",
        id: str | None = "id",
        date: str | None = "date",
        title: str | None = "title",
        source: str | None = "source",
        encoding: str = "utf-8",
    ) -> Corpus:
        """Return the corpus of files, folders and glob patterns; nothing is read yet.

        Parameters
        ----------
        paths
            ``.txt``, ``.jsonl`` or ``.ndjson``, ``.csv`` or ``.tsv``, ``.parquet``, ``.html``; packed or in a ``.zip``
            too; ``.json`` where it is named.
        text, id, date, title, source
            What the columns of tables and records are called.
        encoding
            How the bytes are to be read.
        """
        columns, given = Columns(text, id, date, title, source), paths_of(paths)
        return cls(
            lambda: read_documents(given, encoding=encoding, columns=columns),
            name=", ".join(given),
            total=count_documents(given),
        )

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame,
        *,
        text: str = "text",
        id: str | None = None,
        date: str | None = None,
        title: str | None = None,
        source: str | None = None,
    ) -> Corpus:
        """Return the corpus of a DataFrame's rows; without an `id`, the index names them.

        Raises
        ------
        InputError
            If the frame lacks a column that was named.

        Examples
        --------
        >>> import pandas as pd
        >>> frame = pd.DataFrame({"body": ["Ap varsler kamp mot forslaget."], "url": ["no/1"]})
        >>> [d.id for d in Corpus.from_frame(frame, text="body", id="url").documents()]
        ['no/1']
        """
        import pandas as pd

        if not isinstance(frame, pd.DataFrame):
            raise MalformedRecord(f"expected a DataFrame, found {type(frame).__name__}")
        if frame.columns.nlevels > 1:
            raise MalformedRecord(
                f"the frame has columns in several levels, such as {frame.columns[0]!r:.100}; flatten them"
            )
        columns = Columns(text, id, date, title, source)
        named = [text, *columns.named().values()]
        if twice := [c for c in named if list(frame.columns).count(c) > 1]:
            raise MalformedRecord(f"the frame has several columns called {twice[0]!r}")
        if missing := [c for c in named if c not in frame.columns]:
            raise MalformedRecord(f"the frame lacks the column {missing[0]!r}; it has {listed(list(frame.columns))}")
        return cls(lambda: _rows(frame, named, columns), name="a DataFrame", total=len(frame))

    @classmethod
    def from_texts(cls, *texts: str | Mapping[str, str]) -> Corpus:
        """Return the corpus of texts in memory, pasted ones for example; a mapping gives them their ids.

        Examples
        --------
        >>> [d.id for d in Corpus.from_texts("Ap varsler kamp.", {"nav": "Nav svarer ikke."}).documents()]
        ['text1', 'nav']
        """
        named = [(i, t) for n, given in enumerate(texts, 1) for i, t in _named(given, f"text{n}")]
        columns = Columns()
        return cls(
            lambda: (document_or_failure({"id": i, "text": t}, i, i, columns) for i, t in named),
            name=f"{len(named)} texts",
            total=len(named),
        )

    @classmethod
    def open(cls, path: str | Path) -> Corpus:
        """Return the corpus of a store; its tables are read when they are asked for.

        Raises
        ------
        StoreError
            If there is no store.
        """
        return cls(lambda: (), name=str(path), store=Store.open(Path(path)))

    def __repr__(self) -> str:
        """Return the name and what is known of it."""
        size = "" if self.total is None else f", {self.total} documents"
        return f"<Corpus of {self.name}{size}{'' if self.store is None else f', analysed in {self.store.root}'}>"

    def analyse(
        self,
        store: str | Path,
        *,
        client: Any = None,
        workers: int = 1,
        batch_size: int = BATCH,
        again: Again = False,
        min_confidence: float = 0.0,
        language: str | None = None,
        seconds: float | None = Options().seconds,
        characters: int | None = Options().characters,
        progress: Progress | None = None,
        reader: Reader | None = None,
    ) -> Corpus:
        """Analyse what is new or changed into a store, and return the corpus with it.

        A run that was interrupted goes on where it stopped when it is begun again; exact copies are
        analysed once; what fails stands in the table ``errors`` and does not stop the rest.

        Parameters
        ----------
        store
            The folder of the store; made where there is none.
        client
            A Dask client (``distributed.Client``), preferably with one thread a worker.
        workers
            Processes of this machine, without a client; 1 works in this process.
        batch_size
            Articles that are written together; an interruption costs at most the batches under way.
        again
            True does everything anew; ``"failed"`` what failed before.
        min_confidence
            What is less sure is left out (0–1).
        language
            ``nb`` or ``nn`` for all; None lets each text decide.
        seconds, characters
            Time and length that no article may exceed; None for no limit. What exceeds them becomes an error
            row. In this process a loop in compiled code cannot be interrupted; a worker is ended and begun anew.
        progress
            Called after each batch with the number of documents done, their total (None where only reading
            would tell), and how many of them failed.
        reader
            A second reader (`corpus_lib.reader.SecondReader`); without it nothing is sent anywhere. Give it a `cache`:
            a run that goes on then asks nothing twice.

        Raises
        ------
        MissingExtra
            If pyarrow is not installed.
        BadOption
            If an option is beyond its bounds; the store is not touched then.
        StoreError
            If the store cannot be written (a full disk); what is committed stays.
        ClusterGone
            If the client's cluster goes away; what is committed stays.
        """
        options = Options(language, min_confidence, seconds, characters, reader=reader)
        check("workers", workers, is_count(workers), "a whole number above 0")
        check("batch_size", batch_size, is_count(batch_size), "a whole number above 0")
        check("again", again, isinstance(again, bool) or again == "failed", "True, False or 'failed'")
        if client is not None:
            check_client(client)
        target = Store.create(Path(store))
        with target.locked():
            engine: Engine = Dask(client) if client is not None else Processes(workers) if workers > 1 else Here()
            runner = Runner(
                target, self.documents, engine, options, batch_size=batch_size, total=self.total, progress=progress
            )
            run = _finished(runner, engine, target, again)
        return Corpus(self.documents, self.name, self.total, target, run)

    def _store(self) -> Store:
        if self.store is None:
            raise NotAnalysed(f"{self!r} has no results yet: call analyse(folder), or Corpus.open(folder)")
        return self.store

    def frame(self, table: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return a table of the store as a DataFrame, with the types of `Analysis.frame`.

        Parameters
        ----------
        table
            ``articles``, ``blocks``, ``actors``, ``quotes``, ``demands``, ``responses``, ``comparison``, ``errors``.
        columns
            Only these are read. None: all, without the long ``record`` of ``articles``.

        Raises
        ------
        UnknownTable
            If there is no such table or column.
        DamagedStore
            If a file of the store is damaged.
        """
        return to_frame(self._store().table(table, columns))

    def frames(self, table: str, columns: Sequence[str] | None = None) -> Iterator[pd.DataFrame]:
        """Yield a table batch by batch, for what does not fit into memory."""
        return (to_frame(t) for t in self._store().tables(table, columns))

    def analysis(self, doc: str) -> Analysis:
        """Return the analysis of one article as it was stored; of a copy, that of its original.

        Raises
        ------
        InputError
            If the store has no such article.
        """
        row = self._article(doc)
        if row["copy_of"] is not None:
            row = self._article(row["copy_of"])
        import json

        return Analysis.from_dict(json.loads(row["record"]), row["text"])

    def analyses(self) -> Iterator[Analysis]:
        """Yield the analyses of the store, one in memory at a time; copies of other articles have none of their own."""
        import json

        for frame in self.frames("articles", ["text", "record"]):
            for text, record in frame.itertuples(index=False):
                if record is not None:
                    yield Analysis.from_dict(json.loads(record), text)

    def demands_by_month(self) -> pd.DataFrame:
        """Return one row an actor and month: how many demands it put, and how they were answered.

        Of exact copies the original alone counts. See `corpus_lib.corpus.demands.demands_by_month`.
        """
        needed = {
            "demands": ["doc", "id", "kind", "actor", "date", "members"],
            "comparison": ["doc", "demand", "stance"],
            "articles": ["doc", "date", "published"],
        }
        return demands_by_month(*(self.frame(table, columns) for table, columns in needed.items()))

    def sources(self) -> pd.DataFrame:
        """Return who is quoted in all articles, one row a quotation and speaker; copies of other articles are left out.

        See `Analysis.sources` and `corpus_lib.sources.shares`, which sums them with intervals by article.
        """
        from corpus_lib.sources.auditing import frame_of, rows

        return frame_of([row for a in self.analyses() for row in rows(a.article, a.actors, a.quotes)])

    def hearing(self) -> pd.DataFrame:
        """Return who is called on, accused or criticised in an article, and whether they are heard in that article.

        See `Analysis.hearing`: a list to check, no verdict.
        """
        import pandas as pd

        from corpus_lib.sources import HEARING

        frames = [a.hearing() for a in self.analyses()]
        kept = [frame for frame in frames if len(frame)]
        return pd.concat(kept, ignore_index=True) if kept else pd.DataFrame(columns=list(HEARING), dtype="object")

    def stories(self, *, client: Any = None) -> list[Story]:
        """Return the stories that the articles of the store tell, those with most articles first.

        What is kept of each batch lies in the store's folder ``stories``: when articles come, they alone are read, and
        join the stories there are.

        Parameters
        ----------
        client
            A Dask client, whose workers read the batches.
        """
        from corpus_lib.corpus.stories import stories_of_store

        if client is not None:
            check_client(client)
        return stories_of_store(self._store(), client)

    def story(self, about: str | None = None, *, client: Any = None) -> Story:
        """Return one story: who demands what, and what it is answered, across articles and over time.

        Parameters
        ----------
        about
            The id of an article, or words of a name, a headline or a demand; without it the story with most articles.

        Raises
        ------
        InputError
            If there is no such story.
        """
        from corpus_lib.corpus.stories import story_about

        return story_about(self.stories(client=client), about)

    def demands_over_time(self) -> pd.DataFrame:
        """Return one row a demand of all stories: who, of whom, when first and last, how often told, by which outlets.

        With it go the answers in order of time, each with its words, and the state at the end: met, partly, refused,
        withdrawn or open. A reprint does not count as told. See `corpus_lib.stories.frame`.
        """
        from corpus_lib.stories import frame

        return frame(self.stories(), "demands")

    def export(self, path: str | Path, format: ExportFormat = "csv", *, excel: bool = False) -> tuple[Path, ...]:
        """Write the store for other programs, batch by batch, and return the files.

        Parameters
        ----------
        path
            A folder for ``csv`` and ``parquet`` (a file a table), a file for ``jsonl``.
        format
            ``csv`` (UTF-8), ``parquet``, or ``jsonl``: the wire format ``corpus_lib/1``, a line an article.
        excel
            With ``csv``: a byte-order mark, ``;`` between cells and decimal commas, as in Norway.

        Raises
        ------
        UnknownTable
            If there is no such format, or ``excel`` is asked of another than ``csv``.
        StoreError
            If the files cannot be written.
        """
        return export(self._store(), Path(path), format, excel=excel)

    def _article(self, doc: str) -> dict[str, Any]:
        store = self._store()
        for manifest in reversed(list(store.manifests())):
            if "articles" in manifest.parts and any(k.id == doc and k.ok for k in manifest.articles):
                found = store.read_part(manifest.parts["articles"], "articles", ("doc", "copy_of", "text", "record"))
                at: int = found["doc"].to_pylist().index(doc)
                row: dict[str, Any] = found.slice(at, 1).to_pylist()[0]
                return row
        raise InputError(f"{store.root}: no article {doc!r} (the table errors says what failed)")


def _named(given: str | Mapping[str, str], name: str) -> Iterable[tuple[str, str]]:
    return [(name, given)] if isinstance(given, str) else given.items()


def _rows(frame: pd.DataFrame, named: Sequence[str], columns: Columns) -> Iterator[Document | Failure]:
    """Yield the documents of a frame's rows."""
    values = zip(frame.index, *(frame[c] for c in named), strict=True)
    for place, (label, *row) in enumerate(values):
        record = dict(zip(named, row, strict=True))
        name = str(label) if columns.id is None else f"row {place}"
        yield document_or_failure(record, f"row {label}", name, columns)


def _finished(runner: Runner, engine: Engine, store: Store, again: Again) -> Run:
    try:
        run = runner.go(again=again)
    except BaseException as error:
        engine.close(now=True)
        if isinstance(error, KeyboardInterrupt):
            error.add_note(f"interrupted: what is in {store.root} is whole; run the same again to go on from there")
        raise
    engine.close(now=False)
    return run
