"""``corpus-lib words``: word statistics of articles, of a corpus store, or of a stored word index."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus_lib.cli.common import FAILED, at_least, named_place, say, tell, usage
from corpus_lib.cli.results import print_result
from corpus_lib.errors import CorpusLibError, EmptySelection
from corpus_lib.model import Failure

if TYPE_CHECKING:
    from corpus_lib.cli.common import Commands
    from corpus_lib.words import Document, FrequencyList, Index, Result, Selection

    Sides = tuple[Selection, Selection | FrequencyList | None]

_MOST_WORDS = 1000
"""How many words a sequence or a window may have."""

_EXAMPLES = """\
PATH is a file, a folder or a pattern of articles; or a corpus store; or a stored word index.

examples:
  corpus-lib words articles/ --no-stop-words                        the most frequent words
  corpus-lib words articles/ --keyness "quotation vs narration"     what is quoted against what is told
  corpus-lib words store/ --keyness "speaker=Kari Lie vs speaker=Ola Dahl" --resamples 1000
  corpus-lib words store/ --keyness "month=2022-01" --measure log_ratio
  corpus-lib words one.txt --keyness "all vs list.csv"              one article against a frequency list
  corpus-lib words one.txt --keyness "all vs wordfreq"              … or the list of the package wordfreq
  corpus-lib words articles/ --collocates krav --window 4 --measure mi
  corpus-lib words articles/ --concordance "krav*" --sort R1,L1     krav, kravet, kravene …, by the next word
  corpus-lib words articles/ --concordance "krav(et|ene)" --regex
  corpus-lib words articles/ --dispersion nato --dispersion "krav*" how evenly these words are spread
  corpus-lib words store/ --readability --by speaker                LIX and RIX of each speaker's quotations
  corpus-lib words store/ --keyness quotation --lines 1             the lines behind the first row

parts (SPEC): all, quotation, narration, demands, answers; or NAME=VALUE, several with ; between, where NAME is
  speaker, quote (direct, indirect, mixed), demand, response, block (title, lead, body …), source, month, date,
  language or id; VALUE is one, several with | between, or * for any. Articles are analysed first where a part
  names what only an analysis finds; a store has it already.
measures: keyness g2_two_cell (Rayson & Garside), g2_four_cell (Dunning), chi2, chi2_yates, fisher, log_ratio,
  conservative_log_ratio, percent_diff, odds_ratio, simple_maths, bic, ell, difference_coefficient; collocates and
  ngrams log_dice, dice, mi, mi3, t, z, g2, log_ratio, delta_p, delta_p_reverse, jaccard, minimum_sensitivity,
  simple_ll, conservative_log_ratio; dispersion documents, dp, dp_norm, juilland_d, carroll_d2, rosengren_s, kld.
