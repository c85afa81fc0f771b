"""Norwegian dates and times → ISO 8601, as exact as the text is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")

_DATE = re.compile(
    r"""
    (?<!\d)(?P<day>\d{1,2})\.?\s?
    (?P<month>jan(?:uar)?|febr?(?:uar)?|mars?|apr(?:il)?|mai|juni?|juli?|aug(?:ust)?|sept?(?:ember)?
        |okt(?:ober)?|nov(?:ember)?|des(?:ember)?)\b\.?
    (?:\s(?P<year>\d{4}))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?<!\d)(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)")
_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)")
_TIME = re.compile(r"(?:[T,]\s?|\s|,?\s?kl\.?\s?)(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)(?!\d)")
_LAST_YEAR = re.compile(r"\s+(?:i\s+fjor|ifjor)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: its place and its value in ISO 8601 (with the time where one stands beside it)."""

    start: int
    end: int
    iso: str


def find_dates(text: str, *, reference: str | None = None) -> list[FoundDate]:
    """Find the dates of a text; one without a year takes it from the reference date, else is left out.

    Parameters
    ----------
    reference
        The ISO date of the text itself: «17. desember i fjor» counts from its year, and a day and
        month later than it lie in the year before.

    Examples
    --------
    >>> [d.iso for d in find_dates("26. jan. 2022 19:04 Sist oppdatert nå nettopp")]
    ['2022-01-26T19:04']
    >>> [d.iso for d in find_dates("17. desember i fjor", reference="2022-01-26")]
    ['2021-12-17']
    """
    found = []
    for pattern in (_DATE, _NUMERIC, _ISO):
        for match in pattern.finditer(text):
            end = match.end()
            month = match["month"]
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
            year: int | None
            if match["year"]:
                year = int(match["year"])
            else:
                year, end = _year(text, end, number, int(match["day"]), reference)
            iso = _iso(year, number, int(match["day"]))
            if iso:
                time = _TIME.match(text, end)
                if time:
                    iso += f"T{int(time['hour']):02}:{time['minute']}"
                    end = time.end()
                found.append(FoundDate(match.start(), end, iso))
    return sorted(found, key=lambda d: d.start)


def _year(text: str, end: int, month: int, day: int, reference: str | None) -> tuple[int | None, int]:
    if not reference or not reference[:4].isdigit():
        return None, end
    year = int(reference[:4])
    if past := _LAST_YEAR.match(text, end):
        return year - 1, past.end()
    this = f"{year:04}-{month:02}-{day:02}"
    return (year - 1 if this[: len(reference)] > reference[:10] else year), end


def _iso(year: int | None, month: int, day: int) -> str | None:
    if year is None:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def month_of(text: str) -> str | None:
    """Return ``YYYY-MM`` if the text is a possible year and month, else None.

    >>> month_of("2022-01"), month_of("2022-13")
    ('2022-01', None)
    """
    match = re.fullmatch(r"(\d{4})-(\d{2})", text)
    return text if match and match[1] != "0000" and 1 <= int(match[2]) <= 12 else None
