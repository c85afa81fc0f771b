"""The linked reader as a widget: the record goes to the browser, decisions come back and are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

import anywidget
from traitlets import Bool, Dict, Instance, List, Unicode, observe

from corpus_lib.analysis import Analysis
from corpus_lib.corrections.layer import Action, RecordType
from corpus_lib.errors import CorpusLibError
from corpus_lib.labels import Language, error_in_words, labels
from corpus_lib.model import Span
from corpus_lib.stories import Story
from corpus_lib.widgets.reader.bench import Bench, now
from corpus_lib.widgets.reader.following import followed_in
from corpus_lib.widgets.reader.record import record_of

Message = Mapping[str, Any]
_HERE = Path(__file__).parent
_OPENS = ("«", '"', "“", "„", "– ", "- ", "— ")
"""What stands before words that somebody says in person."""


def words_of(language: Language) -> dict[str, str]:
    """Return what the reader says in a language: its own texts, and the words for what it shows.

    >>> words_of("nb")["undo"], words_of("nb")["reject"]
    ('Angre', 'sier nei')
    """
    t = labels(language)
    areas = ("reader.", "type.", "stance.", "strength.")
    known = {key.partition(".")[2]: text for area in areas for key, text in t.texts.items() if key.startswith(area)}
    names = {name: t(f"speaker.{name}") for name in ("unknown", "unknown_actor", "nobody")}
    return known | names | {"lang": language, "denies": t.texts["speaker.denies"]}


class Reader(anywidget.AnyWidget):
    """The article in a column, its demands in the margin joined to their answers, and corrections by selecting.

    Attributes
    ----------
    analysis
        What is read, corrected as it is now; another one is shown at once.
    focus
        Ids of the records that are lit; the first is open and scrolled to. What the reader opens stands here too.
    bench
        Where corrections are made and kept; None where the reader only shows.
    story
        A story that the article belongs to: the open card of a demand says what other articles tell of it.
    """

    _esm = _HERE / "reader.js"
    _css = _HERE / "reader.css"
    record = Dict().tag(sync=True)
    labels = Dict().tag(sync=True)
    focus = List(Unicode()).tag(sync=True)
    edits = Bool(False).tag(sync=True)
    said = Unicode("").tag(sync=True)
    analysis = Instance(Analysis)

    def __init__(
        self,
        analysis: Analysis,
        bench: Bench | None = None,
        *,
        language: Language = "en",
        story: Story | None = None,
    ) -> None:
        self.bench, self.story = bench, story
        shown = bench.analysis if bench else analysis
        super().__init__(analysis=shown, labels=words_of(language), edits=bench is not None)
        self.on_msg(self._take)

    def __repr__(self) -> str:
        """Return the article's id and how much was found."""
        return f"<Reader of {self.analysis!r}>"

    @observe("analysis")
    def _show(self, _: object) -> None:
        language: Language = self.labels["lang"]
        record = record_of(self.analysis, language)
        self.record = followed_in(self.story, record, labels(language)) if self.story else record
        known = {r["id"] for table in ("quotes", "demands", "answers") for r in self.record[table]}
        self.focus = [id for id in self.focus if id in known]

    def _take(self, _: object, message: Message, __: object = None) -> None:
        """Carry out what the browser asks for; what cannot be done is said, and changes nothing."""
        if self.bench is None or not isinstance(message, Mapping):
            return
        said = self.labels
        try:
            done = self._do(self.bench, message)
        except (CorpusLibError, OSError, KeyError, TypeError, ValueError) as error:
            self.said = ""
            self.said = said["failed"].format(why=error_in_words(error, labels(said["lang"])))
            return
        self.analysis = self.bench.analysis
        if done:
            self.focus = [done]
        undone = message.get("do") == "undo"
        self.said = ""  # the same words twice are two events
        self.said = (
            (said["undone"] if done is not None else said["nothing"])
            if undone
            else said["saved"].format(id=self.bench.file.name)
        )

    def _do(self, bench: Bench, message: Message) -> str | None:
        """Return the id of the record to open, '' where all stays as it is; None where there was nothing to do."""
        match message["do"]:
            case "add":
                return self._add(bench, cast("RecordType", message["kind"]), _span(message))
            case "decide":
                id, action = str(message["id"]), cast("Action", message["action"])
                bench.decide(action, id, **message.get("values", {}))
                return "" if action == "delete" else id
            case "words":
                id, span = str(message["id"]), _span(message)
                bench.decide("change", id, **_words(bench.record(id)[0], span))
                return id
            case "link":
                bench.link(str(message["answer"]), str(message["demand"]), on=bool(message["on"]))
                return ""
            case "undo":
                return "" if bench.undo() else None
            case other:
                raise ValueError(f"no such decision: {other!r}")

    def _add(self, bench: Bench, kind: RecordType, span: Span) -> str:
        text = bench.analysis.article.text
        said = text[: span.start].endswith(_OPENS)
        return bench.add(kind, span, **({"type": "direct" if said else "indirect"} if kind == "quote" else {}))


def _span(message: Message) -> Span:
    return Span(int(message["start"]), int(message["end"]))


def _words(kind: RecordType, span: Span) -> dict[str, Any]:
    pair = [span.start, span.end]
    fields: dict[str, dict[str, Any]] = {
        "quote": {"segments": [pair]},
        "demand": {"content": pair},
        "response": {"evidence": pair},
    }
    return fields[kind]


def reader(
    analysis: Analysis,
    directory: str | Path | None = None,
    by: str = "",
    *,
    language: Language = "en",
    story: Story | None = None,
    clock: Callable[[], str] = now,
) -> Reader:
    r"""Return the linked reader of an article.

    With a folder, the article can be corrected in it: select words and say what they are, or open a card. Each
    decision is saved at once as a sidecar file; the automatic analysis stays as it is.

    Parameters
    ----------
    directory
        The folder of the corrections, best the one the article lies in; None shows the article only.
    by
        Who corrects: stands in the file.
    language
        In which language the reader itself speaks: ``en``, ``nb`` or ``nn``.
    story
        A story that the article belongs to: the card of a demand says what other articles tell of it.
    clock
        Gives the time that stands in the file.

    Examples
    --------
    >>> from corpus_lib import analyse
    >>> view = reader(analyse("Ap varsler kamp\n\n– Vi gir oss ikke, sier Kari Lie."))
    >>> [q["who"] for q in view.record["quotes"]]
    ['Kari Lie']
    """
    bench = None if directory is None else Bench(analysis, directory, by, clock)
    return Reader(analysis, bench, language=language, story=story)
