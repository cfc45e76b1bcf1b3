"""Word (.docx): the text as it stands after the tracked changes, with list numbers, tables and footnotes.

What was inserted is kept and what was deleted is dropped, as a reader with all changes accepted would see it; hidden
text is dropped. Word counts lists itself, so the numbers ("I", "1.", "a.") are counted here: in an amendment they say
which part is which.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from uitvoeringsscan.adapters.documents.packed import Event, Package, events

MAIN = "word/document.xml"
NUMBERING = "word/numbering.xml"
STYLES = "word/styles.xml"
_REFERENCES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_DROPPED = frozenset({"del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback", "rPrChange", "pPrChange"})
_OFF = frozenset({"0", "false", "off", "none"})
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_BULLET = "•"
_ROMANS = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def _roman(number: int) -> str:
    number = min(number, 5000)
    signs = ""
    for value, sign in _ROMANS:
        signs += sign * (number // value)
        number %= value
    return signs


def _letters(number: int) -> str:
    return chr(97 + (number - 1) % 26) * min(9, 1 + (number - 1) // 26) if number > 0 else ""


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerLetter": _letters,
    "ordinal": lambda n: f"{n}e",
    "none": lambda _: "",
}


@dataclass(slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class _Lists:
    """How lists are numbered, and how far each has come."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # abstract list -> its levels
    abstract: dict[str, str] = field(default_factory=dict)  # list -> abstract list
    starts: dict[tuple[str, int], int] = field(default_factory=dict)  # a list that starts elsewhere
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)  # paragraph style -> list and level
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, number: str, level: int) -> str:
        """The label of the next paragraph in a list, and counts it."""
        abstract = self.abstract.get(number)
        known = self.levels.get(abstract, {}) if abstract is not None else {}
        here = known.get(level)
        if abstract is None or here is None:
            return ""
        if (number, level) in self.starts and (number, level) not in self.begun:
            self.counts[abstract, level] = self.starts[number, level]
        else:
            self.counts[abstract, level] = self.counts.get((abstract, level), here.start - 1) + 1
        self.begun.add((number, level))
        for deeper in range(level + 1, 9):
            self.counts.pop((abstract, deeper), None)
        if here.format == "bullet":
            return _BULLET
        label = here.text[:40]
        for depth in range(level + 1):
            form = known.get(depth, _Level())
            value = self.counts.get((abstract, depth), form.start)
            label = label.replace(f"%{depth + 1}", _FORMATS.get(form.format, str)(value))
        return label


def _whole(value: str | None, otherwise: int) -> int:
    try:
        return max(-1, min(int(value), 100_000)) if value is not None else otherwise
    except ValueError:
        return otherwise


def _read_lists(package: Package) -> _Lists:
    lists = _Lists()
    if NUMBERING in package:
        abstract = number = ""
        level = 0
        for kind, name, values in events(package.read(NUMBERING)):
            if kind != "open":
                continue
            if name == "abstractNum":
                abstract, number = values.get("abstractNumId", ""), ""
            elif name == "num":
                number = values.get("numId", "")
            elif name == "abstractNumId" and number:
                lists.abstract[number] = values.get("val", "")
            elif name in {"lvl", "lvlOverride"}:
                level = _whole(values.get("ilvl"), 0)
                if name == "lvl" and not number:
                    lists.levels.setdefault(abstract, {})[level] = _Level()
            elif name == "startOverride" and number:
                lists.starts[number, level] = _whole(values.get("val"), 1)
            elif not number and (form := lists.levels.get(abstract, {}).get(level)) is not None:
                if name == "start":
                    form.start = _whole(values.get("val"), 1)
                elif name == "numFmt":
                    form.format = values.get("val", "decimal")
                elif name == "lvlText":
                    form.text = values.get("val", "")
    if STYLES in package:
        style, level = "", 0
        for kind, name, values in events(package.read(STYLES)):
            if kind != "open":
                continue
            if name == "style":
                style, level = values.get("styleId", ""), 0
            elif name == "ilvl":
                level = _whole(values.get("val"), 0)
            elif name == "numId" and style:
                lists.styles[style] = (values.get("val", ""), level)
    return lists


@dataclass(slots=True)
class _Paragraph:
    pieces: list[str] = field(default_factory=list)
    number: tuple[str, int] | None = None  # list and level
    level: int = 0
    runs_on: bool = False  # its end was deleted: the next paragraph belongs to it


