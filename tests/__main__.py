"""Everything that must pass: ``python -m tests``. Stops at the first step that fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-q"]
STEPS = {
    "lint": [sys.executable, "-m", "ruff", "check", "."],
    "format": [sys.executable, "-m", "ruff", "format", "--check", "."],
    "types": [sys.executable, "-m", "mypy"],
    "tests and doctests": PYTEST,
    "notebooks": [
        *PYTEST,
        "--nbval",
        "--nbval-current-env",
        "--nbval-cell-timeout=120",
        "--nbval-sanitize-with",
        "notebooks/nbval_sanitize.cfg",
        "notebooks",
    ],
}


def main() -> int:
    """Run the steps and return the exit status of the first that fails, else 0."""
    environment = os.environ | {"PYTHONHASHSEED": "0", "MPLBACKEND": "agg"}
    for name, command in STEPS.items():
        sys.stdout.write(f"== {name}\n")
        sys.stdout.flush()
        status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        if status:
            sys.stdout.write(f"{name}: failed\n")
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
