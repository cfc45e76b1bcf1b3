"""Every sentence of ours that somebody reads, with its place, and measures of how easily it is read.

`sentences()` takes them from where they live: templates, the words of Python modules (labels, messages, pages), rubrics.
What a machine or an operator reads (wire names, logs, settings) is English and falls out by itself; amendments that the
demonstration invents are legal prose on purpose and are left out by name.

The measures are for Dutch: syllables are counted by vowel groups, and the reading ease is Douma's (1960), the Dutch form
of Flesch's: 206.84 - 77 * syllables per word - 0.93 * words per sentence. Above 60 reads easily for most adults.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import yaml

from tests.support.need import ROOT
from tests.support.tree import PACKAGE, modules

TEMPLATES = PACKAGE / "presentation" / "templates"
RUBRICS = ROOT / "rubrics"

OTHER_LANGUAGE = (
    "demo.py",
    "__main__.py",
    "settings.py",
    "adapters/",
    "amendments/",
    "routing/",
    "api/",
    "storage/",
    "jobs/",
)
"""Modules without words for somebody who reads a page: legal prose, operators' words, patterns, and the API's reference."""

_NAME = "iets"
"""Stands where a value is filled in."""

_BREAKING = re.compile(
    r"</?(?:p|h[1-6]|li|ul|ol|dl|dt|dd|div|section|aside|main|table|caption|thead|tbody|tr|t[hd]|form|label|legend|fieldset|"
    r"option|button|figure|figcaption|blockquote|summary|details|title|desc|text|br|nav|header|footer|small|"
    r"span class=\"us-sub\")\b[^>]*>"
)
_DUTCH = frozenset(
    "de het een niet u van voor wordt zijn kan deze dit er uw wat wie geen naar om op bij en met als heeft hebt staat".split()
)
_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[A-ZÉ‘“\"])")


@dataclass(frozen=True, slots=True)
class Sentence:
    place: str
    text: str

    @property
    def words(self) -> list[str]:
        return re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", self.text)


def split(place: str, text: str) -> Iterator[Sentence]:
    """The sentences of a text; a line break ends one too."""
    for line in text.split("\n"):
        for part in _END.split(" ".join(line.split())):
            if len(part.split()) > 1:
                yield Sentence(place, part)


_COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
_CODE = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ASIDE = re.compile(r"\{%-?\s*(?:else|elif|(?:end)?(?:call|for|macro|block|set)|from)\b.*?%\}", re.DOTALL)
_STATEMENT = re.compile(r"\{%.*?%\}", re.DOTALL)
_VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)


def of_template(source: str) -> str:
    """The words of a template, a line per block; what stands in quotes within expressions counts too."""
    source = _COMMENT.sub(" ", source)
    quoted = [words for code in _CODE.findall(source) for words in _QUOTED.findall(code)]
    spoken = [words for words in quoted if " " in words.strip() and "utrecht-" not in words]
    shown = _VALUE.sub(_NAME, _STATEMENT.sub("", _ASIDE.sub("\n", source)))
    shown = re.sub(r"<[^>]*>", "", _BREAKING.sub("\n", shown))
    return unescape("\n".join([shown, *spoken]))


def of_module(tree: ast.Module) -> Iterator[str]:
    """The strings of a module that are Dutch; docstrings and other bare strings are no words for a reader."""
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inside: set[int] = set()
    for node in ast.walk(tree):
        if id(node) in bare or id(node) in inside:
            continue
        if isinstance(node, ast.JoinedStr):
            inside |= {id(part) for part in node.values}
            yield "".join(part.value if isinstance(part, ast.Constant) else _NAME for part in node.values)  # type: ignore[misc]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def is_dutch(text: str) -> bool:
    words = re.findall(r"[a-zéë]+", text.lower())
    return len(words) > 1 and " " in text.strip() and len(_DUTCH & set(words)) >= 1 and "the" not in words


def of_document(value: Any) -> Iterator[str]:
    """What is read in a rubric: titles, questions, explanations and the words of options."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("titel", "vraag", "uitleg", "tekst", "melding") and isinstance(inner, str):
                yield inner
            else:
                yield from of_document(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from of_document(inner)


@cache
def sentences() -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        found += split(_place(path), of_template(path.read_text("utf-8")))
    for name, tree in modules():
        inside = name.removeprefix("src/uitvoeringsscan/")
        if not inside.startswith(OTHER_LANGUAGE):
            found += [one for text in of_module(tree) if is_dutch(text) for one in split(inside, text)]
    for path in sorted(RUBRICS.glob("*.yaml")):
        found += [
            one for text in of_document(yaml.safe_load(path.read_text("utf-8"))) for one in split(_place(path), text)
        ]
    return tuple(found)


def _place(path: Path) -> str:
    return path.relative_to(TEMPLATES if TEMPLATES in path.parents else ROOT).as_posix()


_NUCLEUS = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|[aeiouyàáâäèéêëìíîïòóôöùúûü]")


def syllables(word: str) -> int:
    """Vowel groups as they are said: "uitvoering" is uit-voe-ring, "geïnd" is ge-ind. At least one."""
    return len(_NUCLEUS.findall(word.lower())) or 1


def reading_ease(found: Iterable[Sentence]) -> float:
    """Douma's reading ease of these sentences together. ValueError where there is nothing to read."""
    texts = [sentence.words for sentence in found]
    words = [word for text in texts for word in text]
    if not words:
        raise ValueError("no words to measure")
    return 206.84 - 77 * sum(map(syllables, words)) / len(words) - 0.93 * len(words) / len(texts)
