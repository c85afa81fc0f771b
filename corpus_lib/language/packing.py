"""A trained pipeline in one small file: 16-bit weights, 8-bit vectors, only the strings that are needed."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.language import Language

_DATE = (2020, 1, 1, 0, 0, 0)
"""The time stamp of every member, so that the same weights give the same file."""

_WEIGHTS = frozenset({"model", "params"})
"""Where a component's serialised form holds its weights; the recogniser's is nothing else."""


def rounded(table: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a table as it comes back from 8 bits a value and one scale a row."""
    return from_bytes(*to_bytes(table))


def to_bytes(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Return 8-bit values and the 16-bit scale of each row."""
    import numpy as np

    scales = (np.abs(table).max(axis=1, keepdims=True) / 127).astype("float16")
    safe = np.where(scales == 0, 1, scales).astype("float32")
    return np.round(table / safe).clip(-127, 127).astype("int8"), scales


def from_bytes(values: NDArray[np.int8], scales: NDArray[np.float16]) -> NDArray[np.float32]:
    """Return the table that 8-bit values and their scales stand for."""
    table: NDArray[np.float32] = values.astype("float32") * scales.astype("float32")
    return table


def pack(nlp: Language, path: Path) -> None:
    """Write a pipeline with floret vectors to one file."""
    import numpy as np
    import srsly

    vectors = nlp.vocab.vectors
    values, scales = to_bytes(vectors.data)
    described = {
        "minn": vectors.minn,
        "maxn": vectors.maxn,
        "hash_count": vectors.hash_count,
        "hash_seed": vectors.hash_seed,
        "bow": vectors.bow,
        "eow": vectors.eow,
    }
    members = {
        "config.cfg": nlp.config.to_bytes(),
        "meta.json": json.dumps({k: nlp.meta[k] for k in ("lang", "labels")}).encode(),
        "vectors.json": json.dumps(described).encode(),
        "vectors.npy": _npy(values),
        "scales.npy": _npy(scales),
        "strings.json": json.dumps(sorted(_strings(nlp)), ensure_ascii=False).encode(),
    }
    for name, component in nlp.pipeline:
        if hasattr(component, "to_bytes"):
            data = component.to_bytes(exclude=["vocab"])
            members[f"components/{name}"] = srsly.msgpack_dumps(_cast(srsly.msgpack_loads(data), np.float16))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in sorted(members.items()):
            archive.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED)


def unpack(path: Path, exclude: Collection[str] = ()) -> Language:
    """Read a packed pipeline, without the components that are excluded."""
    import numpy as np
    import srsly
    from spacy.util import load_model_from_config
    from thinc.api import Config

    import corpus_lib.language.names.recogniser  # noqa: F401 (it registers a factory)
    from corpus_lib.language.keptvectors import KeptVectors
    from corpus_lib.language.predicting import quicken

    with zipfile.ZipFile(path) as archive:
        config = Config().from_bytes(archive.read("config.cfg"))
        _arrange(config)
        nlp = load_model_from_config(config, exclude=list(exclude), auto_fill=False, validate=False)
        for string in json.loads(archive.read("strings.json")):
            nlp.vocab.strings.add(string)
        table = from_bytes(_array(archive.read("vectors.npy")), _array(archive.read("scales.npy")))
        described = json.loads(archive.read("vectors.json"))
        nlp.vocab.vectors = KeptVectors(strings=nlp.vocab.strings, data=table, mode="floret", **described)
        for name, component in nlp.pipeline:
            if hasattr(component, "from_bytes"):
                data = srsly.msgpack_loads(archive.read(f"components/{name}"))
                weights = {key: _cast(value, np.float32) for key, value in data.items() if key in _WEIGHTS}
                component.from_bytes(srsly.msgpack_dumps({**data, **weights}), exclude=["vocab"])
    quicken(nlp)
    return nlp


def _arrange(config: dict[str, Any]) -> None:
    """Let a pipeline as it was trained run faster: our tokenizer made at once, lemmas from the table first."""
    from corpus_lib.language.components import LEARNED, LEMMAS, REST
    from corpus_lib.language.tokenizer import TOKENIZER

    config["nlp"]["tokenizer"] = {"@tokenizers": TOKENIZER}
    names = config["nlp"]["pipeline"]
    if LEARNED in names and LEMMAS in names:
        names.remove(LEMMAS)
        names.insert(names.index(LEARNED), LEMMAS)
        config["components"][LEARNED]["factory"] = REST


def _npy(array: NDArray[Any]) -> bytes:
    import numpy as np

    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()


def _array(data: bytes) -> NDArray[Any]:
    import numpy as np

    array: NDArray[Any] = np.load(io.BytesIO(data), allow_pickle=False)
    return array


def _cast(value: Any, dtype: Any) -> Any:
    """Return serialised component data with every floating-point array in another precision."""
    import numpy as np
    import srsly

    if isinstance(value, np.ndarray):
        return value.astype(dtype) if value.dtype.kind == "f" else value
    if isinstance(value, dict):
        return {k: _cast(v, dtype) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_cast(v, dtype) for v in value]
    if isinstance(value, bytes) and value[:1] >= b"\x80":
        try:
            inner = srsly.msgpack_loads(value)
        except Exception:
            return value
        return srsly.msgpack_dumps(_cast(inner, dtype)) if isinstance(inner, dict | list) else value
    return value


def _strings(nlp: Language) -> set[str]:
    """Return the strings that labels and edit trees refer to."""
    import srsly

    strings: set[str] = set()
    for _, component in nlp.pipeline:
        strings.update(str(label) for label in getattr(component, "labels", ()))
        if hasattr(component, "trees"):
            _collect(srsly.msgpack_loads(component.trees.to_bytes()), nlp, strings)
    return strings


def _collect(value: Any, nlp: Language, into: set[str]) -> None:
    if isinstance(value, bytes):
        import srsly

        _collect(srsly.msgpack_loads(value), nlp, into)
    elif isinstance(value, dict):
        for inner in value.values():
            _collect(inner, nlp, into)
    elif isinstance(value, list):
        for inner in value:
            _collect(inner, nlp, into)
    elif isinstance(value, int) and value > 2**32 and _known(nlp, value):
        into.add(nlp.vocab.strings[value])


def _known(nlp: Language, value: int) -> bool:
    try:
        return bool(nlp.vocab.strings[value])
    except KeyError:
        return False
