"""Corpora of growing size on this machine: processor time an article, peak memory, resuming, workers.

    python tests/bench/scale.py [--shared FOLDER] [--articles 1000 10000 43000] [--dask] [--kill]

The articles are ``raw/norec.jsonl.xz`` of the shared folder. Each measurement runs in a process of its own, so that
one's peak memory is not another's. The last lines hold the ratios; the exit status is 1 when one of them is missed.
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


def analysed(source: Path, folder: Path, workers: int) -> dict[str, Any]:
    """Analyse a corpus into a store and return what it took, the loading of the model apart."""
    from corpus_lib.corpus import Corpus
    from corpus_lib.language import load

    if workers == 1:
        load()
    before, wall = usage(), time.perf_counter()
    done = Corpus.read(source).analyse(folder, workers=workers, batch_size=BATCH)
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


TASKS: dict[str, Callable[[Path, Path, int], dict[str, Any]]] = {"analyse": analysed, "dask": on_dask, "parse": parsed}


def measured(task: str, source: Path, folder: Path, workers: int = 1) -> dict[str, Any]:
    """Run a task in a process of its own."""
    command = [sys.executable, str(HERE), "--task", task, str(source), str(folder), str(workers)]
    run = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return result


def environment() -> dict[str, str]:
    """Return the environment of a measurement: this project, one thread a process."""
    return os.environ | CPU_VARIABLES | {"PYTHONPATH": str(HERE.parents[2])}


def killed(source: Path, folder: Path, batches: int) -> dict[str, Any]:
    """Kill a run when some batches are committed; return how many articles were left and what the next run did."""
    from corpus_lib.corpus import Corpus

    command = [sys.executable, str(HERE), "--task", "analyse", str(source), str(folder), "1"]
    process = subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL)
    while process.poll() is None and len(list((folder / "batches").glob("*.json"))) < batches:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = len(Corpus.open(folder).frame("articles", ["doc"])) + len(Corpus.open(folder).frame("errors", ["doc"]))
    again = measured("analyse", source, folder)
    return {"kept": kept, "again": again["analysed"] + again["failed"], "skipped": again["skipped"]}


def subset(shared: Path, number: int, folder: Path) -> tuple[Path, int]:
    """Write the first articles of the shared texts to a temporary file; return it and its number of words."""
    path, words = folder / f"{number}.jsonl", 0
    with (
        lzma.open(shared / "raw" / "norec.jsonl.xz", "rt", encoding="utf-8") as lines,
        path.open("w", encoding="utf-8") as out,
    ):
        for line in itertools.islice(lines, number):
            out.write(line)
            words += len(json.loads(line)["text"].split())
    return path, words


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def compare(options: argparse.Namespace) -> int:
    """Measure, say what was found, and return 1 where less than the wanted was reached."""
    missed, rows = 0, []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
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
        if len(rows) > 1:
            say(f"peak memory, largest : smallest {memory:.2f} (≤ {MEMORY}); CPU an article ± {cpu:.0%} (≤ {CPU:.0%})")
            missed += memory > MEMORY or cpu > CPU
        first = folder / f"{options.articles[0]}.jsonl"
        if options.kill:
            row = killed(first, folder / "killed", 3)
            lost = row["kept"] + row["again"] - options.articles[0]
            say(f"killed after {row['kept']} articles; the next run did {row['again']}: {lost} done twice in the store")
            missed += row["kept"] < 3 * BATCH or lost != 0
        if options.dask:
            one, two = (measured("dask", first, folder / f"dask{n}", n)["wall"] for n in (1, 2))
            say(f"Dask, one worker {one:.0f} s, two {two:.0f} s: {one / two:.2f} times (≥ {WORKERS} on two free cores)")
            missed += one / two < WORKERS
    return int(missed > 0)


def main() -> int:
    """Compare, or run one task of a comparison."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", maxsplit=1)[0])
    parser.add_argument(
        "--shared", type=Path, default=HERE.parents[3] / "shared", help="the folder with raw/norec.jsonl.xz"
    )
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10_000, 43_000], help="sizes of the corpora")
    parser.add_argument("--dask", action="store_true", help="measure one Dask worker against two")
    parser.add_argument("--kill", action="store_true", help="kill a run and resume it")
    parser.add_argument("--task", nargs=4, metavar=("TASK", "SOURCE", "FOLDER", "WORKERS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task:
        task, source, folder, workers = options.task
        say(json.dumps(TASKS[task](Path(source), Path(folder), int(workers))))
        return 0
    return compare(options)


if __name__ == "__main__":
    sys.exit(main())
