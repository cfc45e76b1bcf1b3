"""The submitter's one reaction: theirs alone, in the next publication or beside the one that is there, and for good."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from tests.support.desk import COORDINATOR, OTHER_SUBMITTER, SUBMITTER, World, approver
from uitvoeringsscan.adapters.signature_check import ed25519
from uitvoeringsscan.errors import Forbidden, InvalidInput, NotFound, Stale, WrongState
from uitvoeringsscan.publication.keys import key_set
from uitvoeringsscan.publication.signatures import read_keys, verify_signatures
from uitvoeringsscan.publication.summary import read_sealed
from uitvoeringsscan.publication.verification import verify_addenda
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scans.reaction import MAX_REACTION
from uitvoeringsscan.storage import tables
from uitvoeringsscan.use_cases import coordinating, reacting, signing_keys

WORDS = "De indieners kiezen bewust voor deze datum."


def test_before_publication_it_becomes_part_of_the_document(world: World) -> None:
    scan = world.routed()
    reacting.react(world.desk, SUBMITTER, scan, None, "Eerst dit.")
    reacting.react(world.desk, SUBMITTER, scan, None, f" {WORDS}\r\nTwee regels. ")
    world.settle(scan, "uwv")
    summary = read_sealed(world.publish(scan).document)
    assert summary.reaction is not None
    assert summary.reaction.text == f"{WORDS}\nTwee regels."
    assert summary.reaction.placed_at == world.clock.now()
    with pytest.raises(WrongState):
        reacting.react(world.desk, SUBMITTER, scan, None, "Nog iets.")


def test_it_can_be_taken_back_until_then(small: World) -> None:
    scan = small.assessed()
    reacting.react(small.desk, SUBMITTER, scan, None, WORDS)
    reacting.react(small.desk, SUBMITTER, scan, None, "  ")
    assert read_sealed(small.publish(scan).document).reaction is None


def test_after_publication_it_stands_beside_it_signed_and_for_good(world: World) -> None:
    scan, other = world.published(), world.published(paper_number="88")
    before = world.chain()
    reacting.react(world.desk, SUBMITTER, scan, None, WORDS)
    reacting.react(world.desk, SUBMITTER, other, None, "Een andere reactie.")
    assert world.chain() == before
    (one,) = reacting.addenda_of(world.desk, f"{scan}-v1")
    content = json.loads(one.document)
    publication = read_sealed(dict(before)[f"{scan}-v1"])
    assert (content["soort"], content["tekst"], content["publicatie"]) == ("reactie", WORDS, f"{scan}-v1")
    assert content["publicatieSha256"] == publication.sha256
    with world.desk.reading() as work:
        every = work.addenda.every()
        digests = {p.number: p.sha256 for p in work.publications.every()}
    keys = read_keys(json.dumps(key_set(signing_keys.every(world.desk))).encode())
    assert verify_addenda([a.document for a in every], digests) == []
    assert verify_signatures([(str(a.sequence), a.document, a.signature) for a in every], keys, ed25519) == []
    with pytest.raises(WrongState):
        reacting.react(world.desk, SUBMITTER, scan, None, "Toch anders.")
    for change in (update(tables.addenda).values(sha256="0" * 64), delete(tables.addenda)):
        with pytest.raises(DatabaseError), world.engine.begin() as connection:
            connection.execute(change)


def test_a_new_version_takes_along_what_stood_beside_the_old_one(small: World) -> None:
    scan = small.published()
    reacting.react(small.desk, SUBMITTER, scan, None, WORDS)
    coordinating.start_correction(small.desk, COORDINATOR, scan, None, "Een bedrag klopte niet.")
    second = read_sealed(small.publish(scan).document)
    assert (second.version, second.reaction and second.reaction.text) == (2, WORDS)


def test_nobody_else_can_write_it(small: World) -> None:
    scan = small.routed()
    for who in (COORDINATOR, approver("uwv")):
        with pytest.raises(Forbidden):
            reacting.react(small.desk, who, scan, None, "Namens de indiener.")
    with pytest.raises(NotFound):
        reacting.react(small.desk, OTHER_SUBMITTER, scan, None, "Ik ook.")
    with pytest.raises(Stale):
        reacting.react(small.desk, SUBMITTER, scan, 99, WORDS)
    own = small.submitted(by=COORDINATOR, paper_number="31")
    with pytest.raises(Forbidden):
        reacting.react(small.desk, COORDINATOR, own, None, "Voor de indiener.")


@pytest.mark.parametrize("state", [ScanState.DRAFT, ScanState.WITHDRAWN, ScanState.REPLACED])
def test_there_is_a_time_for_it(small: World, state: ScanState) -> None:
    with pytest.raises(WrongState):
        reacting.react(small.desk, SUBMITTER, small.in_state(state), None, WORDS)


@pytest.mark.parametrize(("text", "code"), [("x" * (MAX_REACTION + 1), "te-lang"), ("\x01", "ongeldige-tekens")])
def test_it_is_short_plain_text(small: World, text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        reacting.react(small.desk, SUBMITTER, small.routed(), None, text)
    assert [p.code for p in refused.value.problems] == [code]


def test_what_is_published_cannot_be_emptied(small: World) -> None:
    with pytest.raises(InvalidInput):
        reacting.react(small.desk, SUBMITTER, small.published(), None, "")
