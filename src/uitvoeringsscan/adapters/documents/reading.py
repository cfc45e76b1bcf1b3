"""Which reader a file goes to, and what every file must satisfy."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from uitvoeringsscan.adapters.documents import docx, odt
from uitvoeringsscan.adapters.documents.official import read_official
from uitvoeringsscan.adapters.documents.packed import Package
from uitvoeringsscan.adapters.documents.pdf import read_pdf
from uitvoeringsscan.adapters.documents.problems import DocumentProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one file may ask: bytes as sent, bytes unpacked, characters of text, pages, memory and seconds for PDF."""

    file_bytes: int = 5_000_000
    unpacked_bytes: int = 30_000_000
    characters: int = 2_000_000
    pages: int = 200
    pdf_memory: int = 1_000_000_000
    pdf_seconds: int = 15


DEFAULT = Limits()

_ZIP, _PDF, _OLD_OFFICE, _RTF = b"PK", b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
_PDF_WITHIN = 1024  # some programs put bytes in front of the mark
_OLD_OFFICE_LOCKED = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e".encode("latin-1")
_BINARY_NAMES = {"docx", "odt", "pdf", "doc", "xml"}
_BINARY_TYPES = ("application/pdf", "application/vnd.", "application/msword", "image/", "audio/", "video/")
_HTML = re.compile(rb"\s{0,200}(?:<!doctype\s+html|<html|<head|<body)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_ENCODED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_document(data: bytes, filename: str | None, content_type: str | None = None, limits: Limits = DEFAULT) -> str:
    """The text of a file. Lines end in `\\n`; nothing else about the text is changed.

    What the file is follows from `data`; `filename` and `content_type` only tell whether the sender meant the same.
    Raises DocumentProblem (an InvalidInput, field "bestand").
    """
    if len(data) > limits.file_bytes:
        raise DocumentProblem("bestand-te-groot")
    if not data.strip(b" \t\r\n\0"):
        raise DocumentProblem("bestand-leeg")
    text = _text(data, (filename or "").rpartition(".")[2].lower(), (content_type or "").lower(), limits)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > limits.characters:
        raise DocumentProblem("bestand-te-groot")
    if not text.strip():
        raise DocumentProblem("bestand-zonder-tekst")
    return text


def _text(data: bytes, extension: str, content_type: str, limits: Limits) -> str:
    if data.startswith(_ZIP):
        package = Package(data, limits.unpacked_bytes)
        if docx.MAIN in package:
            return docx.read_docx(package)
        if odt.MAIN in package:
            return _open_document(package)
        raise DocumentProblem("bestand-onbekend")
    if _PDF in data[:_PDF_WITHIN]:
        return read_pdf(data, pages=limits.pages, memory=limits.pdf_memory, seconds=limits.pdf_seconds)
    if data.startswith(_OLD_OFFICE):
        # Word puts a document with a password in the old kind of container, whatever its name
        raise DocumentProblem("bestand-versleuteld" if _OLD_OFFICE_LOCKED in data else "bestand-oud-word")
    if data.startswith(_RTF):
        raise DocumentProblem("bestand-onbekend")
    if _HTML.match(data.removeprefix(codecs.BOM_UTF8)):
        raise DocumentProblem("bestand-webpagina")
    if _looks_like_xml(data):
        return read_official(data)
    if extension in _BINARY_NAMES or content_type.startswith(_BINARY_TYPES):
        raise DocumentProblem("bestand-verkeerd-type")
    return _plain(data)


def _looks_like_xml(data: bytes) -> bool:
    head = data[:400].removeprefix(codecs.BOM_UTF8).lstrip()
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.replace(b"\0", b"")[2:]
    return (
        head.startswith((b"<?xml", b"<!DOCTYPE", b"<!doctype", b"<!ENTITY"))
        or re.match(rb"<[a-zA-Z][\w:.-]{2,40}[\s>]", head) is not None
    )


def _open_document(package: Package) -> str:
    kind = package.read("mimetype").strip() if "mimetype" in package else b""
    if kind and not kind.startswith(b"application/vnd.oasis.opendocument.text"):
        raise DocumentProblem("bestand-onbekend")
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise DocumentProblem("bestand-versleuteld")
    return odt.read_odt(package)


def _plain(data: bytes) -> str:
    """Text: as its mark says, else UTF-8, else what Windows programs wrote. Control signs mean that it is no text."""
    for mark, encoding in _ENCODED:
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError as error:
                raise DocumentProblem("bestand-onbekend") from error
            break
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                text = data.decode("cp1252")
            except UnicodeDecodeError as error:
                raise DocumentProblem("bestand-onbekend") from error
    if "\0" in text or len(_CONTROL.findall(text)) > 1 + len(text) // 1000:
        raise DocumentProblem("bestand-onbekend")
    return text
