"""Numbers as Norwegian text writes them, in every language of the interface."""

from __future__ import annotations

NO_BREAK_SPACE = "\u00a0"


def number(value: float, decimals: int = 0) -> str:
    r"""Return a number as Norwegian text writes it: no-break spaces between thousands, a decimal comma.

    >>> number(1234.5, 1)
    '1\xa0234,5'
    """
    return f"{value:,.{decimals}f}".replace(",", NO_BREAK_SPACE).replace(".", ",")


def counted(count: int, one: str, many: str = "") -> str:
    """Return a number with its English noun; `Labels` knows the nouns of the other languages.

    >>> counted(1, "demand"), counted(2, "reply", "replies")
    ('1 demand', '2 replies')
    """
    return f"{number(count)} {one if count == 1 else many or f'{one}s'}"
