"""The store on disk: one Parquet part per table and batch, and a manifest that makes the batch committed.

A store is a folder: ``articles/000001.parquet``, ``quotes/000001.parquet`` … and ``batches/000001.json``.
Every file is written under another name, flushed to the disk and renamed. Parts without a manifest are
what an interrupted run left behind; they are removed when the next one begins.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus_lib.corpus.schema import HEAVY, TABLES, arrow_schema, encode, encoded, parquet
from corpus_lib.errors import DamagedStore, StoreError, UnknownTable
from corpus_lib.reading import STORE_MARK

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA = "corpus_lib store/1"
_BATCHES, _DAMAGED, _LOCK, _EMPTY = "batches", "damaged", "lock", "000000.parquet"
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file of a batch: its place in the store, what it weighs and holds."""

    path: str
    size: int
    crc32: int
    rows: int


@dataclass(frozen=True, slots=True)
class Key:
    """One article of a batch: id and checksum of its text, whose copy it is, and whether it was analysed."""

    id: str
    sha256: str
    copy_of: str | None = None
    ok: bool = True


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a committed batch holds.

    Parameters
    ----------
    made
        Fingerprint of what made it: version of library and model, options.
    failures
        Inputs that could not be read: (id, fingerprint of the message).
    """

    batch: int
    made: str
    made_by: Mapping[str, Any]
    articles: tuple[Key, ...]
    failures: tuple[tuple[str, str], ...]
    parts: Mapping[str, Part]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Manifest:
        """Return the manifest of its JSON."""
        return cls(
            batch=data["batch"],
            made=data["made"],
            made_by=data["made_by"],
            articles=tuple(Key(*k) for k in data["articles"]),
            failures=tuple((i, m) for i, m in data["failures"]),
            parts={table: Part(**p) for table, p in data["parts"].items()},
        )

    def to_json(self) -> bytes:
        """Return the manifest as JSON."""
        keys = [[k.id, k.sha256, k.copy_of, k.ok] for k in self.articles]
        parts = {table: asdict(p) for table, p in self.parts.items()}
        return json.dumps(
            {
                "batch": self.batch,
                "made": self.made,
                "made_by": dict(self.made_by),
                "articles": keys,
                "failures": self.failures,
                "parts": parts,
            },
            ensure_ascii=False,
        ).encode()


def write_file(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


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
        if not (root / STORE_MARK).exists():
            if root.exists() and (not root.is_dir() or any(root.iterdir())):
                raise StoreError(f"{root}: expected a corpus store or an empty folder, found other files")
            try:
                for table in TABLES:
                    write_file(root / table / _EMPTY, encode(table, []))
                (root / _BATCHES).mkdir(exist_ok=True)
                write_file(root / STORE_MARK, json.dumps({"schema": SCHEMA}).encode())
            except OSError as error:
                raise StoreError(f"{root}: cannot be written ({error.strerror})") from error
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
            If another run is at work in it.
        """
        try:
            import fcntl
        except ImportError:  # no such locks on this system
            yield
            return
        with (self.root / _LOCK).open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise StoreError(f"{self.root}: another run is at work in this store") from error
            yield

    def manifests(self) -> Iterator[Manifest]:
        """Yield the manifests of the committed batches, in order.

        Raises
        ------
        DamagedStore
            If one cannot be read.
        """
        for path in sorted((self.root / _BATCHES).glob("[0-9]*.json")):
            try:
                yield Manifest.read(json.loads(path.read_bytes()))
            except (ValueError, KeyError, TypeError) as error:
                raise DamagedStore(f"{path}: a damaged manifest ({type(error).__name__}: {error})") from error

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
        for table in (*TABLES, _BATCHES):
            for path in (self.root / table).glob(".*.part"):
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
        for path in [self._manifest(manifest.batch), *(self.root / p.path for p in manifest.parts.values())]:
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
            if path.stat().st_size != part.size:
                raise DamagedStore(self._damaged(path, f"{path.stat().st_size} bytes, expected {part.size}"))
            return parquet().ParquetFile(path).read(columns=list(columns or TABLES[table]))
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


def stale_articles(manifests: Callable[[], Iterable[Manifest]]) -> dict[int, set[str]]:
    """Return, by batch, the ids whose rows a later batch replaces.

    Parameters
    ----------
    manifests
        Gives the manifests in order; called twice, so that they need not be in memory together.
    """
    newest: dict[str, int] = {}
    failed: dict[str, int] = {}
    for manifest in manifests():
        newest |= {k.id: manifest.batch for k in manifest.articles}
        failed |= {i: manifest.batch for i, _ in manifest.failures}
    stale: dict[int, set[str]] = {}
    for manifest in manifests():
        own = {k.id for k in manifest.articles}
        old = {i for i in own if newest.get(i, 0) > manifest.batch}
        old |= {
            i
            for i, _ in manifest.failures
            if i not in own and (failed.get(i, 0) > manifest.batch or newest.get(i, 0) > manifest.batch)
        }
        if old:
            stale[manifest.batch] = old
    return stale
