"""Files made in memory for the tests of the document readers."""

from __future__ import annotations

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "text", "table")
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def packed(parts: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word file around the XML of a body; other parts by their name without `word/` and `.xml`."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<?xml version='1.0' encoding='UTF-8'?><w:document "
        f"{W}><w:body>{body}</w:body></w:document>",
    }
    return packed(files | {f"word/{name}.xml": content for name, content in parts.items()})


def p(text: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}<w:r><w:t>{text}</w:t></w:r></w:p>"


def odt(body: str, **parts: str) -> bytes:
    content = (
        f"<office:document-content "
        f"{ODF}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return packed(
        {
            "mimetype": ODT_TYPE,
            "content.xml": content,
            **{name.replace("__", "/") + ".xml": xml for name, xml in parts.items()},
        }
    )
