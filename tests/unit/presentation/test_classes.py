"""One visual language: a class in a template is a class of the stylesheet, and no page brings a look of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from uitvoeringsscan.presentation.templating import STATIC

TEMPLATES = STATIC.parent / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))


def classes(source: str) -> set[str]:
    """What stands in class attributes; what an expression makes of a name is left out."""
    found: set[str] = set()
    for value in re.findall(r'class="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\})*)"', source):
        for literal in re.split(r"\{%.*?%\}", value):
            found |= {name for name in re.sub(r"\{\{.*?\}\}", "{}", literal).split() if "{}" not in name}
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(TEMPLATES).as_posix())
def test_every_class_is_one_of_the_stylesheet(page: Path) -> None:
    known = set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", (STATIC / "app.css").read_text("utf-8")))
    assert sorted(classes(page.read_text("utf-8")) - known) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(TEMPLATES).as_posix())
def test_no_page_styles_or_scripts_itself(page: Path) -> None:
    source = re.sub(r"\{#.*?#\}", "", page.read_text("utf-8"), flags=re.DOTALL)
    # A block of data for machines is no script: a browser does not run it.
    tags = [tag for tag in re.findall(r"<(?:script|style)\b[^>]*>", source) if 'type="application/ld+json"' not in tag]
    # A script is a file of our own, fetched after the page: the page is whole without it.
    own = re.compile(r"""<script src="\{\{ asset\((?:"[\w/-]+\.js"|'[\w/-]+\.js')\) \}\}" defer>""")
    assert [tag for tag in tags if not own.fullmatch(tag)] == []
    assert re.findall(r"\s(?:style|on[a-z]+)=[\"']", source) == []


def test_the_scanner_sees_what_it_should() -> None:
    source = '<a class="een {% if x == "y" %}twee{% else %}drie{% endif %} vier--{{ z }}" class="vijf{% if q %} zes{% endif %}">'
    assert classes(source) == {"een", "twee", "drie", "vijf", "zes"}
