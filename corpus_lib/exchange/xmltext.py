"""Article text as XML can hold it."""

from __future__ import annotations

import re
from uuid import UUID, uuid5

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = UUID("6f0e7c1c-6c3a-5c7e-9d3b-0a3f3d1a9a52")


def xml_text(text: str) -> str:
    r"""Return text with each character that XML 1.0 forbids replaced by U+FFFD; all offsets stay.

    >>> xml_text("a\x0bb")
    'a�b'
    """
    return _FORBIDDEN.sub("\ufffd", text)


def guid(*parts: str) -> str:
    """Return a GUID that is the same for the same parts, so that an export repeats byte for byte."""
    return str(uuid5(_SPACE, "\0".join(parts)))
