"""Open data, each form read back by a reader of its own: feed, table, sitemap, catalogue, cards, signatures and keys."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote
from urllib.robotparser import RobotFileParser

import pytest
from defusedxml import ElementTree
from starlette.testclient import TestClient

from tests.support.desk import COORDINATOR, VOTE, World, opened
from tests.support.open_web import SITE, reader_of
from uitvoeringsscan.adapters.signature_check import ed25519
from uitvoeringsscan.people.people import SERVICE
from uitvoeringsscan.publication.signatures import read_keys, verify_signatures
from uitvoeringsscan.use_cases import coordinating, signing_keys

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
EVIL = '</script><script>alert("x")</script> =1+1 & <b>ëen</b>'


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    """Three amendments: one published and corrected, one of a budget with a hostile title, one not published."""
    with opened(sqlite_url) as made:
        scan = made.published()
        made.clock.forward(hours=1)
        coordinating.start_correction(made.desk, COORDINATOR, scan, None, "Een bedrag was fout.")
        made.publish(scan)
        made.clock.forward(hours=1)
        made.published("svb", title=EVIL, dossier_number="99002", dossier_suffix="XV", paper_number="25", vote=None)
        made.routed(paper_number="77", title="Nog niet klaar")
        yield made


@pytest.fixture
def reader(world: World) -> TestClient:
    return reader_of(world)


def numbers(world: World) -> list[str]:
    """Every publication, newest first."""
    return [number for number, _ in reversed(world.chain())]


# --- the feed: RFC 4287, RFC 3339, RFC 4151, RFC 5005 ---------------------------------------------------------------


def feed(answer: Any) -> Any:
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml"
    return ElementTree.fromstring(answer.content)


def links(element: Any, relation: str) -> list[tuple[str, str]]:
    return [
        (link.get("type"), link.get("href")) for link in element.findall(f"{ATOM}link") if link.get("rel") == relation
    ]


def words(element: Any, name: str) -> str:
    (found,) = element.findall(ATOM + name)  # each of these is there exactly once
    assert found.text
    return str(found.text)


def test_the_feed_holds_every_publication_newest_first(world: World, reader: TestClient) -> None:
    root = feed(reader.get("/publicaties.atom"))
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    assert [words(entry, "id") for entry in entries] == [
        f"tag:testserver,2026:publicatie:{number}" for number in numbers(world)
    ]
    for element in (root, *entries):
        assert datetime.fromisoformat(words(element, "updated")).tzinfo is not None
        assert words(element, "title")
    assert words(root, "updated") == words(entries[0], "updated")
    assert re.fullmatch(r"tag:testserver,2026:[a-z]+", words(root, "id"))
    assert words(root.find(f"{ATOM}author"), "name") == "Uitvoeringsscan"
    assert links(root, "self") == [("application/atom+xml", f"{SITE}/publicaties.atom")]
    assert links(root, "next") == []


def test_every_link_of_the_feed_leads_somewhere_of_that_kind(world: World, reader: TestClient) -> None:
    root = feed(reader.get("/publicaties.atom"))
    for element in (root, *root.findall(f"{ATOM}entry")):
        kinds = [kind for kind, _ in links(element, "alternate")]
        assert len(kinds) == len(set(kinds)), "RFC 4287: no two alternates of one type"
        for link in element.findall(f"{ATOM}link"):
            answer = reader.get(link.get("href").removeprefix(SITE))
            assert answer.status_code == 200
            assert answer.headers["content-type"].partition(";")[0] == link.get("type")


def test_a_correction_is_an_entry_of_its_own_that_names_the_one_before(world: World, reader: TestClient) -> None:
    entries = feed(reader.get("/publicaties.atom")).findall(f"{ATOM}entry")
    _, second, first = entries
    assert words(second, "title").startswith("Rectificatie: ")
    assert "Een bedrag was fout." in words(second, "summary")
    assert links(second, "predecessor-version") == [("text/html", f"{SITE}/publicaties/{numbers(world)[2]}")]
    assert links(first, "predecessor-version") == []
    assert not words(first, "title").startswith("Rectificatie")


def test_an_entry_never_changes(world: World, reader: TestClient) -> None:
    before = [ElementTree.tostring(e) for e in feed(reader.get("/publicaties.atom")).findall(f"{ATOM}entry")]
    world.clock.forward(days=30)
    world.published(paper_number="16")
    after = [ElementTree.tostring(e) for e in feed(reader_of(world).get("/publicaties.atom")).findall(f"{ATOM}entry")]
    assert after[1:] == before


def test_the_feed_goes_on_in_pages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uitvoeringsscan.web.open_data.FEED_PAGE", 2)
    reader = reader_of(world)
    root = feed(reader.get("/publicaties.atom"))
    ids = [words(entry, "id") for entry in root.findall(f"{ATOM}entry")]
    ((_, following),) = links(root, "next")
    second = feed(reader.get(following.removeprefix(SITE)))
    assert links(second, "self") == [("application/atom+xml", following)]
    assert links(second, "next") == []
    ids += [words(entry, "id") for entry in second.findall(f"{ATOM}entry")]
    assert [i.rsplit(":", 1)[1] for i in ids] == numbers(world)
    assert reader.get("/publicaties.atom?voor=0").status_code == 400
    assert reader.get(f"/publicaties.atom?voor={2**70}").status_code == 400


def test_a_feed_without_entries_is_a_feed(sqlite_url: str) -> None:
    with opened(sqlite_url) as empty:
        reader = reader_of(empty)
        root = feed(reader.get("/publicaties.atom"))
        assert root.findall(f"{ATOM}entry") == []
        assert datetime.fromisoformat(words(root, "updated"))
        assert len(list(csv.reader(io.StringIO(reader.get("/publicaties.csv").text)))) == 1
        assert "dct:modified" not in reader.get("/dataset.jsonld").json()


def test_the_feed_of_a_demonstration_says_so(world: World) -> None:
    assert "verzonnen" in words(feed(reader_of(world, demonstration=True).get("/publicaties.atom")), "subtitle")


# --- the table: RFC 4180 ----------------------------------------------------------------------------------------------


def test_the_table_says_what_the_documents_say(world: World, reader: TestClient) -> None:
    answer = reader.get("/publicaties.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.content.count(b"\n") == answer.content.count(b"\r\n") == len(numbers(world)) + 1
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert [row["nummer"] for row in rows] == numbers(world)
    for row in rows:
        document = reader.get(f"/publicaties/{row['nummer']}.json").json()
        assert row["adres"] == f"{SITE}/publicaties/{row['nummer']}"
        assert row["sha256"] == document["sha256"]
        assert row["titel"] == document["amendement"]["titel"]
        assert row["oordeel"] == (document["oordeel"] or "")
        levels = {line["dimensie"]: line["niveau"] for line in document["impactbeeld"]}
        assert {name: row[name] for name in levels} == {n: "" if v is None else str(v) for n, v in levels.items()}
        costs = document["kosten"]["incidenteel"]
        assert row["kostenIncidenteelHoog"] == ("" if costs is None else str(costs["hoog"]))
        assert row["gevraagd"].split() == [agency["code"] for agency in document["organisaties"]]
        assert row["volledig"] == ("ja" if document["volledig"] else "nee")
    assert (rows[0]["dossiernummer"], rows[0]["toevoeging"], rows[0]["stemming"]) == ("99002", "XV", "")
    assert datetime.fromisoformat(rows[1]["stemming"]) == VOTE


# --- sitemap, robots, catalogue ---------------------------------------------------------------------------------------


def test_the_sitemap_names_pages_that_are_there(world: World, reader: TestClient) -> None:
    answer = reader.get("/sitemap.xml")
    assert answer.headers["content-type"] == "application/xml"
    root = ElementTree.fromstring(answer.content)
    assert root.tag == f"{MAP}urlset"
    places = [url.find(f"{MAP}loc").text for url in root]
    assert len(places) == len(set(places))
    for place in places:
        page = reader.get(place.removeprefix(SITE))
        assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8"), place
    assert {f"{SITE}/publicaties/{number}" for number in numbers(world)} < set(places)
    moments = [url.find(f"{MAP}lastmod").text for url in root if url.find(f"{MAP}lastmod") is not None]
    assert len(moments) == len(numbers(world))
    assert all(datetime.fromisoformat(moment).tzinfo for moment in moments)
    assert {child.tag for url in root for child in url} == {f"{MAP}loc", f"{MAP}lastmod"}


def test_search_engines_stay_out_of_what_is_private_and_of_a_demonstration(world: World, reader: TestClient) -> None:
    def rules(client: TestClient) -> RobotFileParser:
        parser = RobotFileParser()
        parser.parse(client.get("/robots.txt").text.splitlines())
        return parser

    real = rules(reader)
    assert real.can_fetch("*", f"{SITE}/publicaties/{numbers(world)[0]}")
    assert not any(real.can_fetch("*", SITE + path) for path in ("/inloggen", "/mijn-scans/2026-0001", "/coordinatie"))
    assert real.site_maps() == [f"{SITE}/sitemap.xml"]
    assert not rules(reader_of(world, demonstration=True)).can_fetch("*", f"{SITE}/publicaties")


def test_the_catalogue_describes_what_is_there(world: World, reader: TestClient) -> None:
    answer = reader.get("/dataset.jsonld")
    assert answer.headers["content-type"] == "application/ld+json"
    dataset = answer.json()
    assert dataset["@type"] == "dcat:Dataset"
    assert datetime.fromisoformat(dataset["dct:modified"]["@value"]) == world.clock.now()
    for part in dataset["dcat:distribution"]:
        found = reader.get(part["dcat:accessURL"]["@id"].removeprefix(SITE))
        assert found.status_code == 200
        assert part["dcat:mediaType"]["@id"].endswith(found.headers["content-type"].partition(";")[0])
    known = set(dataset["@context"])
    names = set(re.findall(r'"([a-z]+):[a-zA-Z]+"', answer.text))
    assert names == known, "every prefix is declared, and none for nothing"


# --- what the page of a publication says to programs ------------------------------------------------------------------


class Head(HTMLParser):
    """Links and data blocks of a page, as a browser takes them apart."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[dict[str, str | None]] = []
        self.scripts: list[dict[str, str | None]] = []
        self.data = ""
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "link":
            self.links.append(dict(attrs))
        self._inside = tag == "script"
        if self._inside:
            self.scripts.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.data += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = False


