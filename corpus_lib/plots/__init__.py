"""Frames → matplotlib Figures, in one quiet style; nothing is shown, everything is returned.

Every figure carries the text that states its finding: `alt_text` gives it, `as_html` and `as_svg` put it on the page.
"""

from __future__ import annotations

from corpus_lib.plots.answers import STANCE_MARKS, demand_matrix, matrix_finding, timeline, timeline_finding
from corpus_lib.plots.bars import share_finding, source_finding, source_share, speaker_share, word_bars, words_finding
from corpus_lib.plots.keywords import dispersion_plot, keyness_finding, keyness_plot
from corpus_lib.plots.networks import demand_graph, demanding_finding, speaking_finding, speaking_network
from corpus_lib.plots.relations import answers_of, demanding_of, events, speaker_blocks, speaking_about
from corpus_lib.plots.stories import STATE_COLOURS, lanes_finding, state_chart, states_finding, story_lanes
from corpus_lib.plots.style import alt_text, as_html
from corpus_lib.plots.vector import as_svg

__all__ = [
    "STANCE_MARKS",
    "STATE_COLOURS",
    "alt_text",
    "answers_of",
    "as_html",
    "as_svg",
    "demand_graph",
    "demand_matrix",
    "demanding_finding",
    "demanding_of",
    "dispersion_plot",
    "events",
    "keyness_finding",
    "keyness_plot",
    "lanes_finding",
    "matrix_finding",
    "share_finding",
    "source_finding",
    "source_share",
    "speaker_blocks",
    "speaker_share",
    "speaking_about",
    "speaking_finding",
    "speaking_network",
    "state_chart",
    "states_finding",
    "story_lanes",
    "timeline",
    "timeline_finding",
    "word_bars",
    "words_finding",
]
