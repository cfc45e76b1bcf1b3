"""The picture of a publication for where it is shared: of the right size, always the same, and true to the document."""

from __future__ import annotations

import io
import json

import pytest
from PIL import Image

from tests.publication_samples import FOUR, amendment, nobody, summary
from uitvoeringsscan.adapters.card import card_data, render_card
from uitvoeringsscan.presentation.card_view import HEIGHT, INVENTED, LONGEST_TITLE, WIDTH, card_view
from uitvoeringsscan.presentation.summary_view import summary_view
from uitvoeringsscan.publication.record import seal
from uitvoeringsscan.publication.summary import ImpactSummary

STRANGE = "Wet #let x = 1 [漢字] \\ $ $ <b>vet</b> " + "eenheelerglangwoordzonderspaties" * 9


def picture(value: ImpactSummary, *, demonstration: bool = False) -> Image.Image:
    return Image.open(io.BytesIO(render_card(seal(value).document, demonstration=demonstration))).convert("RGB")


@pytest.mark.parametrize("demonstration", [False, True])
@pytest.mark.parametrize("value", [summary(), nobody(), summary(amendment=amendment(title=STRANGE))])
def test_whatever_was_published_makes_a_picture_of_the_right_size(value: ImpactSummary, demonstration: bool) -> None:
    made = picture(value, demonstration=demonstration)
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
    card = card_view(view, demonstration=False)
    assert view.verdict.rstrip(".") in card.words
    assert [name for name, _ in card.dimensions] == ["IT", "Gegevens", "Personeel", "Tijdlijn"]
    assert view.heat is not None
    assert [cell for _, cell in card.dimensions] == list(view.heat.worst.cells)
    assert all(f"{name}: {cell.text}" in card.words for name, cell in card.dimensions)
    assert (
        len(
            card_view(
                summary_view(seal(summary(amendment=amendment(title=STRANGE))).document), demonstration=False
            ).title
        )
        <= LONGEST_TITLE + 1
    )


def test_nobody_asked_has_no_levels_to_show() -> None:
    card = card_view(summary_view(seal(nobody()).document), demonstration=False)
    assert card.dimensions == ()
    assert "Zwaarste" not in card.words


def test_of_a_demonstration_the_picture_itself_says_that_it_is_invented() -> None:
    """It is seen where the page is not: what typst draws has the words, and they are there to be seen."""
    document = seal(summary()).document
    assert json.loads(card_data(document, demonstration=True))["warning"] == INVENTED
    assert INVENTED not in card_data(document, demonstration=False)
    band = (WIDTH // 2, 0, WIDTH, HEIGHT // 4)
    ground = {
        shown: sum(
            many
            for many, colour in picture(summary(), demonstration=shown).crop(band).getcolors(99_999) or []
            if colour == (0xFF, 0xF6, 0xE5)
        )
        for shown in (True, False)
    }
    assert ground[True] > 4_000
    assert ground[False] == 0
    assert card_view(summary_view(document), demonstration=True).words.startswith(INVENTED)
