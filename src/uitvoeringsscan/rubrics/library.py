"""Every questionnaire there is, by code and version, and who gets which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from uitvoeringsscan.errors import NotFound
from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.rubrics.model import Rubric
from uitvoeringsscan.rubrics.source import Fault, RubricFaults

BASIS = "basis"
"""The questionnaire of every agency that no other one is meant for."""


@dataclass(frozen=True, slots=True)
class Library:
    """Make it with `Library.of`, which checks it. `rubrics` is sorted by code, then by version, oldest first."""

    rubrics: tuple[Rubric, ...]

    @classmethod
    def of(cls, rubrics: Iterable[Rubric]) -> Library:
        """Raises RubricFaults when no agency could be sure what it gets: no basis, or two for the same agency."""
        library = cls(tuple(sorted(rubrics, key=lambda rubric: (rubric.ref.code, version_key(rubric.ref.version)))))
        faults = list(_faults(library))
        if faults:
            raise RubricFaults(faults)
        return library

    def __iter__(self) -> Iterator[Rubric]:
        return iter(self.rubrics)

    def get(self, code: str, version: str) -> Rubric:
        """Raises NotFound."""
        for rubric in self.rubrics:
            if (rubric.ref.code, rubric.ref.version) == (code, version):
                return rubric
        raise NotFound(f"Vragenlijst {code} {version} bestaat niet.")

    def latest(self, code: str) -> Rubric:
        """The newest version. Raises NotFound."""
        for rubric in self.newest():
            if rubric.ref.code == code:
                return rubric
        raise NotFound(f"Vragenlijst {code} bestaat niet.")

    def newest(self) -> tuple[Rubric, ...]:
        """The newest version of each questionnaire."""
        return tuple({rubric.ref.code: rubric for rubric in self.rubrics}.values())

    def for_agency(self, agency: AgencyCode, *, short: bool = False) -> Rubric:
        """What this agency gets by default: the short one at the last minute, its own, or else the basis.

        Without a short questionnaire in the library the last minute gets the ordinary one.
        """
        newest = self.newest()
        hurried = [rubric for rubric in newest if short and rubric.short]
        own = [rubric for rubric in newest if agency in rubric.agencies and not rubric.short]
        return (hurried or own or [self.latest(BASIS)])[0]


def version_key(version: str) -> tuple[int, ...]:
    """Versions compare as numbers: 1.10 comes after 1.9."""
    return tuple(int(part) for part in version.split("."))


def _faults(library: Library) -> Iterator[Fault]:
    newest = library.newest()
    if not any(rubric.ref.code == BASIS for rubric in newest):
        yield Fault(BASIS, 1, "", "er is geen vragenlijst 'basis'; elke organisatie moet er een kunnen krijgen")
    seen: dict[tuple[str, str], str] = {}
    for rubric in library:
        key = (rubric.ref.code, rubric.ref.version)
        if key in seen:
            yield Fault(rubric.ref.code, 1, "", f"vragenlijst {key[0]} {key[1]} bestaat twee keer")
        seen[key] = rubric.ref.code
    taken: dict[str, str] = {}
    for rubric in newest:
        for claim in [*rubric.agencies, *(["#kort"] if rubric.short else [])]:
            other = taken.setdefault(claim, rubric.ref.code)
            if other != rubric.ref.code:
                what = "de korte vragenlijst" if claim == "#kort" else f"de vragenlijst voor {claim}"
                yield Fault(rubric.ref.code, 1, "", f"{what} is al '{other}'")
