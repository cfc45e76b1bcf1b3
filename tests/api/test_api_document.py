"""openapi.json is worth reading: Dutch words for everything, shapes for every answer, and nothing that leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from api_callers import Api
from jsonschema import Draft202012Validator

from uitvoeringsscan.api import problems, words
from uitvoeringsscan.api.operations import OPERATIONS
from uitvoeringsscan.errors import DomainError
from uitvoeringsscan.presentation import labels
from uitvoeringsscan.publication import summary


@pytest.fixture
def document(small_api: Api) -> dict[str, Any]:
    return dict(small_api(None, "GET", "/openapi.json").json())


def _parts(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in items:
        yield from _parts(part, f"{path}/{key}")


def test_every_field_schema_parameter_and_tag_has_words(document: dict[str, Any]) -> None:
    silent = [
        f"{name}.{field}"
        for name, schema in document["components"]["schemas"].items()
        for field, part in schema.get("properties", {}).items()
        if not part.get("description")
    ]
    silent += [name for name, schema in document["components"]["schemas"].items() if not schema.get("description")]
    for path, item in document["paths"].items():
        for method, operation in item.items():
            spoken = [operation["summary"], operation["description"]]
            spoken += [parameter["description"] for parameter in operation.get("parameters", [])]
            spoken += [operation["requestBody"]["description"]] if "requestBody" in operation else []
            silent += [f"{method} {path}"] if not all(spoken) else []
    assert silent == []
    assert {tag for item in document["paths"].values() for o in item.values() for tag in o["tags"]} == set(words.TAGS)
    assert all(tag["description"] for tag in document["tags"])


def test_nothing_is_left_in_english(document: dict[str, Any]) -> None:
    """Our classes have English names and docstrings; neither may show."""
    ours = {name for name in vars(summary) if isinstance(vars(summary)[name], type)} - {"Fte"}
    assert set(document["components"]["schemas"]) & ours == set()
    english = re.compile(r"\b(the|which|whether|when|of which|answer|None|agency|scanned)\b")
    for path, part in _parts(document):
        if path.rsplit("/", 1)[-1] in ("description", "summary", "title") and isinstance(part, str):
            assert not english.search(part), (path, part)


def test_every_schema_is_used_and_is_a_schema(document: dict[str, Any]) -> None:
    used = {part.rsplit("/", 1)[-1] for path, part in _parts(document) if path.endswith("/$ref")}
    lines = {name for known in OPERATIONS.values() if known.stream for name in (known.stream, known.answer)}
    assert used | lines == set(document["components"]["schemas"]) | set(document["components"]["responses"])
    for name, schema in document["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        assert re.fullmatch(r"[A-Z][A-Za-z]*", name)


def test_every_success_has_a_shape_and_every_body_an_example(document: dict[str, Any]) -> None:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            shapes = [
                content["schema"]
                for status, answer in operation["responses"].items()
                if status in ("200", "201")
                for content in answer["content"].values()
            ]
            assert shapes, f"{method} {path}"
            assert all(shape != {} for shape in shapes)
            if "requestBody" in operation:
                (sent,) = operation["requestBody"]["content"].values()
                assert sent["examples"], f"{method} {path}"


def test_a_day_says_that_it_is_one(document: dict[str, Any]) -> None:
    """/core/date-time/date-omit-time-portion: a name that ends in a date has the format of one, and no other has."""
    named = re.compile(r"(^datum$|\w[dD]atum$|^date$|\wDate$)")
    for name, schema in document["components"]["schemas"].items():
        for field, part in schema.get("properties", {}).items():
            assert (part.get("format") == "date") or not named.search(field), f"{name}.{field}"
            assert part.get("format") not in ("time", "date-time-local"), f"{name}.{field}"


def test_every_kind_of_problem_has_an_address_where_it_is_explained() -> None:
    kinds = list(problems.STATUS)
    for kind in kinds:
        kinds += [sub for sub in kind.__subclasses__() if sub not in kinds]
    assert {kind.code for kind in kinds} <= set(labels.PROBLEMS)
    assert DomainError.code not in {kind.code for kind in kinds}
    for refusal in range(400, 600):
        code = problems.code_of(refusal)
        assert code is None or code in labels.PROBLEMS
