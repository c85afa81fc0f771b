"""The index's arrays: in memory, or as files of one folder that are mapped and not read."""

from __future__ import annotations

import io
import json
import mmap
import os
from collections.abc import Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from corpus_lib.errors import CannotWrite, UnreadableIndex
from corpus_lib.words.sums import check, sum_of, sum_of_description
from corpus_lib.writing import write_text

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray

FORMAT = "corpus_lib_words/3"
_META = "meta.json"

_SCATTERED = frozenset({"starts", "text"})
"""Arrays that are read here and there, never through."""

_KINDS = ("i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8", "b1")
_TYPES = frozenset(f"{order}{kind}" for order in "<>|" for kind in _KINDS)

_PACK = "arrays"
_ALIGNED = 16


def _misfit(meta: Mapping[str, Any]) -> str:
    """Say what in the description of an index is not as it is written; nothing where all is."""
    arrays, packed = meta.get("arrays"), meta.get("packed")
    if not isinstance(arrays, dict) or not isinstance(packed, dict) or not isinstance(meta.get("files"), dict):
        return "expected arrays with their types and places, and the checksums of their files"
    for name, kind in arrays.items():
        if not isinstance(kind, str) or kind not in _TYPES:
            return f"expected one of {', '.join(sorted(_TYPES))} as the type of {name[:40]!r}, found {kind!r:.80}"
    if outside := next(
        (name for name in arrays if name not in packed and not name.replace(".", "").isidentifier()), None
    ):
        return f"expected the name of a file of the index, found {outside!r:.80}"
    for name, place in packed.items():
        whole = isinstance(place, list) and len(place) == 2 and all(type(n) is int and n >= 0 for n in place)
        if not whole or name not in arrays:
            return f"expected a place and a length of {name[:40]!r}, found {place!r:.80}"
    for name in ("tokens", "documents", "types"):
        if type(meta.get(name)) is not int or meta[name] < 0:
            return f"expected a whole number of {name}, found {meta.get(name)!r:.80}"
    for name in ("columns", "marks"):
        if not isinstance(meta.get(name), list) or not all(isinstance(n, str) for n in meta[name]):
            return f"expected a list of {name}, found {meta.get(name)!r:.80}"
    for name in ("punctuation", "texts"):
        if not isinstance(meta.get(name), bool):
            return f"expected true or false of {name}, found {meta.get(name)!r:.80}"
    return ""


