# SPDX-License-Identifier: EUPL-1.2
"""Who may open the case of a stranger's locked file: a colleague can neither be left out of it nor be split off."""

from datetime import timedelta
from hashlib import sha256

import pytest

from casework.logs.grants import GrantTerms, write_grant
from casework.service.desk import Desk
from casework.sync import watch
from casework.views.cases import CaseView
from crypto.age import encrypt
from crypto.answers import Page
from crypto.caselog import CaseKey
from crypto.logs import ZERO_HEAD
from support.desk_world import Reporter, World


@pytest.fixture
def tools(world: World) -> list[Desk]:
    """Three members who are live."""
    found = world.synced("anna", "bram", "chris")
    for tool in found:
        tool.sync()
    return found


def send(world: World) -> str:
    live = Reporter(world).desk().live(world.today)
    return world.intake.letters.put(world.desk, encrypt(b"Over Bram.", [one.recipient for one in live]), world.today)


def only_case(tool: Desk) -> CaseView:
    (line,) = tool.cases()
    return tool.case(line.id)


def grant(world: World, letter: str, author: Desk, holders: tuple[str, ...]) -> None:
    """Put a grant to these holders beside a letter, as no honest tool does."""
    stored, session = world.intake.letters.letters[letter], author._session
    terms = GrantTerms("open", holders, CaseKey.generate(world.desk), None, sha256(stored.data).digest())
    page, identity = Page((), ZERO_HEAD, 0), session.keyring.secrets.identity
    frame = write_grant(session.desk, letter, page, terms, author.member, identity, world.today)
    stored.openings.append((b"", frame))


@pytest.mark.parametrize("holders", [("anna", "chris"), ("anna",)])
def test_an_opening_that_leaves_a_live_member_out_is_not_the_case(
    world: World, tools: list[Desk], holders: tuple[str, ...]
) -> None:
    letter = send(world)
    grant(world, letter, tools[0], holders)

    for tool in (tools[2], tools[1], tools[0]):
        assert tool.sync().problems == []

    assert len({only_case(tool).line.id for tool in tools}) == 1
    assert [only_case(tool).reports[0].answers["what"] for tool in tools] == ["Over Bram."] * 3


def test_whoever_can_see_a_second_opening_is_told(world: World, tools: list[Desk]) -> None:
    letter = send(world)
    grant(world, letter, tools[0], ("anna", "chris"))

    for tool in (tools[2], tools[1]):
        tool.sync()

    told = [[incident.message for incident in only_case(tool).incidents] for tool in (tools[2], tools[1])]
    assert told == [[watch.INCIDENTS[watch.SECOND_OPENING]], []]


def test_one_opening_is_no_incident(world: World, tools: list[Desk]) -> None:
    send(world)
    for tool in tools:
        tool.sync()

    assert [only_case(tool).incidents for tool in tools] == [(), (), ()]


def locked_to(world: World, member: str, content: bytes) -> str:
    """Send a letter with a stanza for each live member that only one of them can open."""
    live = Reporter(world).desk().live(world.today)
    recipients = [epoch.recipient for epoch in live if epoch.member == member] * len(live)
    return world.intake.letters.put(world.desk, encrypt(content, recipients), world.today)


def files_of(tool: Desk) -> list[bytes]:
    view = only_case(tool)
    opened = [tool.files.open(view.line.id, file.blob) for file in view.files]
    return [b"".join(file.fetched.pieces) for file in opened]


def test_a_member_whose_stanza_does_not_open_keeps_the_file_with_the_key_of_the_case(
    world: World, tools: list[Desk]
) -> None:
    locked_to(world, "anna", b"%PDF-1.7\x00\xff")
    for tool in tools:
        tool.sync()

    assert [files_of(tool) for tool in tools] == [[b"%PDF-1.7\x00\xff"]] * 3


def test_a_file_whose_key_is_not_in_the_case_yet_comes_with_a_later_sync(world: World, tools: list[Desk]) -> None:
    letter = locked_to(world, "anna", b"%PDF-1.7\x00\xff")
    grant(world, letter, tools[0], ("anna", "bram", "chris"))

    counts = [tool.sync().opened for tool in (tools[1], tools[0], tools[1], tools[1])]

    assert counts == [0, 1, 1, 0]
    assert files_of(tools[1]) == [b"%PDF-1.7\x00\xff"]


@pytest.mark.parametrize("given,believed", [(-400, -5), (-3, -3), (0, 0), (9, 0)])
def test_a_letter_came_between_the_first_day_of_its_key_and_today(
    world: World, tools: list[Desk], given: int, believed: int
) -> None:
    world.pass_days(5)
    world.intake.letters.letters[send(world)].day = world.today + timedelta(days=given)

    tools[0].sync()

    assert only_case(tools[0]).reports[0].received == world.today + timedelta(days=believed)
