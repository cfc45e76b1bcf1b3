"""/zoeken: for anybody, and only what is public."""

from __future__ import annotations

from tests.web.conftest import Parliament


def test_searching_finds_public_amendments_by_any_form_of_a_word(parliament: Parliament) -> None:
    site = parliament.site()
    page = site.get("/zoeken?q=mantelzorgers")
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert parliament.scan("99001", "14") in page.text
    assert 'value="mantelzorgers"' in page.text
    assert "niets gevonden" in site.get("/zoeken?q=bestaatnergens").text
    for question in ("", "%20", "%25", "a%00b", "%3Cscript%3E", "x" * 200):
        page = site.get(f"/zoeken?q={question}")
        assert page.status_code == 200
        assert "<script>" not in page.text.split("<main")[1]
    assert site.get("/zoeken?q=wet&na=2026-%00").status_code == 200


def test_what_is_confidential_or_a_draft_is_not_found(parliament: Parliament) -> None:
    from uitvoeringsscan.use_cases.ports import ScanFilter, Sight

    with parliament.desk.reading() as work:
        lines = work.scans.page(ScanFilter(), Sight(everything=True), None, 200)
    hidden = [line for line in lines if line.confidential]
    assert hidden
    for line in hidden:
        assert line.id not in parliament.site().get(f"/zoeken?q={line.id}").text.split("</form>", 1)[1]
        assert f"/{line.id}" not in parliament.site().get("/zoeken?q=wijziging").text
