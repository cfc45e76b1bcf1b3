"""The picture of a publication for where it is shared: typst draws the `CardView`, the same bytes on every machine."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache, partial
from importlib.resources import files

import typst

from uitvoeringsscan.adapters.pdf import each_text, named, prepared, unusual
from uitvoeringsscan.presentation.card_view import card_view
from uitvoeringsscan.presentation.summary_view import summary_view


def render_card(document: bytes, *, demonstration: bool = False) -> bytes:
    """A PNG of 1200 by 630 pixels, made from the sealed public document alone.

    demonstration  all of it is invented, and the picture says so

    Raises pydantic's ValidationError for what is not a publication, and typst.TypstError if it cannot be drawn.
    """
    made: bytes = typst.compile(
        _template(),
        format="png",
        ppi=72,
        sys_inputs={"data": card_data(document, demonstration=demonstration)},
        ignore_system_fonts=True,
    )
    return made


def card_data(document: bytes, *, demonstration: bool) -> str:
    """What typst is given to draw: every word on the picture, as JSON."""
    data = each_text(asdict(card_view(summary_view(document), demonstration=demonstration)), prepared)
    return json.dumps(each_text(data, partial(named, unknown=unusual)), ensure_ascii=False)


@cache
def _template() -> bytes:
    return files("uitvoeringsscan.presentation").joinpath("templates", "card.typ").read_bytes()
