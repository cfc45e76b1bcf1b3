"""Bytes -> Rubric. What is sent is a bundle: a file, or a basis and its addition with a line `---` between them.

A bundle is valid YAML of one or two documents, and it is all that is needed: a stored bundle gives the same rubric, with
the same sha256, as long as this house stands, whatever happens to the files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from uitvoeringsscan.identifiers import AgencyCode, RubricRef
from uitvoeringsscan.rubrics.checks import Placed, faults_in
from uitvoeringsscan.rubrics.document import MoreQuestions, NewSection, RubricFile, read_document
from uitvoeringsscan.rubrics.model import Rubric, Section
from uitvoeringsscan.rubrics.source import Fault, RubricFaults

SEPARATOR = b"\n---\n"


def bundle(base: bytes, addition: bytes) -> bytes:
    """The bytes that pin a basis together with its addition."""
    return base + SEPARATOR + addition


def load_rubric(source: bytes, names: Sequence[str] = ("vragenlijst", "aanvulling")) -> Rubric:
    """The rubric in a bundle. `names` are the files it came from, for faults. Raises RubricFaults with every fault."""
    parts = source.split(SEPARATOR)
    if len(parts) > 2:
        raise RubricFaults([Fault(names[0], 1, "", "een bundel is één vragenlijst en ten hoogste één aanvulling")])
    files: list[RubricFile] = []
    faults: list[Fault] = []
    for name, part in zip(names, parts, strict=False):
        try:
            files.append(read_document(name, part))
        except RubricFaults as found:
            faults.extend(found.faults)
    if faults:
        raise RubricFaults(faults)
    return assemble(files, source)


def assemble(files: Sequence[RubricFile], source: bytes) -> Rubric:
    """Merge and check files that were read: a questionnaire, or a basis and its addition. Raises RubricFaults."""
    faults = list(_family_faults(files))
    if faults:
        raise RubricFaults(faults)
    sections: list[_Section] = []
    for file in files:
        faults.extend(_place(file, sections))
    faults.extend(faults_in([item for section in sections for item in section.questions], files[-1].source.file))
    if faults:
        raise RubricFaults(faults)
    head = files[-1].document
    return Rubric(
        ref=RubricRef(code=head.code, version=head.version, sha256=sha256(source).hexdigest()),
        title=head.title,
        agencies=tuple(AgencyCode(code) for code in head.agencies),
        short=head.short,
        sections=tuple(section.finished() for section in sections),
        source=source,
    )


def _family_faults(files: Sequence[RubricFile]) -> Iterator[Fault]:
    """A basis extends nothing; an addition extends exactly the basis that stands before it."""
    base = files[0]
    if base.document.extends is not None:
        line = base.source.line(("breidtUit",))
        yield Fault(
            base.source.file,
            line,
            "",
            "dit is een aanvulling; de vragenlijst die zij uitbreidt, ontbreekt of is zelf een aanvulling",
        )
    for addition in files[1:]:
        extends = addition.document.extends
        wanted = (base.document.code, base.document.version)
        if extends is None or (extends.code, extends.version) != wanted:
            line = addition.source.line(("breidtUit",))
            yield Fault(
                addition.source.file, line, "", f"'breidtUit' noemt niet {wanted[0]} {wanted[1]}, waar dit bij staat"
            )


@dataclass(slots=True)
class _Section:
    """A section that is still growing."""

    new: NewSection
    questions: list[Placed] = field(default_factory=list)

    def finished(self) -> Section:
        questions = tuple(item.question for item in self.questions)
        return Section(code=self.new.code, titel=self.new.title, uitleg=self.new.help, vragen=questions)


def _place(file: RubricFile, sections: list[_Section]) -> Iterator[Fault]:
    """Put the sections of one file where they belong among those that are there already."""
    source = file.source
    addition = file.document.extends is not None
    base = {section.new.code: section for section in sections}
    last_after: dict[str, _Section] = {}
    for index, part in enumerate(file.document.sections):
        path = ("onderdelen", index)
        questions = [
            Placed(question, source, (*path, "vragen", number)) for number, question in enumerate(part.questions)
        ]
        if isinstance(part, MoreQuestions):
            if part.section in base:
                base[part.section].questions.extend(questions)
            else:
                yield Fault(
                    source.file,
                    source.line((*path, "bij")),
                    "",
                    f"er is geen onderdeel '{part.section}' om bij te staan",
                )
            continue
        if any(section.new.code == part.code for section in sections):
            yield Fault(source.file, source.line((*path, "code")), "", f"er is al een onderdeel '{part.code}'")
        section = _Section(part, questions)
        if part.after is None:
            sections.append(section)
        elif addition and part.after in base:
            anchor = last_after.get(part.after, base[part.after])
            sections.insert(sections.index(anchor) + 1, section)
            last_after[part.after] = section
        else:
            yield Fault(
                source.file, source.line((*path, "na")), "", f"er is geen onderdeel '{part.after}' om na te komen"
            )
