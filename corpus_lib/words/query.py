"""A query → the places it stands at: words, phrases, wildcards, regular expressions."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from corpus_lib.errors import BadQuery, QueryTooSlow
from corpus_lib.words.extras import optional
from corpus_lib.words.tokens import apart

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corpus_lib.words.positions import Layer, Positions
    from corpus_lib.words.selection import Selection

Kind = Literal["words", "regex"]

_ANY = "*"
_WILD = frozenset("*?")
_COUNTED = re.compile(r"\{(\d+)?,?(\d+)?\}")
_MOST_REPEATS = 10_000
_LONGEST = 1000


def find(
    index: Positions,
    query: str,
    *,
    layer: str = "lower",
    kind: Kind = "words",
    selection: Selection | None = None,
    seconds: float = 2.0,
) -> tuple[NDArray[np.int64], int]:
    """Return where a query begins, in order, and how many tokens it is long.

    Parameters
    ----------
    query
        One or more words with spaces between. In ``words``, ``*`` stands for any characters, ``?`` for one, and
        ``*`` alone for any word. In ``regex``, each part is a regular expression that matches a whole word.
    layer
        What the words are compared with.
    kind
        ``words`` or ``regex``; the latter needs the package ``regex``.
    seconds
        How long regular expressions may take on the vocabulary.

    Raises
    ------
    BadQuery
        If the query is empty, or a regular expression cannot be read.
    QueryTooSlow
        If a regular expression has not finished in its time.
    MissingExtra
        If the package ``regex`` is not installed.
    """
    chosen = index.layer(layer)
    if kind not in ("words", "regex"):
        raise BadQuery(f"no kind of query {kind!r}; there are words and regex")
    parts = query.split() if kind == "regex" else _parts(query, index.punctuation)
    if not parts:
        raise BadQuery(f"an empty query ({query!r}); expected at least one word")
    if kind == "regex":
        until = time.monotonic() + seconds
        numbers: list[NDArray[np.int64] | None] = [_by_regex(chosen, part, until, seconds) for part in parts]
    else:
        as_written = layer in ("word", "pos")
        numbers = [_by_words(chosen, part if as_written else part.lower()) for part in parts]
    return _standing_together(index, chosen, numbers, selection), len(parts)


def _parts(query: str, punctuation: bool) -> list[str]:
    """Cut a query into words by the index's own rule; a part with a wildcard is one word."""
    parts: list[str] = []
    for part in query.split():
        parts += [part] if _WILD & set(part) else apart(part, punctuation=punctuation)[1::2]
    return parts


def numbers_of(layer: Layer, word: str) -> NDArray[np.int64]:
    """Return the strings of a layer that one word stands for, with wildcards or without."""
    found = _by_words(layer, word if layer.name in ("word", "pos") else word.lower())
    return np.arange(len(layer), dtype=np.int64) if found is None else found


def _by_words(layer: Layer, part: str) -> NDArray[np.int64] | None:
    """Return the strings of a layer that a part of a query stands for; None for any."""
    if part == _ANY:
        return None
    if not _WILD & set(part):
        place = layer.strings.place(part)
        return np.array([] if place is None else [place], dtype=np.int64)
    return np.array([n for n in _candidates(layer, part) if matches(part, layer.strings[n])], dtype=np.int64)


def _candidates(layer: Layer, part: str) -> Iterable[int]:
    """Return the strings that hold what is fixed in a part: the beginning, else its longest piece."""
    strings = layer.strings
    fixed = part[: min(part.find(c) for c in _WILD if c in part)].encode("utf-8", "surrogatepass")
    if len(fixed) > 1:
        return range(strings.first_from(fixed), strings.first_from(fixed + b"\xff"))
    pieces = part.replace("?", _ANY).split(_ANY)
    return strings.holding(max(pieces, key=len))


