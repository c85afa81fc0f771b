"""Parts of an index as they are typed: ``speaker=Kari Lie; month=2022-01``, ``quotation vs narration``."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_lib.errors import BadQuery, EmptySelection
from corpus_lib.words.comparison import narration, quotation
from corpus_lib.words.reference import FrequencyList

if TYPE_CHECKING:
    from corpus_lib.words.positions import Positions
    from corpus_lib.words.selection import Selection

AGAINST = " vs "
NAMED = ("all", "quotation", "narration", "demands", "answers")
"""Parts that have a name of their own."""

MARKS = ("speaker", "quote", "demand", "response")
"""Kinds of marks that only an analysis gives."""

_EXPECTED = f"expected one of {', '.join(NAMED)}, or NAME=VALUE; NAME=VALUE"


def part(index: Positions, spec: str) -> Selection:
    """Return the part of an index that a specification names.

    Parameters
    ----------
    spec
        ``all``, ``quotation``, ``narration``, ``demands`` or ``answers``; or conditions with ``;`` between that all
        hold, each a column or kind of mark, ``=`` and a value: ``speaker=Kari Lie; month=2022-01``. Several values
        have ``|`` between, ``*`` is any; ``id`` is the documents' ids.

    Raises
    ------
    BadQuery
        If it cannot be read.
    UnknownLayer
        If there is no such column or kind of mark.
    EmptySelection
        If a value is nowhere; names those that are near.

    Examples
    --------
    >>> from corpus_lib.words import Document, Index
    >>> index = Index.build([Document("a", "Ja takk", {"source": "nrk"}), Document("b", "Nei", {"source": "vg"})])
    >>> part(index, "source=nrk").total
    2
    """
    named = spec.strip()
    if named in NAMED:
        return _named(index, named)
    wanted = conditions(named)
    chosen = index.where(label=named, **wanted)
    for name, values in wanted.items():
        _known(index, name, values)
    return chosen


def conditions(spec: str) -> dict[str, list[str]]:
    """Return the conditions of a specification that is not one of `NAMED`: the values of each name.

    Raises
    ------
    BadQuery
        If it cannot be read.

    Examples
    --------
    >>> conditions("source=nrk | vg; month=2022-01")
    {'source': ['nrk', 'vg'], 'month': ['2022-01']}
    """
    found: dict[str, list[str]] = {}
    for condition in spec.split(";"):
        name, equals, value = (p.strip() for p in condition.partition("="))
        values = [v.strip() for v in value.split("|") if v.strip()]
        if not (name and equals and values):
            raise BadQuery(f"no part of the index {spec!r}; {_EXPECTED}")
        found[name] = values
    return found


def _named(index: Positions, name: str) -> Selection:
    if name == "all":
        return index.whole
    if name in ("quotation", "narration"):
        return quotation(index) if name == "quotation" else narration(index)
    return index.where(label=name, **{"demand" if name == "demands" else "response": "*"})


def _known(index: Positions, name: str, values: list[str]) -> None:
    known = list(index.names) if name == "id" else index.values(name)
    for value in values:
        if value != "*" and value not in known:
            near = get_close_matches(value, known, n=5, cutoff=0.4) or [k for k in known if k][:5]
            raise EmptySelection(f"no {name} {value!r} in this index; there are {', '.join(near) or 'none'}")


def sides(index: Positions, spec: str) -> tuple[Selection, Selection | FrequencyList | None]:
    """Return target and reference of a comparison: two parts with ``vs`` between, or one against everything else.

    The reference may be a file with a frequency list, or ``wordfreq``: the Bokmål list of that package.
    """
    target, against, reference = spec.partition(AGAINST)
    if not against:
        return part(index, target), None
    other = reference.strip()
    if other == "wordfreq":
        return part(index, target), FrequencyList.of_wordfreq()
    if Path(other).is_file():
        return part(index, target), FrequencyList.read(other)
    return part(index, target), part(index, other)


def needs_analysis(spec: str) -> bool:
    """Say whether a specification names what only an analysis finds.

    >>> needs_analysis("speaker=Kari Lie vs all"), needs_analysis("month=2022-01")
    (True, False)
    """
    parts = [p.strip() for side in spec.split(AGAINST) for p in side.split(";")]
    return any(p in NAMED[1:] or p.partition("=")[0].strip() in MARKS for p in parts)
