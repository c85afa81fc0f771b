"""Quotation, phenomenon by phenomenon: invented sentences, what is said, by whom, of what type."""

from __future__ import annotations

import pytest

from corpus_lib import Analysis, analyse
from corpus_lib.actors.mentions import parts_of
from corpus_lib.language import parse
from corpus_lib.language.syntax import has_preposition
from corpus_lib.model import Span
from corpus_lib.quotes import RULES

HEAD = "Kommunen stenger badet\n\n"
HEAD_NN = "Kommunen stengjer badet\n\n"


def found(text: str, language: str | None = None) -> list[tuple[str, str, str | None]]:
    analysis = analyse(text, language=language)
    return [(q.type, analysis.words_of(q), analysis.joined(q.speakers)) for q in analysis.quotes]


CASES = {
    "en dash": ("– Vi gir oss ikke, sier Kari Lie.", [("direct", "Vi gir oss ikke", "Kari Lie")]),
    "em dash": ("— Vi gir oss ikke, sier Kari Lie.", [("direct", "Vi gir oss ikke", "Kari Lie")]),
    "hyphen": ("- Vi gir oss ikke, sier Kari Lie.", [("direct", "Vi gir oss ikke", "Kari Lie")]),
    "glued dash": ("-Vi gir oss ikke, sier Kari Lie.", [("direct", "Vi gir oss ikke", "Kari Lie")]),
    "guillemets": ("«Vi gir oss ikke», skriver Kari Lie på Facebook.", [("direct", "Vi gir oss ikke", "Kari Lie")]),
    "curly marks": ("“Vi gir oss ikke”, sier Kari Lie.", [("direct", "Vi gir oss ikke", "Kari Lie")]),
    "straight marks": ('"Vi gir oss ikke", sier Kari Lie.', [("direct", "Vi gir oss ikke", "Kari Lie")]),
    "several sentences": (
        "– Taket lekker. Det er farlig. Derfor må vi stenge, sier Kari Lie.",
        [("direct", "Taket lekker. Det er farlig. Derfor må vi stenge", "Kari Lie")],
    ),
    "question mark": ("– Hvem skal betale? spør Kari Lie.", [("direct", "Hvem skal betale?", "Kari Lie")]),
    "perfect": ("– Vi gir oss ikke, har Kari Lie sagt.", [("direct", "Vi gir oss ikke", "Kari Lie")]),
    "particle": ("– Vi gir oss ikke, legger Kari Lie til.", [("direct", "Vi gir oss ikke", "Kari Lie")]),
    "long tail of verbs": ("– Vi gir oss ikke, fastslår Kari Lie.", [("direct", "Vi gir oss ikke", "Kari Lie")]),
    "interrupted": (
        "– Taket lekker, fortsatte Kari Lie, men vi har ikke råd til et nytt.",
        [("direct", "Taket lekker … men vi har ikke råd til et nytt", "Kari Lie")],
    ),
    "clause with at": ("Kari Lie sier at taket lekker.", [("indirect", "taket lekker", "Kari Lie")]),
    "clause without at": ("Kari Lie mener taket lekker.", [("indirect", "taket lekker", "Kari Lie")]),
    "sentence before the verb": ("Taket lekker, sier Kari Lie.", [("indirect", "Taket lekker", "Kari Lie")]),
    "negated opinion": ("Kari Lie tror ikke at taket holder.", [("indirect", "denies: taket holder", "Kari Lie")]),
    "reason": ("Kari Lie begrunner det med at taket lekker.", [("indirect", "taket lekker", "Kari Lie")]),
    "according to, first": ("Ifølge Kari Lie lekker taket.", [("indirect", "lekker taket", "Kari Lie")]),
    "according to, last": ("Taket lekker, ifølge Kari Lie.", [("indirect", "Taket lekker", "Kari Lie")]),
    "det opplyser": ("Taket lekker. Det opplyser Kari Lie.", [("indirect", "Taket lekker", "Kari Lie")]),
    "mixed": (
        "Kari Lie sier at vedtaket er «en skandale».",
        [("mixed", "vedtaket er «en skandale»", "Kari Lie")],
    ),
    "institution": ("Veien er stengt, opplyser politiet.", [("indirect", "Veien er stengt", "politiet")]),
    "document": (
        "– Taket er farlig, heter det i rapporten.",
        [("direct", "Taket er farlig", "rapporten")],
    ),
    "it stands in a document": (
        "I rapporten fra tilsynet står det at taket lekker.",
        [("indirect", "taket lekker", "rapporten fra tilsynet")],
    ),
    "it appears from a document": (
        "Det framgår av rapporten at taket lekker.",
        [("indirect", "taket lekker", "rapporten")],
    ),
    "a document that does not say": ("Det står ikke i rapporten at taket lekker.", []),
    "nested source": ("Ifølge VG sier politiet at veien er stengt.", [("indirect", "veien er stengt", "politiet")]),
    "conviction": ("Kari Lie er klar på at taket lekker.", [("indirect", "taket lekker", "Kari Lie")]),
    "two reports in a sentence": (
        "Kari Lie sier at taket lekker, men mener badet kan reddes.",
        [("indirect", "taket lekker", "Kari Lie"), ("indirect", "badet kan reddes", "Kari Lie")],
    ),
    "joint speakers": (
        "– Vi gir oss ikke, sier Kari Lie og Ola Dahl.",
        [("direct", "Vi gir oss ikke", "Kari Lie; Ola Dahl")],
    ),
    "title and party": (
        "– Vi gir oss ikke, sier ordfører Kari Lie (Ap) til NRK.",
        [("direct", "Vi gir oss ikke", "Kari Lie")],
    ),
    "genitive and role": (
        "– Vi gir oss ikke, sier Svenskeroms ordfører Kari Lie.",
        [("direct", "Vi gir oss ikke", "Kari Lie")],
    ),
    "not said": ("Kari Lie ville ikke si hvorfor badet stenges.", []),
    "no comment": ("Kari Lie ønsker ikke å kommentere saken.", []),
    "number range": ("Badet har åpent 10–12 og 14–16.", []),
    "title of a work": ("Kari Lie har skrevet boka «Badet».", []),
}


