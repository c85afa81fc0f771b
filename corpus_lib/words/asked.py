"""The names by which a question is asked: those of the field, and the older ones of this library."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from typing import Any, ParamSpec, TypeVar

from corpus_lib.errors import BadOption

In = ParamSpec("In")
Out = TypeVar("Out")

OLDER = {"least": "min_count", "most": "top", "without": "stop_words"}
"""What options were called before; they are understood still."""


def with_older_names(question: Callable[In, Out]) -> Callable[In, Out]:
    """Return a function that takes its options by their older names, too.

    >>> @with_older_names
    ... def question(*, min_count: int = 1, top: int = 100) -> tuple[int, int]:
    ...     return min_count, top
    >>> question(least=3, top=5)
    (3, 5)

    Raises
    ------
    BadOption
        If an option is given by both names.
    """

    @wraps(question)
    def called(*given: In.args, **options: In.kwargs) -> Out:
        for older in OLDER.keys() & options:
            if OLDER[older] in options:
                raise BadOption(f"expected {OLDER[older]} or {older}, its older name; found both")
        named: Any = {OLDER.get(name, name): value for name, value in options.items()}
        return question(*given, **named)

    return called


def with_options_of(other: Callable[..., Any]) -> Callable[[Callable[In, Out]], Callable[In, Out]]:
    """Let a function that hands its ``**options`` on show them: its signature has the keywords of the other.

    >>> @with_options_of(sorted)
    ... def named(text, **options): ...
    >>> str(signature(named))
    '(text, *, key=None, reverse=False)'
    """
    taken = [p for p in signature(other).parameters.values() if p.kind is Parameter.KEYWORD_ONLY]

    def shown(question: Callable[In, Out]) -> Callable[In, Out]:
        own = signature(question)
        kept = [p for p in own.parameters.values() if p.kind is not Parameter.VAR_KEYWORD]
        question.__signature__ = own.replace(parameters=[*kept, *taken])  # type: ignore[attr-defined]
        return question

    return shown
