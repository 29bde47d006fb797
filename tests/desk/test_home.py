# SPDX-License-Identifier: EUPL-1.2
"""A member's folder: ciphertext only, one tool at a time, whole files or none."""

import os
import stat
from pathlib import Path

import pytest

from casework.errors import HomeError, PassphraseError
from casework.folder.home import Home, Settings, write_atomically
from casework.service.desk import Desk
from casework.views.drafts import MessageDraft
from support.desk_world import PASSPHRASE, World

MARKER = "zeldzaam-merkwoord"


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_no_text_of_anybody_stands_in_the_folder_or_at_the_intake(world: World) -> None:
    anna, bram, _ = world.synced("anna", "bram", "chris")
    reporter = world.report(f"Melding met {MARKER}")
    anna.sync()
    (line,) = anna.cases()
    anna.write_message(line.id, MessageDraft("question", f"Vraag met {MARKER}"))
    anna.declare(line.id, conflict=True, explanation=f"Belang met {MARKER}")
    reporter.send_message(f"Antwoord met {MARKER}")
    bram.sync()
    bram.case(line.id)

    kept = everything_in(world.folder)
    assert any(MARKER in str(item.texts) for item in bram.case(line.id).timeline)
    for text in (MARKER.encode(), MARKER.encode("utf-16-le"), PASSPHRASE.encode()):
        assert text not in kept
        assert text not in world.intake.everything()


def test_no_secret_key_stands_readable_in_the_folder(world: World) -> None:
    anna, _ = world.synced("anna", "bram")
    world.report("Melding")
    anna.sync()
    held = anna._session.keyring.secrets
    secrets = [held.identity, *(epoch.seed for epoch in held.epochs), *held.cases.values()]

    kept = everything_in(world.folder)

    assert len(secrets) == 3
    assert not [secret for secret in secrets if secret in kept]


def test_a_second_tool_is_kept_out_of_the_folder(world: World) -> None:
    (anna,) = world.synced("anna")

    with pytest.raises(HomeError, match="open"):
        Desk.unlock(world.home("anna"), PASSPHRASE, clock=lambda: world.today, transport=world.intake.transport)

    anna.close()
    world.tool("anna")


def test_a_wrong_passphrase_opens_nothing_and_leaves_the_folder_free(world: World) -> None:
    with pytest.raises(PassphraseError):
        Desk.unlock(world.home("anna"), "iets anders", clock=lambda: world.today)

    world.tool("anna")


def test_a_folder_that_joined_no_desk_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="join"):
        Home(tmp_path).settings()


def test_damaged_settings_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"origin": "https://x.example", "desk": 5}')

    with pytest.raises(HomeError, match="damaged"):
        Home(tmp_path).settings()


def test_settings_come_back(tmp_path: Path) -> None:
    settings = Settings("https://meldpunt.example", "a" * 25 + "q", "anna", "socks5h://127.0.0.1:9050")

    Home(tmp_path).write_settings(settings)

    assert Home(tmp_path).settings() == settings


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "keys.json"
    write_atomically(file, b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        write_atomically(file, b"new")

    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]
    assert file.read_bytes() == b"old"


def test_what_a_crash_left_of_a_replaced_key_file_is_deleted_when_the_folder_is_opened(world: World) -> None:
    """It may hold the seed of an epoch whose day of destruction has come."""
    anna = world.tool("anna")
    half = world.home("anna").folder / "keys.json.0badc0de.new"
    half.write_bytes(world.home("anna").read_keys())

    world.restart(anna)

    assert not half.exists()


def test_a_case_whose_key_an_older_key_file_lacks_is_opened_again(world: World) -> None:
    anna, _ = world.synced("anna", "bram")
    older = world.home("anna").read_keys()
    world.report("Melding")
    anna.sync()
    (line,) = anna.cases()
    world.home("anna").write_keys(older)

    again = world.restart(anna)
    again.sync()

    assert [found.id for found in again.cases()] == [line.id]


def test_the_folder_is_flushed_after_a_file_in_it_was_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[bool] = []
    monkeypatch.setattr(
        "casework.folder.home.os.fsync", lambda handle: flushed.append(stat.S_ISDIR(os.fstat(handle).st_mode))
    )

    write_atomically(tmp_path / "keys.json", b"sealed")

    assert flushed == [False, True]
