"""The index's questions, each answered by the module of its measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from corpus_lib.words.index import Index
    from corpus_lib.words.reference import FrequencyList
    from corpus_lib.words.result import Result
    from corpus_lib.words.selection import Selection


class Questions:
    """The methods of an `Index` that give a `Result`; what each takes stands with the function of its name."""

    __slots__ = ()

    @property
    def _index(self) -> Index:
        return cast("Index", self)

    def frequency(self, **options: Any) -> Result:
        """See `corpus_lib.words.frequency.frequency`."""
        from corpus_lib.words.frequency import frequency

        return frequency(self._index, **options)

    def dispersion(self, **options: Any) -> Result:
        """See `corpus_lib.words.dispersion.dispersion`."""
        from corpus_lib.words.dispersion import dispersion

        return dispersion(self._index, **options)

    def keyness(self, target: Selection, reference: Selection | FrequencyList | None = None, **options: Any) -> Result:
        """See `corpus_lib.words.keyness.keyness`."""
        from corpus_lib.words.keyness import keyness

        return keyness(self._index, target, reference, **options)

    def collocates(self, node: str, **options: Any) -> Result:
        """See `corpus_lib.words.collocation.collocates`."""
        from corpus_lib.words.collocation import collocates

        return collocates(self._index, node, **options)

    def concordance(self, query: str, **options: Any) -> Result:
        """See `corpus_lib.words.concordance.concordance`."""
        from corpus_lib.words.concordance import concordance

        return concordance(self._index, query, **options)

    def ngrams(self, n: int = 2, **options: Any) -> Result:
        """See `corpus_lib.words.ngrams.ngrams`."""
        from corpus_lib.words.ngrams import ngrams

        return ngrams(self._index, n, **options)

    def diversity(self, *selections: Selection, **options: Any) -> Result:
        """See `corpus_lib.words.diversity.diversity`."""
        from corpus_lib.words.diversity import diversity

        return diversity(self._index, *selections, **options)

    def readability(self, *selections: Selection) -> Result:
        """See `corpus_lib.words.readability.readability_of`."""
        from corpus_lib.words.readability import readability_of

        return readability_of(self._index, *selections)

    def zipf(self, **options: Any) -> Result:
        """See `corpus_lib.words.growth.zipf`."""
        from corpus_lib.words.growth import zipf

        return zipf(self._index, **options)

    def heaps(self, **options: Any) -> Result:
        """See `corpus_lib.words.growth.heaps`."""
        from corpus_lib.words.growth import heaps

        return heaps(self._index, **options)
