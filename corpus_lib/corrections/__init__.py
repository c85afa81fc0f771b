"""A hand-made layer over the automatic one: accept, change, delete or add, saved beside the article.

The automatic layer stays as it is. A correction is anchored on the text's SHA-256, the span and the kind
of record, never on a running id, and is applied anew to each analysis.
"""

from __future__ import annotations

from corpus_lib.corrections.applying import Corrected, apply, as_gold
from corpus_lib.corrections.cast import NamedActors
from corpus_lib.corrections.layer import (
    Correction,
    Layer,
    correct,
    read_layer,
    read_layers,
    sidecar,
    sidecar_of,
    write_layer,
)
from corpus_lib.corrections.merging import Merged, merged, merged_with_saved
from corpus_lib.corrections.sampling import Sample, sample
from corpus_lib.corrections.worksheet import read_worksheet, write_worksheet

__all__ = [
    "Corrected",
    "Correction",
    "Layer",
    "Merged",
    "NamedActors",
    "Sample",
    "apply",
    "as_gold",
    "correct",
    "merged",
    "merged_with_saved",
    "read_layer",
    "read_layers",
    "read_worksheet",
    "sample",
    "sidecar",
    "sidecar_of",
    "write_layer",
    "write_worksheet",
]