class _Reader:
    """Gathers the paragraphs of one part of the document."""

    def __init__(self, lists: _Lists) -> None:
        self.lists = lists
        self.lines: list[str] = []
        self.notes: list[str] = []  # the notes that the text refers to, in order
        self._open: list[_Paragraph] = []  # the innermost last: a text box stands inside a paragraph
        self._rows: list[list[list[str]]] = []  # rows of open tables: their cells so far
        self._dropped = self._properties = 0
        self._hidden = self._in_text = False

    def take(self, event: Event) -> None:
        kind, name, values = event
        if kind == "text":
            if self._in_text and not self._dropped and not self._hidden and self._open:
                self._open[-1].pieces.append(name)
            return
        if name in _DROPPED and not (name == "del" and self._properties):
            self._dropped += 1 if kind == "open" else -1
        elif not self._dropped:
            if kind == "open":
                self._opens(name, values)
            else:
                self._closes(name)

    def _opens(self, name: str, values: dict[str, str]) -> None:
        paragraph = self._open[-1] if self._open else None
        if name == "p":
            if paragraph is None or not paragraph.runs_on:
                self._open.append(_Paragraph())
            else:
                paragraph.runs_on = False
        elif name == "t":
            self._in_text = True
        elif name == "r":
            self._hidden = False
        elif name == "pPr":
            self._properties += 1
        elif name == "tr":
            self._rows.append([])
        elif name == "tc" and self._rows:
            self._rows[-1].append([])
        elif paragraph is not None:
            self._in_paragraph(paragraph, name, values)

    def _in_paragraph(self, paragraph: _Paragraph, name: str, values: dict[str, str]) -> None:
        if self._properties:
            if name == "del":
                paragraph.runs_on = True
            elif name == "pStyle" and paragraph.number is None:
                paragraph.number = self.lists.styles.get(values.get("val", ""))
            elif name == "ilvl":
                paragraph.level = _whole(values.get("val"), 0)
            elif name == "numId":
                number = values.get("val", "0")
                paragraph.number = (number, paragraph.level) if number != "0" else None
        elif name == "vanish":
            self._hidden = values.get("val", "1") not in _OFF
        elif name in _SIGNS and not self._hidden:
            paragraph.pieces.append(_SIGNS[name])
        elif name in _REFERENCES:
            self.notes.append(f"{_REFERENCES[name]}-{values.get('id', '')}")
            paragraph.pieces.append(f" [{len(self.notes)}]")

    def _closes(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "pPr":
            self._properties -= 1
        elif name == "p" and self._open and not self._open[-1].runs_on:
            self._finish(self._open.pop())
        elif name == "tc" and self._open and self._open[-1].runs_on:
            self._finish(self._open.pop())
        elif name == "tr" and self._rows:
            cells = [" ".join(" ".join(cell).split()) for cell in self._rows.pop()]
            if any(cells):
                self._put(" | ".join(cells) if sum(map(bool, cells)) > 1 else "".join(cells))

    def _finish(self, paragraph: _Paragraph) -> None:
        label = self.lists.label(*paragraph.number) if paragraph.number is not None else ""
        self._put(f"{label} {''.join(paragraph.pieces).strip()}".strip())

    def _put(self, line: str) -> None:
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].append(line)
        else:
            self.lines.append(line)

    def finished(self) -> list[str]:
        while self._open:
            self._finish(self._open.pop())
        return self.lines


def _note_texts(package: Package, part: str, kind: str, lists: _Lists) -> dict[str, str]:
    texts: dict[str, str] = {}
    if part not in package:
        return texts
    here, reader = "", _Reader(lists)
    for event in events(package.read(part)):
        if event.name == kind and event.kind == "open":
            here, reader = event.attributes.get("id", ""), _Reader(lists)
        elif event.name == kind and event.kind == "close":
            texts[f"{kind}-{here}"] = " ".join(" ".join(reader.finished()).split())
        else:
            reader.take(event)
    return texts


def read_docx(package: Package) -> str:
    """The text of a Word document, one paragraph a line."""
    lists = _read_lists(package)
    reader = _Reader(lists)
    for event in events(package.read(MAIN)):
        reader.take(event)
    lines = reader.finished()
    texts = {
        **_note_texts(package, "word/footnotes.xml", "footnote", lists),
        **_note_texts(package, "word/endnotes.xml", "endnote", lists),
    }
    below = [f"[{place}] {texts[note]}" for place, note in enumerate(reader.notes, 1) if texts.get(note)]
    return "\n".join([*lines, *([""] if below else []), *below])
