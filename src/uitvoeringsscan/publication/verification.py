"""Checking the record, by someone who does not trust the one who made it.

Nothing here comes from `record` or `summary`: the canonical form (RFC 8785) is written out again, so that a fault in
sealing cannot hide itself. What is checked of a set of exported documents, with no database at hand:

  each alone   it is JSON in canonical form, its sha256 is that of its content, its number fits its scan and version, and
               the file that carries a publication number as its name carries that publication
  together     nothing twice, no two with one place in the chain, none naming a digest that the one before it does not have,
               no place skipped, no time running backwards, no version of a scan before the version below it

A set may be part of the record. Then the links to what is not there cannot be checked, and that is said (a finding that
is not `serious`). With `head`, the digest of the last publication as known from elsewhere (the front page, a printed PDF),
the set must hold the whole chain up to it: whatever is not there has gone missing.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Any


class Kind(StrEnum):
    UNREADABLE = "onleesbaar"
    CHANGED = "gewijzigd"
    NOT_CANONICAL = "niet-canoniek"
    MISNAMED = "verwisseld"
    DUPLICATE = "dubbel"
    FORKED = "vertakt"
    BROKEN = "gebroken"
    MISSING = "ontbreekt"
    UNSIGNED = "niet-ondertekend"
    FORGED = "handtekening-fout"
    UNCHECKED = "niet-te-controleren"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found. `name` is the document it was found in (a file name, or a publication number).

    serious  the record is not what it was; otherwise it is only something this set cannot show
    message  one Dutch sentence
    """

    kind: Kind
    name: str
    message: str
    serious: bool = True

    def __str__(self) -> str:
        return f"{self.name}: {self.kind.value}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """What the chain needs to know of one document that is sound in itself."""

    name: str
    document: bytes
    number: str
    scan: str
    version: int
    sequence: int
    moment: str
    previous: str | None
    previous_sha256: str | None
    sha256: str


def verify(documents: Iterable[tuple[str, bytes]], *, head: str | None = None) -> list[Finding]:
    """Every fault in these documents (name, bytes), in order of name; an empty list when all can be checked and is sound."""
    links: list[_Link] = []
    findings: list[Finding] = []
    for name, document in documents:
        link = _read(name, document)
        if isinstance(link, _Link):
            links.append(link)
            findings += _alone(link)
        else:
            findings.append(link)
    unique, twice = _without_duplicates(links)
    findings += twice
    findings += _chain(unique)
    findings += _versions(unique)
    findings += _absent(unique, head)
    return sorted(findings, key=lambda f: (not f.serious, f.name, f.kind))


def _read(name: str, document: bytes) -> _Link | Finding:
    try:
        value = json.loads(document.decode("utf-8"), parse_constant=_refuse, parse_int=_integer)
        if not isinstance(value, dict):
            raise ValueError("geen JSON-object")
        stated = value["sha256"]
        content = canonical({k: v for k, v in value.items() if k != "sha256"})
        form = canonical(value)
        link = _Link(
            name=name,
            document=document,
            number=_typed(value["nummer"], str),
            scan=_typed(value["scan"], str),
            version=_typed(value["versie"], int),
            sequence=_typed(value["volgnummer"], int),
            moment=_typed(value["gepubliceerdOp"], str),
            previous=_typed(value["vorige"], str, optional=True),
            previous_sha256=_typed(value["vorigeSha256"], str, optional=True),
            sha256=hashlib.sha256(content).hexdigest(),
        )
    except KeyError as missing:
        return Finding(kind=Kind.UNREADABLE, name=name, message=f"Het veld {missing.args[0]} ontbreekt.")
    except (ValueError, RecursionError) as fault:
        return Finding(kind=Kind.UNREADABLE, name=name, message=f"Dit is geen publicatie die te lezen is ({fault}).")
    if stated != link.sha256:
        return Finding(
            kind=Kind.CHANGED,
            name=name,
            message=f"De inhoud past niet bij het controlegetal: erin staat {stated}, berekend is {link.sha256}.",
        )
    if form != document:
        return Finding(
            kind=Kind.NOT_CANONICAL,
            name=name,
            message="De inhoud klopt, maar de bytes zijn niet die van de publicatie (geen canonieke JSON).",
        )
    return link


def _alone(link: _Link) -> Iterator[Finding]:
    if link.number != f"{link.scan}-v{link.version}":
        yield Finding(
            kind=Kind.BROKEN,
            name=link.name,
            message=f"Nummer {link.number} past niet bij scan {link.scan}, versie {link.version}.",
        )
    file_name = link.name.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".json")
    if re.fullmatch(r"[0-9]{4}-[0-9]+-v[0-9]+", file_name) and file_name != link.number:
        yield Finding(
            kind=Kind.MISNAMED, name=link.name, message=f"Onder deze naam staat een andere publicatie: {link.number}."
        )
    first = link.sequence == 1
    if link.sequence < 1 or first != (link.previous is None) or first != (link.previous_sha256 is None):
        yield Finding(
            kind=Kind.BROKEN,
            name=link.name,
            message=f"Plaats {link.sequence} in de ketting past niet bij de vorige publicatie die hij noemt.",
        )


def _without_duplicates(links: Sequence[_Link]) -> tuple[list[_Link], list[Finding]]:
    seen: dict[str, _Link] = {}
    findings = []
    for link in links:
        twin = seen.setdefault(link.sha256, link)
        if twin is not link:
            findings.append(
                Finding(kind=Kind.DUPLICATE, name=link.name, message=f"Dezelfde publicatie als {twin.name}.")
            )
    return list(seen.values()), findings


def _chain(links: Sequence[_Link]) -> Iterator[Finding]:
    for number, group in _grouped(links, lambda link: link.number):
        if len(group) > 1:
            yield _fork(group, f"Nummer {number} hebben meer publicaties")
    for sequence, group in _grouped(links, lambda link: link.sequence):
        if len(group) > 1:
            yield _fork(group, f"Plaats {sequence} in de ketting hebben meer publicaties")
    for _, group in _grouped(links, lambda link: link.previous_sha256 or ""):
        if len(group) > 1:
            yield _fork(group, f"Op dezelfde publicatie ({group[0].previous or 'het begin'}) volgen meer publicaties")

    by_sequence = {link.sequence: link for link in links}
    for link in links:
        before = by_sequence.get(link.sequence - 1)
        if before is None or link.sequence <= 1:
            continue
        if (before.number, before.sha256) != (link.previous, link.previous_sha256):
            yield Finding(
                kind=Kind.BROKEN,
                name=link.name,
                message=f"Volgt op {link.previous} met controlegetal {link.previous_sha256}, maar ervoor staat "
                f"{before.number} met {before.sha256}.",
            )
        elif link.moment < before.moment:
            yield Finding(
                kind=Kind.BROKEN,
                name=link.name,
                message=f"Gepubliceerd op {link.moment}, dus voor de publicatie ervoor ({before.number}, {before.moment}).",
            )


def _versions(links: Sequence[_Link]) -> Iterator[Finding]:
    for _, group in _grouped(links, lambda link: link.scan):
        ordered = sorted(group, key=lambda link: link.sequence)
        for earlier, later in pairwise(ordered):
            if later.version <= earlier.version and later.number != earlier.number:
                yield Finding(
                    kind=Kind.BROKEN,
                    name=later.name,
                    message=f"Versie {later.version} van scan {later.scan} staat na versie {earlier.version}.",
                )


def _absent(links: Sequence[_Link], head: str | None) -> Iterator[Finding]:
    """What the documents speak of and what is not there."""
    places = {link.sequence: link for link in links}
    known_head = next((link for link in links if link.sha256 == head), None)
    if head is not None and known_head is None:
        yield Finding(
            kind=Kind.MISSING, name=head, message="De laatste publicatie, met dit controlegetal, is er niet bij."
        )
    required_up_to = known_head.sequence if known_head else (max(places, default=0) if head is not None else 0)
    for following in sorted(places):
        if following <= 1 or following - 1 in places:
            continue
        link = places[following]
        missing = following <= required_up_to
        yield Finding(
            kind=Kind.MISSING if missing else Kind.UNCHECKED,
            name=link.name,
            message=f"De publicatie ervoor, {link.previous}, is er niet bij"
            + (": ze ontbreekt." if missing else ", dus deze schakel is niet te controleren."),
            serious=missing,
        )


def _fork(group: Sequence[_Link], what: str) -> Finding:
    names = ", ".join(link.name for link in group)
    return Finding(kind=Kind.FORKED, name=group[-1].name, message=f"{what}: {names}.")


def _grouped(links: Sequence[_Link], key: Any) -> Iterator[tuple[Any, list[_Link]]]:
    for value, group in groupby(sorted(links, key=key), key=key):
        yield value, list(group)


# --- RFC 8785, for the JSON that publications are made of -----------------------------------------------------------

_LARGEST = 2**53 - 1
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_ESCAPED = re.compile(r'[\x00-\x1f"\\]')


def canonical(value: object) -> bytes:
    """The one way to write a JSON value (RFC 8785). ValueError for what has none: NaN, lone surrogates, too large integers."""
    return "".join(_pieces(value)).encode("utf-8")


def _pieces(value: object) -> Iterator[str]:
    if value is None:
        yield "null"
    elif isinstance(value, bool):
        yield "true" if value else "false"
    elif isinstance(value, str):
        yield _string(value)
    elif isinstance(value, int):
        if abs(value) > _LARGEST:
            raise ValueError("geheel getal te groot")
        yield str(value)
    elif isinstance(value, float):
        yield _number(value)
    elif isinstance(value, Mapping):
        yield "{"
        # Names are ordered by their UTF-16 code units, as ECMAScript does: big-endian bytes compare the same way.
        for index, name in enumerate(sorted(value, key=lambda n: n.encode("utf-16-be"))):
            yield ("," if index else "") + _string(name) + ":"
            yield from _pieces(value[name])
        yield "}"
    elif isinstance(value, Sequence):
        yield "["
        for index, item in enumerate(value):
            if index:
                yield ","
            yield from _pieces(item)
        yield "]"
    else:
        raise ValueError(f"geen JSON-waarde: {type(value).__name__}")


def _string(text: str) -> str:
    return '"' + _ESCAPED.sub(lambda m: _SHORT.get(m[0]) or f"\\u{ord(m[0]):04x}", text) + '"'


def _number(value: float) -> str:
    """As ECMAScript writes it: the shortest digits that read back, plain between 1e-6 and 1e21, else with an exponent."""
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError("geen getal")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent_text = f"{abs(value)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    exponent = int(exponent_text or 0)
    digits = (whole + fraction).lstrip("0")
    point = (
        len(whole) + exponent - (len(whole + fraction) - len(digits))
    )  # the decimal point stands after this many digits
    digits = digits.rstrip("0")
    if 0 < point <= 21:
        if len(digits) <= point:
            return sign + digits.ljust(point, "0")
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    tail = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{tail}e{point - 1:+d}"


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is geen JSON")


def _integer(digits: str) -> int:
    if len(digits) > 20:
        raise ValueError("geheel getal te groot")
    return int(digits)


def _typed(value: Any, kind: type, *, optional: bool = False) -> Any:
    if (optional and value is None) or (isinstance(value, kind) and not (kind is int and isinstance(value, bool))):
        return value
    raise ValueError(f"{value!r} staat op een plaats waar dat niet kan")


# --- what stands beside publications ----------------------------------------------------------------------------------


def verify_addenda(
    documents: Iterable[bytes], publications: Mapping[str, str], *, head: str | None = None
) -> list[Finding]:
    """Every fault in the addenda that stand beside publications, given in any order.

    publications  number -> digest, of publications that were checked by themselves
    head          the digest of the last addendum, as known from elsewhere; then all before it must be there too
    """
    read = [_addendum(document) for document in documents]
    findings = [
        Finding(kind=Kind.UNREADABLE, name="aanvulling", message="Dit is geen aanvulling.")
        for content in read
        if content is None
    ]
    chain: dict[int, dict[str, Any]] = {}
    for content in filter(None, read):
        findings.extend(_addendum_alone(content, publications))
        if content["volgnummer"] in chain:
            message = "Dit volgnummer is er twee keer."
            findings.append(Finding(kind=Kind.DUPLICATE, name=_called(content["volgnummer"]), message=message))
        chain[content["volgnummer"]] = content
    findings.extend(_addenda_together(chain))
    if head is not None and (not chain or chain[max(chain)]["sha256"] != head):
        message = "De laatste aanvulling is niet die waar de rij mee hoort te eindigen."
        findings.append(Finding(kind=Kind.MISSING, name="aanvullingen", message=message))
    return findings


def _addendum_alone(content: Mapping[str, Any], publications: Mapping[str, str]) -> Iterator[Finding]:
    name = _called(content["volgnummer"])
    if not content["canonical"]:
        yield Finding(kind=Kind.NOT_CANONICAL, name=name, message="De tekens staan niet in de vaste vorm.")
    if content["recomputed"] != content["sha256"]:
        yield Finding(kind=Kind.CHANGED, name=name, message="Het controlegetal past niet bij de inhoud.")
    about = content["publicatie"]
    if about not in publications:
        message = f"De publicatie {about} is er niet bij."
        yield Finding(kind=Kind.UNCHECKED, name=name, message=message, serious=False)
    elif publications[about] != content["publicatieSha256"]:
        message = f"De aanvulling hoort bij een andere publicatie dan {about}."
        yield Finding(kind=Kind.BROKEN, name=name, message=message)


def _addenda_together(chain: Mapping[int, Mapping[str, Any]]) -> Iterator[Finding]:
    for place in range(1, max(chain, default=0) + 1):
        content, before = chain.get(place), chain.get(place - 1)
        if content is None:
            yield Finding(kind=Kind.MISSING, name=_called(place), message="Deze aanvulling ontbreekt.")
        elif (place == 1 or before) and content["vorigeSha256"] != (before["sha256"] if before else None):
            message = "Het controlegetal van de aanvulling ervoor is een ander."
            yield Finding(kind=Kind.BROKEN, name=_called(place), message=message)


def _called(place: int) -> str:
    return f"aanvulling {place}"


_OF_AN_ADDENDUM = {"volgnummer": int, "sha256": str, "publicatie": str, "publicatieSha256": str}


def _addendum(document: bytes) -> dict[str, Any] | None:
    """What is to be checked of one; None when it is none."""
    try:
        content = json.loads(document, parse_constant=_refuse, parse_int=_integer)
        whole = canonical(content)
        alone = canonical({name: value for name, value in content.items() if name != "sha256"})
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    if "vorigeSha256" not in content or any(type(content.get(n)) is not kind for n, kind in _OF_AN_ADDENDUM.items()):
        return None
    return {**content, "canonical": whole == document, "recomputed": hashlib.sha256(alone).hexdigest()}
