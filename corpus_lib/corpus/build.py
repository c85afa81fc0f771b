"""What made an analysis, down to the letter: a digest of the code, the data and the model that decide it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_DECIDING = (
    "actors", "analysis.py", "demands", "fields", "language", "learned", "model.py", "quotes", "structure.py",
    "tables.py", "wire.py",
)  # fmt: skip
"""The parts of the package that an analysis goes through."""

_LEFT_OUT = ("__pycache__",)


@cache
def digest() -> str:
    """Return a checksum of all that decides what an analysis finds: the same version may be built twice.

    >>> len(digest()), digest() == digest()
    (16, True)
    """
    return digest_of(files("corpus_lib"))


def digest_of(package: Traversable) -> str:
    """Return the checksum of a folder's deciding parts, whatever the order they are found in."""
    found = hashlib.sha256()
    for name in _DECIDING:
        for path, data in _files(package / name, name):
            found.update(f"{path}\0{len(data)}\0".encode())
            found.update(data)
    return found.hexdigest()[:16]


def _files(place: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    if place.is_file():
        yield name, place.read_bytes()
    elif place.is_dir():
        for inside in sorted(place.iterdir(), key=lambda p: p.name):
            if inside.name not in _LEFT_OUT:
                yield from _files(inside, f"{name}/{inside.name}")
