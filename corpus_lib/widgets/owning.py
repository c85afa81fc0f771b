"""One's own articles: paste one, or name a folder or a file; then the same tables, and their export."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import ipywidgets as widgets  # type: ignore[import-untyped]

from corpus_lib.corpus import Corpus
from corpus_lib.corpus.exporting import ExportFormat
from corpus_lib.errors import CorpusLibError, InputNotFound
from corpus_lib.model import sha256
from corpus_lib.reading.sources import find_files
from corpus_lib.render import counted, number
from corpus_lib.widgets.answered import answered
from corpus_lib.widgets.choice import Choice
from corpus_lib.widgets.demanding import demand_view
from corpus_lib.widgets.parts import Option, column, dropdown, heading, line
from corpus_lib.widgets.quoting import quote_view
from corpus_lib.widgets.results import frame_html

FORMATS: dict[ExportFormat, str] = {"csv": "CSV", "parquet": "Parquet", "jsonl": "JSONL"}
TABLES: tuple[Option, ...] = (
    ("quotes", "quotes"),
    ("demands", "demands"),
    ("responses", "responses"),
    ("demands and answers", "comparison"),
    ("articles", "articles"),
)
LARGEST = 2_000_000
"""Bytes of a file that is offered as a link too; what is larger lies in its folder."""


def stored_html(corpus: Corpus, table: str, *, most: int = 50) -> str:
    """Return the first rows of a table of an analysed corpus.

    Parameters
    ----------
    table
        ``quotes``, ``demands``, ``responses``, ``comparison``, ``actors``, ``blocks``, ``articles`` or ``errors``; with
        the comparison come the demands and the answers that have no place in it.
    most
        How many rows are shown.
    """
    frame = answered(corpus) if table == "comparison" else corpus.frame(table)
    name = next((label for label, value in TABLES if value == table), table)
    shown = frame.drop(columns="text" if table == "articles" else [])
    return frame_html(shown, caption=f"{name}: {counted(len(frame), 'row')}", most=most)


def errors_html(corpus: Corpus) -> str:
    """Return what could not be analysed and why; a sentence where everything was."""
    if corpus.frame("errors").empty:
        return "<p>No errors.</p>"
    return stored_html(corpus, "errors", most=200)


def links_html(files: Sequence[Path]) -> str:
    """Return files as links that save them; one that is too large is named only."""
    items = ""
    for file in files:
        size = file.stat().st_size
        name = escape(file.name)
        if size <= LARGEST:
            data = base64.b64encode(file.read_bytes()).decode("ascii")
            name = f'<a download="{name}" href="data:application/octet-stream;base64,{data}">{name}</a>'
        items += f"<li>{name}, {counted(size, 'byte')}</li>"
    return f"<ul>{items}</ul>"


def corpus_view(folder: str | Path = "my_corpus", *, path: str = "", text: str = "") -> widgets.VBox:
    """Return a place to analyse one's own articles: paste one, or name a folder, a JSON Lines or a CSV file.

    Parameters
    ----------
    folder
        Where the results are kept, and the exports written.
    path, text
        What stands in the fields at first.
    """
    return _Desk(Path(folder), path, text).box


class _Desk:
    """The fields, the bar, the tables and the exports."""

    def __init__(self, folder: Path, path: str, text: str) -> None:
        self.folder = folder
        self.corpus: Corpus | None = None
        full = widgets.Layout(width="100%")
        wide = {"description_width": "initial"}
        self.text = widgets.Textarea(text, description="Article", rows=8, layout=full, style=wide)
        self.path = line("Folder or file", path, "articles/ or articles.jsonl or articles.csv")
        self.name = line("Column with the text", "text")
        self.paste, self.read = _button("Analyse the pasted article"), _button("Read and analyse")
        self.bar = widgets.IntProgress(value=0, min=0, max=1, description="Progress")
        self.status = widgets.HTML("<p>Nothing is analysed yet.</p>", layout=widgets.Layout(width="auto"))
        self.errors = widgets.HTML(layout=widgets.Layout(width="auto"))
        self.article = dropdown("Article", [])
        self.table = dropdown("Table", TABLES)
        self.rows = widgets.HTML(layout=widgets.Layout(width="auto"))
        self.views = widgets.VBox([])
        self.exports = {kind: _button(f"Export as {name}") for kind, name in FORMATS.items()}
        self.files = widgets.HTML(layout=widgets.Layout(width="auto"))
        self.results = widgets.VBox(layout=widgets.Layout(display="none"))
        self.box = self._laid_out()
        self._connect()

    def _laid_out(self) -> widgets.VBox:
        exports = widgets.HBox(list(self.exports.values()), layout=widgets.Layout(flex_flow="row wrap"))
        self.results.children = (
            heading("Tables"), self.table, self.rows, heading("Export"), exports, self.files,
            heading("In the text"), self.article, self.views,
        )  # fmt: skip
        return column(
            heading("Paste one article"), self.text, self.paste,
            heading("Or name a folder, a JSON Lines or a CSV file"), self.path, self.name, self.read,
            self.bar, self.status, self.errors, self.results,
        )  # fmt: skip

    def _connect(self) -> None:
        self.paste.on_click(lambda _: self._analyse(self._pasted))
        self.read.on_click(lambda _: self._analyse(self._named))
        self.table.observe(lambda _: self._show_table(), names="value")
        self.article.observe(lambda _: self._show_article(), names="value")
        for kind, button in self.exports.items():
            button.on_click(lambda _, kind=kind: self._export(kind))

    def _pasted(self) -> Corpus:
        return Corpus.from_texts({"pasted": self.text.value}).analyse(self.folder / "pasted", progress=self._move)

    def _named(self) -> Corpus:
        path, column = self.path.value.strip(), self.name.value.strip() or "text"
        if not path:
            raise InputNotFound("no folder or file is named")
        next(find_files(path))  # what is not there is said; an article that failed is kept with the others
        place = (
            f"store_{sha256(f'{Path(path).resolve()} {column}')[:12]}"  # each input has its own: none shows another's
        )
        return Corpus.read(path, text=column).analyse(self.folder / place, batch_size=4, progress=self._move)

    def _move(self, done: int, total: int | None, errors: int = 0) -> None:
        self.bar.max, self.bar.value = max(total or done, 1), done
        known = counted(total, "article") if total is not None else "? articles"
        self.status.value = f"<p>{number(done)} of {known}, {number(errors)} failed.</p>"

    def _analyse(self, make: Callable[[], Corpus]) -> None:
        """Analyse what was given, showing how far it is; what goes wrong is said."""
        self._clear()
        try:
            self.corpus = make()
        except (CorpusLibError, OSError) as error:
            self.bar.bar_style = "danger"
            self.status.value = f'<p style="overflow-wrap:anywhere"><b>Not analysed:</b> {escape(str(error))}</p>'
            return
        self._tell()

    def _clear(self) -> None:
        """Take away what was found before: nothing on the page is of another input than the one that is named."""
        self.corpus = None
        self.results.layout.display = "none"
        self.bar.bar_style, self.bar.value = "", 0
        self.status.value = self.errors.value = self.rows.value = self.files.value = ""
        self.article.options = []
        self._show_article()

    def _tell(self) -> None:
        assert self.corpus is not None
        docs = [str(d) for d in self.corpus.frame("articles", ["doc"])["doc"]]
        failed = len(self.corpus.frame("errors"))
        self.bar.max = self.bar.value = max(len(docs) + failed, 1)
        self.bar.bar_style = "warning" if failed else "success"
        self.status.value = f"<p>{counted(len(docs), 'article')} analysed, {number(failed)} failed.</p>"
        self.errors.value = errors_html(self.corpus)
        self.results.layout.display = "" if docs else "none"
        self._show_table()
        self.article.options = [(d[:80], d) for d in docs]
        self.article.value = docs[0] if docs else None
        self._show_article()

    def _show_table(self) -> None:
        if self.corpus is not None:
            self.rows.value = stored_html(self.corpus, self.table.value)

    def _show_article(self) -> None:
        if self.corpus is None or self.article.value is None:
            self.views.children = ()
            return
        choice = Choice(self.corpus.analysis(self.article.value))
        self.views.children = (quote_view(choice), demand_view(choice))

    def _export(self, kind: ExportFormat) -> None:
        if self.corpus is None:
            return
        place = self.folder / f"export_{kind}"
        target = place / "analyses.jsonl" if kind == "jsonl" else place
        place.mkdir(parents=True, exist_ok=True)
        try:
            files = [Path(f) for f in self.corpus.export(target, kind)]
        except (CorpusLibError, OSError) as error:
            self.files.value = f"<p><b>Not exported:</b> {escape(str(error))}</p>"
            return
        self.files.value = f"<p>Written to {escape(place.name)}:</p>{links_html(files)}"


def _button(description: str) -> widgets.Button:
    return widgets.Button(description=description, layout=widgets.Layout(width="max-content", align_self="flex-start"))
