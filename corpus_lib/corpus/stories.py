"""The stories of a store: sketches of its articles, kept beside its batches, put together.

A batch is sketched once; what is kept bears the checksum of the batch's articles, so that new articles alone are read
when a store has grown. On a Dask cluster the batches are sketched by its workers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus_lib.analysis import Analysis
from corpus_lib.corpus.manifest import Manifest, stale_articles
from corpus_lib.corpus.store import Store, write_file
from corpus_lib.errors import InputError, SchemaError
from corpus_lib.stories import Sketch, Story, sketch, stories_of_sketches
from corpus_lib.stories.keeping import packed, unpacked

_FOLDER = "stories"
_COLUMNS = ("doc", "copy_of", "date", "published", "updated", "source", "title", "text", "record")


def stories_of_store(store: Store, client: Any = None) -> list[Story]:
    """Return the stories of a store, those with most articles first."""
    return stories_of_sketches(list(sketches_of(store, client)))


def sketches_of(store: Store, client: Any = None) -> list[Sketch]:
    """Return the sketches of a store's articles; exact copies have that of their original, without what it tells."""
    manifests = [m for m in store.manifests() if "articles" in m.parts]
    files = [_file(store, m) for m in manifests]
    missing = [m for m, file in zip(manifests, files, strict=True) if _kept(file) is None]
    if client is None:
        for manifest in missing:
            sketch_batch(str(store.root), manifest)
    elif missing:
        client.gather(client.map(sketch_batch, [str(store.root)] * len(missing), missing, pure=False))
    stale = stale_articles(store.manifests)
    held: dict[str, Sketch] = {}
    copied: list[tuple[Sketch, str]] = []
    for manifest, file in zip(manifests, files, strict=True):
        gone = stale.get(manifest.batch, set())
        originals = {k.id: k.copy_of for k in manifest.articles}
        for one in _kept(file) or sketch_batch(str(store.root), manifest):
            if one.doc in gone:
                continue
            if (of := originals.get(one.doc)) is not None:
                copied.append((one, of))
            else:
                held[one.doc] = one
    for one, of in copied:
        if of in held:
            held[one.doc] = replace(one, signature=held[of].signature, words=held[of].words)
    _forget(store, {f.name for f in files})
    return [held[doc] for doc in sorted(held)]


def _file(store: Store, manifest: Manifest) -> Path:
    return store.root / _FOLDER / f"{manifest.batch:06}-{manifest.parts['articles'].crc32:08x}.jsonl.gz"


def _kept(file: Path) -> list[Sketch] | None:
    """Return the sketches that are kept of a batch; None where there are none, or of another version."""
    try:
        return unpacked(file.read_bytes())
    except (OSError, SchemaError):
        return None


def _forget(store: Store, named: set[str]) -> None:
    """Remove what is kept of batches that are no more."""
    for file in (store.root / _FOLDER).glob("*.jsonl.gz"):
        if file.name not in named:
            with suppress(OSError):
                file.unlink()


def sketch_batch(root: str, manifest: Manifest) -> list[Sketch]:
    """Sketch the articles of a batch and keep the sketches; where nothing can be written they are returned alone."""
    store = Store(Path(root))
    found = list(_sketched(store, manifest))
    with suppress(OSError):
        write_file(_file(store, manifest), packed(found))
    return found


def _sketched(store: Store, manifest: Manifest) -> Iterator[Sketch]:
    for row in store.read_part(manifest.parts["articles"], "articles", _COLUMNS).to_pylist():
        if row["record"] is not None:
            yield sketch(Analysis.from_dict(json.loads(row["record"]), row["text"]))
        else:
            yield _copy(row)


def _copy(row: dict[str, Any]) -> Sketch:
    """Return the sketch of an exact copy: where and when it stood, nothing told."""
    from corpus_lib.stories.copies import signature

    when = row["published"] or row["date"] or row["updated"]
    return Sketch(row["doc"], "", when, row["source"], row["title"], (), (), (), (), signature(row["text"]))


def story_about(stories: list[Story], about: str | None) -> Story:
    """Return the story of an article, or the one with most articles that names something; without that, the largest.

    Raises
    ------
    InputError
        If there is none.
    """
    if about is None and stories:
        return stories[0]
    for story in stories:
        if any(a.doc == about for a in story.articles):
            return story
    wanted = (about or "").casefold()
    for story in stories:
        said = (
            *(a.name for a in story.actors),
            *(a.title or "" for a in story.articles),
            *(d.content for d in story.demands),
        )
        if wanted and any(wanted in text.casefold() for text in said):
            return story
    raise InputError(
        f"no story has {about!r} as an article, or in a name, a headline or a demand" if about else "no articles"
    )
