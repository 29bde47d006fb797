# SPDX-License-Identifier: EUPL-1.2
"""What a deletion takes out of the store, on every database, and out of SQLite's own files."""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crypto.logs import Claim
from intake.store import schema
from intake.store.engine import Database, connect
from intake.store.interface import HeadMovedError
from intake.store.records import Deletes, NewEntry, Place, Scope
from intake.store.sql import SqlStore
from support.blobs import a_claim
from support.sealed_desk import TODAY
from support.store_records import a_log, after, first

REPORTER, COMMITTEE = b"l" * 32, b"c" * 32
"""The logins of the records."""


@pytest.fixture
def claim() -> Claim:
    return a_claim()


@pytest.fixture
def report(store: SqlStore) -> NewEntry:
    found = first(a_log())
    store.append(found)
    return found


@pytest.fixture
def reply(store: SqlStore, report: NewEntry, claim: Claim) -> NewEntry:
    found = after(report, by="committee", claims=(claim,))
    store.append(found)
    return found


@pytest.fixture
def deletion(reply: NewEntry, claim: Claim) -> NewEntry:
    return after(reply, deletes=Deletes((reply.seq,), (claim.blob,)))


def test_a_deleted_reply_is_its_hash_and_the_others_stay(
    store: SqlStore, report: NewEntry, reply: NewEntry, deletion: NewEntry
) -> None:
    store.append(deletion)

    found = list(store.entries(report.log, 0, 3, Scope.ALL))
    assert [entry.frame for entry in found] == [report.frame, reply.frame_hash, deletion.frame]
    assert [entry.head for entry in found] == [report.head, reply.head, deletion.head]


def test_a_deletion_retires_the_reporters_login_alone(store: SqlStore, report: NewEntry, deletion: NewEntry) -> None:
    store.append(deletion)

    access = {key: store.access(report.log, key) for key in (REPORTER, COMMITTEE)}
    assert {key: found and found.retired for key, found in access.items()} == {REPORTER: True, COMMITTEE: False}


def test_a_deletion_for_an_older_head_deletes_nothing(store: SqlStore, report: NewEntry, reply: NewEntry) -> None:
    late = after(report, deletes=Deletes((reply.seq,), ()))
    with pytest.raises(HeadMovedError):
        store.append(late)

    assert [entry.frame for entry in store.entries(report.log, 0, 2, Scope.ALL)] == [report.frame, reply.frame]
    access = store.access(report.log, REPORTER)
    assert access is not None
    assert not access.retired


def test_a_deletion_and_what_it_deleted_are_still_found_for_a_retry(
    store: SqlStore, report: NewEntry, reply: NewEntry, deletion: NewEntry
) -> None:
    store.append(deletion)

    assert store.placed(report.log, reply.head, deletion.frame_hash) == Place(3, deletion.head, TODAY)
    assert store.placed(report.log, report.head, reply.frame_hash) == Place(2, reply.head, TODAY)


def test_a_deleted_blob_is_nobodys_and_waits_for_its_parts_to_be_removed(
    store: SqlStore, deletion: NewEntry, claim: Claim
) -> None:
    assert store.part_arrived(claim.blob, 1, claim.size)
    store.append(deletion)

    assert store.blob(claim.blob, COMMITTEE) is None
    assert not store.part_arrived(claim.blob, 1, claim.size)
    assert store.gone_blobs() == [claim.blob]


def test_a_forgotten_blob_is_gone_altogether(store: SqlStore, deletion: NewEntry, claim: Claim) -> None:
    store.append(deletion)
    store.forget_blob(claim.blob)

    assert store.gone_blobs() == []
    assert not store.part_arrived(claim.blob, 1, claim.size)


def test_only_a_deleted_blob_is_forgotten(store: SqlStore, reply: NewEntry, claim: Claim) -> None:
    store.forget_blob(claim.blob)
    assert store.blob(claim.blob, COMMITTEE) is not None


def test_a_mailbox_without_a_reply_can_be_deleted(store: SqlStore, report: NewEntry) -> None:
    store.append(after(report, deletes=Deletes((), ())))

    access = store.access(report.log, REPORTER)
    assert access is not None
    assert access.retired


def test_other_mailboxes_keep_their_replies(store: SqlStore, deletion: NewEntry) -> None:
    other = first(a_log())
    store.append(other)
    answer = after(other, by="committee")
    store.append(answer)
    store.append(deletion)

    assert [entry.frame for entry in store.entries(other.log, 0, 2, Scope.ALL)] == [other.frame, answer.frame]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "intake.sqlite3"


@pytest.fixture
def sqlite(file: Path) -> Iterator[Database]:
    found = connect(f"sqlite:///{file}")
    schema.upgrade(found)
    yield found
    found.close()


@pytest.mark.parametrize("length", [500, 20_000])
def test_nothing_of_a_deleted_reply_stays_in_the_files_of_the_database(
    sqlite: Database, file: Path, length: int
) -> None:
    store = SqlStore(sqlite)
    report = first(a_log())
    frame = secrets.token_bytes(length)
    reply = replace(after(report, by="committee"), frame=frame)
    store.append(report)
    store.append(reply)
    assert list(store.entries(report.log, 0, 2, Scope.ALL))
    assert _holds(file, frame)

    store.append(after(reply, deletes=Deletes((2,), ())))

    assert not _holds(file, frame)
    assert _holds(file, report.frame)


def _holds(file: Path, frame: bytes) -> bool:
    """Whether any 100 bytes of a frame stand in the database or beside it; a page splits a long one."""
    kept = b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))
    return any(frame[start : start + 100] in kept for start in range(0, len(frame) - 100, 100))
