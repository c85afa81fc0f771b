"""What is done and what is left: each document is looked up by id, checksum and version before it is given out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from corpus_lib.corpus.store import Key, Manifest
from corpus_lib.corpus.work import Copy, Task
from corpus_lib.model import Failure, sha256
from corpus_lib.reading import Document

Again = bool | Literal["failed"]


@dataclass(frozen=True, slots=True)
class _Entry:
    digest: bytes
    made: str
    batch: int
    copy_of: str | None
    ok: bool


class Ledger:
    """The articles of a store, and which documents of a run are new, changed, or copies of others.

    Parameters
    ----------
    manifests
        The committed batches, in order.
    made
        Fingerprint of the version and options of this run; what others made is done anew.
    again
        Do all anew; or, with ``failed``, what failed before.
    first
        Number of this run's first batch.
    """

    def __init__(self, manifests: Iterable[Manifest], made: str, *, again: Again, first: int) -> None:
        self._made, self._again, self._first = made, again, first
        self._entries: dict[str, _Entry] = {}
        self._originals: dict[bytes, str] = {}
        self._failures: dict[str, tuple[str, int]] = {}
        self._seen: set[str] = set()
        self._replaced = False
        for manifest in manifests:
            for key in manifest.articles:
                self._note(key, manifest.made, manifest.batch)
            self._failures |= {i: (message, manifest.batch) for i, message in manifest.failures}

    def _note(self, key: Key, made: str, batch: int) -> None:
        before = self._entries.get(key.id)
        digest = bytes.fromhex(key.sha256)  # half of what the text of it takes
        self._entries[key.id] = _Entry(digest, made, batch, key.copy_of, key.ok)
        if before and before.copy_of is None and before.digest != digest:
            self._replaced = True
            if self._originals.get(before.digest) == key.id:
                del self._originals[before.digest]
        if key.copy_of is None:
            self._originals[digest] = key.id
        self._failures.pop(key.id, None)

    def plan(self, found: Document | Failure, batch: int) -> Task | None:
        """Return what is to be done with a document in a batch, or None where it is done already."""
        if isinstance(found, Failure):
            return self._plan_failure(found, batch)
        checksum = sha256(found.text)
        digest = bytes.fromhex(checksum)
        document = self._named(found, digest)
        if document is None:
            return None
        self._seen.add(document.id)
        if self._is_done(document.id, digest):
            return None
        original = self._original(document.id, digest)
        self._note(Key(document.id, checksum, original), self._made, batch)
        return document if original is None else Copy(document, original)

    def _plan_failure(self, failure: Failure, batch: int) -> Failure | None:
        message = fingerprint(failure.message)
        known, when = self._failures.get(failure.id, ("", 0))
        if known == message and (not self._again or when >= self._first):
            return None
        self._failures[failure.id] = (message, batch)
        return failure

    def _named(self, document: Document, digest: bytes) -> Document | None:
        """Return a document under an id that no other text of this run has; None where it was given before."""
        name, number = document.id, 1
        while name in self._seen:
            if self._entries[name].digest == digest:
                return None
            number += 1
            name = f"{document.id}#{number}"
        if number == 1:
            return document
        noted = f"the id {document.id!r} belongs to another text; this one is {name!r}"
        return replace(document, id=name, warnings=(*document.warnings, noted))

    def _is_done(self, name: str, digest: bytes) -> bool:
        entry = self._entries.get(name)
        if entry is None or (entry.digest, entry.made) != (digest, self._made) or self._is_wanted_again(entry):
            return False
        return entry.copy_of is None or self._holds(entry.copy_of, digest)

    def _is_wanted_again(self, entry: _Entry) -> bool:
        return entry.batch < self._first and (self._again is True or (self._again == "failed" and not entry.ok))

    def _holds(self, original: str, digest: bytes) -> bool:
        """Say whether an article still has the text that another was found to be a copy of."""
        entry = self._entries.get(original)
        return entry is not None and entry.digest == digest and entry.copy_of is None

    def _original(self, name: str, digest: bytes) -> str | None:
        original = self._originals.get(digest)
        if original is None or original == name:
            return None
        entry = self._entries[original]
        return original if entry.made == self._made and not self._is_wanted_again(entry) else None

    def orphans(self) -> bool:
        """Say whether a copy has lost its original, whose text has changed, and prepare to go through all again."""
        lost = self._replaced and any(
            e.copy_of is not None and not self._holds(e.copy_of, e.digest) for e in self._entries.values()
        )
        self._seen.clear()
        self._replaced = self._again = False
        return lost


def fingerprint(text: str) -> str:
    """Return a short checksum.

    >>> fingerprint("Nato")
    'b20685c3'
    """
    return sha256(text)[:8]
