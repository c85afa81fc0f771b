"""How a speaker looks in the reader: the colour and pattern of the figures, grey for those beyond the twelfth."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from corpus_lib.analysis import Analysis
from corpus_lib.render import NOBODY, UNKNOWN, colours, pattern


@dataclass(frozen=True, slots=True)
class Look:
    """Background and line (CSS colours), and the pattern of the line's swatch."""

    background: str
    line: str
    pattern: str = "full"

    def to_dict(self) -> dict[str, str]:
        """Return plain values."""
        return asdict(self)


def looks(analysis: Analysis) -> dict[str, Look]:
    """Return the look of each speaker by name, as `render.speaker_name` has it, of nobody too."""
    table = colours(analysis.quotes, analysis.names()) | {NOBODY: UNKNOWN}
    return {name: Look(*pair, pattern(pair) or "full") for name, pair in table.items()}
