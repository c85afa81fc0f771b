"""Raw text → Article: its blocks (title, lead, captions, subheadings, body …), dates, byline and language."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from corpus_lib.errors import UnsupportedLanguage
from corpus_lib.language.dates import find_dates, month_of
from corpus_lib.language.identify import NAMES, NORWEGIAN, identify
from corpus_lib.model import Article, Block, BlockKind, Metadata, Span, sha256
from corpus_lib.reading import Document, check_text, read_document

_NEWLINE = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_HEADER = re.compile(r"[\ufeff\s]*date (\d{4}-\d{2}(?:-\d{2})?)\s+(?=\S)")
_MEANT_AS_HEADER = re.compile(r"[\ufeff\s]*date (\S+)\s")
_SENTENCE_END = re.compile(r"""[.!?…]["'»”)\]]*$""")
_INNER_STOP = re.compile(r"(?<=[a-zæøå0-9»\"])[.!?]\s+(?=[A-ZÆØÅ–—«-])")
_LEADING_SPACE = re.compile(r"^[\ufeff\s]+")
_LEADING_DASH = re.compile(r"^[-–—]\s?(?=\S)")
_LIST_ITEM = re.compile(r"^(?:[•*·▪]|\d+[.)]\s|[a-d]\)\s)")
_WORD = re.compile(r"\w+")
_SPACES = re.compile(r"\s+")
_UPDATED = re.compile(r"(?i)(?=\b(?:sist\s+)?oppdater[ta]\b)")
_NAME_ALONE = re.compile(r"^[A-ZÆØÅ][\w.-]*(?:\s+[A-ZÆØÅ][\w.-]*){1,3}\s*(?:\([^)]*\))?\.$")
_HEADING_CHARS = 75
_HEADING_WORDS = 10
_WRAPPED_LINE = 50
_LONGEST = 10_000
"""Characters from which a block is cut, at the end of a sentence where there is one: no paragraph is that long."""


@cache
def _patterns() -> MappingProxyType[str, re.Pattern[str]]:
    text = (files("corpus_lib.language") / "data" / "structure.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {f"{kind}.{name}": re.compile(p) for kind, group in tomllib.loads(text).items() for name, p in group.items()}
    )


def _fits(name: str, text: str) -> bool:
    return bool(_patterns()[name].search(text))


def read_article(path: str | Path, *, encoding: str = "utf-8", language: str | None = None) -> Article:
    """Read one text file as an article.

    Parameters
    ----------
    path
        A UTF-8 text file, paragraphs parted by blank lines or one to a line.
    encoding
        How its bytes are to be read, where not UTF-8.
    language
        ``nb`` or ``nn``; None lets the text decide.

    Raises
    ------
    InputError
        If the file is missing, empty, binary, not in the encoding, or holds control characters.
    UnsupportedLanguage
        If the text is neither Bokmål nor Nynorsk.
    """
    return article_from(read_document(path, encoding=encoding), language=language)


def article_from(document: Document, *, language: str | None = None) -> Article:
    """Build the article of a document that was read."""
    return article_of(
        document.text,
        id=document.id,
        metadata=document.metadata,
        language=language,
        warnings=document.warnings,
    )


def article_of(
    text: str,
    *,
    id: str,
    metadata: Metadata | None = None,
    language: str | None = None,
    warnings: Sequence[str] | None = None,
) -> Article:
    """Build an article from text: blocks, dates, language.

    Parameters
    ----------
    metadata
        What is known beside the text; it wins over what the text says.
    warnings
        Warnings of the reader; None has the text checked here.
    """
    noted = list(check_text(text, id) if warnings is None else warnings)
    code = _language(text, id, language)
    offset, header_date, header_warning = _header(text)
    noted += [header_warning] if header_warning else []
    lines = paragraph_lines(text, offset)
    labelled = (Block(kind, line.start, line.end) for line, kind in zip(lines, label(lines), strict=True))
    blocks = tuple(piece for block in labelled for piece in _pieces(text, block))
    return Article(
        id=id,
        text=text,
        sha256=sha256(text),
        language=code,
        metadata=_metadata(text, blocks, header_date, metadata or Metadata()),
        blocks=blocks,
        warnings=tuple(noted),
    )


