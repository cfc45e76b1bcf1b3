"""Whatever people type comes out of each open form as it went in, and can do nothing there."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from tests.publication_samples import PUBLISHED, amendment, chain, nobody, summary
from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.presentation import feeds, linked_data, publication_table
from uitvoeringsscan.publication.addendum import AddendumKind
from uitvoeringsscan.publication.addendum import seal as seal_beside
from uitvoeringsscan.publication.record import seal
from uitvoeringsscan.publication.summary import TotalCosts

SITE = "https://scan.example"
ATOM = "{http://www.w3.org/2005/Atom}"
typed = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40) | st.sampled_from(
    [
        "]]><x/>",
        "</script>",
        "<!--",
        "=HYPERLINK(1)",
        '"a","b"',
        "\x00\x0b\x1f",
        "\ufffe\uffff",
        "\u2028\u2029",
        "a\r\nb",
    ]
)


def rows(*documents: bytes) -> list[dict[str, str]]:
    written = b"".join(publication_table.table(documents, site=SITE)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(written, newline="")))


def feed(*documents: bytes):
    return ElementTree.fromstring(feeds.atom(documents, site=SITE, demonstration=False, before=None, following=None))


@given(typed)
def test_a_title_comes_out_of_the_table_as_it_went_in_and_is_never_a_formula(title):
    (row,) = rows(seal(summary(amendment=amendment(title=title))).document)
    assert row["titel"] in (title, f"'{title}")
    assert not row["titel"].lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert row["titel"] == title or title.lstrip(" ")[0] in "=+-@\t\r\n＝＋－＠"


@pytest.mark.parametrize("title", ["=1+1", "+31", "-2", "@SOM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1"])
def test_a_formula_gets_an_apostrophe(title):
    assert rows(seal(summary(amendment=amendment(title=title))).document)[0]["titel"] == f"'{title}"


def test_a_number_below_zero_stays_a_number():
    saving = TotalCosts(once={"laag": -5000, "hoog": -1000}, yearly=None, incomplete=())
    (row,) = rows(seal(summary(costs=saving)).document)
    assert (row["kostenIncidenteelLaag"], row["kostenIncidenteelHoog"]) == ("-5000", "-1000")
    assert (row["kostenStructureelLaag"], row["kostenStructureelHoog"]) == ("", "")


def test_where_nobody_was_asked_the_table_is_empty_and_not_zero():
    (row,) = rows(seal(nobody()).document)
    assert {
        row[name] for name in ("oordeel", "it-systemen", "tijdlijn", "gevraagd", "haalbaarVanaf", "fteStructureelLaag")
    } == {""}


@given(typed)
def test_a_title_comes_out_of_the_feed_without_what_xml_cannot_carry(title):
    (entry,) = feed(seal(summary(amendment=amendment(title=title))).document).findall(f"{ATOM}entry")
    shown = entry.find(f"{ATOM}title").text or ""
    sayable = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", title)
    assert shown.replace("\r\n", "\n").replace("\r", "\n") == sayable.replace("\r\n", "\n").replace("\r", "\n")


@given(typed)
def test_the_data_block_holds_what_it_was_given_and_cannot_be_left(title):
    described = linked_data.report(seal(summary(amendment=amendment(title=title))).document, site=SITE)
    written = linked_data.in_script(described)
    assert json.loads(written) == described
    assert described["about"]["name"] == title
    assert not set(written) & set("<>&\u2028\u2029")


def test_only_who_answered_contributed():
    described = linked_data.report(seal(summary()).document, site=SITE)
    assert [agency["identifier"] for agency in described["contributor"]] == ["gemeenten", "cak", "svb"]


def test_a_long_table_comes_in_pieces_and_is_the_same_table():
    (one,) = chain(1)
    read = []

    def documents():
        for number in range(1_201):
            read.append(number)
            yield one.document

    pieces = publication_table.table(documents(), site=SITE)
    first = next(pieces)
    assert len(read) < 600, "all was read before the first line went out"
    whole = first + b"".join(pieces)
    assert len(list(csv.reader(io.StringIO(whole.decode("utf-8-sig"), newline="")))) == 1_202


def test_what_came_later_stands_beside_its_publication_in_the_table_and_in_the_linked_data():
    one, other = chain(2)
    reaction = seal_beside(one, AddendumKind.REACTION, {"tekst": "x"}, at=PUBLISHED, previous=None)
    later = PUBLISHED + timedelta(days=400)
    look = seal_beside(one, AddendumKind.LOOK_BACK, {}, at=later, previous=reaction, agency=AgencyCode("cak"))
    documents = [other.document, one.document]
    written = b"".join(publication_table.table(documents, {one.number: [reaction, look]}, site=SITE))
    table = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert list(table[0])[-3:] == ["adres", "aanvullingen", "nieuwsteAanvulling"]
    assert [(row["aanvullingen"], row["nieuwsteAanvulling"]) for row in table] == [
        ("0", ""),
        ("2", f"{SITE}/aanvullingen/2.json"),
    ]
    beside = linked_data.report(one.document, [reaction, look], site=SITE)["subjectOf"]
    assert [(part["name"], part["url"]) for part in beside] == [
        (f"Reactie van de indiener bij {one.number}", f"{SITE}/aanvullingen/1.json"),
        (f"Terugblik bij {one.number}", f"{SITE}/aanvullingen/2.json"),
    ]
    assert "creator" not in beside[0]
    assert beside[1]["creator"]["identifier"] == "cak"
    assert "subjectOf" not in linked_data.report(other.document, site=SITE)


def test_a_concept_has_no_paper_to_name():
    concept = amendment(dossier_number=None, paper_number=None, received=None)
    about = linked_data.report(seal(summary(amendment=concept)).document, site=SITE)["about"]
    assert {"legislationIdentifier", "legislationDate"} & set(about) == set()
    (entry,) = feed(seal(summary(amendment=concept)).document).findall(f"{ATOM}entry")
    assert entry.findall(f"{ATOM}category") == []


def test_ids_depend_on_the_host_and_on_nothing_else_of_the_address():
    def ids(site: str) -> list[str]:
        documents = [publication.document for publication in chain(2)]
        root = ElementTree.fromstring(feeds.atom(documents, site=site, demonstration=True, before=7, following=3))
        return [element.text for element in root.iter(f"{ATOM}id")]

    assert ids("http://scan.example:8000") == ids("https://scan.example")
    assert len(set(ids(SITE))) == 3


def test_a_sitemap_never_holds_more_than_is_allowed():
    many = [(f"2026-{at}-v1", PUBLISHED + timedelta(minutes=at)) for at in range(feeds.MOST_ADDRESSES + 10)]
    root = ElementTree.fromstring(feeds.sitemap(many, site=SITE))
    assert len(root) == feeds.MOST_ADDRESSES
    assert len(feeds.sitemap(many, site=SITE)) < 50_000_000
