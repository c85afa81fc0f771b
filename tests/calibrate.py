"""Count how often each rule of quotation is right: ``python -m tests.calibrate [--write]``.

Words are judged on the complete gold, speakers on it and on the treebank's training documents.
Prints the expected calibration error by cross-fitting over the articles of the complete gold.
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
from corpus_lib.quotes.confidence import as_csv, confidence, count, expected_calibration_error
from corpus_lib.structure import read_article

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("CORPUS_LIB_SHARED", ROOT.parent / "shared"))
FOLDS = 10
TREEBANK_WEIGHT = 0.1
Judged = tuple[str, str, bool, bool | None]


def score_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "gold" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SHARED)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(folder: Path, score: ModuleType, *, complete: bool) -> Iterator[list[Judged]]:
    """Yield the judged quotations of each article: rule, speaker rule, words right, speaker right."""
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
        rows: list[Judged] = []
        for number, quote in enumerate(analysis.quotes):
            speaker_rule = quote.reasons[-1].note
            if number not in found:
                if complete and number not in excused:
                    rows.append((quote.rule, speaker_rule, False, None))
                continue
            i, overlap = found[number]
            entity = theirs[i].get("speaker_entity")
            speaker = analysis.joined(quote.speakers)
            right = score.same(speaker, entity, known) if entity else (speaker is None if complete else None)
            rows.append((quote.rule, speaker_rule, overlap >= 0.8, right if overlap >= 0.3 else None))
        yield rows


def main() -> int:
    score = score_module()
    dev = list(judged(SHARED / "gold" / "dev", score, complete=True))
    train = [r for rows in judged(SHARED / "gold" / "treebank" / "train", score, complete=False) for r in rows]
    speakers_only = {k: c for k, c in count(train).items() if k[0] == "speaker"}

    def table(articles: list[list[Judged]]) -> dict:
        counts = count(r for rows in articles for r in rows)
        for key, extra in speakers_only.items():
            held = counts.get(key)
            right, seen = TREEBANK_WEIGHT * extra.right, TREEBANK_WEIGHT * extra.seen
            counts[key] = type(extra)(right + (held.right if held else 0), seen + (held.seen if held else 0))
        return counts

    pairs = []
    for fold in range(FOLDS):
        fitted = table([rows for k, rows in enumerate(dev) if k % FOLDS != fold])
        for rows in dev[fold::FOLDS]:
            pairs += [(confidence(r, s, fitted), bool(w and ok)) for r, s, w, ok in rows]
    error = expected_calibration_error(pairs)
    sys.stdout.write(f"expected calibration error, cross-fitted, ten bins of equal width: {error:.3f}\n")
    ordered = sorted(pairs, key=lambda p: p[0])
    gap = 0.0
    for k in range(5):
        part = ordered[k * len(ordered) // 5 : (k + 1) * len(ordered) // 5]
        said, true = (sum(x) / len(part) for x in zip(*part, strict=True))
        gap += len(part) / len(ordered) * abs(said - true)
        sys.stdout.write(f"| {part[0][0]:.2f}–{part[-1][0]:.2f} | {len(part)} | {said:.2f} | {true:.2f} |\n")
    sys.stdout.write(f"over these five parts of equal size: {gap:.3f}\n")
    if "--write" in sys.argv:
        (ROOT / "corpus_lib" / "language" / "data" / "confidence.csv").write_text(as_csv(table(dev)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
