"""Looking places up in an article."""

from __future__ import annotations

from corpus_lib.actors import introduce
from corpus_lib.analysis import analyse
from corpus_lib.demands.setting import Setting, may_hold_demands
from corpus_lib.language import parse
from corpus_lib.model import Quote, Span
from corpus_lib.structure import article_of


def quote(number: int, *segments: tuple[int, int], speakers: tuple[str, ...] = ("a1",)) -> Quote:
    return Quote(
        id=f"q{number}", type="direct", segments=tuple(Span(*s) for s in segments), marker=None, cue=None,
        speaker_mention=None, speakers=speakers, medium=None, rule="given", reasons=(), confidence=1.0,
    )  # fmt: skip


def setting(*quotes: Quote) -> Setting:
    article = article_of("Strid i byen", id="x")
    parsed = parse(article.text, [b.span for b in article.blocks], language="nb")
    return Setting(article, parsed, introduce(article, parsed), quotes)


def test_the_innermost_quotation_is_found_also_behind_others():
    outer, inner, late = quote(1, (0, 100)), quote(2, (10, 20)), quote(3, (30, 40))
    at = setting(outer, inner, late).quote_at
    assert at(Span(12, 15)) == inner
    assert at(Span(22, 25)) == outer
    assert at(Span(35, 36)) == late
    assert at(Span(95, 99)) == outer
    assert at(Span(95, 101)) is None


def test_an_interrupted_quotation_covers_its_parts_and_not_the_gap():
    at = setting(quote(1, (0, 10), (20, 30))).quote_at
    assert (at(Span(22, 25)) is not None, at(Span(12, 15)) is not None) == (True, False)


def test_the_last_words_said_before_a_place_are_over_and_have_a_speaker():
    first, unknown, around = quote(1, (0, 10)), quote(2, (12, 18), speakers=()), quote(3, (20, 60))
    said = setting(first, unknown, around).said_before
    assert said(25) == first
    assert said(60) == around
    assert said(5) is None


def test_a_sentence_that_the_parser_cut_is_one():
    article = article_of("Strid i byen\n\nNaboene ber om svar. Kommunen sier nei.", id="x")
    parsed = parse(article.text, [b.span for b in article.blocks], language="nb")
    units = Setting(article, parsed, introduce(article, parsed), ()).units
    assert [u.span.of(article.text) for u in units] == ["Strid i byen", "Naboene ber om svar.", "Kommunen sier nei."]


def test_bodies_beside_a_person_stand_where_the_person_is_named_first():
    text = "Strid i byen\n\nKari Lie, som leder Fjordlaget, møtte ordføreren. Ola Dahl i Sørlaget kom. Lie roste laget."
    article = article_of(text, id="x")
    parsed = parse(article.text, [b.span for b in article.blocks], language="nb")
    cast = introduce(article, parsed)
    held = Setting(article, parsed, cast, ())
    kari = next(i for i, e in enumerate(cast.entities) if e.name == "Kari Lie")
    beside = [cast.entities[n].name for n in held.beside(kari)]
    assert "Fjordlaget" in beside
    assert "Sørlaget" not in beside


def test_blocks_without_a_word_of_demanding_or_answering_need_no_parse():
    assert not may_hold_demands("Toget kjører videre til byen.")
    assert may_hold_demands("Rådet oppfordrer alle til å spare.")
    assert may_hold_demands("Naboen avslo tilbudet.")


def test_an_article_of_one_word_has_no_demands():
    assert analyse("Krav").demands == ()