@pytest.mark.parametrize("name", CASES)
def test_phenomenon(name: str):
    sentence, expected = CASES[name]
    assert found(HEAD + sentence, "nb") == expected


NYNORSK = {
    "dash": ("– Vi gjev oss ikkje, seier Kari Lie.", [("direct", "Vi gjev oss ikkje", "Kari Lie")]),
    "at": ("Kari Lie seier at taket lek.", [("indirect", "taket lek", "Kari Lie")]),
    "meiner": ("Kari Lie meiner at taket er farleg.", [("indirect", "taket er farleg", "Kari Lie")]),
    "ifølgje": ("Ifølgje Kari Lie er taket farleg.", [("indirect", "er taket farleg", "Kari Lie")]),
    "fortel": ("– Taket er farleg, fortel Kari Lie.", [("direct", "Taket er farleg", "Kari Lie")]),
    "particle": ("– Taket er farleg, legg Kari Lie til.", [("direct", "Taket er farleg", "Kari Lie")]),
}


@pytest.mark.parametrize("name", NYNORSK)
def test_phenomenon_in_nynorsk(name: str):
    sentence, expected = NYNORSK[name]
    assert found(HEAD_NN + sentence, "nn") == expected


def test_a_turn_without_an_inquit_has_the_speaker_before():
    text = HEAD + "– Taket lekker, sier Kari Lie.\n\n– Derfor stenger vi badet i morgen."
    assert found(text)[1] == ("direct", "Derfor stenger vi badet i morgen", "Kari Lie")


def test_the_reporters_question_has_no_speaker_and_its_answer_has():
    text = HEAD + "– Taket lekker, sier Kari Lie.\n\n– Hvem skal betale?\n\n– Det vet vi ikke ennå."
    assert [q[2] for q in found(text)] == ["Kari Lie", None, "Kari Lie"]


def test_a_colon_in_the_paragraph_before_hands_over():
    text = HEAD + "Taket er gammelt. Ola Dahl forklarer:\n\n– Det ble lagt i 1962 og har aldri vært tett."
    assert found(text)[-1] == ("direct", "Det ble lagt i 1962 og har aldri vært tett", "Ola Dahl")


def test_a_headlines_speaker_is_its_subject_not_the_nearest_name():
    text = "Kari Lie svarer Ola Dahl: – Vi gir oss ikke\n\nOrdføreren møtte pressen mandag."
    assert found(text)[0] == ("direct", "Vi gir oss ikke", "Kari Lie")


def test_a_dash_led_subheading_is_no_quotation():
    text = HEAD + "Badet er stengt etter et langt møte.\n\n– God stemning\n\nMøtet varte i tre timer og var rolig."
    assert found(text) == []


@pytest.mark.parametrize(
    ("inquit", "medium"),
    [
        ("sier Kari Lie til NTB", "NTB"),
        ("skriver Kari Lie på Twitter", "Twitter"),
        ("skriver Kari Lie i en pressemelding", "en pressemelding"),
        ("sier Kari Lie til Bergens Tidende", "Bergens Tidende"),
        ("sier Kari Lie", None),
    ],
)
def test_a_receiver_is_no_speaker(inquit: str, medium: str | None):
    analysis = analyse(f"{HEAD}– Vi gir oss ikke, {inquit}.")
    assert analysis.quotes[0].medium == medium
    assert analysis.joined(analysis.quotes[0].speakers) == "Kari Lie"


