"""Sure signs: what the words and marks of one line alone say that it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from corpus_lib.language.dates import find_dates
from corpus_lib.structure.paragraphs import Line

_SENTENCE_END = re.compile(r"""[.!?…]["'»”)\]]*$""")
_INNER_STOP = re.compile(r"(?<=[a-zæøå0-9»\"])[.!?]\s+(?=[A-ZÆØÅ–—«-])")
_LEADING_DASH = re.compile(r"^[-–—]\s?(?=\S)")
_LIST_ITEM = re.compile(r"^(?:[•*·▪]|\d+[.)]\s|[a-d]\)\s)")
_WORD = re.compile(r"\w+")
_UPDATED = re.compile(r"(?i)(?=\b(?:sist\s+)?oppdater[ta]\b)")
_HEADING_CHARS = 75
_HEADING_WORDS = 10


@cache
def _patterns() -> MappingProxyType[str, re.Pattern[str]]:
    """Return the patterns of ``structure.toml`` by kind and name."""
    text = (files("corpus_lib.language") / "data" / "structure.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {f"{kind}.{name}": re.compile(p) for kind, group in tomllib.loads(text).items() for name, p in group.items()}
    )


def _fits(name: str, text: str) -> bool:
    return bool(_patterns()[name].search(text))


def signs_of(line: Line) -> Iterator[str]:
    """Yield the names of the patterns that a line fits, and what these and its shape make of it."""
    yield from (f"sign {name}" for name, pattern in _patterns().items() if pattern.search(line.text))
    seems = [kind for kind, is_kind in _KINDS.items() if is_kind(line)]
    yield from (f"seems a {kind}" for kind in seems or (["heading"] if _is_heading(line) else []))


def _is_caption(line: Line) -> bool:
    text = line.text
    short = len(text) <= _HEADING_CHARS and not _LEADING_DASH.match(text)
    listed = "/" in text or ("," in text and not _SENTENCE_END.search(text))
    photographer = short and listed and _fits("caption.agency", text)
    return _fits("caption.credit", text) or _fits("caption.alone", text) or photographer


def _is_date(line: Line) -> bool:
    text = line.text
    if len(text) > _HEADING_CHARS:
        return False
    if _fits("date.stamp", text):
        return True
    stamp = _UPDATED.split(text, maxsplit=1)[0].strip()
    covered = sum(d.end - d.start for d in find_dates(stamp))
    return covered > 0 and covered * 2 >= len(stamp) and not _SENTENCE_END.search(text)


def _is_credit(line: Line) -> bool:
    text = line.text
    return any(
        _fits(f"credit.{sign}", text) for sign in ("agency", "readmore", "tweet", "invite", "source", "signature")
    )


def _is_byline(line: Line) -> bool:
    text = line.text
    return len(text) <= _HEADING_CHARS and _fits("byline.by", text) and not text.endswith(".")


def _is_heading(line: Line) -> bool:
    text = line.text
    words = len(_WORD.findall(text))
    if not words or len(text) > _HEADING_CHARS or words > _HEADING_WORDS + 2 or _LIST_ITEM.match(text):
        return False
    if text.endswith((".", ",", ";", "!", "…")) or _INNER_STOP.search(text):
        return False
    dash = text != line.bare
    if dash:
        return not text.endswith("?") and words <= _HEADING_WORDS and not _fits("inquit.verbs", text)
    if text.endswith(":"):
        return words <= 7 and not _fits("inquit.verbs", text)
    return words <= _HEADING_WORDS and text[0].isupper() | text[0].isdigit() | (text[0] in '«"“')


def _is_list_item(line: Line) -> bool:
    return bool(_LIST_ITEM.match(line.text))


_KINDS: MappingProxyType[str, Callable[[Line], bool]] = MappingProxyType(
    {
        "credit": _is_credit,
        "date": _is_date,
        "byline": _is_byline,
        "caption": _is_caption,
        "list item": _is_list_item,
    }
)
