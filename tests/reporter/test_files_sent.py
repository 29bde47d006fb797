# SPDX-License-Identifier: EUPL-1.2
"""Files that go along with a report or a message: whole for the committee, nothing of them on the intake."""

import random
from pathlib import Path

import pytest

from casework.logs.file_state import FileState
from casework.views.cases import CaseView
from support.desk_world import World
from support.reporter_terminal import NO_WORDS_BACK, Terminal
from support.served_intake import ServedIntake

MARKER = "bonnetjes-van-kees"
PARTS = random.Random(7).randbytes(2_500_000)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of three parts."""
    path = tmp_path / f"{MARKER}.pdf"
    path.write_bytes(PARTS + MARKER.encode())
    return path


@pytest.fixture
def told(tmp_path: Path) -> Path:
    path = tmp_path / "told.txt"
    path.write_text("Zie de bonnetjes.")
    return path


def case_of(world: World) -> CaseView:
    """What a member sees of the only case."""
    anna = world.open_tools[0]
    anna.sync()
    return anna.case(anna.cases()[0].id)


def saved(world: World, folder: Path) -> dict[str, bytes]:
    """Have a member save every file of the only case, by name."""
    view = case_of(world)
    folder.mkdir()
    paths = [world.open_tools[0].files.export(view.line.id, line.blob, folder) for line in view.files]
    return {path.name: path.read_bytes() for path in paths}


def test_files_arrive_whole_with_their_names(
    world: World, intake: ServedIntake, terminal: Terminal, told: Path, file: Path, tmp_path: Path
) -> None:
    shown = terminal.run(
        *("send", intake.url, "--text", str(told), "--file", str(file), "--file", str(told)),
        lines=["yes", "yes", *NO_WORDS_BACK],
    )

    assert shown.code == 0, shown.text
    assert f"{file.name} (2,500,018 bytes)" in shown.text
    assert "Files sent: 2." in shown.text
    assert saved(world, tmp_path / "saved") == {file.name: file.read_bytes(), told.name: told.read_bytes()}


def test_a_message_takes_files_as_a_report_does(
    world: World, intake: ServedIntake, terminal: Terminal, told: Path, file: Path, tmp_path: Path
) -> None:
    sent = terminal.run("send", intake.url, "--text", str(told), lines=["yes", "yes", *NO_WORDS_BACK])
    message = terminal.run("answer", intake.url, "--file", str(file), lines=[sent.words, "Hier is het.", ".", "yes"])

    assert message.code == 0, message.text
    assert saved(world, tmp_path / "saved") == {file.name: file.read_bytes()}
    assert "You: Files sent" in terminal.run("mailbox", intake.url, lines=[sent.words]).text


@pytest.mark.parametrize("lost", ["lose_requests", "lose_answers"])
def test_an_upload_that_is_cut_off_goes_on_with_what_is_missing(
    world: World, intake: ServedIntake, terminal: Terminal, told: Path, file: Path, tmp_path: Path, lost: str
) -> None:
    def cut_off(path: str, body: bytes) -> bytes:
        if path.endswith("/parts/2") and not getattr(intake, "cut", False):
            intake.cut = True  # type: ignore[attr-defined] # only here
            setattr(intake, lost, 1)
        return body

    intake.instead = cut_off

    shown = terminal.run(
        *("send", intake.url, "--text", str(told), "--file", str(file)),
        lines=["yes", "yes", *NO_WORDS_BACK, "yes"],
    )

    assert shown.code == 0, shown.text
    parts = [path.rpartition("/")[2] for method, path in intake.requests if method == "PUT"]
    assert parts == (["1", "2", "3", "3"] if lost == "lose_requests" else ["1", "2", "3"])
    assert saved(world, tmp_path / "saved") == {file.name: file.read_bytes()}


def test_the_text_has_arrived_when_a_file_turns_out_to_be_changed(
    world: World, intake: ServedIntake, terminal: Terminal, told: Path, file: Path, tmp_path: Path
) -> None:
    def change() -> None:
        file.write_bytes(b"another one")

    intake.before_write = change

    shown = terminal.run(
        *("send", intake.url, "--text", str(told), "--file", str(file), "--file", str(told)),
        lines=["yes", "yes", *NO_WORDS_BACK],
    )

    assert shown.code == 6
    assert "was changed meanwhile" in shown.text
    assert "Your text was sent, but 1 of its files were not." in shown.text
    states = {line.name: line.state for line in case_of(world).files}
    assert states[told.name] == FileState.WHOLE
    assert states[file.name] != FileState.WHOLE


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_what_is_no_readable_file_is_refused_before_anything_is_asked(
    intake: ServedIntake, terminal: Terminal, tmp_path: Path, name: str
) -> None:
    shown = terminal.run("send", intake.url, "--file", str(tmp_path / name), lines=["yes"])

    assert shown.code in (2, 6)
    assert intake.writes == 0


def test_more_files_than_a_message_takes_are_refused(intake: ServedIntake, terminal: Terminal, file: Path) -> None:
    shown = terminal.run("send", intake.url, *["--file", str(file)] * 17, lines=[])

    assert shown.code == 6
    assert "16 files" in shown.text


def test_neither_name_nor_content_of_a_file_is_on_the_intake(
    intake: ServedIntake, terminal: Terminal, told: Path, file: Path, tmp_path: Path
) -> None:
    terminal.run("send", intake.url, "--text", str(told), "--file", str(file), lines=["yes", "yes", *NO_WORDS_BACK])

    kept = [path for path in intake.service.settings.data_folder.rglob("*") if path.is_file()]
    own = [file, told, *tmp_path.joinpath("members").rglob("*")]
    assert [path for path in kept if path not in own and MARKER.encode() in path.read_bytes()] == []
