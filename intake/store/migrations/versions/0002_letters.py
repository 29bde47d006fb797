# SPDX-License-Identifier: EUPL-1.2
"""Letters, and how members opened them; `intake/store/tables.py` says what each column is."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _make_letters()
    _make_openings()


def _make_letters() -> None:
    op.create_table(
        "letters",
        sa.Column(
            "letter",
            sa.String(length=32),
            nullable=False,
            comment="hash of desk and bytes; until the last key is destroyed",
        ),
        sa.Column("desk", sa.String(length=26), nullable=False, comment="desk id; as the letter"),
        sa.Column("day", sa.Date(), nullable=False, comment="day of arrival, never finer; as the letter"),
        sa.Column(
            "until",
            sa.Date(),
            nullable=False,
            comment="day on which the last key for it is destroyed; as the letter",
        ),
        sa.Column(
            "size",
            sa.BigInteger(),
            nullable=False,
            comment="bytes, as the sender's own tool made them; as the letter",
        ),
        sa.Column("whole", sa.Boolean(), nullable=False, comment="all its parts are there; as the letter"),
        sa.PrimaryKeyConstraint("letter", name="pk_letters"),
        comment="age files that strangers sealed with a tool of their own; their parts are files",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_letters_desk", "letters", ["desk"])
    op.create_index("ix_letters_until", "letters", ["until"])


def _make_openings() -> None:
    op.create_table(
        "openings",
        sa.Column("letter", sa.String(length=32), nullable=False, comment="its id; as the letter"),
        sa.Column(
            "key",
            sa.LargeBinary(),
            nullable=False,
            comment="identity key of the member who opened it; as the letter",
        ),
        sa.Column("place", sa.Integer(), nullable=False, comment="order in which they came, from 1; as the letter"),
        sa.Column("frame", sa.LargeBinary(), nullable=False, comment="a case key, sealed to members; as the letter"),
        sa.ForeignKeyConstraint(["letter"], ["letters.letter"], name="fk_openings_letter_letters"),
        sa.PrimaryKeyConstraint("letter", "key", name="pk_openings"),
        comment="by which case the members of a desk read a letter; at most one for each member",
        sqlite_with_rowid=False,
    )
