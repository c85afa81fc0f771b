"""Corrections by hand: accept, change, delete or add a record; saved at once, beside the automatic layer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from textwrap import shorten
from typing import Any, cast, get_args

import ipywidgets as widgets  # type: ignore[import-untyped]

from corpus_lib.analysis import Analysis
from corpus_lib.corrections import Correction, Layer, apply, correct, read_layer, sidecar_of, write_layer
from corpus_lib.corrections.described import FIELDS
from corpus_lib.corrections.layer import Action, Record, RecordType, extent, records_of, values_of
from corpus_lib.errors import CorpusLibError
from corpus_lib.model import STANCES, QuoteType, Scope, Span, Strength
from corpus_lib.render import counted
from corpus_lib.widgets.choice import Choice
from corpus_lib.widgets.parts import Option, column, dropdown, heading, line, spaced_table

_CHOICES: dict[str, tuple[str, ...]] = {
    "type": get_args(QuoteType),
    "strength": get_args(Strength),
    "stance": STANCES,
    "scope": get_args(Scope),
}
_NAMES = {"speaker": "Speaker", "actor": "Actor", "addressees": "Addressees"}
_KINDS: tuple[RecordType, ...] = ("quote", "demand", "response")
_NEW = "+"


def now() -> str:
    """Return the time, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Bench:
    """The automatic analysis, the corrections of it, and the file they are kept in.

    Parameters
    ----------
    choice
        Its analysis is replaced by the corrected one each time.
    directory
        The folder of the sidecar file; made when something is first corrected.
    by, clock
        Who decides, and what tells when.
    """

    def __init__(self, choice: Choice, directory: str | Path, by: str, clock: Callable[[], str] = now) -> None:
        self.choice, self.automatic = choice, choice.analysis
        self.by, self.clock = by, clock
        article = self.automatic.article
        self.file = sidecar_of(directory, article.id)
        known = read_layer(self.file) if self.file.exists() else None
        self.layer = known or Layer(doc=article.id, sha256=article.sha256)
        self.lost: tuple[Correction, ...] = ()
        if known:
            self._lay()

    def decide(self, action: Action, kind: RecordType, of: Record | Span, note: str = "", **values: Any) -> Correction:
        """Record a decision, save it and apply it.

        A decision about a record of the automatic analysis is anchored where that analysis has it. A record that
        was added here is added anew with its changes, or taken out again.
        """
        added = False
        if not isinstance(of, Span):
            automatic = {(k, r.id): r for k, r in records_of(self.automatic)}
            added = (kind, of.id) not in automatic
            of = automatic.get((kind, of.id), of)
        done: Action = "add" if added and action != "delete" else action
        anchor = extent(of) if added and not isinstance(of, Span) else of
        made = correct(self.choice.analysis, done, kind, anchor, by=self.by, at=self.clock(), note=note, **values)
        layer = self.layer.with_(made)
        self._keep(replace(layer, corrections=layer.corrections[:-1]) if added and action == "delete" else layer)
        return made

    def take_back(self) -> None:
        """Forget the last decision."""
        self._keep(replace(self.layer, corrections=self.layer.corrections[:-1]))

    def place_of(self, words: str, number: int = 1) -> Span:
        """Return where the words stand in the article for the nth time.

        Raises
        ------
        CorpusLibError
            If they do not stand there that often.
        """
        text, at = self.automatic.article.text, -1
        for _ in range(number):
            at = text.find(words, at + 1) if words else -1
            if at < 0:
                times = text.count(words) if words else 0
                stands = f"the article has these words {counted(times, 'time')}, not {number}"
                raise CorpusLibError(f"{stands}: {words[:60]!r}")
        return Span(at, at + len(words))

    def _keep(self, layer: Layer) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        write_layer(layer, self.file)
        self.layer = layer
        self._lay()

    def _lay(self) -> None:
        done = apply(self.automatic, self.layer)
        self.lost = done.unanchored
        self.choice.analysis = done.analysis


def corrections_html(layer: Layer, lost: Sequence[Correction] = ()) -> str:
    """Return the corrections of a layer as a table: what was decided, by whom and when.

    Parameters
    ----------
    lost
        Those that found no place in the analysis.
    """
    rows = [
        (
            c.action, c.record, shorten(c.text, 50, placeholder=" …"), _said(c), c.by, c.at, c.note,
            "no longer fits" if c in lost else "",
        )
        for c in layer.corrections
    ]  # fmt: skip
    columns = ("Decision", "Record", "Words", "Values", "By", "When", "Note", "Warning")
    return spaced_table(columns, rows, caption=f"Corrections: {len(rows)}")


def _said(correction: Correction) -> str:
    plain = {k: v for k, v in correction.values.items() if v is None or isinstance(v, str)}
    return "; ".join(f"{k}: {v or 'unknown'}" for k, v in plain.items())


def correction_view(
    of: Choice | Analysis, directory: str | Path, by: str, *, clock: Callable[[], str] = now
) -> widgets.VBox:
    """Return a form to accept, change, delete or add quotations, demands and answers.

    What is decided is saved at once as a sidecar file; the automatic analysis stays as it is. Views that share
    the choice show the corrected analysis, and a record that is in focus there is the one to correct here.

    Parameters
    ----------
    of
        An analysis, or the choice that other views look at too.
    directory
        The folder of the sidecar file, best the one the article lies in.
    by
        Who decides: stands in the file.
    clock
        Gives the time that stands in the file.
    """
    choice = of if isinstance(of, Choice) else Choice(of)
    return _Form(Bench(choice, directory, by, clock)).box


