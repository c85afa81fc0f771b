"""One self-contained HTML page per article or corpus: what a researcher sends to an editor."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from corpus_lib.report.page import report

__all__ = ["report"]


class _Callable(ModuleType):
    """`corpus_lib.report` is this package once it is imported, and the function before: both are called alike."""

    def __call__(self, *args: Any, **options: Any) -> str:
        """See `corpus_lib.report.page.report`."""
        return report(*args, **options)


sys.modules[__name__].__class__ = _Callable
