# SPDX-License-Identifier: EUPL-1.2
"""The store over SQL; this module has the logs. The same statements for SQLite and PostgreSQL.

An append is a comparison and a swap of the log's head; the row of the log decides between writers,
so the rest of the transaction needs no lock of its own.
"""

import secrets
from collections.abc import Iterator
from datetime import date

from sqlalchemy import (
    Connection,
    Select,
    and_,
    bindparam,
    false,
    func,
    insert,
    null,
    select,
    true,
    tuple_,
    update,
)

from intake.store.blobs import find_blob, note_part, put_claims, read_awaited
from intake.store.deletion import delete_replies, find_gone, forget_blob
from intake.store.desks import SqlDesks
from intake.store.engine import Database
from intake.store.interface import ConflictError, HeadMovedError
from intake.store.letters import SqlLetters
from intake.store.prepared import DuplicateError, Prepared
from intake.store.records import Access, Blob, Entry, NewEntry, NewLog, Place, Scope
from intake.store.tables import entries, identities, logins, logs

_ROWS_AT_ONCE = 16
_ACCESS = (
    select(
        logs.c.kind,
        logs.c.desk,
        logs.c.length,
        logs.c.head,
        logins.c.role,
        func.coalesce(logins.c.retired, false()),
        identities.c.key.is_not(null()),
        logs.c.reporter_claimed,
        logs.c.committee_claimed,
    )
    .outerjoin_from(logs, logins, and_(logins.c.log == logs.c.log, logins.c.key == bindparam("key")))
    .outerjoin(identities, and_(identities.c.desk == logs.c.desk, identities.c.key == bindparam("key")))
    .where(logs.c.log == bindparam("log"))
)
_ADVANCE = (
    update(logs)
    .where(logs.c.log == bindparam("of"), logs.c.head == bindparam("prev"), logs.c.length == bindparam("before"))
    .values(
        length=bindparam("seq"),
        head=bindparam("next"),
        reporter_claimed=logs.c.reporter_claimed + bindparam("by_reporter"),
        committee_claimed=logs.c.committee_claimed + bindparam("by_committee"),
    )
)
_RETIRE = update(logins).where(logins.c.log == bindparam("of"), logins.c.role == "committee").values(retired=true())


