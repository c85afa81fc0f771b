"""The store on disk: one Parquet part per table and batch, and a manifest that makes the batch committed.

A store is a folder: ``articles/000001.parquet``, ``quotes/000001.parquet`` … and ``batches/000001.json``.
Every file is written under another name, flushed to the disk and renamed. Parts without a manifest are
what an interrupted run left behind; they are removed when the next one begins.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_lib.corpus.manifest import Manifest, Part, stale_articles
from corpus_lib.corpus.schema import HEAVY, TABLES, arrow_schema, encode, encoded, parquet
from corpus_lib.errors import DamagedStore, SchemaError, StoreError, UnknownTable
from corpus_lib.reading import STORE_MARK
from corpus_lib.writing import write_bytes

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA = "corpus_lib store/1"
_BATCHES, _DAMAGED, _LOCK, _EMPTY = "batches", "damaged", "lock", "000000.parquet"
_DIGITS = 6
_FILES = (".csv", ".tsv", ".txt", ".json", ".xlsx", ".xls", ".parquet", ".html", ".htm", ".pdf", ".zip", ".gz")
"""What the name of a folder does not end in."""


def write_file(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, and its folder where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_bytes(path, data)


@contextmanager
def _touching(root: Path) -> Iterator[None]:
    """Say which file of a store the system would not open, write or move, and why."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"{error.filename or root}: cannot be written ({error.strerror or error})") from error


def _is_begun(root: Path) -> bool:
    """Say whether a folder holds nothing but what an interrupted creation of a store leaves."""
    return root.is_dir() and all(_is_beginning(path.relative_to(root), path.is_dir()) for path in root.rglob("*"))


def _is_beginning(path: Path, folder: bool) -> bool:
    inside = path.parts[:-1]
    if inside and (len(inside) > 1 or inside[0] not in (*TABLES, _BATCHES)):
        return False
    if folder:
        return not inside and path.name in (*TABLES, _BATCHES)
    half_written = path.name.startswith(".") and path.suffix == ".part"
    return half_written or path.name == (_EMPTY if inside else _LOCK)


def _manifest(path: Path) -> Manifest:
    try:
        found = Manifest.read(json.loads(path.read_bytes()))
        if found.batch != int(path.stem):
            raise SchemaError(f"batch: expected {int(path.stem)}, found {found.batch}")
        return found
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror or error})") from error
    except (SchemaError, ValueError, RecursionError) as error:
        raise DamagedStore(
            f"{path}: a damaged manifest ({type(error).__name__}: {error}); analyse the same inputs into the store "
            "again: the batch is set aside in the folder 'damaged' and done anew"
        ) from error


