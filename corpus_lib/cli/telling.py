"""``corpus-lib story``: the same demand and its answers across articles, as a story file, GraphML or DNA database."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus_lib.cli.common import analysed, columns, make_folder, named_place, share, tell, usage, written
from corpus_lib.errors import CorpusLibError, InputError
from corpus_lib.model import Article, Failure, Metadata
from corpus_lib.reading import STORE_MARK, Columns, Document
from corpus_lib.writing import write_text

if TYPE_CHECKING:
    from corpus_lib.analysis import Analysis
    from corpus_lib.cli.common import Commands

_FORMATS = ("json", "csv", "graphml", "dna")


def add_story(commands: Commands) -> None:
    """Add the command ``story``."""
    add = commands.add_parser(
        "story",
        help="follow demands and their answers across articles",
        description="Find what is the same across articles: actors, demands, answers, reprints. Writes a story "
        "file: the articles, each demand with every article that tells it and its state at the end, each answer with "
        "the demand that it answers. The ids in it are those of the analyses.",
    )
    add.add_argument("paths", nargs="+", metavar="IN", help="articles, as for 'analyse', or a corpus store")
    add.add_argument(
        "-o", "--output", type=named_place, required=True, metavar="OUT", help="story.json, or a folder for csv"
    )
    add.add_argument("--format", choices=_FORMATS, default="json", help="json (default), csv, graphml, dna")
    add.add_argument(
        "--analyses",
        default=[],
        metavar="JSONL",
        help="analyses of the articles (what 'analyse --format jsonl' wrote), or annotations",
    )
    add.add_argument(
        "--columns", type=columns, default=Columns(), metavar="C", help="as for 'analyse': text=body,id=url"
    )
    add.add_argument(
        "--encoding", default="utf-8", help="how the articles are encoded (default utf-8; older text: cp1252)"
    )
    add.add_argument("--language", choices=("nb", "nn"), help="override the language that the articles seem to have")
    add.add_argument(
        "--min-confidence", type=share, default=0.0, metavar="P", help="leave out what is less sure than P"
    )
    add.set_defaults(run=_story, reads=("paths", "analyses"), writes=("output",))


def _story(options: argparse.Namespace) -> int:
    from corpus_lib.stories import sketch, stories_of_sketches, story_file

    try:
        failures: list[Failure] = []
        kept: list[Analysis] = []
        sketches = []
        for found in _results(options):
            if isinstance(found, Failure):
                failures.append(found)
                continue
            sketches.append(sketch(found))
            if options.format == "dna":
                kept.append(found)
        stories = stories_of_sketches(sketches)
        if options.format == "json":
            write_text(options.output, json.dumps(story_file(stories), ensure_ascii=False, indent=1) + "\n")
        else:
            _exported(stories, kept, options)
    except CorpusLibError as error:
        return usage(str(error))
    for failure in failures:
        tell(failure)
    return written(len(sketches), len(failures), options.output)


def _exported(stories: list[Any], kept: list[Analysis], options: argparse.Namespace) -> None:
    from corpus_lib.exchange import stories as exchange
    from corpus_lib.spreadsheet import table
    from corpus_lib.stories.frames import COLUMNS, frame

    target = Path(options.output)
    if options.format == "graphml":
        exchange.write_graphml(stories, target)
    elif options.format == "dna":
        exchange.write_dna(stories, kept, target)
    else:
        make_folder(target)
        for name in COLUMNS:
            rows = frame(stories, name)
            with table(target / f"{name}.csv", list(rows.columns)) as out:
                for row in rows.itertuples(index=False, name=None):
                    out.add(row)


def _results(options: argparse.Namespace) -> Iterator[Analysis | Failure]:
    from corpus_lib.exchange import read_analyses

    stores = [p for p in options.paths if (Path(p) / STORE_MARK).is_file()]
    articles = [p for p in options.paths if p not in stores]
    for store in stores:
        yield from read_analyses(store)
    if options.analyses:
        yield from _given(Path(options.analyses), articles, options)
    elif articles:
        yield from analysed(articles, options, columns=options.columns)


def _given(file: Path, articles: list[str], options: argparse.Namespace) -> Iterator[Analysis | Failure]:
    """Yield given analyses, their texts and what else is known of the articles taken from these."""
    from corpus_lib.reading import read_documents
    from corpus_lib.reading.objects import objects_in

    documents: dict[str, Document] = {}
    for document in read_documents(articles, encoding=options.encoding, columns=options.columns):
        if isinstance(document, Failure):
            yield document
        else:
            documents[document.id] = document
            documents.setdefault(Path(document.id).name, document)
    for where, data in objects_in(file):
        document_ = documents.get(data["doc"])
        if document_ is None and "text" not in data:
            raise InputError(f"{where}: no article {data['doc']!r} among those given")
        yield _analysis(data, document_, options)


def _analysis(data: Mapping[str, Any], document: Document | None, options: argparse.Namespace) -> Analysis:
    from corpus_lib.analysis import Analysis
    from corpus_lib.stories.given import analysis_of_record
    from corpus_lib.structure import article_from

    text = data.get("text") if document is None else document.text
    if "schema" in data:
        found = Analysis.from_dict(data, text)
        if document is None:
            return found
        return replace(found, article=_described(found.article, document.metadata))
    given = document or Document(data["doc"], str(text))
    article = article_from(given, language=options.language)
    return analysis_of_record(data, replace(article, id=data["doc"]))


def _described(article: Article, known: Metadata) -> Article:
    """Return an article with what else is known of it, where the analysis has nothing."""
    own = article.metadata
    more = {
        name: getattr(own, name) or getattr(known, name)
        for name in ("title", "date", "published", "updated", "byline", "source")
    }
    return replace(article, metadata=Metadata(**more))