def _pieces(text: str, block: Block) -> Iterator[Block]:
    """Yield a block, cut where it is longer than any paragraph: an archive in one line is work in proportion."""
    start = block.start
    while block.end - start > _LONGEST:
        window = text[start : start + _LONGEST]
        ends = [m.start() + 1 for m in _INNER_STOP.finditer(window)] or [m.start() for m in _SPACES.finditer(window)]
        cut = start + next((e for e in reversed(ends) if e > 0), _LONGEST)
        yield replace(block, start=start, end=cut)
        spaces = _SPACES.match(text, cut, block.end)
        start = spaces.end() if spaces else cut
    if start < block.end:
        yield replace(block, start=start)


def _language(text: str, id: str, given: str | None) -> str:
    if given is not None and given not in NORWEGIAN:
        raise UnsupportedLanguage(f"{id}: language {given!r} is not one of 'nb', 'nn'")
    code = given or identify(text)
    if code not in NORWEGIAN:
        raise UnsupportedLanguage(
            f"{id}: the text seems to be {NAMES[code]} ({code}), expected Norwegian; language='nb' or 'nn' overrides"
        )
    return code


def _header(text: str) -> tuple[int, str | None, str | None]:
    """Return where the text begins behind a ``date YYYY-MM`` header, its date, and a warning."""
    meant = _MEANT_AS_HEADER.match(text)
    header = _HEADER.match(text)
    if header is None or meant is None:
        looks = meant is not None and meant[1][:1].isdigit()
        return 0, None, f"header date {meant[1]!r} is not YYYY-MM, kept as text" if looks and meant else None
    found = header[1]
    possible = month_of(found) if len(found) == len("2022-01") else next((d.iso for d in find_dates(found)), None)
    if possible is None:
        return 0, None, f"header date {found!r} is impossible, kept as text"
    return header.end(), possible, None


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the text, without the white space around it."""

    start: int
    end: int
    text: str

    @property
    def bare(self) -> str:
        """The text without a leading dash."""
        return _LEADING_DASH.sub("", self.text)


def paragraph_lines(text: str, offset: int = 0) -> list[Line]:
    r"""Cut a text into paragraphs: at blank lines if its lines are wrapped, else at every line break.

    >>> [line.text for line in paragraph_lines("Tittel\n\nFørste avsnitt.\nAndre avsnitt.")]
    ['Tittel', 'Første avsnitt.', 'Andre avsnitt.']
    """
    raw: list[Span] = []
    at = offset
    for match in _NEWLINE.finditer(text, offset):
        raw.append(Span(at, match.start()))
        at = match.end()
    raw.append(Span(at, len(text)))
    groups: list[Span] = []
    joined = _wrapped(text, raw)
    blank = True
    for span in raw:
        content = span.of(text)
        if not content.replace("\ufeff", "").strip():
            blank = True
            continue
        tight = _tight(text, span)
        if joined and not blank:
            groups[-1] = Span(groups[-1].start, tight.end)
        else:
            groups.append(tight)
        blank = False
    return [Line(g.start, g.end, g.of(text)) for g in groups]


def _tight(text: str, span: Span) -> Span:
    content = span.of(text)
    left = len(content) - len(_LEADING_SPACE.sub("", content))
    return Span(span.start + left, span.start + len(content.rstrip()))


def _wrapped(text: str, lines: Sequence[Span]) -> bool:
    """Say whether paragraphs are wrapped: blank lines part them, and lines break in mid-sentence."""
    contents = [s.of(text).strip() for s in lines]
    if not any(not c for c in contents[1:-1]):
        return False
    neighbours = [(a, b) for a, b in itertools.pairwise(contents) if a and b]
    broken = sum(len(a) >= _WRAPPED_LINE and not _SENTENCE_END.search(a) for a, _ in neighbours)
    return broken * 2 > len(neighbours)


def label(lines: Sequence[Line]) -> list[BlockKind]:
    """Return the kind of each line: sure signs first, then what its neighbours make of it."""
    kinds: list[BlockKind | None] = [_by_itself(line) for line in lines]
    _title(lines, kinds)
    for i, line in enumerate(lines):
        if kinds[i] is None and _is_heading(line) and not _introduces(lines, i) and not _in_list(lines, kinds, i):
            kinds[i] = "subheading"
    _lead(lines, kinds)
    _captions_by_place(lines, kinds)
    return [kind or "body" for kind in kinds]


def _by_itself(line: Line) -> BlockKind | None:
    """Return what a line is by its own signs, or None."""
    return next((kind for kind, is_kind in _SIGNS if is_kind(line.text)), None)


def _is_caption(text: str) -> bool:
    short = len(text) <= _HEADING_CHARS and not _SENTENCE_END.search(text) and not _LEADING_DASH.match(text)
    photographer = short and _fits("caption.agency", text) and ("/" in text or "," in text)
    return _fits("caption.credit", text) or _fits("caption.alone", text) or photographer


def _is_date(text: str) -> bool:
    if len(text) > _HEADING_CHARS:
        return False
    if _fits("date.stamp", text):
        return True
    stamp = _UPDATED.split(text, maxsplit=1)[0].strip()
    covered = sum(d.end - d.start for d in find_dates(stamp))
    return covered > 0 and covered * 2 >= len(stamp) and not _SENTENCE_END.search(text)


def _is_credit(text: str) -> bool:
    return any(_fits(f"credit.{sign}", text) for sign in ("agency", "readmore", "tweet", "invite"))


def _is_byline(text: str) -> bool:
    return len(text) <= _HEADING_CHARS and _fits("byline.by", text) and not text.endswith(".")


_SIGNS: tuple[tuple[BlockKind, Callable[[str], bool]], ...] = (
    ("credit", _is_credit),
    ("date", _is_date),
    ("byline", _is_byline),
    ("caption", _is_caption),
)


def _title(lines: Sequence[Line], kinds: list[BlockKind | None]) -> None:
    """The first line that is no date, byline or credit is the title, if it is no whole paragraph."""
    for i, line in enumerate(lines):
        if kinds[i] is None or (i == 0 and kinds[i] == "caption"):
            if len(lines) > 1 and len(line.text) <= 4 * _HEADING_CHARS and not _several_sentences(line.text, i):
                kinds[i] = "title"
            return


def _several_sentences(text: str, place: int) -> bool:
    """Say whether a first line is running text; a headline may hold a short second sentence."""
    return bool(_SENTENCE_END.search(text)) and (len(text) > 2 * _HEADING_CHARS or place > 2)


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


def _introduces(lines: Sequence[Line], i: int) -> bool:
    """Say whether a line hands over to the quotation after it: «Det første punktet er dialog:»."""
    return lines[i].text.endswith(":") and i + 1 < len(lines) and lines[i + 1].text != lines[i + 1].bare


def _in_list(lines: Sequence[Line], kinds: Sequence[BlockKind | None], i: int) -> bool:
    """Say whether a short line stands among others of its kind, as the items of a list do."""
    if i + 1 == len(lines):
        return kinds[i - 1] in (None, "body") and _is_heading(lines[i - 1]) if i else False
    before = i > 0 and kinds[i - 1] is None and _is_heading(lines[i - 1])
    after = kinds[i + 1] is None and _is_heading(lines[i + 1])
    follows_heading = i > 0 and kinds[i - 1] == "subheading"
    dash = lines[i].text != lines[i].bare
    if dash:
        return (before or after) and not follows_heading
    return (after and (before or (_is_heading(lines[i + 1]) and lines[i + 1].text[:1] in "-–—•"))) or before


def _lead(lines: Sequence[Line], kinds: list[BlockKind | None]) -> None:
    """The paragraph under the title is the lead where a byline or date parts it from the body."""
    try:
        title = kinds.index("title")
    except ValueError:
        return
    after = [i for i in range(title + 1, len(lines)) if kinds[i] != "caption"]
    if not after or kinds[after[0]] is not None or lines[after[0]].text != lines[after[0]].bare:
        return
    between = [kinds[i] for i in after[1:3]]
    if between[:1] in (["byline"], ["date"]) or (len(between) > 1 and between[1] in ("byline", "date")):
        kinds[after[0]] = "lead"


def _captions_by_place(lines: Sequence[Line], kinds: list[BlockKind | None]) -> None:
    """Picture texts without a credit: before the body begins, or saying again who somebody is."""
    start = next((i for i, k in enumerate(kinds) if k is None and i), len(kinds))
    first_body = start
    said = _first_lines(lines)
    for i in range(start, len(lines)):
        if kinds[i] is not None:
            continue
        text = lines[i].text
        early = i <= 3 and i == first_body
        pointed = _fits("caption.pointer", text) and len(text) <= 3 * _HEADING_CHARS and text == lines[i].bare
        shouted = _fits("caption.shout", text) and not _fits("credit.readmore", text)
        label_only = early and bool(_NAME_ALONE.match(text))
        before_stamp = kinds[i - 1] == "lead" and i + 1 < len(lines) and kinds[i + 1] in ("date", "byline")
        if (early and (pointed or shouted)) or label_only or before_stamp or _says_again(lines, kinds, i, said):
            kinds[i] = "caption"
            first_body = i + 1


_ROLE_AND_NAME = re.compile(r"^(?:[\wÆØÅæøå-]+\s+){0,4}?[A-ZÆØÅ][\w-]+(?:\s+[A-ZÆØÅ][\w-]+)+")


def _first_lines(lines: Sequence[Line]) -> dict[str, int]:
    """Return the number of the line in which each word stands first."""
    first: dict[str, int] = {}
    for i, line in enumerate(lines):
        for word in _WORD.findall(line.text):
            first.setdefault(word.lower(), i)
    return first


def _says_again(lines: Sequence[Line], kinds: Sequence[BlockKind | None], i: int, said: Mapping[str, int]) -> bool:
    """Say whether a one-sentence paragraph presents, late and in full, somebody the text has presented already.

    Such a paragraph, closing its section and repeating words already used, is the text of a picture.
    """
    text = lines[i].text
    opening = _ROLE_AND_NAME.match(text)
    closes = i + 1 < len(lines) and kinds[i + 1] == "subheading"
    if not opening or not closes or _INNER_STOP.search(text) or _fits("inquit.verbs", text):
        return False
    words = {w.lower() for w in _WORD.findall(text)}
    known = sum(said[w] < i for w in words)
    return known >= 0.9 * len(words) and any(opening.group() in line.text for line in lines[:i])


def _metadata(text: str, blocks: Sequence[Block], header_date: str | None, given: Metadata) -> Metadata:
    first = {kind: next((b.span.of(text) for b in blocks if b.kind == kind), None) for kind in ("title", "byline")}
    published, updated = _stamps([b.span.of(text) for b in blocks if b.kind == "date"])
    return replace(
        given,
        title=given.title or (" ".join(first["title"].split()) if first["title"] else None),
        date=given.date or header_date or (published[:10] if published else None),
        published=given.published or published,
        updated=given.updated or updated,
        byline=given.byline or first["byline"],
    )


def _stamps(lines: Sequence[str]) -> tuple[str | None, str | None]:
    published = updated = None
    for line in lines:
        for part in _UPDATED.split(line, maxsplit=1):
            iso = next((d.iso for d in find_dates(part)), None)
            if _UPDATED.match(part):
                updated = updated or iso
            else:
                published = published or iso
    return published, updated
