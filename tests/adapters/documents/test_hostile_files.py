"""Files that are wrong, or made to do harm: each is refused with a sentence that helps."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.adapters.documents.files import ODT_TYPE, W, docx, odt, p, packed
from uitvoeringsscan.adapters.documents import DocumentProblem, Limits, read_document
from uitvoeringsscan.adapters.documents.problems import MESSAGES
from uitvoeringsscan.errors import InvalidInput

LAUGHS = (
    "<!DOCTYPE a [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefg", "bcdefgh", strict=True))
    + "]>"
)
OUTSIDE = "<!DOCTYPE a [<!ENTITY h SYSTEM 'file:///etc/hostname'>]>"


def refused(data: bytes, name: str | None = None, kind: str | None = None, limits: Limits | None = None) -> str:
    with pytest.raises(InvalidInput) as caught:
        read_document(data, name, kind, limits or Limits())
    (problem,) = caught.value.problems
    assert problem.field == "bestand"
    assert problem.message == MESSAGES[problem.code]
    return problem.code


def lying(data: bytes, size: int) -> bytes:
    """The same zip file with another unpacked size in every header."""
    changed = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + place : at + place + 4] = struct.pack("<I", size)
            at = changed.find(mark, at + 4)
    return bytes(changed)


@pytest.mark.parametrize(
    ("data", "name", "kind", "code"),
    [
        (b"", "a.txt", None, "bestand-leeg"),
        (b" \r\n\0\0", "a.txt", None, "bestand-leeg"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.png", None, "bestand-onbekend"),
        (bytes(range(256)), "a.txt", None, "bestand-onbekend"),
        (b"\x81\x8d\x8f tekst", "a.txt", None, "bestand-onbekend"),
        (b"{\\rtf1 tekst}", "a.rtf", None, "bestand-onbekend"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc", None, "bestand-oud-word"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            None,
            "bestand-versleuteld",
        ),
        (b"<!DOCTYPE html><html><body>tekst</body></html>", "a.html", None, "bestand-webpagina"),
        (b"gewone tekst", "a.docx", None, "bestand-verkeerd-type"),
        (b"gewone tekst", "a.pdf", None, "bestand-verkeerd-type"),
        (b"gewone tekst", "a", "application/pdf", "bestand-verkeerd-type"),
        (b"PK\x03\x04 en dan niets", "a.docx", None, "bestand-beschadigd"),
        (packed({"iets.txt": "tekst"}), "a.zip", None, "bestand-onbekend"),
        (docx(p("tekst"))[:-30], "a.docx", None, "bestand-beschadigd"),
        (docx("<w:p>"), "a.docx", None, "bestand-beschadigd"),
        (docx(""), "a.docx", None, "bestand-zonder-tekst"),
        (docx("<w:p>" * 300 + "</w:p>" * 300), "a.docx", None, "bestand-onveilig"),
        (
            packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
            "a.ods",
            None,
            "bestand-onbekend",
        ),
        (
            odt("<text:p>x</text:p>", **{"META-INF__manifest": "<manifest><encryption-data/></manifest>"}),
            "a.odt",
            None,
            "bestand-versleuteld",
        ),
    ],
)
def test_wrong_files(data: bytes, name: str, kind: str | None, code: str) -> None:
    assert refused(data, name, kind) == code


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE, "<!DOCTYPE kamerstuk>"])
def test_no_document_type_is_let_in(doctype: str) -> None:
    official = f"<?xml version='1.0'?>{doctype}<kamerstuk><al>&h;</al></kamerstuk>"
    word = (
        f"<?xml version='1.0'?>{doctype}<w:document "
        f"{W}><w:body><w:p><w:r><w:t>&h;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert refused(official.encode(), "a.xml") == "bestand-onveilig"
    assert refused(packed({"word/document.xml": word}), "a.docx") == "bestand-onveilig"
    assert refused(packed({"mimetype": ODT_TYPE, "content.xml": official}), "a.odt") == "bestand-onveilig"
    assert refused(official.encode("utf-16"), "a.xml") in {"bestand-onveilig", "bestand-beschadigd"}


def test_a_zip_bomb_is_stopped_by_what_it_says_and_by_what_comes_out() -> None:
    bomb = packed({"word/document.xml": b"<a>" + bytes(40_000_000)})
    assert len(bomb) < 100_000
    assert refused(bomb, "a.docx") == "bestand-te-groot"
    assert refused(lying(bomb, 10), "a.docx") == "bestand-beschadigd"


def test_all_parts_share_one_budget() -> None:
    limits = Limits(unpacked_bytes=3_000)
    padding = f"<w:styles {W}>{' ' * 2_500}</w:styles>"
    assert read_document(docx(p("tekst")), "a.docx", limits=limits) == "tekst"
    assert (
        refused(docx(p("tekst"), styles=padding), "a.docx", limits=Limits(unpacked_bytes=2_600)) == "bestand-te-groot"
    )


def test_a_part_with_a_password() -> None:
    data = bytearray(docx(p("tekst")))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    assert refused(bytes(data), "a.docx") == "bestand-versleuteld"


def test_sizes() -> None:
    assert refused(b"a" * 101, "a.txt", limits=Limits(file_bytes=100)) == "bestand-te-groot"
    assert read_document(b"a" * 100, "a.txt", limits=Limits(file_bytes=100)) == "a" * 100
    assert refused(b"a" * 100, "a.txt", limits=Limits(characters=99)) == "bestand-te-groot"


def test_two_parts_of_the_same_name_are_read_once() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in (("word/document.xml", "eerste"), ("word/doCument.xml", "tweede")):
            archive.writestr(name, f"<w:document {W}><w:body>{p(text)}</w:body></w:document>")
    twice = target.getvalue().replace(b"doCument", b"document")
    assert read_document(twice, "a.docx") == "tweede"


def test_what_a_file_is_follows_from_its_content_not_its_name() -> None:
    assert read_document(docx(p("tekst")), "a.pdf") == "tekst"
    assert read_document(docx(p("tekst")), None, "text/plain") == "tekst"


_WORD = docx(p("Artikel 3 vervalt.") + p("Toelichting"))


def outcome(data: bytes, name: str | None) -> str:
    """The code of the problem, or "tekst"."""
    try:
        return "tekst" if read_document(data, name).strip() else ""
    except DocumentProblem as problem:
        return problem.code


@given(
    st.binary(max_size=400).filter(lambda data: b"%PDF-" not in data),
    st.sampled_from(["a.txt", "a.docx", "a.xml", None]),
)
def test_any_bytes_give_text_or_a_problem(data: bytes, name: str | None) -> None:
    assert outcome(data, name) in {"tekst", *MESSAGES}


@given(st.integers(0, len(_WORD) - 1), st.integers(0, 255))
def test_one_changed_byte_in_a_word_file_gives_text_or_a_problem(place: int, byte: int) -> None:
    data = bytearray(_WORD)
    data[place] = byte
    assert outcome(bytes(data), "a.docx") in {"tekst", *MESSAGES}
