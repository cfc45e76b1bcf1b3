"""What is kept of the House's data: how far the feed was read, proposals, what is to be read anew, and what is odd."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from uitvoeringsscan.errors import Stale
from uitvoeringsscan.identifiers import AgencyCode, ScanId
from uitvoeringsscan.parliament.anomalies import Anomaly, AnomalyKind
from uitvoeringsscan.parliament.feed import Category
from uitvoeringsscan.parliament.judging import amendment_paper, dossier_of, is_decided
from uitvoeringsscan.parliament.proposals import FOLLOWED, Proposal, ProposalState
from uitvoeringsscan.parliament.records import Case, Dossier
from uitvoeringsscan.storage import documents, tables
from uitvoeringsscan.storage.once import insert_once
from uitvoeringsscan.use_cases.ports_parliament import (
    CASE,
    CaseTally,
    FollowedDossier,
    Noted,
    Place,
    ProposalLine,
    Todo,
)

_CHUNK = 500
"""Values in one statement: far below what either database takes."""


def proposal_to_row(proposal: Proposal) -> dict[str, Any]:
    case = proposal.case
    paper = amendment_paper(case)
    return {
        "id": case.id,
        "version": proposal.version,
        "state": proposal.state.value,
        "number": case.number,
        "dossier": dossier_of(case),
        "paper": paper.paper_number if paper else None,
        "title": (case.dossier.title if case.dossier else None) or case.title or "",
        "subject": case.subject or "",
        "record": documents.CASE.dump(case),
        "text": proposal.text,
        "document": proposal.document,
        "agencies": " ".join(proposal.agencies),
        "decided": is_decided(case),
        "scan": proposal.scan,
        "seen_at": proposal.seen_at,
        "read_at": proposal.read_at,
        "handled": proposal.handled,
        "handled_at": proposal.handled_at,
        "reason": proposal.reason,
    }


def proposal_from_row(row: RowMapping) -> Proposal:
    return Proposal(
        case=documents.CASE.load(row["record"]),
        state=ProposalState(row["state"]),
        seen_at=row["seen_at"],
        read_at=row["read_at"],
        text=row["text"],
        document=row["document"],
        agencies=tuple(AgencyCode(code) for code in row["agencies"].split()),
        scan=ScanId(row["scan"]) if row["scan"] else None,
        handled=row["handled"],
        handled_at=row["handled_at"],
        reason=row["reason"],
        version=row["version"],
    )


def anomaly_id(anomaly: Anomaly) -> str:
    """One name for the same oddity, however often it is found."""
    return sha256("\n".join((anomaly.kind.value, anomaly.subject, anomaly.fact)).encode()).hexdigest()[:32]


def _noted(row: RowMapping) -> Noted:
    return Noted(
        id=row["id"],
        anomaly=Anomaly(kind=AnomalyKind(row["kind"]), subject=row["subject"], fact=row["fact"]),
        at=row["at"],
        settled_at=row["settled_at"],
        settled_by=row["settled_by"],
    )


def _chunks(values: Iterable[str]) -> Iterable[list[str]]:
    every = sorted(values)
    for start in range(0, len(every), _CHUNK):
        yield every[start : start + _CHUNK]


class StoredHouse:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # --- the feed ---

    def places(self) -> Mapping[Category, Place]:
        rows = self._connection.execute(select(tables.house_places)).mappings()
        known = {category.value: category for category in Category}
        return {
            known[row["category"]]: Place(**{**row, "category": known[row["category"]]})
            for row in rows
            if row["category"] in known
        }

    def begin(self, places: Iterable[Place]) -> None:
        for place in places:
            values = {**_place_row(place), "category": place.category.value}
            self._connection.execute(insert_once(self._connection, tables.house_places).values(values))

    def advance(self, seen: Place, now: Place) -> bool:
        table = tables.house_places
        done = self._connection.execute(
            update(table)
            .where(
                table.c.category == seen.category.value, table.c.token == seen.token, table.c.entries == seen.entries
            )
            .values(_place_row(now))
        )
        return done.rowcount == 1

    def involved(self, entities: Collection[str]) -> Mapping[str, set[str]]:
        table, found = tables.house_links, defaultdict[str, set[str]](set)
        for chunk in _chunks(entities):
            for row in self._connection.execute(select(table).where(table.c.entity.in_(chunk))):
                found[row.entity].add(row.case)
        return found

    # --- proposals ---

    def get(self, case: str) -> Proposal | None:
        return self._one(select(tables.house_cases).where(tables.house_cases.c.id == case))

    def lock(self, case: str) -> Proposal | None:
        return self._one(select(tables.house_cases).where(tables.house_cases.c.id == case).with_for_update())

    def _one(self, query: Select[Any]) -> Proposal | None:
        row = self._connection.execute(query).mappings().one_or_none()
        return proposal_from_row(row) if row else None

    def add(self, proposals: Sequence[Proposal]) -> None:
        if not proposals:
            return
        rows = [proposal_to_row(proposal) for proposal in proposals]
        self._connection.execute(insert_once(self._connection, tables.house_cases), rows)
        links = [{"entity": row["id"], "case": row["id"]} for row in rows]
        self._connection.execute(insert_once(self._connection, tables.house_links), links)

    def save(self, proposal: Proposal, vote: datetime | None) -> Proposal:
        table = tables.house_cases
        saved = replace(proposal, version=proposal.version + 1)
        done = self._connection.execute(
            update(table)
            .where(table.c.id == proposal.case.id, table.c.version == proposal.version)
            .values({**proposal_to_row(saved), "vote": vote})
        )
        if done.rowcount != 1:
            raise Stale
        return saved

    def link(self, case: str, entities: Collection[str]) -> None:
        table = tables.house_links
        wanted = {*entities, case}
        query = select(table.c.entity).where(table.c.case == case)
        present = set(self._connection.execute(query).scalars())
        for chunk in _chunks(present - wanted):
            self._connection.execute(delete(table).where(table.c.case == case, table.c.entity.in_(chunk)))
        if fresh := sorted(wanted - present):
            rows = [{"entity": entity, "case": case} for entity in fresh]
            self._connection.execute(insert_once(self._connection, table), rows)

    def with_paper(self, dossier: str, paper: str) -> Sequence[str]:
        table = tables.house_cases
        query = select(table.c.id).where(table.c.dossier == dossier, table.c.paper == paper)
        return list(self._connection.execute(query.order_by(table.c.seen_at, table.c.id)).scalars())

    def page(
        self, states: Collection[ProposalState], limit: int, after: tuple[datetime, str] | None = None
    ) -> Sequence[ProposalLine]:
        table, odd = tables.house_cases, tables.house_anomalies
        columns = [
            column
            for column in table.c
            if column.name not in ("record", "text", "document", "version", "read_at", "decided")
        ]
        readable = table.c.text.is_not(None).label("readable")
        lines: list[RowMapping] = []
        for state in sorted(states):  # one walk along the index each: a list stays as quick however much was handled
            query = select(*columns, readable).where(table.c.state == state.value)
            if after is not None:
                at, case = after
                query = query.where(or_(table.c.seen_at < at, and_(table.c.seen_at == at, table.c.id < case)))
            found = query.order_by(table.c.seen_at.desc(), table.c.id.desc()).limit(limit)
            lines += self._connection.execute(found).mappings()
        lines = sorted(lines, key=lambda line: (line["seen_at"], line["id"]), reverse=True)[:limit]
        beside = defaultdict[str, list[Anomaly]](list)
        for chunk in _chunks(line["id"] for line in lines):
            standing = select(odd).where(odd.c.subject.in_(chunk), odd.c.settled_at.is_(None))
            for row in self._connection.execute(standing).mappings():
                beside[row["subject"]].append(_noted(row).anomaly)
        return [
            ProposalLine(
                case=line["id"],
                anomalies=tuple(beside[line["id"]]),
                **{
                    **{name: value for name, value in line.items() if name != "id"},
                    "state": ProposalState(line["state"]),
                    "readable": bool(line["readable"]),
                    "agencies": tuple(line["agencies"].split()),
                    "scan": ScanId(line["scan"]) if line["scan"] else None,
                },
            )
            for line in lines
        ]

    def counts(self) -> Mapping[ProposalState, int]:
        table = tables.house_cases
        rows = self._connection.execute(select(table.c.state, func.count()).group_by(table.c.state))
        return {ProposalState(state): many for state, many in rows}

    def of_scans(self, scans: Sequence[ScanId]) -> Mapping[ScanId, Case]:
        table, found = tables.house_cases, {}
        followed = [state.value for state in FOLLOWED]
        for chunk in _chunks(scans):
            query = select(table.c.scan, table.c.record).where(table.c.scan.in_(chunk), table.c.state.in_(followed))
            for row in self._connection.execute(query):
                found[ScanId(row.scan)] = documents.CASE.load(row.record)
        return found

    def undecided(self, read_before: datetime, seen_after: datetime, limit: int) -> Sequence[str]:
        table = tables.house_cases
        alive = [ProposalState.NEW.value, *sorted(state.value for state in FOLLOWED)]
        query = select(table.c.id).where(
            table.c.decided.is_(False),
            table.c.read_at < read_before,
            table.c.seen_at > seen_after,
            table.c.state.in_(alive),
        )
        return list(self._connection.execute(query.order_by(table.c.read_at, table.c.id).limit(limit)).scalars())

    # --- what is to be read anew ---

    def queue(self, kind: str, ids: Collection[str], at: datetime) -> None:
        table = tables.house_queue
        if not ids:
            return
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        statement = dialect.insert(table)
        # `since` moves: whoever is reading it now does not take this newer wish off the list.
        statement = statement.on_conflict_do_update(
            index_elements=[table.c.kind, table.c.id],
            set_={"due_at": statement.excluded.due_at, "since": statement.excluded.since, "attempts": 0},
        )
        rows = [{"kind": kind, "id": one, "due_at": at, "since": at, "attempts": 0, "why": None} for one in sorted(ids)]
        self._connection.execute(statement, rows)

    def due(self, now: datetime, limit: int) -> Sequence[Todo]:
        table = tables.house_queue
        query = (
            select(table).where(table.c.due_at <= now).order_by(table.c.due_at, table.c.kind, table.c.id).limit(limit)
        )
        return [Todo(**row) for row in self._connection.execute(query).mappings()]

    def _is(self, todo: Todo) -> Any:
        table = tables.house_queue
        return and_(table.c.kind == todo.kind, table.c.id == todo.id, table.c.since == todo.since)

    def done(self, todo: Todo) -> None:
        self._connection.execute(delete(tables.house_queue).where(self._is(todo)))

    def postpone(self, todo: Todo) -> None:
        values = {"due_at": todo.due_at, "attempts": todo.attempts, "why": todo.why}
        self._connection.execute(update(tables.house_queue).where(self._is(todo)).values(values))

    def waiting(self) -> int:
        return self._connection.scalar(select(func.count()).select_from(tables.house_queue)) or 0

    def tally(self, since: datetime) -> CaseTally:
        cases, queue = tables.house_cases, tables.house_queue

        def many(query: Select[Any]) -> int:
            return self._connection.scalar(query) or 0

        return CaseTally(
            found=many(select(func.count()).select_from(cases).where(cases.c.seen_at >= since)),
            read=many(select(func.count()).select_from(cases).where(cases.c.read_at >= since)),
            left=many(select(func.count()).select_from(queue).where(queue.c.kind == CASE)),
            last=self._connection.scalar(select(func.max(cases.c.read_at)).where(cases.c.read_at >= since)),
        )

    # --- bills ---

    def dossier(self, identifier: str) -> FollowedDossier | None:
        found = self.dossiers([identifier])
        return found[0] if found else None

    def dossiers(self, identifiers: Collection[str]) -> Sequence[FollowedDossier]:
        table, found = tables.house_dossiers, []
        for chunk in _chunks(identifiers):
            for row in self._connection.execute(select(table).where(table.c.id.in_(chunk))):
                dossier = Dossier(id=row.id, number=row.number, suffix=row.suffix, title=row.title)
                found.append(FollowedDossier(dossier=dossier, read=row.read))
        return found

    def follow(self, dossier: FollowedDossier) -> None:
        table, one = tables.house_dossiers, dossier.dossier
        values = {"number": one.number, "suffix": one.suffix, "title": one.title, "read": dossier.read}
        if self._connection.execute(update(table).where(table.c.id == one.id).values(values)).rowcount == 0:
            self._connection.execute(insert_once(self._connection, table).values({"id": one.id, **values}))

    # --- what is odd ---

    def note(self, subject: str, found: Collection[Anomaly], kinds: Collection[AnomalyKind], at: datetime) -> None:
        table = tables.house_anomalies
        fresh = {anomaly_id(one): one for one in found}
        for name, one in sorted(fresh.items()):
            values = {"id": name, "kind": one.kind.value, "subject": one.subject, "fact": one.fact, "at": at}
            self._connection.execute(insert_once(self._connection, table).values(values))
        back = and_(table.c.id.in_(list(fresh)), table.c.settled_by == "")  # it settled itself, and is there again
        self._connection.execute(update(table).where(back).values(settled_at=None, settled_by=None, at=at))
        gone = and_(
            table.c.subject == subject,
            table.c.kind.in_([kind.value for kind in kinds]),
            table.c.id.not_in(list(fresh)),
            table.c.settled_at.is_(None),
        )
        self._connection.execute(update(table).where(gone).values(settled_at=at, settled_by=""))

    def anomalies(self, *, settled: bool, limit: int) -> Sequence[Noted]:
        table = tables.house_anomalies
        which = table.c.settled_at.is_not(None) if settled else table.c.settled_at.is_(None)
        return self._anomalies(select(table).where(which).order_by(table.c.at.desc(), table.c.id).limit(limit))

    def anomalies_of(self, subject: str) -> Sequence[Noted]:
        table = tables.house_anomalies
        query = select(table).where(table.c.subject == subject).order_by(table.c.at.desc(), table.c.id)
        return self._anomalies(query)

    def anomaly(self, identifier: str) -> Noted | None:
        found = self._anomalies(select(tables.house_anomalies).where(tables.house_anomalies.c.id == identifier))
        return found[0] if found else None

    def _anomalies(self, query: Select[Any]) -> Sequence[Noted]:
        return [_noted(row) for row in self._connection.execute(query).mappings()]

    def settle(self, identifier: str, by: str, at: datetime) -> None:
        table = tables.house_anomalies
        open_one = and_(table.c.id == identifier, table.c.settled_at.is_(None))
        self._connection.execute(update(table).where(open_one).values(settled_at=at, settled_by=by))

    def handled_by(self, principal: str) -> Sequence[Proposal]:
        table = tables.house_cases
        query = select(table).where(table.c.handled == principal).order_by(table.c.seen_at, table.c.id)
        return [proposal_from_row(row) for row in self._connection.execute(query).mappings()]

    def settled_by(self, principal: str) -> Sequence[Noted]:
        odd = tables.house_anomalies
        query = select(odd).where(odd.c.settled_by == principal).order_by(odd.c.at, odd.c.id)
        return [_noted(row) for row in self._connection.execute(query).mappings()]

    def forget(self, principal: str, erased: str) -> None:
        cases, odd = tables.house_cases, tables.house_anomalies
        self._connection.execute(update(cases).where(cases.c.handled == principal).values(handled=erased))
        self._connection.execute(update(odd).where(odd.c.settled_by == principal).values(settled_by=erased))


def _place_row(place: Place) -> dict[str, Any]:
    return {
        "token": place.token,
        "tag": place.tag,
        "read_at": place.read_at,
        "entries": place.entries,
        "faults": place.faults,
        "fault": place.fault,
        "fault_at": place.fault_at,
        "not_before": place.not_before,
        "since": place.since,
        "start": place.start,
        "reached": place.reached,
        "moved_at": place.moved_at,
        "before": place.before,
    }