def test_the_page_describes_itself_as_a_report_about_legislation(world: World, reader: TestClient) -> None:
    number = numbers(world)[0]
    head = Head(reader.get(f"/publicaties/{number}").text)
    assert head.scripts == [{"type": "application/ld+json"}], "the title could not end the block and begin another"
    described = json.loads(head.data)
    assert (described["@context"], described["@type"]) == ("https://schema.org", "Report")
    assert described["about"]["@type"] == "Legislation"
    assert described["about"]["name"] == EVIL
    assert described["about"]["legislationIdentifier"] == "99002-XV, nr. 25"
    assert described["url"] == f"{SITE}/publicaties/{number}"
    assert [agency["identifier"] for agency in described["contributor"]] == ["svb"]
    for form in described["encoding"]:
        answer = reader.get(form["contentUrl"].removeprefix(SITE))
        assert (answer.status_code, answer.headers["content-type"]) == (200, form["encodingFormat"])


def test_the_page_names_its_address_and_its_other_forms(world: World, reader: TestClient) -> None:
    number = numbers(world)[0]
    head = Head(reader.get(f"/publicaties/{number}").text)
    by_relation = {(link.get("rel"), link.get("type")): link.get("href") for link in head.links}
    assert by_relation["canonical", None] == f"{SITE}/publicaties/{number}"
    for place in ("application/atom+xml", "application/json", "application/json+oembed"):
        href = str(by_relation["alternate", place]).removeprefix(SITE)
        assert reader.get(href).status_code == 200
    assert reader.get(str(by_relation["describedby", "application/jose"])).status_code == 200


