"""The corrections of an article as a table."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten

from corpus_lib.corrections import Correction, Layer
from corpus_lib.widgets.parts import spaced_table

_COLUMNS = ("Decision", "Record", "Words", "Values", "By", "When", "Note", "Warning")


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
    return spaced_table(_COLUMNS, rows, caption=f"Corrections: {len(rows)}")


def _said(correction: Correction) -> str:
    plain = {k: v for k, v in correction.values.items() if v is None or isinstance(v, str)}
    return "; ".join(f"{k}: {v or 'unknown'}" for k, v in plain.items())
