"""What may come in as an amendment: every rule, all at once, each with its place; spaces taken away, the text never touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.amendments import intake
from uitvoeringsscan.amendments.amendment import Amendment, Found, ParsedAmendment, Span, Submitter
from uitvoeringsscan.errors import InvalidInput

TODAY = date(2026, 11, 30)
GOOD = Amendment(
    text="In artikel I wordt «een» vervangen door «twee».",
    title="Wet voorbeeld",
    dossier_number="99001",
    dossier_suffix="XV",
    paper_number="14",
    kind="nader gewijzigd amendement",
    replaces="13",
    submitters=(Submitter(name="Voorbeeld", party="Fractie Aurora"),),
    received=date(2026, 11, 20),
    case_number="2026Z01234",
)
NOTHING_READ = ParsedAmendment(
    dossier_number=None, dossier_suffix=None, paper_number=None, kind=Found(value="amendement", span=None), replaces=None,
    submitters=(), received=None, title=None, budget=False, instructions=(), laws=(), note=None,
)  # fmt: skip


def _faults(**changes: Any) -> list[tuple[str | None, str]]:
    try:
        intake.check(replace(GOOD, **changes), today=TODAY)
    except InvalidInput as error:
        return [(problem.field, problem.code) for problem in error.problems]
    return []


def test_a_good_one_passes_also_with_as_little_as_can_be() -> None:
    assert _faults() == []
    assert (
        _faults(
            dossier_suffix=None,
            paper_number=None,
            kind="",
            replaces=None,
            submitters=(),
            received=None,
            case_number=None,
        )
        == []
    )


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"text": ""}, ("amendement.tekst", "verplicht")),
        ({"text": " \n\u00a0"}, ("amendement.tekst", "verplicht")),
        ({"text": "12345 67890 !?"}, ("amendement.tekst", "geen-tekst")),
        ({"text": "a" * (intake.MAX_TEXT + 1)}, ("amendement.tekst", "te-lang")),
        ({"text": "genoeg letters hier\0"}, ("amendement.tekst", "ongeldige-tekens")),
        ({"text": "genoeg letters hier\x1b"}, ("amendement.tekst", "ongeldige-tekens")),
        ({"text": "genoeg letters hier\udfff"}, ("amendement.tekst", "ongeldige-tekens")),
        ({"text": "genoeg letters hier\ufffe"}, ("amendement.tekst", "ongeldige-tekens")),
        ({"title": " "}, ("amendement.titel", "verplicht")),
        ({"title": "a" * (intake.MAX_TITLE + 1)}, ("amendement.titel", "te-lang")),
        ({"title": "Wet\0"}, ("amendement.titel", "ongeldige-tekens")),
        ({"dossier_number": None}, ("amendement.dossiernummer", "verplicht")),
        ({"dossier_number": "123"}, ("amendement.dossiernummer", "verkeerde-vorm")),
        ({"dossier_number": "1234567"}, ("amendement.dossiernummer", "verkeerde-vorm")),
        ({"dossier_number": "३६४१०"}, ("amendement.dossiernummer", "verkeerde-vorm")),
        ({"dossier_suffix": "xv"}, ("amendement.toevoeging", "verkeerde-vorm")),
        ({"dossier_suffix": "X" * 13}, ("amendement.toevoeging", "verkeerde-vorm")),
        ({"paper_number": "nr 14"}, ("amendement.ondernummer", "verkeerde-vorm")),
        ({"replaces": "x"}, ("amendement.vervangt", "verkeerde-vorm")),
        ({"replaces": "14"}, ("amendement.vervangt", "verkeerde-vorm")),
        ({"case_number": "2026A1"}, ("amendement.zaaknummer", "verkeerde-vorm")),
        ({"kind": "motie"}, ("amendement.soort", "verkeerde-vorm")),
        ({"kind": "a" * 61 + "amendement"}, ("amendement.soort", "verkeerde-vorm")),
        ({"received": date(1814, 12, 31)}, ("amendement.ontvangen", "ongeldige-datum")),
        ({"received": date(2028, 1, 1)}, ("amendement.ontvangen", "ongeldige-datum")),
        ({"submitters": (Submitter(name="A"),) * 151}, ("amendement.indieners", "te-veel")),
        ({"submitters": (Submitter(name="A"), Submitter(name=""))}, ("amendement.indieners[1].naam", "verplicht")),
        ({"submitters": (Submitter(name="a" * 201),)}, ("amendement.indieners[0].naam", "te-lang")),
        ({"submitters": (Submitter(name="A\0"),)}, ("amendement.indieners[0].naam", "ongeldige-tekens")),
        ({"submitters": (Submitter(name="A", party="a" * 201),)}, ("amendement.indieners[0].fractie", "te-lang")),
    ],
)
def test_each_rule(changes: dict[str, Any], fault: tuple[str, str]) -> None:
    assert _faults(**changes) == [fault]


def test_every_fault_comes_at_once() -> None:
    faults = _faults(text="", title="", dossier_number="x", received=date(1, 1, 1), submitters=(Submitter(name=""),))
    places = ("tekst", "titel", "dossiernummer", "ontvangen", "indieners[0].naam")
    assert [field for field, _ in faults] == [f"amendement.{place}" for place in places]


def test_what_just_fits() -> None:
    assert _faults(text="a" * intake.MAX_TEXT, title="b" * intake.MAX_TITLE) == []
    assert _faults(submitters=(Submitter(name="a" * 200, party="b" * 200),) * 150) == []
    assert _faults(received=date(1815, 1, 1)) == _faults(received=date(2027, 12, 31)) == []


@given(st.text(max_size=300))
def test_checking_never_fails_otherwise(text: str) -> None:
    _faults(text=text, title=text, dossier_number=text, dossier_suffix=text, paper_number=text, kind=text, replaces=text,
            case_number=text, submitters=(Submitter(name=text, party=text),))  # fmt: skip


@given(st.text(max_size=60), st.text(max_size=20))
def test_normalising_takes_spaces_and_is_done_once(text: str, number: str) -> None:
    given_ = replace(GOOD, text=text, title=f"  {text}\n", dossier_number=number, paper_number=f" {number} ",
                     submitters=(Submitter(name=f"\t{number}", party=" "),))  # fmt: skip
    once = intake.normalised(given_)
    assert once.text == text
    assert intake.normalised(once) == once
    assert once.submitters[0].party is None
    assert once.title == " ".join(text.split())


def test_numbers_as_people_type_them() -> None:
    typed = replace(
        GOOD, dossier_number=" 36 410 ", dossier_suffix=" XV ", kind="  Gewijzigd   AMENDEMENT", paper_number=""
    )
    read = intake.normalised(typed)
    assert (read.dossier_number, read.dossier_suffix, read.kind, read.paper_number) == (
        "36410",
        "XV",
        "gewijzigd amendement",
        None,
    )


def _found(value: Any) -> Found[Any]:
    return Found(value=value, span=Span(0, 1))


def test_what_was_given_wins_over_what_was_read() -> None:
    read = replace(
        NOTHING_READ,
        dossier_number=_found("99001"),
        dossier_suffix=_found("VIII"),
        kind=_found("gewijzigd amendement"),
        replaces=_found("9"),
        received=_found(date(2026, 11, 1)),
        submitters=(_found("Gelezen"),),
    )
    assert intake.completed(GOOD, read) == GOOD
    bare = Amendment(text=GOOD.text, title=GOOD.title, dossier_number="99001", kind="")
    filled = intake.completed(bare, read)
    assert (filled.dossier_suffix, filled.kind, filled.replaces) == ("VIII", "gewijzigd amendement", "9")
    assert (filled.received, filled.submitters) == (date(2026, 11, 1), (Submitter(name="Gelezen"),))


def test_the_suffix_of_another_bill_is_not_taken_over() -> None:
    bare = Amendment(text=GOOD.text, title=GOOD.title, dossier_number="99002", kind="")
    read = replace(NOTHING_READ, dossier_number=_found("99001"), dossier_suffix=_found("VIII"))
    assert intake.completed(bare, read).dossier_suffix is None
