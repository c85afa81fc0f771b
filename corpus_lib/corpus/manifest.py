"""What a committed batch of a store holds, and what later batches replace of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any


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