class SqlStore(SqlDesks, SqlLetters):
    """`intake.store.interface.Store` over a `Database`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        dialect = database.engines[0].dialect
        self._access = Prepared(_ACCESS, dialect)
        self._advance = Prepared(_ADVANCE, dialect)
        self._new_log = Prepared(insert(logs), dialect)
        self._new_login = Prepared(insert(logins), dialect)
        self._new_entry = Prepared(insert(entries), dialect)

    def ping(self) -> None:
        with self.database.reading() as connection:
            connection.execute(select(1))

    def close(self) -> None:
        self.database.close()

    def mailboxes(self, desk: str, since: date, after: str, limit: int) -> list[tuple[date, str]]:
        place = (logs.c.day, logs.c.log)
        wanted = (logs.c.desk == desk, logs.c.kind == "mailbox", tuple_(*place) > tuple_(since, after))
        with self.database.reading() as connection:
            rows = connection.execute(select(*place).where(*wanted).order_by(*place).limit(limit))
            return [(row.day, row.log) for row in rows]

    def access(self, log: str, key: bytes) -> Access | None:
        with self.database.reading() as connection:
            row = self._access.run(connection, {"log": log, "key": key}).fetchone()
        if row is None:
            return None
        kind, desk, length, head, login, retired, member, by_reporter, by_committee = row
        claimed = {"reporter": by_reporter, "committee": by_committee}.get(login, 0)
        return Access(kind, desk, length, head, login, bool(retired), bool(member), claimed)

    def append(self, entry: NewEntry) -> None:
        row = {
            "id": secrets.randbits(63),
            "log": entry.log,
            "seq": entry.seq,
            "day": entry.day,
            "by": entry.by,
            "head": entry.head,
            "frame_hash": entry.frame_hash,
            "frame": entry.frame,
        }
        with self.database.writing() as connection:
            if entry.open is None:
                self._continue_log(connection, entry)
            else:
                self._open_log(connection, entry, entry.open)
            self._new_entry.run(connection, row)
            if entry.claims:
                put_claims(connection, entry)
            if entry.deletes:
                delete_replies(connection, entry.log, entry.deletes)
        if entry.deletes:
            self.database.scrub()

    def placed(self, log: str, prev: bytes | None, frame_hash: bytes) -> Place | None:
        with self.database.reading() as connection:
            before = 0 if prev is None else connection.scalar(select(entries.c.seq).where(entries.c.head == prev))
            if before is None:
                return None
            wanted = (entries.c.log == log, entries.c.seq == before + 1, entries.c.frame_hash == frame_hash)
            row = connection.execute(select(entries.c.seq, entries.c.head, entries.c.day).where(*wanted)).one_or_none()
        return row and Place(*row)

    def entries(self, log: str, after: int, upto: int, scope: str) -> Iterator[Entry]:
        found = _visible(log, scope).limit(_ROWS_AT_ONCE)
        while True:
            with self.database.reading() as connection:
                rows = connection.execute(found, {"after": after, "upto": upto}).all()
            yield from (Entry(*row) for row in rows)
            if len(rows) < _ROWS_AT_ONCE:
                return
            after = rows[-1].seq

    def blob(self, blob: str, key: bytes) -> Blob | None:
        with self.database.reading() as connection:
            return find_blob(connection, blob, key)

    def part_arrived(self, blob: str, number: int, length: int) -> bool:
        with self.database.writing() as connection:
            return note_part(connection, blob, number, length)

    def gone_blobs(self) -> list[str]:
        with self.database.reading() as connection:
            return find_gone(connection)

    def forget_blob(self, blob: str) -> None:
        with self.database.writing() as connection:
            forget_blob(connection, blob)

    def awaited(self, today: date) -> int:
        with self.database.reading() as connection:
            return read_awaited(connection, today)

    def _open_log(self, connection: Connection, entry: NewEntry, new: NewLog) -> None:
        log = {"log": entry.log, "desk": new.desk, "kind": new.kind, "day": entry.day, "length": 1, "head": entry.head}
        by_reporter, by_committee = _claimed(entry)
        log |= {"reporter_claimed": by_reporter, "committee_claimed": by_committee}
        try:
            self._new_log.run(connection, log)
        except DuplicateError as error:
            raise HeadMovedError("a log of this id is there already") from error
        self._new_login.run(connection, _login(entry, new.login, "reporter" if new.kind == "mailbox" else "committee"))
        if new.committee_login is not None:
            self._new_login.run(connection, _login(entry, new.committee_login, "committee"))

    def _continue_log(self, connection: Connection, entry: NewEntry) -> None:
        swap = {"of": entry.log, "prev": entry.prev, "before": entry.seq - 1, "seq": entry.seq, "next": entry.head}
        by_reporter, by_committee = _claimed(entry)
        swap |= {"by_reporter": by_reporter, "by_committee": by_committee}
        if self._advance.run(connection, swap).rowcount != 1:
            raise HeadMovedError("the log has another head")
        if entry.committee_login is None:
            return
        connection.execute(_RETIRE, {"of": entry.log})
        try:
            self._new_login.run(connection, _login(entry, entry.committee_login, "committee"))
        except DuplicateError as error:
            raise ConflictError("the committee's new login is already a login of this log") from error


def _visible(log: str, scope: str) -> Select[int, bytes, str, date, bytes]:
    columns = (entries.c.seq, entries.c.head, entries.c.by, entries.c.day, entries.c.frame)
    place = (entries.c.seq > bindparam("after"), entries.c.seq <= bindparam("upto"))
    found = select(*columns).where(entries.c.log == log, *place).order_by(entries.c.seq)
    if scope == Scope.FIRST:
        return found.where(entries.c.seq == 1)
    setting = entries.c.seq.in_(select(logins.c.since).where(logins.c.log == log))
    if scope == Scope.LOGINS:
        return found.where(setting)
    if scope == Scope.WRITTEN:
        return found.where(entries.c.by == "committee", ~setting)
    return found


def _claimed(entry: NewEntry) -> tuple[int, int]:
    """Return how many bytes an entry claims for its reporter's and its committee's side."""
    size = sum(claim.size for claim in entry.claims)
    return (0, size) if entry.by == "committee" else (size, 0)


def _login(entry: NewEntry, key: bytes, role: str) -> dict[str, object]:
    return {"log": entry.log, "key": key, "role": role, "since": entry.seq, "retired": False}
