"""What nbval cannot see in the stored notebooks: that they were run, are clean, and can be read without a kernel.

Whether the outputs are still right is nbval's question, kept apart from coverage::

    pytest --nbval --nbval-current-env --nbval-cell-timeout=120 \
        --nbval-sanitize-with notebooks/nbval_sanitize.cfg notebooks

The outputs are made again, all at once, with::

    python -m tests.notebooks.execute
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import pytest
from IPython.display import HTML
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from corpus_lib import analyse, plots

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
WIDGET = "application/vnd.jupyter.widget-view+json"
MOST_LINES = 12

_DATA_LINK = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]+")
_ABSOLUTE = re.compile(r"(?<![\w/:.<~-])/(?:[\w.-]+/)+[\w.-]+|\b[A-Za-z]:\\\w|file://")
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{4,}")
_HEADING = re.compile(r"^(#{1,6}) ", re.MULTILINE)
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


class _Figures(HTMLParser):
    """The alternative text of each image, and whether a figure has a caption."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.alts: list[str] = []
        self.figures = self.captions = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.alts.append((dict(attrs).get("alt") or "").strip())
        self.figures += tag == "figure"
        self.captions += tag == "figcaption"


def problems(notebook: NotebookNode) -> list[str]:
    """Return what is wrong with a stored notebook, in words; nothing for a good one."""
    code = [c for c in notebook.cells if c.cell_type == "code"]
    return [
        *_heading_problems(notebook),
        *_run_problems(code),
        *_stored_problems(notebook),
        *_figure_problems(code),
        *_widget_problems(code),
        *(f"{c.id}: {n} lines" for c in code if (n := len(c.source.splitlines())) > MOST_LINES),
    ]


def _heading_problems(notebook: NotebookNode) -> Iterator[str]:
    levels = [
        [len(h) for h in _HEADING.findall(_FENCED.sub("", c.source))] if c.cell_type == "markdown" else []
        for c in notebook.cells
    ]
    if not levels or levels[0].count(1) != 1:
        yield "the first cell has not exactly one H1"
    flat = [level for cell in levels for level in cell]
    if flat.count(1) > 1:
        yield "more than one H1"
    yield from (f"heading level jumps from {a} to {b}" for a, b in pairwise(flat) if b > a + 1)


def _run_problems(code: list[NotebookNode]) -> Iterator[str]:
    counts = [c.execution_count for c in code]
    if counts != list(range(1, len(code) + 1)):
        yield f"execution counts are {counts}"
    for cell in code:
        for output in cell.outputs:
            if output.output_type == "error":
                yield f"{cell.id}: error {output.ename}"
            if output.get("name") == "stderr":
                yield f"{cell.id}: output on stderr"


def _stored_problems(notebook: NotebookNode) -> Iterator[str]:
    if "widgets" in notebook.metadata:
        yield "metadata holds widgets"
    for text in _strings([notebook.metadata, notebook.cells]):
        bare = _DATA_LINK.sub("", text)
        yield from (f"absolute path {found}" for found in _ABSOLUTE.findall(bare))
        yield from (f"address {found}" for found in _ADDRESS.findall(bare))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for held in value.values():
            yield from _strings(held)
    elif isinstance(value, list):
        for held in value:
            yield from _strings(held)


def _figure_problems(code: list[NotebookNode]) -> Iterator[str]:
    data = [(c.id, o.get("data", {})) for c in code for o in c.outputs]
    yield from (f"{id}: an image without alternative text" for id, d in data if any(k.startswith("image/") for k in d))
    found = [(id, _Figures(d.get("text/html", ""))) for id, d in data]
    if not any(f.figures for _, f in found):
        yield "no figure"
    for id, figures in found:
        if not all(figures.alts):
            yield f"{id}: an image without alternative text"
        if figures.figures != figures.captions:
            yield f"{id}: a figure without caption"


def _widget_problems(code: list[NotebookNode]) -> Iterator[str]:
    places = [i for i, c in enumerate(code) if any(WIDGET in o.get("data", {}) for o in c.outputs)]
    if not places:
        yield "no widget cell"
    for i in places:
        if not i or i - 1 in places or not code[i - 1].outputs:
            yield f"{code[i].id}: a widget without a static output before it"


def test_there_are_notebooks():
    assert [p.stem[:2] for p in NOTEBOOKS] == ["01", "02", "03", "04", "05"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_stored_notebook_is_sound(path):
    notebook = nbformat.read(path, 4)
    nbformat.validate(notebook)
    assert problems(notebook) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_says_how_to_read_it_and_asserts_its_claim(path):
    notebook = nbformat.read(path, 4)
    last = notebook.cells[-1]
    assert last.cell_type == "markdown"
    assert last.source.startswith("## How to read this")
    assert any(re.search(r"^\s*assert ", c.source, re.MULTILINE) for c in notebook.cells if c.cell_type == "code")


UNDATED = "Nytt om lønn\n\nLO krever at NHO <i>snur</i>. NHO avviste kravet."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (UNDATED, "no line of time is drawn: 2 demands and answers without a day."),
        ("Fin dag\n\nDet var sol hele dagen.", "no line of time is drawn: No demands or answers were found."),
    ],
)
def test_without_dates_no_line_of_time_is_drawn_but_words_say_so(text: str, words: str):
    notebook = nbformat.read(FOLDER / "02_demands_and_responses.ipynb", 4)
    (cell,) = (c.source for c in notebook.cells if c.cell_type == "code" and "plots.timeline(" in c.source)
    names = {"analysis": analyse(text), "plots": plots, "HTML": HTML}
    exec(compile(cell, "cell", "exec"), names)
    assert words in names["shown"]
    assert "<img" not in names["shown"]


