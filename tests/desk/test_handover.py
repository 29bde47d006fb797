# SPDX-License-Identifier: EUPL-1.2
"""A file that a stranger locked with a tool of their own: members say its number, and open it."""

from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from casework.cli.main import cli
from casework.cli.tool import Tool
from casework.errors import DamagedFileError
from crypto.handover import recipient_lines
from support.desk_world import Reporter, World
from support.letters import strangers_letter

LETTER = b"Op 3 november is een factuur betaald.\n"


@pytest.fixture
def recipients(world: World, tmp_path: Path) -> Path:
    """The file that the intake hands out, once two members are live."""
    tools = world.synced("anna", "bram")
    tools[0].sync()
    path = tmp_path / "recipients.txt"
    path.write_text("# Meldpunt\n" + recipient_lines(Reporter(world).desk().live(world.today)))
    for tool in tools:
        tool.close()
    return path


@pytest.fixture
def letter(recipients: Path, tmp_path: Path) -> Path:
    path = tmp_path / "report.age"
    path.write_bytes(strangers_letter(recipients, LETTER))
    return path


def test_every_live_member_opens_what_a_stranger_locked(world: World, letter: Path) -> None:
    for member in ("anna", "bram"):
        assert world.tool(member).open_handed_over(letter.read_bytes()) == LETTER


def test_a_caller_computes_the_number_that_members_see(world: World, recipients: Path) -> None:
    lines = "".join(line + "\n" for line in recipients.read_text().splitlines() if "age1pq" in line)

    number, until = world.tool("anna").recipients()

    assert number.replace(" ", "") == sha256(lines.encode()).hexdigest()[:20]
    assert until > world.today


def test_what_is_damaged_or_for_others_opens_for_nobody(world: World, letter: Path) -> None:
    tool = world.tool("anna")

    for data in (letter.read_bytes()[:-1], LETTER, b""):
        with pytest.raises(DamagedFileError):
            tool.open_handed_over(data)


def test_the_command_shows_a_letter_or_writes_it_once(
    world: World, letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Tool, "unlock", lambda _: world.tool("anna"))
    options = ["--home", str(world.home("anna").folder), "--language", "en", "open-file", str(letter)]
    plain = tmp_path / "plain.txt"

    shown = CliRunner().invoke(cli, options, catch_exceptions=False)
    CliRunner().invoke(cli, [*options, "--to", str(plain)], catch_exceptions=False)
    again = CliRunner().invoke(cli, [*options, "--to", str(plain)])

    assert "factuur betaald" in shown.output
    assert plain.read_bytes() == LETTER
    assert isinstance(again.exception, FileExistsError)


def test_the_command_says_the_number(world: World, recipients: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = world.tool("anna")
    number, _ = tool.recipients()
    monkeypatch.setattr(Tool, "unlock", lambda _: tool)

    said = CliRunner().invoke(cli, ["--language", "en", "recipients"], catch_exceptions=False)

    assert number in said.output
