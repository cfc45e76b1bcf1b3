"""Every publication is signed with the key in use; a new key changes nothing that was published."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from tests.support.desk import ADMIN, COORDINATOR, World
from uitvoeringsscan.adapters.signature_check import ed25519
from uitvoeringsscan.adapters.signing import signer
from uitvoeringsscan.errors import Forbidden, WrongState
from uitvoeringsscan.people.people import SERVICE
from uitvoeringsscan.publication.keys import key_set
from uitvoeringsscan.publication.signatures import read_keys, verify_signatures
from uitvoeringsscan.storage import tables
from uitvoeringsscan.use_cases import publishing, signing_keys


def findings(world: World) -> list[str]:
    with world.desk.reading() as work:
        signed = [(made.number, made.document, made.signature) for made in work.publications.every()]
        keys = read_keys(json.dumps(key_set(work.keys.every())).encode())
    return [str(finding) for finding in verify_signatures(signed, keys, ed25519)]


def test_publications_of_every_key_are_checked_after_rotation(world: World) -> None:
    first = world.publish(world.assessed())
    signing_keys.rotate(world.desk, SERVICE)
    second = world.publish(world.assessed(paper_number="15"))
    assert first.signature is not None
    assert second.signature is not None
    assert first.signature.split(".")[0] != second.signature.split(".")[0]
    assert findings(world) == []
    with world.desk.reading() as work:
        assert work.publications.get(first.number) == first


def test_the_old_private_key_is_thrown_away_and_the_public_one_stays(world: World) -> None:
    (old,) = signing_keys.every(world.desk)
    new = signing_keys.rotate(world.desk, ADMIN)
    assert signing_keys.every(world.desk) == [replace(old, sealed=None), new]
    assert new.sealed is not None
    with pytest.raises(WrongState):
        world.desk.sign(signing_keys.every(world.desk)[0], b"nog eens")


def test_a_new_key_stands_in_the_journal(world: World) -> None:
    key = signing_keys.rotate(world.desk, ADMIN)
    with world.desk.reading() as work:
        line = work.journal.newest("SigningKeyMade")
    assert line is not None
    assert (line.name, line.details) == (ADMIN.name, {"kid": key.kid})


def test_a_coordinator_makes_no_keys(small: World) -> None:
    before = small.contents()
    with pytest.raises(Forbidden):
        signing_keys.rotate(small.desk, COORDINATOR)
    assert small.contents() == before


def test_without_a_key_nothing_is_published(small: World) -> None:
    scan = small.assessed()
    with small.engine.begin() as connection:
        connection.execute(delete(tables.signing_secrets))
    before = small.contents()
    with pytest.raises(WrongState, match="keys rotate"):
        small.publish(scan)
    assert small.contents() == before
    assert signing_keys.fault(small.desk) is not None
    signing_keys.ensure(small.desk)
    assert signing_keys.fault(small.desk) is None
    small.publish(scan)
    assert findings(small) == []


def test_under_another_secret_nothing_is_published(small: World) -> None:
    scan = small.assessed()
    other = replace(small.desk, sign=signer("een ander geheim"))
    with pytest.raises(WrongState, match="SECRET_KEY"):
        publishing.publish(other, COORDINATOR, scan, None)
    assert small.counts()["publications"] == 0


def test_a_key_that_works_is_kept(small: World) -> None:
    before = signing_keys.every(small.desk)
    signing_keys.ensure(small.desk)
    assert signing_keys.every(small.desk) == before


def test_the_database_refuses_to_change_a_key(world: World) -> None:
    table = tables.signing_keys
    for statement in (update(table).values(public="x"), delete(table)):
        with pytest.raises(DBAPIError, match="append-only"), world.engine.begin() as connection:
            connection.execute(statement)


def test_the_database_refuses_to_change_a_signature(world: World) -> None:
    world.publish(world.assessed())
    with pytest.raises(DBAPIError, match="append-only"), world.engine.begin() as connection:
        connection.execute(update(tables.publications).values(signature=None))


def test_a_signature_that_was_taken_away_behind_our_back_is_found(small: World) -> None:
    publication = small.publish(small.assessed())
    with small.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER publications_no_update"))
        connection.execute(update(tables.publications).values(signature=None))
    assert findings(small) == [f"{publication.number}: niet-ondertekend: Deze publicatie heeft geen handtekening."]