class _Form:
    """The form: which record, its fields, and the decisions."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.choice = bench, bench.choice
        self.record = dropdown("Record", [])
        self.kind = dropdown("Kind of new record", [(k, k) for k in _KINDS])
        self.words = line("Words of the new record", placeholder="exactly as in the article")
        self.nth = widgets.BoundedIntText(
            1, min=1, max=999, description="Which occurrence", style={"description_width": "initial"}
        )
        self.fields: dict[str, widgets.Widget] = {}
        self.listing = False
        self.form = widgets.VBox([])
        self.note = line("Note")
        self.buttons = {
            action: widgets.Button(description=action.capitalize()) for action in ("accept", "change", "delete", "add")
        }
        for action, button in self.buttons.items():
            button.on_click(lambda _, action=action: self._decide(action))
        self.back = widgets.Button(description="Take back the last", layout=widgets.Layout(width="auto"))
        self.back.on_click(lambda _: self._take_back())
        self.status, self.listed = widgets.HTML(), widgets.HTML(layout=widgets.Layout(width="auto"))
        self.new = widgets.VBox([self.kind, self.words, self.nth])
        self.box = column(
            heading("Correct by hand"), self.record, self.new, self.form, self.note,
            widgets.HBox([*self.buttons.values(), self.back], layout=widgets.Layout(flex_flow="row wrap")),
            self.status, self.listed, width="30em",
        )  # fmt: skip
        self._list()
        self.record.observe(lambda _: self._chosen(), names="value")
        self.kind.observe(lambda _: self._build(), names="value")
        self.choice.observe(lambda _: self._list(), names="analysis")
        self.choice.observe(lambda _: self._follow(), names="focus")
        self._build()
        self._tell("")

    def _list(self) -> None:
        """List the records of the analysis as it is now; the one that was chosen stays chosen."""
        analysis, kept = self.choice.analysis, self.record.value
        options: list[Option] = [(f"{r.id}: {_begins(analysis, r)}", r.id) for _, r in records_of(analysis)]
        options.append(("a new record", _NEW))
        ids = [value for _, value in options]
        self.listing = True  # new options choose the first one by themselves
        self.record.options = options
        self.record.value = kept if kept in ids else ids[0]
        self.listing = False
        self._follow()
        self._build()

    def _follow(self) -> None:
        ids = [value for _, value in self.record.options]
        if self.choice.focus and self.choice.focus[0] in ids:
            self.record.value = self.choice.focus[0]

    def _chosen(self) -> None:
        if self.listing:
            return
        if self.record.value not in (None, _NEW) and self.record.value not in self.choice.focus:
            self.choice.focus = (self.record.value,)
        self._build()

    def _current(self) -> tuple[RecordType, Record | None]:
        for kind, record in records_of(self.choice.analysis):
            if record.id == self.record.value:
                return kind, record
        return self.kind.value, None

    def _build(self) -> None:
        """Show the fields of the record, as they are now."""
        kind, record = self._current()
        values = values_of(self.choice.analysis, record) if record is not None else {}
        self.fields = {name: made for name in FIELDS[kind] if (made := _field(name, values.get(name))) is not None}
        self.form.children = tuple(self.fields.values())
        self.new.layout.display = "" if record is None else "none"
        for action, button in self.buttons.items():
            button.disabled = (record is None) != (action == "add")

    def _decide(self, action: str) -> None:
        kind, record = self._current()
        values = {name: box.value.strip() or None for name, box in self.fields.items()}
        try:
            of = self.bench.place_of(self.words.value, self.nth.value) if record is None else record
            sent = values if action in ("change", "add") else {}
            made = self.bench.decide(cast(Action, action), kind, of, self.note.value, **sent)
        except (CorpusLibError, OSError) as error:
            self._tell(f"Not saved: {error}")
            return
        self.note.value = ""
        self._tell(f"Saved: {made.action} {made.record} «{shorten(made.text, 50, placeholder=' …')}»")

    def _take_back(self) -> None:
        if self.bench.layer.corrections:
            self.bench.take_back()
            self._tell("The last correction is taken back.")

    def _tell(self, said: str) -> None:
        self.back.disabled = not self.bench.layer.corrections
        file = f"The corrections are in {self.bench.file.name}." if self.bench.layer.corrections else ""
        self.status.value = f'<p style="overflow-wrap:anywhere">{escape(said)} {escape(file)}</p>'
        self.listed.value = corrections_html(self.bench.layer, self.bench.lost)


def _begins(analysis: Analysis, record: Record) -> str:
    return shorten(extent(record).of(analysis.article.text), 50, placeholder=" …")


def _field(name: str, value: Any) -> widgets.Widget | None:
    """Return the control of a field; None for spans, which are not typed in."""
    if name in _CHOICES:
        return dropdown(name.capitalize(), [(v, v) for v in _CHOICES[name]], value)
    return line(_NAMES[name], value or "", "unknown") if name in _NAMES else None