# --- cards for other sites --------------------------------------------------------------------------------------------


def test_only_the_card_may_be_shown_inside_another_site(world: World, reader: TestClient) -> None:
    number = numbers(world)[0]
    card = reader.get(f"/publicaties/{number}/fragment")
    assert card.status_code == 200
    assert "frame-ancestors *" in card.headers["content-security-policy"]
    assert "script-src" not in card.headers["content-security-policy"]
    assert "default-src 'none'" in card.headers["content-security-policy"]
    assert "x-frame-options" not in card.headers
    assert "<script" not in card.text
    assert " style=" not in card.text
    others = ("/", "/publicaties", f"/publicaties/{number}", f"/publicaties/{number}.json", "/controleren", "/inloggen",
              f"/publicaties/{number}/fragment/", "/publicaties/2026-0000-v1/fragment")  # fmt: skip
    for path in others:
        headers = reader.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert headers["x-frame-options"] == "DENY", path


def test_the_card_says_the_verdict_and_what_has_become_of_it(world: World, reader: TestClient) -> None:
    newest, correction, first = numbers(world)
    page = reader.get(f"/publicaties/{correction}/fragment").text
    assert "Oordeel van de organisaties" in page
    assert "geen standpunt van het kabinet" in page
    assert "Een bedrag was fout." in page
    assert f"nieuwere versie van deze publicatie: {correction}" in reader.get(f"/publicaties/{first}/fragment").text
    assert "&lt;script&gt;" in reader.get(f"/publicaties/{newest}/fragment").text
    assert "verzonnen" in reader_of(world, demonstration=True).get(f"/publicaties/{newest}/fragment").text


