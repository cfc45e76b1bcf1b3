"""What goes out to people: notices, the mails they go in, and what people chose."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select, update
from sqlalchemy import delete as sql_delete

from uitvoeringsscan.identifiers import AgencyCode, PersonId, ScanId
from uitvoeringsscan.notices.kinds import Kind, Notice
from uitvoeringsscan.notices.letter import Mail, Mailbox, MailState
from uitvoeringsscan.storage import tables
from uitvoeringsscan.storage.once import insert_once
from uitvoeringsscan.storage.rows import Row


def notice_to_row(notice: Notice) -> dict[str, Any]:
    return {**dataclasses.asdict(notice), "kind": notice.kind.value}


def notice_from_row(row: Row) -> Notice:
    return Notice(
        **{
            **row,
            "person": PersonId(row["person"]),
            "kind": Kind(row["kind"]),
            "scan": ScanId(row["scan"]) if row["scan"] else None,
            "agency": AgencyCode(row["agency"]) if row["agency"] else None,
        }
    )


def mail_to_row(mail: Mail) -> dict[str, Any]:
    return {**dataclasses.asdict(mail), "state": mail.state.value}


def mail_from_row(row: Row) -> Mail:
    return Mail(**{**row, "person": PersonId(row["person"]), "state": MailState(row["state"])})


def mailbox_to_row(mailbox: Mailbox) -> dict[str, Any]:
    return {**dataclasses.asdict(mailbox), "muted": " ".join(sorted(mailbox.muted))}


def mailbox_from_row(row: Row) -> Mailbox:
    known = {kind.value: kind for kind in Kind}  # a kind that is gone is muted no more
    muted = frozenset(known[word] for word in row["muted"].split() if word in known)
    return Mailbox(**{**row, "person": PersonId(row["person"]), "muted": muted})


class StoredNotices:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, notice: Notice) -> None:
        self._connection.execute(insert_once(self._connection, tables.notices).values(notice_to_row(notice)))

    def due(self, now: datetime, limit: int) -> Sequence[PersonId]:
        table = tables.notices
        first = func.min(table.c.send_at)
        query = (
            select(table.c.person)
            .where(table.c.mail.is_(None), table.c.send_at <= now)
            .group_by(table.c.person)
            .order_by(first, table.c.person)
            .limit(limit)
        )
        return [PersonId(one) for one in self._connection.execute(query).scalars()]

    def waiting(self, person: PersonId) -> Sequence[Notice]:
        table = tables.notices
        query = select(table).where(table.c.person == person, table.c.mail.is_(None))
        return self._many(query.order_by(table.c.created_at, table.c.id))

    def put(self, notices: Collection[str], mail: str) -> None:
        table = tables.notices
        self._connection.execute(update(table).where(table.c.id.in_(notices)).values(mail=mail))

    def of_mail(self, mail: str) -> Sequence[Notice]:
        table = tables.notices
        return self._many(select(table).where(table.c.mail == mail).order_by(table.c.created_at, table.c.id))

    def of_person(self, person: PersonId, limit: int) -> Sequence[Notice]:
        table = tables.notices
        query = select(table).where(table.c.person == person)
        return self._many(query.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(limit))

    def forget(self, person: PersonId) -> None:
        self._connection.execute(sql_delete(tables.notices).where(tables.notices.c.person == person))
        self._connection.execute(sql_delete(tables.mails).where(tables.mails.c.person == person))

    def _many(self, query: Select[Any]) -> Sequence[Notice]:
        return [notice_from_row(row) for row in self._connection.execute(query).mappings()]


class StoredMails:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, mail: str) -> Mail | None:
        return self._one(select(tables.mails).where(tables.mails.c.id == mail))

    def lock(self, mail: str) -> Mail | None:
        return self._one(select(tables.mails).where(tables.mails.c.id == mail).with_for_update())

    def _one(self, query: Select[Any]) -> Mail | None:
        row = self._connection.execute(query).mappings().one_or_none()
        return mail_from_row(row) if row else None

    def add(self, mail: Mail) -> bool:
        statement = insert_once(self._connection, tables.mails).values(mail_to_row(mail))
        done = self._connection.execute(statement, execution_options={"preserve_rowcount": True})
        return done.rowcount == 1

    def save(self, mail: Mail) -> None:
        table = tables.mails
        self._connection.execute(update(table).where(table.c.id == mail.id).values(mail_to_row(mail)))

    def due(self, now: datetime, limit: int) -> Sequence[Mail]:
        table = tables.mails
        query = select(table).where(table.c.state == MailState.WAITING.value, table.c.due_at <= now)
        return self._many(query.order_by(table.c.due_at, table.c.id).limit(limit))

    def of_person(self, person: PersonId, limit: int) -> Sequence[Mail]:
        table = tables.mails
        query = select(table).where(table.c.person == person)
        return self._many(query.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(limit))

    def _many(self, query: Select[Any]) -> Sequence[Mail]:
        return [mail_from_row(row) for row in self._connection.execute(query).mappings()]


class StoredMailboxes:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, person: PersonId) -> Mailbox:
        query = select(tables.mailboxes).where(tables.mailboxes.c.person == person)
        row = self._connection.execute(query).mappings().one_or_none()
        return mailbox_from_row(row) if row else Mailbox(person=person)

    def put(self, mailbox: Mailbox) -> None:
        table, row = tables.mailboxes, mailbox_to_row(mailbox)
        self._connection.execute(
            insert_once(self._connection, table).values(row)
        )  # two may write the first one at once
        self._connection.execute(update(table).where(table.c.person == mailbox.person).values(row))

    def refused(self) -> Mapping[PersonId, Mailbox]:
        query = select(tables.mailboxes).where(tables.mailboxes.c.refused.is_not(None))
        found = [mailbox_from_row(row) for row in self._connection.execute(query).mappings()]
        return {one.person: one for one in found}

    def forget(self, person: PersonId) -> None:
        self._connection.execute(sql_delete(tables.mailboxes).where(tables.mailboxes.c.person == person))
