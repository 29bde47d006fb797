# SPDX-License-Identifier: EUPL-1.2
"""Records for tests of the store, which believes whatever its callers have checked."""

import secrets
from dataclasses import replace
from datetime import timedelta

from crypto.logs import ZERO_HEAD
from intake.store.records import DeskRecord, EpochRecord, NewEntry, NewLog
from support.sealed_desk import TODAY

DESK = "a" * 26


def a_log() -> str:
    return secrets.token_hex(16)


def first(log: str, **changes: object) -> NewEntry:
    frame = secrets.token_bytes(500)
    usual = NewEntry(
        log=log,
        seq=1,
        prev=ZERO_HEAD,
        head=secrets.token_bytes(32),
        by="reporter",
        day=TODAY,
        frame=frame,
        frame_hash=frame[:32],
        open=NewLog("mailbox", DESK, b"l" * 32, b"c" * 32),
    )
    return replace(usual, **changes)  # type: ignore[arg-type]  # whatever fields the test names


def after(entry: NewEntry, **changes: object) -> NewEntry:
    """An entry that follows ``entry``."""
    return first(entry.log, seq=entry.seq + 1, prev=entry.head, open=None, **changes)


def a_desk(**changes: object) -> DeskRecord:
    usual = DeskRecord(
        desk=DESK,
        short=None,
        revision=1,
        version=1,
        document_hash=b"1" * 32,
        document=b"{}",
        identities=(b"a" * 32, b"b" * 32),
    )
    return replace(usual, **changes)  # type: ignore[arg-type]  # whatever fields the test names


def an_epoch(**changes: object) -> EpochRecord:
    usual = EpochRecord(
        epoch=secrets.token_bytes(32),
        desk=DESK,
        member="anna",
        desk_version=1,
        seal_until=TODAY + timedelta(days=28),
        statement=secrets.token_bytes(20),
    )
    return replace(usual, **changes)  # type: ignore[arg-type]  # whatever fields the test names
