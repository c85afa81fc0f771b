r"""corpus_lib: who says what, who demands what of whom, and which words carry it, in Norwegian news.

>>> import corpus_lib as cl
>>> analysis = cl.analyse("Ap varsler kamp\n\n– Vi gir oss ikke, sier Kari Lie.")
>>> analysis.quotes[0].type
'direct'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus_lib.analysis import Analysis, analyse
    from corpus_lib.corpus import Corpus
    from corpus_lib.errors import CorpusLibError
    from corpus_lib.evaluation import evaluate, read_annotations, read_predictions
    from corpus_lib.exchange import export, formats
    from corpus_lib.model import Actor, Article, Block, Cell, Demand, Failure, Metadata, Quote, Reason, Response, Span
    from corpus_lib.reading import read_documents
    from corpus_lib.report import report
    from corpus_lib.structure import read_article, read_text
    from corpus_lib.version import __version__
    from corpus_lib.words import Index, frequencies, readability  # type: ignore[no-redef]

_HOME = {
    "Actor": "model",
    "Analysis": "analysis",
    "Article": "model",
    "Block": "model",
    "Cell": "model",
    "Corpus": "corpus",
    "CorpusLibError": "errors",
    "Demand": "model",
    "Failure": "model",
    "Index": "words",
    "Metadata": "model",
    "Quote": "model",
    "Reason": "model",
    "Response": "model",
    "Span": "model",
    "__version__": "version",
    "analyse": "analysis",
    "evaluate": "evaluation",
    "export": "exchange",
    "formats": "exchange",
    "read_annotations": "evaluation",
    "read_predictions": "evaluation",
    "frequencies": "words",
    "read_article": "structure",
    "read_documents": "reading",
    "read_text": "structure",
    "readability": "words",
    "report": "report",
}

__all__ = [
    "Actor",
    "Analysis",
    "Article",
    "Block",
    "Cell",
    "Corpus",
    "CorpusLibError",
    "Demand",
    "Failure",
    "Index",
    "Metadata",
    "Quote",
    "Reason",
    "Response",
    "Span",
    "__version__",
    "analyse",
    "evaluate",
    "export",
    "formats",
    "frequencies",
    "read_annotations",
    "read_article",
    "read_documents",
    "read_predictions",
    "read_text",
    "readability",
    "report",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: ``import corpus_lib`` itself loads nothing heavy."""
    if name not in _HOME:
        raise AttributeError(f"module 'corpus_lib' has no attribute {name!r}")
    value = getattr(import_module(f"corpus_lib.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