def matches(pattern: str, word: str) -> bool:
    """Say whether a word is one that a pattern of ``*`` and ``?`` stands for; never more than length × length steps.

    >>> matches("krav*t", "kravet"), matches("krav?", "krav")
    (True, False)
    """
    i = j = 0
    star, back = -1, 0
    while j < len(word):
        if i < len(pattern) and pattern[i] == _ANY:
            star, back = i, j
            i += 1
        elif i < len(pattern) and pattern[i] in ("?", word[j]):
            i, j = i + 1, j + 1
        elif star >= 0:
            back += 1
            i, j = star + 1, back
        else:
            return False
    return all(c == _ANY for c in pattern[i:])


def _by_regex(layer: Layer, part: str, until: float, seconds: float) -> NDArray[np.int64]:
    regex = optional("regex", "a regular expression, which may have to be stopped,")
    _check_size(part)
    try:
        pattern = regex.compile(part)
    except (regex.error, OverflowError, RecursionError) as error:
        raise BadQuery(f"{part!r} is no regular expression: {error}") from error
    found = []
    try:
        for number, word in enumerate(layer.strings):
            if pattern.fullmatch(word, timeout=max(until - time.monotonic(), 1e-4)):
                found.append(number)
    except TimeoutError as error:
        raise QueryTooSlow(
            f"{part!r} did not finish in {seconds} s on {len(layer)} words (it had come to {word!r}); "
            "make it simpler, or give it more seconds"
        ) from error
    return np.array(found, dtype=np.int64)


def _check_size(part: str) -> None:
    """Refuse an expression that would take for ever to read: its counted repeats multiply when they are nested."""
    product = 1
    for counts in _COUNTED.findall(part):
        product *= max([int(c[:9]) for c in counts if c], default=1) or 1
    if len(part) > _LONGEST or product > _MOST_REPEATS:
        raise BadQuery(
            f"{part[:60]!r} is no regular expression for words: expected at most {_LONGEST} characters and counted "
            f"repeats of {_MOST_REPEATS} in all, found {len(part)} and {product}"
        )


def _standing_together(
    index: Positions, layer: Layer, numbers: Sequence[NDArray[np.int64] | None], selection: Selection | None
) -> NDArray[np.int64]:
    """Return where strings stand after each other in one document, from the rarest of them on."""
    if all(n is None for n in numbers):
        starts = np.arange(index.tokens, dtype=np.int64)
    else:
        anchor = int(np.argmin([_count(index, layer, n) for n in numbers]))
        rarest = numbers[anchor]
        starts = index.positions_of([] if rarest is None else rarest, layer.name) - anchor
    starts = starts[(starts >= 0) & (starts + len(numbers) <= index.tokens)]
    for step, wanted in enumerate(numbers):
        if wanted is not None and len(starts):
            here = layer.read(index.ids[starts + step])
            starts = starts[here == wanted[0]] if len(wanted) == 1 else starts[np.isin(here, wanted)]
    if len(numbers) > 1 and len(starts):
        starts = starts[index.documents_at(starts) == index.documents_at(starts + len(numbers) - 1)]
    if selection is not None:
        starts = starts[selection.holds(starts) & selection.holds(starts + len(numbers) - 1)]
    return starts


def first_places(index: Positions, query: str, layer: str, many: int) -> tuple[NDArray[np.int64], int] | None:
    """Return the first places of a query of one word without wildcards, and how many places it has in all.

    None where the query is not so simple: `find` then looks for all.
    """
    chosen, parts = index.layer(layer), _parts(query, index.punctuation)
    if len(parts) != 1 or _WILD & set(parts[0]):
        return None
    numbers = _by_words(chosen, parts[0] if layer in ("word", "pos") else parts[0].lower())
    if numbers is None or not len(numbers):
        return None
    return index.positions_of(numbers, layer, most=many), int(_count(index, chosen, numbers))


def _count(index: Positions, layer: Layer, numbers: NDArray[np.int64] | None) -> float:
    """Return how many tokens strings stand for, infinitely many for any."""
    if numbers is None:
        return float("inf")
    words, ends = layer.words_of(numbers), index.store.get("position_ends")
    return float(sum(int(ends[w]) - (int(ends[w - 1]) if w else 0) for w in words.tolist()))