def test_oembed_gives_the_card(world: World, reader: TestClient) -> None:
    number = numbers(world)[0]
    answer = reader.get(f"/oembed?url={quote(f'{SITE}/publicaties/{number}', safe='')}&maxwidth=400&maxheight=9999")
    assert answer.headers["content-type"] == "application/json"
    card = answer.json()
    assert (card["version"], card["type"], card["title"]) == ("1.0", "rich", EVIL)
    assert (card["width"], card["height"]) == (400, 340)
    frame: dict[str, str | None] = {}

    class Frame(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert (tag, frame) == ("iframe", {}), "one frame and nothing else"
            frame.update(attrs)

    Frame().feed(card["html"])
    assert (frame["width"], frame["height"]) == ("400", "340")
    assert "allow-scripts" not in str(frame["sandbox"])
    assert reader.get(str(frame["src"]).removeprefix(SITE)).status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "", "x", "http://elders.example/publicaties/{}", "https://testserver/publicaties/{}", "//testserver/publicaties/{}",
        "http://testserver@elders.example/publicaties/{}", "http://testserver/publicaties/{}/fragment", "http://[::1",
        "http://testserver/publicaties/2026-0000-v1", "http://testserver/publicaties", "http://testserver/publicaties/%00",
    ],
)  # fmt: skip
def test_oembed_knows_only_publications_of_this_site(world: World, reader: TestClient, url: str) -> None:
    assert reader.get("/oembed", params={"url": url.replace("{}", numbers(world)[0])}).status_code == 404


def test_oembed_speaks_json_only(world: World, reader: TestClient) -> None:
    address = f"{SITE}/publicaties/{numbers(world)[0]}"
    assert reader.get("/oembed", params={"url": address, "format": "xml"}).status_code == 501
    assert reader.get("/oembed", params={"url": address, "maxwidth": "breed"}).status_code == 400


# --- a paper's own address --------------------------------------------------------------------------------------------


def test_a_paper_leads_to_its_newest_publication(world: World, reader: TestClient) -> None:
    newest, correction, _ = numbers(world)
    for path, number in (("99001/14", correction), ("99002-XV/25", newest)):
        answer = reader.get(f"/kamerstukken/{path}")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/publicaties/{number}")
    for path in (
        "99001/77",
        "99002/25",
        "99001-XV/14",
        "99001/1",
        "00000/1",
        "99001/%00",
        "%00/14",
        "99001/%F0%9F%98%80",
    ):
        assert reader.get(f"/kamerstukken/{path}").status_code == 404, path


# --- signatures and keys ----------------------------------------------------------------------------------------------


def test_every_publication_is_checked_with_what_is_public(world: World) -> None:
    signing_keys.rotate(world.desk, SERVICE)
    world.published(paper_number="16")
    reader = reader_of(world)
    keys = reader.get("/.well-known/jwks.json")
    assert keys.headers["content-type"] == "application/jwk-set+json"
    assert len(keys.json()["keys"]) == 2
    assert {frozenset(key) for key in keys.json()["keys"]} == {frozenset({"kty", "crv", "x", "kid", "use", "alg"})}
    signed = []
    for number in numbers(world):
        document = reader.get(f"/publicaties/{number}.json")
        assert document.headers["link"] == f'</publicaties/{number}.jws>; rel="describedby"; type="application/jose"'
        assert reader.get(f"/api/v1/publicaties/{number}").headers["link"] == document.headers["link"]
        signature = reader.get(f"/publicaties/{number}.jws")
        assert signature.headers["content-type"] == "application/jose"
        assert "immutable" in signature.headers["cache-control"]
        signed.append((number, document.content, signature.text))
    assert len(signed) == 4
    assert verify_signatures(signed, read_keys(keys.content), ed25519) == []
    assert reader.get("/publicaties/2026-0000-v1.jws").status_code == 404


@pytest.mark.parametrize(
    "path", ["/publicaties.atom", "/publicaties.csv", "/sitemap.xml", "/dataset.jsonld", "/.well-known/jwks.json"]
)
def test_what_did_not_change_is_not_sent_again(world: World, path: str) -> None:
    first = reader_of(world).get(path)
    if path != "/publicaties.csv":  # sent as it is written, so its tag is not a digest of its bytes
        assert first.headers["etag"] == f'"{hashlib.sha256(first.content).hexdigest()}"'
    assert "public" in first.headers["cache-control"]
    for reader in (reader_of(world), reader_of(world)):
        again = reader.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    world.clock.forward(hours=1)
    world.published(paper_number="16")
    signing_keys.rotate(world.desk, SERVICE)
    changed = reader_of(world).get(path, headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200
