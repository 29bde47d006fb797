# SPDX-License-Identifier: EUPL-1.2
"""What the store knows of blobs, on every database, and how their parts lie on the disk."""

import errno
import os
import shutil
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest

from crypto.logs import Claim
from intake.blobstore import files
from intake.blobstore.files import FileBlobStore, forget_unfinished, is_made, make_folder
from intake.blobstore.interface import PartTakenError
from intake.store.interface import BusyError, ConflictError
from intake.store.records import Blob, NewEntry
from intake.store.sql import SqlStore
from support.blobs import MIB, a_claim
from support.sealed_desk import TODAY
from support.store_records import a_log, after, first

WRITERS = 8
DAY = timedelta(days=1)
REPORTER, COMMITTEE = b"l" * 32, b"c" * 32
"""The logins of the records."""


@pytest.fixture
def claim() -> Claim:
    """A blob of ten parts."""
    return a_claim(9 * MIB)


@pytest.fixture
def opening(store: SqlStore, claim: Claim) -> NewEntry:
    found = first(a_log(), claims=(claim,))
    store.append(found)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "blobs"
    make_folder(made)
    return made


@pytest.fixture
def blobs(folder: Path) -> FileBlobStore:
    return FileBlobStore(folder)


def at_once(attempts: list[Callable[[], object]]) -> list[object]:
    """Run all at one moment; what each returned."""
    start = Barrier(len(attempts))

    def attempt(action: Callable[[], object]) -> object:
        start.wait()
        return action()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(attempt, attempts))


def find(store: SqlStore, claim: Claim) -> Blob:
    found = store.blob(claim.blob, REPORTER)
    assert found is not None
    return found


@pytest.mark.usefixtures("opening")
def test_a_claimed_blob_is_found_by_the_logins_of_its_log(store: SqlStore, claim: Claim) -> None:
    found = {key: store.blob(claim.blob, key) for key in (REPORTER, COMMITTEE, b"x" * 32)}

    assert found == {
        REPORTER: Blob(claim.size, "reporter", "reporter", retired=False, arrived=0),
        COMMITTEE: Blob(claim.size, "reporter", "committee", retired=False, arrived=0),
        b"x" * 32: None,
    }
    assert store.blob(a_claim().blob, REPORTER) is None


def test_a_retired_login_is_told_as_such(store: SqlStore, opening: NewEntry, claim: Claim) -> None:
    store.append(after(opening, committee_login=b"2" * 32))

    found = [store.blob(claim.blob, key) for key in (COMMITTEE, b"2" * 32)]

    assert [blob and blob.retired for blob in found] == [True, False]


def test_claims_count_for_the_side_that_made_them(store: SqlStore, opening: NewEntry, claim: Claim) -> None:
    reply, message = a_claim(stanzas=1), a_claim(MIB)
    second = after(opening, by="committee", claims=(reply,))
    store.append(second)
    store.append(after(second, claims=(message,)))

    claimed = [store.access(opening.log, key) for key in (REPORTER, COMMITTEE, b"x" * 32)]

    assert [access and access.claimed for access in claimed] == [claim.size + message.size, reply.size, 0]


def test_a_blob_that_is_claimed_already_undoes_the_whole_entry(
    store: SqlStore, opening: NewEntry, claim: Claim
) -> None:
    before, promised = store.access(opening.log, REPORTER), store.awaited(TODAY)
    fresh = a_claim()

    with pytest.raises(ConflictError, match="blob"):
        store.append(after(opening, claims=(fresh, claim)))

    assert store.access(opening.log, REPORTER) == before
    assert store.awaited(TODAY) == promised
    assert store.blob(fresh.blob, REPORTER) is None


@pytest.mark.usefixtures("opening")
def test_parts_are_noted_once_each(store: SqlStore, claim: Claim) -> None:
    for number in (1, 9, 9, 10):
        store.part_arrived(claim.blob, number, 100)

    found = find(store, claim)

    assert [number for number in range(1, 11) if found.has(number)] == [1, 9, 10]
    assert store.awaited(TODAY) == claim.size - 300


@pytest.mark.usefixtures("opening")
def test_parts_that_arrive_at_one_moment_are_all_noted(store: SqlStore, claim: Claim) -> None:
    numbers = range(1, WRITERS + 1)

    at_once([lambda number=number: store.part_arrived(claim.blob, number, 100) for number in numbers])  # type: ignore[misc]

    assert find(store, claim).arrived == 2**WRITERS - 1
    assert store.awaited(TODAY) == claim.size - 100 * WRITERS


def test_claims_of_one_moment_are_all_promised(store: SqlStore) -> None:
    claims = [a_claim() for _ in range(WRITERS)]
    entries = [first(a_log(), claims=(claim,)) for claim in claims]

    at_once([lambda entry=entry: store.append(entry) for entry in entries])  # type: ignore[misc]

    assert store.awaited(TODAY) == sum(claim.size for claim in claims)


