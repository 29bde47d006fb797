# SPDX-License-Identifier: EUPL-1.2
"""What a desk was: every document for ever, and epochs for as long as an entry sealed to them may be opened.

An entry is sealed to several members, and whoever opens it checks the epochs of all of them. The last key that
may open it was new on the day of sealing, and lives `MAX_LIFE` from then: as long is an epoch kept here after its
last sealing day, though its own private key is destroyed before.
"""

from datetime import date

from sqlalchemy import Connection, and_, delete, insert, select

from crypto.epochs import MAX_LIFE
from intake.store.interface import ConflictError
from intake.store.records import DeskHistory, DeskRecord, EpochRecord
from intake.store.tables import desks, documents, epochs

MAX_WAITING = 2
"""Epochs of one member and version whose sealing days are not over: the present one and the next."""
MAX_KEPT = 8
"""Epochs of one member and version that are kept at all: four weeks each, there are never more than five."""
MAX_VERSIONS = 100
"""Documents in a history, the newest: more than are issued in the life of a key."""


def keep_document(connection: Connection, record: DeskRecord) -> None:
    """Keep a version of a desk's document; the same version once more replaces it."""
    row = {"desk": record.desk, "version": record.version, "document": record.document}
    same = (documents.c.desk == record.desk, documents.c.version == record.version)
    connection.execute(delete(documents).where(*same))
    connection.execute(insert(documents), row)


def forget_epochs(connection: Connection, desk: str, today: date) -> None:
    """Delete the epochs of a desk that no entry needs any more."""
    connection.execute(delete(epochs).where(epochs.c.desk == desk, epochs.c.seal_until < today - MAX_LIFE))


def check_room(connection: Connection, record: EpochRecord, today: date) -> None:
    """Check that a member may have one epoch more.

    Raises:
        ConflictError: there are two whose sealing days are not over, or eight that are kept.
    """
    version = and_(epochs.c.desk == record.desk, epochs.c.desk_version == record.desk_version)
    days = connection.scalars(select(epochs.c.seal_until).where(version, epochs.c.member == record.member)).all()
    if sum(day >= today for day in days) >= MAX_WAITING:
        raise ConflictError("the member has two epochs that are not over")
    if len(days) >= MAX_KEPT:
        raise ConflictError("the member has made too many epochs in these weeks")


def read_history(connection: Connection, desk: str, today: date) -> DeskHistory | None:
    """Return what is kept of a desk, or None for no such desk; see `Store.history`."""
    row = connection.execute(select(desks.c.revision, desks.c.successions).where(desks.c.desk == desk)).one_or_none()
    if row is None:
        return None
    newest_first = select(documents.c.document).where(documents.c.desk == desk).order_by(documents.c.version.desc())
    found = connection.scalars(newest_first.limit(MAX_VERSIONS)).all()
    kept = (epochs.c.desk == desk, epochs.c.seal_until >= today - MAX_LIFE)
    listed = connection.scalars(select(epochs.c.statement).where(*kept).order_by(epochs.c.epoch)).all()
    return DeskHistory(row.revision, row.successions, tuple(reversed(found)), tuple(listed))
