r"""The analysis as a spaCy component: ``corpus_lib_quotes`` fills ``doc.spans`` and ``doc._.quotes``.

>>> import spacy
>>> import corpus_lib.component  # registers it
>>> nlp = spacy.blank("nb")
>>> _ = nlp.add_pipe("corpus_lib_quotes")
>>> doc = nlp("Ap varsler kamp\n\n– Vi gir oss ikke, sier Kari Lie.")
>>> [(span.text, span._.speaker) for span in doc.spans["corpus_lib_quotes"]]
[('Vi gir oss ikke', 'Kari Lie')]
"""

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from corpus_lib.analysis import Analysis, analyse
from corpus_lib.errors import UnreadableText, UnsupportedLanguage
from corpus_lib.language import load
from corpus_lib.model import Quote
from corpus_lib.structure import read_text

NAME = "corpus_lib_quotes"
"""Of the component, and of the group in ``doc.spans``."""


class Quotations:
    """Finds the quotations of each Doc and who speaks.

    ``doc.spans["corpus_lib_quotes"]`` holds a span a stretch of quoted words, labelled ``direct``,
    ``indirect`` or ``mixed``, with the quotation's id; ``span._.speaker`` names who speaks,
    ``span._.denied`` says whether they reject the words.
    ``doc._.quotes`` holds the `Quote` records with offsets in ``doc.text``, ``doc._.corpus_lib`` the whole
    `Analysis`. A text that is empty or in another language has no quotations. spaCy writes no such records into a file:
    ``doc.to_bytes(exclude=["user_data"])`` keeps the spans, and `Analysis.to_dict` is the analysis as data.

    Parameters
    ----------
    min_confidence
        Quotations below it are left out (0–1).
    """

    def __init__(self, min_confidence: float = 0.0) -> None:
        self.min_confidence = min_confidence

    def __call__(self, doc: Doc) -> Doc:
        """Set the spans and the attributes of a Doc."""
        analysis = self._analysed(doc.text)
        quotes = analysis.quotes if analysis else ()
        doc.spans[NAME] = [s for q in quotes for s in self._spans(doc, q, analysis)]
        doc._.quotes = quotes
        doc._.corpus_lib = analysis
        return doc

    def _analysed(self, text: str) -> Analysis | None:
        nlp = load(exclude={NAME})  # a pipeline of its own: the one it stands in would call it again
        try:
            return analyse(read_text(text), nlp=nlp, min_confidence=self.min_confidence)
        except (UnreadableText, UnsupportedLanguage):
            return None  # a pipeline meets texts of all kinds; those without Norwegian prose have no quotations

    @staticmethod
    def _spans(doc: Doc, quote: Quote, analysis: Analysis | None) -> list[Tokens]:
        found = []
        for segment in quote.segments:
            span = doc.char_span(
                segment.start, segment.end, label=quote.type, span_id=quote.id, alignment_mode="expand"
            )
            if span is not None:
                span._.speaker = analysis.joined(quote.speakers) if analysis else None
                span._.denied = quote.denied
                found.append(span)
        return found


@Language.factory(
    NAME,
    default_config={"min_confidence": 0.0},
    assigns=["doc.spans", "doc._.quotes", "doc._.corpus_lib", "span._.speaker", "span._.denied"],
)
def make_quotations(nlp: Language, name: str, min_confidence: float) -> Quotations:
    """Return the component and make sure of its extension attributes.

    spaCy reads the types of its parameters while the pipeline is made: they are no strings here.
    """
    spans = ((Tokens, "speaker", None), (Tokens, "denied", False))
    for holder, attribute, default in ((Doc, "quotes", ()), (Doc, "corpus_lib", None), *spans):
        if not holder.has_extension(attribute):
            holder.set_extension(attribute, default=default)
    return Quotations(min_confidence)
