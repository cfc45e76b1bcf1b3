"""The head of the paper in all the shapes in which it comes."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.amendments.papers import TITLE, paper
from uitvoeringsscan.amendments.amendment import Found, ParsedAmendment
from uitvoeringsscan.amendments.parsing import parse


def value(found: Found[str] | None) -> str | None:
    return found.value if found else None


def head(parsed: ParsedAmendment) -> tuple[str | None, ...]:
    return value(parsed.dossier_number), value(parsed.dossier_suffix), value(parsed.paper_number)


def names(parsed: ParsedAmendment) -> list[str]:
    return [person.value for person in parsed.submitters]


def test_the_usual_head_is_read_with_its_places() -> None:
    text = paper()
    parsed = parse(text)
    assert head(parsed) == ("39812", None, "12")
    assert parsed.dossier_number is not None
    assert parsed.dossier_number.span is not None
    assert parsed.dossier_number.span.quote(text) == "39 812"
    assert value(parsed.title) == TITLE
    assert parsed.received is not None
    assert parsed.received.value == date(2024, 2, 5)
    assert parsed.received.span is not None
    assert parsed.received.span.quote(text) == "5 februari 2024"
    assert names(parsed) == ["Jansen"]
    assert parsed.kind.value == "amendement"
    assert parsed.replaces is None


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        ("39 812 XV Vaststelling van de begrotingsstaten voor het jaar 2031\n\nNr. 4 ", ("39812", "XV", "4")),
        ("39 812 IIB Vaststelling van de begrotingsstaten voor het jaar 2031\n\nNr. 4 ", ("39812", "IIB", "4")),
        ("39 812 A\n\nVaststelling van de begrotingsstaat van het Proefveldfonds\n\nNr. 4\n\n", ("39812", "A", "4")),
        ("39812-VI Wijziging van de begrotingsstaten (suppletoire begroting)\n\nNr. 4 ", ("39812", "VI", "4")),
        ("23 327 (R 1483)\n\nRegels over proefvelden\n\nnr. 4\n\n", ("23327", "R1483", "4")),
        ("23 327-(R1483) Regels over proefvelden\n\nnr. 4\n", ("23327", "R1483", "4")),
        ("39 812 Uitvoering van verordening (EU) nr. 1234/2030\n\nnr. 4\n", ("39812", None, "4")),
        ("27 244\nWijziging van\nnr. 1\n7\n", ("27244", None, "17")),
        ("23327(R 1483) Regels over proefvelden\n\nnr. 4\n", ("23327", "R1483", "4")),
        ("19 812\nIntrekking van de Dijkwet\n\nnr. 4\n", ("19812", None, "4")),
        (
            "Tweede Kamer der Staten-Generaal\n\nVergaderjaar 2030–2031\n\n39 812\n\nRegels over regen\n\nNr. 4\n\n",
            ("39812", None, "4"),
        ),
        (
            "Tweede Kamer der Staten-Generaal 2Vergaderjaar 2030Œ2031 39 812Regels over regen (Regenwet) Nr. 4 ",
            ("39812", None, "4"),
        ),
        ("Dossier- en ondernummer\nTweede Kamer der Staten-Generaal2030-203139812 nr. 4\n\n", ("39812", None, "4")),
        ("Dossier- en ondernummer\nTweede Kamer der Staten-Generaal2030-203139812-XV nr. 4\n\n", ("39812", "XV", "4")),
        ("Kamerstuk 39812-XV-4\n\nDossier: Regels over regen\n\n", ("39812", "XV", "4")),
        ("ID: 39812-4\n\n", ("39812", None, "4")),
        ("Kenmerk 39812, nr. 4\n\n", ("39812", None, "4")),
        ("Tweede Kamer der Staten-Generaal\nVergaderjaar 2030-2031 Nr. 17\n\n", (None, None, "17")),
        ("39\u00a0812\tXV Vaststelling van de begrotingsstaten\n\nNr.\u00a04 ", ("39812", "XV", "4")),
    ],
)
def test_where_the_numbers_stand(top: str, expected: tuple[str | None, ...]) -> None:
    text = (
        f"{top}AMENDEMENT VAN HET LID JANSEN\n\nOntvangen 5 februari 2024\n\nDe ondergetekende stelt het volgende "
        f"amendement voor:\n\nArtikel 3 vervalt."
    )
    assert head(parse(text)) == expected


def test_the_foot_of_a_printed_page_and_what_a_site_puts_below_also_tell_the_number() -> None:
    bare = "De ondergetekende stelt het volgende amendement voor:\nArtikel 3 vervalt.\n"
    assert head(parse(f"{bare}Tweede Kamer, vergaderjaar 2030–2031, 39 812 XV, nr. 6 1")) == ("39812", "XV", "6")
    assert head(parse(f"{bare}Bron: kst-39812-XV-6.html")) == ("39812", "XV", "6")
    assert head(parse(f"{bare}Dossier: 39812")) == ("39812", None, None)


def test_a_number_in_the_note_is_not_the_papers_own() -> None:
    text = (
        "De ondergetekende stelt het volgende amendement voor:\nArtikel 3 vervalt.\nToelichting\nZie Kamerstukken "
        "II 2030/31, 39 302, nr. 34."
    )
    assert head(parse(text)) == (None, None, None)


@pytest.mark.parametrize(
    ("heading", "kind", "replaces"),
    [
        ("AMENDEMENT VAN HET LID JANSEN", "amendement", None),
        (
            "GEWIJZIGD AMENDEMENT VAN HET LID JANSEN TER VERVANGING VAN DAT GEDRUKT ONDER NR. 8",
            "gewijzigd amendement",
            "8",
        ),
        (
            "NADER GEWIJZIGD AMENDEMENT VAN HET LID JANSEN TER VERVANGING VAN DAT GEDRUKT ONDER NR. 8",
            "nader gewijzigd amendement",
            "8",
        ),
        (
            "TWEEDE NADER GEWIJZIGD AMENDEMENT VAN HET LID JANSEN TER\nVERVANGING VAN DAT GEDRUKT ONDER NR. 8",
            "tweede nader gewijzigd amendement",
            "8",
        ),
        ("VIERDE NADER GEWIJZIGD AMENDEMENT VAN HET LID JANSEN T.V.V. NR. 8", "vierde nader gewijzigd amendement", "8"),
        (
            "GEWIJZIGD AMENDEMENT VAN HET LID JANSEN TER VERVANGING VAN DAT GEDRUKT OP STUK NR. 8",
            "gewijzigd amendement",
            "8",
        ),
        ("AMENDEMENT VAN HET LID JANSEN TER VERVANGING VAN DAT GEDRUKT ONDER NR. 8", "gewijzigd amendement", "8"),
        ("SUBAMENDEMENT VAN HET LID JANSEN", "subamendement", None),
        (
            "GEWIJZIGD SUBAMENDEMENT VAN HET LID JANSEN TER VERVANGING VAN DAT GEDRUKT ONDER NR. 8",
            "gewijzigd subamendement",
            "8",
        ),
        ("Nader gewijzigd amendement van het lid Jansen t.v.v. nr. 8 over regen", "nader gewijzigd amendement", "8"),
        (
            "SUBAMENDEMENT VAN HET LID JANSEN OP HET AMENDEMENT VAN HET LID SMIT GEDRUKT ONDER NR. 8",
            "subamendement",
            None,
        ),
        (
            "GEWIJZIGD AMENDEMENT VAN HET LID JANSEN TER VERVANGING VAN DAT GEDRUKT ONDER 39 812 XV, NR. 8",
            "gewijzigd amendement",
            "8",
        ),
        ("Amendement (gewijzigd/nader/vervangend) : over regen", "gewijzigd amendement", None),
    ],
)
def test_kinds_and_what_they_replace(heading: str, kind: str, replaces: str | None) -> None:
    parsed = parse(paper(heading=heading))
    assert (parsed.kind.value, value(parsed.replaces)) == (kind, replaces)
    assert names(parsed) == ["Jansen"]


@pytest.mark.parametrize(
    ("number", "printed", "after", "expected"),
    [
        ("93", "691", "", "69"),  # not older than 93: the 1 is a footnote
        ("12", "81", "", "8"),
        ("93", "81", "X Noot\n1\n\nVervanging in verband met een wijziging in de ondertekening.", "8"),
        ("93", "81", "XNoot\n1\nVervanging in verband met een wijziging.", "8"),
        ("93", "81", "", "81"),
        ("93", "11", "", "11"),
    ],
)
def test_a_footnote_does_not_stick_to_the_replaced_number(number: str, printed: str, after: str, expected: str) -> None:
    heading = f"GEWIJZIGD AMENDEMENT VAN HET LID JANSEN TER VERVANGING VAN DAT GEDRUKT ONDER NR. {printed}"
    text = paper(number=f"Nr. {number} ", heading=heading) + f"\n\n{after}"
    replaces = parse(text).replaces
    assert replaces is not None
    assert replaces.span is not None
    assert (replaces.value, replaces.span.quote(text)) == (expected, expected)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ontvangen 5 februari 2024", date(2024, 2, 5)),
        ("Ontvangen 31 februari 2024", None),
        ("Ontvangen 1 maa\nrt 1999", date(1999, 3, 1)),
        ("Voorgesteld 12 december 1996", date(1996, 12, 12)),
        ("12 december 2014", date(2014, 12, 12)),
        ("Ontvangen 05-02-2024", date(2024, 2, 5)),
        ("Ontvangen", None),
        ("", None),
    ],
)
def test_dates(line: str, expected: date | None) -> None:
    received = parse(paper(received=line)).received
    assert (received.value if received else None) == expected


@pytest.mark.parametrize(
    ("heading", "signed", "expected"),
    [
        ("AMENDEMENT VAN DE LEDEN VAN DER MEER EN EL BAROUDI", "", ["Van der Meer", "El Baroudi"]),
        (
            "AMENDEMENT VAN DE LEDEN JANSEN, SMIT-DEN OUDE EN\nVAN 'T ZAND",
            "",
            ["Jansen", "Smit-den Oude", "Van 't Zand"],
        ),
        ("AMENDEMENT VAN HET LID JANSEN C.S.", "Jansen\nVan der Meer\nSmit", ["Jansen", "Van der Meer", "Smit"]),
        ("AMENDEMENT VAN HET LID JANSEN C.S.", "Jansen Van der Meer Smit", ["Jansen", "Van der Meer", "Smit"]),
        (
            "AMENDEMENT VAN HET LID PIET VAN DAM C.S.",
            "Piet van Dam Smit Kees van Dam Van Oord",
            ["Piet van Dam", "Smit", "Kees van Dam", "Van Oord"],
        ),
        ("AMENDEMENT VAN HET LID JANSEN C.S.1", "Jansen     Van der Meer     Smit", ["Jansen", "Van der Meer", "Smit"]),
        ("AMENDEMENT VAN HET LID M.B. BOS", "M. B. Bos", ["M. B. Bos"]),
        ("AMENDEMENT VAN DE LEDEN VAN DER MEER EN JAN SMIT", "Van der Meer Jan Smit", ["Van der Meer", "Jan Smit"]),
        ("AMENDEMENT VAN DE LEDEN BAKKER EN SMIT", "Bakker Smit", ["Bakker", "Smit"]),
        ("AMENDEMENT VAN HET LID GULSOZ-SEVERIUS", "Gülsöz-Severius", ["Gülsöz-Severius"]),
        ("AMENDEMENT VAN HET LID GÜLSÖZ-SEVERİUS", "", ["Gülsöz-Severius"]),
        ("AMENDEMENT VAN HET LID VAN HOUTEN PILAAR-DUIN", "Van Houten Pilaar-Duin", ["Van Houten Pilaar-Duin"]),
        ("AMENDEMENT VAN HET LID M. B. BOS", "M. B. Bos", ["M. B. Bos"]),
        ("AMENDEMENT VAN HET LID IJZERMAN", "", ["IJzerman"]),
        ("AMENDEMENT VAN DE LEDEN JANSEN (PROEF) EN SMIT (VELD)", "", ["Jansen", "Smit"]),
        ("Amendement van de leden Jansen en Van der Meer over het meten van regen", "", ["Jansen", "Van der Meer"]),
        ("Amendement Van der Meer over het meten van regen", "", ["Van der Meer"]),
    ],
)
def test_submitters(heading: str, signed: str, expected: list[str]) -> None:
    assert names(parse(paper(heading=heading, signed=signed))) == expected


def test_two_signers_under_a_singular_and_no_heading() -> None:
    text = (
        "De ondergetekende stelt het volgende amendement voor:\nArtikel 3 vervalt.\nToelichting\nDit is "
        "beter.\nJansen\nVan der Meer"
    )
    assert names(parse(text)) == ["Jansen", "Van der Meer"]


def test_a_site_names_the_submitters_when_the_paper_does_not() -> None:
    text = (
        "Indiener(s): Els van Dam (Proef), Kees Smit (Veld)\n\nDe ondergetekenden stellen het volgende amendement "
        "voor:\nArtikel 3 vervalt."
    )
    assert names(parse(text)) == ["Els van Dam", "Kees Smit"]


@pytest.mark.parametrize(
    "text",
    [
        f"39 812 {TITLE}\n\nNr. 3 AMENDEMENT VAN HET LID JANSEN\n\nOntvangen 1 mei 2030\n\n",
        f"39 812\n\n{TITLE[:38]}\n{TITLE[39:]}\n\nnr. 3\n\nAMENDEMENT VAN HET LID JANSEN\n\n",
        f"Vergaderjaar 2030Œ2031 39 812{TITLE} Nr. 3 AMENDEMENT VAN HET LID JANSEN Ontvangen 1 mei 2030 ",
        f"Kamerstuk 39812-3\n\nDossier: {TITLE}\n\n",
        f"{TITLE}; Amendement; Amendement van het lid Jansen over regen\n\n",
        f"Officiële titel {TITLE}; Amendement\n\n",
    ],
)
def test_the_title_is_that_of_the_bill(text: str) -> None:
    assert (
        value(parse(f"{text}De ondergetekende stelt het volgende amendement voor:\n\nArtikel 3 vervalt.").title)
        == TITLE
    )


def test_the_title_behind_the_opening_sentence() -> None:
    text = (
        f"12 mei 2030\n\nDe ondergetekende stelt het volgende amendement voor bij het wetsvoorstel "
        f"{TITLE}\n\nArtikel 3 vervalt."
    )
    parsed = parse(text)
    assert value(parsed.title) == TITLE
    assert [part.span.quote(text) for part in parsed.instructions] == ["Artikel 3 vervalt."]


def test_a_given_title_stands_and_its_laws_have_places_in_it() -> None:
    given = "Regels over de Zandwet"
    parsed = parse(paper(), title=given)
    assert value(parsed.title) == given
    assert [(law.name, law.span.quote(given)) for law in parsed.laws if law.source == "titel"] == [
        ("Zandwet", "Zandwet")
    ]