class Store:
    """Arrays by name, and what is known about them.

    In a folder, an array that is written piece by piece has a file of its own; the others share one, so that
    opening an index maps few files.
    """

    __slots__ = ("_arrays", "_pack", "_packed", "_places", "_sinks", "_types", "_written", "folder", "meta")

    def __init__(self, folder: Path | None = None, meta: Mapping[str, Any] | None = None) -> None:
        self.folder = folder
        self.meta: dict[str, Any] = dict(meta or {})
        self._arrays: dict[str, NDArray[Any]] = {}
        self._sinks: list[IO[bytes]] = []
        self._written: list[str] = []
        self._pack: IO[bytes] | None = None
        self._packed: mmap.mmap | None = None
        self._places: dict[str, list[int]] = dict(self.meta.get("packed", {}))
        self._types: dict[str, str] = dict(self.meta.get("arrays", {}))

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open a stored index.

        Raises
        ------
        UnreadableIndex
            If the folder holds none, a broken one, or one of another format.
        """
        try:
            meta = json.loads((folder / _META).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            raise UnreadableIndex(f"{folder}: no word index here ({error})") from error
        if not isinstance(meta, dict) or meta.get("format") != FORMAT:
            found = meta.get("format") if isinstance(meta, dict) else meta
            raise UnreadableIndex(
                f"{folder / _META}: expected format {FORMAT!r}, found {found!r:.80}; build the index anew"
            )
        if wrong := _misfit(meta):
            raise UnreadableIndex(f"{folder / _META}: {wrong}")
        if meta.get("crc32") != sum_of_description({k: v for k, v in meta.items() if k != "crc32"}):
            raise UnreadableIndex(f"{folder / _META}: damaged: not as it was written; build the index anew")
        return cls(folder, meta)

    def sink(self, name: str) -> IO[bytes]:
        """Return a stream for an array that is written piece by piece; `finish` it afterwards."""
        self._written.append(name)
        if self.folder is None:
            return io.BytesIO()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._sinks.append(Path(self._file(name)).open("wb", buffering=1 << 20))  # noqa: SIM115 (finish closes it)
        return self._sinks[-1]

    def finish(self, name: str, sink: IO[bytes], dtype: DTypeLike) -> NDArray[Any]:
        """Close a stream and return its array, which may be written to."""
        self._types[name] = np.dtype(dtype).str
        if isinstance(sink, io.BytesIO):
            self._arrays[name] = np.frombuffer(sink.getbuffer(), dtype)
            return self._arrays[name]
        sink.close()
        return self._mapped(name, write=True)

    def create(self, name: str, length: int, dtype: DTypeLike) -> NDArray[Any]:
        """Return a new array of a known length, to be filled."""
        if self.folder is None or not length:
            return self.put(name, np.zeros(length, dtype))
        self._written.append(name)
        self._types[name] = np.dtype(dtype).str
        self.folder.mkdir(parents=True, exist_ok=True)
        size = length * np.dtype(dtype).itemsize
        try:
            with open(self._file(name), "wb") as file:
                if hasattr(os, "posix_fallocate"):  # a mapped page that the disk has no room for ends the process
                    os.posix_fallocate(file.fileno(), 0, size)
                else:
                    file.truncate(size)
        except OSError as error:
            raise CannotWrite(error.errno or 0, error.strerror or str(error), self._file(name)) from error
        return self._mapped(name, write=True)

    def put(self, name: str, array: NDArray[Any]) -> NDArray[Any]:
        """Keep a whole array."""
        self._types[name] = array.dtype.str
        if self.folder is None:
            self._arrays[name] = array
            return array
        if self._pack is None:
            self._pack = self.sink(_PACK)
        self._pack.write(bytes(-self._pack.tell() % _ALIGNED))
        self._places[name] = [self._pack.tell(), len(array)]
        self._pack.write(np.ascontiguousarray(array).data if len(array) else b"")
        return array

    def get(self, name: str) -> NDArray[Any]:
        """Return an array; from a folder, it is mapped when first asked for."""
        if name not in self._arrays:
            if name not in self._types or self.folder is None:
                raise UnreadableIndex(f"the index has no array {name!r}")
            self._arrays[name] = self._from_pack(name) if name in self._places else self._mapped(name)
        return self._arrays[name]

    def abandon(self) -> None:
        """Close and remove what was written, where a build has broken off."""
        for sink in self._sinks:
            sink.close()
        if self.folder is not None:
            for name in self._written:
                Path(self._file(name)).unlink(missing_ok=True)

    def __contains__(self, name: str) -> bool:
        """Say whether there is an array of a name."""
        return name in self._types

    def write_meta(self, meta: Mapping[str, Any]) -> None:
        """Keep what is known about the index; last, so that a half-built folder is no index."""
        if self._pack is not None:
            self._pack.close()
        files = {} if self.folder is None else {name: sum_of(self._file(name)) for name in self._written}
        self.meta = {"format": FORMAT, **meta, "arrays": self._types, "packed": self._places, "files": files}
        if self.folder is not None:
            sealed = self.meta | {"crc32": sum_of_description(self.meta)}
            write_text(self.folder / _META, json.dumps(sealed, indent=1, sort_keys=True) + "\n")

    def forget_meta(self) -> None:
        """Make the folder no index while it is built anew."""
        if self.folder is not None:
            (self.folder / _META).unlink(missing_ok=True)

    def _file(self, name: str) -> str:
        return os.path.join(self.folder or ".", f"{name}.bin")

    def _check(self, name: str) -> None:
        """Make sure that a file is as it was written, before anything in it is taken for a place or a number."""
        check(self._file(name), self.meta["files"].get(name))

    def _from_pack(self, name: str) -> NDArray[Any]:
        """Return a view of an array in the common file, which is mapped once."""
        dtype, (start, length) = np.dtype(self._types[name]), self._places[name]
        path = self._file(_PACK)
        try:
            if self._packed is None:
                self._check(_PACK)
                with open(path, "rb") as file:
                    self._packed = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            return np.frombuffer(self._packed, dtype, length, start) if length else np.zeros(0, dtype)
        except (OSError, ValueError) as error:
            raise UnreadableIndex(f"{path}: {error}") from error

    def _mapped(self, name: str, *, write: bool = False) -> NDArray[Any]:
        path, dtype = self._file(name), np.dtype(self._types[name])
        if not write:
            self._check(name)
        try:
            # A plain descriptor: a first question opens several files, and a buffered one costs as much as the mapping.
            file = os.open(path, (os.O_RDWR if write else os.O_RDONLY) | getattr(os, "O_BINARY", 0))
            try:
                size = os.fstat(file).st_size
                if size % dtype.itemsize:
                    raise UnreadableIndex(f"{path}: {size} bytes are no whole number of {dtype}")
                if not size:
                    return np.zeros(0, dtype)
                mapped = mmap.mmap(file, 0, access=mmap.ACCESS_WRITE if write else mmap.ACCESS_READ)
            finally:
                os.close(file)
            if name in _SCATTERED and hasattr(mmap, "MADV_RANDOM"):
                mapped.madvise(mmap.MADV_RANDOM)
            return np.frombuffer(mapped, dtype)
        except OSError as error:
            raise UnreadableIndex(f"{path}: {error}") from error
