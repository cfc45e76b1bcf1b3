"""What is stored comes back the same, through the database itself: from_row(to_row(x)) == x, for every kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
import stored_values as values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError, StatementError

from tests.support.desk import START, amendment, opened
from uitvoeringsscan.assessments.assessment import AssessmentHead
from uitvoeringsscan.scoring.score import AgencyScore
from uitvoeringsscan.storage import documents, rows, tables
from uitvoeringsscan.storage.assessments import StoredAssessments
from uitvoeringsscan.storage.engine import open_engine

KINDS = {
    "scan": (tables.scans, rows.scan_to_row, rows.scan_from_row, values.scans),
    "assessment": (tables.assessments, rows.assessment_to_row, rows.assessment_from_row, values.assessments),
    "publication": (tables.publications, rows.publication_to_row, rows.publication_from_row, values.publications),
    "person": (tables.people, rows.person_to_row, rows.person_from_row, values.people),
    "client": (tables.clients, rows.client_to_row, rows.client_from_row, values.clients),
}
modest = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """An open transaction with one scan in it, for what refers to a scan."""
    engine = open_engine(database_url)
    try:
        with engine.connect() as connection, connection.begin() as transaction:
            parent = rows.scan_to_row(_scan())
            connection.execute(insert(tables.scans).values(parent))
            yield connection
            transaction.rollback()
    finally:
        engine.dispose()


def _scan() -> values.Scan:
    return values.Scan(
        id="2026-0001",
        state=values.ScanState.SUBMITTED,
        amendment=amendment(),
        parsed=values.ParsedAmendment(
            dossier_number=None,
            dossier_suffix=None,
            paper_number=None,
            kind=values.Found(value="amendement", span=None),
            replaces=None,
            submitters=(),
            received=None,
            title=None,
            budget=False,
            instructions=(),
            laws=(),
            note=None,
        ),
        routing=values.Routing(proposals=(), nobody="Niemand.", register_sha256="0" * 64),
        owner="iemand@voorbeeld.example",
        owner_name="Iemand",
        created_at=START,
    )


@pytest.mark.parametrize("kind", KINDS)
@modest
@given(data=st.data())
def test_what_is_stored_comes_back_the_same(connection: Connection, kind: str, data: st.DataObject) -> None:
    table, to_row, from_row, strategy = KINDS[kind]
    value = data.draw(strategy)
    if kind == "scan":
        value = replace(value, id="2026-0002")
    with connection.begin_nested() as point:
        connection.execute(insert(table).values(values.filled(table, **to_row(value))))
        key = [column == to_row(value)[column.name] for column in table.primary_key]
        row = connection.execute(select(table).where(*key)).mappings().one()
        again = from_row(row)
        point.rollback()
    assert again == value
    assert from_row(to_row(again)) == value


@modest
@given(values.scans)
def test_a_line_in_a_list_says_what_the_scan_says(scan: values.Scan) -> None:
    row = rows.scan_to_row(scan)
    line = rows.line_from_row({name: row[name] for name in rows.LINE_COLUMNS})
    for name in (field.name for field in fields(line)):
        source = (
            scan.amendment if name in ("title", "kind", "dossier_number", "dossier_suffix", "paper_number") else scan
        )
        assert getattr(line, name) == getattr(source, name)


@modest
@given(data=st.data())
def test_a_line_in_a_list_says_what_the_file_says(connection: Connection, data: st.DataObject) -> None:
    file = data.draw(values.assessments | values.assessments.map(lambda one: replace(one, answers=values.RawAnswers())))
    with connection.begin_nested() as point:
        connection.execute(
            insert(tables.assessments).values(values.filled(tables.assessments, **rows.assessment_to_row(file)))
        )
        (line,) = StoredAssessments(connection).of_agency(file.agency, None, 5)
        point.rollback()
    assert line.begun == (file.answers != values.RawAnswers())
    for field in fields(AssessmentHead):
        assert getattr(line, field.name) == getattr(file, field.name), field.name
    assert (line.id, line.status, line.settled, line.returned) == (file.id, file.status, file.settled, file.returned)


@settings(max_examples=30)
@given(values.scores)
def test_a_score_comes_back_the_same(score: AgencyScore) -> None:
    assert documents.SCORE.load(documents.SCORE.dump(score)) == score


@given(values.moments)
@modest
def test_moments_come_back_aware_and_in_utc(connection: Connection, moment: datetime) -> None:
    with connection.begin_nested() as point:
        connection.execute(insert(tables.texts).values(sha256="0" * 64, kept_at=moment, body=b""))
        stored = connection.scalar(select(tables.texts.c.kept_at))
        point.rollback()
    assert stored == moment
    assert stored is not None
    assert stored.utcoffset() == moment.astimezone(UTC).utcoffset()


def test_a_moment_without_time_zone_is_refused(connection: Connection) -> None:
    naive = START.replace(tzinfo=None)
    with pytest.raises(StatementError, match="without a time zone"):
        connection.execute(insert(tables.texts).values(sha256="0" * 64, kept_at=naive, body=b""))
    with pytest.raises(StatementError, match="without a time zone"):
        connection.execute(select(tables.texts).where(tables.texts.c.kept_at > naive))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("assessment", {"scan": "2026-9999"}),
        ("publication", {"scan": "2026-9999"}),
    ],
)
def test_nothing_hangs_on_a_scan_that_is_not_there(database_url: str, kind: str, value: dict[str, str]) -> None:
    table = KINDS[kind][0]
    with opened(database_url) as world:
        example = world.in_state(values.ScanState.PUBLISHED)
        with world.engine.connect() as connection:
            row = dict(connection.execute(select(table)).mappings().one())
        assert row["scan"] == example
        changed = {**row, **value, **({"sequence": 2, "number": "2026-9999-v1"} if kind == "publication" else {})}
        with pytest.raises(IntegrityError), world.engine.begin() as connection:
            connection.execute(insert(table).values(changed))


def test_no_field_of_a_stored_value_is_left_to_its_default() -> None:
    """A new field that nobody draws would be compared with itself only."""
    drawn = {
        "scan": values.Scan,
        "assessment": values.Assessment,
        "publication": values.Publication,
        "person": values.Person,
        "client": values.Client,
    }
    assert set(drawn) == set(KINDS)
    for kind, made in drawn.items():
        given_ = set(KINDS[kind][3].wrapped_strategy.kwargs)
        assert {field.name for field in fields(made)} - given_ == set(), kind
