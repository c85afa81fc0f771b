"""Invented articles for the tests: a page of each block kind, and strategies for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

PAGE = """Bodø vil ha ny ferje før jul
Kommunen krever svar fra staten innen fredag.
Av Kari Nordmann
Publisert 3. mai 2021 kl. 08.15
Ordfører Eva Berg på kaia i Bodø. Foto: Ola Vik / NTB
– Vi har ventet lenge nok, sier ordfører Eva Berg.
Hun krever at staten betaler for den nye ferja, og at den er i drift før jul. Slik har det vært siden 1997.
Staten sier nei
Statsråd Per Lund avviser kravet. Han mener at kommunen selv må finne pengene.
– Det blir ikke aktuelt, sier Lund til Bodø Tidende.
(©NTB)
"""
"""One paragraph to a line, as agencies write; every block kind stands in it."""

PAGE_KINDS = ["title", "lead", "byline", "date", "caption", "body", "body", "subheading", "body", "body", "credit"]

SMALL = "Ap varsler kamp\n\n– Vi gir oss ikke, sier Kari Lie.\n\nHun krever at Nav svarer. Nav avviser kravet."
"""Three paragraphs with a quotation, a demand and an answer."""

WHO = (
    "Kari Lie",
    "ordfører Eva Berg",
    "statsråd Per Lund",
    "Nato",
    "Norges Bondelag",
    "USA",
    "regjeringen",
    "Lie",
    "hun",
)
WHAT = (
    "vi gir oss ikke før svaret kommer",
    "dette må staten ordne opp i",
    "me ventar framleis på svar",
    "kommunen betaler for alt",
    "ingen vet hva som skjer i morgen",
)
TEMPLATES = (
    "– {What}, sier {who}.",
    "– {What}, seier {who}. – Og {what}.",
    "-{What}, sier {who}",
    "– {What}! sier {who} til NRK.",
    "– {What}.",
    "«{What}», skriver {who}.",
    '"{What}", sa {who}, "og {what}."',
    "{who} sier at {what}.",
    "{who} seier at {what}.",
    "Ifølge {who} er det slik at {what}.",
    "{who} kaller det «{what}».",
    "{who} krever at {other} trekker seg, og at {what}.",
    "{who} ber {other} om å svare.",
    "{who} avviser kravet fra {other}.",
    "{who} svarer: – {What}.",
    "Svar fra {who}",
    "Foto: {who} / NTB",
    "26. jan. 2022 19:04",
    "{What}:",
)
ODD = (
    "😀",
    "👩‍👩‍👧",
    "e\u0301",
    "\u00ad",
    "\u200b",
    "\ufeff",
    "\u00a0",
    "\t",
    "«",
    "»",
    "–",
    "'",
    '"',
    "\u202e",
    "ﬁ",
    "…",
    "<b>",
    "\u0085",
)


def _sentence(template: str, who: str, other: str, what: str) -> str:
    return template.format(who=who, other=other, what=what, What=what.capitalize())


_sentences = st.builds(
    _sentence, st.sampled_from(TEMPLATES), st.sampled_from(WHO), st.sampled_from(WHO), st.sampled_from(WHAT)
)


def _spoiled(text: str, oddities: list[tuple[str, float]]) -> str:
    for odd, place in oddities:
        at = int(place * len(text))
        text = text[:at] + odd + text[at:]
    return text


_oddities = st.lists(st.tuples(st.sampled_from(ODD), st.floats(0, 1)), max_size=4)
_breaks = st.sampled_from(("\n\n", "\n", "\r\n", "\r\n\r\n", " \n \n", "\n\n\n"))

articles = st.builds(
    lambda paragraphs, gap, oddities: _spoiled(gap.join(paragraphs), oddities),
    st.lists(st.lists(_sentences, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=7),
    _breaks,
    _oddities,
)
"""Article-like texts with odd characters at odd places."""
