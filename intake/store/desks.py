# SPDX-License-Identifier: EUPL-1.2
"""Desks and their epochs over SQL, the same statements for SQLite and PostgreSQL."""

from datetime import date

from sqlalchemy import Connection, Table, and_, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from intake.store.engine import Database
from intake.store.history import check_room, forget_epochs, keep_document, read_history
from intake.store.interface import ConflictError
from intake.store.prepared import Prepared
from intake.store.records import DeskHistory, DeskRecord, EpochRecord
from intake.store.tables import desks, documents, epochs, identities

_REVISION = select(desks.c.revision).where(desks.c.desk == bindparam("desk"))
_DESKS = select(
    desks.c.desk,
    desks.c.short,
    desks.c.revision,
    desks.c.version,
    desks.c.document_hash,
    documents.c.document,
    desks.c.successions,
).join_from(desks, documents, and_(documents.c.desk == desks.c.desk, documents.c.version == desks.c.version))


class SqlDesks:
    """The desks of `intake.store.interface.Store` over a `Database`."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._revision = Prepared(_REVISION, database.engines[0].dialect)

    def put_desk(self, record: DeskRecord) -> None:
        try:
            with self.database.writing() as connection:
                _put_desk(connection, record)
                keep_document(connection, record)
                connection.execute(delete(identities).where(identities.c.desk == record.desk))
                rows = [{"desk": record.desk, "key": key} for key in record.identities]
                connection.execute(insert(identities), rows)
        except IntegrityError as error:
            raise ConflictError("the short name is that of another desk") from error

    def put_epoch(self, record: EpochRecord, today: date) -> bool:
        with self.database.writing() as connection:
            # Locking the desk's row first makes writers of one desk wait for each other.
            connection.execute(select(desks.c.revision).where(desks.c.desk == record.desk).with_for_update())
            forget_epochs(connection, record.desk, today)
            known = connection.scalar(select(epochs.c.statement).where(epochs.c.epoch == record.epoch))
            if known is not None:
                return _same(known, record.statement)
            check_room(connection, record, today)
            connection.execute(insert(epochs), _row(epochs, record))
            bump = update(desks).where(desks.c.desk == record.desk).values(revision=desks.c.revision + 1)
            connection.execute(bump)
        return True

    def revision(self, desk: str) -> int | None:
        with self.database.reading() as connection:
            row = self._revision.run(connection, {"desk": desk}).fetchone()
        return None if row is None else int(row[0])

    def desk(self, desk: str, from_day: date) -> DeskRecord | None:
        with self.database.reading() as connection:
            row = connection.execute(_DESKS.where(desks.c.desk == desk)).one_or_none()
            if row is None:
                return None
            current = (epochs.c.desk == desk, epochs.c.desk_version == row.version, epochs.c.seal_until >= from_day)
            found = connection.scalars(select(epochs.c.statement).where(*current).order_by(epochs.c.epoch))
            return DeskRecord(*row, epochs=tuple(found))

    def desks(self, limit: int) -> list[DeskRecord]:
        with self.database.reading() as connection:
            rows = connection.execute(_DESKS.order_by(desks.c.desk).limit(limit))
            return [DeskRecord(*row) for row in rows]

    def history(self, desk: str, today: date) -> DeskHistory | None:
        with self.database.reading() as connection:
            return read_history(connection, desk, today)

    def desk_named(self, short: str) -> str | None:
        with self.database.reading() as connection:
            return connection.scalar(select(desks.c.desk).where(desks.c.short == short))

    def is_member(self, desk: str, identity: bytes) -> bool:
        wanted = (identities.c.desk == desk, identities.c.key == identity)
        with self.database.reading() as connection:
            return connection.scalar(select(identities.c.key).where(*wanted)) is not None


def _put_desk(connection: Connection, record: DeskRecord) -> None:
    columns = (desks.c.version, desks.c.document_hash, desks.c.revision)
    known = connection.execute(select(*columns).where(desks.c.desk == record.desk).with_for_update()).one_or_none()
    values = _row(desks, record)
    if known is None:
        connection.execute(insert(desks), values)
        return
    if (known.version, known.document_hash) != (
        record.version,
        record.document_hash,
    ) and known.version >= record.version:
        raise ConflictError("a newer version of the desk document is there already")
    values["revision"] = known.revision + 1
    connection.execute(update(desks).where(desks.c.desk == record.desk).values(values))


def _row(table: Table, record: DeskRecord | EpochRecord) -> dict[str, object]:
    """Return the row of a record whose field names are the columns'."""
    return {column.name: getattr(record, column.name) for column in table.columns}


def _same(known: bytes, given: bytes) -> bool:
    """Answer for an epoch that is there: False for the same bytes."""
    if known != given:
        raise ConflictError("the same epoch is there in other bytes")
    return False
