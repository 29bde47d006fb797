# SPDX-License-Identifier: EUPL-1.2
"""What goes when a reporter deletes the mailbox (FORMAT.md section 7.7); the rows of entries stay, with their hashes.

A blob's row goes last: until its parts are gone it is marked by an empty ``arrived``, so that a service that was
killed in between finds what is left to remove.
"""

from sqlalchemy import Connection, bindparam, delete, select, true, update

from intake.store.records import Deletes
from intake.store.tables import blobs, entries, logins

GONE = b""
"""In the place of a blob's bits: it may be seen no more, and its parts are to be removed."""
_FORGET = (
    update(entries)
    .where(entries.c.log == bindparam("of"), entries.c.seq == bindparam("place"))
    .values(frame=entries.c.frame_hash)
)
_DROP = update(blobs).where(blobs.c.blob == bindparam("of")).values(arrived=GONE)
_RETIRE = update(logins).where(logins.c.log == bindparam("of"), logins.c.role == "reporter").values(retired=true())


def delete_replies(connection: Connection, log: str, deletes: Deletes) -> None:
    """Put the hashes of replies in the place of their frames, mark their blobs, and retire the reporter's login."""
    if deletes.replies:
        connection.execute(_FORGET, [{"of": log, "place": seq} for seq in deletes.replies])
    if deletes.blobs:
        connection.execute(_DROP, [{"of": blob} for blob in deletes.blobs])
    connection.execute(_RETIRE, {"of": log})


def find_gone(connection: Connection) -> list[str]:
    """Return the blobs that are marked; see `Store.gone_blobs`."""
    return list(connection.scalars(select(blobs.c.blob).where(blobs.c.arrived == GONE)))


def forget_blob(connection: Connection, blob: str) -> None:
    """Delete the row of a marked blob; see `Store.forget_blob`."""
    connection.execute(delete(blobs).where(blobs.c.blob == blob, blobs.c.arrived == GONE))
