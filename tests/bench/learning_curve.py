"""How demands and answers get better with more annotated articles: ``python -m tests.bench.learning_curve GOLD…``.

Sentences that demand or answer are learned from 25, 50, 75 and 100 % of the articles of four folds and judged on the
fifth: F1 at the best limit, for sentences that the annotation is sure of. A minute or two.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus_lib.demands.examples import Case, case_of, marked, sentences
from corpus_lib.demands.learning import learned
from corpus_lib.demands.linking import sentence_features
from corpus_lib.learned.fitting import Example
from corpus_lib.learned.pages import readable
from tests.accuracy.parses import page_of

SHARES = (0.25, 0.5, 0.75, 1.0)
GROUPS = {"modern and demands": ("modern", "demands"), "invented": ("invented",)}


def curve(cases: Sequence[Case], side: str) -> dict[str, list[float]]:
    """Return F1 out of fold by group of sources, one value a share of the articles."""
    told: list[list[Example]] = []
    for case in cases:
        case.sentences[side] = sentence_features(case.setting, [] if side == "answer" else None)
        told.append(list(sentences(case, side, case.sentences[side])))  # type: ignore[arg-type]
    out: dict[str, list[float]] = {name: [] for name in GROUPS}
    for share in SHARES:
        likely: dict[str, list[tuple[float, bool]]] = {name: [] for name in GROUPS}
        taken = [i for i in range(len(cases)) if i % 4 < share * 4]
        folds = [cases[i].fold for i in taken for _ in told[i]]
        models = learned(f"{side}_sentence", [e for i in taken for e in told[i]], folds)
        for case in cases:
            labels, model = marked(case, side), models[case.fold]  # type: ignore[arg-type]
            for name, sources in GROUPS.items():
                if case.page.source in sources:
                    likely[name] += [
                        (model.probability(f), labels.get(u.number) == "yes")
                        for u, f in zip(case.setting.units, case.sentences[side], strict=True)
                        if labels.get(u.number) != "edge"
                    ]
        for name, found in likely.items():
            out[name].append(max(_f1(found, step / 40) for step in range(2, 36)))
    return out


def _f1(found: Sequence[tuple[float, bool]], limit: float) -> float:
    passed = [right for p, right in found if p >= limit]
    held = len(passed) + sum(right for _, right in found)
    return 2 * sum(passed) / held if held else 0.0


def main(argv: Sequence[str] | None = None) -> int:
    """Print the curves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+", help="folders of annotated articles")
    cases = [case_of(page_of(sheet)) for sheet in readable(parser.parse_args(argv).gold)]
    for side in ("demand", "answer"):
        for name, values in curve(cases, side).items():
            shown = "  ".join(f"{s:.0%} {v:.3f}" for s, v in zip(SHARES, values, strict=True))
            sys.stdout.write(f"{side}s, {name}: {shown}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
