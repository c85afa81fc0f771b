"""Corpora of growing size on this machine: processor time an article, peak memory, resuming, workers.

    python tests/bench/scale.py [--shared FOLDER] [--articles 1000 10000 43000] [--parts growth kill dask]

The articles are ``raw/norec.jsonl.xz`` of the shared folder; a smaller corpus takes every n-th, because the sources
stand one after the other there and their articles are not equally long. Each measurement runs in a process of its own,
so that one's peak memory is not another's, and tells on stderr how far it is. The last lines hold the ratios; the exit
status is 1 when one of them is missed.
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
CORES = (2, 64)
MEMORY, CPU, WORKERS = 1.2, 0.10, 1.7
"""Wanted: peak memory of the largest beside the smallest, spread of CPU an article, gain of a second worker."""

ARTICLES = 43_437
"""How many there are in the shared folder."""

BATCH = 64
CPU_VARIABLES = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")


def usage() -> dict[str, float]:
    """Return processor seconds and peak memory (MB) of this process and of the largest of its children."""
    import resource

    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "cpu": own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime,
        "peak": own.ru_maxrss / 1024,
        "peak_child": children.ru_maxrss / 1024,
    }


def teller(every: int = 1000) -> Callable[[int, int | None, int], None]:
    """Return a function that says on stderr, every so many articles, what it took until there."""
    told = 0

    def tell(done: int, total: int | None, errors: int) -> None:
        nonlocal told
        if done // every > told:
            told = done // every
            now = usage()
            sys.stderr.write(f"          {done} done: {now['cpu']:.0f} CPU s, peak {now['peak']:.0f} MB\n")
            sys.stderr.flush()

    return tell


def analysed(source: Path, folder: Path, workers: int) -> dict[str, Any]:
    """Analyse a corpus into a store and return what it took, the loading of the model apart."""
    from corpus_lib.corpus import Corpus
    from corpus_lib.language import load

    if workers == 1:
        load()
    before, wall = usage(), time.perf_counter()
    done = Corpus.read(source).analyse(folder, workers=workers, batch_size=BATCH, progress=teller())
    wall, after = time.perf_counter() - wall, usage()
    assert done.run is not None
    size = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())
    counted = {"analysed": done.run.analysed, "failed": done.run.failed, "skipped": done.run.skipped}
    return counted | {"wall": wall, **after, "cpu": after["cpu"] - before["cpu"], "store": size / 1e6}


def on_dask(source: Path, folder: Path, workers: int) -> dict[str, Any]:
    """Analyse a corpus on a local Dask cluster; the workers have loaded the model."""
    from distributed import Client, LocalCluster

    from corpus_lib.corpus import Corpus
    from corpus_lib.language import load

    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        client.run(lambda: bool(load()))
        wall = time.perf_counter()
        Corpus.read(source).analyse(folder, client=client, batch_size=BATCH)
        return {"wall": time.perf_counter() - wall}


def parsed(source: Path, folder: Path, workers: int) -> dict[str, Any]:
    """Parse the same texts in full, with the shipped pipeline and nothing else."""
    from corpus_lib.errors import CorpusLibError
    from corpus_lib.language import load, parse
    from corpus_lib.model import Failure
    from corpus_lib.reading import read_documents
    from corpus_lib.structure import article_from

    nlp, cpu = load(), 0.0
    for document in read_documents([source]):
        try:
            article = None if isinstance(document, Failure) else article_from(document)
        except CorpusLibError:
            continue
        if article is not None:
            before = time.process_time()
            with nlp.memory_zone():
                parse(article.text, [b.span for b in article.blocks], language=article.language)
            cpu += time.process_time() - before
    return {"cpu": cpu}


def measured(task: str, source: Path, folder: Path, workers: int = 1) -> dict[str, Any]:
    """Run a task in a process of its own."""
    command = [sys.executable, str(HERE), "--task", task, str(source), str(folder), str(workers)]
    run = subprocess.run(command, env=environment(), stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return result


def environment() -> dict[str, str]:
    """Return the environment of a measurement: this project, one thread a process."""
    return os.environ | CPU_VARIABLES | {"PYTHONPATH": str(HERE.parents[2])}


def counted(source: Path, folder: Path, workers: int) -> dict[str, Any]:
    """Analyse a corpus and note the id of every article that is begun beside the store."""
    from corpus_lib.corpus import work

    real = work.analyse
    with folder.with_suffix(".begun").open("a", encoding="utf-8", buffering=1) as begun:

        def noted(article: Any, **options: Any) -> Any:
            begun.write(f"{article.id}\n")
            return real(article, **options)

        work.analyse = noted  # type: ignore[assignment]
        return analysed(source, folder, workers)


def killed(source: Path, folder: Path, batches: int) -> dict[str, int]:
    """Kill a run when some batches are committed; return what was kept, what the next run did, and what was redone."""
    from corpus_lib.corpus import Corpus

    command = [sys.executable, str(HERE), "--task", "counted", str(source), str(folder), "1"]
    process = subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL)
    while process.poll() is None and len(list((folder / "batches").glob("*.json"))) < batches:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = len(Corpus.open(folder).frame("articles", ["doc"])) + len(Corpus.open(folder).frame("errors", ["doc"]))
    again = measured("counted", source, folder)
    begun = folder.with_suffix(".begun").read_text(encoding="utf-8").splitlines()
    return {
        "kept": kept,
        "next": again["analysed"] + again["failed"],
        "redone": len(begun) - len(set(begun)),
        "held": len(Corpus.open(folder).frame("articles", ["doc"])) + len(Corpus.open(folder).frame("errors", ["doc"])),
    }


def subset(shared: Path, number: int, folder: Path) -> tuple[Path, int]:
    """Write so many of the shared texts, evenly drawn, to a temporary file; return it and its number of words."""
    path, words = folder / f"{number}.jsonl", 0
    step = max(1, ARTICLES // number)
    with (
        lzma.open(shared / "raw" / "norec.jsonl.xz", "rt", encoding="utf-8") as lines,
        path.open("w", encoding="utf-8") as out,
    ):
        for line in itertools.islice(lines, 0, step * number, step):
            out.write(line)
            words += len(json.loads(line)["text"].split())
    return path, words


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


TASKS: dict[str, Callable[[Path, Path, int], dict[str, Any]]] = {
    "analyse": analysed,
    "counted": counted,
    "dask": on_dask,
    "parse": parsed,
}


def growth(options: argparse.Namespace, folder: Path) -> bool:
    """Measure corpora of growing size, and the bare parse of the smallest; return whether memory and CPU hold."""
    rows = []
    say("articles  failed     words  wall s   CPU s  CPU ms/article  words/CPU s  peak MB  store MB")
    for number in options.articles:
        source, words = subset(options.shared, number, folder)
        row = measured("analyse", source, folder / f"store{number}")
        each = 1000 * row["cpu"] / number
        rows.append((each, row["peak"]))
        say(
            f"{number:>8}  {row['failed']:>6}  {words:>8}  {row['wall']:>6.0f}  {row['cpu']:>6.0f}  {each:>14.1f}"
            f"  {words / row['cpu']:>11.0f}  {row['peak']:>7.0f}  {row['store']:>8.1f}"
        )
        again = measured("analyse", source, folder / f"store{number}")
        say(f"          run again: {again['skipped']} skipped, {again['analysed']} analysed, {again['wall']:.1f} s")
        if number == options.articles[0]:
            bare = measured("parse", source, folder)["cpu"]
            say(f"          the bare parse of the same text: {bare:.0f} CPU s, {words / bare:.0f} words/CPU s")
            say(f"          end to end beside it: {bare / row['cpu']:.2f} times its speed")
    for cores in CORES:
        say(f"a million such articles on {cores} cores (computed): {rows[-1][0] * 1000 / cores / 3600:.1f} hours")
    memory, cpu = rows[-1][1] / rows[0][1], max(r[0] for r in rows) / min(r[0] for r in rows) - 1
    say(f"peak memory, largest : smallest {memory:.2f} (≤ {MEMORY}); CPU an article ± {cpu:.0%} (≤ {CPU:.0%})")
    return memory <= MEMORY and cpu <= CPU


def kill(options: argparse.Namespace, folder: Path) -> bool:
    """Kill a run and resume it; return whether no more than a batch was done twice, and nothing is lost."""
    number = options.articles[0]
    source, _ = subset(options.shared, number, folder)
    row = killed(source, folder / "killed", 3)
    say(
        f"killed with {row['kept']} articles committed; the next run did {row['next']}; {row['redone']} were begun "
        f"twice (≤ {BATCH}); the store holds {row['held']} of {number}"
    )
    return row["redone"] <= BATCH and row["kept"] + row["next"] == row["held"] == number


def dask(options: argparse.Namespace, folder: Path) -> bool:
    """Measure one Dask worker against two; return whether the second is worth its core."""
    source, _ = subset(options.shared, options.articles[0], folder)
    one, two = (measured("dask", source, folder / f"dask{n}", n)["wall"] for n in (1, 2))
    say(f"Dask, one worker {one:.0f} s, two {two:.0f} s: {one / two:.2f} times (≥ {WORKERS} on two free cores)")
    return one / two >= WORKERS


PARTS: dict[str, Callable[[argparse.Namespace, Path], bool]] = {"growth": growth, "kill": kill, "dask": dask}


def main() -> int:
    """Measure the parts that are asked for, or run one task of a measurement."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", maxsplit=1)[0])
    parser.add_argument(
        "--shared", type=Path, default=HERE.parents[3] / "shared", help="the folder with raw/norec.jsonl.xz"
    )
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10_000, 43_000], help="sizes of the corpora")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=["growth"], help="what is measured")
    parser.add_argument("--task", nargs=4, metavar=("TASK", "SOURCE", "FOLDER", "WORKERS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task:
        task, source, folder, workers = options.task
        say(json.dumps(TASKS[task](Path(source), Path(folder), int(workers))))
        return 0
    with tempfile.TemporaryDirectory() as name:
        held = [PARTS[part](options, Path(name)) for part in options.parts]
    return int(not all(held))


if __name__ == "__main__":
    sys.exit(main())