class Store:
    """A corpus store: its committed batches, read and written."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def create(cls, root: Path) -> Store:
        """Return the store in a folder, made where there is none.

        Raises
        ------
        StoreError
            If the folder holds other things, or cannot be written.
        """
        parquet()
        if not os.path.exists(root / STORE_MARK):
            if root.suffix.lower() in _FILES and not root.is_dir():
                raise StoreError(
                    f"{root}: a corpus store is a folder, and this is a file's name; for a file or tables choose a "
                    f"format (--format, or Corpus.export), for a store a name such as {root.stem!r}"
                )
            with _touching(root):
                if root.exists() and not _is_begun(root):
                    raise StoreError(f"{root}: expected a corpus store or an empty folder, found other files")
                for table in TABLES:
                    write_file(root / table / _EMPTY, encode(table, []))
                (root / _BATCHES).mkdir(exist_ok=True)
                write_file(root / STORE_MARK, json.dumps({"schema": SCHEMA}).encode())
        return cls.open(root)

    @classmethod
    def open(cls, root: Path) -> Store:
        """Return the store in a folder.

        Raises
        ------
        StoreError
            If there is none, or it is of another schema.
        """
        parquet()
        try:
            schema = json.loads((root / STORE_MARK).read_bytes()).get("schema")
        except (OSError, ValueError, AttributeError) as error:
            raise StoreError(f"{root}: no corpus store (expected a folder with {STORE_MARK})") from error
        if schema != SCHEMA:
            raise StoreError(f"{root}: expected a store of schema {SCHEMA!r}, found {schema!r}")
        return cls(root)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other runs out of the store; the lock goes when the process does.

        Raises
        ------
        StoreError
            If another run is at work in it, or the lock cannot be written.
        """
        try:
            import fcntl
        except ImportError:  # no such locks on this system
            yield
            return
        with _touching(self.root):
            file = (self.root / _LOCK).open("w")
        with file:
            with _touching(self.root):
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError as error:
                    raise StoreError(f"{self.root}: another run is at work in this store") from error
            yield

    def manifests(self) -> Iterator[Manifest]:
        """Yield the manifests of the committed batches, in order.

        Raises
        ------
        DamagedStore
            If one cannot be read.
        """
        for path in self._manifests():
            yield _manifest(path)

    def _manifests(self) -> list[Path]:
        return sorted((self.root / _BATCHES).glob("[0-9]*.json"))

    def last(self) -> int:
        """Return the highest number of a batch, also of those set aside: none is given twice."""
        folders = (self.root / _BATCHES, self.root / _DAMAGED / _BATCHES)
        return max((int(p.stem) for f in folders for p in f.glob("[0-9]*.json") if p.stem.isdecimal()), default=0)

    def unreadable(self) -> list[str]:
        """Return the manifests that are damaged."""
        damaged = []
        for path in self._manifests():
            try:
                _manifest(path)
            except DamagedStore:
                damaged.append(f"{_BATCHES}/{path.name}")
        return damaged

    def commit(self, manifest: Manifest, parts: Mapping[str, bytes], rows: Mapping[str, int]) -> Manifest:
        """Write a batch: its parts, then the manifest that makes it count. Empty tables get no part.

        Raises
        ------
        StoreError
            If it cannot be written; nothing of the batch is left.
        """
        name = f"{manifest.batch:0{_DIGITS}}.parquet"
        return self._write(manifest, {t: (name, parts[t], rows[t]) for t in parts if rows[t]})

    def _write(self, manifest: Manifest, parts: Mapping[str, tuple[str, bytes, int]]) -> Manifest:
        written: list[Path] = []
        listed = dict(manifest.parts)
        try:
            for table, (name, data, rows) in parts.items():
                path = self.root / table / name
                write_file(path, data)
                written.append(path)
                listed[table] = Part(f"{table}/{name}", len(data), zlib.crc32(data), rows)
            done = replace(manifest, parts=listed)
            write_file(self._manifest(manifest.batch), done.to_json())
        except BaseException as error:
            for path in written:
                with suppress(OSError):
                    path.unlink()
            if isinstance(error, OSError):
                raise StoreError(
                    f"{self.root}: batch {manifest.batch} cannot be written ({error.strerror or error}); what was "
                    "committed before it is intact: make room and run the same again to go on"
                ) from error
            raise
        return done

    def _manifest(self, batch: int) -> Path:
        return self.root / _BATCHES / f"{batch:0{_DIGITS}}.json"

    def sweep(self) -> None:
        """Remove what an interrupted run left behind: parts that no manifest names, half-written files."""
        named = {p.path for m in self.manifests() for p in m.parts.values()}
        with _touching(self.root):
            begun = [self.root.glob(f".{STORE_MARK}*.part")]
            begun += [(self.root / table).glob(".*.part") for table in (*TABLES, _BATCHES)]
            for path in chain.from_iterable(begun):
                path.unlink()
            for table in TABLES:
                for path in (self.root / table).glob("[0-9]*.parquet"):
                    if path.name != _EMPTY and f"{table}/{path.name}" not in named:
                        path.unlink()

    def damage(self, manifest: Manifest) -> list[str]:
        """Return the parts of a batch that are missing or not what was written."""
        return [p.path for p in manifest.parts.values() if not self._sound(p)]

    def _sound(self, part: Part) -> bool:
        try:
            data = (self.root / part.path).read_bytes()
        except OSError:
            return False
        return len(data) == part.size and zlib.crc32(data) == part.crc32

    def set_aside(self, manifest: Manifest) -> None:
        """Move a batch out of the store, into its folder ``damaged``; nothing is deleted."""
        self._move([self._manifest(manifest.batch), *(self.root / p.path for p in manifest.parts.values())])

    def set_aside_unreadable(self, name: str) -> None:
        """Move a damaged manifest into the folder ``damaged``, with the parts that bear its number."""
        path = self.root / name
        self._move([path, *(p for table in TABLES for p in (self.root / table).glob(f"{path.stem}[.-]*parquet"))])

    def _move(self, paths: Iterable[Path]) -> None:
        with _touching(self.root):
            for path in paths:
                target = self.root / _DAMAGED / path.relative_to(self.root)
                target.parent.mkdir(parents=True, exist_ok=True)
                with suppress(FileNotFoundError):
                    os.replace(path, target)

    def drop(self, manifest: Manifest, stale: set[str]) -> None:
        """Rewrite a batch without some articles: new parts, then the manifest that names them, then the old go."""
        import pyarrow.compute as pc

        new: dict[str, tuple[str, bytes, int]] = {}
        for table, part in manifest.parts.items():
            rows = self.read_part(part, table)
            left = rows.filter(pc.invert(pc.is_in(rows["doc"], value_set=_strings(stale))))
            if left.num_rows < rows.num_rows:
                stem, _, revision = Path(part.path).stem.partition("-")
                new[table] = (f"{stem}-{int(revision or 0) + 1}.parquet", encoded(left), left.num_rows)
        kept = replace(
            manifest,
            articles=tuple(k for k in manifest.articles if k.id not in stale),
            failures=tuple(f for f in manifest.failures if f[0] not in stale),
            parts={t: p for t, p in manifest.parts.items() if t not in new},
        )
        self._write(kept, {t: n for t, n in new.items() if n[2]})
        with _touching(self.root):
            for table in new:
                (self.root / manifest.parts[table].path).unlink(missing_ok=True)

    def read_part(self, part: Part, table: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return a part as an Arrow table.

        Raises
        ------
        DamagedStore
            If the file is missing or damaged.
        """
        import pyarrow as pa

        path = self.root / part.path
        try:
            data = path.read_bytes()
            if len(data) != part.size:
                raise DamagedStore(self._damaged(path, f"{len(data)} bytes, expected {part.size}"))
            if zlib.crc32(data) != part.crc32:
                raise DamagedStore(self._damaged(path, "other bytes than were written"))
            return parquet().ParquetFile(pa.BufferReader(data)).read(columns=list(columns or TABLES[table]))
        except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
            raise DamagedStore(self._damaged(path, str(error))) from error

    @staticmethod
    def _damaged(path: Path, why: str) -> str:
        return f"{path}: damaged ({why}); analyse the same inputs into the store again, and its batch is done anew"

    def tables(self, table: str, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """Yield a table batch by batch, without rows that a later batch replaced.

        Raises
        ------
        UnknownTable
            If there is no such table or column.
        DamagedStore
            If a part is damaged.
        """
        import pyarrow.compute as pc

        wanted = self._columns(table, columns)
        stale = stale_articles(self.manifests)
        for manifest in self.manifests():
            if table not in manifest.parts:
                continue
            found = self.read_part(manifest.parts[table], table, dict.fromkeys(("doc", *wanted)).keys())  # type: ignore[arg-type]
            if gone := stale.get(manifest.batch):
                found = found.filter(pc.invert(pc.is_in(found["doc"], value_set=_strings(gone))))
            yield found.select(list(wanted))

    @staticmethod
    def _columns(table: str, columns: Sequence[str] | None) -> tuple[str, ...]:
        if table not in TABLES:
            raise UnknownTable(f"no table {table!r}; there are {', '.join(TABLES)}")
        if columns is None:
            return tuple(c for c in TABLES[table] if c not in HEAVY.get(table, ()))
        if unknown := [c for c in columns if c not in TABLES[table]]:
            raise UnknownTable(f"the table {table!r} has no column {unknown[0]!r}; it has {', '.join(TABLES[table])}")
        return tuple(columns)

    def table(self, table: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return a whole table."""
        import pyarrow as pa

        wanted = self._columns(table, columns)
        schema = pa.schema([arrow_schema(table).field(c) for c in wanted])
        found = [t.cast(schema) for t in self.tables(table, wanted)]
        return pa.concat_tables(found) if found else schema.empty_table()


def _strings(values: set[str]) -> pa.Array:
    import pyarrow as pa

    return pa.array(sorted(values), pa.string())
