# SPDX-License-Identifier: EUPL-1.2
"""The committee's files in a reporter's folder: whole and verified, under a name that does no harm."""

from io import BytesIO
from pathlib import Path

import pytest

from casework.sync.transfers import Outgoing
from casework.views.drafts import MessageDraft
from crypto.mailbox import MailboxKeys
from crypto.passphrase import new_words
from intake.reporter.export import name_of
from support.desk_world import Reporter, World
from support.reporter_terminal import Shown, Terminal
from support.served_intake import ServedIntake

WORDS = new_words("en")
LETTER = b"the committee's letter\n" * 60_000
NAME = "../brief van één lid.pdf"
SAVED = "3-1 brief van één lid.pdf"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "saved"
    made.mkdir()
    return made


@pytest.fixture
def sent(world: World) -> None:
    """A report, and a message with a file from the committee."""
    Reporter(world, MailboxKeys.from_words(WORDS, world.desk)).send_report("Er verdwijnt geld.")
    anna = world.open_tools[0]
    anna.sync()
    case = anna.cases()[0].id
    blob = anna.files.attach(case, Outgoing(NAME, BytesIO(LETTER), len(LETTER))).blob
    anna.write_message(case, MessageDraft("message", "Lees dit.", files=(blob,)))
    anna.sync()


def export(terminal: Terminal, intake: ServedIntake, folder: Path) -> Shown:
    return terminal.run("files", intake.url, "--export", str(folder), lines=[" ".join(WORDS)])


@pytest.mark.usefixtures("sent")
def test_a_file_of_the_committee_is_listed_and_saved_whole(
    terminal: Terminal, intake: ServedIntake, folder: Path
) -> None:
    shown = export(terminal, intake, folder)

    assert shown.code == 0, shown.text
    assert [path.name for path in folder.iterdir()] == [SAVED]
    assert (folder / SAVED).read_bytes() == LETTER
    assert (
        "brief van één lid.pdf (1,380,000 bytes)" in terminal.run("mailbox", intake.url, lines=[" ".join(WORDS)]).text
    )


@pytest.mark.usefixtures("sent")
def test_a_file_that_is_there_already_is_not_written_over(
    terminal: Terminal, intake: ServedIntake, folder: Path
) -> None:
    (folder / SAVED).write_bytes(b"mine")

    shown = export(terminal, intake, folder)

    assert shown.code == 6
    assert (folder / SAVED).read_bytes() == b"mine"


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize("damage", ["altered", "cut off"])
def test_a_damaged_file_is_refused_and_nothing_of_it_stays(
    terminal: Terminal, intake: ServedIntake, folder: Path, damage: str
) -> None:
    def damaged(path: str, body: bytes) -> bytes:
        if not path.endswith("/parts/2"):
            return body
        return body[:-1] + (bytes([body[-1] ^ 1]) if damage == "altered" else b"")

    intake.instead = damaged

    shown = export(terminal, intake, folder)

    assert shown.code == 4
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("sent")
def test_a_file_gets_its_name_only_once_it_is_whole(terminal: Terminal, intake: ServedIntake, folder: Path) -> None:
    named: list[bool] = []

    def watched(path: str, body: bytes) -> bytes:
        if path.endswith("/parts/2"):
            named.append((folder / SAVED).exists())
        return body

    intake.instead = watched

    assert export(terminal, intake, folder).code == 0
    assert named == [False]
    assert [path.name for path in folder.iterdir()] == [SAVED]


@pytest.mark.parametrize(
    "name, safe",
    [
        ("foto.jpg", "4-2 foto.jpg"),
        ("../..", "4-2 file"),
        ("C:\\con", "4-2 _con"),
        (".hidden", "4-2 hidden"),
        ("zero\u200bwidth.txt", "4-2 zero_width.txt"),
    ],
)
def test_a_name_can_neither_lead_away_nor_mislead(name: str, safe: str) -> None:
    assert name_of(4, 2, name) == safe
