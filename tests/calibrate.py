"""Count how often the words of each rule of quotation are right: ``python -m tests.calibrate [--write]``.

Prints the expected calibration error on the same articles; the scoreboard judges it on others.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from corpus_lib.analysis import analyse
from corpus_lib.quotes.confidence import as_csv, count, expected_calibration_error
from corpus_lib.structure import read_article

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("CORPUS_LIB_SHARED", ROOT.parent / "shared"))
Judged = tuple[str, float, bool, bool]


def score_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "gold" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SHARED)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(folder: Path, score: ModuleType) -> Iterator[Judged]:
    """Yield the judged quotations of the articles: rule, confidence, words right, speaker right."""
    for path in sorted(folder.rglob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        article = read_article(path.with_suffix(".txt"), language=gold.get("language"))
        analysis = analyse(article)
        text = score.Text(article.text)
        theirs = [q | {"tok": text.tokens(*map(score.span, q["segments"]))} for q in gold["quotes"]]
        mine = [{"tok": text.tokens(*((s.start, s.end) for s in q.segments))} for q in analysis.quotes]
        known = {e["name"] for e in gold.get("entities", [])}
        known |= {n.strip() for q in theirs for n in (q.get("speaker_entity") or "").split(";")}
        hits, excused = score.pair(theirs, mine, 0.0001)
        found = {j: (i, overlap) for i, (j, overlap) in hits.items()}
        for number, quote in enumerate(analysis.quotes):
            if number not in found:
                if number not in excused:
                    yield quote.rule, quote.confidence, False, False
                continue
            i, overlap = found[number]
            entity, speaker = theirs[i].get("speaker_entity"), analysis.joined(quote.speakers)
            right = score.same(speaker, entity, known) if entity else speaker is None
            yield quote.rule, quote.confidence, overlap >= 0.8, right


def main() -> int:
    rows = list(judged(SHARED / "gold" / "dev", score_module()))
    error = expected_calibration_error([(said, words and speaker) for _, said, words, speaker in rows])
    sys.stdout.write(f"expected calibration error, ten bins of equal width: {error:.3f}\n")
    if "--write" in sys.argv:
        table = count((rule, words) for rule, _, words, _ in rows)
        (ROOT / "corpus_lib" / "language" / "data" / "confidence.csv").write_text(as_csv(table), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
