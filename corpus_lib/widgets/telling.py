"""A demand of a story, chosen from all of them, followed through the papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as widgets  # type: ignore[import-untyped]

from corpus_lib.labels import Language, labels
from corpus_lib.stories import followed
from corpus_lib.widgets.parts import dropdown

if TYPE_CHECKING:
    from corpus_lib.stories import Story

_LONGEST = 70


def story_view(story: Story, first: str | None = None, *, language: Language = "en") -> widgets.VBox:
    """Return a choice of the story's demands, and below it the one chosen with every telling and answer.

    Parameters
    ----------
    first
        The id of the demand that is shown at first; the first of the story where it is not given.
    language
        In which it is told.
    """
    names, t = story.names(), labels(language)
    if not story.demands:
        return widgets.VBox([widgets.HTML(f"<p>{t('answered.no_demands')}</p>")])

    def label(number: int) -> str:
        demand = story.demands[number]
        who = names[demand.actors[0]] if demand.actors else t("speaker.unknown_actor")
        words = f"{who}: {' '.join(demand.content.split())}"
        return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 2]} …"

    ids = [d.id for d in story.demands]
    options = [(f"{number + 1}  {label(number)}", id_) for number, id_ in enumerate(ids)]
    choice = dropdown(t("noun.demand"), options, first or ids[0])
    shown = widgets.HTML(followed(story, choice.value, language=language))

    def show(change: dict[str, str]) -> None:
        shown.value = followed(story, change["new"], language=language)

    choice.observe(show, names="value")
    return widgets.VBox([choice, shown])
