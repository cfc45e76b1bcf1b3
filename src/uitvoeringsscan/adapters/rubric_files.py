"""Rubrics in a folder: reading them all, and keeping released ones as they are.

A file is called `<code>-<version>.yaml`. `frozen.json` in the same folder holds the sha256 of each released file; a
released file that changed or is gone is a fault, and a fault stops the start. Files that are not in it yet are still
being written: they can be used, and `freeze` releases them. Under `examples/`, a file of the same name holds examples;
those are never released.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from uitvoeringsscan.identifiers import RubricRef
from uitvoeringsscan.rubrics.document import RubricFile, read_document
from uitvoeringsscan.rubrics.library import Library
from uitvoeringsscan.rubrics.loading import assemble, bundle
from uitvoeringsscan.rubrics.model import Rubric
from uitvoeringsscan.rubrics.source import Fault, RubricFaults
from uitvoeringsscan.scoring.examples import Example, read_examples

FROZEN = "frozen.json"
EXAMPLES = "examples"


def read_library(directory: Path) -> Library:
    """All questionnaires in a folder. Raises RubricFaults with every fault in every file; nothing is skipped."""
    bodies = _bodies(directory)
    faults = list(_frozen_faults(directory, bodies))
    files: dict[str, RubricFile] = {}
    for name, body in bodies.items():
        try:
            files[name] = read_document(name, body)
        except RubricFaults as found:
            faults.extend(found.faults)
    rubrics: list[Rubric] = []
    for name, file in files.items():
        expected = _file_name(file.document.code, file.document.version)
        if name != expected:
            faults.append(Fault(name, file.source.line(("code",)), "", f"dit bestand hoort {expected} te heten"))
        try:
            rubrics.append(_assemble(name, files, bodies))
        except RubricFaults as found:
            faults.extend(found.faults)
    if not faults:
        return Library.of(rubrics)
    # A fault in a basis is found again with each of its additions; one fault is told once.
    raise RubricFaults(set(faults))


def examples_of(directory: Path, library: Library) -> dict[RubricRef, tuple[Example, ...]]:
    """The examples that stand beside the questionnaires. Raises RubricFaults, also for those of no questionnaire."""
    folder = directory / EXAMPLES
    wanted = {_file_name(rubric.ref.code, rubric.ref.version): rubric for rubric in library}
    found: dict[RubricRef, tuple[Example, ...]] = {}
    faults: list[Fault] = []
    for name, body in (_bodies(folder) if folder.is_dir() else {}).items():
        place = f"{EXAMPLES}/{name}"
        rubric = wanted.get(name)
        if rubric is None:
            faults.append(Fault(place, 1, "", "er is geen vragenlijst met deze bestandsnaam"))
            continue
        try:
            found[rubric.ref] = read_examples(rubric, place, body)
        except RubricFaults as wrong:
            faults.extend(wrong.faults)
    if faults:
        raise RubricFaults(faults)
    return found


def check(directory: Path) -> tuple[Fault, ...]:
    """Every fault in the folder, released files that changed or vanished included; empty when all is well."""
    try:
        examples_of(directory, read_library(directory))
    except RubricFaults as found:
        return found.faults
    return ()


def unfrozen(directory: Path) -> tuple[str, ...]:
    """The files that are not released yet."""
    frozen = _frozen(directory)
    return tuple(name for name in _bodies(directory) if name not in frozen)


def freeze(directory: Path) -> tuple[str, ...]:
    """Release every file that is not released yet, and say which. Raises RubricFaults when anything is wrong."""
    examples_of(directory, read_library(directory))
    new = unfrozen(directory)
    sums = _frozen(directory) | {name: sha256((directory / name).read_bytes()).hexdigest() for name in new}
    if new:
        (directory / FROZEN).write_text(json.dumps(sums, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return new


def _assemble(name: str, files: Mapping[str, RubricFile], bodies: Mapping[str, bytes]) -> Rubric:
    file = files[name]
    extends = file.document.extends
    if extends is None:
        return assemble([file], bodies[name])
    base = _file_name(extends.code, extends.version)
    if base in bodies and base not in files:
        # The basis has faults of its own, which are told; nothing can be said of the addition until they are gone.
        raise RubricFaults([])
    if base not in files:
        line = file.source.line(("breidtUit",))
        raise RubricFaults([Fault(name, line, "", f"'breidtUit' noemt {base}; dat bestand is er niet")])
    return assemble([files[base], file], bundle(bodies[base], bodies[name]))


def _file_name(code: str, version: str) -> str:
    return f"{code}-{version}.yaml"


def _bodies(directory: Path) -> dict[str, bytes]:
    if not directory.is_dir():
        raise RubricFaults([Fault(str(directory), 1, "", "deze map bestaat niet")])
    paths = sorted(path for path in directory.iterdir() if path.suffix in (".yaml", ".yml") and path.is_file())
    return {path.name: path.read_bytes() for path in paths}


def _frozen(directory: Path) -> dict[str, str]:
    path = directory / FROZEN
    if not path.exists():
        return {}
    try:
        sums = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        sums = None
    if not isinstance(sums, dict) or not all(isinstance(item, str) for item in sums.values()):
        raise RubricFaults([Fault(FROZEN, 1, "", "dit is geen lijst van bestanden met hun sha256")])
    return sums


def _frozen_faults(directory: Path, bodies: Mapping[str, bytes]) -> Iterator[Fault]:
    for name, digest in _frozen(directory).items():
        if name not in bodies:
            yield Fault(name, 1, "", "dit bestand is uitgebracht en mag niet verdwijnen")
        elif sha256(bodies[name]).hexdigest() != digest:
            yield Fault(name, 1, "", "dit bestand is uitgebracht en mag niet veranderen; maak een nieuwe versie")