def speakers(text: str) -> list[str | None]:
    return [q[2] for q in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ordfører Kari Lie møtte pressen. – Taket lekker, sier hun.", ["Kari Lie"]),
        ("Ordfører Kari Lie møtte rådmann Ola Dahl. – Taket lekker, sier hun.", ["Kari Lie"]),
        ("Ordfører Kari Lie møtte rådmann Ola Dahl. – Taket lekker, sier han.", ["Ola Dahl"]),
        ("Ordfører Kari Lie møtte rådmann Ola Dahl. – Taket lekker, sier rådmannen.", ["Ola Dahl"]),
        ("Ordfører Kari Lie åpnet badet. – Taket lekker, sier Lie.", ["Kari Lie"]),
        ("– Taket lekker, sier han.", [None]),
        ("Svein Moe og Tor Moe eier badet. – Taket lekker, sier Tor Moe.", ["Tor Moe"]),
        ("Diego Santoro (34) bader. – Vannet er kaldt, sier Santoro.", ["Diego Santoro"]),
        ("Norges Svømmeforbund (NSF) klager. – Taket lekker, skriver NSF.", ["Norges Svømmeforbund"]),
        ("Badet eies av Rederiet Fjord. – Taket lekker, opplyser rederiet.", ["Rederiet Fjord"]),
        ("Dagbladet og NRK har spurt. – Taket lekker, skriver avisen.", ["Dagbladet"]),
        ("Ola Dahl møtte Kari Lie. – Taket lekker, sier han og Lie.", ["Ola Dahl; Kari Lie"]),
        ("Myndighetene i Bodø svarer. – Taket lekker, opplyser myndighetene.", ["myndighetene i Bodø"]),
        ("– Taket lekker, sier en gruppe som har målt vannet.", ["en gruppe som har målt vannet"]),
        ("Kari Lie sier at Ola Dahl kan bade. – Taket er trygt, sier hun.", ["Kari Lie", "Kari Lie"]),
        ("Til Kystavisa sier ordfører Kari Lie at taket lekker.", ["Kari Lie"]),
        ("I en e-post til Kystavisa skriver ordfører Kari Lie at taket lekker.", ["Kari Lie"]),
        ("Fylkesråd for kultur Ola Dahl åpnet badet. – Taket lekker, sier fylkesråden.", ["Ola Dahl"]),
        ("Elevene møtte Kari Lie. – Taket lekker, sier elevene.", ["elevene"]),
        ("Ola Kristian (Kikken) Dahl bader. – Det er kaldt, sier Kikken.", ["Ola Kristian (Kikken) Dahl"]),
        ("Ola «Kikken» Dahl bader. – Det er kaldt, sier Kikken Dahl.", ["Ola «Kikken» Dahl"]),
        ("André Moe bader. – Det er kaldt, sier Andre Moe.", ["André Moe"]),
        ("Ola Thommessen bader. – Det er kaldt, sier Thommesen.", ["Ola Thommessen"]),
        ("Harstad tidende har spurt. Det er kaldt, skriver Harstad tidende.", ["Harstad tidende"]),
        ("Det er kaldt, ifølge driftssjef i Norbad, Kari Lie.", ["Kari Lie"]),
        ("UP måler farten. – Det går fort, opplyser Utrykningspolitiet.", ["Utrykningspolitiet"]),
        ("IMF møtes. – Renta stiger, skriver Det internasjonale pengefondet.", ["Det internasjonale pengefondet"]),
    ],
)
def test_who_a_mention_means(text: str, expected: list[str | None]):
    assert speakers(HEAD + text) == expected


def test_two_people_of_one_surname_stay_two():
    analysis = analyse(f"{HEAD}– Taket lekker, sier Svein Moe.\n\n– Nei, sier Tor Moe.")
    assert [analysis.joined(q.speakers) for q in analysis.quotes] == ["Svein Moe", "Tor Moe"]
    assert len({a.id for a in analysis.actors if a.name.endswith("Moe")}) == 2


def test_a_headline_without_a_subject_has_no_speaker():
    assert speakers("Krever at fylket stanser kuttet: – Vi blir isolert\n\nFerja går ikke i dag.") == [None]


def test_a_headline_that_repeats_a_quotation_has_its_speaker():
    text = "Lie åpnet nytt bad: – Helt fantastisk for byen\n\nKari Lie åpnet badet.\n\n"
    text += "– Dette er helt fantastisk for byen vår, roper tilskuer Ola Dahl."
    assert speakers(text) == ["Ola Dahl", "Ola Dahl"]


