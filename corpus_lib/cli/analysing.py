"""``corpus-lib analyse``: a table to read, the wire format, or CSV."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from corpus_lib.analysis import Analysis
from corpus_lib.cli.common import (
    FAILED,
    WIDTH,
    analysed,
    as_json,
    columns,
    make_folder,
    named_place,
    say,
    share,
    tell,
    usage,
    visible,
    written,
)
from corpus_lib.cli.second import add_reader_options, dry_run, reader_of
from corpus_lib.cli.storing import add_store_options, analyse_into_store
from corpus_lib.model import Failure
from corpus_lib.reading import Columns
from corpus_lib.render import counted, speaker_name, speakers_by_count
from corpus_lib.spreadsheet import table
from corpus_lib.tables import TABLES
from corpus_lib.writing import opened, refuse_inputs

if TYPE_CHECKING:
    from corpus_lib.cli.common import Commands

Results = Iterable[Analysis | Failure]
Writer = Callable[[Results, str | None], None]
_TOP_WORDS = 12
_MOST_ACTORS = 4


_EXAMPLES = """\
examples:
  corpus-lib analyse my_article.txt                       a table to read
  corpus-lib analyse articles/ -o analyses.jsonl          one JSON object an article
  corpus-lib analyse articles/ --format csv -o tables/    a CSV file a table, for a spreadsheet
  corpus-lib analyse articles/ -o store --workers 2       a corpus store; the same again goes on where it stopped
  corpus-lib analyse archive.csv --columns text=body,id=url -o store
