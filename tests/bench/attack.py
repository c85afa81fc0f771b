"""What comes of spoilt files: ``python tests/bench/attack.py --number 2000 --seeds 1 2 3``.

Prints, for each kind of file and seed, how many were read and how many refused by which error of the library; a
foreign exception, or records that do not hold together, are shown with the file, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from hypothesis import HealthCheck, Phase, given, seed, settings
from malformed import KINDS, Kind, Spoilt

MOST_SHOWN = 5


def attacked(kind: Kind, number: int, chosen: int) -> tuple[Counter[str], list[str]]:
    """Return how often there was each outcome, and what was no outcome of the library's own."""
    outcomes, foreign = Counter[str](), list[str]()
    suppressed = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

    @seed(chosen)
    @settings(
        max_examples=number, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=suppressed
    )
    @given(kind.files)
    def attack(spoilt: Spoilt) -> None:
        try:
            outcomes[kind.outcome(spoilt)] += 1
        except Exception as error:
            outcomes["FOREIGN"] += 1
            where = traceback.extract_tb(error.__traceback__)[-1]
            name, data = spoilt
            foreign.append(
                f"{type(error).__name__}: {error!s:.200} at {where.filename}:{where.lineno}: {name} {data!r:.300}"
            )

    attack()
    return outcomes, foreign


def main() -> int:
    """Print a line a kind and seed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--number", type=int, default=2000)
    options.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    options.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    chosen = options.parse_args()
    bad = 0
    for name in chosen.kinds:
        with tempfile.TemporaryDirectory() as folder:
            kind = KINDS[name](Path(folder))
            for number in chosen.seeds:
                outcomes, foreign = attacked(kind, chosen.number, number)
                counts = ", ".join(f"{what} {count}" for what, count in outcomes.most_common())
                print(f"{name:<12} seed {number}: {outcomes.total()} files: {counts}", flush=True)
                print(*foreign[:MOST_SHOWN], sep="\n", end="\n" if foreign else "", flush=True)
                bad += len(foreign)
    print(f"foreign exceptions: {bad}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
