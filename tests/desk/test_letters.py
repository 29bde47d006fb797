# SPDX-License-Identifier: EUPL-1.2
"""Locked files that strangers sent by the plain form: each becomes one case, which all live members read."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from casework.cli.main import cli
from casework.cli.tool import Tool
from casework.service.desk import Desk
from casework.views.cases import CaseView
from crypto.age import encrypt
from crypto.handover import letter_number, recipient_lines
from support.desk_world import Reporter, World
from support.letters import strangers_letter

LETTER = "Op 3 november is een factuur betaald.\nDat weet de wethouder. Ëén keer?\n"


@pytest.fixture
def tools(world: World) -> list[Desk]:
    """Two members who are live."""
    found = world.synced("anna", "bram")
    found[0].sync()
    return found


def send(world: World, data: bytes) -> str:
    """Put a letter to the live members into the letter box."""
    live = Reporter(world).desk().live(world.today)
    locked = encrypt(data, [epoch.recipient for epoch in live])
    return world.intake.letters.put(world.desk, locked, world.today)


def only_case(tool: Desk) -> CaseView:
    (line,) = tool.cases()
    return tool.case(line.id)


def test_a_letter_of_a_tool_that_knows_nothing_of_us_becomes_a_case(
    world: World, tools: list[Desk], tmp_path: Path
) -> None:
    recipients = tmp_path / "recipients.txt"
    recipients.write_text("# Meldpunt\n" + recipient_lines(Reporter(world).desk().live(world.today)))
    world.intake.letters.put(world.desk, strangers_letter(recipients, LETTER.encode()), world.today)

    assert tools[0].sync().opened == 1

    view = only_case(tools[0])
    (report,) = view.reports
    assert (report.answers["what"], report.channel, report.received) == (LETTER, "file", world.today)
    assert view.line.next_due is not None


def test_all_live_members_read_the_same_case(world: World, tools: list[Desk]) -> None:
    send(world, LETTER.encode())
    results = [tool.sync() for tool in (*tools, tools[0])]

    assert [result.problems for result in results] == [[], [], []]
    assert len({only_case(tool).line.id for tool in tools}) == 1
    assert [only_case(tool).reports[0].answers["what"] for tool in tools] == [LETTER, LETTER]
    assert [len(tool.sync().problems) for tool in tools] == [0, 0]
    assert [len(tool.cases()) for tool in tools] == [1, 1]


def test_two_members_who_open_a_letter_at_once_end_in_one_case(world: World, tools: list[Desk]) -> None:
    send(world, LETTER.encode())

    def other_first(method: str, path: str) -> None:
        if method == "POST" and path.endswith("/openings"):
            world.intake.before = lambda _method, _path: None
            tools[1].sync()

    world.intake.before = other_first
    tools[0].sync()
    tools[1].sync()

    assert len(world.intake.letters.letters.popitem()[1].openings) == 2
    assert only_case(tools[0]).line.id == only_case(tools[1]).line.id
    assert [len(only_case(tool).reports) for tool in tools] == [1, 1]


@pytest.mark.parametrize("moment", ["openings", "entries"])
def test_an_answer_that_is_lost_doubles_nothing(world: World, tools: list[Desk], moment: str) -> None:
    send(world, LETTER.encode())
    lost: list[str] = []

    def lose(method: str, path: str) -> bool:
        gone = method == "POST" and path.endswith(moment) and len(lost) < 2
        lost.extend([path] * gone)
        return gone

    world.intake.lose_answer = lose
    with pytest.raises(Exception, match="does not answer"):
        tools[0].sync()
    world.intake.lose_answer = lambda _method, _path: False
    for tool in (tools[0], tools[1], tools[0]):
        tool.sync()

    assert lost
    assert only_case(tools[0]).line.id == only_case(tools[1]).line.id
    assert len(only_case(tools[0]).reports) == 1


def test_what_one_member_writes_in_the_case_the_others_read(world: World, tools: list[Desk]) -> None:
    send(world, LETTER.encode())
    for tool in tools:
        tool.sync()

    tools[0].declare(only_case(tools[0]).line.id, conflict=False)
    tools[1].sync()

    assert "anna" in only_case(tools[1]).case.declarations


def test_the_case_stays_readable_when_all_keys_of_that_day_are_destroyed(world: World, tools: list[Desk]) -> None:
    content = b"%PDF-1.7\x00\xff" + bytes(range(256)) * 5000
    letter = send(world, content)
    tools[0].sync()

    world.pass_days(70)
    tools[0].close()
    anna = world.tool("anna", confirmed=world.today)

    view = only_case(anna)
    (file,) = view.files
    opened = anna.files.open(view.line.id, file.blob)
    assert (file.blob, opened.name) == (letter, f"letter-{view.line.received}.bin")
    assert b"".join(opened.fetched.pieces) == content
    assert "not a text" in view.reports[0].answers["what"]


def test_the_folder_holds_the_letter_locked_only(world: World, tools: list[Desk]) -> None:
    send(world, LETTER.encode())
    tools[0].sync()
    tools[0].close()

    kept = b"".join(path.read_bytes() for path in world.home("anna").folder.rglob("*") if path.is_file())

    assert b"wethouder" not in kept
    assert b"age-encryption.org/v1" in kept


def test_a_text_that_is_too_long_for_the_case_log_stands_among_its_files(world: World, tools: list[Desk]) -> None:
    text = "Één zin van de brief.\n" * 20_000
    send(world, text.encode())
    tools[0].sync()

    view = only_case(tools[0])
    opened = tools[0].files.open(view.line.id, view.files[0].blob)

    assert "too long" in view.reports[0].answers["what"]
    assert opened.name.endswith(".txt")
    assert b"".join(opened.fetched.pieces) == text.encode()


def test_what_is_damaged_or_for_others_is_said_with_its_day_and_stops_nothing(world: World, tools: list[Desk]) -> None:
    live = Reporter(world).desk().live(world.today)
    whole = encrypt(LETTER.encode(), [epoch.recipient for epoch in live])
    world.intake.letters.put(world.desk, whole[:-1] + b"x", world.today)
    world.intake.letters.put(world.desk, b"no age file", world.today)
    world.pass_days(1)
    world.report("Een gewone melding.")

    result = tools[0].sync()

    assert (result.opened, result.unreadable, result.problems) == (1, 2, [])
    assert tools[0].overview().unreadable == (world.today - timedelta(days=1),) * 2
    assert tools[0].sync().unreadable == 0


def test_an_intake_that_shows_other_bytes_than_were_sent_is_not_believed(world: World, tools: list[Desk]) -> None:
    live = Reporter(world).desk().live(world.today)
    forged = encrypt(b"Een andere brief.", [epoch.recipient for epoch in live])
    send(world, LETTER.encode())
    world.intake.letters.alter = lambda _data: forged

    assert tools[0].sync().unreadable == 1
    assert tools[0].cases() == ()


def test_rubbish_beside_a_letter_keeps_nobody_from_it(world: World, tools: list[Desk]) -> None:
    letter, other = send(world, LETTER.encode()), send(world, b"Een andere brief.")
    tools[0].sync()
    shelf = world.intake.letters.letters
    shelf[letter].openings = [(b"", b"rubbish"), shelf[other].openings[0], shelf[letter].openings[0]]

    tools[1].sync()

    assert {line.id for line in tools[0].cases()} == {line.id for line in tools[1].cases()}


def test_a_member_who_came_later_is_told_and_loses_nothing_else(world: World, tools: list[Desk]) -> None:
    send(world, LETTER.encode())
    tools[0].sync()

    (chris,) = world.synced("chris")

    assert chris.cases() == ()
    assert len(chris.overview().unreadable) == 1


def test_the_terminal_shows_the_letter_as_one_way(
    world: World, tools: list[Desk], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    send(world, LETTER.encode())
    tools[0].sync()
    monkeypatch.setattr(Tool, "unlock", lambda _: world.tool("anna"))
    number = only_case(tools[0]).line.number
    tools[0].close()

    shown = CliRunner().invoke(cli, ["--language", "en", "case", "show", number], catch_exceptions=False)
    CliRunner().invoke(cli, ["case", "files", number, "--export", str(tmp_path)], catch_exceptions=False)

    assert "Dat weet de wethouder" in shown.output
    assert "Nobody can check who made this file" in shown.output
    assert [path.read_text() for path in tmp_path.glob("letter-*.txt")] == [LETTER]


def test_the_number_of_the_locked_file_is_that_of_its_sender(world: World, tools: list[Desk]) -> None:
    send(world, LETTER.encode())
    (stored,) = world.intake.letters.letters.values()
    tools[0].sync()

    assert only_case(tools[0]).reports[0].number == letter_number(sha256(stored.data).digest())
