"""``corpus-lib show``: one article of a corpus store."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from corpus_lib.cli.analysing import as_text
from corpus_lib.cli.common import as_json, usage
from corpus_lib.errors import CorpusLibError

if TYPE_CHECKING:
    from corpus_lib.cli.common import Commands


def add_show(commands: Commands) -> None:
    """Add the command ``show``."""
    show = commands.add_parser(
        "show",
        help="show one article of a corpus store",
        description="Show the analysis of one article that 'corpus-lib analyse IN -o STORE' has stored: its "
        "structure, who says what, who demands what and what is answered, its words.",
    )
    show.add_argument("store", metavar="STORE", help="the folder of the store")
    show.add_argument(
        "id",
        metavar="ID",
        help="the article's id: its file's path without the suffix, or as the column doc of every table gives it",
    )
    show.add_argument("--format", choices=("table", "jsonl"), default="table", help="table (default) or jsonl")
    show.set_defaults(run=_show, reads=("store",))


def _show(options: argparse.Namespace) -> int:
    from corpus_lib.corpus import Corpus

    try:
        analysis = Corpus.open(options.store).analysis(options.id)
    except CorpusLibError as error:
        return usage(str(error))
    print(as_json(analysis.to_dict()) if options.format == "jsonl" else as_text(analysis))
    return 0
