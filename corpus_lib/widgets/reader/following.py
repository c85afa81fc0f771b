"""What other articles of a story tell of an article's demands, as lines for the reader's cards."""

from __future__ import annotations

from typing import Any

from corpus_lib.labels import Labels
from corpus_lib.stories import Elsewhere, Story, elsewhere


def followed_in(story: Story, record: dict[str, Any], t: Labels) -> dict[str, Any]:
    """Return what the reader draws, its demands with a line for each telling and answer in another article."""
    demands = [
        demand | {"elsewhere": [_line(e, t) for e in elsewhere(story, record["doc"], demand["id"])]}
        for demand in record["demands"]
    ]
    return record | {"demands": demands}


def _line(one: Elsewhere, t: Labels) -> str:
    where = " ".join(filter(None, ((one.told.date or "")[:10], one.told.source or one.told.doc)))
    what = t("reader.told_again") if one.stance is None else t(f"stance.{one.stance}")
    return f"{where} · {one.who or t('speaker.unknown')}: {what}: «{one.told.text}»"
