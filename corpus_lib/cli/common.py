"""What the commands share: exit statuses and how wrong usage is told."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]

FAILED, USAGE = 1, 2


def usage(message: str) -> int:
    """Tell on standard error what is wrong with a call, and return its exit status."""
    print(f"corpus-lib: {message}", file=sys.stderr)
    return USAGE
