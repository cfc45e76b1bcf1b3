"""From the bytes of one register file to checked documents, or to faults that name file and line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from uitvoeringsscan.routing.faults import Fault, Place, line_of

D = TypeVar("D", bound=BaseModel)


class _Loader(yaml.CSafeLoader):
    """The safe loader, but a key that stands twice is a fault: YAML would silently keep the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"«{key.value}» staat er twee keer", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_list(name: str, content: bytes, model: type[D], faults: list[Fault]) -> tuple[D, ...]:
    """The documents in a file that holds a list of `model`; () with the faults added when it does not."""
    return tuple(_read(name, content, list[model], faults) or ())  # type: ignore[valid-type]


def read_one(name: str, content: bytes, model: type[D], faults: list[Fault]) -> D | None:
    """The document in a file that holds one mapping; None with the faults added when it does not."""
    document: D | None = _read(name, content, model, faults)
    return document


def _read(name: str, content: bytes, shape: Any, faults: list[Fault]) -> Any:
    try:
        raw = yaml.load(content, Loader=_Loader)  # noqa: S506 - a subclass of the safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or "dit is geen leesbare YAML"
        faults.append(Fault(name, mark.line + 1 if mark else 1, "", str(problem)))
        return None
    try:
        return TypeAdapter(shape).validate_python(raw)
    except ValidationError as error:
        faults.extend(_faults(name, content, error))
        return None


def _faults(name: str, content: bytes, error: ValidationError) -> Iterator[Fault]:
    for problem in error.errors(include_url=False, include_context=False):
        yield fault_at(name, content, problem["loc"], problem["msg"])


def fault_at(name: str, content: bytes, place: Place, message: str) -> Fault:
    return Fault(name, line_of(content, place), ".".join(str(step) for step in place), message)
