"""Everything that must pass: ``python -m tests``. Stops at the first step that fails.

``python -m tests --fast`` leaves out the browser, the notebooks and the slowest tests: some three minutes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-q"]
SIDE_BY_SIDE = ["-n", str(min(4, os.cpu_count() or 1)), "--dist"]
"""A worker a core, four at most: each holds a pipeline, and a browser where it meets one."""
CHECKS = {
    "lint": [sys.executable, "-m", "ruff", "check", "."],
    "format": [sys.executable, "-m", "ruff", "format", "--check", "."],
    "types": [sys.executable, "-m", "mypy"],
}
STEPS = {
    **CHECKS,
    "tests and doctests": [*PYTEST, *SIDE_BY_SIDE, "worksteal"],
    "notebooks": [
        *PYTEST,
        *SIDE_BY_SIDE,
        "loadfile",
        "--nbval",
        "--nbval-current-env",
        "--nbval-cell-timeout=120",
        "--nbval-sanitize-with",
        "notebooks/nbval_sanitize.cfg",
        "notebooks",
    ],
}
SLOW = ("browser", "notebooks", "bench", "accuracy")
SLOW_FILES = (
    "test_corpus.py",
    "test_growth.py",
    "test_fuzz.py",
    "test_malformed.py",
    "test_widgets.py",
    "test_report.py",
)
FAST = {
    **CHECKS,
    "tests and doctests": [
        *PYTEST,
        *SIDE_BY_SIDE,
        "worksteal",
        "-m",
        "not browser and not shared",
        *(f"--ignore=tests/{name}" for name in (*SLOW, *SLOW_FILES)),
    ],
}
MINUTES = {"lint": 0.1, "format": 0.1, "types": 0.5, "tests and doctests": 6.0, "notebooks": 1.0}
"""How long each step is likely to take on a laptop with nothing else to do."""
FAST_MINUTES = MINUTES | {"tests and doctests": 1.5}


def main() -> int:
    """Run the steps and return the exit status of the first that fails, else 0."""
    options = argparse.ArgumentParser(prog="python -m tests", description=__doc__)
    options.add_argument("--fast", action="store_true", help="no browser, no notebooks, no slow tests")
    fast = options.parse_args().fast
    steps, minutes = (FAST, FAST_MINUTES) if fast else (STEPS, MINUTES)
    environment = os.environ | {"PYTHONHASHSEED": "0", "MPLBACKEND": "agg"}
    begun = time.monotonic()
    for number, (name, command) in enumerate(steps.items(), 1):
        left = sum(minutes[other] for other in list(steps)[number - 1 :])
        passed = (time.monotonic() - begun) / 60
        _say(f"== {number} of {len(steps)}, {name}; {passed:.1f} minutes passed, about {left:.0f} to come")
        status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        if status:
            _say(f"{name}: failed")
            return status
    _say(f"== all passed in {(time.monotonic() - begun) / 60:.1f} minutes")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
