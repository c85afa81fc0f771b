"""Sketches ↔ JSON lines: what a store keeps of its articles, so that new ones alone are sketched."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from corpus_lib.errors import SchemaError
from corpus_lib.stories.copies import Signature
from corpus_lib.stories.sketch import Asked, Party, Passage, Sketch, Told

MADE = "corpus_lib sketch/4"


def packed(sketches: Iterable[Sketch]) -> bytes:
    """Return sketches as compressed JSON lines.

    >>> from corpus_lib.analysis import analyse
    >>> from corpus_lib.stories.sketch import sketch
    >>> one = sketch(analyse("Uenige om lønn. LO krever at NHO snur."))
    >>> unpacked(packed([one])) == [one]
    True
    """
    lines = [json.dumps({"made": MADE})]
    lines += [json.dumps(_plain(s), ensure_ascii=False) for s in sketches]
    return gzip.compress("\n".join(lines).encode("utf-8"), mtime=0)


def unpacked(data: bytes) -> list[Sketch]:
    """Return the sketches of compressed JSON lines.

    Raises
    ------
    SchemaError
        If they are not what `packed` gives.
    """
    try:
        head, *lines = gzip.decompress(data).decode("utf-8").split("\n")
        if json.loads(head).get("made") != MADE:
            raise SchemaError(f"expected sketches made as {MADE!r}, found {head[:80]!r}")
        return [_sketch(json.loads(line)) for line in lines]
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SchemaError(f"no sketches: {type(error).__name__}: {error}") from error


def _plain(one: Sketch) -> dict[str, Any]:
    made = asdict(one)
    made["signature"] = [one.signature.hashes.hex(), one.signature.least.hex()]
    for told in (*made["demands"], *made["answers"]):
        told["figures"] = sorted(told["figures"])
    return made


def _sketch(data: dict[str, Any]) -> Sketch:
    hashes, least = (bytes.fromhex(held) for held in data["signature"])
    return Sketch(
        **{k: data[k] for k in ("doc", "sha256", "date", "source", "title")},
        parties=tuple(Party(**_tuples(p)) for p in data["parties"]),
        demands=tuple(Asked(**_record(d)) for d in data["demands"]),
        answers=tuple(Told(**_record(a)) for a in data["answers"]),
        words=tuple(data["words"]),
        signature=Signature(hashes, least),
    )


def _record(data: dict[str, Any]) -> dict[str, Any]:
    made = _tuples(data)
    made |= {"passage": Passage(**data["passage"]), "figures": frozenset(data["figures"])}
    if "links" in data:
        made["links"] = tuple((str(d), float(p)) for d, p in data["links"])
    return made


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
