"""Optional packages, imported where a question needs one."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from corpus_lib.errors import MissingExtra


def optional(package: str, reason: str) -> Any:
    """Return an optional package.

    Raises
    ------
    MissingExtra
        If it is not installed; says what for, and how to get it.

    Examples
    --------
    >>> optional("math", "counting").pi > 3
    True
    """
    try:
        return import_module(package)
    except ImportError as error:
        raise MissingExtra(
            f'{reason} needs the package {package}, which is not installed: pip install "corpus_lib[words]"'
        ) from error
