"""The index that is asked: its words by position, and the questions, each answered by the module of its measure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from corpus_lib.words.positions import Positions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from corpus_lib.analysis import Analysis
    from corpus_lib.words.reference import FrequencyList
    from corpus_lib.words.result import Result
    from corpus_lib.words.selection import Selection


class Index(Positions):
    """Words by position, with the questions a corpus is asked; what each takes stands with the function of its name.

    >>> index = Index.build({"a": "Nato svarte. Nato avviste kravet.", "b": "Kravet står."})
    >>> index.tokens, index.frequency(most=1).frame["word"].tolist()
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

    def frequency(self, **options: Any) -> Result:
        """See `corpus_lib.words.frequency.frequency`."""
        from corpus_lib.words.frequency import frequency

        return frequency(self, **options)

    def dispersion(self, **options: Any) -> Result:
        """See `corpus_lib.words.dispersion.dispersion`."""
        from corpus_lib.words.dispersion import dispersion

        return dispersion(self, **options)

    def keyness(self, target: Selection, reference: Selection | FrequencyList | None = None, **options: Any) -> Result:
        """See `corpus_lib.words.keyness.keyness`."""
        from corpus_lib.words.keyness import keyness

        return keyness(self, target, reference, **options)

    def collocates(self, node: str, **options: Any) -> Result:
        """See `corpus_lib.words.collocation.collocates`."""
        from corpus_lib.words.collocation import collocates

        return collocates(self, node, **options)

    def concordance(self, query: str, **options: Any) -> Result:
        """See `corpus_lib.words.concordance.concordance`."""
        from corpus_lib.words.concordance import concordance

        return concordance(self, query, **options)

    def ngrams(self, n: int = 2, **options: Any) -> Result:
        """See `corpus_lib.words.ngrams.ngrams`."""
        from corpus_lib.words.ngrams import ngrams

        return ngrams(self, n, **options)

    def diversity(self, *selections: Selection, **options: Any) -> Result:
        """See `corpus_lib.words.diversity.diversity`."""
        from corpus_lib.words.diversity import diversity

        return diversity(self, *selections, **options)

    def readability(self, *selections: Selection) -> Result:
        """See `corpus_lib.words.readability.readability_of`."""
        from corpus_lib.words.readability import readability_of

        return readability_of(self, *selections)

    def zipf(self, **options: Any) -> Result:
        """See `corpus_lib.words.growth.zipf`."""
        from corpus_lib.words.growth import zipf

        return zipf(self, **options)

    def heaps(self, **options: Any) -> Result:
        """See `corpus_lib.words.growth.heaps`."""
        from corpus_lib.words.growth import heaps

        return heaps(self, **options)

    def lines(self, positions: NDArray[np.int64], **options: Any) -> Result:
        """See `corpus_lib.words.result.lines`."""
        from corpus_lib.words.result import lines

        return lines(self, positions, **options)

    def occurrences(self, queries: Iterable[str], **options: Any) -> Result:
        """See `corpus_lib.words.occurrences.occurrences`."""
        from corpus_lib.words.occurrences import occurrences

        return occurrences(self, queries, **options)

    def quotation(self, speaker: str | None = None) -> Selection:
        """See `corpus_lib.words.comparison.quotation`."""
        from corpus_lib.words.comparison import quotation

        return quotation(self, speaker)

    def narration(self) -> Selection:
        """See `corpus_lib.words.comparison.narration`."""
        from corpus_lib.words.comparison import narration

        return narration(self)

    def speakers(self, speaker: str, other: str | None = None, **options: Any) -> Result:
        """See `corpus_lib.words.comparison.speakers`."""
        from corpus_lib.words.comparison import speakers

        return speakers(self, speaker, other, **options)

    def quotation_against_narration(self, **options: Any) -> Result:
        """See `corpus_lib.words.comparison.quotation_against_narration`."""
        from corpus_lib.words.comparison import quotation_against_narration

        return quotation_against_narration(self, **options)

    def demands_against_answers(self, **options: Any) -> Result:
        """See `corpus_lib.words.comparison.demands_against_answers`."""
        from corpus_lib.words.comparison import demands_against_answers

        return demands_against_answers(self, **options)

    def groups(self, column: str, **options: Any) -> dict[str, Result]:
        """See `corpus_lib.words.comparison.groups`."""
        from corpus_lib.words.comparison import groups

        return groups(self, column, **options)

    def article_against(
        self, document: str, reference: FrequencyList | Selection | None = None, **options: Any
    ) -> Result:
        """See `corpus_lib.words.comparison.article_against`."""
        from corpus_lib.words.comparison import article_against

        return article_against(self, document, reference, **options)
