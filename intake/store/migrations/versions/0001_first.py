# SPDX-License-Identifier: EUPL-1.2
"""The first tables; `intake/store/tables.py` says what each column is."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _make_desks()
    _make_members()
    _make_logs()
    _make_entries()
    _make_blobs()


def _make_desks() -> None:
    op.create_table(
        "desks",
        sa.Column(
            "desk", sa.String(length=26), nullable=False, comment="desk id, a hash of the first root key; public; stays"
        ),
        sa.Column(
            "short", sa.String(length=32), nullable=True, comment="name that redirects to the desk; public; stays"
        ),
        sa.Column(
            "revision", sa.Integer(), nullable=False, comment="grows with each change, for caches; public; stays"
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="of the document; public; until the next version"),
        sa.Column(
            "document_hash", sa.LargeBinary(), nullable=False, comment="SHA-256 of the payload; until the next version"
        ),
        sa.Column(
            "successions", sa.LargeBinary(), nullable=False, comment="JSON list of signed statements; public; stays"
        ),
        sa.PrimaryKeyConstraint("desk", name="pk_desks"),
        sa.UniqueConstraint("short", name="uq_desks_short"),
        comment="desks that the operator added; all of it is public",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "documents",
        sa.Column("desk", sa.String(length=26), nullable=False, comment="desk id; stays"),
        sa.Column("version", sa.Integer(), nullable=False, comment="of the document; public; stays"),
        sa.Column("document", sa.LargeBinary(), nullable=False, comment="signed statement; public; stays"),
        sa.PrimaryKeyConstraint("desk", "version", name="pk_documents"),
        comment="each version of each desk's document: entries that were sealed under an older one are opened later",
        sqlite_with_rowid=False,
    )


def _make_members() -> None:
    op.create_table(
        "identities",
        sa.Column("desk", sa.String(length=26), nullable=False, comment="desk id; until the member leaves"),
        sa.Column(
            "key", sa.LargeBinary(), nullable=False, comment="identity key of a member; public; until the member leaves"
        ),
        sa.PrimaryKeyConstraint("desk", "key", name="pk_identities"),
        comment="who may list and read a desk's new mailboxes; taken from the desk document",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "epochs",
        sa.Column("epoch", sa.LargeBinary(), nullable=False, comment="epoch id, SHA-256 of the payload; as seal_until"),
        sa.Column("desk", sa.String(length=26), nullable=False, comment="desk id; as seal_until"),
        sa.Column("desk_version", sa.Integer(), nullable=False, comment="document that the epoch names; as seal_until"),
        sa.Column("member", sa.String(length=32), nullable=False, comment="member id; public; as seal_until"),
        sa.Column(
            "seal_until", sa.Date(), nullable=False, comment="last day of sealing; public; stays eight weeks longer"
        ),
        sa.Column("statement", sa.LargeBinary(), nullable=False, comment="signed statement; public; as seal_until"),
        sa.PrimaryKeyConstraint("epoch", name="pk_epochs"),
        comment="members' public keys to seal to; all of it is public",
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_epochs_desk_epochs_desk_version_epochs_member", "epochs", ["desk", "desk_version", "member"], unique=False
    )


def _make_logs() -> None:
    op.create_table(
        "logs",
        sa.Column(
            "log",
            sa.String(length=32),
            nullable=False,
            comment="log id, a hash of its keys; stays, so that no id is used twice",
        ),
        sa.Column("desk", sa.String(length=26), nullable=False, comment="desk id; as the log"),
        sa.Column("kind", sa.String(length=8), nullable=False, comment="mailbox or case; as the log"),
        sa.Column("day", sa.Date(), nullable=False, comment="day of the first entry, never finer; as the log"),
        sa.Column("length", sa.Integer(), nullable=False, comment="number of entries; as the log"),
        sa.Column("head", sa.LargeBinary(), nullable=False, comment="hash over all entries; as the log"),
        sa.Column(
            "reporter_claimed", sa.BigInteger(), nullable=False, comment="bytes of blobs, for the quota; as the log"
        ),
        sa.Column(
            "committee_claimed", sa.BigInteger(), nullable=False, comment="bytes of blobs, for the quota; as the log"
        ),
        sa.CheckConstraint("kind IN ('mailbox', 'case')", name="ck_logs_kind"),
        sa.PrimaryKeyConstraint("log", name="pk_logs"),
        comment="one row for each mailbox and case",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_logs_desk_logs_kind_logs_day_logs_log", "logs", ["desk", "kind", "day", "log"], unique=False)
    op.create_table(
        "logins",
        sa.Column("log", sa.String(length=32), nullable=False, comment="log id; as the log"),
        sa.Column("key", sa.LargeBinary(), nullable=False, comment="public key that may sign requests; as the log"),
        sa.Column("role", sa.String(length=9), nullable=False, comment="reporter or committee; as the log"),
        sa.Column("since", sa.Integer(), nullable=False, comment="entry that set it; as the log"),
        sa.Column("retired", sa.Boolean(), nullable=False, comment="a later committee login replaced it; as the log"),
        sa.CheckConstraint("role IN ('reporter', 'committee')", name="ck_logins_role"),
        sa.PrimaryKeyConstraint("log", "key", name="pk_logins"),
        comment="who may read and append; keys are made for one log and belong to no person",
        sqlite_with_rowid=False,
    )


def _make_entries() -> None:
    op.create_table(
        "entries",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
            comment="random; as the log",
        ),
        sa.Column("log", sa.String(length=32), nullable=False, comment="log id; as the log"),
        sa.Column("seq", sa.Integer(), nullable=False, comment="place in the log, from 1; as the log"),
        sa.Column("day", sa.Date(), nullable=False, comment="day of arrival, never finer; as the log"),
        sa.Column("by", sa.String(length=9), nullable=False, comment="reporter, committee or member; as the log"),
        sa.Column("head", sa.LargeBinary(), nullable=False, comment="the log's head after this entry; as the log"),
        sa.Column(
            "frame_hash",
            sa.LargeBinary(),
            nullable=False,
            comment="SHA-256 of the frame; stays when a frame is deleted",
        ),
        sa.Column(
            "frame",
            sa.LargeBinary(),
            nullable=False,
            comment="sealed bytes as they came, of a padded length; as the log",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.UniqueConstraint("log", "seq", name="uq_entries_log_seq"),
        sa.UniqueConstraint("head", name="uq_entries_head"),
        comment="sealed entries; nothing here can be opened by whoever holds the database",
    )


def _make_blobs() -> None:
    op.create_table(
        "blobs",
        sa.Column(
            "blob",
            sa.String(length=32),
            nullable=False,
            comment="blob id, random, chosen by whoever claims it; as the log",
        ),
        sa.Column("log", sa.String(length=32), nullable=False, comment="log id; as the log"),
        sa.Column(
            "side", sa.String(length=9), nullable=False, comment="reporter or committee, who claimed it; as the log"
        ),
        sa.Column("day", sa.Date(), nullable=False, comment="day of the claim, never finer; as the log"),
        sa.Column(
            "size",
            sa.BigInteger(),
            nullable=False,
            comment="bytes of the sealed blob, of a padded length; as the log",
        ),
        sa.Column("arrived", sa.LargeBinary(), nullable=False, comment="a bit for each part that is there; as the log"),
        sa.CheckConstraint("side IN ('reporter', 'committee')", name="ck_blobs_side"),
        sa.PrimaryKeyConstraint("blob", name="pk_blobs"),
        comment="sealed attachments that entries have claimed; their parts are files",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "awaited",
        sa.Column(
            "day",
            sa.Date(),
            nullable=False,
            comment="day of the claims; until the next claim after the day that follows",
        ),
        sa.Column(
            "bytes",
            sa.BigInteger(),
            nullable=False,
            comment="bytes of all its blobs that have not come; as the day",
        ),
        sa.PrimaryKeyConstraint("day", name="pk_awaited"),
        comment="what room on the disk is promised",
        sqlite_with_rowid=False,
    )