def test_with_two_dates_the_line_of_time_is_drawn(seed_analysis):
    notebook = nbformat.read(FOLDER / "02_demands_and_responses.ipynb", 4)
    (cell,) = (c.source for c in notebook.cells if c.cell_type == "code" and "plots.timeline(" in c.source)
    names = {"analysis": seed_analysis, "plots": plots, "HTML": HTML}
    exec(compile(cell, "cell", "exec"), names)
    assert "<img" in names["shown"]


def _good() -> NotebookNode:
    """The smallest notebook without a problem."""
    figure = '<figure><img alt="Nato has most words" src="data:image/png;base64,/9j/aa/bb=="><figcaption>x</figcaption>'
    outputs = [{"text/html": figure + "</figure>"}, {WIDGET: {"model_id": "1"}, "text/plain": "VBox()"}]
    code = [
        new_code_cell("view", id=f"c{i}", execution_count=i, outputs=[new_output("execute_result", data)])
        for i, data in enumerate(outputs, 1)
    ]
    return new_notebook(cells=[new_markdown_cell("# Title\n\nRead ../seeds/a.txt, 24/7/365", id="m"), *code])


def _first(notebook: NotebookNode, **changes: Any) -> None:
    notebook.cells[1].update(changes)


def _stored(text: str) -> Callable[[NotebookNode], None]:
    return lambda n: n.cells[1].outputs.append(new_output("stream", text=text))


BROKEN: dict[str, tuple[Callable[[NotebookNode], Any], str]] = {
    "never run": (lambda n: _first(n, execution_count=None), "execution counts are"),
    "run twice": (lambda n: _first(n, execution_count=7), "execution counts are"),
    "error": (
        lambda n: n.cells[1].outputs.append(new_output("error", ename="ValueError", evalue="", traceback=[])),
        "error ValueError",
    ),
    "stderr": (lambda n: n.cells[1].outputs.append(new_output("stream", name="stderr", text="x")), "stderr"),
    "widget state": (lambda n: n.metadata.update(widgets={}), "metadata holds widgets"),
    "path": (_stored("read '/home/kari/article.txt'"), "absolute path /home/kari/article.txt"),
    "path in a table": (_stored("<td>/srv/texts/a.txt</td>"), "absolute path /srv/texts/a.txt"),
    "path on another system": (_stored(r"C:\texts\a.txt"), "absolute path"),
    "path in the source": (lambda n: _first(n, source='open("/home/kari/a.txt")'), "absolute path"),
    "address": (_stored("<Figure at 0x7f3a12cd>"), "address 0x7f3a12cd"),
    "no alternative text": (
        lambda n: n.cells[1].outputs[0].data.update({"text/html": "<figure><img><figcaption></figcaption></figure>"}),
        "without alternative text",
    ),
    "empty alternative text": (
        lambda n: n.cells[1].outputs[0].data.update({"text/html": '<figure><img alt=" "><figcaption></figcaption>'}),
        "without alternative text",
    ),
    "bare image": (lambda n: n.cells[1].outputs[0].data.update({"image/png": "aa"}), "without alternative text"),
    "no caption": (
        lambda n: n.cells[1].outputs[0].data.update({"text/html": '<figure><img alt="x"></figure>'}),
        "without caption",
    ),
    "no figure": (lambda n: n.cells[1].outputs[0].data.update({"text/html": "<p>x</p>"}), "no figure"),
    "no title": (lambda n: n.cells[0].update(source="## Title"), "not exactly one H1"),
    "two titles": (lambda n: n.cells[0].update(source="# Title\n\n# Title"), "not exactly one H1"),
    "second title later": (lambda n: n.cells.append(new_markdown_cell("# Again", id="z")), "more than one H1"),
    "starts with code": (lambda n: n.cells.reverse(), "not exactly one H1"),
    "heading jumps": (lambda n: n.cells.append(new_markdown_cell("### Deep", id="z")), "jumps from 1 to 3"),
    "long cell": (lambda n: _first(n, source="x = 1\n" * (MOST_LINES + 1)), "13 lines"),
    "no widget": (lambda n: n.cells[2].outputs[0].data.pop(WIDGET), "no widget cell"),
    "widget without a static reading": (lambda n: _first(n, outputs=[]), "without a static output"),
}


def test_a_good_notebook_has_no_problems():
    assert problems(_good()) == []


def test_a_heading_in_a_code_fence_is_none():
    notebook = _good()
    notebook.cells.append(new_markdown_cell("```\n#### no heading\n```", id="z"))
    assert problems(notebook) == []


@pytest.mark.parametrize(("spoil", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_notebook_is_caught(spoil, said):
    notebook = copy.deepcopy(_good())
    spoil(notebook)
    assert any(said in problem for problem in problems(notebook)), problems(notebook)