exit status: 0, 1 when an article failed (the others are analysed), 2 for wrong usage
"""


def add_analyse(commands: Commands) -> None:
    """Add the command ``analyse``."""
    add = commands.add_parser(
        "analyse",
        help="analyse articles: quotations, demands and answers, words",
        description="Analyse articles. Prints a table to read, or one JSON object an article (the wire\n"
        "format corpus_lib/1), or writes a CSV file per table, or fills a corpus store.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a file (.txt, .jsonl, .csv, .tsv, .parquet, .html, .json; packed or in a .zip), a folder, a pattern "
        "like 'a/*.txt', or - for standard input",
    )
    add.add_argument(
        "--format", choices=("table", "jsonl", "csv"), help="table (default), jsonl, or csv (needs -o DIR)"
    )
    add.add_argument(
        "-o",
        "--output",
        type=named_place,
        metavar="OUT",
        help="FILE.jsonl; with --format csv a folder; else the folder of a corpus store",
    )
    add.add_argument(
        "--encoding", default="utf-8", help="how the files are encoded (default utf-8; older text: cp1252)"
    )
    add.add_argument(
        "--columns",
        type=columns,
        default=Columns(),
        metavar="WHAT=NAME,…",
        help="what the columns of tables and records are called, where not text, id, date, title and source: "
        "text=body,id=url",
    )
    add.add_argument("--language", choices=("nb", "nn"), help="override the language that the text seems to have")
    add.add_argument(
        "--min-confidence", type=share, default=0.0, metavar="P", help="leave out what is less sure than P (0 to 1)"
    )
    add.add_argument("--excel", action="store_true", help="with csv: ; between cells and decimal commas, as in Norway")
    add.add_argument("--text", action="store_true", help="with jsonl: put the whole text into each record")
    add.add_argument(
        "--corrections",
        type=named_place,
        metavar="DIR",
        help="lay the *.corrections.json of this folder over the analyses",
    )
    add_store_options(add)
    add_reader_options(add)
    add.set_defaults(run=_analyse, reads=("paths",))


def _analyse(options: argparse.Namespace) -> int:
    wanted, output = options.format, options.output
    if wanted == "csv" and output and Path(output).suffix.lower() in (".csv", ".tsv", ".xlsx"):
        return usage(f"-o {output}: --format csv writes a file a table into a folder; expected a folder's name")
    if output and not wanted and not output.endswith(".jsonl"):
        if options.text or options.corrections or options.reader_dry_run:
            return usage("--text, --corrections and --reader-dry-run do not go with a corpus store")
        return analyse_into_store(options)
    if options.workers > 1 or options.scheduler or options.again:
        return usage("--workers, --scheduler and --again need -o FOLDER, a corpus store")
    if output and not wanted:
        wanted = "jsonl"
    if wanted == "csv" and not output:
        return usage("--format csv needs -o DIR, the folder for its files")
    if wanted == "table" and output:
        return usage("--format table prints; leave -o away, or choose jsonl or csv")
    if options.text and wanted != "jsonl":
        return usage("--text goes with jsonl")
    if options.excel and wanted != "csv":
        return usage("--excel goes with --format csv")
    if output:
        refuse_inputs(*_targets(wanted, output))
    results = _Told(_results(options))
    if wanted == "jsonl":
        write: Writer = partial(_write_jsonl, text=options.text)
    else:
        write = partial(_write_csv, excel=options.excel) if wanted == "csv" else _write_tables
    return _write(write, results, output)


def _write(write: Writer, results: _Told, output: str | None) -> int:
    """Write the results and return the exit status."""
    write(results, output)
    if output:
        return written(results.done, results.failed, output)
    return FAILED if results.failed else 0


def _targets(wanted: str | None, output: str) -> list[Path]:
    """Return the files that will be written."""
    names = [f"{name}.csv" for name in _columns()] if wanted == "csv" else []
    return [Path(output) / name for name in names] or [Path(output)]


class _Told:
    """Results passed on one by one and counted; what failed is told at once."""

    def __init__(self, results: Iterator[Analysis | Failure]) -> None:
        self.results, self.done, self.failed = results, 0, 0

    def __iter__(self) -> Iterator[Analysis | Failure]:
        for result in self.results:
            if isinstance(result, Failure):
                self.failed += 1
                tell(result)
            else:
                self.done += 1
            yield result


def _results(options: argparse.Namespace) -> Iterator[Analysis | Failure]:
    from corpus_lib.corrections import apply, read_layers

    layers = read_layers(options.corrections) if options.corrections else {}

    def corrected(analysis: Analysis) -> Analysis:
        analysis = count(analysis)
        article = analysis.article
        if not (layer := layers.get(article.id)):
            return analysis
        done = apply(analysis, layer)
        for lost in done.unanchored:
            say(f"{article.id}: no {lost.record} at {lost.start}-{lost.end}")
        return done.analysis

    reader = reader_of(options)
    count, tell = dry_run(reader) if reader and options.reader_dry_run else (_as_it_is, _nothing)
    asked = None if options.reader_dry_run else reader
    yield from analysed(options.paths, options, columns=options.columns, then=corrected, reader=asked)
    tell()


def _as_it_is(analysis: Analysis) -> Analysis:
    return analysis


def _nothing() -> None:
    pass


def _write_jsonl(results: Results, output: str | None, *, text: bool) -> None:
    if output is None:
        _jsonl(results, sys.stdout, text=text)
        return
    with opened(output) as file:
        _jsonl(results, file, text=text)


def _jsonl(results: Results, file: TextIO, *, text: bool) -> None:
    for result in results:
        if isinstance(result, Analysis):
            print(as_json(result.to_dict(text=text)), file=file)


def _write_csv(results: Results, output: str | None, *, excel: bool) -> None:
    from corpus_lib.corpus import schema
    from corpus_lib.corpus.work import article_row

    folder, columns = Path(str(output)), _columns()
    make_folder(folder)
    with ExitStack() as files:
        tables = {
            name: files.enter_context(table(folder / f"{name}.csv", names, excel=excel))
            for name, names in columns.items()
        }
        for result in results:
            if isinstance(result, Failure):
                tables["errors"].add((result.id, result.stage, result.message))
                continue
            row_of = dict(zip(schema.TABLES["articles"], article_row(result.article, None, result), strict=True))
            tables["articles"].add(row_of[column] for column in columns["articles"])
            for name in TABLES:
                for row in result.frame(name).itertuples(index=False):
                    tables[name].add(row)


def _columns() -> dict[str, tuple[str, ...]]:
    """Return the tables that are written as CSV and their columns: those of a corpus store, without its records."""
    from corpus_lib.corpus import schema

    return {
        name: tuple(c for c in columns if c not in schema.HEAVY.get(name, ()))
        for name, columns in schema.TABLES.items()
    }


def _write_tables(results: Results, output: str | None) -> None:
    for place, result in enumerate(results):
        if isinstance(result, Analysis):
            print(("\n" if place else "") + as_text(result))


def as_text(analysis: Analysis) -> str:
    """Return an analysis as text of 100 columns: structure, quotations by speaker, demands, words."""
    article = analysis.article
    head = [article.metadata.title or article.id, _structure_line(analysis)]
    head += [f"warning: {w}" for w in article.warnings]
    parts = ["\n".join(row for line in head for row in textwrap.wrap(visible(line), WIDTH) or [""])]
    parts += [_quotations(analysis), _demands(analysis), _words(analysis)]
    return "\n\n".join(parts)


def _structure_line(analysis: Analysis) -> str:
    article = analysis.article
    kinds = [b.kind for b in article.blocks]
    counts = ", ".join(f"{kinds.count(k)} {k}" for k in dict.fromkeys(kinds))
    when = article.metadata.published or article.metadata.date or "no date"
    return f"{article.id} · {article.language} · {when} · {counts}"


def _quotations(analysis: Analysis) -> str:
    names = analysis.names()
    lines = [f"WHO SAYS WHAT ({counted(len(analysis.quotes), 'quotation')})"]
    for speaker, count in speakers_by_count(analysis.quotes, names):
        lines.append(f"{visible(speaker)} ({count})")
        for quote in analysis.quotes:
            if speaker_name(quote, names) == speaker:
                mark = {"direct": "–", "indirect": "·", "mixed": "«"}[quote.type]
                lines += _hanging(f"  {mark} ", analysis.words_of(quote), f"  [{quote.id} {quote.confidence:.2f}]")
    return "\n".join(lines)


def _hanging(lead: str, text: str, tail: str = "") -> list[str]:
    shown = textwrap.shorten(visible(text), 2 * WIDTH - 40, placeholder=" …")
    return textwrap.wrap(shown + tail, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead)) or [lead + tail]


def _demands(analysis: Analysis) -> str:
    found = f"{counted(len(analysis.demands), 'demand')}, {counted(len(analysis.responses), 'answer')}"
    title = f"WHO DEMANDS WHAT, AND WHAT IS ANSWERED ({found})"
    if not analysis.demands:
        return title
    matrix = analysis.comparison()
    left = len(matrix.columns) - _MOST_ACTORS
    names = [visible(str(c)) for c in matrix.columns][:_MOST_ACTORS]
    actors = [name if len(name) <= 14 else name[:13] + "…" for name in names]
    room = WIDTH - 15 * len(actors)
    lines = [title, " " * room + "".join(f" {a:<14}" for a in actors)]
    for (demand, by, content), row in zip(matrix.index, matrix.to_numpy(), strict=True):
        label = textwrap.shorten(visible(f"{demand} {by}: {content}"), room - 1, placeholder=" …")
        cells = "".join(f" {stance:<14}" for stance in row[: len(actors)])
        lines.append(f"{label:<{room}}{cells}".rstrip())
    if left > 0:
        lines.append(f"… and {counted(left, 'more actor')}: see --format csv or jsonl")
    return "\n".join(lines)


def _words(analysis: Analysis) -> str:
    from corpus_lib.words import Index, content, readability

    found = content.as_written(content.frequent(Index.of_analyses(analysis), _TOP_WORDS))
    counts = readability(*(b.span.of(analysis.article.text) for b in analysis.article.blocks))
    top = ", ".join(f"{r.word} {r.count}" for r in found.frame.itertuples())
    title = f"WHICH WORDS CARRY IT ({counted(counts.words, 'word')}, LIX {counts.lix:.0f})"
    return "\n".join([title, *textwrap.wrap(visible(top), WIDTH, initial_indent="  ", subsequent_indent="  ")])
