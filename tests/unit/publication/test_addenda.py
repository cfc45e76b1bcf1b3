"""Whatever is done to the addenda beside publications is found; what is sound gives no finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.publication_samples import PUBLISHED, chain
from uitvoeringsscan.identifiers import AgencyCode
from uitvoeringsscan.publication.addendum import Addendum, AddendumKind, seal
from uitvoeringsscan.publication.verification import Finding, Kind, verify_addenda

PUBLICATIONS = chain(3)
DIGESTS = {publication.number: publication.sha256 for publication in PUBLICATIONS}


def made(count: int) -> list[Addendum]:
    found: list[Addendum] = []
    for at in range(count):
        found.append(
            seal(
                PUBLICATIONS[at % 3],
                AddendumKind.LOOK_BACK if at % 2 else AddendumKind.REACTION,
                {"tekst": f"Nummer {at}: € 1.000 – «zo».", "kosten": {"incidenteel": 1.5}},
                at=PUBLISHED + timedelta(minutes=at),
                previous=found[-1] if found else None,
                agency=AgencyCode("uwv") if at % 2 else None,
            )
        )
    return found


FOUR = made(4)


def documents(*addenda: Addendum) -> list[bytes]:
    return [one.document for one in addenda]


def kinds(findings: list[Finding]) -> set[Kind]:
    return {finding.kind for finding in findings if finding.serious}


def test_a_sound_chain_gives_no_findings_in_any_order() -> None:
    assert verify_addenda([], DIGESTS) == []
    assert verify_addenda(documents(*FOUR[::-1]), DIGESTS, head=FOUR[-1].sha256) == []


@given(st.data())
def test_any_byte_changed_inserted_or_removed_is_found(data: st.DataObject) -> None:
    document = FOUR[1].document
    at = data.draw(st.integers(0, len(document) - 1))
    changed = document[:at] + data.draw(st.binary(max_size=3)) + document[at + 1 :]
    if changed != document:
        assert kinds(verify_addenda([FOUR[0].document, changed, *documents(*FOUR[2:])], DIGESTS))


@pytest.mark.parametrize("gone", range(4))
def test_one_that_is_taken_away_is_missed(gone: int) -> None:
    rest = documents(*(one for at, one in enumerate(FOUR) if at != gone))
    assert Kind.MISSING in kinds(verify_addenda(rest, DIGESTS, head=FOUR[-1].sha256))


def test_one_that_is_put_in_or_moved_to_another_publication_is_found() -> None:
    forged = seal(PUBLICATIONS[0], AddendumKind.REACTION, {"tekst": "Anders."}, at=PUBLISHED, previous=None)
    assert Kind.BROKEN in kinds(verify_addenda([forged.document, *documents(*FOUR[1:])], DIGESTS))
    assert Kind.DUPLICATE in kinds(verify_addenda([forged.document, *documents(*FOUR)], DIGESTS))
    moved = seal(
        replace(PUBLICATIONS[0], number=PUBLICATIONS[1].number),
        AddendumKind.REACTION,
        {"tekst": "Anders."},
        at=PUBLISHED,
        previous=None,
    )
    assert kinds(verify_addenda([moved.document], DIGESTS)) == {Kind.BROKEN}


def test_without_its_publication_it_is_said_that_this_cannot_be_checked() -> None:
    findings = verify_addenda(documents(*FOUR), {})
    assert {finding.kind for finding in findings} == {Kind.UNCHECKED}
    assert kinds(findings) == set()


@pytest.mark.parametrize(
    "junk", [b"", b"{}", b"[]", b"null", b"\xff", b'{"volgnummer": true}', PUBLICATIONS[0].document]
)
def test_what_is_no_addendum_is_named(junk: bytes) -> None:
    assert kinds(verify_addenda([junk], DIGESTS)) == {Kind.UNREADABLE}
