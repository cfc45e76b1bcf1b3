"""OpenDocument text (.odt): paragraphs, lists, tables and notes, with tracked deletions left out."""

from __future__ import annotations

from uitvoeringsscan.adapters.documents.packed import Event, Package, events

MAIN = "content.xml"
_BLOCKS = frozenset({"p", "h"})
_DROPPED = frozenset(
    {"tracked-changes", "annotation", "forms", "note-citation", "automatic-styles", "font-face-decls", "title", "desc"}
)
_MOST_SPACES = 40


class _Reader:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.notes: list[list[str]] = []
        self._open: list[list[str]] = []  # text of open paragraphs: a note stands inside one
        self._rows: list[list[list[str]]] = []
        self._dropped = self._in_note = 0
        self._item = False  # the next paragraph opens a list item

    def take(self, event: Event) -> None:
        kind, name, values = event
        if kind == "text":
            if self._open and not self._dropped:
                self._open[-1].append(" ".join(name.split("\n")))
        elif name in _DROPPED:
            self._dropped += 1 if kind == "open" else -1
        elif self._dropped:
            return
        elif kind == "open":
            self._opens(name, values)
        else:
            self._closes(name)

    def _opens(self, name: str, values: dict[str, str]) -> None:
        if name in _BLOCKS:
            self._open.append([])
        elif name == "list-item":
            self._item = True
        elif name == "note":
            self.notes.append([])
            self._in_note += 1
            if self._open:
                self._open[-1].append(f" [{len(self.notes)}]")
        elif name == "table-row":
            self._rows.append([])
        elif name == "table-cell" and self._rows:
            self._rows[-1].append([])
        elif name == "line-break" and self._open:
            self._open[-1].append("\n")
        elif name in {"tab", "s"} and self._open:
            count = values.get("c", "1")
            self._open[-1].append(" " * (min(int(count), _MOST_SPACES) if count.isdecimal() and len(count) < 9 else 1))

    def _closes(self, name: str) -> None:
        if name == "note" and self._in_note:
            self._in_note -= 1
        elif name in _BLOCKS and self._open:
            text = "".join(self._open.pop()).strip()
            if self._in_note:
                self.notes[-1].append(text)
                return
            if self._item and text:
                text, self._item = f"• {text}", False
            self._put(text)
        elif name == "list-item":
            self._item = False
        elif name == "table-row" and self._rows:
            cells = [" ".join(" ".join(cell).split()) for cell in self._rows.pop()]
            if any(cells):
                self._put(" | ".join(cells) if sum(map(bool, cells)) > 1 else "".join(cells))

    def _put(self, line: str) -> None:
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].append(line)
        else:
            self.lines.append(line)


def read_odt(package: Package) -> str:
    """The text, one paragraph a line. List items get a bullet: the numbers before them are layout, not text."""
    reader = _Reader()
    for event in events(package.read(MAIN)):
        reader.take(event)
    below = [f"[{place}] {' '.join(note)}" for place, note in enumerate(reader.notes, 1)]
    return "\n".join([*reader.lines, *([""] if below else []), *below])
