"""How good an analysis is: scores against hand-made gold, and the agreement of two annotations."""

from __future__ import annotations

from corpus_lib.evaluation.agreement import Agreement, agreement, nominal_alpha, unitising_alpha
from corpus_lib.evaluation.annotation import Annotation
from corpus_lib.evaluation.counting import Miss
from corpus_lib.evaluation.reading import read_annotations, read_predictions
from corpus_lib.evaluation.recorded import annotation_of
from corpus_lib.evaluation.scoring import LAYERS, Evaluation, Figure, evaluate
from corpus_lib.evaluation.summary import agreement_as_text, as_text

__all__ = [
    "LAYERS",
    "Agreement",
    "Annotation",
    "Evaluation",
    "Figure",
    "Miss",
    "agreement",
    "agreement_as_text",
    "annotation_of",
    "as_text",
    "evaluate",
    "nominal_alpha",
    "read_annotations",
    "read_predictions",
    "unitising_alpha",
]
