"""The desk: one's own articles, pasted, uploaded or named; one button, and what is found in the order one asks."""

from __future__ import annotations

import base64
import mimetypes
from collections.abc import Callable, Sequence
from html import escape
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import ipywidgets as widgets  # type: ignore[import-untyped]

from corpus_lib.analysis import Analysis
from corpus_lib.corpus import Corpus
from corpus_lib.corrections import apply, read_layers
from corpus_lib.errors import CorpusLibError, InputNotFound
from corpus_lib.exchange import export
from corpus_lib.findings import three
from corpus_lib.labels import Labels, Language, error_in_words, labels
from corpus_lib.model import sha256
from corpus_lib.reading.sources import find_files
from corpus_lib.report import report
from corpus_lib.widgets.answered import side_by_side_html
from corpus_lib.widgets.counting import frequency_view
from corpus_lib.widgets.matrix import matrix_view
from corpus_lib.widgets.parts import beside, column, dropdown, heading, line
from corpus_lib.widgets.reader import Reader, corrections_html, reader
from corpus_lib.widgets.results import frame_html
from corpus_lib.widgets.said import said_html
from corpus_lib.widgets.tabling import write_workbook
from corpus_lib.widgets.uploading import ACCEPTED, keep
from corpus_lib.words import Index
from corpus_lib.writing import write_text

if TYPE_CHECKING:
    import pandas as pd

LARGEST = 2_000_000
"""Bytes of a file that is offered as a link too; what is larger lies in its folder."""

MOST = 500
"""Articles that the desk holds at once; a store holds any number (`Corpus.analyse`)."""

_LINK = "color:var(--jp-content-link-color,revert);text-decoration:underline"

LIKELY = 0.5
"""The confidence from which something is likelier right than wrong."""


def errors_html(corpus: Corpus, t: Labels) -> str:
    """Return what could not be analysed and why; nothing where everything was."""
    errors = corpus.frame("errors")
    if errors.empty:
        return ""
    caption = t("desk.failures", n=len(errors))
    errors = errors.assign(stage=[t.known(f"stage.{s}", s) for s in errors["stage"]])
    return frame_html(_headed(errors, t), caption=caption, most=200, language=t.language)


def failed_html(error: Exception, t: Labels) -> str:
    """Return what went wrong; in Norwegian its kind in words, and the message, which is English, folded."""
    words, message = escape(error_in_words(error, t)), escape(str(error))
    if t.language == "en":
        return words
    return f'{words}.<details><summary>{t("desk.details")}</summary><span lang="en">{message}</span></details>'


def _headed(frame: pd.DataFrame, t: Labels) -> pd.DataFrame:
    """Return a frame with the names of its columns in words."""
    known = {c: t(f"desk.columns.{c}") for c in map(str, frame.columns) if f"desk.columns.{c}" in t}
    return frame.rename(columns=known).fillna("")


def links_html(files: Sequence[Path], t: Labels) -> str:
    """Return files as links that save them; one that is too large is named only."""
    items = ""
    for file in files:
        size = file.stat().st_size
        name = escape(file.name)
        if size <= LARGEST:
            data = base64.b64encode(file.read_bytes()).decode("ascii")
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            name = f'<a download="{name}" style="{_LINK}" href="data:{kind};base64,{data}">{name}</a>'
        items += f"<li>{name}, {t('desk.size', n=size)}</li>"
    return f"<ul>{items}</ul>"


def corpus_view(
    folder: str | Path = "my_corpus", *, path: str = "", text: str = "", by: str = "", language: Language = "en"
) -> widgets.VBox:
    """Return the desk: paste an article, upload files, or name a folder or a file; one click analyses.

    What is found comes in this order: three sentences, the reader, the matrix, demands and answers side by side,
    words, and buttons for the report, the tables and the corrections.

    Parameters
    ----------
    folder
        Where the results are kept, the corrections too, and what the buttons write.
    path, text
        What stands in the fields at first.
    by
        Who corrects, at first.
    language
        In which language the desk speaks; the report is in the articles' own.
    """
    return _Desk(Path(folder), path, text, by, language).box


