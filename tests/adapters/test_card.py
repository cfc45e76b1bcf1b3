"""The picture of a publication for where it is shared: of the right size, always the same, and true to the document."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.publication_samples import FOUR, amendment, nobody, summary
from uitvoeringsscan.adapters.card import render_card
from uitvoeringsscan.presentation.card_view import HEIGHT, LONGEST_TITLE, WIDTH, card_view
from uitvoeringsscan.presentation.summary_view import summary_view
from uitvoeringsscan.publication.record import seal
from uitvoeringsscan.publication.summary import ImpactSummary

STRANGE = "Wet #let x = 1 [漢字] \\ $ $ <b>vet</b> " + "eenheelerglangwoordzonderspaties" * 9


def picture(value: ImpactSummary) -> Image.Image:
    return Image.open(io.BytesIO(render_card(seal(value).document))).convert("RGB")


@pytest.mark.parametrize("value", [summary(), nobody(), summary(amendment=amendment(title=STRANGE))])
def test_whatever_was_published_makes_a_picture_of_the_right_size(value: ImpactSummary) -> None:
    made = picture(value)
    assert made.size == (WIDTH, HEIGHT)
    ground = made.getpixel((5, 5))
    edges = [made.crop(box) for box in ((0, 0, WIDTH, 20), (0, HEIGHT - 20, WIDTH, HEIGHT), (0, 0, 30, HEIGHT))]
    assert all([colour for _, colour in edge.getcolors() or []] == [ground] for edge in edges), (
        "nothing runs off the picture"
    )


def test_the_same_document_gives_the_same_bytes() -> None:
    document = seal(summary()).document
    assert render_card(document) == render_card(document)


def test_other_figures_give_another_picture() -> None:
    assert render_card(seal(summary()).document) != render_card(seal(summary(agencies=FOUR[:1])).document)


def test_the_words_say_what_the_picture_shows() -> None:
    view = summary_view(seal(summary()).document)
    card = card_view(view)
    assert view.verdict.rstrip(".") in card.words
    assert [name for name, _ in card.dimensions] == ["IT", "Gegevens", "Personeel", "Tijdlijn"]
    assert view.heat is not None
    assert [cell for _, cell in card.dimensions] == list(view.heat.worst.cells)
    assert all(f"{name}: {cell.text}" in card.words for name, cell in card.dimensions)
    assert (
        len(card_view(summary_view(seal(summary(amendment=amendment(title=STRANGE))).document)).title)
        <= LONGEST_TITLE + 1
    )


def test_nobody_asked_has_no_levels_to_show() -> None:
    card = card_view(summary_view(seal(nobody()).document))
    assert card.dimensions == ()
    assert "Zwaarste" not in card.words
