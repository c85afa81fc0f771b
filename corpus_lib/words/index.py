"""The index that is asked: its words by position, and the questions, each answered by the module of its measure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Self

from corpus_lib.words.collocation import collocates as _collocates
from corpus_lib.words.comparison import article_against as _article_against
from corpus_lib.words.comparison import demands_against_answers as _demands_against_answers
from corpus_lib.words.comparison import groups as _groups
from corpus_lib.words.comparison import narration as _narration
from corpus_lib.words.comparison import quotation as _quotation
from corpus_lib.words.comparison import quotation_against_narration as _quotation_against_narration
from corpus_lib.words.comparison import speakers as _speakers
from corpus_lib.words.concordance import concordance as _concordance
from corpus_lib.words.dispersion import dispersion as _dispersion
from corpus_lib.words.diversity import diversity as _diversity
from corpus_lib.words.frequency import frequency as _frequency
from corpus_lib.words.growth import heaps as _heaps
from corpus_lib.words.growth import zipf as _zipf
from corpus_lib.words.keyness import keyness as _keyness
from corpus_lib.words.ngrams import ngrams as _ngrams
from corpus_lib.words.occurrences import occurrences as _occurrences
from corpus_lib.words.positions import Positions
from corpus_lib.words.readability import readability_of as _readability
from corpus_lib.words.result import lines as _lines

if TYPE_CHECKING:
    from corpus_lib.analysis import Analysis


class Index(Positions):
    """Words by position, with the questions a corpus is asked: each is the function of its name, asked of this index.

    >>> index = Index.build({"a": "Nato svarte. Nato avviste kravet.", "b": "Kravet står."})
    >>> index.tokens, index.frequency(top=1).frame["word"].tolist()
    (7, ['kravet'])
    """

    @classmethod
    def of_analyses(cls, analyses: Analysis | Iterable[Analysis], path: Path | str | None = None) -> Self:
        """Index analyses with their blocks, quotations, speakers, demands and answers as marks.

        Parameters
        ----------
        analyses
            One analysis, or several, read one at a time; see `corpus_lib.words.marking.analysed`.
        path
            A folder for the index; None keeps it in memory.
        """
        from corpus_lib.analysis import Analysis
        from corpus_lib.words.marking import analysed

        return cls.build(analysed([analyses] if isinstance(analyses, Analysis) else analyses), path)

    frequency = _frequency
    dispersion = _dispersion
    keyness = _keyness
    collocates = _collocates
    concordance = _concordance
    ngrams = _ngrams
    diversity = _diversity
    readability = _readability
    zipf = _zipf
    heaps = _heaps
    occurrences = _occurrences
    lines = _lines

    quotation = _quotation
    narration = _narration
    speakers = _speakers
    quotation_against_narration = _quotation_against_narration
    demands_against_answers = _demands_against_answers
    groups = _groups
    article_against = _article_against
