"""The PDF as an eye sees it: where ink is and where it is not, on a coarse grid, beside a picture that somebody looked at.

Only typst's own fonts are used, so the same version draws the same page on every machine; a coarse grid and a tolerance leave
room for a new version that shapes letters a little otherwise. A block that moves, overlaps or disappears does not pass.
To accept a new look: look at the page, then run `python tests/adapters/test_pdf_picture.py`.
"""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from tests.publication_samples import PUBLISHED, nobody, summary
from uitvoeringsscan.adapters.pdf import render_pdf
from uitvoeringsscan.publication.record import seal
from uitvoeringsscan.publication.summary import ImpactSummary, ReactionPart

GOLDEN = Path(__file__).with_name("pdf_pictures.json")
COLUMNS, ROWS = 21, 30
TOLERANCE = 0.06
"""Of one cell, in parts of full ink."""

SAMPLES: dict[str, ImpactSummary] = {
    "volledig": summary(reaction=ReactionPart(text="Wij kiezen bewust voor deze datum.", placed_at=PUBLISHED)),
    "niemand": nobody(),
}


def ink(value: ImpactSummary) -> list[list[list[float]]]:
    """Page, row, column -> how much of the cell is dark, 0 to 1."""
    pages = []
    with pypdfium2.PdfDocument(render_pdf(seal(value).document)) as document:
        for page in list(document)[:2]:
            picture = page.render(scale=1).to_pil().convert("L")
            cells = picture.resize((COLUMNS, ROWS), resample=4)  # 4: the mean of each box
            flat = list(cells.tobytes())
            rows = [flat[at : at + COLUMNS] for at in range(0, COLUMNS * ROWS, COLUMNS)]
            pages.append([[round(1 - cell / 255, 2) for cell in row] for row in rows])
    return pages


@pytest.mark.parametrize("name", SAMPLES)
def test_the_page_looks_as_it_did_when_somebody_looked(name: str) -> None:
    expected, found = json.loads(GOLDEN.read_text("utf-8"))[name], ink(SAMPLES[name])
    assert len(found) == len(expected)
    off = [
        (page, row, column, want, have)
        for page, (wanted_rows, rows) in enumerate(zip(expected, found, strict=True))
        for row, (wanted, given) in enumerate(zip(wanted_rows, rows, strict=True))
        for column, (want, have) in enumerate(zip(wanted, given, strict=True))
        if abs(want - have) > TOLERANCE
    ]
    assert off == []


def test_a_missing_block_does_not_pass() -> None:
    """The comparison itself: a page without the reaction differs by more than the tolerance."""
    with_it, without = ink(SAMPLES["volledig"])[0], ink(summary())[0]
    apart = max(
        abs(a - b) for one, other in zip(with_it, without, strict=True) for a, b in zip(one, other, strict=True)
    )
    assert apart > TOLERANCE


if __name__ == "__main__":
    pictures = {name: ink(value) for name, value in SAMPLES.items()}
    lines = [f"{json.dumps(name)}: {json.dumps(pages, separators=(',', ':'))}" for name, pages in pictures.items()]
    GOLDEN.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
