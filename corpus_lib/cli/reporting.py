"""``corpus-lib report``: one self-contained page from articles, from saved analyses or from a corpus store."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_lib.cli.common import analysed, named_place, share, tell, usage, written
from corpus_lib.errors import CorpusLibError
from corpus_lib.labels import LANGUAGES
from corpus_lib.model import Failure
from corpus_lib.writing import refuse_folder_name, write_text

if TYPE_CHECKING:
    from corpus_lib.analysis import Analysis
    from corpus_lib.cli.common import Commands


def add_report(commands: Commands) -> None:
    """Add the command ``report``."""
    add = commands.add_parser(
        "report",
        help="write one HTML page with the analyses, to read, print and send",
        description="Write one self-contained HTML page: who says what, who demands what and what is answered, which "
        "words carry it. It needs no network and no script. A PATH is an article, a folder or pattern of articles, a "
        ".jsonl file that 'analyse' wrote, or a corpus store.",
    )
    add.add_argument("paths", nargs="+", metavar="PATH", help="articles, as for 'analyse'; saved analyses; a store")
    add.add_argument("-o", "--output", type=named_place, required=True, metavar="FILE.html")
    add.add_argument("--title", help="the page's title (default: the article's, or what the page holds)")
    add.add_argument(
        "--encoding", default="utf-8", help="how the articles are encoded (default utf-8; older text: cp1252)"
    )
    add.add_argument("--language", choices=("nb", "nn"), help="override the language that the articles seem to have")
    add.add_argument(
        "--page-language", choices=LANGUAGES, help="language of the page itself (default: that of most articles)"
    )
    add.add_argument(
        "--min-confidence", type=share, default=0.0, metavar="P", help="leave out of articles what is less sure than P"
    )
    add.add_argument(
        "--texts",
        type=named_place,
        metavar="DIR",
        help="where the articles of a .jsonl lie as <doc>.txt (default: beside)",
    )
    add.set_defaults(run=_report, reads=("paths",), writes=("output",))


def _report(options: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from corpus_lib.report import report

    if (suffix := Path(options.output).suffix.lower()) not in (".html", ".htm", ""):
        hint = "; for a PDF, open the page in a browser and print it to a file" if suffix == ".pdf" else ""
        return usage(f"-o {options.output}: a report is an HTML page; expected a name that ends in .html{hint}")
    try:
        refuse_folder_name(options.output)
        found = list(_results(options))
        page = report(
            found, title=options.title, made_on=datetime.now(UTC).date().isoformat(), language=options.page_language
        )
        write_text(options.output, page)
    except CorpusLibError as error:
        return usage(str(error))
    failures = [f for f in found if isinstance(f, Failure)]
    for failure in failures:
        tell(failure)
    return written(len(found) - len(failures), len(failures), options.output)


def _results(options: argparse.Namespace) -> Iterator[Analysis | Failure]:
    from corpus_lib.exchange import read_analyses
    from corpus_lib.exchange.registry import check_text

    articles = [path for path in options.paths if not _saved(path)]
    for path in options.paths:
        if _saved(path):
            for analysis in read_analyses(path, options.texts):
                check_text(analysis)
                yield analysis
            yield from _stored_failures(path)
    if articles:
        yield from analysed(articles, options)


def _saved(path: str) -> bool:
    """Say whether a path holds analyses already: a corpus store, or lines of the wire format."""
    from corpus_lib.reading import STORE_MARK
    from corpus_lib.wire import SCHEMA

    place = Path(path)
    if (place / STORE_MARK).is_file():
        return True
    if place.suffix != ".jsonl" or not place.is_file():
        return False
    with place.open(encoding="utf-8-sig", errors="replace") as file:
        return SCHEMA in file.readline(200)


def _stored_failures(path: str) -> Iterator[Failure]:
    """Yield what failed when a store was made."""
    from corpus_lib.corpus import Corpus

    if Path(path).is_dir():
        errors = Corpus.open(path).frame("errors")
        yield from (Failure(*row) for row in errors[["doc", "stage", "message"]].itertuples(index=False, name=None))
