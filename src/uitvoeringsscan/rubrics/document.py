"""One rubric file: a questionnaire of its own, or an addition to one (`breidtUit`). Shape only; sense is in `checks`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import Discriminator, Field, StrictBool, StrictStr, StringConstraints, Tag, ValidationError

from uitvoeringsscan.rubrics.model import Code, Document, Question, Text
from uitvoeringsscan.rubrics.source import Fault, Path, RubricFaults, Source, read_source

Version = Annotated[StrictStr, StringConstraints(pattern=r"^(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})$")]


class Extends(Document):
    code: Code
    version: Version = Field(alias="versie")


class NewSection(Document):
    """`after` is for additions: the section of the basis that this one follows; without it, the end."""

    code: Code
    title: Text = Field(alias="titel")
    help: Text | None = Field(default=None, alias="uitleg")
    after: Code | None = Field(default=None, alias="na")
    questions: tuple[Question, ...] = Field(alias="vragen", min_length=1, max_length=60)


class MoreQuestions(Document):
    """For additions: questions at the end of a section of the basis."""

    section: Code = Field(alias="bij")
    questions: tuple[Question, ...] = Field(alias="vragen", min_length=1, max_length=60)


def _section_shape(raw: Any) -> str:
    return "#bij" if isinstance(raw, Mapping) and "bij" in raw else "#nieuw"


SectionDocument: TypeAlias = Annotated[
    Annotated[NewSection, Tag("#nieuw")] | Annotated[MoreQuestions, Tag("#bij")], Discriminator(_section_shape)
]


class RubricDocument(Document):
    """`agencies`: who gets this questionnaire by default. `short`: the one for the last minute."""

    code: Code
    version: Version = Field(alias="versie")
    title: Text = Field(alias="titel")
    extends: Extends | None = Field(default=None, alias="breidtUit")
    agencies: tuple[Code, ...] = Field(default=(), alias="voor")
    short: StrictBool = Field(default=False, alias="kort")
    sections: tuple[SectionDocument, ...] = Field(alias="onderdelen", min_length=1, max_length=30)


@dataclass(frozen=True, slots=True)
class RubricFile:
    """A file and what it says."""

    source: Source
    document: RubricDocument


def read_document(file: str, body: bytes) -> RubricFile:
    """Read one file. Raises RubricFaults: one fault when it is no YAML, otherwise every fault of shape at once."""
    source = read_source(file, body)
    return RubricFile(source, shaped(source, RubricDocument))


D = TypeVar("D", bound=Document)


def shaped(source: Source, shape: type[D]) -> D:
    """What a file says, in the shape it must have. Raises RubricFaults with every fault of shape."""
    try:
        return shape.model_validate(source.tree)
    except ValidationError as error:
        raise RubricFaults(_fault(source, details) for details in error.errors(include_url=False)) from None


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a rubric file, for editors that check while an author types."""
    schema = RubricDocument.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema


def _fault(source: Source, details: Mapping[str, Any]) -> Fault:
    path: Path = ()
    for step in details["loc"]:
        # Names of shapes ("#is") and of fields that are missing stand in no file.
        if (*path, step) in source.lines:
            path = (*path, step)
    name = next((str(step) for step in reversed(details["loc"]) if isinstance(step, str) and step[0] != "#"), "bestand")
    template = _MESSAGES.get(details["type"], "{name} klopt niet ({msg})")
    message = template.format_map({"msg": details["msg"], **details.get("ctx", {}), "name": f"'{name}'"})
    return Fault(source.file, source.line(path), question_at(source.tree, path), message)


_MESSAGES: Mapping[str, str] = {
    "missing": "{name} ontbreekt",
    "extra_forbidden": "{name} hoort hier niet; kijk of het goed gespeld is",
    "string_type": "{name} moet tekst zijn; zet er zo nodig aanhalingstekens omheen",
    "bool_type": "{name} moet true of false zijn",
    "int_type": "{name} moet een heel getal zijn",
    "is_instance_of": "{name} moet een getal zijn",
    "decimal_parsing": "{name} moet een getal zijn",
    "decimal_type": "{name} moet een getal zijn",
    "enum": "{name} moet een van deze zijn: {expected}",
    "not_plain": "{name} is geen gewone tekst: er staat HTML in, of een teken dat niet te zien is",
    "string_too_short": "{name} is leeg",
    "string_too_long": "{name} is langer dan {max_length} tekens",
    "string_pattern_mismatch": "{name} heeft niet de goede vorm ({pattern})",
    "too_short": "{name} is leeg",
    "too_long": "{name} heeft er meer dan {max_length}",
    "greater_than_equal": "{name} moet ten minste {ge} zijn",
    "less_than_equal": "{name} mag ten hoogste {le} zijn",
    "tuple_type": "{name} moet een lijst zijn",
    "model_type": "{name} moet een blok met sleutels zijn",
    "model_attributes_type": "{name} moet een blok met sleutels zijn",
}


def question_at(tree: object, path: Path) -> str:
    """The code of the question in which `path` lies, as far as it has one."""
    node = tree
    for position, step in enumerate(path):
        node = node[step]  # type: ignore[index]
        if position and path[position - 1] == "vragen":
            code = node.get("code") if isinstance(node, dict) else None
            return code if isinstance(code, str) else ""
    return ""
