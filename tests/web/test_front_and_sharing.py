"""The front page answers what is voted on and what that means; a publication says what is shown where it is shared."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.web.conftest import Parliament
from uitvoeringsscan.adapters.card import render_card
from uitvoeringsscan.presentation.overview import next_vote, overview
from uitvoeringsscan.use_cases import reading


def published(parliament: Parliament) -> str:
    found, _ = reading.list_publications(parliament.desk, limit=1)
    return found[0].number


def test_the_front_page_answers_in_its_first_sentence(parliament: Parliament) -> None:
    page = parliament.site().get("/").text
    lead = re.search(r'<p class="nl-paragraph--lead">(.*?)</p>', page, re.DOTALL)
    assert lead
    words = " ".join(lead[1].split())
    assert re.match(r"De eerste stemming is \w+ \d+ \w+ \d{4}, \d\d\.00 uur \(nog .*?\): \d+ amendement", words)
    lines = reading.votes_ahead(parliament.desk)
    shown = overview(lines, reading.newest_publications(parliament.desk, [line.id for line in lines]))
    first = next_vote(shown, parliament.desk.now())
    assert first is not None
    assert sum(number for _, number in first.verdicts) + first.unknown == first.number
    assert all(f"{number} keer “{word}”" in words for word, number in first.verdicts)


def test_without_a_vote_the_page_says_so(parliament: Parliament) -> None:
    lines = reading.votes_ahead(parliament.desk)
    shown = overview(lines, {})
    assert next_vote(shown, parliament.desk.now() + timedelta(days=400)) is None
    assert next_vote([], parliament.desk.now()) is None


@pytest.mark.parametrize("path", ["/", "/stemmingen", "/publicaties/{number}", "/zoeken?q=uitkering"])
def test_every_level_and_verdict_is_explained_on_the_page_itself(parliament: Parliament, path: str) -> None:
    page = parliament.site().get(path.format(number=published(parliament))).text
    folded = re.search(r"<summary>Wat betekenen deze oordelen en niveaus\?</summary>(.*?)</details>", page, re.DOTALL)
    assert folded
    for word in ("Uitvoerbaar, mits", "Niet uitvoerbaar", "ingrijpend", "onbekend", "Geen reactie ontvangen"):
        assert word in folded[1]


def test_what_is_shared_is_a_picture_with_words(parliament: Parliament) -> None:
    number = published(parliament)
    page = parliament.site().get(f"/publicaties/{number}").text
    meta = dict(re.findall(r'<meta property="og:([\w:]+)" content="([^"]*)">', page))
    assert meta["image"] == f"http://testserver/publicaties/{number}.png"
    assert (meta["image:width"], meta["image:height"]) == ("1200", "630")
    assert meta["image:alt"].startswith("Demonstratie: verzonnen. Oordeel van de organisaties: ")
    answer = parliament.site().client.get(f"/publicaties/{number}.png")
    sealed = reading.get_publication(parliament.desk, number).publication.document
    assert answer.content == render_card(sealed, demonstration=True)
    assert answer.content != render_card(sealed)
    assert answer.headers["content-type"] == "image/png"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.content.startswith(b"\x89PNG")
    again = parliament.site().client.get(
        f"/publicaties/{number}.png", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert again.status_code == 304


def test_what_was_not_published_has_no_picture(parliament: Parliament) -> None:
    confidential = parliament.scan("99007", None)
    for site in (parliament.site(), parliament.site("C. de Planner")):
        assert site.get(f"/publicaties/{confidential}-v1.png").status_code == 404
