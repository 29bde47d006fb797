# SPDX-License-Identifier: EUPL-1.2
"""Claims of blobs, which parts are there, and how much room is promised; one row a blob, whatever its length.

Room is promised for two days: whoever claims and sends nothing takes nothing from others for longer. A blob that
comes later is taken all the same while the disk has room.
"""

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import Connection, Table, and_, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from intake.store.deletion import GONE
from intake.store.interface import ConflictError
from intake.store.records import Blob, NewEntry
from intake.store.tables import awaited, blobs, logins

_PROMISED = timedelta(days=1)
_INSERTS: dict[str, Callable[[Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}
_BLOB = (
    select(blobs.c.size, blobs.c.side, logins.c.role, logins.c.retired, blobs.c.arrived)
    .join_from(blobs, logins, and_(logins.c.log == blobs.c.log, logins.c.key == bindparam("key")))
    .where(blobs.c.blob == bindparam("blob"))
)


def put_claims(connection: Connection, entry: NewEntry) -> None:
    """Add what an entry claims.

    Raises:
        ConflictError: one of the blobs is claimed already.
    """
    rows = [
        {
            "blob": claim.blob,
            "log": entry.log,
            "side": entry.by,
            "day": entry.day,
            "size": claim.size,
            "arrived": bytes(-(-claim.parts // 8)),
        }
        for claim in entry.claims
    ]
    try:
        connection.execute(insert(blobs), rows)
    except IntegrityError as error:
        raise ConflictError("a claimed blob id is taken already: seal the file again under another") from error
    _promise(connection, entry.day, sum(claim.size for claim in entry.claims))


def find_blob(connection: Connection, blob: str, key: bytes) -> Blob | None:
    """Return a blob if ``key`` is a login of its log; see `Store.blob`."""
    row = connection.execute(_BLOB, {"blob": blob, "key": key}).one_or_none()
    if row is None:
        return None
    size, side, login, retired, arrived = row
    if arrived == GONE:
        return None
    return Blob(size, side, login, retired, int.from_bytes(arrived, "little"))


def note_part(connection: Connection, blob: str, number: int, length: int) -> bool:
    """Note that a part is there; see `Store.part_arrived`."""
    found = select(blobs.c.day, blobs.c.arrived).where(blobs.c.blob == blob).with_for_update()
    row = connection.execute(found).one_or_none()
    if row is None or row.arrived == GONE:
        return False
    before = int.from_bytes(row.arrived, "little")
    after = before | 1 << (number - 1)
    if after == before:
        return True
    arrived = after.to_bytes(len(row.arrived), "little")
    connection.execute(update(blobs).where(blobs.c.blob == blob).values(arrived=arrived))
    kept = update(awaited).where(awaited.c.day == row.day).values(bytes=awaited.c.bytes - length)
    connection.execute(kept)
    return True


def read_awaited(connection: Connection, today: date) -> int:
    """Return the bytes that are promised; see `Store.awaited`."""
    promised = select(func.sum(awaited.c.bytes)).where(awaited.c.day >= today - _PROMISED)
    return int(connection.scalar(promised) or 0)


def _promise(connection: Connection, day: date, size: int) -> None:
    connection.execute(delete(awaited).where(awaited.c.day < day - _PROMISED))
    new = _INSERTS[connection.dialect.name](awaited).values(day=day, bytes=size)
    more = {"bytes": awaited.c.bytes + size}
    connection.execute(new.on_conflict_do_update(index_elements=[awaited.c.day], set_=more))
