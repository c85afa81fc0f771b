"""What every part of a page is made with: the words of its language, the ids' beginning, the speakers' looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus_lib.analysis import Analysis
from corpus_lib.corrections.applying import RULE
from corpus_lib.labels import Labels
from corpus_lib.model import Demand, Quote, Response
from corpus_lib.plots.bars import speaker_label
from corpus_lib.quotes import RULES
from corpus_lib.reasons import reason_of, steps
from corpus_lib.render import NOBODY, Look, looks, number, speakers_by_count
from corpus_lib.report.markup import Html, element, filled, joined, named


@dataclass(frozen=True, slots=True)
class Setting:
    """The language's texts, what goes before every id, and the look of each speaker through the whole page."""

    t: Labels
    prefix: str
    looks: Mapping[str, Look]

    def speaker(self, name: str, language: str | None) -> Html:
        """Return a speaker's name as a label bears it."""
        known = not name.startswith(NOBODY)
        return named(speaker_label(name, self.t), language if known else self.t.language)

    def actors(self, names: str | None, language: str) -> Html:
        """Return the names of actors, or that nobody is known."""
        return named(names, language) if names else named(self.t("speaker.unknown_actor"), self.t.language)


SURE = 0.5
"""What is less sure is likelier wrong than right, and is marked so wherever it stands as a finding."""


def unsure(at: Setting) -> Html:
    """Return the mark of what is likelier wrong than right."""
    return element("span", f" {at.t('report.unsure')}", class_="unsure")


def page_looks(analyses: Sequence[Analysis]) -> Mapping[str, Look]:
    """Return the look of each speaker on a page: those with most quotations in all articles first."""
    counts: dict[str, int] = {}
    for analysis in analyses:
        for speaker, count in speakers_by_count(analysis.quotes, analysis.names()):
            counts[speaker] = counts.get(speaker, 0) + count
    return looks(sorted(counts, key=lambda s: (-counts[s], s)))


def why(analysis: Analysis, record: Quote | Demand | Response, at: Setting) -> Html:
    """Return why a record is one in reader's words, with how sure it is; the steps are folded away."""
    said = [_in_words(analysis, record, at), at.t("report.sure", value=number(record.confidence, 2))]
    told = [element("bdi", step) for step in steps(analysis, record, at.t)]
    if at.t.language == "en":  # the rule's name, as the tables have it, is English
        rule = f"{record.rule} ({RULES[record.rule]})" if record.rule in RULES else record.rule
        told.insert(0, element("bdi", rule))
    chain = joined(told, " → ")
    fold = element("details", element("summary", at.t("report.why")), element("p", chain), class_="why")
    return joined((joined(said, " · "), fold))


def _in_words(analysis: Analysis, record: Quote | Demand | Response, at: Setting) -> Html:
    if record.rule == RULE:
        return element("span", at.t("report.by_hand"))
    if isinstance(record, Quote):
        return element("span", reason_of(analysis, record, at.t))
    if record.cue is None:
        return Html("")
    cue = analysis.article.slice(record.cue)
    shown = named(cue, analysis.article.language)
    return filled(at.t, "report.told_by", len(cue.split()), words=shown)
