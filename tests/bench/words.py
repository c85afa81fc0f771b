"""The word index beside conc 0.1.13, on the same texts in one run: CPU seconds, peak memory, ratios.

    python tests/bench/words.py --conc PYTHON [--shared FOLDER] [--tokens 1000000 10000000]

PYTHON is an interpreter with conc 0.1.13 installed; its dependencies clash with this project's, so it wants a virtual
environment of its own. Each tool is asked with its defaults: conc sorts every concordance, ours keeps the texts' order
(what sorting it costs is printed too). The texts are ``raw/norec.jsonl.xz`` of the shared folder. Each measurement runs
in a process of its own, the questions several times by turns. The last line holds the ratios; the exit status is 1 when
one of them is missed.
"""

from __future__ import annotations

import argparse
import csv
import json
import lzma
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve()
WANTED = {"build": 6.0, "memory": 4.0, "collocates": 50.0, "bigrams": 8.0, "concordance": 100.0}
OPEN_MS = 50.0
SCALING = 4.0
OPENINGS = 15
"""How many times an index is opened and asked for its first concordance; the best is kept, as for conc."""

PAIRS = 3
"""How many times each tool is asked in a process of its own, by turns; the best is kept: a machine that others use is
slower now and then, and the shortest times suffer most."""

NODE = "og"
LOOKED_UP = "regjeringen"

OURS = r"""
import csv, json, resource, sys, time
csv.field_size_limit(10**9)
from corpus_lib.words import Index
from corpus_lib.words import index
task, source, path = sys.argv[1:4]
report = {}

def timed(name, call):
    wall, cpu = time.perf_counter(), time.process_time()
    value = call()
    report[name], report[name + "_wall"] = time.process_time() - cpu, time.perf_counter() - wall
    return value

def best(name, call):
    before = report.get(name), report.get(name + "_wall")
    value = timed(name, call)
    if before[0] is not None:
        report[name], report[name + "_wall"] = min(before[0], report[name]), min(before[1], report[name + "_wall"])
    return value

def texts():
    with open(source, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows

if task == "build":
    index = timed("build", lambda: Index.build(texts(), path))
    report["tokens"] = index.tokens
    report["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
else:
    import numpy, pandas
    from corpus_lib.words import collocation, concordance, dispersion, growth, ngrams, query
    for _ in range(OPENINGS):
        index = best("open", lambda: Index.open(path))
        best("concordance", lambda: index.concordance("LOOKED_UP", window=5))
        index = Index.open(path)
        best("sorted", lambda: index.concordance("LOOKED_UP", window=5, sort=("R1", "R2", "R3")))
    timed("collocates", lambda: index.collocates("NODE", most=20))
    timed("bigrams", lambda: index.ngrams(2, most=20))
    counts = index.counts("lower")
    equal = index.layer("lower").strings[int(abs(counts - 1000).argmin())]
    index.concordance(equal), index.collocates(equal, most=20)
    for name, call in (
        ("equal_concordance", lambda: index.concordance(equal, sort=("R1",))),
        ("equal_collocates", lambda: index.collocates(equal, most=20)),
    ):
        for _ in range(7):
            best(name, call)
print(json.dumps(report))
"""

CONC = r"""
import json, logging, os, resource, sys, time
import spacy
from spacy.language import Language

@Language.component("nothing")
def nothing(doc):
    return doc

from conc.conc import Conc
from conc.corpus import Corpus
logging.disable(logging.CRITICAL)
task, source, path = sys.argv[1:4]
model = os.path.join(path, "model")
report = {}

def timed(name, call):
    wall, cpu = time.perf_counter(), time.process_time()
    value = call()
    report[name], report[name + "_wall"] = time.process_time() - cpu, time.perf_counter() - wall
    return value

def best(name, call):
    before = report.get(name), report.get(name + "_wall")
    value = timed(name, call)
    if before[0] is not None:
        report[name], report[name + "_wall"] = min(before[0], report[name]), min(before[1], report[name + "_wall"])
    return value

if task == "build":
    nlp = spacy.blank("nb")
    for name in ("parser", "ner", "lemmatizer", "tagger", "senter", "tok2vec", "attribute_ruler"):
        nlp.add_pipe("nothing", name=name)
    os.makedirs(path, exist_ok=True)
    nlp.to_disk(model)
    corpus = Corpus(name="bench", description="bench")
    options = {"text_column": "text", "metadata_columns": ["id"], "model": model}
    timed("build", lambda: corpus.build_from_csv(source_path=source, save_path=path, **options))
    report["tokens"] = int(corpus.word_token_count)
    report["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
else:
    for _ in range(OPENINGS):
        corpus = best("open", lambda: Corpus().load(os.path.join(path, "bench.corpus")))
        conc = Conc(corpus)
        best("concordance", lambda: conc.concordance("LOOKED_UP"))
    timed("collocates", lambda: conc.collocates("NODE"))
    timed("bigrams", lambda: conc.ngram_frequencies(2))
print(json.dumps(report), file=sys.__stdout__)
"""


