"""The stories of a corpus of thousands of articles: time beside that of the analysis, memory, edited copies found.

    python tests/bench/stories.py [--shared FOLDER] [--articles 10000] [--copies 500]

The articles are ``raw/norec.jsonl.xz`` of the shared folder, every n-th of them, with made-up dates of two years. A
copy is another article's text under a headline of its own, a day or two later, as a desk edits it: shortened, some
sentences changed in a word, two paragraphs exchanged. Analysis and stories run in processes of their own, so that
one's peak memory is not the other's. The exit status is 1 when a wanted ratio is missed.
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
ARTICLES = 43_437
"""How many there are in the shared folder."""

MORE, FOUND = 0.15, 0.98
"""Wanted: time of the stories beside that of the analysis, share of the copies found."""

BEGUN, DAYS = date(2023, 1, 1), 730
LEFT_OUT, CHANGED = 0.2, 0.1
"""How many of its sentences a copy lacks, and in how many of the others a word is changed."""


def edited(text: str, chance: random.Random) -> str:
    """Return a text as another desk prints it."""
    paragraphs = [[s for s in p.split("\n") if s.strip()] for p in text.split("\n\n")]
    paragraphs = [p for p in paragraphs if p][1:] or paragraphs
    kept = [[s for s in p if chance.random() >= LEFT_OUT] for p in paragraphs]
    kept = [p for p in kept if p] or paragraphs
    if len(kept) > 2:
        at = chance.randrange(len(kept) - 1)
        kept[at], kept[at + 1] = kept[at + 1], kept[at]
    lines = [[_word_changed(s, chance) if chance.random() < CHANGED else s for s in p] for p in kept]
    return "En annen overskrift\n\n" + "\n\n".join("\n".join(p) for p in lines)


def _word_changed(sentence: str, chance: random.Random) -> str:
    words = sentence.split(" ")
    words[chance.randrange(len(words))] = "imidlertid"
    return " ".join(words)


def corpus(shared: Path, articles: int, copies: int, folder: Path) -> Path:
    """Write the articles and the edited copies of some of them to a file and return it."""
    chance, path = random.Random(7), folder / "articles.jsonl"
    step = max(1, ARTICLES // articles)
    with (
        lzma.open(shared / "raw" / "norec.jsonl.xz", "rt", encoding="utf-8") as lines,
        path.open("w", encoding="utf-8") as out,
    ):
        texts = [json.loads(line)["text"] for line in itertools.islice(lines, 0, step * articles, step)]
        days = [BEGUN + timedelta(chance.randrange(DAYS)) for _ in texts]
        long = [n for n, text in enumerate(texts) if len(text.split()) >= 100]
        rows = [
            {"id": f"a{n:05}", "date": str(d), "source": f"avis {n % 7}", "text": t}
            for n, (t, d) in enumerate(zip(texts, days, strict=True))
        ]
        for n in sorted(chance.sample(long, copies)):
            later = days[n] + timedelta(chance.randint(1, 2))
            text = edited(texts[n], chance)
            rows.append({"id": f"copy of a{n:05}", "date": str(later), "source": "avis 8", "text": text})
        for row in sorted(rows, key=lambda r: (r["date"], r["id"])):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def usage() -> dict[str, float]:
    """Return processor seconds and peak memory (MB) of this process."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    return {"cpu": own.ru_utime + own.ru_stime, "peak": own.ru_maxrss / 1024}


def analysed(source: Path, store: Path) -> dict[str, float]:
    """Analyse a corpus into a store."""
    from corpus_lib.corpus import Corpus
    from corpus_lib.language import load

    load()
    before, wall = usage()["cpu"], time.perf_counter()
    Corpus.read(source).analyse(store)
    return {**usage(), "cpu": usage()["cpu"] - before, "wall": time.perf_counter() - wall}


def told(source: Path, store: Path) -> dict[str, float]:
    """Put the articles of a store into stories; count the copies found, and those that are none."""
    from corpus_lib.corpus import Corpus
    from corpus_lib.language import load

    load()
    before, wall = usage()["cpu"], time.perf_counter()
    stories = Corpus.open(store).stories()
    took = {"cpu": usage()["cpu"] - before, "wall": time.perf_counter() - wall, "peak": usage()["peak"]}
    pairs = {a.doc: a.reprint_of for s in stories for a in s.articles}
    made = {doc: doc.removeprefix("copy of ") for doc in pairs if doc.startswith("copy of ")}
    found = sum(pairs[doc] in (first, pairs[first]) and pairs[doc] is not None for doc, first in made.items())
    others = sum(of is not None and doc not in made for doc, of in pairs.items())
    several = [s for s in stories if len(s.articles) > 1]
    return {
        **took, "copies": len(made), "found": found, "others": others, "articles": len(pairs), "stories": len(several),
        "demands": sum(len(s.demands) for s in stories), "largest": max(len(s.articles) for s in stories),
    }  # fmt: skip


TASKS = {"analyse": analysed, "tell": told}


def measured(task: str, source: Path, store: Path) -> dict[str, Any]:
    """Run a task in a process of its own."""
    command = [sys.executable, str(HERE), "--task", task, str(source), str(store)]
    one_thread = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    environment = os.environ | one_thread | {"PYTHONPATH": str(HERE.parents[2])}
    run = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return result


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Measure, or run one task of a measurement."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", maxsplit=1)[0])
    parser.add_argument("--shared", type=Path, default=HERE.parents[3] / "shared")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--copies", type=int, default=500)
    parser.add_argument("--folder", type=Path, help="where corpus and store lie; kept, and gone on with when run again")
    parser.add_argument("--task", nargs=3, metavar=("TASK", "SOURCE", "STORE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task:
        task, source, store = options.task
        say(json.dumps(TASKS[task](Path(source), Path(store))))
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = options.folder or Path(name)
        return 0 if measure(options, folder) else 1


def measure(options: argparse.Namespace, folder: Path) -> bool:
    """Measure and tell; return whether what is wanted holds."""
    source, noted = corpus(options.shared, options.articles, options.copies, folder), folder / "analysis.json"
    analysis = measured("analyse", source, folder / "store")
    if noted.exists():
        analysis = json.loads(noted.read_text(encoding="utf-8"))
    noted.write_text(json.dumps(analysis), encoding="utf-8")
    first = measured("tell", source, folder / "store")
    again = measured("tell", source, folder / "store")
    share, found = first["cpu"] / analysis["cpu"], first["found"] / max(1, first["copies"])
    say(f"analysis of {first['articles']} articles: {analysis['cpu']:.0f} CPU s, peak {analysis['peak']:.0f} MB")
    say(f"their stories: {first['cpu']:.0f} CPU s, {share:.1%} more (≤ {MORE:.0%}), peak {first['peak']:.0f} MB")
    say(f"again, sketches kept: {again['cpu']:.0f} CPU s")
    say(
        f"copies found: {first['found']} of {first['copies']}, {found:.3f} (≥ {FOUND}); others found: {first['others']}"
    )
    say(f"stories of several articles: {first['stories']}, the largest of {first['largest']}")
    say(f"demands in all stories: {first['demands']}")
    return bool(share <= MORE and found >= FOUND)


if __name__ == "__main__":
    sys.exit(main())