class _Desk:
    """The fields, the bar, and what was found."""

    def __init__(self, folder: Path, path: str, text: str, by: str, language: Language) -> None:
        self.folder, self.language = folder, language
        self.t = t = labels(language)
        self.corpus: Corpus | None = None
        self.reader: Reader | None = None
        wide = {"description_width": "initial"}
        full = widgets.Layout(width="auto")
        self.text = widgets.Textarea(text, description=t("desk.article"), rows=8, layout=full, style=wide,
                                     placeholder=t("desk.paste"))  # fmt: skip
        self.upload = widgets.FileUpload(description=t("desk.upload"), multiple=True, accept=",".join(ACCEPTED),
                                         layout=widgets.Layout(width="max-content"))  # fmt: skip
        self.path = line(t("desk.path"), path, t("desk.path_hint"))
        self.name = line(t("desk.column"), "text")
        self.by = line(t("desk.by"), by)
        self.start = _button(t("desk.analyse"), "primary")
        self.bar = widgets.IntProgress(value=0, min=0, max=1, description=t("desk.progress"))
        self.status, self.errors, self.found, self.listed, self.sides, self.files = (_html() for _ in range(6))
        self.article = dropdown(t("desk.article"), [])
        self.views, self.words = widgets.VBox([]), widgets.VBox([])
        self.buttons = {kind: _button(t(f"desk.{kind}")) for kind in ("report", "xlsx", "csv", "corrections")}
        self.results = widgets.VBox(layout=widgets.Layout(display="none"))
        self.box = self._laid_out()
        self.start.on_click(lambda _: self._analyse())
        self.article.observe(lambda _: self._open(), names="value")
        self.by.observe(lambda _: self._sign(), names="value")
        for kind, button in self.buttons.items():
            button.on_click(lambda _, kind=kind: self._write(kind))

    def _laid_out(self) -> widgets.VBox:
        how_far = beside(self.start, self.bar, self.status)
        how_far.layout.align_items = self.start.layout.align_self = "center"
        t, row = self.t, widgets.HBox(list(self.buttons.values()), layout=widgets.Layout(flex_flow="row wrap"))
        self.results.children = (
            heading(t("desk.found")), self.found, self.listed, self.article, self.views,
            heading(t("desk.beside")), self.sides, heading(t("desk.words")), self.words,
            heading(t("desk.take_along")), row, self.files,
        )  # fmt: skip
        return column(
            self.text, beside(self.upload, self.path, self.name, self.by), how_far,
            self.errors, self.results,
        )  # fmt: skip

    # What is given ----------------------------------------------------------------------------------------------------

    def _given(self) -> Corpus:
        """Return the corpus of what was given: pasted goes before uploaded, uploaded before named."""
        if self.text.value.strip():
            name = f"pasted_{sha256(self.text.value)[:8]}"  # each has corrections of its own
            return self._run(Corpus.from_texts({name: self.text.value}), name, 1)
        if self.upload.value:
            mark = sha256("".join(f"{f['name']} {f['size']} {f['last_modified']}" for f in self.upload.value))[:12]
            files = keep(self.upload.value, self.folder / f"uploaded_{mark}")
            return self._run(self._read(*files), f"store_{mark}")
        path = self.path.value.strip()
        if not path:
            raise InputNotFound(self.t("desk.nothing_given"))
        next(find_files(path))  # what is not there is said; an article that failed is kept with the others
        mark = sha256(f"{Path(path).resolve()} {self._column()}")[:12]  # each input has its own: none shows another's
        return self._run(self._read(path), f"store_{mark}")

    def _column(self) -> str:
        return str(self.name.value).strip() or "text"

    def _read(self, *paths: str | Path) -> Corpus:
        return Corpus.read(*paths, text=self._column())

    def _run(self, corpus: Corpus, place: str, batch: int = 4) -> Corpus:
        return corpus.analyse(self.folder / place, batch_size=batch, min_confidence=LIKELY, progress=self._move)

    def _move(self, done: int, total: int | None, errors: int = 0) -> None:
        self.bar.max, self.bar.value = max(total or done, 1), done
        known = self.t("count.articles", n=total) if total is not None else self.t("desk.so_many")
        self.status.value = f"<p>{self.t('desk.done_of', done=done, known=known, failed=errors)}</p>"

    def _analyse(self) -> None:
        """Analyse what was given, showing how far it is; what goes wrong is said."""
        self._clear()
        try:
            self.corpus = self._given()
        except (CorpusLibError, OSError) as error:
            self.bar.bar_style = "danger"
            said = f"<b>{escape(self.t('desk.failed'))}</b> {failed_html(error, self.t)}"
            self.status.value = f'<p style="overflow-wrap:anywhere">{said}</p>'
            return
        self._tell(self.corpus)

    def _clear(self) -> None:
        """Take away what was found before: nothing on the page is of another input than the one that is given."""
        self.corpus = self.reader = None
        self.results.layout.display = "none"
        self.bar.bar_style, self.bar.value = "", 0
        for shown in (self.status, self.errors, self.found, self.listed, self.sides, self.files):
            shown.value = ""
        self.article.options = []
        self.views.children = self.words.children = ()

    # What was found ---------------------------------------------------------------------------------------------------

    def _tell(self, corpus: Corpus) -> None:
        articles = corpus.frame(
            "articles", ["doc", "language", "date", "title", "n_quotes", "n_demands", "n_responses"]
        )
        docs, failed = [str(d) for d in articles["doc"]], len(corpus.frame("errors"))
        self.bar.max = self.bar.value = max(len(docs) + failed, 1)
        self.bar.bar_style = "warning" if failed else "success"
        few = f" {self.t('desk.first_shown', n=MOST)}" if len(docs) > MOST else ""
        told = self.t("desk.analysed", n=len(docs), failed=failed)
        self.status.value = f"<p>{told}{few}</p>"
        self.errors.value = errors_html(corpus, self.t)
        if not docs:
            return
        analyses = self._analyses(corpus)
        index = Index.of_analyses(analyses)
        self.found.value = said_html(*three(analyses, self.language, index), language=self.language)
        several = len(docs) > 1
        listed = frame_html(
            _headed(articles, self.t), caption=self.t("desk.articles"), most=MOST, language=self.language
        )
        self.listed.value = listed if several else ""
        self.article.layout.display = "" if several else "none"
        self.article.options = [(d[:80], d) for d in docs[:MOST]]
        self.article.value = docs[0]
        self.results.layout.display = ""
        self.words.children = (frequency_view(index, language=self.language),)

    def _analyses(self, corpus: Corpus) -> list[Analysis]:
        """Return the analyses as they are corrected now."""
        place = self.folder / "corrections"
        layers = read_layers(place) if place.exists() else {}
        found = list(islice(corpus.analyses(), MOST))
        return [apply(a, layers[a.article.id]).analysis if a.article.id in layers else a for a in found]

    def _open(self) -> None:
        if self.corpus is None or self.article.value is None:
            return
        analysis = self.corpus.analysis(self.article.value)
        signed = self.by.value.strip()
        self.reader = made = reader(analysis, self.folder / "corrections", signed, language=self.language)

        def follow(_: object = None) -> None:
            self.sides.value = side_by_side_html(made.analysis, language=self.language)

        made.observe(follow, names="analysis")
        follow()
        self.views.children = (made, heading(self.t("desk.who_answers")), matrix_view(made))

    def _sign(self) -> None:
        """Sign the corrections that follow with the name that stands in its field now."""
        if self.reader is not None and self.reader.bench is not None:
            self.reader.bench.by = self.by.value.strip()

    # What is taken along ----------------------------------------------------------------------------------------------

    def _write(self, kind: str) -> None:
        if self.corpus is None or self.reader is None:
            return
        try:
            self.files.value = self._written(kind, self.corpus, self.reader)
        except (CorpusLibError, OSError) as error:
            self.files.value = f"<p><b>{escape(self.t('desk.not_written'))}</b> {failed_html(error, self.t)}</p>"

    def _written(self, kind: str, corpus: Corpus, shown: Reader) -> str:
        if kind == "corrections":
            bench = shown.bench
            assert bench is not None
            files = [bench.file] if bench.file.exists() else []
            return corrections_html(bench.layer, bench.lost, language=self.language) + links_html(files, self.t)
        analyses = self._analyses(corpus)
        write: dict[str, Callable[[], list[Path]]] = {
            "report": lambda: [write_text(self.folder / "report.html", report(analyses))],
            "xlsx": lambda: [write_workbook(analyses, self.folder / "tables.xlsx")],
            "csv": lambda: list(export(analyses, "csv", self.folder / "tables", excel=True)),
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        where = escape(self.t("desk.written", folder=self.folder.name))
        return f"<p>{where}</p>{links_html(write[kind](), self.t)}"


def _button(description: str, style: str = "") -> widgets.Button:
    layout = widgets.Layout(width="max-content", align_self="flex-start")
    return widgets.Button(description=description, layout=layout, button_style=style)


def _html() -> widgets.HTML:
    return widgets.HTML(layout=widgets.Layout(width="auto"))
