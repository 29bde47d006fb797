# SPDX-License-Identifier: EUPL-1.2
"""The command line for files, accounts and decisions about a report."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from casework.domain.errors import Refused
from support.desk_world import World
from support.reporter_files import ReporterFiles

Run = Callable[..., Result]


@pytest.fixture
def files(world: World, run: Run) -> ReporterFiles:
    """A case with two files, of which anna's tool knows."""
    run("anna", "sync")
    run("bram", "sync")
    sent = ReporterFiles(world, ("bon\u202enen.txt", "text/plain", b"bills"), ("late.txt", "text/plain", b"late"))
    sent.upload(sent.attachments[0])
    sent.sign_for(sent.attachments[0])
    run("anna", "sync")
    return sent


def number(run: Run) -> str:
    return str(run("anna", "cases").output.split()[0])


def test_the_files_of_a_case_are_listed_with_what_is_known_of_them(run: Run, files: ReporterFiles) -> None:
    listed = run("anna", "case", "files", number(run)).output.splitlines()
    assert "bon�nen.txt  text/plain  5 B  the reporter  [whole]" in listed[0]
    assert "late.txt  text/plain  4 B  the reporter  [announced, not all sent yet]" in listed[1]


def test_files_are_saved_in_a_folder_and_what_is_not_whole_is_said(
    run: Run, files: ReporterFiles, tmp_path: Path
) -> None:
    result = run("anna", "case", "files", number(run), "--export", str(tmp_path), fails=True)
    assert result.exit_code == 1
    assert "late.txt: This file is not all there yet" in result.output
    assert (tmp_path / "bon_nen.txt").read_bytes() == b"bills"
    assert not list(tmp_path.glob("late*"))


def test_one_file_is_saved_by_its_number(run: Run, files: ReporterFiles, tmp_path: Path) -> None:
    result = run("anna", "case", "files", number(run), "--export", str(tmp_path), "--only", "1")
    assert result.exit_code == 0
    assert f"Saved: {tmp_path / 'bon_nen.txt'}" in result.output


def test_a_reply_takes_files_along(run: Run, files: ReporterFiles, tmp_path: Path) -> None:
    letter = tmp_path / "brief.pdf"
    letter.write_bytes(b"letter")
    arguments = ["case", "reply", number(run), "--kind", "message", "--attach", str(letter)]
    assert "stands in the reporter's mailbox" in run("anna", *arguments, typed="Zie de brief.\n").output
    (attachment,) = files.reporter.replies()[0].attachments
    assert attachment.name == "brief.pdf"
    assert files.received(attachment) == b"letter"


def test_an_account_is_offered_and_its_state_shown(run: Run, files: ReporterFiles) -> None:
    run("anna", "case", "reply", number(run), "--kind", "transcript", typed="We spraken elkaar.\n.\n.\n")
    assert files.reporter.replies()[0].kind == "transcript"
    head, _ = files.reporter.state()
    files.reporter.send({"verdict": "agree"}, kind="transcript", about=head)
    run("anna", "sync")
    assert "Written account 2026-11-23: agreed 2026-11-23" in run("anna", "case", "show", number(run)).output


def test_a_withdrawn_report_is_shown_and_decided_about(run: Run, files: ReporterFiles) -> None:
    files.reporter.send({"reason": "Ik durf niet meer."}, kind="withdrawal")
    files.reporter.send({"name": "Pim", "reach": "\u001b[2Jtelefoon"}, kind="contact")
    run("anna", "sync")
    shown = run("anna", "case", "show", number(run)).output
    assert "withdrawn by the reporter" in shown
    assert "Ik durf niet meer." in shown
    assert "�[2Jtelefoon" in shown
    decision = ["case", "do", "withdrawal", number(run), "--field", "outcome=end"]
    assert "Recorded" in run("anna", *decision, typed="Geen aanknopingspunten.\n.\nsecretaris\n").output
    assert "The case is ended as withdrawn by the reporter: Geen aanknopingspunten." in (
        run("anna", "case", "show", number(run)).output
    )


def test_a_report_that_was_not_withdrawn_is_not_decided_about(run: Run, files: ReporterFiles) -> None:
    decision = ["case", "do", "withdrawal", number(run), "--field", "outcome=end"]
    assert isinstance(run("anna", *decision, typed="Zomaar.\n.\nsecretaris\n", fails=True).exception, Refused)


def test_a_reply_whose_files_do_not_fit_into_the_mailbox_says_what_to_do(
    run: Run, files: ReporterFiles, world: World, tmp_path: Path
) -> None:
    letter = tmp_path / "brief.pdf"
    letter.write_bytes(b"letter")
    case = number(run)
    world.intake.takes_files = False
    arguments = ["case", "reply", case, "--kind", "message", "--attach", str(letter)]

    assert "Write it again without files" in run("anna", *arguments, typed="Zie de brief.\n").output
    assert "Write it again without files" in run("anna", "sync").output
    assert "Write it again without files" in run("anna", "case", "show", case).output
    assert files.reporter.replies() == []
