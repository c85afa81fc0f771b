"""Texts of many shapes, as long as they are asked for."""

from __future__ import annotations

from collections.abc import Callable

from invented import PAGE

PEOPLE = ("Kari Lie", "Per Lund", "Eva Berg", "Ola Vik", "Siri Dahl", "Nils Moe", "Anne Bø")


def varied(number: int) -> str:
    """Return an article of many paragraphs with people, quotations, demands and answers."""
    paragraphs = []
    for i in range(number):
        who, other = PEOPLE[i % 7], PEOPLE[(i * 3 + 1) % 7]
        paragraphs += [
            f"– Vi har ventet i {i} år på svar, sier {who} til NRK.",
            f"{who} krever at {other} betaler {i} millioner kroner til kommunen før jul.",
            f"{other} avviser kravet. Han mener at «det ikke er aktuelt» å vente til {1900 + i % 120}.",
            "Det har vært slik lenge, og ingen vet når ferja kommer tilbake til byen.",
        ]
    return "Bodø vil ha ny ferje\n\n" + "\n\n".join(paragraphs)


STRUCTURES: dict[str, Callable[[int], str]] = {
    "an article": varied,
    "one line an article": lambda n: PAGE * n,
    "short lines": lambda n: "Kari Lie\n" * n * 20,
    "captions before subheadings": lambda n: "Ordfører Kari Lie på kaia\nKari Lie venter på svar.\nEn tittel\n" * n,
    "blank lines": lambda n: "Ferja kommer ikke.\n\n" * n * 10,
    "white space": lambda n: "a" + " " * n * 2000 + "\n" + "\t\u00a0" * n * 500 + "b",
    "one long line": lambda n: "Ferja kommer ikke i dag, sier hun. " * n * 20,
    "dashes": lambda n: "– " * n * 1000,
    "digits": lambda n: "26. jan. 2022 19:04 " * n * 100,
    "a long word": lambda n: "a" * n * 5000,
    "capitals": lambda n: "Kari Lie Berg Lund " * n * 100,
    "angles": lambda n: "«" * n * 500 + "»" * n * 500,
    "slashes": lambda n: "Foto: Kari / " * n * 100,
}


def person(number: int) -> str:
    """Return a name of its own for each of some hundred persons."""
    return f"{PEOPLE[number % 7].split()[0]} {PEOPLE[number // 7 % 7].split()[1]}{'ly' * (number // 49 % 5)}"


def many(paragraph: Callable[[int], str]) -> Callable[[int], str]:
    """Return an article of so many paragraphs, each made of its number."""
    return lambda n: "Bodø vil ha ny ferje\n\n" + "".join(paragraph(i) for i in range(n))


TEXTS: dict[str, tuple[int, Callable[[int], str]]] = {
    "prose": (30, many(lambda i: f"Det var {i} biler på kaia. Ferja kom ikke, og ingen visste hvorfor.\n\n")),
    "dialogue": (20, many(lambda i: f"– Vi har ventet i {i} år, sier {PEOPLE[i % 7]}.\n\n– Nei. Vi krever svar.\n\n")),
    "unattributed turns": (150, many(lambda i: f"– Nei.\n– Jo, det er {i}.\n")),
    "reports": (30, many(lambda i: f"{PEOPLE[i % 7]} seier at ho krev {i} millionar frå kommunen.\n\n")),
    "demands and answers": (
        30,
        many(lambda i: f"{PEOPLE[i % 7]} krever at Nav betaler {i} millioner kroner. Nav avviser kravet.\n\n"),
    ),
    "demands of everybody": (
        30,
        many(lambda i: f"Statsminister {person(i)} venter. Statsministeren krever at fylkesordføreren svarer.\n\n"),
    ),
    "a list of demands": (60, many(lambda i: "De krever:\n" * (i % 20 == 0) + f"• {i} nye ferjer innen fem år\n")),
    "names": (40, many(lambda i: f"{person(i)} møtte {person(i * 7 + 3)} og {person(i * 13 + 5)} i Oslo.\n")),
    "quotations": (25, many(lambda i: f"«Vi må ha {i} ferjer», sier {person(i)}. Hun kaller det «et svar».\n\n")),
    "headlines": (120, many(lambda i: f"KARI LIE KREVER SVAR FRA NAV NUMMER {i}\n")),
    "demands in one line": (15, many(lambda i: f"Kari Lie krever {i} svar av Nav, og Nav sier nei til Kari Lie. ")),
    "turns in one line": (25, many(lambda i: f"– Nei nummer {i}, sier Kari Lie. ")),
    "open quotations in one line": (25, many(lambda i: f"«Vi krever {i} svar, sier Kari Lie. ")),
}
"""Kinds of text, each with a number of paragraphs a third of which is more than the title and lead of an article."""
