"""People, machine clients, sessions, and answers kept under an idempotency key."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, or_, select, update
from sqlalchemy import delete as sql_delete

from uitvoeringsscan.identifiers import AgencyCode, ClientId, PersonId, Principal
from uitvoeringsscan.people.people import Client, Person
from uitvoeringsscan.storage import rows, tables
from uitvoeringsscan.storage.once import insert_once
from uitvoeringsscan.storage.some import forget_some
from uitvoeringsscan.use_cases.ports import (
    AccessToken,
    Reply,
    Session,
)


class StoredPeople:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, person: PersonId) -> Person | None:
        return self._one(select(tables.people).where(tables.people.c.id == person))

    def by_email(self, email: str) -> Person | None:
        return self._one(select(tables.people).where(tables.people.c.email == email.casefold()))

    def by_subject(self, subject: str) -> Person | None:
        return self._one(select(tables.people).where(tables.people.c.subject == subject))

    def _one(self, query: Select[Any]) -> Person | None:
        row = self._connection.execute(query).mappings().one_or_none()
        return rows.person_from_row(row) if row else None

    def every(self) -> Sequence[Person]:
        return self._many(select(tables.people))

    def of_agency(self, agency: AgencyCode) -> Sequence[Person]:
        return self._many(select(tables.people).where(tables.people.c.agency == agency))

    def _many(self, query: Select[Any]) -> Sequence[Person]:
        ordered = query.order_by(tables.people.c.name, tables.people.c.id)
        return [rows.person_from_row(row) for row in self._connection.execute(ordered).mappings()]

    def add(self, person: Person) -> None:
        self._connection.execute(insert(tables.people).values(rows.person_to_row(person)))

    def save(self, person: Person) -> None:
        table = tables.people
        self._connection.execute(update(table).where(table.c.id == person.id).values(rows.person_to_row(person)))


class StoredClients:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, client: ClientId) -> Client | None:
        return self._one(select(tables.clients).where(tables.clients.c.id == client))

    def by_hash(self, secret_hash: str) -> Client | None:
        return self._one(select(tables.clients).where(tables.clients.c.secret_hash == secret_hash))

    def by_name(self, name: str) -> Client | None:
        return self._one(select(tables.clients).where(tables.clients.c.name == name))

    def _one(self, query: Select[Any]) -> Client | None:
        row = self._connection.execute(query).mappings().one_or_none()
        return rows.client_from_row(row) if row else None

    def every(self) -> Sequence[Client]:
        query = select(tables.clients).order_by(tables.clients.c.name)
        return [rows.client_from_row(row) for row in self._connection.execute(query).mappings()]

    def add(self, client: Client) -> None:
        self._connection.execute(insert(tables.clients).values(rows.client_to_row(client)))

    def revoke(self, client: ClientId, at: datetime) -> None:
        table = tables.clients
        self._connection.execute(
            update(table).where(table.c.id == client, table.c.revoked_at.is_(None)).values(revoked_at=at)
        )

    def replace_secret(self, client: ClientId, secret_hash: str, expires_at: datetime | None) -> None:
        table = tables.clients
        self._connection.execute(
            update(table).where(table.c.id == client).values(secret_hash=secret_hash, expires_at=expires_at)
        )

    def touch(self, client: ClientId, at: datetime) -> None:
        self._connection.execute(update(tables.clients).where(tables.clients.c.id == client).values(used_at=at))

    def give(self, owner: str, to: str) -> None:
        self._connection.execute(update(tables.clients).where(tables.clients.c.owner == owner).values(owner=to))


class StoredAccessTokens:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, token_hash: str) -> AccessToken | None:
        table = tables.access_tokens
        row = self._connection.execute(select(table).where(table.c.token_hash == token_hash)).mappings().one_or_none()
        if row is None:
            return None
        return AccessToken(**{**row, "client": ClientId(row["client"]), "scopes": rows.scopes_from_text(row["scopes"])})

    def add(self, token: AccessToken) -> None:
        values = {**dataclasses.asdict(token), "scopes": rows.scopes_to_text(token.scopes)}
        self._connection.execute(insert(tables.access_tokens).values(values))

    def end_all(self, client: ClientId) -> None:
        self._connection.execute(sql_delete(tables.access_tokens).where(tables.access_tokens.c.client == client))

    def forget(self, before: datetime, limit: int) -> int:
        table = tables.access_tokens
        return forget_some(self._connection, table.c.token_hash, table.c.expires_at < before, limit)


class StoredSessions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, token_hash: str) -> Session | None:
        table = tables.sessions
        row = self._connection.execute(select(table).where(table.c.token_hash == token_hash)).mappings().one_or_none()
        return Session(**row) if row else None

    def add(self, session: Session) -> None:
        self._connection.execute(insert(tables.sessions).values(dataclasses.asdict(session)))

    def touch(self, token_hash: str, at: datetime) -> None:
        table = tables.sessions
        self._connection.execute(update(table).where(table.c.token_hash == token_hash).values(seen_at=at))

    def end(self, token_hash: str) -> None:
        self._connection.execute(sql_delete(tables.sessions).where(tables.sessions.c.token_hash == token_hash))

    def of_person(self, person: PersonId) -> Sequence[Session]:
        table = tables.sessions
        query = select(table).where(table.c.person == person).order_by(table.c.seen_at.desc(), table.c.token_hash)
        return [Session(**row) for row in self._connection.execute(query).mappings()]

    def end_all(self, person: PersonId) -> None:
        self._connection.execute(sql_delete(tables.sessions).where(tables.sessions.c.person == person))

    def forget(self, seen_before: datetime, created_before: datetime) -> None:
        table = tables.sessions
        self._connection.execute(
            sql_delete(table).where(or_(table.c.seen_at < seen_before, table.c.created_at < created_before))
        )


class StoredReplies:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, principal: Principal, key: str, fingerprint: str, at: datetime) -> Reply | None:
        # On PostgreSQL a second request with the same key waits here until the first has committed or failed.
        done = self._connection.execute(
            insert_once(self._connection, tables.replies).values(
                principal=principal, key=key, fingerprint=fingerprint, at=at
            ),
            execution_options={"preserve_rowcount": True},  # an INSERT's count is otherwise not kept on PostgreSQL
        )
        if done.rowcount == 1:
            return None
        return self.get(principal, key)

    def get(self, principal: Principal, key: str) -> Reply | None:
        table = tables.replies
        query = select(table).where(table.c.principal == principal, table.c.key == key)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            return None
        return Reply(
            fingerprint=row["fingerprint"],
            status=row["status"],
            headers=json.loads(row["headers"] or "{}"),
            body=bytes(row["body"] or b""),
        )

    def keep(self, principal: Principal, key: str, reply: Reply) -> None:
        table = tables.replies
        self._connection.execute(
            update(table)
            .where(table.c.principal == principal, table.c.key == key)
            .values(status=reply.status, headers=json.dumps(reply.headers), body=reply.body)
        )

    def forget(self, principal: Principal) -> None:
        self._connection.execute(sql_delete(tables.replies).where(tables.replies.c.principal == principal))
