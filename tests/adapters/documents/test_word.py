"""Word files: what counts as text, and in which order."""

from __future__ import annotations

import pytest

from tests.adapters.documents.files import W, docx, p
from uitvoeringsscan.adapters.documents import read_document


def read(data: bytes) -> str:
    return read_document(data, "amendement.docx")


def test_paragraphs_tabs_and_breaks() -> None:
    body = p("Nr. 5") + "<w:p><w:r><w:t>A</w:t><w:tab/><w:t>B</w:t><w:br/><w:t>C&amp;D</w:t></w:r></w:p>" + p("")
    assert read(docx(body)) == "Nr. 5\nA B\nC&D\n"


def test_tracked_changes_are_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>Het </w:t></w:r><w:del><w:r><w:delText>oude</w:delText><w:t>oude</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>nieuwe</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>weg</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t> lid</w:t></w:r></w:moveTo></w:p>"
    )
    assert read(docx(body)) == "Het nieuwe lid"


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    first = p("Het eerste", "<w:rPr><w:del w:id='1'/></w:rPr>")
    assert read(docx(first + p(" en tweede lid") + p("slot"))) == "Het eerste en tweede lid\nslot"


def test_hidden_text_fields_and_the_second_copy_of_a_text_box_are_left_out() -> None:
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>verborgen</w:t></w:r><w:r><w:instrText>PAGE</w:instrText><w:t>zichtbaar</w:t></w:r></w:p>"
        "<w:p><w:r><AlternateContent><Choice><txbxContent>"
        + p("kader")
        + "</txbxContent></Choice><Fallback>"
        + p("kader")
        + "</Fallback>"
        "</AlternateContent></w:r></w:p>"
    )
    text = read(docx(body))
    assert text.split() == ["zichtbaar", "kader"]


def test_tables_go_row_by_row() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in cells) + "</w:tr>"

    assert (
        read(docx(f"<w:tbl>{row('Jaar', '2030')}{row('', 'alleen')}{row('', '')}</w:tbl>" + p("na")))
        == "Jaar | 2030\nalleen\nna"
    )


def test_footnotes_stand_below_and_do_not_stick_to_a_number() -> None:
    body = "<w:p><w:r><w:t>ONDER NR. 69</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    notes = (
        f"<w:footnotes {W}><w:footnote "
        f"w:id='2'>{p('Vervanging in verband met een wijziging.')}</w:footnote></w:footnotes>"
    )
    assert read(docx(body, footnotes=notes)) == "ONDER NR. 69 [1]\n\n[1] Vervanging in verband met een wijziging."


NUMBERING = f"""<w:numbering {W}>
  <w:abstractNum w:abstractNumId="0">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1"/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
    <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2.%3"/></w:lvl>
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl></w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
  <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
  <w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="4"/></w:lvlOverride></w:num>
</w:numbering>"""


def item(text: str, number: str, level: int) -> str:
    return p(text, f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>")


def test_lists_that_word_numbers_itself() -> None:
    body = (
        item("", "1", 0)
        + item("Eerst", "1", 1)
        + item("Dan", "1", 1)
        + item("diep", "1", 2)
        + item("", "1", 0)
        + item("Weer", "1", 1)
        + item("punt", "2", 0)
        + item("Vierde", "3", 1)
        + item("kaal", "0", 0)
    )
    assert read(docx(body, numbering=NUMBERING)).split("\n") == [
        "I",
        "1. Eerst",
        "2. Dan",
        "2.a diep",
        "II",
        "1. Weer",
        "• punt",
        "4. Vierde",
        "kaal",
    ]


def test_a_style_can_carry_the_list() -> None:
    styles = (
        f"<w:styles {W}><w:style w:styleId='Deel'><w:pPr><w:numPr><w:numId "
        f"w:val='1'/></w:numPr></w:pPr></w:style></w:styles>"
    )
    body = p("Een", "<w:pStyle w:val='Deel'/>") + p("Twee", "<w:pStyle w:val='Deel'/>")
    assert read(docx(body, numbering=NUMBERING, styles=styles)) == "I Een\nII Twee"


@pytest.mark.parametrize("value", ["", "-5", "99999999999", "abc"])
def test_a_strange_number_breaks_nothing(value: str) -> None:
    strange = NUMBERING.replace('<w:start w:val="1"/>', f'<w:start w:val="{value}"/>')
    assert "Eerst" in read(docx(item("Eerst", "1", 0) + item("Tweede", "1", 2), numbering=strange))
