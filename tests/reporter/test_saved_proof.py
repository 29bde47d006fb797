# SPDX-License-Identifier: EUPL-1.2
"""The dated proof that the terminal saves: what the page's says, only where the reporter asks for it."""

from pathlib import Path

import pytest

from crypto.passphrase import new_words
from support.desk_world import World
from support.reporter_terminal import NO_WORDS_BACK, Terminal
from support.served_intake import ServedIntake
from support.worker import on_the_page

TEXT = "Het magazijn klopt niet: <b>3 & 4</b>."
SEND = ["yes", "", TEXT, ".", "no", "yes", *NO_WORDS_BACK]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    return folder / "notes.html"


def test_r10_a_proof_with_text_hash_and_day_is_saved_from_the_terminal(
    world: World, intake: ServedIntake, terminal: Terminal, target: Path
) -> None:
    sent = terminal.run("send", intake.url, "--proof", str(target), lines=SEND)

    assert sent.code == 0, sent.text
    opened = {"words": sent.words, "language": "en"}
    (mailbox,) = on_the_page(world, intake, ("openMailbox", opened))
    proof = target.read_text("utf-8")
    assert f"SHA-256: {mailbox['entries'][0]['hash']}" in proof
    assert "Het magazijn klopt niet: &lt;b&gt;3 &amp; 4&lt;/b&gt;." in proof
    assert "23 November 2026" in proof
    assert mailbox["log"] in proof
    assert world.desk in proof
    assert "<script" not in proof
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_r10_the_proof_from_the_mailbox_has_the_hash_that_the_page_gave(
    world: World, intake: ServedIntake, terminal: Terminal, target: Path
) -> None:
    words = " ".join(new_words("en"))
    report = {"answers": {"what": TEXT}, "excluded": [], "language": "nl", "words": words}
    (sent,) = on_the_page(world, intake, ("sendReport", report))

    shown = terminal.run("mailbox", intake.url, "--proof", str(target), lines=[words])

    assert shown.code == 0, shown.text
    assert f"SHA-256: {sent['hash']}" in target.read_text("utf-8")


def test_a_proof_is_written_over_nothing_and_nothing_is_sent_then(
    intake: ServedIntake, terminal: Terminal, target: Path
) -> None:
    target.write_text("mine")

    shown = terminal.run("send", intake.url, "--proof", str(target), lines=SEND)

    assert shown.code == 6
    assert "is there already" in shown.text
    assert intake.writes == 0
    assert target.read_text() == "mine"


def test_a_proof_that_cannot_be_written_is_said_and_the_report_has_arrived(
    intake: ServedIntake, terminal: Terminal, target: Path
) -> None:
    shown = terminal.run("send", intake.url, "--proof", str(target.parent / "missing" / "a.html"), lines=SEND)

    assert shown.code == 6
    assert "The proof was not saved" in shown.text
    assert intake.writes == 1
