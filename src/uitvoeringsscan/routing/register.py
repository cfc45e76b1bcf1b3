"""The register: every agency, every act with who executes it, and the words by which we recognise them.

Loaded whole from a mapping of file name -> bytes, checked whole (a fault stops the load, nothing is skipped), and pinned
by a digest over names and bytes, so that a routing can always say which knowledge it was made with.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from uitvoeringsscan.amendments.laws import LawIndex, LawName
from uitvoeringsscan.routing.documents import (
    AgencyDocument,
    BudgetDocument,
    ChainDocument,
    LawDocument,
    NobodyDocument,
    TopicDocument,
    WordingDocument,
)
from uitvoeringsscan.routing.faults import Fault, Place, RegisterFault
from uitvoeringsscan.routing.lexicon import Lexicon, lexicon_of, names_of
from uitvoeringsscan.routing.reading import fault_at, read_list, read_one

__all__ = ["Agency", "Law", "Register", "RegisterFault", "load_register"]

Agency = AgencyDocument
Law = LawDocument

LAWS = "laws/"
"""Files under this folder hold acts; they may be cut up by field of policy, the cut means nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """All knowledge about who executes what. Frozen; made by `load_register` alone."""

    agencies: tuple[Agency, ...]
    laws: Mapping[str, Law]
    topics: Mapping[str, TopicDocument]
    budgets: tuple[BudgetDocument, ...]
    nobody: Mapping[str, NobodyDocument]
    chains: tuple[ChainDocument, ...]
    lexicon: Lexicon = field(repr=False, compare=False)
    digest: str
    _by_code: Mapping[str, Agency] = field(repr=False, compare=False)
    _by_name: Mapping[str, Law] = field(repr=False, compare=False)
    _law_index: LawIndex = field(repr=False, compare=False)

    def agency(self, code: str) -> Agency | None:
        """The agency with this code, None when there is none."""
        return self._by_code.get(code)

    def law_named(self, name: str, bwb: str | None = None) -> Law | None:
        """The act of this name (capitals do not matter) or abbreviation (to the letter: Tw is not TW).

        "Wet inburgering 20.." is the newest act of that name; "Invoeringswet Participatiewet" is about the Participatiewet.
        """
        if found := self._by_name.get(bwb or name) or self._by_name.get(name):
            return found
        key = name.casefold()
        for wanted in (key, _YEAR.sub(" 20..", key), _YEAR.sub("", key), _ACCOMPANYING.sub("", key)):
            if found := self._by_name.get(wanted):
                return found
        return None

    def law_index(self) -> LawIndex:
        """The names of all acts, for the parser."""
        return self._law_index


@dataclass(slots=True)
class _Placed:
    """A document with where it stands, so that checks across files can name the line."""

    file: str
    content: bytes
    place: Place

    def fault(self, message: str, *deeper: str | int) -> Fault:
        return fault_at(self.file, self.content, (*self.place, *deeper), message)


UNKNOWN_AGENCY, UNKNOWN_LAW = "onbekende organisatie", "onbekende wet"
_YEAR = re.compile(r"\s20\.{1,2}$")
_ENACTED = re.compile(r"\s(?:19|20)\d\d$")
_ACCOMPANYING = re.compile(r"^(?:invoerings|aanpassings|overgangs|reparatie|verzamel|veeg|spoed)wet\s(?:de\s)?")
SINGLE_FILES = ("agencies.yaml", "topics.yaml", "budgets.yaml", "wording.yaml", "nobody.yaml", "chains.yaml")


def load_register(files: Mapping[str, bytes]) -> Register:
    """Reads and checks every file. Raises RegisterFault, with all faults, when anything at all is wrong."""
    faults: list[Fault] = []
    for name in files:
        if name not in SINGLE_FILES and not (name.startswith(LAWS) and name.endswith(".yaml")):
            faults.append(Fault(name, 1, "", "dit bestand hoort niet in het register"))
    for name in SINGLE_FILES:
        if name not in files:
            faults.append(Fault(name, 1, "", "dit bestand ontbreekt"))
    if faults:
        raise RegisterFault(faults)

    agencies = read_list("agencies.yaml", files["agencies.yaml"], AgencyDocument, faults)
    topics = read_list("topics.yaml", files["topics.yaml"], TopicDocument, faults)
    budgets = read_list("budgets.yaml", files["budgets.yaml"], BudgetDocument, faults)
    wording = read_one("wording.yaml", files["wording.yaml"], WordingDocument, faults)
    nobody = read_list("nobody.yaml", files["nobody.yaml"], NobodyDocument, faults)
    chains = read_list("chains.yaml", files["chains.yaml"], ChainDocument, faults)
    laws: list[tuple[_Placed, Law]] = []
    for name in sorted(n for n in files if n.startswith(LAWS)):
        read = read_list(name, files[name], LawDocument, faults)
        laws += [(_Placed(name, files[name], (at,)), law) for at, law in enumerate(read)]
    if faults or wording is None:
        raise RegisterFault(faults)

    faults += _cross_checks(files, agencies, topics, budgets, nobody, chains, laws)
    names, name_faults = names_of(agencies, files["agencies.yaml"])
    by_name, law_faults = _law_names(laws)
    faults += name_faults + law_faults
    if faults:
        raise RegisterFault(faults)
    return Register(
        agencies=agencies,
        laws={law.code: law for _, law in laws},
        topics={t.code: t for t in topics},
        budgets=budgets,
        nobody={n.code: n for n in nobody},
        chains=chains,
        lexicon=lexicon_of(names, topics, wording, nobody, [law for _, law in laws]),
        digest=digest_of(files),
        _by_code={a.code: a for a in agencies},
        _by_name=by_name,
        _law_index=_index([law for _, law in laws]),
    )


