# SPDX-License-Identifier: EUPL-1.2
"""A case's files: listed with what is known of them, verified before they are saved, and never saved in part."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from casework.errors import DamagedFileError, FileNotWholeError, HomeError, LockedError
from casework.logs.file_state import FileState
from casework.service.desk import Desk
from crypto.logs import BLOB_PART_LENGTH, MAX_BLOB, Claim
from support.desk_world import World
from support.reporter_files import ReporterFiles, with_root

PHOTO = bytes(range(256)) * 40
LARGE = b"line of a large file\n" * 160_000


@pytest.fixture
def anna(world: World) -> Desk:
    tool, _ = world.synced("anna", "bram")
    return tool


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "chosen"
    made.mkdir()
    return made


def case_of(tool: Desk) -> str:
    tool.sync()
    (line,) = tool.cases()
    return line.id


def states(tool: Desk) -> list[FileState]:
    return [file.state for file in tool.case(case_of(tool)).files]


def blob_of(tool: Desk) -> str:
    return tool.case(case_of(tool)).files[0].blob


def test_a_file_is_saved_as_it_was_sent(each_world: World, folder: Path) -> None:
    tool, _ = each_world.synced("anna", "bram")
    files = ReporterFiles(each_world, ("bonnen.csv", "text/csv", LARGE))
    files.send_all()
    told: list[tuple[int, int]] = []
    saved = tool.files.export(case_of(tool), blob_of(tool), folder, lambda part, parts: told.append((part, parts)))
    assert saved == folder / "bonnen.csv"
    assert saved.read_bytes() == LARGE
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_file_is_announced_until_its_reporter_signed_for_it(world: World, anna: Desk, folder: Path) -> None:
    files = ReporterFiles(world, ("foto.jpg", "image/jpeg", PHOTO))
    files.upload(files.attachments[0])
    assert states(anna) == [FileState.ANNOUNCED]
    with pytest.raises(FileNotWholeError):
        anna.files.export(case_of(anna), blob_of(anna), folder)
    files.sign_for(*files.attachments)
    assert states(anna) == [FileState.WHOLE]


def test_a_file_of_which_parts_lack_is_not_saved(world: World, anna: Desk, folder: Path) -> None:
    files = ReporterFiles(world, ("a.bin", "application/octet-stream", LARGE))
    files.upload(files.attachments[0], files.parts(files.attachments[0])[:2])
    files.sign_for(*files.attachments)
    assert states(anna) == [FileState.INCOMPLETE]
    with pytest.raises(FileNotWholeError):
        anna.files.export(case_of(anna), blob_of(anna), folder)
    assert list(folder.iterdir()) == []


def test_a_reporter_may_give_up_on_one_of_their_files(world: World, anna: Desk) -> None:
    files = ReporterFiles(world, ("a.txt", "text/plain", b"a"), ("b.txt", "text/plain", b"b"))
    files.upload(files.attachments[1])
    files.sign_for(files.attachments[1])
    assert states(anna) == [FileState.ANNOUNCED, FileState.WHOLE]


@pytest.mark.parametrize("cut", ["altered", "shorter", "swapped"])
def test_a_damaged_file_leaves_nothing(world: World, anna: Desk, folder: Path, cut: str) -> None:
    files = ReporterFiles(world, ("a.bin", "application/octet-stream", LARGE))
    files.send_all()
    shelf = world.intake.shelf
    damage = {
        "altered": lambda _blob, number, part: part[:-1] + bytes([part[-1] ^ 1]) if number == 3 else part,
        "shorter": lambda _blob, number, part: part[:-70_000] if number == 4 else part,
        "swapped": lambda blob, number, part: shelf.blobs[blob].parts[2] if number == 3 else part,
    }
    shelf.alter = damage[cut]
    with pytest.raises(DamagedFileError):
        anna.files.export(case_of(anna), blob_of(anna), folder)
    assert list(folder.iterdir()) == []
    assert list((world.home("anna").folder / "blobs").iterdir()) == []
    assert states(anna) == [FileState.DAMAGED]


def test_an_intake_that_announces_more_than_was_signed_fills_no_disk(world: World, anna: Desk, folder: Path) -> None:
    files = ReporterFiles(world, ("a.txt", "text/plain", b"a"))
    files.send_all()
    case, blob = case_of(anna), files.attachments[0].blob
    stored = world.intake.shelf.blobs[blob]
    stored.claim = Claim(blob, MAX_BLOB)
    stored.parts = dict.fromkeys(range(1, stored.claim.parts + 1), bytes(BLOB_PART_LENGTH))
    asked: list[int] = []

    def note(_blob: str, number: int, part: bytes) -> bytes:
        asked.append(number)
        return part

    world.intake.shelf.alter = note
    with pytest.raises(DamagedFileError):
        anna.files.export(case, blob, folder)
    assert asked == []


def test_another_file_under_the_same_key_is_not_the_one_that_was_signed(world: World, anna: Desk, folder: Path) -> None:
    """Any holder of the file key can seal: only the root that the reporter signed tells."""
    files = ReporterFiles(world, ("a.txt", "text/plain", b"what I saw"))
    files.send_all()
    blob = files.attachments[0].blob
    files.sealed[blob] = (b"what I say", files.sealed[blob][1])
    forged = files.parts(files.attachments[0])
    world.intake.shelf.alter = lambda _blob, number, _part: forged[number - 1]
    with pytest.raises(DamagedFileError):
        anna.files.export(case_of(anna), blob_of(anna), folder)


def test_a_signature_for_another_file_than_was_announced_does_not_count(world: World, anna: Desk) -> None:
    files = ReporterFiles(world, ("a.txt", "text/plain", b"a"))
    files.upload(files.attachments[0])
    other = with_root(replace(files.attachments[0], name="b.exe"), bytes(32))
    files.reporter.send({}, kind="files", about=files.head, attachments=[other])
    assert states(anna) == [FileState.ANNOUNCED]


def test_the_first_signature_for_a_file_holds(world: World, anna: Desk, folder: Path) -> None:
    files = ReporterFiles(world, ("a.txt", "text/plain", b"a"))
    files.send_all()
    files.reporter.send({}, kind="files", about=files.head, attachments=[with_root(files.attachments[0], bytes(32))])
    assert anna.files.export(case_of(anna), blob_of(anna), folder).read_bytes() == b"a"


def test_a_file_of_a_later_message_is_there_as_well(world: World, anna: Desk, folder: Path) -> None:
    files = ReporterFiles(world)
    late = files.announce("later.txt", "text/plain", b"later")
    files.reporter.send({"text": "One more"}, attachments=[late])
    files.head, _ = files.reporter.state()
    files.upload(late)
    files.sign_for(late)
    assert anna.files.export(case_of(anna), blob_of(anna), folder).read_bytes() == b"later"


def test_a_file_opens_after_the_epochs_key_was_destroyed(world: World, anna: Desk, folder: Path) -> None:
    files = ReporterFiles(world, ("a.txt", "text/plain", b"a"))
    case_of(anna)
    files.send_all()
    case_of(anna)
    for _ in range(3):
        world.pass_days(25)
        anna.sync()
    assert anna.files.export(case_of(anna), blob_of(anna), folder).read_bytes() == b"a"


def test_an_empty_file_is_a_file(world: World, anna: Desk, folder: Path) -> None:
    ReporterFiles(world, ("empty.txt", "text/plain", b"")).send_all()
    assert anna.files.export(case_of(anna), blob_of(anna), folder).read_bytes() == b""


def test_a_file_that_is_there_is_never_written_over(world: World, anna: Desk, folder: Path) -> None:
    (folder / "a.txt").write_text("mine")
    ReporterFiles(world, ("a.txt", "text/plain", b"theirs")).send_all()
    case, blob = case_of(anna), blob_of(anna)
    assert [anna.files.export(case, blob, folder).name for _ in range(2)] == ["a (2).txt", "a (3).txt"]
    assert (folder / "a.txt").read_text() == "mine"


def test_a_name_with_a_path_stays_in_the_folder(world: World, anna: Desk, folder: Path) -> None:
    ReporterFiles(world, ("../../etc/passwd", "text/plain", b"x")).send_all()
    assert anna.files.export(case_of(anna), blob_of(anna), folder) == folder / "passwd"


def test_a_folder_that_is_gone_is_said_in_one_sentence(world: World, anna: Desk, folder: Path) -> None:
    ReporterFiles(world, ("a.txt", "text/plain", b"x")).send_all()
    with pytest.raises(HomeError):
        anna.files.export(case_of(anna), blob_of(anna), folder / "gone")
    assert list((world.home("anna").folder / "blobs").iterdir()) == []


def test_locking_stops_a_file_that_is_being_saved(world: World, anna: Desk, folder: Path) -> None:
    ReporterFiles(world, ("a.bin", "application/octet-stream", LARGE)).send_all()
    file = anna.files.open(case_of(anna), blob_of(anna))
    next(file.fetched.pieces)
    anna.close()
    with pytest.raises(LockedError), closing(file.fetched):
        next(file.fetched.pieces)
    assert list((world.home("anna").folder / "blobs").iterdir()) == []


def test_the_members_folder_never_holds_a_files_plaintext(world: World, anna: Desk) -> None:
    marker = b"a sentence that only the file holds"
    ReporterFiles(world, ("secret-name.txt", "text/plain", marker * 3)).send_all()
    file = anna.files.open(case_of(anna), blob_of(anna))
    kept = b"".join(path.read_bytes() for path in world.home("anna").folder.rglob("*") if path.is_file())
    assert b"".join(file.fetched.pieces) == marker * 3
    assert marker not in kept
    assert b"secret-name" not in kept
    assert len(kept) < BLOB_PART_LENGTH
