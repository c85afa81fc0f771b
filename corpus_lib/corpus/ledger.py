"""What is done and what is left: each document is looked up by id, checksum and version before it is given out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from corpus_lib.corpus.manifest import Key, Manifest
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


@dataclass(slots=True)
class _Repeats:
    """What a run has given under one id: the texts, and the next number to try."""

    digests: set[bytes]
    number: int = 2


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
        self._repeats: dict[str, _Repeats] = {}
        self._lost = False
        self.twice = 0
        """How many documents this run has given out a second time."""
        self.changed = 0
        """How many took the place of an earlier run's text of their id."""
        for manifest in manifests:
            for key in manifest.articles:
                self._note(key, manifest.made, manifest.batch)
            self._failures |= {i: (message, manifest.batch) for i, message in manifest.failures}

    def _note(self, key: Key, made: str, batch: int) -> None:
        before = self._entries.get(key.id)
        digest = bytes.fromhex(key.sha256)  # half of what the text of it takes
        self._entries[key.id] = _Entry(digest, made, batch, key.copy_of, key.ok)
        if before and before.copy_of is None and before.digest != digest:
            self._lost = True
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
        name = self._name(found.id, digest)
        if name is None or self._is_done(name, digest):
            return None
        document = _renamed(found, name)
        original = self._original(name, digest)
        ok = original is None or self._entries[original].ok
        before = self._entries.get(name)
        self.twice += before is not None and before.batch >= self._first
        self.changed += before is not None and before.batch < self._first and before.digest != digest
        self._note(Key(name, checksum, original, ok), self._made, batch)
        return document if original is None else Copy(document, original, failed=not ok)

    def _plan_failure(self, failure: Failure, batch: int) -> Failure | None:
        name = self._name(failure.id, None) or failure.id
        message = fingerprint(failure.message)
        known, when = self._failures.get(name, ("", 0))
        if known == message and (not self._again or when >= self._first):
            return None
        self._failures[name] = (message, batch)
        return replace(failure, id=name)

    def _name(self, given: str, digest: bytes | None) -> str | None:
        """Return an id that nothing else of this run has; None where the text was given under its id before.

        Parameters
        ----------
        digest
            Checksum of the text; None for what could not be read.
        """
        if given not in self._seen:
            self._seen.add(given)
            if digest is None:
                self._repeats[given] = _Repeats(set())
            return given
        first = self._entries.get(given)
        repeats = self._repeats.setdefault(given, _Repeats({first.digest} if first else set()))
        if digest in repeats.digests:
            return None
        if digest is not None:
            repeats.digests.add(digest)
        while (name := f"{given}#{repeats.number}") in self._seen:
            repeats.number += 1
        self._seen.add(name)
        return name

    def failed(self, names: Iterable[str]) -> None:
        """Take note of articles whose analysis failed: what was found to be a copy of one of them fails too."""
        for name in names:
            self._entries[name] = replace(self._entries[name], ok=False)
            self._lost = True

    def _is_done(self, name: str, digest: bytes) -> bool:
        entry = self._entries.get(name)
        if entry is None or (entry.digest, entry.made) != (digest, self._made) or self._is_wanted_again(entry):
            return False
        return entry.copy_of is None or self._holds(entry)

    def _is_wanted_again(self, entry: _Entry) -> bool:
        return entry.batch < self._first and (self._again is True or (self._again == "failed" and not entry.ok))

    def _holds(self, copy: _Entry) -> bool:
        """Say whether the original of a copy still has the same text, and its analysis if the copy points to it."""
        entry = self._entries.get(copy.copy_of or "")
        return entry is not None and entry.digest == copy.digest and entry.copy_of is None and (entry.ok or not copy.ok)

    def _original(self, name: str, digest: bytes) -> str | None:
        original = self._originals.get(digest)
        if original is None or original == name:
            return None
        entry = self._entries[original]
        return original if entry.made == self._made and not self._is_wanted_again(entry) else None

    def orphans(self) -> bool:
        """Say whether a copy has lost its original, which changed or failed, and prepare to go through all again."""
        lost = self._lost and any(e.copy_of is not None and not self._holds(e) for e in self._entries.values())
        self._seen.clear()
        self._repeats.clear()
        self._lost = self._again = False
        return lost


def _renamed(document: Document, name: str) -> Document:
    if name == document.id:
        return document
    noted = f"the id {document.id!r} belongs to another text; this one is {name!r}"
    return replace(document, id=name, warnings=(*document.warnings, noted))


def fingerprint(text: str) -> str:
    """Return a short checksum.

    >>> fingerprint("Nato")
    'b20685c3'
    """
    return sha256(text)[:8]
