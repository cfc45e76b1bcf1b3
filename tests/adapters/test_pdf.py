"""The PDF says everything the view says, whatever people typed, and is built as PDF/UA-1 and PDF/A-2a ask."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from typing import Any

import pikepdf
import pypdfium2
import pytest

from tests.publication_samples import FOUR, PUBLISHED, agency, amendment, nobody, silent, summary
from uitvoeringsscan.adapters.pdf import render_pdf, unusual
from uitvoeringsscan.presentation.summary_view import summary_view
from uitvoeringsscan.publication.record import seal
from uitvoeringsscan.publication.summary import ImpactSummary, IntendedPart, Introduction, ReactionPart, SigningPart

SVB = ("svb", "Sociale Verzekeringsbank", "SVB")


def pdf_of(value: ImpactSummary) -> bytes:
    return render_pdf(seal(value).document)


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def squeezed(text: str) -> str:
    """Without what a line break may add or take away."""
    return re.sub(r"[\s\u200b\ufffe\x00]+", "", text)


def texts(value: object, name: str = "") -> set[str]:
    if isinstance(value, dict):
        return {text for key, part in value.items() for text in texts(part, key)}
    if isinstance(value, list | tuple):
        return {text for part in value for text in texts(part, name)}
    return {value} if isinstance(value, str) and value and not name.endswith(("_code", "_iso")) else set()


def sentences(value: ImpactSummary) -> set[str]:
    """Every line of text in the view, but for the short form of a reason, which stands there in full."""
    view = asdict(summary_view(seal(value).document))
    return {line for text in texts(view) for line in text.splitlines() if line.strip()}


def missing(value: ImpactSummary) -> set[str]:
    shown = squeezed(text_of(pdf_of(value)))
    return {line for line in sentences(value) if squeezed(line) not in shown}


# --- what it says ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [summary(), nobody(), summary(version=2, correction="Een bedrag was te laag.")])
def test_every_sentence_of_the_view_is_in_the_pdf(value):
    assert missing(value) == set()


def test_the_first_page_gives_the_answer():
    with pypdfium2.PdfDocument(pdf_of(summary())) as document:
        first = squeezed(document[0].get_textpage().get_text_range())
    view = summary_view(seal(summary()).document)
    for text in (view.title, view.verdict, view.completeness, view.in_time, view.statement, *view.silence):
        assert squeezed(text) in first
    assert all(squeezed(fact.value) in first for fact in view.facts)
    assert squeezed(view.alternatives[0].text) in first


MANY = tuple(agency(f"org-{n}", f"Organisatie met een lange naam {n}", f"Organisatie {n}") for n in range(28))
LONG = "Wijziging van de Algemene wet inkomensafhankelijke regelingen en enige andere wetten (Wet voorbeeld). "


@pytest.mark.parametrize(
    "value",
    [
        summary(agencies=MANY),
        summary(amendment=amendment(title=LONG * 12)),
        summary(agencies=(*FOUR, *MANY), amendment=amendment(title=LONG * 6)),
        summary(agencies=tuple(silent(a.code, a.name, a.short_name) for a in MANY)),
    ],
    ids=["many", "long-title", "both", "all-silent"],
)
def test_the_first_page_gives_the_whole_answer_however_much_there_is(value):
    view = summary_view(seal(value).document)
    with pypdfium2.PdfDocument(pdf_of(value)) as document:
        pages = [squeezed(page.get_textpage().get_text_range()) for page in document]
    for text in (view.title, view.verdict, view.completeness, view.in_time, view.statement, *view.heat.worst_lines):
        assert squeezed(text) in pages[0]
    assert squeezed("Per organisatie") not in pages[0]


def test_what_does_not_fit_whole_on_the_first_page_begins_on_the_next():
    with pypdfium2.PdfDocument(pdf_of(summary())) as document:
        first, second = (squeezed(document[at].get_textpage().get_text_range()) for at in (0, 1))
    for heading in ("Wanneer kan het?", "Wat kost het?", "Wie is gevraagd, en waarom?"):
        assert (squeezed(heading) in first) != (squeezed(heading) in second)
    assert not first.endswith(squeezed("Wanneer kan het?"))


def test_the_submitters_reaction_the_asked_date_and_the_signature_are_in_it():
    said = Introduction(
        intended=None,
        intended_by=IntendedPart(
            kind="koninklijk-besluit", quote="op een bij koninklijk besluit te bepalen tijdstip", source="wijziging",
            several=True,
        ),
        feasible_from=None,
        decided_by=(),
    )  # fmt: skip
    value = summary(
        introduction=said,
        reaction=ReactionPart(text="Wij kiezen hier zelf voor.\n\nMet reden.", placed_at=PUBLISHED),
        signing=SigningPart(
            key="sleutelnaam", keys_at="https://scan.example/jwks.json", signature_at="https://scan.example/1.jws"
        ),
    )
    assert missing(value) == set()
    shown = squeezed(text_of(pdf_of(value)))
    for text in ("Reactie van de indiener", "woorden van de indiener, niet van de organisaties", "sleutel sleutelnaam"):
        assert squeezed(text) in shown


def test_pages_are_numbered_and_say_which_publication():
    with pypdfium2.PdfDocument(pdf_of(summary())) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    for at, page in enumerate(pages, start=1):
        assert f"Pagina {at} van {len(pages)}" in page
        assert "Publicatie 2026-4821-v1" in page


# --- how it is built -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def opened():
    with pikepdf.open(io.BytesIO(pdf_of(summary()))) as pdf:
        yield pdf


def _tags(element: Any, found: Counter[str]) -> Counter[str]:
    if isinstance(element, pikepdf.Array):
        for child in element:
            _tags(child, found)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        found[str(element["/S"])] += 1
        if "/K" in element:
            _tags(element["/K"], found)
    return found


def test_it_is_tagged_dutch_and_shows_its_title(opened):
    root = opened.Root
    assert bool(root.MarkInfo.Marked)
    assert str(root.Lang).startswith("nl")
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert "/StructTreeRoot" in root
    assert str(opened.docinfo["/Title"]).startswith("Mantelzorgtoeslag automatisch toekennen")


def test_it_claims_both_standards(opened):
    with opened.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["dc:title"].startswith("Mantelzorgtoeslag automatisch toekennen")


def test_tables_have_header_cells_and_headings_follow_each_other(opened):
    tags = _tags(opened.Root.StructTreeRoot.K, Counter())
    tables = 3 + sum(bool(a.trace) for a in FOUR)
    assert tags["/Table"] == tables
    assert tags["/TH"] == 7 + 5 + 4 * (tables - 2)
    assert tags["/Title"] == 1
    assert tags["/H1"] >= 6
    assert tags["/H2"] >= len(FOUR)


def test_every_font_is_embedded_and_can_be_read_back(opened):
    fonts = [obj for obj in opened.objects if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/Font"]
    outer = [font for font in fonts if font.Subtype == "/Type0"]
    assert outer
    assert all("/ToUnicode" in font for font in outer)
    for font in outer:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def test_its_only_time_is_that_of_the_publication(opened):
    with opened.open_metadata() as metadata:
        assert datetime.fromisoformat(metadata["xmp:CreateDate"]) == PUBLISHED
        assert datetime.fromisoformat(metadata["xmp:ModifyDate"]) == PUBLISHED


def test_only_the_fonts_it_brings_are_used():
    """A font that happens to be on one machine (DejaVu Sans has Tifinagh) would give other bytes there."""
    with pikepdf.open(io.BytesIO(pdf_of(everywhere("een ⵣ hier")))) as pdf:
        names = {str(obj.BaseFont) for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and "/BaseFont" in obj}
    families = {re.sub(r"^/[A-Z]{6}\+", "", name).split("-")[0] for name in names}
    assert families <= {"LibertinusSerif", "NewCM10", "NewCMMath", "DejaVuSansMono"}


def test_the_same_document_gives_the_same_bytes():
    document = seal(summary()).document
    first = render_pdf(document)
    render_pdf(seal(nobody()).document)
    assert render_pdf(document) == first


# --- what people type ------------------------------------------------------------------------------------------------

NASTY = {
    "markup": '#read("/etc/passwd") *vet* _schuin_ $x^2$ <label> @bron `code` = kop',
    "escapes": 'achter\\slash \\u{41} "aanhaling" #{1+1} [haakjes] // geen commentaar /* ook niet */',
    "marks": "ë é ñ ß € ≥ ✓ – — … “ ” ‘ ’ • · − × ½ ²",
    "lines": "eerste regel\r\ntweede regel\r\rderde\u2028vierde\tna een tab",
}


def everywhere(text: str) -> ImpactSummary:
    """The text in every field that people fill in."""
    said = agency(
        *SVB,
        changes=text,
        conditions=(text,),
        alternative=text,
        price_of_date=text,
        assumptions=text,
        reason=text,
        ask_instead=text,
        explanations=tuple(e.model_copy(update={"text": text}) for e in agency(*SVB).explanations),
        dimensions=tuple(d.model_copy(update={"explanation": text}) for d in agency(*SVB).dimensions),
        why_asked=tuple(e.model_copy(update={"quote": text}) for e in agency(*SVB).why_asked),
    )
    quiet = silent("uwv", "Uitvoeringsinstituut Werknemersverzekeringen", "UWV", closed_because=text)
    base = summary()
    return summary(
        agencies=(said, quiet),
        correction=text,
        version=2,
        amendment=amendment(title=text, text=text),
        routing=base.routing.model_copy(update={"explanation": text}),
    )


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_whatever_is_typed_is_text(text):
    assert missing(everywhere(text)) == set()


@pytest.mark.parametrize(
    "text", ["漢字 en 語", "een 🎉 en 👩\u200d👧", "\x01\x02", "\ue000", "\U0010ffff", "a\u0301\u0323\u0489", "אב גד"]
)
def test_characters_without_a_glyph_are_named_and_never_lost(text):
    shown = squeezed(text_of(pdf_of(everywhere(f"uw 1e {{voor}} {text} u1 na"))))
    assert "uw1e{voor}" in shown
    assert "u1na" in shown
    for character in text:
        if not character.isspace() and character not in "\u200d":
            assert character in shown or f"[U+{ord(character):04X}]" in shown


def test_thousands_of_unknown_characters_are_no_way_to_keep_the_press_busy():
    text = "".join(chr(0x4E00 + at) for at in range(3000))
    shown = squeezed(text_of(pdf_of(summary(amendment=amendment(text=text)))))
    assert "[U+4E00]" in shown
    assert f"[U+{0x4E00 + 2999:04X}]" in shown


@pytest.mark.parametrize(
    "word", ["a" * 3000, "Hottentottententententoonstelling" * 9, "https://voorbeeld.example/" + "pad/" * 80]
)
def test_a_word_no_line_can_hold_stays_within_the_page(word):
    pdf = pdf_of(everywhere(word))
    assert word in squeezed(text_of(pdf))
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            width, text = page.get_width(), page.get_textpage()
            assert all(text.get_rect(at)[2] <= width for at in range(text.count_rects()))


def test_what_is_kept_when_everything_unusual_is_replaced_can_always_be_shown():
    """The last resort must not fail itself: every character it keeps has a glyph in every weight that is used."""
    kept = "".join(chr(code) for code in range(0x20, 0x3000) if not unusual(chr(code)))
    assert len(kept) > 300
    assert "[U+" not in text_of(pdf_of(everywhere(kept)))


def test_twenty_agencies_fit_and_keep_their_own_words():
    many = tuple(
        agency(
            f"organisatie-{at}",
            f"Uitvoerende Organisatie Nummer {at}",
            f"Organisatie {at}",
            conditions=(f"Voorwaarde {at}.",),
        )
        for at in range(20)
    )
    assert missing(summary(agencies=many)) == set()


def test_what_is_no_publication_is_refused():
    with pytest.raises(ValueError, match="validation error"):
        render_pdf(b"{}")
