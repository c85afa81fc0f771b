"""Who speaks: the head of the phrase that names the speaker, and whom a noun takes up; both standards."""

from __future__ import annotations

import pytest

from corpus_lib import Analysis, analyse

HEAD = {"nb": "Striden om badet fortsetter\n\n", "nn": "Striden om badet held fram\n\n"}


def speakers(text: str, language: str) -> list[str | None]:
    analysis: Analysis = analyse(HEAD[language] + text, language=language)
    return ["; ".join(analysis.names()[s] for s in q.speakers) or None for q in analysis.quotes]


PHRASES = (
    ("nb", "Nei til EUs leder, Kari Lie, hevder at taket lekker.", "Kari Lie"),
    ("nb", "Bane Nors prosjektleder Kari Lie sier at taket lekker.", "Kari Lie"),
    ("nb", "Ifølge hans forsvarer Kari Lie lekker taket.", "Kari Lie"),
    ("nb", "Taket lekker, ifølge TV 2s Kari Lie.", "Kari Lie"),
    ("nb", "Det hvite hus opplyser at taket lekker.", "Det hvite hus"),
    ("nb", "Det var Kari Lie som opplyste at taket lekker.", "Kari Lie"),
    ("nb", "Lederen for fagforeningen Fellesforbundet, Kari Lie, sier at taket lekker.", "Kari Lie"),
    ("nb", "– Taket lekker, spør en av dem, Kari Lie.", "Kari Lie"),
    ("nb", "– Taket lekker, sier kollegaen i Bergen, Kari Lie, til Kystavisa.", "Kari Lie"),
    ("nb", "– Taket lekker, sier en talskvinne for juntaen, oberst Kari Lie.", "Kari Lie"),
    ("nb", "– Taket lekker, skal ordfører Kari Lie ha sagt.", "Kari Lie"),
    ("nb", "Mandag skrev ordfører Kari Lie at taket lekker.", "Kari Lie"),
    ("nb", "Kuopio (NTB): Kari Lie sier at taket lekker.", "Kari Lie"),
    ("nn", "– Taket lek, sukka Kari Lie.", "Kari Lie"),
    ("nn", "– Vi må dra – sukka Kari Lie.", "Kari Lie"),
    ("nb", "Helga Pedersen fortalte VG at taket lekker.", "Helga Pedersen"),
    ("nb", "– De er, må folk få si, ferdige, sier Kari Lie.", "Kari Lie"),
    ("nn", "Leiaren i fagforeininga Fellesforbundet, Kari Lie, seier at taket lek.", "Kari Lie"),
    ("nn", "Bane Nors prosjektleiar Kari Lie seier at taket lek.", "Kari Lie"),
)


@pytest.mark.parametrize(("language", "text", "speaker"), PHRASES)
def test_the_head_of_a_phrase_speaks(language: str, text: str, speaker: str):
    assert speakers(text, language) == [speaker]


NOUNS = (
    ("nb", "Kari Lie (37) og Anna Berg (42) sitter i styret.\n\n– Taket lekker, sier 42-åringen.", "Anna Berg"),
    ("nb", "Svenske Sara Lindqvist møtte norske Kari Lie.\n\n– Taket lekker, sier svensken.", "Sara Lindqvist"),
    ("nn", "Kari Lie (37) og Anna Berg (42) sit i styret.\n\n– Taket lek, seier 42-åringen.", "Anna Berg"),
)


@pytest.mark.parametrize(("language", "text", "speaker"), NOUNS)
def test_a_noun_takes_up_whom_the_article_tells_so_of(language: str, text: str, speaker: str):
    assert speakers(text, language)[-1] == speaker


def test_counted_groups_are_not_one():
    text = "I undersøkelsen mener 53 prosent at taket lekker. 37 prosent mener at taket er tett."
    assert speakers(text, "nb") == ["53 prosent", "37 prosent"]


def test_he_is_no_woman():
    text = "Per Moe er i tvil. Kari Lie sier at taket er tett.\n\n– Taket lekker, sier han."
    assert speakers(text, "nb")[-1] == "Per Moe"
