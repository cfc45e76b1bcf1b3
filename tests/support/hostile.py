"""Files made to do harm, each small enough to be sent: what a door must refuse within seconds, in plain words."""

from __future__ import annotations

import io
import zipfile

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zip_bomb() -> bytes:
    """A Word file of a few hundred kilobytes that unpacks to four hundred megabytes."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        part.write(f"<w:document {_W}><w:body><w:p><w:r><w:t>".encode())
        for _ in range(400):
            part.write(b" " * 1_000_000)
    return target.getvalue()


def billion_laughs() -> bytes:
    entities = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 10))
    return (
        f"<?xml version='1.0'?><!DOCTYPE k [<!ENTITY e0 'ha'>{entities}]><kamerstuk><al>&e9;</al></kamerstuk>".encode()
    )


def pdf(pages: int, encrypted: bool = False) -> bytes:
    """A PDF of so many empty pages; `encrypted` with a password that nobody knows."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{number + 3} 0 R" for number in range(pages))
    objects.append(f"<</Type/Pages/Count {pages}/Kids[{kids}]>>".encode())
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"] * pages
    trailer = f"/Size {len(objects) + 1}/Root 1 0 R"
    if encrypted:
        secret = "ab" * 32
        trailer += (
            f"/Encrypt<</Filter/Standard/V 1/R 2/O<{secret}>/U<{secret}>/P -4>>/ID[<{secret[:32]}><{secret[:32]}>]"
        )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + content + b"endobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + f"trailer<<{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()


FILES: dict[str, tuple[str, bytes, str]] = {
    "zip bomb": ("amendement.docx", zip_bomb(), "Het bestand is te groot."),
    "billion laughs": ("amendement.xml", billion_laughs(), "om veiligheidsredenen niet openen"),
    "5,000 pages": ("amendement.pdf", pdf(5_000), "te veel pagina's"),
    "encrypted": ("amendement.pdf", pdf(1, encrypted=True), "beveiligd met een wachtwoord"),
    "wrong extension": ("amendement.docx", b"Artikel I vervalt.", "past niet bij de naam"),
    "too large": ("amendement.txt", b"a" * 5_000_001, "Het bestand is te groot."),
}
"""By what it does: file name, bytes, and words of the sentence that refuses it."""
