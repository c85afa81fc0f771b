"""Sentences of finding are made from the data: two articles, two stories, and nothing of the one in the other."""

from __future__ import annotations

import pandas as pd
import pytest

from corpus_lib import Analysis, Index, analyse, findings
from corpus_lib.labels import LANGUAGES

STRIKE = """Streik ved ferjene

– Ingen ferjer går før vi har en avtale, sier forbundsleder Ida Moe.

Sjømannsforbundet krever at rederiet øker lønna. Rederiet avviste kravet.

– Vi har strukket oss langt nok, langt nok, sier direktør Per Vik, som ikke vil gi mer i lønn i år.
"""


@pytest.fixture(scope="module")
def strike() -> Analysis:
    return analyse(STRIKE)


@pytest.fixture(scope="module")
def silent() -> Analysis:
    return analyse("Fin dag på fjellet\n\nDet var sol hele dagen, og mange gikk på tur.")


def test_three_sentences_tell_one_story_and_then_another(strike, seed_analysis):
    own, other = findings.three(strike), findings.three(seed_analysis)
    assert "Ida Moe has" in own[0]
    assert "Jens Stoltenberg has" in other[0]
    assert "1 demand found, made by Sjømannsforbundet (1)" in own[1]
    assert "Russland" in other[1]
    assert not any(name in " ".join(own) for name in ("Stoltenberg", "Russland", "Nato"))


def test_shares_are_of_all_quoted_words(strike):
    total = sum(strike.word_count(q) for q in strike.quotes)
    assert findings.three(strike)[0].startswith(f"Of {total} quoted words, ")


def test_an_article_without_findings_says_so(silent):
    quotes, demands, words = findings.three(silent)
    assert (quotes, demands) == ("Nobody is quoted.", "No demands were found.")
    assert words.startswith("The most frequent content words are ")


def test_several_articles_are_told_together(strike, seed_analysis):
    said = findings.three([strike, seed_analysis])
    assert "Jens Stoltenberg has" in said[0]
    assert f"{len(strike.demands) + len(seed_analysis.demands)} demands found" in said[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_tells_the_same_numbers(strike, language):
    numbers = [[c for c in s if c.isdigit()] for s in findings.three(strike, language)]
    assert numbers == [[c for c in s if c.isdigit()] for s in findings.three(strike)]


def test_whom_title_and_lead_quote(strike, silent, seed_analysis):
    assert findings.headline(seed_analysis) == "Title and lead quote Jens Stoltenberg alone."
    assert findings.headline(silent) == "Title and lead quote nobody."
    assert "Stoltenberg" not in findings.headline(strike)


def test_who_is_called_on_and_not_heard(strike, silent, seed_analysis):
    heard = seed_analysis.hearing().set_index("party")["heard"]
    said = findings.unheard(seed_analysis)
    assert {who for who in heard.index if who in said} == set(heard.index[heard == "not found"])
    assert findings.unheard(strike) == "Whoever is called on or criticised is heard."
    assert findings.unheard(silent) == "Nobody is called on or criticised."
    lonely = analyse("Nytt om lønn\n\nLO krever at NHO snur.")
    assert findings.unheard(lonely) == "Called on or criticised, with no voice of their own found: NHO."


def test_an_order_is_told_from_chance():
    frame = pd.DataFrame({"word": ["a", "b", "c"], "low": [9.0, 5.0, 1.0], "high": [12.0, 8.0, 4.0]})
    assert findings.ordered(frame) == "a is more frequent than c by more than chance."
    assert "may be chance" in findings.ordered(frame.assign(high=12.0))
    assert findings.ordered(frame.head(1)) == ""


def test_where_words_stand(seed_analysis):
    index = Index.of_analyses(seed_analysis)
    assert findings.places(index, ["stoltenberg", "blink"]) == (
        "Mostly in the first half: Stoltenberg; mostly in the second half: Blinken."
    )
    assert findings.places(index, ["kamel"]) == "None of the words was found."


def test_how_many_differences_survive():
    frame = pd.DataFrame({"word": ["krav", "svar"], "p_holm": [0.01, 0.5]})
    assert findings.key_words(frame) == "More than chance, of 2 differences: krav."
    assert "none survives" in findings.key_words(frame.assign(p_holm=0.5))
    assert findings.key_words(frame.head(0)) == "No word is frequent enough to compare."


def test_what_is_heavy_to_read():
    frame = pd.DataFrame({"part": ["all", "narration", "Lie"], "words": [90, 50, 40], "lix": [45.2, 40.1, 52.7]})
    assert findings.reading(frame) == "LIX 45: medium to read. Heaviest: Lie (53), lightest: narration (40)."
    assert findings.reading(frame.head(2)) == "LIX 45: medium to read."
    assert findings.reading(frame.assign(words=0)) == "There are no words to measure."
