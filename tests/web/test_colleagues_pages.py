"""The pages of an agency's own administrator, as a browser without script has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Parliament

MARKUP = "<script>alert(1)</script>\"'&"


def test_a_colleague_is_added_changed_signed_out_and_closed_off(parliament: Parliament) -> None:
    site = parliament.site("O. Organisator")
    page = site.get("/collegas")
    assert 'href="/collegas"' in page.text
    assert "U. Werker" in page.text
    assert "S. Bakker" not in page.text  # of another agency
    site.send("/collegas", {"naam": "N. Nieuw", "email": " n@voorbeeld.example ", "rol": ["behandelaar"]})
    one = parliament.person("N. Nieuw")
    newcomer = parliament.site("N. Nieuw")
    assert newcomer.get("/uitvragen").url.path == "/uitvragen"
    page = site.get(f"/collegas/{one}")
    assert "op 1 plek ingelogd" in page.text
    site.send(f"/collegas/{one}/uitloggen")
    assert newcomer.get("/uitvragen").url.path == "/inloggen"
    site.get(f"/collegas/{one}")
    site.send(f"/collegas/{one}", {"rol": ["vaststeller"], "actief": "nee"})
    assert "afgesloten" in site.get("/collegas").text
    assert "N. Nieuw" not in parliament.site().get("/inloggen").text


def test_another_agency_is_not_there(parliament: Parliament) -> None:
    site = parliament.site("O. Organisator")
    theirs, nobody = parliament.person("S. Bakker"), "bestaat-niet"
    answers = [site.get(f"/collegas/{one}") for one in (theirs, nobody)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text == answers[1].text
    own = site.get(f"/collegas/{parliament.person('U. Werker')}").text
    assert theirs not in own  # nor can anything be handed over to them


def test_about_oneself_there_is_nothing_to_decide(parliament: Parliament) -> None:
    site = parliament.site("O. Organisator")
    page = site.get(f"/collegas/{parliament.person('O. Organisator')}")
    assert "Dit bent u zelf" in page.text
    assert 'name="rol"' not in page.text
    assert site.get("/uitvragen").status_code == 403


def test_what_is_wrong_stands_beside_it(parliament: Parliament) -> None:
    site = parliament.site("O. Organisator")
    site.get("/collegas")
    page = site.send("/collegas", {"naam": MARKUP, "email": "u@x", "rol": ["organisatiebeheerder", "vaststeller"]})
    assert page.status_code == 400
    assert "Kies een van de twee" in page.text
    assert "<script>alert" not in page.text
    page = site.send("/collegas", {"naam": "N.", "email": "n@voorbeeld.example", "rol": ["beheerder"]})
    assert "Deze rol kan alleen de beheerder van de dienst geven." in page.text


@pytest.mark.parametrize("name", ["U. Werker", "V. Vaststeller", "C. de Planner", "B. Beheerder", "L. Lezer"])
def test_the_page_is_not_for_others(parliament: Parliament, name: str) -> None:
    site = parliament.site(name)
    assert site.get("/collegas").status_code == 403
    assert 'href="/collegas"' not in site.get("/").text


def test_work_is_handed_over_by_choosing_a_name(parliament: Parliament) -> None:
    site = parliament.site("O. Organisator")
    one, other = parliament.person("U. Werker"), parliament.person("V. Vaststeller")
    page = site.get(f"/collegas/{one}")
    assert re.findall(r'<option value="([^"]+)"', page.text) == [other]
    assert site.send(f"/collegas/{one}/overdragen", {"aan": ""}).status_code == 400
    site.get(f"/collegas/{one}")
    assert site.send(f"/collegas/{one}/overdragen", {"aan": other}).status_code == 200
