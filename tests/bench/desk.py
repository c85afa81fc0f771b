"""How long the desk of notebook 04 takes, in CPU seconds: from paste to reader, and each action of a widget.

``python -m tests.bench.desk``; the article is that of the notebooks, and for the actions several of the invented ones
in one, cut at two thousand words.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from typing import Any

import ipywidgets

from corpus_lib import Index, analyse
from corpus_lib.datasets import load_story
from corpus_lib.widgets import (
    collocation_view,
    concordance_view,
    corpus_view,
    frequency_view,
    keyness_view,
    matrix_view,
    reader,
)  # fmt: skip

SEED = Path(__file__).parents[2] / "seeds" / "000_3b71882cc0bf1758.txt"
WORDS = 2_000


def timed(name: str, act: Callable[[], Any]) -> None:
    """Print how long something takes."""
    start = process_time()
    act()
    print(f"{name:<48} {1000 * (process_time() - start):8.0f} ms")


def parts(view: ipywidgets.Widget) -> Iterator[ipywidgets.Widget]:
    """Yield a view and all that is in it."""
    yield view
    for child in getattr(view, "children", ()):
        yield from parts(child)


def control(view: ipywidgets.Widget, name: str) -> Any:
    """Return the control with a label."""
    return next(p for p in parts(view) if getattr(p, "description", "") == name)


def long_article() -> str:
    """Return articles of the invented story as one text of about two thousand words."""
    blocks, count = [], 0
    for block in "\n\n".join(d.text for d in load_story().documents).split("\n\n"):
        if count < WORDS:
            blocks.append(block)
            count += len(block.split())
    return "\n\n".join(blocks)


def main() -> None:
    """Print the times."""
    text = SEED.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        desk = corpus_view(Path(folder), text=text)
        analyse("Ap varsler kamp\n\n– Vi gir oss ikke, sier Kari Lie.")  # as the notebook has by then
        Index.build(["krav"]).layer("lemma")
        timed("paste → reader, the notebooks' article", control(desk, "Analyse").click)
    analysis = analyse(long_article())
    index = Index.of_analyses(analysis)
    print(f"{len(analysis.article.text.split())} words, {len(analysis.quotes)} quotations, "
          f"{len(analysis.demands)} demands, {len(analysis.responses)} answers")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        view = reader(analysis, folder, "bench")
        matrix_view(view)
        for id, field in (("q1", "speaker"), ("d1", "actor")):
            said = {"do": "decide", "action": "change", "id": id, "values": {field: "Per Moe"}}
            timed(f"reader: set the {field} of {id}", lambda said=said: view._take(view, said))
            timed("reader: undo", lambda: view._take(view, {"do": "undo"}))
    lines = concordance_view(index, "krav*")
    timed("concordance: sort", lambda: setattr(control(lines, "Sort by"), "value", "L1"))
    timed("concordance: other words", lambda: setattr(control(lines, "Word or words"), "value", "sykehus*"))
    often = frequency_view(index)
    timed("frequency: another part", lambda: setattr(control(often, "Part"), "value", "quotations"))
    timed("frequency: another layer", lambda: setattr(control(often, "Layer"), "value", "lower"))
    keys = keyness_view(index)
    timed("keyness: quotations", lambda: setattr(control(keys, "Key words of"), "value", "quotations"))
    timed("keyness: against narration", lambda: setattr(control(keys, "Against"), "value", "narration"))
    near = collocation_view(index, "krav")
    timed("collocates: another word", lambda: setattr(control(near, "Word"), "value", "svar"))


if __name__ == "__main__":
    main()
