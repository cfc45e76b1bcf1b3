"""What holds for every text, also for one that is no amendment at all."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitvoeringsscan.amendments.amendment import Found, ParsedAmendment, Source, Span
from uitvoeringsscan.amendments.laws import LawIndex, LawName
from uitvoeringsscan.amendments.parsing import parse
from uitvoeringsscan.amendments.wire import to_wire

INDEX = LawIndex.of(
    [LawName(name="Wet dieren", bwb="BWBR0000001", aliases=("Wd",)), LawName(name="Gaswet", bwb="BWBR0000002")]
)

_HEADS = (
    "39 812 XV|39 812|Nr. 12|nr. 691|AMENDEMENT VAN HET LID JANSEN C.S.|TER VERVANGING VAN DAT GEDRUKT ONDER NR. "
    "81|subamendement|"
    "gewijzigd|Ontvangen 5 februari 2024|Ontvangen 99 mei 0000|De ondergetekende stelt het volgende amendement voor:|"
    "Vergaderjaar 2030–2031|kst-39812-4|Dossier: 39812|Indiener(s): A (B), C"
).split("|")
_BODIES = (
    "I|II|IIa|0I|V|A|1.|2.|In artikel I, onderdeel B, wordt|«twee»|«|»|vervangen door:|luidende:|komt te luiden:|"
    "als volgt gewijzigd:|"
    "Artikel 3|het tweede lid|vervalt.|begrotingsstaat|uitgavenbedrag verhoogd|€ 5|de Gaswet|Wet op de|Wetboek van|"
    "(Wet X 20..)|“|”"
).split("|")
_NOTES = "Toelichting|Dit amendement regelt dat de Wet dieren geldt.|Jansen Van der Meer|Naar boven|X Noot".split("|")
_SIGNS = [
    "\ud800",
    "\x00",
    "\u202e",
    "\u00a0",
    "\t",
    "\r\n",
    "\r",
    "\n",
    "\n\n",
    "\u2028",
    "   ",
    "İ",
    "ß",
    "•",
    '"',
    " ",
]
_SCRAPS = st.sampled_from([*_HEADS, *_BODIES, *_NOTES, *_SIGNS])
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(_SCRAPS, max_size=60).map(" ".join),
    st.lists(_SCRAPS, max_size=60).map("\n".join),
    st.lists(_SCRAPS, max_size=60).map("".join),
)
TITLES = st.one_of(st.none(), st.lists(_SCRAPS, max_size=8).map(" ".join))


def spans(parsed: ParsedAmendment) -> list[Span]:
    found: list[Found[str] | None] = [
        parsed.dossier_number,
        parsed.dossier_suffix,
        parsed.paper_number,
        parsed.kind,
        parsed.replaces,
    ]
    places = [value.span for value in (*found, parsed.title, parsed.received, *parsed.submitters) if value is not None]
    places += [parsed.note, *(part.span for part in parsed.instructions)]
    places += [quote for part in parsed.instructions for quote in part.quoted]
    places += [law.span for law in parsed.laws if law.source is not Source.TITLE]
    return [place for place in places if place is not None]


@given(TEXTS, TITLES)
def test_every_place_exists_and_every_value_is_what_stands_there(text: str, title: str | None) -> None:
    parsed = parse(text, INDEX, title)
    assert all(0 <= span.begin < span.end <= len(text) for span in spans(parsed))
    for found in (parsed.dossier_number, parsed.dossier_suffix, parsed.paper_number, parsed.replaces):
        if found is not None:
            assert found.span is not None
            assert "".join(found.span.quote(text).split()) == found.value
    shown = parsed.title.value if parsed.title else ""
    assert all(0 <= law.span.begin < law.span.end <= len(shown) for law in parsed.laws if law.source is Source.TITLE)


@pytest.mark.parametrize(
    "scrap",
    [
        "I\n",
        "«",
        "Wet op de ",
        "AMENDEMENT VAN HET LID ",
        "1. In artikel 1 wordt luidende:\n",
        "eerste, ",
        "ter vervanging van ",
    ],
)
def test_long_repeats_are_read_too(scrap: str) -> None:
    text = scrap * (100_000 // len(scrap))
    parsed = parse(text, INDEX)
    assert all(0 <= span.begin < span.end <= len(text) for span in spans(parsed))


@given(TEXTS)
def test_parts_are_in_order_and_hold_their_quotes(text: str) -> None:
    parsed = parse(text, INDEX)
    parts = parsed.instructions
    assert all(one.span.end <= two.span.begin for one, two in pairwise(parts))
    if parsed.note is not None and parts:
        assert parts[-1].span.end <= parsed.note.begin
    for part in parts:
        inside = part.quoted
        assert all(part.span.begin <= quote.begin and quote.end <= part.span.end for quote in inside)
        assert all(one.end <= two.begin for one, two in pairwise(inside))


@given(TEXTS, TITLES)
def test_storage_and_wire(text: str, title: str | None) -> None:
    parsed = parse(text, INDEX, title)
    wire = to_wire(parsed, text)
    assert json.loads(json.dumps(wire)) == wire
    assert [part["tekst"] for part in wire["wijzigingen"]] == [
        text[part["begin"] : part["einde"]] for part in wire["wijzigingen"]
    ]
