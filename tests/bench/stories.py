"""The stories of a corpus of thousands of articles: time beside that of the analysis, memory, edited copies found.

    python tests/bench/stories.py [--shared FOLDER] [--articles 10000] [--copies 500] [--light] [--show]

The articles are ``raw/norec.jsonl.xz`` of the shared folder, every n-th of them, with made-up dates of two years. A
copy is another article's text under a headline of its own, a day or two later, as a desk edits it: shortened, some
sentences changed in a word, two paragraphs exchanged. Analysis and stories run in processes of their own, so that
one's peak memory is not the other's. The exit status is 1 when a wanted ratio is missed.

With ``--light`` the articles are not analysed: names of two words or more are actors, what follows «må» or «bør» is
demanded by the last of them. So all else is measured in minutes, on more demands than an analysis finds; what share of
the analysis' time it is remains unsaid. ``--show`` prints the largest stories and what was held for a copy and is none.
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
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


def told(source: Path, store: Path) -> dict[str, Any]:
    """Put the articles of a store into stories; count the copies found, and those that are none."""
    from corpus_lib.corpus import Corpus
    from corpus_lib.language import load
    from corpus_lib.stories import stories_of_sketches
    from corpus_lib.stories.keeping import unpacked

    load()
    before, wall = usage()["cpu"], time.perf_counter()
    light = store / "sketches.jsonl.gz"
    stories = stories_of_sketches(unpacked(light.read_bytes())) if light.exists() else Corpus.open(store).stories()
    took = {"cpu": usage()["cpu"] - before, "wall": time.perf_counter() - wall, "peak": usage()["peak"]}
    pairs = {a.doc: a.reprint_of for s in stories for a in s.articles}
    made = {doc: doc.removeprefix("copy of ") for doc in pairs if doc.startswith("copy of ")}
    found = sum(pairs[doc] in (first, pairs[first]) and pairs[doc] is not None for doc, first in made.items())
    others = [f"{doc} = {of}" for doc, of in pairs.items() if of is not None and doc not in made]
    several = [s for s in stories if len(s.articles) > 1]
    return {
        **took, "copies": len(made), "found": found, "articles": len(pairs), "stories": len(several),
        "others": others, "widest": [[len(s.articles), *(a.title for a in s.articles[:30])] for s in several[:8]],
        "demands": sum(len(s.demands) for s in stories), "largest": max(len(s.articles) for s in stories),
    }  # fmt: skip


NAME = re.compile(r"[A-ZÆØÅ][a-zæøå]+(?: [A-ZÆØÅ][a-zæøå]+){1,3}")
ASKED = re.compile(r"\b(?:må|bør) ([^.!?\n]{12,120})")


def light_record(text: str) -> dict[str, Any]:
    """Return demands found by a pattern, each made by the last name before it."""
    names = [(m.end(), m.group()) for m in NAME.finditer(text)]
    found = []
    for m in ASKED.finditer(text):
        before = [name for end, name in names if end <= m.start()]
        found.append({"actor": before[-1] if before else "", "addressees": [], "content": list(m.span(1))})
    return {"demands": found}


def sketched(source: Path, store: Path) -> dict[str, float]:
    """Sketch a corpus whose actors and demands are found by patterns, and keep the sketches."""
    from corpus_lib.errors import UnsupportedLanguage
    from corpus_lib.reading import Document, read_documents
    from corpus_lib.stories import annotated, sketch
    from corpus_lib.stories.keeping import packed

    before = usage()["cpu"]
    found = []
    for d in read_documents(source):
        with suppress(UnsupportedLanguage):  # which an analysis of the corpus leaves out too
            found += (
                [sketch(a) for a in annotated([d], {d.id: light_record(d.text)})] if isinstance(d, Document) else []
            )
    store.mkdir(exist_ok=True)
    (store / "sketches.jsonl.gz").write_bytes(packed(found))
    return {**usage(), "cpu": usage()["cpu"] - before}


TASKS = {"analyse": analysed, "sketch": sketched, "tell": told}


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
    parser.add_argument("--light", action="store_true", help="find actors and demands by patterns, analyse nothing")
    parser.add_argument("--show", action="store_true", help="print the largest stories and unexpected copies")
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
    source = corpus(options.shared, options.articles, options.copies, folder)
    store, noted = folder / ("light" if options.light else "store"), folder / "analysis.json"
    before = measured("sketch" if options.light else "analyse", source, store)
    if noted.exists() and not options.light:
        before = json.loads(noted.read_text(encoding="utf-8"))
    if not options.light:
        noted.write_text(json.dumps(before), encoding="utf-8")
    first = measured("tell", source, store)
    what, found = "sketches" if options.light else "analysis", first["found"] / max(1, first["copies"])
    say(f"{what} of {first['articles']} articles: {before['cpu']:.0f} CPU s, peak {before['peak']:.0f} MB")
    say(f"their stories: {first['cpu']:.0f} CPU s, peak {first['peak']:.0f} MB")
    share = 0.0
    if not options.light:
        share = first["cpu"] / before["cpu"]
        say(f"{share:.1%} of the time of the analysis (≤ {MORE:.0%})")
        say(f"again, sketches kept: {measured('tell', source, store)['cpu']:.0f} CPU s")
    say(f"copies found: {first['found']} of {first['copies']}, {found:.3f} (≥ {FOUND}); others: {len(first['others'])}")
    say(f"stories of several articles: {first['stories']}, the largest of {first['largest']}")
    say(f"demands in all stories: {first['demands']}")
    if options.show:
        for line in (*first["others"], *first["widest"]):
            say(str(line))
    return bool(share <= MORE and found >= FOUND)


if __name__ == "__main__":
    sys.exit(main())