def test_room_is_promised_for_the_day_of_the_claim_and_the_next(store: SqlStore) -> None:
    old, new = a_claim(), a_claim(MIB)
    store.append(first(a_log(), claims=(old,), day=TODAY - 2 * DAY))
    store.append(first(a_log(), claims=(new,), day=TODAY))

    promised = [store.awaited(TODAY + days * DAY) for days in (0, 1, 2)]
    store.part_arrived(old.blob, 1, 100)

    assert promised == [new.size, new.size, 0]
    assert find(store, old).has(1)
    assert store.awaited(TODAY) == new.size


def test_the_largest_blob_is_counted_to_the_byte(store: SqlStore) -> None:
    claim = Claim(a_claim().blob, 2**32)
    store.append(first(a_log(), claims=(claim,)))

    store.part_arrived(claim.blob, 4096, MIB)

    assert find(store, claim).parts == 4096
    assert find(store, claim).arrived == 1 << 4095
    assert store.awaited(TODAY) == 2**32 - MIB


def test_a_part_comes_back_from_the_disk(blobs: FileBlobStore) -> None:
    assert blobs.put("a" * 32, 1, b"part")
    assert blobs.get("a" * 32, 1) == b"part"
    assert blobs.get("a" * 32, 2) is None
    assert blobs.get("b" * 32, 1) is None


def test_the_first_of_two_parts_stays(blobs: FileBlobStore) -> None:
    blobs.put("a" * 32, 1, b"part")

    assert not blobs.put("a" * 32, 1, b"part")
    with pytest.raises(PartTakenError):
        blobs.put("a" * 32, 1, b"other")
    assert blobs.get("a" * 32, 1) == b"part"


def test_of_writers_of_one_part_exactly_one_stores_it(blobs: FileBlobStore, folder: Path) -> None:
    part = bytes(MIB)

    stored = at_once([lambda: blobs.put("a" * 32, 1, part) for _ in range(WRITERS)])

    assert stored.count(True) == 1
    assert blobs.get("a" * 32, 1) == part
    assert list((folder / "new").iterdir()) == []


def test_a_part_that_comes_while_its_blob_is_removed_goes_with_it(
    blobs: FileBlobStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blobs.put("a" * 32, 1, b"part")
    late, rmdir = [2], Path.rmdir

    def rmdir_late(home: Path) -> None:
        if late:
            blobs.put("a" * 32, late.pop(), b"late")
        rmdir(home)

    monkeypatch.setattr(Path, "rmdir", rmdir_late)
    blobs.remove("a" * 32)

    assert not late
    assert [path.name for path in folder.rglob("*")] == ["new"]


@pytest.mark.parametrize("owner, step", [(Path, "hardlink_to"), (files, "_sync"), (files, "_read")])
def test_a_part_whose_blob_is_removed_meanwhile_is_busy_and_leaves_nothing(
    blobs: FileBlobStore, folder: Path, monkeypatch: pytest.MonkeyPatch, owner: object, step: str
) -> None:
    blobs.put("a" * 32, 1, b"part")
    real = getattr(owner, step)

    def late(*arguments: object) -> object:
        shutil.rmtree(folder / ("a" * 32), ignore_errors=True)
        return real(*arguments)

    monkeypatch.setattr(owner, step, late)
    with pytest.raises(BusyError):
        blobs.put("a" * 32, 1, b"part")

    assert [path.name for path in folder.rglob("*")] == ["new"]


def test_files_and_folders_are_their_owners_alone(blobs: FileBlobStore, folder: Path) -> None:
    old = os.umask(0)
    try:
        blobs.put("a" * 32, 1, b"part")
    finally:
        os.umask(old)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*")}
    assert modes == {"new": 0o700, "a" * 32: 0o700, "1": 0o600}


def test_a_part_is_on_the_disk_before_its_name_and_its_folders_after_it(
    blobs: FileBlobStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[tuple[str, bool]] = []
    part, real = folder / ("a" * 32) / "1", os.fsync

    def fsync(descriptor: int) -> None:
        real(descriptor)
        steps.append((Path(f"/proc/self/fd/{descriptor}").resolve().name, part.exists()))

    monkeypatch.setattr("intake.blobstore.files.os.fsync", fsync)
    blobs.put("a" * 32, 1, b"part")

    (_, named), *folders = steps
    assert not named
    assert folders == [("a" * 32, True), ("blobs", True)]


def test_what_a_killed_writer_left_is_deleted_and_parts_stay(blobs: FileBlobStore, folder: Path) -> None:
    blobs.put("a" * 32, 1, b"part")
    (folder / "new" / "half").write_bytes(b"pa")

    forget_unfinished(folder)

    assert list((folder / "new").iterdir()) == []
    assert blobs.get("a" * 32, 1) == b"part"


def test_a_folder_without_its_inner_one_is_not_made(folder: Path) -> None:
    assert is_made(folder)
    (folder / "new").rmdir()
    assert not is_made(folder)
    make_folder(folder)
    assert is_made(folder)


def test_a_full_disk_is_busy_and_leaves_nothing(
    blobs: FileBlobStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("intake.blobstore.files.os.fsync", full)
        with pytest.raises(BusyError):
            blobs.put("a" * 32, 1, b"part")

    assert [path.name for path in folder.rglob("*")] == ["new"]
    assert blobs.put("a" * 32, 1, b"part")
