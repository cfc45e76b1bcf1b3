"""A member brings a text in: paste or upload, look, correct, submit; and follows it."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.support.site import forms
from tests.web.conftest import Parliament

TEXT = (
    "36 999\nNr. 31\nAMENDEMENT VAN HET LID VOORBEELD\n\nOntvangen 23 november 2026\n\nDe ondergetekende stelt het volgende "
    "amendement voor:\n\nI\n\nIn artikel I, onderdeel A, wordt in artikel 16 van de Werkloosheidswet «acht» vervangen door "
    "«zes».\n\nToelichting\n\nMensen krijgen hun uitkering van het UWV eerder.\n\nVoorbeeld\n"
)
TITLE = "Wijziging van de Werkloosheidswet (Wet voorbeeld)"


def _docx(text: str) -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    document = (
        '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"{paragraphs}</w:body></w:document>"
    )
    types = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("[Content_Types].xml", types)
        folder.writestr("word/document.xml", document)
    return packed.getvalue()


def test_the_whole_way_from_paste_to_track(parliament: Parliament) -> None:
    site = parliament.site("M. ter Voorbeeld")
    site.get("/indienen")
    page = site.send("/indienen/gelezen", {"tekst": TEXT, "titel": TITLE})
    assert page.status_code == 200
    assert 'value="31"' in page.text
    assert "Uitvoeringsinstituut werknemersverzekeringen" in page.text
    assert "UWV voert" in page.text  # the reason, with the words that led there
    page = site.send(
        "/indienen",
        {"dossiernummer": "36 999", "actie": "indienen", "stemmingsdag": "8 december 2026", "stemmingstijd": "16.00"},
    )
    assert page.status_code == 200
    assert str(page.url).split("/")[-2] == "mijn-scans"
    assert "dinsdag 8 december 2026, 16.00 uur" in page.text
    assert "36999, nr. 31" in page.text


@pytest.mark.parametrize("name", ["amendement.docx", "amendement.txt"])
def test_a_file_instead_of_pasting(parliament: Parliament, name: str) -> None:
    site = parliament.site("M. ter Voorbeeld")
    site.get("/indienen")
    content = _docx(TEXT) if name.endswith("docx") else TEXT.encode()
    page = site.send("/indienen/gelezen", {"titel": TITLE}, files={"bestand": (name, content)})
    assert page.status_code == 200
    assert "artikel 16 van de Werkloosheidswet" in page.text


def test_a_file_that_is_no_text_says_what_to_do(parliament: Parliament) -> None:
    site = parliament.site("M. ter Voorbeeld")
    site.get("/indienen")
    page = site.send(
        "/indienen/gelezen",
        {"titel": "Mijn titel"},
        files={"bestand": ("plaatje.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 500)},
    )
    assert page.status_code == 400
    assert 'id="fouten"' in page.text
    assert 'value="Mijn titel"' in page.text  # nothing typed is lost


def test_an_error_keeps_everything_that_was_typed(parliament: Parliament) -> None:
    site = parliament.site("M. ter Voorbeeld")
    site.get("/indienen")
    site.send("/indienen/gelezen", {"tekst": TEXT, "titel": TITLE})
    page = site.send(
        "/indienen",
        {
            "dossiernummer": "abc",
            "indieners": "Voorbeeld (Fractie Aurora)",
            "stemmingsdag": "ooit",
            "stemmingstijd": "16.00",
            "actie": "indienen",
        },
    )
    assert page.status_code == 400
    assert "<title>Fout: " in page.text
    kept = {name: value for form in forms(page) for name, value in form["fields"]}
    assert kept["dossiernummer"] == "abc"
    assert kept["stemmingsdag"] == "ooit"
    assert kept["indieners"] == "Voorbeeld (Fractie Aurora)"
    assert kept["tekst"] == TEXT
    assert 'href="#veld-stemmingsdag"' in page.text
    page = site.send("/indienen", {"stemmingsdag": "", "stemmingstijd": "", "actie": "indienen"})
    assert 'href="#veld-dossiernummer"' in page.text


def test_a_draft_is_kept_for_its_owner_and_submitted_later(parliament: Parliament) -> None:
    site = parliament.site("M. ter Voorbeeld")
    site.get("/indienen")
    site.send("/indienen/gelezen", {"tekst": TEXT, "titel": TITLE})
    page = site.send("/indienen", {"dossiernummer": "36999", "actie": "bewaren"})
    address = page.url.path
    assert "Kijk na" in page.text
    assert parliament.site("A. Denkbeeldig").get(address).status_code == 404
    assert parliament.site("C. de Planner").get(address).status_code == 404
    page = site.send("/indienen", {"ondernummer": "32", "actie": "indienen"})
    assert "36999, nr. 32" in page.text
    assert (
        parliament.site("C. de Planner").get(address.replace("/mijn-scans/", "/coordinatie/scans/")).status_code == 200
    )


def test_only_the_owner_sees_a_scan_and_may_withdraw_it(parliament: Parliament) -> None:
    scan = parliament.scan("99004", "22")
    assert parliament.site("A. Denkbeeldig").get(f"/mijn-scans/{scan}").status_code == 404
    site = parliament.site("M. ter Voorbeeld")
    site.get(f"/mijn-scans/{scan}")
    page = site.send(f"/mijn-scans/{scan}/intrekken", {"toelichting": " "})
    assert page.status_code == 400
    assert "veld-toelichting" in page.text
    page = site.send(f"/mijn-scans/{scan}/intrekken", {"toelichting": "Niet meer nodig."})
    assert "Ingetrokken" in page.text
    assert "Niet meer nodig." in page.text


def test_making_a_concept_public_is_the_submitters_act(parliament: Parliament) -> None:
    scan = parliament.scan("99007", None)
    assert "99007" not in parliament.site().get("/").text
    assert parliament.site().get("/dossiers/99007").status_code == 404
    site = parliament.site("M. ter Voorbeeld" if _owns(parliament, scan, "M. ter Voorbeeld") else "A. Denkbeeldig")
    site.get(f"/mijn-scans/{scan}")
    page = site.send(f"/mijn-scans/{scan}/openbaar", {"ondernummer": "5"})
    assert "99007, nr. 5" in page.text
    assert parliament.site().get("/dossiers/99007").status_code == 200


def _owns(parliament: Parliament, scan: str, name: str) -> bool:
    return parliament.site(name).get(f"/mijn-scans/{scan}").status_code == 200


@pytest.mark.parametrize("name", ["S. Bakker", "L. Lezer", "B. Beheerder"])
def test_others_cannot_submit(parliament: Parliament, name: str) -> None:
    assert parliament.site(name).get("/indienen").status_code == 403


def test_a_visitor_is_asked_to_sign_in_and_comes_back(parliament: Parliament) -> None:
    page = parliament.site().get("/indienen")
    assert page.url.path == "/inloggen"
    assert 'name="verder" value="/indienen"' in page.text


def test_markup_in_what_was_typed_stays_text(parliament: Parliament) -> None:
    site = parliament.site("M. ter Voorbeeld")
    site.get("/indienen")
    nasty = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    page = site.send("/indienen/gelezen", {"tekst": TEXT + nasty, "titel": nasty})
    assert "<script>alert" not in page.text
    page = site.send("/indienen", {"dossiernummer": "36999", "indieners": nasty, "actie": "indienen"})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