def _cross_checks(
    files: Mapping[str, bytes],
    agencies: tuple[Agency, ...],
    topics: tuple[TopicDocument, ...],
    budgets: tuple[BudgetDocument, ...],
    nobody: tuple[NobodyDocument, ...],
    chains: tuple[ChainDocument, ...],
    laws: list[tuple[_Placed, Law]],
) -> list[Fault]:
    """What no document can see of itself: codes that stand twice, and references to what is not there."""

    def placed(name: str, at: int) -> _Placed:
        return _Placed(name, files[name], (at,))

    codes = {agency.code for agency in agencies}
    law_codes = {law.code for _, law in laws}
    topic_codes = {topic.code for topic in topics}
    faults = [
        *_twice((placed("agencies.yaml", i), a.code) for i, a in enumerate(agencies)),
        *_twice((placed("topics.yaml", i), t.code) for i, t in enumerate(topics)),
        *_twice((placed("nobody.yaml", i), n.code) for i, n in enumerate(nobody)),
        *_twice((at, law.code) for at, law in laws),
    ]

    def refers(at: _Placed, what: str, wanted: Iterable[str], there: set[str], *deeper: str | int) -> None:
        faults.extend(at.fault(f"{what} «{code}»", *deeper) for code in wanted if code not in there)

    for i, agency in enumerate(agencies):
        at = placed("agencies.yaml", i)
        refers(at, UNKNOWN_AGENCY, agency.successors, codes, "opvolgers")
        for j, wording in enumerate(agency.wordings):
            refers(at, UNKNOWN_LAW, wording.only_in, law_codes, "formuleringen", j, "alleenIn")
    for at, law in laws:
        for j, mandate in enumerate(law.mandates):
            refers(at, UNKNOWN_AGENCY, (mandate.agency,), codes, "uitvoerders", j, "organisatie")
    asking = [(placed("topics.yaml", i), t.agencies) for i, t in enumerate(topics)]
    asking += [(placed("budgets.yaml", i), b.agencies) for i, b in enumerate(budgets)]
    for at, wanted in asking:
        for j, entry in enumerate(wanted):
            refers(at, UNKNOWN_AGENCY, (entry.agency,), codes, "organisaties", j)
    for i, chain in enumerate(chains):
        at = placed("chains.yaml", i)
        refers(at, UNKNOWN_AGENCY, (chain.supplier,), codes, "leverancier")
        refers(at, UNKNOWN_AGENCY, (chain.receiver,), codes, "ontvanger")
        refers(at, UNKNOWN_LAW, chain.laws, law_codes, "wetten")
        refers(at, "onbekend onderwerp", chain.topics, topic_codes, "onderwerpen")
    return faults


def digest_of(files: Mapping[str, bytes]) -> str:
    """sha256 (hex) over every name and content, in the order of the names; lengths keep the borders apart."""
    whole = hashlib.sha256()
    for name in sorted(files):
        for part in (name.encode(), files[name]):
            whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def _twice(coded: Iterable[tuple[_Placed, str]]) -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for at, code in coded:
        if code in seen:
            faults.append(at.fault(f"de code «{code}» staat er twee keer", "code"))
        seen.add(code)
    return faults


def _law_names(laws: list[tuple[_Placed, Law]]) -> tuple[dict[str, Law], list[Fault]]:
    by_name: dict[str, Law] = {}
    faults = []
    for at, law in laws:
        exact = (*law.abbreviations, *((law.bwb,) if law.bwb else ()))
        for key in (*exact, *(name.casefold() for name in (law.name, *law.other_names))):
            if by_name.setdefault(key, law) is not law:
                faults.append(at.fault(f"«{key}» is ook een naam van {by_name[key].code}", "naam"))
    for _, law in laws:
        for name in (law.name, *law.other_names):
            if _ENACTED.search(name):
                by_name[_ENACTED.sub(" 20..", name.casefold())] = law
    return by_name, faults


def _index(laws: list[Law]) -> LawIndex:
    return LawIndex.of(
        LawName(name=law.name, bwb=law.bwb, aliases=(*law.abbreviations, *law.other_names)) for law in laws
    )
