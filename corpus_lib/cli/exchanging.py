"""``corpus-lib evaluate``, ``export``, ``check`` and ``correct``: trust the result, and carry it on."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_lib.cli.common import FAILED, at_least, make_folder, named_place, saved_analyses, say, usage
from corpus_lib.errors import CorpusLibError
from corpus_lib.render import counted
from corpus_lib.writing import write_text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from corpus_lib.analysis import Analysis
    from corpus_lib.cli.common import Commands
    from corpus_lib.corrections import Layer, Merged
    from corpus_lib.evaluation import Annotation


def add_evaluate(commands: Commands) -> None:
    """Add the command ``evaluate``."""
    from corpus_lib.evaluation import LAYERS

    add = commands.add_parser(
        "evaluate",
        help="score analyses against gold made by hand, or compare two annotations",
        description="Precision, recall and F1 with intervals over articles, confusion tables and misses. GOLD is a "
        "folder or file (the wire format with an optional 'tier', or gold files), PRED a file of the wire format.",
    )
    add.add_argument("gold", metavar="GOLD", help="what is right: a folder or a file")
    add.add_argument("pred", metavar="PRED", help="what is scored: a file that 'analyse' wrote")
    add.add_argument("--layers", nargs="+", choices=LAYERS, default=LAYERS, help="what is scored (default: all)")
    add.add_argument(
        "--misses", type=at_least(0), default=20, metavar="N", help="how many misses are listed (default 20)"
    )
    add.add_argument(
        "--resamples",
        type=at_least(0, 100_000),
        default=1000,
        metavar="N",
        help="bootstrap samples (default 1000; 0: none)",
    )
    add.add_argument("--seed", type=at_least(0), default=0, help="of the bootstrap (default 0)")
    add.add_argument("--agreement", action="store_true", help="Krippendorff's alpha between the two, instead of scores")
    add.add_argument("--format", choices=("table", "json"), default="table", help="table (default) or json")
    add.set_defaults(run=_evaluate, reads=("gold", "pred"))


def _evaluate(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from corpus_lib import evaluation

    try:
        gold = evaluation.read_annotations(options.gold)
        predicted, left = evaluation.read_predictions(options.pred, gold)
        if left:
            have = f"{counted(len(left), 'predicted article')} {'has' if len(left) == 1 else 'have'} no gold"
            say(f"corpus-lib: {have}: {', '.join(left[:5])}{' …' if len(left) > 5 else ''}")
        if options.agreement:
            found = evaluation.agreement(gold, predicted)
            as_json = json.dumps([asdict(a) for a in found], ensure_ascii=False, indent=1)
            print(as_json if options.format == "json" else evaluation.agreement_as_text(found))
            return 0
        _tell_incomplete(gold.values())
        scores = evaluation.evaluate(
            gold, predicted, layers=options.layers, seed=options.seed, resamples=options.resamples
        )
    except CorpusLibError as error:
        return usage(str(error))
    as_json = json.dumps(scores.to_dict(), ensure_ascii=False, indent=1)
    print(as_json if options.format == "json" else evaluation.as_text(scores, misses=options.misses))
    return 0


def _tell_incomplete(gold: Collection[Annotation]) -> None:
    """Say why figures are missing, or rest on some of the articles: what is not marked as read to the end."""
    if left := sum(not a.complete for a in gold):
        which = f"{left} of {counted(len(gold), 'gold article')} {'is' if left == 1 else 'are'}"
        missing = "precision, structure, demands and answers are not scored there"
        say(f"corpus-lib: {which} not marked complete ('correct --complete'): {missing}")


def add_export(commands: Commands) -> None:
    """Add the command ``export``."""
    from corpus_lib.exchange import formats

    known = formats()
    width = max(map(len, known))
    add = commands.add_parser(
        "export",
        parents=[saved_analyses()],
        help="carry analyses to another tool",
        description="Write analyses in the format of another tool.",
        epilog="formats:\n" + "\n".join(f"  {name:<{width}}  {known[name].summary}" for name in sorted(known)),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add.add_argument("--format", required=True, choices=sorted(known), metavar="F", help="one of those below")
    add.add_argument(
        "-o",
        "--output",
        type=named_place,
        required=True,
        metavar="OUT",
        help="a file, or a folder for a file an article",
    )
    add.add_argument(
        "--excel", action="store_true", help="with csv and worksheet: ; between cells and decimal commas, as in Norway"
    )
    add.set_defaults(run=_export, reads=("source",), writes=("output",))


def _export(options: argparse.Namespace) -> int:
    from corpus_lib.exchange import export, read_analyses

    try:
        analyses = list(read_analyses(options.source, options.texts))
        files = export(analyses, options.format, options.output, excel=options.excel)
    except CorpusLibError as error:
        return usage(str(error))
    say(f"{counted(len(analyses), 'article')}, {counted(len(files), 'file')}: {options.output}")
    return 0


def add_check(commands: Commands) -> None:
    """Add the command ``check``."""
    add = commands.add_parser(
        "check",
        parents=[saved_analyses()],
        help="draw quotations, demands and answers to check by hand, into a worksheet",
        description="Write a CSV with a row a record, to fill in: accept, change, delete or add under 'action'.",
    )
    add.add_argument("-o", "--output", type=named_place, required=True, metavar="FILE.csv", help="the worksheet")
    add.add_argument("-n", type=at_least(0), default=50, metavar="N", help="how many records (default 50)")
    add.add_argument(
        "--by", choices=("random", "confidence"), default="random", help="at random, or the least sure first"
    )
    add.add_argument("--seed", type=at_least(0), default=0, help="of the random sample (default 0)")
    add.add_argument("--excel", action="store_true", help="for Norwegian spreadsheets: ; between cells")
    add.add_argument("--force", action="store_true", help="replace a worksheet that was filled in")
    add.set_defaults(run=_check, reads=("source",), writes=("output",))


def _check(options: argparse.Namespace) -> int:
    from corpus_lib.corrections import sample, write_worksheet
    from corpus_lib.exchange import read_analyses

    try:
        analyses = list(read_analyses(options.source, options.texts))
        drawn = sample(analyses, options.n, by=options.by, seed=options.seed)
        write_worksheet(analyses, options.output, chosen=drawn, excel=options.excel, force=options.force)
    except CorpusLibError as error:
        return usage(str(error))
    say(f"{drawn.how}: {options.output}")
    return 0


def add_correct(commands: Commands) -> None:
    """Add the command ``correct``."""
    worksheet = argparse.ArgumentParser(
        add_help=False
    )  # a parent too, so that it comes before what it was written from
    worksheet.add_argument("worksheet", metavar="FILE.csv", help="the worksheet that 'check' wrote, filled in")
    add = commands.add_parser(
        "correct",
        parents=[worksheet, saved_analyses()],
        help="turn a filled-in worksheet into corrections beside the articles, and into gold",
        description="Write <doc>.corrections.json for each article that the worksheet decides something about.",
    )
    add.add_argument(
        "-o", "--output", type=named_place, required=True, metavar="DIR", help="folder for the corrections"
    )
    add.add_argument("--by", required=True, metavar="NAME", help="who decided, for rows that do not say")
    add.add_argument(
        "--gold", type=named_place, metavar="FILE.jsonl", help="also write what was decided as gold for 'evaluate'"
    )
    add.add_argument(
        "--complete", action="store_true", help="the articles were read to the end: what is not there is not"
    )
    add.set_defaults(run=_correct, reads=("worksheet", "source"), writes=("gold",))


def _correct(options: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from corpus_lib.corrections import apply, merged_with_saved, read_worksheet, sidecar_of, write_layer
    from corpus_lib.exchange import read_analyses
    from corpus_lib.exchange.registry import check_text

    folder, status = Path(options.output), 0
    try:
        analyses = {a.article.id: a for a in read_analyses(options.source, options.texts)}
        if options.gold:
            for analysis in analyses.values():
                check_text(analysis)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        layers = read_worksheet(options.worksheet, list(analyses.values()), by=options.by, at=now)
        decided = merged_with_saved(folder, layers)
        make_folder(folder)
        for one in decided:
            write_layer(one.layer, sidecar_of(folder, one.layer.doc))
        if options.gold:
            _write_gold(Path(options.gold), analyses, [one.layer for one in decided], complete=options.complete)
    except CorpusLibError as error:
        return usage(str(error))
    for one in decided:
        _tell_conflicts(one)
        for lost in apply(analyses[one.layer.doc], one.layer).unanchored:
            say(f"{one.layer.doc}: no {lost.record} at {lost.start}-{lost.end} ({lost.text[:40]!r})")
            status = FAILED
    say(f"decisions on {len(layers)} of {counted(len(analyses), 'article')}: {folder}")
    return status


def _tell_conflicts(one: Merged) -> None:
    for old, new in one.conflicts:
        before = f"{old.action} by {old.by or 'nobody named'} ({old.at or 'no date'})"
        say(
            f"{one.layer.doc}: {new.record} at {new.start}-{new.end} ({new.text[:40]!r}): {new.action} by "
            f"{new.by or 'nobody named'} takes the place of {before}"
        )


def _write_gold(file: Path, analyses: Mapping[str, Analysis], layers: Sequence[Layer], *, complete: bool) -> None:
    """Write gold; what the file holds about other articles stays in it."""
    from corpus_lib.corrections import as_gold
    from corpus_lib.reading.objects import objects_in

    new = {layer.doc: as_gold(analyses[layer.doc], layer, complete=complete) for layer in layers}
    known = {data["doc"]: data for _, data in objects_in(file)} if file.is_file() else {}
    records = (known | new).values()
    write_text(file, "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))
