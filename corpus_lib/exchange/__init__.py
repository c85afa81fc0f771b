"""Analyses in the formats of other tools: `export` writes one, `import_` reads one back, `formats` lists them."""

from __future__ import annotations

from corpus_lib.exchange.reading import read_analyses
from corpus_lib.exchange.registry import Format, export, format_of, formats, import_

__all__ = ["Format", "export", "format_of", "formats", "import_", "read_analyses"]
