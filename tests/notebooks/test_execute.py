"""Running a notebook anew stores what it shows, and nothing that changes from run to run."""

from __future__ import annotations

import nbformat
import pytest
from execute import executed, stripped
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook


def test_noise_is_taken_out():
    cell = new_code_cell("1", metadata={"execution": {"iopub.execute_input": "now"}})
    notebook = new_notebook(
        cells=[cell], metadata={"widgets": {}, "language_info": {"name": "python", "version": "3.11.7"}}
    )
    clean = stripped(notebook)
    assert "widgets" not in clean.metadata
    assert clean.metadata["language_info"] == {"name": "python"}
    assert clean.cells[0].metadata == {}


def test_code_that_is_folded_stays_so():
    cell = new_code_cell("1", metadata={"jupyter": {"source_hidden": True}, "execution": {}})
    assert stripped(new_notebook(cells=[cell])).cells[0].metadata == {"jupyter": {"source_hidden": True}}


@pytest.mark.filterwarnings("ignore::Warning")
def test_a_notebook_runs_where_its_paths_start(tmp_path):
    (tmp_path / "word.txt").write_text("ord", encoding="utf-8")
    notebook = new_notebook(cells=[new_code_cell("open('word.txt').read()")])
    done = executed(notebook, tmp_path)
    assert done.cells[0].outputs[0]["data"]["text/plain"] == "'ord'"
    nbformat.validate(done)


@pytest.mark.filterwarnings("ignore::Warning")
def test_a_notebook_that_raises_is_not_stored(tmp_path):
    with pytest.raises(CellExecutionError, match="on purpose"):
        executed(new_notebook(cells=[new_code_cell("raise ValueError('on purpose')")]), tmp_path)
