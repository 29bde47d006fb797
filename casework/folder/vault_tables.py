# SPDX-License-Identifier: EUPL-1.2
"""The tables of the vault, with what each column holds."""

from pathlib import Path

from sqlalchemy import Column, Date, Engine, Integer, LargeBinary, MetaData, String, Table, create_engine, event
from sqlalchemy.pool import StaticPool

DURABLE = "PRAGMA synchronous = FULL"
META = MetaData()
MAILBOXES = Table(
    "mailboxes",
    META,
    Column("id", String, primary_key=True),
    Column("day", Date, nullable=False, comment="the day on which the intake listed it"),
    Column("state", String, nullable=False, comment="new, or an outcome of `mailboxes`"),
)
LOGS = Table(
    "logs",
    META,
    Column("id", String, primary_key=True),
    Column("length", Integer, nullable=False),
    Column("head", LargeBinary, nullable=False, comment="verified; 32 bytes"),
)
ENTRIES = Table(
    "entries",
    META,
    Column("log", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("day", Date, nullable=False, comment="the intake's word for the day of arrival"),
    Column("head", LargeBinary, nullable=False),
    Column("frame", LargeBinary, nullable=False, comment="as received: ciphertext"),
)
VOIDS = Table(
    "voids",
    META,
    Column("log", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("layer", String, nullable=False, comment="which layer refused it (FORMAT.md section 1.5)"),
)
INCIDENTS = Table(
    "incidents",
    META,
    Column("log", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("kind", String, primary_key=True, comment="what is amiss with an entry of a mailbox (`watch`)"),
)
OUTBOX = Table(
    "outbox",
    META,
    Column("message", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("frame", LargeBinary, nullable=False, comment="a reply, sealed to the reporter, until it is placed"),
)
BUNDLES, HISTORIES = (
    Table(
        name,
        META,
        Column("id", LargeBinary, primary_key=True, comment="hash of documents and epochs"),
        Column("raw", LargeBinary, nullable=False, comment="verified on `day`; public"),
        Column("day", Date, nullable=False),
    )
    for name in ("bundles", "histories")
)
LISTED = Table(
    "listed",
    META,
    Column("desk", String, primary_key=True),
    Column("until", Date, nullable=False, comment="mailboxes were listed up to this day"),
)
BLOBS = Table(
    "blobs",
    META,
    Column("id", String, primary_key=True),
    Column("state", String, nullable=False, comment="what this tool found of a blob last: a state of `attachments`"),
)


LETTERS = Table(
    "letters",
    META,
    Column("id", String, primary_key=True),
    Column("day", Date, nullable=False, comment="the intake's word for the day of arrival"),
    Column("size", Integer, nullable=False, comment="bytes, locked"),
    Column("state", String, nullable=False, comment="a state of `letters`"),
)


def open_engine(file: Path) -> Engine:
    """Open the vault of that file, with every table."""
    engine = create_engine(f"sqlite:///{file}", poolclass=StaticPool, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _durable(connection: object, _record: object) -> None:
        connection.execute(DURABLE)  # type: ignore[attr-defined] # a DBAPI connection

    META.create_all(engine)
    return engine