"""


def add_words(commands: Commands) -> None:
    """Add the command ``words``."""
    add = commands.add_parser(
        "words",
        help="count words: frequency, keyness, collocates, concordance, dispersion, readability",
        description="Count words over articles. Without a question: the most frequent words with intervals, documents "
        "and dispersion.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add.add_argument("paths", nargs="+", metavar="PATH", help="articles, a corpus store, or a stored word index")
    _add_questions(add)
    _add_options(add)
    add.set_defaults(run=_words, reads=("paths",))


def _add_questions(add: argparse.ArgumentParser) -> None:
    ask = add.add_argument_group("questions", "one at a time").add_mutually_exclusive_group()
    ask.add_argument("--keyness", metavar="SPEC", help="words that set a part apart: SPEC against all else, 'A vs B'")
    ask.add_argument("--collocates", metavar="WORD", help="words that stand near a word, a phrase or a pattern")
    ask.add_argument("--concordance", metavar="QUERY", help="the lines of a word, a phrase, or a pattern with * and ?")
    ask.add_argument(
        "--dispersion", metavar="WORD", action="append", help="how evenly a word is spread; again for more words"
    )
    ask.add_argument("--ngrams", metavar="N", type=at_least(1, _MOST_WORDS), help="sequences of N words")
    ask.add_argument("--readability", action="store_true", help="LIX, RIX and sentence length of each document")


def _add_options(add: argparse.ArgumentParser) -> None:
    how = add.add_argument_group("how")
    how.add_argument(
        "--layer", default="lower", choices=("word", "lower", "lemma", "pos"),
        help="word (as written), lower (default), lemma or pos; lemmas are looked up, nothing is parsed",
    )  # fmt: skip
    how.add_argument("--in", dest="part", metavar="SPEC", help="count in this part alone")
    how.add_argument(
        "--window", type=at_least(0, _MOST_WORDS), metavar="N", help="words on either side (collocates 5, lines 8)"
    )
    how.add_argument("--measure", metavar="NAME", help="what orders the rows; see below")
    how.add_argument("--sort", metavar="PLACES", help="order of lines: L1, R1, R2, node; several with commas")
    how.add_argument("--regex", action="store_true", help="QUERY or WORD is a regular expression, one for each word")
    how.add_argument("--by", metavar="NAME", help="readability of each speaker, source, month … instead of document")
    how.add_argument("--no-stop-words", action="store_true", help="leave out stop words (they still count in totals)")
    how.add_argument("--least", type=at_least(0), metavar="N", help="how often a word must stand to be shown")
    how.add_argument(
        "--resamples", type=at_least(0), default=0, metavar="N", help="bootstrap by document: intervals (0: none)"
    )
    how.add_argument(
        "--permutations", type=at_least(0), default=0, metavar="N", help="permutation test by document (0: none)"
    )
    how.add_argument(
        "--unit",
        default="document",
        choices=("document", "stretch"),
        help="what is drawn whole: a document, or each stretch of the part, such as a quotation",
    )
    how.add_argument("--seed", type=at_least(0), default=0, help="of what is drawn at random (default 0)")
    out = add.add_argument_group("input and output")
    out.add_argument(
        "-n", type=at_least(0), default=20, metavar="N", dest="most", help="how many rows (default 20; 0: all)"
    )
    out.add_argument("--lines", type=at_least(1), metavar="ROW", help="the lines behind a row of the table, from 1")
    out.add_argument("--format", choices=("table", "csv", "jsonl"), default="table", help="table (default), csv, jsonl")
    out.add_argument("--excel", action="store_true", help="with csv: ; between cells and decimal commas, as in Norway")
    out.add_argument(
        "--analyse", action="store_true", help="find quotations and speakers first, so that lines name them"
    )
    out.add_argument(
        "--save-index", type=named_place, metavar="DIR", help="keep the index in a new folder, to be given as PATH"
    )
    out.add_argument("--encoding", default="utf-8", help="how the files are encoded (default utf-8)")


def _words(options: argparse.Namespace) -> int:
    if wrong := _wrong(options):
        return usage(wrong)
    failures: list[Failure] = []
    try:
        _rehearse(options)
        index = _index(options, failures)
        if failures and not index.documents:
            return FAILED
        result = _ask(index, options)
        if options.lines is not None:
            if not 1 <= options.lines <= len(result.frame):
                return usage(f"--lines {options.lines}: expected a row from 1 to {len(result.frame)}")
            result = result.lines(options.lines - 1, window=_window(options, 8), top=options.most or None)
    except CorpusLibError as error:
        return usage(str(error))
    measure = options.measure or ("g2_two_cell" if options.keyness else None)
    print_result(result, options.format, measure, excel=options.excel)
    return FAILED if failures else 0


def _wrong(options: argparse.Namespace) -> str | None:
    """Return what is wrong with a call: an option without the question that it belongs to."""
    if [] in (options.concordance, options.collocates, options.keyness, *(options.dispersion or ())):
        return "'--' stands for no word"  # argparse takes it for the end of the options
    needs: Mapping[str, tuple[bool, str]] = {
        "--excel": (options.excel and options.format != "csv", "--format csv"),
        "--sort": (options.sort is not None and options.concordance is None, "--concordance"),
        "--regex": (options.regex and not (options.concordance or options.collocates), "--concordance or --collocates"),
        "--by": (options.by is not None and not options.readability, "--readability"),
        "--permutations": (options.permutations > 0 and options.keyness is None, "--keyness"),
        "--window": (
            options.window is not None and not (options.concordance or options.collocates or options.lines),
            "--concordance, --collocates or --lines",
        ),
        "--measure": (
            options.measure is not None
            and not (options.keyness or options.collocates or options.dispersion or options.ngrams),
            "--keyness, --collocates, --dispersion or --ngrams",
        ),
    }
    return next((f"{name} needs {wanted}" for name, (alone, wanted) in needs.items() if alone), None)


def _rehearse(options: argparse.Namespace) -> None:
    """Ask the same of two words: an unknown measure or a broken query shows before a large corpus has been read."""
    from corpus_lib.words import Index
    from corpus_lib.words.specs import AGAINST, NAMED, conditions

    for spec in (*(options.keyness or "").split(AGAINST)[:1], options.part or ""):
        if spec and spec.strip() not in NAMED:
            conditions(spec)
    small = vars(options) | {"part": None, "by": None, "keyness": options.keyness and "id=a"}
    with suppress(EmptySelection):
        _ask(Index.build({"a": "ja", "b": "nei"}), argparse.Namespace(**small))


def _index(options: argparse.Namespace, failures: list[Failure]) -> Index:
    """Return the index that was named, or one of the articles or the store."""
    from corpus_lib.reading import STORE_MARK
    from corpus_lib.words import Index
    from corpus_lib.words.store import FORMAT

    if len(options.paths) == 1:
        folder = Path(options.paths[0])
        if (folder / STORE_MARK).is_file():
            return Index.build(_stored(folder, options), options.save_index)
        meta = folder / "meta.json"
        if meta.is_file() and FORMAT in meta.read_text(encoding="utf-8", errors="replace"):
            if options.save_index:
                raise CorpusLibError("--save-index: what was given is a stored index already")
            return Index.open(folder)
    return Index.build(_read(options, failures), options.save_index)


def _marked(options: argparse.Namespace) -> bool:
    """Say whether the question needs what an analysis finds."""
    from corpus_lib.words.specs import MARKS, needs_analysis

    specs = [s for s in (options.keyness, options.part) if s]
    return options.analyse or any(map(needs_analysis, specs)) or options.by in MARKS


def _read(options: argparse.Namespace, failures: list[Failure]) -> Iterator[Document]:
    """Yield the articles of files; what fails is told and kept."""
    from corpus_lib.analysis import analyse
    from corpus_lib.reading import read_documents
    from corpus_lib.structure import article_from
    from corpus_lib.words.marking import analysed, unanalysed

    marked = _marked(options)
    for document in read_documents(options.paths, encoding=options.encoding):
        try:
            if isinstance(document, Failure):
                raise CorpusLibError(document.message)
            article = article_from(document)
            yield from analysed([analyse(article)]) if marked else unanalysed([article])
        except CorpusLibError as error:
            stage = document.stage if isinstance(document, Failure) else "analysis"
            failures.append(Failure(document.id, stage, str(error)))
            tell(failures[-1])


def _stored(folder: Path, options: argparse.Namespace) -> Iterator[Document]:
    """Yield the articles of a corpus store; exact copies once."""
    from corpus_lib.analysis import Analysis
    from corpus_lib.corpus import Corpus
    from corpus_lib.words import Document
    from corpus_lib.words.marking import analysed

    marked, copies = _marked(options) or options.concordance is not None or options.lines is not None, 0
    columns = ("doc", "copy_of", "language", "source", "date", "published", "text", *(("record",) if marked else ()))
    for frame in Corpus.open(folder).frames("articles", columns):
        for row in frame.to_dict("records"):
            if isinstance(row["copy_of"], str):
                copies += 1
            elif marked:
                yield from analysed([Analysis.from_dict(json.loads(row["record"]), row["text"])])
            else:
                known = {k: v if isinstance(v, str) else "" for k, v in row.items()}
                date = known["published"] or known["date"]
                about = {"language": known["language"], "source": known["source"], "date": date[:10], "month": date[:7]}
                yield Document(known["doc"], known["text"], about)
    if copies:
        copy = "1 exact copy of another article is" if copies == 1 else f"{copies} exact copies of other articles are"
        say(f"corpus-lib: {copy} not counted")


def _window(options: argparse.Namespace, usual: int) -> int:
    return usual if options.window is None else int(options.window)


def _ask(index: Index, options: argparse.Namespace) -> Result:
    """Return the answer to the question that was asked."""
    from corpus_lib.words.specs import part, sides

    selection = part(index, options.part) if options.part else None
    kind: Any = "regex" if options.regex else "words"
    common: dict[str, Any] = {"layer": options.layer, "top": options.most or None}
    if options.least is not None and not options.concordance:
        common["min_count"] = options.least
    drawn: dict[str, Any] = {"resamples": options.resamples, "unit": options.unit, "seed": options.seed}
    without: dict[str, Any] = {"stop_words": _stop_words(index)} if options.no_stop_words else {}
    measured: dict[str, Any] = {"measure": options.measure} if options.measure else {}
    if options.keyness:
        target, reference = _within(sides(index, options.keyness), selection)
        more = common | drawn | without | measured
        return index.keyness(target, reference, permutations=options.permutations, **more)
    common["selection"] = selection
    if options.collocates:
        near = _window(options, 5)
        return index.collocates(options.collocates, left=near, right=near, kind=kind, **common, **without, **measured)
    if options.concordance:
        places = tuple(p.strip() for p in options.sort.split(",")) if options.sort else ()
        return index.concordance(options.concordance, kind=kind, sort=places, window=_window(options, 8), **common)
    if options.dispersion:
        by: dict[str, Any] = {"by": options.measure} if options.measure else {}
        return index.dispersion(words=options.dispersion, **common, **without, **by)
    if options.ngrams is not None:
        return index.ngrams(options.ngrams, **common, **measured)
    if options.readability:
        return index.readability(*_parts(index, options))
    return index.frequency(**common, **drawn, **without)


def _within(sides: Sides, selection: Selection | None) -> Sides:
    """Return target and reference as far as they lie in a part; the reference of one alone is the part's rest."""
    from corpus_lib.words import FrequencyList

    target, reference = sides
    if selection is None:
        return sides
    target = target.and_(selection, f"{target.label}, {selection.label}")
    if isinstance(reference, FrequencyList):
        return target, reference
    if reference is None:
        return target, selection.without(target, f"all else, {selection.label}")
    return target, reference.and_(selection, f"{reference.label}, {selection.label}")


def _stop_words(index: Index) -> frozenset[str]:
    """Return the stop words of the languages that the documents are written in."""
    from corpus_lib.language.lexicon import stop_words

    written = index.values("language") if "language" in index.columns else ["nb", "nn"]
    return frozenset().union(*(stop_words(language) for language in ("nb", "nn") if language in written))


def _parts(index: Index, options: argparse.Namespace) -> list[Any]:
    """Return the parts that readability is measured of: none for every document."""
    from corpus_lib.words.specs import part

    if options.by:
        chosen = [index.where(label=value, **{options.by: value}) for value in index.values(options.by) if value]
        return [c for c in chosen if c.total]
    return [part(index, options.part)] if options.part else []
