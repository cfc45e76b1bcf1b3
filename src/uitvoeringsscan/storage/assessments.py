"""The agencies' files, and what each weighed when it was approved."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, insert, or_, select, tuple_, update

from uitvoeringsscan.assessments.assessment import SETTLED, Assessment, AssessmentLine, AssessmentState, Outcome
from uitvoeringsscan.errors import Stale
from uitvoeringsscan.identifiers import AgencyCode, ScanId
from uitvoeringsscan.scans.lifecycle import ScanState
from uitvoeringsscan.scoring.score import AgencyScore
from uitvoeringsscan.storage import documents, rows, tables
from uitvoeringsscan.use_cases.ports import (
    Cursor,
)


class StoredAssessments:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, scan: ScanId, agency: AgencyCode) -> Assessment | None:
        table = tables.assessments
        query = select(table).where(table.c.scan == scan, table.c.agency == agency)
        row = self._connection.execute(query).mappings().one_or_none()
        return rows.assessment_from_row(row) if row else None

    def of_scan(self, scan: ScanId) -> Sequence[Assessment]:
        return self.of_scans([scan])

    def of_scans(self, scans: Sequence[ScanId]) -> Sequence[Assessment]:
        table = tables.assessments
        return self._many(select(table).where(table.c.scan.in_(scans)).order_by(table.c.scan, table.c.agency))

    def of_agency(self, agency: AgencyCode, after: Cursor | None, limit: int) -> Sequence[AssessmentLine]:
        return self._lines(_newest(_heads(agency), after, limit))

    def running(self, agency: AgencyCode) -> Sequence[AssessmentLine]:
        return self._lines(_heads(agency).where(tables.assessments.c.state.in_(_AWAITED), _round_runs()))

    def closed(self, agency: AgencyCode, after: Cursor | None, limit: int) -> Sequence[AssessmentLine]:
        settled = tables.assessments.c.state.not_in(_AWAITED)
        return self._lines(_newest(_heads(agency).where(or_(settled, ~_round_runs())), after, limit))

    def _lines(self, query: Select[Any]) -> Sequence[AssessmentLine]:
        return [rows.assessment_line_from_row(row) for row in self._connection.execute(query).mappings()]

    def answered_before(self, agency: AgencyCode, rubric: str, before: Cursor, limit: int) -> Sequence[Assessment]:
        table = tables.assessments
        query = select(table).where(
            table.c.agency == agency,
            table.c.rubric_code == rubric,
            table.c.state == AssessmentState.APPROVED.value,
            table.c.outcome == Outcome.ANSWERED.value,
        )
        return self._many(_newest(query, before, limit))

    def _many(self, query: Select[Any]) -> Sequence[Assessment]:
        return [rows.assessment_from_row(row) for row in self._connection.execute(query).mappings()]

    def add(self, assessment: Assessment) -> None:
        created = select(tables.scans.c.created_at).where(tables.scans.c.id == assessment.scan).scalar_subquery()
        row = {**rows.assessment_to_row(assessment), "scan_created_at": created}
        self._connection.execute(insert(tables.assessments).values(row))

    def save(self, assessment: Assessment) -> Assessment:
        newer = dataclasses.replace(assessment, version=assessment.version + 1)
        table = tables.assessments
        done = self._connection.execute(
            update(table)
            .where(
                table.c.scan == assessment.scan,
                table.c.agency == assessment.agency,
                table.c.version == assessment.version,
            )
            .values(rows.assessment_to_row(newer))
        )
        if done.rowcount != 1:
            raise Stale
        return newer


_AWAITED = [state.value for state in AssessmentState if state not in SETTLED]


def _heads(agency: AgencyCode) -> Select[Any]:
    table = tables.assessments
    begun = (table.c.answers != rows.NO_ANSWERS).label("begun")
    return select(*(table.c[name] for name in rows.HEAD_COLUMNS), begun).where(table.c.agency == agency)


def _round_runs() -> ColumnElement[bool]:
    scans = tables.scans
    return exists().where(scans.c.id == tables.assessments.c.scan, scans.c.state == ScanState.IN_ASSESSMENT.value)


def _newest(query: Select[Any], after: Cursor | None, limit: int) -> Select[Any]:
    """Last asked first, from where the page before ended."""
    table = tables.assessments
    if after is not None:
        query = query.where(tuple_(table.c.asked_at, table.c.scan) < tuple_(after.at, after.id))
    return query.order_by(table.c.asked_at.desc(), table.c.scan.desc()).limit(limit)


class StoredScores:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, assessment: Assessment, score: AgencyScore, at: datetime) -> None:
        self._connection.execute(
            insert(tables.scores).values(
                scan=assessment.scan,
                agency=assessment.agency,
                version=assessment.version,
                scored_at=at,
                score=documents.SCORE.dump(score),
            )
        )

    def of_scan(self, scan: ScanId) -> dict[AgencyCode, AgencyScore]:
        table = tables.scores
        query = select(table.c.agency, table.c.score).where(table.c.scan == scan).order_by(table.c.version)
        return {AgencyCode(agency): documents.SCORE.load(score) for agency, score in self._connection.execute(query)}