def test_a_name_spelled_in_two_ways_is_one_person_in_the_commoner_spelling():
    text = f"{HEAD}– Taket lekker, sier Ola Thommesen.\n\nOla Thommessen venter.\n\n– Ja, sier Ola Thommessen."
    assert speakers(text) == ["Ola Thommessen", "Ola Thommessen"]


def test_a_bare_surname_of_two_is_the_one_the_article_is_about():
    text = f"{HEAD}Per Moe eier badet sammen med Tor Moe.\n\nTor Moe er lei. – Taket lekker, sier Moe."
    assert speakers(text) == ["Tor Moe"]


def test_a_bare_surname_is_whom_the_article_has_introduced():
    text = f"{HEAD}Tor Moe eier badet.\n\n– Taket lekker, sier Moe.\n\nPappa Per Moe er stolt. Per Moe bygde det."
    assert speakers(text) == ["Tor Moe"]


def test_a_local_party_is_a_body():
    assert speakers(f"{HEAD}– Vi stemmer mot, sier Tysvær SV.") == ["Tysvær SV"]


def test_the_matter_of_a_headline_is_nobody():
    analysis = analyse("Strid om badet\n\n– Taket lekker, sier ordføreren.")
    assert "Strid" not in {a.name for a in analysis.actors}


def test_a_name_in_two_pieces_is_one_person():
    assert speakers(f"{HEAD}Da kom Diego Maradona til byen.\n\n– Nei, sier Diego Maradona.") == ["Diego Maradona"]


def test_two_people_whose_surnames_differ_by_a_letter_stay_two():
    assert speakers(f"{HEAD}Trener Kari Johansen kom.\n\n– Nei, sier dommer Johanson.") == ["Johanson"]


def test_an_abbreviation_is_not_counted_in_longer_words():
    analysis = analyse(f"{HEAD}Senterpartiet er lei. – Nei, sier Sp. {'Spørsmålet er åpent. ' * 12}")
    assert "Senterpartiet" in {a.name for a in analysis.actors}


def test_a_mention_and_a_role_by_the_same_surname_are_of_one_person():
    text = "Ordfører Ola Lie kom. Ola Lie lo. Professor Lie gikk. Politimester Kari Lie kom. "
    analysis = analyse(HEAD + text + "Kari Lie smilte. " * 3 + "Lie sov. " * 8)
    place = analysis.article.text.index("Lie gikk")
    (there,) = [a for a in analysis.actors if any(m.start <= place < m.end for m in a.mentions)]
    assert "professor" in there.roles


def test_the_marker_is_kept():
    text = HEAD + "– Taket lekker, sier Kari Lie.\n\n«Vi stenger badet nå», skriver Ola Dahl."
    assert [q.marker for q in analyse(text).quotes] == ["dash", "quotation marks"]


def test_every_rule_is_documented_and_explained():
    analysis: Analysis = analyse(HEAD + "\n\n".join(sentence for sentence, _ in CASES.values()), language="nb")
    assert {q.rule for q in analysis.quotes} <= set(RULES)
    for quote in analysis.quotes:
        assert RULES[quote.rule] in analysis.explain(quote.id)


def test_confidence_orders_the_sure_before_the_unsure():
    text = HEAD + "– Taket lekker, sier Kari Lie.\n\nEn gammel mann mener at badet bør rives."
    sure, unsure = analyse(text).quotes
    assert sure.confidence > unsure.confidence


def test_a_list_led_by_dashes_is_no_speech():
    item = "– Badet har {} garderober, en badstue og en kafé som er åpen alle dager."
    items = "\n\n".join(item.format(n) for n in ("fire", "fem", "seks"))
    assert found(f"{HEAD}Badet stenger mandag etter et vedtak i kommunestyret.\n\nFakta om badet\n\n{items}") == []


def test_white_space_is_nobody():
    analysis = analyse("Svar fra Kari Lie\n\nKari Lie ber regjerin\x85gen om å svare.", language="nb")
    assert all(a.name.strip() for a in analysis.actors)
    assert all(analysis.article.slice(m.span).strip() for a in analysis.actors for m in a.mentions)


def test_names_in_blocks_that_were_not_parsed_are_read_without_a_tree():
    text = "Jonas Fjeld og Ola Dahl\n\nDr.Fjeld spiller Dr.Fjeld i St.Olav, Dr.Dahl og Dr.Lie."
    spans = [Span(0, 23), Span(25, len(text))]
    parsed = parse(text, spans, wanted=lambda _: False)
    for block in parsed.blocks:
        assert not block.parsed
        for name in block.doc.ents:
            assert len(parts_of(name)) == 1
            assert not has_preposition(name)
