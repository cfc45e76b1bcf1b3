"""The colours that are sent, measured with the formula of WCAG 2.2: text 4.5 to 1, what carries meaning 3 to 1."""

from __future__ import annotations

import re

import pytest

from uitvoeringsscan.presentation.templating import STATIC

GROUNDS = ("paper", "ground")
TEXT = (
    [
        (text, ground)
        for text in ("ink", "soft", "link", "link-strong", "accent", "accent-strong", "error", "warn")
        for ground in GROUNDS
    ]
    + [("ink", ground) for ground in ("tint", "warn-ground", "error-ground", "mark")]
    + [("soft", "tint"), ("accent-strong", "tint"), ("link", "tint"), ("link", "warn-ground"), ("link", "error-ground")]
    + [("warn", "warn-ground"), ("error", "error-ground"), ("error-strong", "paper")]
    + [("on-accent", "accent"), ("on-accent", "accent-strong"), ("paper", "error"), ("paper", "error-strong")]
)
SHAPES = (
    [(shape, ground) for shape in ("accent", "control", "bar", "warn", "error") for ground in GROUNDS]
    + [("tint-line", "paper"), ("tint-line", "tint"), ("tint-line", "ground"), ("accent", "tint"), ("control", "tint")]
    + [("on-accent", "accent"), ("warn", "warn-ground"), ("warn", "mark"), ("warn-ground", "bar")]
)
DECORATIVE = {"line", "hair"}
"""Lines that only divide: what they divide is also told by space and headings."""

SCHEMES = ("light", "dark")


def palette(scheme: str) -> dict[str, tuple[int, int, int]]:
    css = (STATIC / "app.css").read_text("utf-8")
    dark = css[css.index("@media screen and (prefers-color-scheme:dark)") :]
    block = (css if scheme == "light" else dark).split(".us-theme{", 1)[1].split("}", 1)[0]
    return {name: rgb(value) for name, value in re.findall(r"--us-([\w-]+):\s*(#[0-9a-fA-F]{3,6})\b", block)}


def rgb(value: str) -> tuple[int, int, int]:
    digits = value[1:] if len(value) == 7 else "".join(2 * digit for digit in value[1:])
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return red, green, blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    def luminance(colour: tuple[int, int, int]) -> float:
        parts = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_on_known_pairs() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast(rgb("#767676"), rgb("#fff")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_can_be_read(scheme: str) -> None:
    colours = palette(scheme)
    measured = {(a, b): round(contrast(colours[a], colours[b]), 2) for a, b in TEXT}
    assert {pair: ratio for pair, ratio in measured.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_shapes_can_be_seen(scheme: str) -> None:
    colours = palette(scheme)
    measured = {(a, b): round(contrast(colours[a], colours[b]), 2) for a, b in SHAPES}
    assert {pair: ratio for pair, ratio in measured.items() if ratio < 3} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_one_of_the_two_tones_of_the_focus_is_seen_on_every_ground(scheme: str) -> None:
    colours = palette(scheme)
    tones = colours["focus"], colours["focus-ring"]
    for ground in ("paper", "ground", "tint", "warn-ground", "error-ground", "accent", "error"):
        assert max(contrast(tone, colours[ground]) for tone in tones) >= 3, ground
    assert contrast(*tones) >= 4.5


def test_every_colour_is_measured_or_only_divides() -> None:
    measured = {name for pair in (*TEXT, *SHAPES) for name in pair} | {"focus", "focus-ring"}
    assert set(palette("light")) == set(palette("dark")) == measured | DECORATIVE


def test_no_colour_but_those_of_the_palette_is_sent() -> None:
    """Black, white and the fixed ink of the skip link aside: a colour that dark mode forgets would stand here."""
    css = (STATIC / "app.css").read_text("utf-8").split("\n", 1)[1]
    own = re.sub(r"--us-[\w-]+:\s*#[0-9a-f]+", "", css)
    assert "voorbeeld-kleuren" not in css
    ours = own[own.index("@font-face") :]
    assert set(re.findall(r"(?<!&)#[0-9a-f]{3,8}\b(?=[;}, )])", ours)) <= {"#1c2430", "#000", "#fff"}
