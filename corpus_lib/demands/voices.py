"""Whose voice a sentence has: «we» or «I» in speech, who wrote the article, the papers it names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from corpus_lib.demands.clues import word_of, words_of_unit
from corpus_lib.language.names.gazetteer import kinds_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.demands.setting import Setting, Unit
    from corpus_lib.model import Quote

_WRITERS = 2
"""How many of a byline, and how many papers, may be meant."""
_WE = "WE"
"""What stands in features for «jeg», «vi», «vår»."""
_OURS = frozenset({"vi", "oss", "vår", "vårt", "våre", "me", "okkon"})
_MINE = frozenset({"jeg", "eg", "meg", "min", "mitt", "mine", "mi"})


def says(unit: Unit, setting: Setting) -> str:
    """Return whether speech in a sentence says «we», «I» or neither."""
    words = {t.lower_ for t in unit.tokens if setting.quote_at(unit.block.span(t)) is not None}
    return "we" if words & _OURS else "I" if words & _MINE else "neither"


def writing(
    token: Token, unit: Unit, setting: Setting, quote: Quote | None
) -> Iterator[tuple[tuple[int, ...], str, list[str], None]]:
    """Yield who wrote the article and the papers it names: of what a comment calls for nobody else may be named."""
    where = "told" if quote is None else "quoted"
    own = "we" if setting.once(("we", unit.number), partial(_we, unit, setting)) else "nobody"
    voice = setting.once("voice", partial(_voice, setting))
    for entity, name in setting.once("written by", partial(_written_by, setting)):
        told = [name, f"{name} {where}", f"{name} {where} {voice}", f"{name} {where} {own}", f"{name} {word_of(token)}"]
        yield (entity,), name, told, None


def _written_by(setting: Setting) -> list[tuple[int, str]]:
    """Return the people of the byline, and the first papers, agencies and broadcasters of the cast; two of each."""
    entities, spans = setting.cast.entities, [b.span for b in setting.article.blocks if b.kind == "byline"]
    named = dict.fromkeys(s.entity for span in spans for s in setting.sighted(span))
    people = [(e, "author") for e in named if entities[e].kind == "person"]
    papers = [i for i, e in enumerate(entities) if e.kind == "organisation" and "ORG media" in kinds_of(e.name)]
    return people[:_WRITERS] + [(e, "paper") for e in papers[:_WRITERS]]


def _voice(setting: Setting) -> str:
    """Return whether the article says «I» or «we» of itself, and whether it quotes others."""
    told = sum(len(setting.once(("we", unit.number), partial(_we, unit, setting))) for unit in setting.units)
    return f"we {min(told, 2)}, quotes {min(len(setting.quotes), 2)}"


def _we(unit: Unit, setting: Setting) -> list[Token]:
    """Return where a sentence says «I» or «we» outside quotations; «vår» may be the spring."""
    words = words_of_unit(unit, setting)
    said = [t for t, w in zip(unit.tokens, words, strict=True) if w == _WE and t.pos_ in ("PRON", "DET")]
    return [t for t in said if setting.quote_at(unit.block.span(t)) is None]
