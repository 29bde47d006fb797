# SPDX-License-Identifier: EUPL-1.2
"""The tables. Each comment says what a column means, how fine it is, and how long it stays.

Primary keys are hashes, public keys or random numbers, so that the order of rows tells nothing.
No column is finer than a day, and none comes from an address or a header that identifies a client.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

NAMES = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(column_0_N_label)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
}
metadata = MetaData(naming_convention=NAMES)

desks = Table(
    "desks",
    metadata,
    Column("desk", String(26), primary_key=True, comment="desk id, a hash of the first root key; public; stays"),
    Column("short", String(32), unique=True, comment="name that redirects to the desk; public; stays"),
    Column("revision", Integer, nullable=False, comment="grows with each change, for caches; public; stays"),
    Column("version", Integer, nullable=False, comment="of the document; public; until the next version"),
    Column("document_hash", LargeBinary, nullable=False, comment="SHA-256 of the payload; until the next version"),
    Column("successions", LargeBinary, nullable=False, comment="JSON list of signed statements; public; stays"),
    comment="desks that the operator added; all of it is public",
    sqlite_with_rowid=False,
)

documents = Table(
    "documents",
    metadata,
    Column("desk", String(26), primary_key=True, comment="desk id; stays"),
    Column("version", Integer, primary_key=True, comment="of the document; public; stays"),
    Column("document", LargeBinary, nullable=False, comment="signed statement; public; stays"),
    comment="each version of each desk's document: entries that were sealed under an older one are opened later",
    sqlite_with_rowid=False,
)

identities = Table(
    "identities",
    metadata,
    Column("desk", String(26), primary_key=True, comment="desk id; until the member leaves"),
    Column("key", LargeBinary, primary_key=True, comment="identity key of a member; public; until the member leaves"),
    comment="who may list and read a desk's new mailboxes; taken from the desk document",
    sqlite_with_rowid=False,
)

epochs = Table(
    "epochs",
    metadata,
    Column("epoch", LargeBinary, primary_key=True, comment="epoch id, SHA-256 of the payload; as seal_until"),
    Column("desk", String(26), nullable=False, comment="desk id; as seal_until"),
    Column("desk_version", Integer, nullable=False, comment="document that the epoch names; as seal_until"),
    Column("member", String(32), nullable=False, comment="member id; public; as seal_until"),
    Column("seal_until", Date, nullable=False, comment="last day of sealing; public; stays eight weeks longer"),
    Column("statement", LargeBinary, nullable=False, comment="signed statement; public; as seal_until"),
    Index(None, "desk", "desk_version", "member"),
    comment="members' public keys to seal to; all of it is public",
    sqlite_with_rowid=False,
)

logs = Table(
    "logs",
    metadata,
    Column(
        "log", String(32), primary_key=True, comment="log id, a hash of its keys; stays, so that no id is used twice"
    ),
    Column("desk", String(26), nullable=False, comment="desk id; as the log"),
    Column("kind", String(8), nullable=False, comment="mailbox or case; as the log"),
    Column("day", Date, nullable=False, comment="day of the first entry, never finer; as the log"),
    Column("length", Integer, nullable=False, comment="number of entries; as the log"),
    Column("head", LargeBinary, nullable=False, comment="hash over all entries; as the log"),
    Column("reporter_claimed", BigInteger, nullable=False, comment="bytes of blobs, for the quota; as the log"),
    Column("committee_claimed", BigInteger, nullable=False, comment="bytes of blobs, for the quota; as the log"),
    CheckConstraint("kind IN ('mailbox', 'case')", name="ck_logs_kind"),
    Index(None, "desk", "kind", "day", "log"),
    comment="one row for each mailbox and case",
    sqlite_with_rowid=False,
)

logins = Table(
    "logins",
    metadata,
    Column("log", String(32), primary_key=True, comment="log id; as the log"),
    Column("key", LargeBinary, primary_key=True, comment="public key that may sign requests; as the log"),
    Column("role", String(9), nullable=False, comment="reporter or committee; as the log"),
    Column("since", Integer, nullable=False, comment="entry that set it; as the log"),
    Column("retired", Boolean, nullable=False, comment="a later committee login replaced it; as the log"),
    CheckConstraint("role IN ('reporter', 'committee')", name="ck_logins_role"),
    comment="who may read and append; keys are made for one log and belong to no person",
    sqlite_with_rowid=False,
)

entries = Table(
    "entries",
    metadata,
    Column(
        "id",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
        comment="random; as the log",
    ),
    Column("log", String(32), nullable=False, comment="log id; as the log"),
    Column("seq", Integer, nullable=False, comment="place in the log, from 1; as the log"),
    Column("day", Date, nullable=False, comment="day of arrival, never finer; as the log"),
    Column("by", String(9), nullable=False, comment="reporter, committee or member; as the log"),
    Column("head", LargeBinary, nullable=False, comment="the log's head after this entry; as the log"),
    Column("frame_hash", LargeBinary, nullable=False, comment="SHA-256 of the frame; stays when a frame is deleted"),
    Column("frame", LargeBinary, nullable=False, comment="sealed bytes as they came, of a padded length; as the log"),
    UniqueConstraint("log", "seq"),
    UniqueConstraint("head"),
    comment="sealed entries; nothing here can be opened by whoever holds the database",
)

blobs = Table(
    "blobs",
    metadata,
    Column("blob", String(32), primary_key=True, comment="blob id, random, chosen by whoever claims it; as the log"),
    Column("log", String(32), nullable=False, comment="log id; as the log"),
    Column("side", String(9), nullable=False, comment="reporter or committee, who claimed it; as the log"),
    Column("day", Date, nullable=False, comment="day of the claim, never finer; as the log"),
    Column("size", BigInteger, nullable=False, comment="bytes of the sealed blob, of a padded length; as the log"),
    Column("arrived", LargeBinary, nullable=False, comment="a bit for each part that is there; as the log"),
    CheckConstraint("side IN ('reporter', 'committee')", name="ck_blobs_side"),
    comment="sealed attachments that entries have claimed; their parts are files",
    sqlite_with_rowid=False,
)

awaited = Table(
    "awaited",
    metadata,
    Column("day", Date, primary_key=True, comment="day of the claims; until the next claim after the day that follows"),
    Column("bytes", BigInteger, nullable=False, comment="bytes of all its blobs that have not come; as the day"),
    comment="what room on the disk is promised",
    sqlite_with_rowid=False,
)

letters = Table(
    "letters",
    metadata,
    Column("letter", String(32), primary_key=True, comment="hash of desk and bytes; until the last key is destroyed"),
    Column("desk", String(26), nullable=False, comment="desk id; as the letter"),
    Column("day", Date, nullable=False, comment="day of arrival, never finer; as the letter"),
    Column("until", Date, nullable=False, comment="day on which the last key for it is destroyed; as the letter"),
    Column("size", BigInteger, nullable=False, comment="bytes, as the sender's own tool made them; as the letter"),
    Column("whole", Boolean, nullable=False, comment="all its parts are there; as the letter"),
    Index(None, "desk"),
    Index(None, "until"),
    comment="age files that strangers sealed with a tool of their own; their parts are files",
    sqlite_with_rowid=False,
)

openings = Table(
    "openings",
    metadata,
    Column("letter", String(32), ForeignKey("letters.letter"), primary_key=True, comment="its id; as the letter"),
    Column("key", LargeBinary, primary_key=True, comment="identity key of the member who opened it; as the letter"),
    Column("place", Integer, nullable=False, comment="order in which they came, from 1; as the letter"),
    Column("frame", LargeBinary, nullable=False, comment="a case key, sealed to members; as the letter"),
    comment="by which case the members of a desk read a letter; at most one for each member",
    sqlite_with_rowid=False,
)
