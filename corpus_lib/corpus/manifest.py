"""What a committed batch of a store holds, and what later batches replace of it."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from corpus_lib.corpus.schema import TABLES
from corpus_lib.errors import SchemaError
from corpus_lib.fields import Description, Field, Misfit, Nested
from corpus_lib.fields.composed import Each, Maybe
from corpus_lib.fields.forms import TEXT, Anything, Flag, Form, Number


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
        Fingerprint of what made it: version and build of library and model, options.
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
    def read(cls, data: object) -> Manifest:
        """Return the manifest of its JSON.

        Raises
        ------
        SchemaError
            If it is none, or not as it was written.
        """
        made: Manifest = _MANIFEST.read(data)
        assert isinstance(data, Mapping)
        if "crc32" in data and data["crc32"] != _checksum({k: v for k, v in data.items() if k != "crc32"}):
            raise SchemaError("crc32: the manifest is not as it was written")
        return made

    def to_json(self) -> bytes:
        """Return the manifest as JSON, with a checksum of it."""
        data = {
            "batch": self.batch,
            "made": self.made,
            "made_by": dict(self.made_by),
            "articles": [[k.id, k.sha256, k.copy_of, k.ok] for k in self.articles],
            "failures": [list(f) for f in self.failures],
            "parts": {table: asdict(p) for table, p in self.parts.items()},
        }
        return json.dumps({**data, "crc32": _checksum(data)}, ensure_ascii=False).encode()


def _checksum(data: Mapping[str, Any]) -> int:
    return zlib.crc32(json.dumps(data, sort_keys=True).encode())


@dataclass(frozen=True, slots=True)
class _Row(Form):
    """A list of values in a set order."""

    forms: tuple[Form, ...] = ()

    def read(self, value: Any) -> tuple[Any, ...]:
        """Return the values."""
        if not isinstance(value, list) or len(value) != len(self.forms):
            raise Misfit.of(self.expected, value)
        return tuple(form.read(one) for form, one in zip(self.forms, value, strict=True))


@dataclass(frozen=True, slots=True)
class _Like(Form):
    """A text of one pattern."""

    pattern: str = ""

    def fits(self, value: Any) -> bool:
        """Say whether it is such a text."""
        return isinstance(value, str) and re.fullmatch(self.pattern, value) is not None


@dataclass(frozen=True, slots=True)
class _Parts(Form):
    """The parts by table; each lies in its table's folder."""

    def read(self, value: Any) -> dict[str, Part]:
        """Return the parts."""
        if not isinstance(value, Mapping):
            raise Misfit.of(self.expected, value)
        return {table: self._part(table, part) for table, part in value.items()}

    @staticmethod
    def _part(table: str, value: Any) -> Part:
        if table not in TABLES:
            raise Misfit.of("the name of a table", table)
        try:
            part: Part = _PART.read(value)
        except Misfit as misfit:
            raise misfit.under(table) from None
        if not part.path.startswith(f"{table}/"):
            raise Misfit.of(f"a file in the folder {table}", part.path).under(table, "path")
        return part


_COUNT = Number("a whole number from 0", least=0, most=2**62, whole=True)
_PART = Nested(
    "an object",
    of=Description(
        Part,
        (
            Field("path", _Like("the path of a part", pattern=r"[a-z]+/\d{6,}(-\d+)?\.parquet"), "its place"),
            Field("size", _COUNT, "its bytes"),
            Field("crc32", Number("a checksum", least=0, most=2**32 - 1, whole=True), "of these"),
            Field("rows", _COUNT, "how many"),
        ),
    ),
)
_KEY = _Row(
    "id, checksum, original and whether it was analysed",
    forms=(TEXT, _Like("64 digits", pattern="[0-9a-f]{64}"), Maybe("a text or null"), Flag("true or false")),
)
_FAILURE = _Row("an id and a fingerprint", forms=(TEXT, TEXT))


def _made(**fields: Any) -> Manifest:
    articles = tuple(Key(*row) for row in fields.pop("articles"))
    return Manifest(articles=articles, **fields)


_MANIFEST: Description[Manifest] = Description(
    _made,
    (
        Field("batch", Number("a batch's number", least=1, most=2**62, whole=True), "its number"),
        Field("made", TEXT, "a fingerprint of what made it"),
        Field("made_by", Anything("an object"), "what made it"),
        Field("articles", Each("a list of articles", form=_KEY), "the articles"),
        Field("failures", Each("a list of failures", form=_FAILURE), "what could not be read"),
        Field("parts", _Parts("an object of parts"), "the files"),
    ),
)


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
