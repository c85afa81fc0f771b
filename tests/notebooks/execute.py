"""Run the notebooks and store their outputs, without what changes from run to run.

``python -m tests.notebooks.execute``; names of notebooks as arguments run these alone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nbformat
from nbconvert.preprocessors import ExecutePreprocessor
from nbformat import NotebookNode

FOLDER = Path(__file__).parents[2] / "notebooks"


def executed(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """Return the notebook with the outputs of a run from top to bottom.

    Parameters
    ----------
    folder
        Where it runs: paths in it start there.

    Raises
    ------
    CellExecutionError
        If a cell raises.
    """
    runner = ExecutePreprocessor(timeout=300, store_widget_state=False, record_timing=False)
    done, _ = runner.preprocess(notebook, {"metadata": {"path": str(folder)}})
    return stripped(done)


def stripped(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook without widget state, the kernel's version and the cells' metadata; code stays folded."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata["language_info"] = {"name": "python"}
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    for cell in notebook.cells:
        folded = cell.metadata.get("jupyter", {}).get("source_hidden")
        cell.metadata = NotebookNode({"jupyter": {"source_hidden": True}} if folded else {})
    return notebook


def main(names: list[str]) -> None:
    """Run the notebooks of these names, or all."""
    os.environ.setdefault("PYTHONHASHSEED", "0")
    os.environ.setdefault("MPLBACKEND", "agg")
    for path in sorted(FOLDER.glob("*.ipynb")):
        if not names or path.stem in names:
            nbformat.write(executed(nbformat.read(path, 4), FOLDER), path)
            sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
