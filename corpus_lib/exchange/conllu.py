"""CoNLL-U: the parse of each article, with our spans in the MISC column.

``TokenRange=45:49`` gives the code points of a token; ``Quote=B-direct:q1`` that it begins quotation q1,
``Quote=I-direct:q1`` that it lies inside it; several are joined by commas. Comments name the speakers.
Format: https://universaldependencies.org/format.html.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_lib.analysis import Analysis
from corpus_lib.exchange.marks import QUOTE_LABELS, Mark, marks_of
from corpus_lib.exchange.registry import Format
from corpus_lib.model import Span
from corpus_lib.writing import opened

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from corpus_lib.language import ParsedBlock

_SPACES = {" ": "\\s", "\t": "\\t", "\n": "\\n", "\r": "\\r", "|": "\\p", "\\": "\\\\"}


def write(analyses: Sequence[Analysis], path: Path) -> tuple[Path, ...]:
    """Write all articles to one file, each sentence with the article it comes from."""
    with opened(path) as file:
        for analysis in analyses:
            file.writelines(f"{line}\n" for line in conllu_lines(analysis))
    return (path,)


def conllu_lines(analysis: Analysis) -> Iterator[str]:
    """Yield the lines of one article; the shipped pipeline parses it anew, for an analysis keeps no parse."""
    from corpus_lib.language import alone, load, parse

    article = analysis.article
    marks = marks_of(analysis)
    with alone(load()):
        parsed = parse(article.text, [b.span for b in article.blocks], language=article.language)
        yield f"# newdoc id = {_line(article.id)}"
        yield f"# sha256 = {article.sha256}"
        for mark in marks:
            if mark.features:
                yield f"# {mark.label.lower()} {mark.id} = {_line(_described(mark))}"
        number = 0
        for block, shape in zip(parsed.blocks, article.blocks, strict=True):
            opening = [f"# newpar kind = {shape.kind}"]
            for sentence in block.sentences():
                if tokens := [t for t in sentence if not t.is_space]:
                    number += 1
                    yield from opening
                    opening = []
                    yield f"# sent_id = {_line(article.id)}-{number}"
                    yield f"# text = {_line(sentence.text)}"
                    yield from _token_lines(tokens, sentence, block, marks)
                    yield ""


def _described(mark: Mark) -> str:
    return "; ".join(f"{name}: {value}" for name, value in mark.features.items())


def _line(text: str) -> str:
    """Return text on one line."""
    return " ".join(text.split())


def _token_lines(tokens: Sequence[Token], sentence: Tokens, block: ParsedBlock, marks: Sequence[Mark]) -> Iterator[str]:
    numbers = {t.i: i for i, t in enumerate(tokens, start=1)}
    root = sentence.root if sentence.root.i in numbers else tokens[0]
    for token in tokens:
        head, relation = _head(token, root, numbers)
        fields = (
            str(numbers[token.i]),
            _field(token.text),
            _field(token.lemma_),
            token.pos_ or "_",
            "_",
            str(token.morph) or "_",
            str(head),
            relation,
            "_",
            "|".join(_misc(token, tokens, block, marks)),
        )
        yield "\t".join(fields)


def _field(text: str) -> str:
    return " ".join(text.split()) or "_"


def _head(token: Token, root: Token, numbers: Mapping[int, int]) -> tuple[int, str]:
    """Return the head's number and the relation; a head that is white space gives its own head."""
    if token.i == root.i:
        return 0, "root"
    head = token.head
    while head.i not in numbers and head.head.i != head.i:
        head = head.head
    return numbers.get(head.i, numbers[root.i]), "dep" if token.dep_ in ("", "ROOT") else token.dep_.lower()


def _misc(token: Token, tokens: Sequence[Token], block: ParsedBlock, marks: Sequence[Mark]) -> Iterator[str]:
    span = block.span(token)
    after = _spaces_after(token)
    if after == "":
        yield "SpaceAfter=No"
    elif after != " ":
        yield "SpacesAfter=" + "".join(_SPACES.get(c, c if c.isprintable() else "\\s") for c in after)
    yield f"TokenRange={span.start}:{span.end}"
    found: defaultdict[str, list[str]] = defaultdict(list)
    for mark in marks:
        for part in mark.spans:
            if part.overlaps(span):
                place = "B" if _begins(part, mark, span) else "I"
                column = "Quote" if mark.label in QUOTE_LABELS else mark.label
                kind = f"-{mark.label.lower()}" if mark.label in QUOTE_LABELS else _stance(mark)
                found[column].append(f"{place}{kind}:{mark.id}")
    yield from (f"{column}={','.join(values)}" for column, values in found.items())


def _stance(mark: Mark) -> str:
    return f"-{mark.features['stance']}" if "stance" in mark.features else ""


def _begins(part: Span, mark: Mark, token: Span) -> bool:
    """Say whether a token holds the beginning of a mark: of its first stretch, not of what follows a break."""
    return part == mark.spans[0] and token.start <= part.start < token.end


def _spaces_after(token: Token) -> str:
    """Return the white space behind a token, white tokens included."""
    text = token.whitespace_
    following = token.i + 1
    while following < len(token.doc) and token.doc[following].is_space:
        text += token.doc[following].text_with_ws
        following += 1
    return text


FORMATS = (Format("conllu", "CoNLL-U with our spans in MISC, for treebank tools", ".conllu", write),)
