"""The lexicons of the package: CSV files under ``data/``, a line an entry, forms split by |."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a file; lines that begin with # are comments."""
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return tuple({k: v or "" for k, v in row.items()} for row in csv.DictReader(lines, delimiter=";"))


def loosened(form: str) -> str:
    r"""Return a pattern for words between whose first and second some others may stand: «ønsker Lie ikke å svare».

    >>> bool(re.fullmatch(loosened("går ut mot"), "går nå hardt ut mot"))
    True
    >>> bool(re.fullmatch(loosened("kritiserer"), "kritiserer"))
    True
    """
    first, *others = map(re.escape, form.split())
    return first + (r"(?:\s+[\w-]+){0,4}?\s+" + r"\s+".join(others) if others else "")
