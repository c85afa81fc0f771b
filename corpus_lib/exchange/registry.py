"""The formats by name, and the two doors: `export` and `import_`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from corpus_lib.analysis import Analysis
from corpus_lib.errors import CannotWrite, CorpusLibError, SchemaError
from corpus_lib.model import sha256
from corpus_lib.writing import refuse_folder_name

Writer = Callable[[Sequence[Analysis], Path], tuple[Path, ...]]
Reader = Callable[[Path, Mapping[str, Analysis]], tuple[Analysis, ...]]

_MODULES = ("tables", "webannotation", "conllu", "brat", "uima", "refiqda", "dna", "graphml")


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is called, what it is for, how it is written and, where that is possible, read.

    Attributes
    ----------
    suffix
        Of the file it writes; empty for a folder.
    needs_text
        Whether it holds the articles themselves.
    excel
        What writes it as Norwegian spreadsheets open it, where it is for a spreadsheet.
    """

    name: str
    summary: str
    suffix: str
    write: Writer
    read: Reader | None = None
    needs_text: bool = True
    excel: Writer | None = None


@cache
def formats() -> Mapping[str, Format]:
    """Return all formats by name.

    >>> sorted(formats())[:3]
    ['brat', 'conllu', 'csv']
    """
    found = [f for name in _MODULES for f in import_module(f"corpus_lib.exchange.{name}").FORMATS]
    return MappingProxyType({f.name: f for f in found})


def format_of(name: str) -> Format:
    """Return a format by its name.

    Raises
    ------
    CorpusLibError
        If there is no such format; the message lists those there are.
    """
    known = formats()
    if name not in known:
        raise CorpusLibError(f"no format {name!r}; there are {', '.join(sorted(known))}")
    return known[name]


def export(analyses: Sequence[Analysis], format: str, output: str | Path, *, excel: bool = False) -> tuple[Path, ...]:
    """Write analyses in another tool's format and return the files written.

    Parameters
    ----------
    format
        A name that `formats` lists.
    output
        A file, or for formats of one file an article, a folder; missing folders are made.
    excel
        With ``csv`` and ``worksheet``: a byte-order mark, ``;`` between cells and decimal commas, as in Norway.

    Raises
    ------
    CorpusLibError
        If there is no such format, or a spreadsheet cannot open it.
    SchemaError
        If the format holds the articles and a text is not the one analysed.
    MissingExtra
        If the format needs a package that is not installed.
    CannotWrite
        If the system refuses; what stood at the place stays.
    """
    chosen = format_of(format)
    write = chosen.excel if excel else chosen.write
    if write is None:
        tables = ", ".join(sorted(f.name for f in formats().values() if f.excel))
        raise CorpusLibError(f"{format} is not for spreadsheets; {tables} are")
    if chosen.needs_text:
        for analysis in analyses:
            check_text(analysis)
    if chosen.suffix:
        refuse_folder_name(output)
    place = Path(output)
    folder = place.parent if chosen.suffix else place
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(error.errno or 0, error.strerror or str(error), str(folder)) from error
    return write(analyses, place)


def import_(format: str, source: str | Path, originals: Sequence[Analysis] = ()) -> tuple[Analysis, ...]:
    """Read analyses back from another tool's format.

    Parameters
    ----------
    originals
        The analyses that were exported; they give what the format does not carry.

    Raises
    ------
    CorpusLibError
        If the format cannot be read back.
    """
    chosen = format_of(format)
    if chosen.read is None:
        readable = ", ".join(sorted(f.name for f in formats().values() if f.read))
        raise CorpusLibError(f"{format} cannot be read back; {readable} can")
    return chosen.read(Path(source), {a.article.id: a for a in originals})


def check_text(analysis: Analysis) -> None:
    """Raise `SchemaError` unless an analysis has the very text that was analysed."""
    article = analysis.article
    if sha256(article.text) != article.sha256:
        raise SchemaError(
            f"{article.id}: the record comes without its text; name the folder of the articles (--texts DIR)"
        )
