"""OpenDocument, official XML, PDF and plain text."""

from __future__ import annotations

import io

import pikepdf
import pytest
import typst

from tests.adapters.documents.files import odt
from uitvoeringsscan.adapters.documents import DocumentProblem, Limits, read_document
from uitvoeringsscan.amendments.parsing import parse


def pdf(source: str) -> bytes:
    return typst.compile(source.encode(), format="pdf")  # type: ignore[no-any-return]


def test_odt_paragraphs_lists_tables_and_notes() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>weg</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        "<text:h>Nr. 5</text:h><text:p>A<text:tab/>B<text:s "
        "text:c='2'/>C<text:line-break/><text:span>D</text:span></text:p>"
        "<text:list><text:list-item><text:p>eerste</text:p></text:list-item><text:list-item><text:p>tweede</text:p><text:p>vervolg</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Jaar</text:p></table:table-cell><table:table-cell><text:p>2030</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>NR. "
        "69<text:"
        "note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>Vervanging.</text:p></text:note-body></text:note> slot</text:p>"
    )
    assert (
        read_document(odt(body), "a.odt")
        == "Nr. 5\nA B  C\nD\n• eerste\n• tweede\nvervolg\nJaar | 2030\nNR. 69 [1] slot\n\n[1] Vervanging."
    )


OFFICIAL = """<?xml version="1.0" encoding="UTF-8"?>
<kamerstuk><metadata><meta name="x">verborgen</meta></metadata>
<kamerstukkop><tekstregel inhoud="kamer">Tweede Kamer der Staten-Generaal</tekstregel>
<tekstregel inhoud="vergaderjaar">Vergaderjaar 2030–2031</tekstregel></kamerstukkop>
<dossier><dossiernummer><dossiernr>39 812</dossiernr> <begrotingshoofdstuk>XV</begrotingshoofdstuk>
</dossiernummer><titel>Regels over
  regen (Regenwet)</titel></dossier>
<stuk><stuknr>Nr. <ondernummer>12</ondernummer></stuknr><titel>GEWIJZIGD AMENDEMENT VAN HET LID JANSEN TER VERVANGING VAN
  DAT GEDRUKT ONDER NR. 6<noot
 id="n1"><noot.nr>1</noot.nr><noot.al>Vervanging in verband met een wijziging.</noot.al></noot></titel>
<datumtekst>Ontvangen 5 februari 2031</datumtekst>
<algemeen><vrije-tekst><tekst><al>De ondergetekende stelt het volgende amendement voor:</al></tekst></vrije-tekst>
<vrije-tekst><divisie><kop><nr>I</nr></kop><tekst>
<al>In artikel 3 wordt «twee» vervangen door «<nadruk type="vet">drie</nadruk>».</al>
</tekst></divisie>
<divisie><kop><nr>II</nr></kop><tekst><al>Aan artikel 4 worden twee leden toegevoegd, luidende:</al>
<lijst><li><li.nr>3.</li.nr><al>Het college meet.</al></li><li><li.nr>4.</li.nr>
<al>Het college meldt.</al></li></lijst></tekst></divisie>
<divisie><kop><titel>Toelichting</titel></kop><tekst><al>Dit amendement regelt
  iets.</al><table><tgroup><tbody><row><entry><al>Jaar</al></entry><entry>
<al>2031</al></entry></row></tbody></tgroup></table></tekst></divisie>
</vrije-tekst></algemeen><ondertekening><naam><achternaam>Jansen</achternaam></naam></ondertekening></stuk></kamerstuk>"""