def texts_of(shared: Path, tokens: int, target: Path) -> int:
    """Write texts as CSV until they have as many white-space tokens; return how many they have."""
    written = 0
    with (
        lzma.open(shared / "raw" / "norec.jsonl.xz", "rt", encoding="utf-8") as lines,
        target.open("w", encoding="utf-8", newline="") as file,
    ):
        writer = csv.writer(file)
        writer.writerow(("id", "text"))
        for line in lines:
            record = json.loads(line)
            writer.writerow((record["id"], record["text"]))
            written += len(record["text"].split())
            if written >= tokens:
                break
    return written


def run(python: str, code: str, task: str, source: Path, path: Path) -> dict[str, float]:
    """Run one measurement in a process of its own."""
    code = code.replace("OPENINGS", str(OPENINGS)).replace("LOOKED_UP", LOOKED_UP).replace("NODE", NODE)
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [python, "-c", code, task, str(source), str(path)], capture_output=True, text=True, env=environment, check=False
    )
    if done.returncode:
        raise SystemExit(f"{task} with {python} failed:\n{done.stderr[-3000:]}")
    measured: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return measured


def compare(conc: str, source: Path, folder: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Return what the two took, build and questions together."""
    ours = run(sys.executable, OURS, "build", source, folder / "ours")
    theirs = run(conc, CONC, "build", source, folder / "conc")
    for _ in range(PAIRS):
        _keep_best(ours, run(sys.executable, OURS, "ask", source, folder / "ours"))
        _keep_best(theirs, run(conc, CONC, "ask", source, folder / "conc"))
    return ours, theirs


def _keep_best(kept: dict[str, float], measured: dict[str, float]) -> None:
    for name, value in measured.items():
        kept[name] = min(value, kept.get(name, value))


def main() -> int:
    """Compare, print, and say by the exit status whether every ratio is reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conc", required=True, help="a Python with conc 0.1.13")
    parser.add_argument("--shared", type=Path, default=HERE.parents[3] / "shared")
    parser.add_argument("--tokens", type=int, nargs="+", default=[1_000_000, 10_000_000])
    options = parser.parse_args()
    missed, last, by_size = [], [], []
    for tokens in options.tokens:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            written = texts_of(options.shared, tokens, folder / "texts.csv")
            ours, theirs = compare(options.conc, folder / "texts.csv", folder)
        print(f"{written:,} tokens by white space; {ours['tokens']:,} ours, {theirs['tokens']:,} conc's")
        by_size.append(ours)
        for name, wanted in WANTED.items():
            ratio = theirs[name] / ours[name]
            print(
                f"  {name:12} ours {ours[name]:10.4f}  conc {theirs[name]:10.4f}  ratio {ratio:8.1f}  wanted {wanted:g}"
            )
            last.append(f"{name}@{tokens:.0e}={ratio:.1f}x")
            missed += [last[-1]] if ratio < wanted else []
        print(f"  {'sorted':12} ours {ours['sorted']:10.4f}  (the same concordance sorted by three words to the right)")
        opened = ours["open_wall"] * 1000
        last.append(f"open@{tokens:.0e}={opened:.1f}ms")
        missed += [last[-1]] if opened > OPEN_MS else []
    for name in ("equal_concordance", "equal_collocates") if len(by_size) > 1 else ():
        slower = by_size[-1][name] / by_size[0][name]
        last.append(f"{name}={slower:.2f}x")
        missed += [last[-1]] if slower > SCALING else []
    print("missed: " + (", ".join(missed) or "none"))
    print("ratios: " + " ".join(last))
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
