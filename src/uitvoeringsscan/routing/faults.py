"""What can be wrong in the register's files, each fault with its file and line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import yaml


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault. `line` counts from 1; `place` is the path inside the file (laws.3.uitvoerders.0), "" for the whole."""

    file: str
    line: int
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {f'{self.place}: ' if self.place else ''}{self.message}"


class RegisterFault(ValueError):
    """The register cannot be used. Carries every fault that was found; `file` and `line` are the first one's."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        self.file = self.faults[0].file
        self.line = self.faults[0].line
        super().__init__("\n".join(str(fault) for fault in self.faults))


Place = tuple[str | int, ...]


def line_of(content: bytes, place: Place) -> int:
    """The line on which `place` stands in a YAML text; the deepest part of it that can be found. Only used for faults."""
    node = yaml.compose(content, Loader=yaml.CSafeLoader)
    line = 1 if node is None else node.start_mark.line + 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line