def test_official_xml_reads_as_it_is_printed() -> None:
    text = read_document(OFFICIAL.encode(), "kst-39812-XV-12.xml")
    assert text.split("\n") == [
        "Tweede Kamer der Staten-Generaal",
        "Vergaderjaar 2030–2031",
        "39 812 XV Regels over regen (Regenwet)",
        "Nr. 12 GEWIJZIGD AMENDEMENT VAN HET LID JANSEN TER VERVANGING VAN DAT GEDRUKT ONDER NR. 6 [1]",
        "Ontvangen 5 februari 2031",
        "De ondergetekende stelt het volgende amendement voor:",
        "I",
        "In artikel 3 wordt «twee» vervangen door «drie».",
        "II",
        "Aan artikel 4 worden twee leden toegevoegd, luidende:",
        "3. Het college meet.",
        "4. Het college meldt.",
        "Toelichting",
        "Dit amendement regelt iets.",
        "Jaar | 2031",
        "Jansen",
        "[1] Vervanging in verband met een wijziging.",
    ]


def test_official_xml_parses_to_the_end() -> None:
    text = read_document(OFFICIAL.encode(), None)
    parsed = parse(text)
    assert parsed.replaces is not None
    assert (parsed.replaces.value, [part.number for part in parsed.instructions]) == ("6", ["I", "II"])
    assert [person.value for person in parsed.submitters] == ["Jansen"]


def test_other_xml_is_refused() -> None:
    with pytest.raises(DocumentProblem) as caught:
        read_document(
            b"<?xml version='1.0'?><metadata_gegevens><metadata name='a' content='b'/></metadata_gegevens>", "a.xml"
        )
    assert caught.value.code == "bestand-andere-xml"


def test_pdf_text_of_all_pages() -> None:
    data = pdf(
        '#set text(lang: "nl")\nNr. 12 AMENDEMENT VAN HET LID JANSEN\n\nIn artikel 3 wordt «twee» '
        "vervangen.\n#pagebreak()\nToelichting é €"
    )
    lines = [line for line in read_document(data, "a.pdf").split("\n") if line]
    assert lines == ["Nr. 12 AMENDEMENT VAN HET LID JANSEN", "In artikel 3 wordt «twee» vervangen.", "Toelichting é €"]


def test_a_word_that_a_printed_line_split_is_whole_again() -> None:
    source = (
        '#set text(lang: "nl", hyphenate: true)\n#set page(width: 5cm)\n#set par(justify: true)\nDe '
        "arbeidsongeschiktheidsverzekering van Van Smit-Jansenoverdenheuvel"
    )
    text = read_document(pdf(source), "a.pdf")
    assert "arbeidsongeschiktheidsverzekering" in text
    assert "Smit-Jansen" in text


def test_pdf_with_a_password_with_too_many_pages_and_without_text() -> None:
    plain = pdf("tekst #pagebreak() tekst #pagebreak() tekst")
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as document:
        document.save(locked, encryption=pikepdf.Encryption(user="geheim", owner="geheim"))
    for data, limits, code in (
        (locked.getvalue(), Limits(), "bestand-versleuteld"),
        (plain, Limits(pages=2), "bestand-te-lang"),
        (pdf("#rect()"), Limits(), "bestand-zonder-tekst"),
        (plain[:400], Limits(), "bestand-beschadigd"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 50, Limits(), "bestand-beschadigd"),
    ):
        with pytest.raises(DocumentProblem) as caught:
            read_document(data, "a.pdf", limits=limits)
        assert caught.value.code == code


def heavy(content: bytes) -> bytes:
    """A small PDF whose one page has this content, packed."""
    target = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        page.Contents = document.make_stream(content)
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(
                F=pikepdf.Dictionary(
                    Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
                )
            )
        )
        document.save(target, compress_streams=True)
    return target.getvalue()


def test_a_pdf_that_asks_too_much_memory_or_time_is_stopped_outside_the_service() -> None:
    data = heavy(b"BT /F 9 Tf (a) Tj ET " * 4_000_000)
    assert len(data) < 1_000_000
    for limits in (Limits(pdf_memory=120_000_000), Limits(pdf_seconds=1)):
        with pytest.raises(DocumentProblem) as caught:
            read_document(data, "a.pdf", limits=limits)
        assert caught.value.code in {"bestand-beschadigd", "bestand-te-traag"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_plain_text_in_the_usual_encodings(encoding: str) -> None:
    assert read_document("«één» – € 5\r\nregel\rslot".encode(encoding), "a.txt") == "«één» – € 5\nregel\nslot"
