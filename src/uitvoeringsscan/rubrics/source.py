"""YAML text -> plain data, with the line of every value. The strictest reading that still looks like YAML to an author.

A small subset on purpose: maps with text keys, lists, text, whole and decimal numbers, true and false. What another
reader could take differently is a fault: duplicate keys, anchors and aliases, tags, a second document. Only the words
`true` and `false` are booleans, so an option may be called `nee`, `on` or `yes` without quotes. Values are built from
parser events, never by a YAML constructor: there is nothing in a file that can make an object or grow in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import yaml

Path = tuple[str | int, ...]

MAX_BYTES = 200_000
"""A rubric of a hundred questions is some 60 kB."""

MAX_DEPTH = 16


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong in a rubric file. `line` counts from 1; `question` is empty outside a question."""

    file: str
    line: int
    question: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}"
        return f"{place}: vraag {self.question}: {self.message}" if self.question else f"{place}: {self.message}"


class RubricFaults(ValueError):
    """A rubric, or a folder of them, that may not be used. `faults` holds every fault that was found, in file order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True, slots=True)
class Source:
    """What a file says. `lines` maps the path of each key and list item to its line."""

    file: str
    tree: object
    lines: Mapping[Path, int]

    def line(self, path: Iterable[str | int]) -> int:
        """The line of `path`, or of the nearest thing around it that stands in the file."""
        steps = tuple(path)
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps, 1)


def read_source(file: str, body: bytes) -> Source:
    """The data in one YAML file. Raises RubricFaults with the first thing that makes it unreadable."""
    if len(body) > MAX_BYTES:
        raise _fault(file, 1, f"het bestand is groter dan {MAX_BYTES} bytes")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _fault(file, body.count(b"\n", 0, error.start) + 1, "het bestand is geen UTF-8") from error
    marker = re.search(r"^(---|\.\.\.)", text, re.MULTILINE)
    if marker:
        line = text.count("\n", 0, marker.start()) + 1
        raise _fault(file, line, f"een regel mag niet met {marker.group()} beginnen: een bestand is één document")
    lines: dict[Path, int] = {}
    try:
        tree = _build(file, yaml.parse(text, Loader=yaml.SafeLoader), lines)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _fault(file, line, "hier staat een teken dat niet in YAML mag") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _fault(file, line, f"dit is geen geldige YAML ({error.problem})") from error
    return Source(file, tree, lines)


def _build(file: str, events: Iterator[yaml.Event], lines: dict[Path, int]) -> object:
    """Fold the events into dicts, lists and scalars, without recursion, noting the line of each."""
    root: list[object] = []
    open_: list[_Container] = [_Container(root, ())]
    for event in events:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _fault(file, line, "ankers (&) en verwijzingen (*) mogen niet; schrijf het uit")
        if getattr(event, "tag", None) not in (None, "!"):
            raise _fault(file, line, "een YAML-tag (!) mag niet")
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            open_.pop()
            continue
        top = open_[-1]
        if isinstance(event, yaml.ScalarEvent):
            value = _scalar(event)
            if top.wants_key:
                top.key = _key(file, line, top.data, value)
                lines[(*top.path, top.key)] = line
                continue
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if top.wants_key:
                raise _fault(file, line, "een sleutel moet een gewoon woord zijn")
            if len(open_) > MAX_DEPTH:
                raise _fault(file, line, f"dieper dan {MAX_DEPTH} lagen mag niet")
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
        else:
            if isinstance(event, yaml.DocumentStartEvent) and root:
                raise _fault(file, line, "een bestand is één document")
            continue
        path = top.put(value)
        lines.setdefault(path, line)
        if isinstance(value, dict | list):
            open_.append(_Container(value, path))
    return root[0] if root else None


class _Container:
    """A map or list that is still being filled. `key` is the key whose value comes next."""

    __slots__ = ("data", "key", "path")

    def __init__(self, data: dict[str, object] | list[object], path: Path) -> None:
        self.data = data
        self.path = path
        self.key: str | None = None

    @property
    def wants_key(self) -> bool:
        return isinstance(self.data, dict) and self.key is None

    def put(self, value: object) -> Path:
        if isinstance(self.data, dict):
            key = self.key or ""
            self.data[key], self.key = value, None
            return (*self.path, key)
        self.data.append(value)
        # The root is a list around the one document; it is not part of any path.
        return (*self.path, len(self.data) - 1) if self.path or len(self.data) > 1 else ()


def _key(file: str, line: int, data: object, key: object) -> str:
    if not isinstance(key, str) or not key:
        raise _fault(file, line, "een sleutel moet een gewoon woord zijn")
    if isinstance(data, dict) and key in data:
        raise _fault(file, line, f"de sleutel '{key}' staat er twee keer")
    return key


def _scalar(event: yaml.ScalarEvent) -> object:
    text: str = event.value
    if event.style is not None:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if re.fullmatch(r"-?[0-9]{1,15}", text):
        return int(text)
    if re.fullmatch(r"-?[0-9]{1,15}\.[0-9]{1,6}", text):
        return float(text)
    return text


_WORDS: Mapping[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}


def _fault(file: str, line: int, message: str) -> RubricFaults:
    return RubricFaults([Fault(file, line, "", message)])
