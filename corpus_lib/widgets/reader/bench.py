"""The table at which an analysis is corrected: each decision is kept at once, beside the automatic layer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus_lib.analysis import Analysis
from corpus_lib.corrections import Correction, Layer, apply, correct, read_layer, sidecar_of, write_layer
from corpus_lib.corrections.layer import Action, Record, RecordType, extent, records_of, values_of
from corpus_lib.errors import CorpusLibError
from corpus_lib.model import Span


def now() -> str:
    """Return the time, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Bench:
    """The automatic analysis, the corrections of it, and the file they are kept in.

    Parameters
    ----------
    directory
        The folder of the sidecar file; made when something is first corrected.
    by, clock
        Who decides, and what tells when.

    Attributes
    ----------
    analysis
        The analysis as it is corrected now.
    lost
        Corrections of an earlier time that found no place in it.
    """

    def __init__(self, analysis: Analysis, directory: str | Path, by: str, clock: Callable[[], str] = now) -> None:
        self.automatic = self.analysis = analysis
        self.by, self.clock = by, clock
        self.file = sidecar_of(directory, analysis.article.id)
        known = read_layer(self.file) if self.file.exists() else None
        self.layer = known or Layer(doc=analysis.article.id, sha256=analysis.article.sha256)
        self.past: list[Layer] = []
        self.lost: tuple[Correction, ...] = ()
        if known:
            self._lay()

    def record(self, id: str) -> tuple[RecordType, Record]:
        """Return a record of the analysis as it is now, with its kind.

        Raises
        ------
        CorpusLibError
            If there is none with this id.
        """
        for kind, record in records_of(self.analysis):
            if record.id == id:
                return kind, record
        raise CorpusLibError(f"there is no record {id!r}")

    def decide(self, action: Action, id: str, **values: Any) -> Correction:
        """Accept, change or delete a record; what was decided of it before goes on to hold.

        The decision is anchored where the automatic analysis has the record. One that was added here is added anew
        with its changes, or taken out again.
        """
        kind, record = self.record(id)
        anchor = next((extent(r) for k, r in records_of(self.automatic) if k == kind and r.id == id), None)
        added = anchor is None
        span = anchor or self._added(kind, record)
        if action == "delete" and added:
            return self._forget(kind, span)
        if action == "accept":
            values = values_of(self.analysis, record)
        if action != "delete":
            values = self._before(kind, span) | values
        return self._take("add" if added else action, kind, span, values)

    def add(self, kind: RecordType, span: Span, **values: Any) -> str:
        """Add a record at a span and return its id."""
        self._take("add", kind, span, values)
        return next(r.id for k, r in records_of(self.analysis) if k == kind and extent(r) == span)

    def link(self, answer: str, demand: str, *, on: bool) -> Correction:
        """Bind an answer to a demand, or undo the bond."""
        (kind, record), (other, asked) = self.record(answer), self.record(demand)
        if (kind, other) != ("response", "demand"):
            raise CorpusLibError(f"an answer is bound to a demand, not {answer} to {demand}")
        pair = [extent(asked).start, extent(asked).end]
        kept = [t for t in values_of(self.analysis, record)["targets"] if t != pair]
        return self.decide("change", answer, targets=[*kept, pair] if on else kept)

    def undo(self) -> bool:
        """Take back what was decided last; say whether there was anything."""
        if not self.past and not self.layer.corrections:
            return False
        before = self.past.pop() if self.past else replace(self.layer, corrections=self.layer.corrections[:-1])
        self._keep(before)
        return True

    def _before(self, kind: RecordType, span: Span) -> dict[str, Any]:
        """Return the values that were decided on earlier for the record at a span."""
        found = (c for c in self.layer.corrections if (c.record, c.span) == (kind, span) and c.action != "delete")
        return {k: v for c in found for k, v in c.values.items()}

    def _added(self, kind: RecordType, record: Record) -> Span:
        """Return where a record that was added here was added, though its words were changed since."""
        own = [c for c in self.layer.corrections if c.record == kind and c.action == "add"]
        spans = {c.span for c in own}
        if extent(record) in spans:
            return extent(record)
        pair = [extent(record).start, extent(record).end]
        moved = (c.span for c in own if pair in (c.values.get("content"), c.values.get("evidence"), *_ends(c)))
        return next(moved, extent(record))

    def _take(self, action: Action, kind: RecordType, span: Span, values: dict[str, Any]) -> Correction:
        made = correct(self.analysis, action, kind, span, by=self.by, at=self.clock(), **values)
        self.past.append(self.layer)
        self._keep(self.layer.with_(made))
        return made

    def _forget(self, kind: RecordType, span: Span) -> Correction:
        gone = next(c for c in self.layer.corrections if (c.record, c.span) == (kind, span))
        self.past.append(self.layer)
        self._keep(replace(self.layer, corrections=tuple(c for c in self.layer.corrections if c is not gone)))
        return replace(gone, action="delete")

    def _keep(self, layer: Layer) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        write_layer(layer, self.file)
        self.layer = layer
        self._lay()

    def _lay(self) -> None:
        done = apply(self.automatic, self.layer)
        self.analysis, self.lost = done.analysis, done.unanchored


def _ends(correction: Correction) -> list[list[int]]:
    """Return the whole stretch of a quotation's segments."""
    segments = correction.values.get("segments")
    return [[segments[0][0], segments[-1][1]]] if segments else []
