# SPDX-License-Identifier: EUPL-1.2
"""A stranger's own tool, the plain form of the real intake, and the members' tools: one letter, one case."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from crypto.age import encrypt
from crypto.handover import recipient_lines
from support.desk_world import Reporter, World, make_world
from support.in_process_intake import InProcessIntake
from support.letters import form, post, strangers_letter

LETTER = "Op 3 november is een factuur betaald.\nDat weet de wethouder.\n"


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[tuple[World, InProcessIntake]]:
    """A desk at the real intake, with two live members of three."""
    made = make_world(tmp_path / "members", intake=partial(InProcessIntake, tmp_path))
    assert isinstance(made.intake, InProcessIntake)
    made.synced("anna", "bram")[0].sync()
    yield made, made.intake
    made.close()
    made.intake.service.close()


def recipients(world: World) -> list[str]:
    return [epoch.recipient for epoch in Reporter(world).desk().live(world.today)]


def test_a_letter_goes_from_the_plain_form_to_every_live_member(
    intake: tuple[World, InProcessIntake], tmp_path: Path
) -> None:
    world, service = intake
    lines = tmp_path / "recipients.txt"
    lines.write_text("# Meldpunt\n" + recipient_lines(Reporter(world).desk().live(world.today)))
    letter = strangers_letter(lines, LETTER.encode())

    assert post(service.service.client, world.desk, form(letter)).status_code == 200
    results = [tool.sync() for tool in (*world.open_tools, world.open_tools[0])]

    assert [result.problems for result in results] == [[], [], []]
    views = [tool.case(line.id) for tool in world.open_tools for line in tool.cases()]
    assert [view.reports[0].answers["what"] for view in views] == [LETTER, LETTER]
    assert len({view.line.id for view in views}) == 1


def test_a_large_letter_comes_back_part_by_part(intake: tuple[World, InProcessIntake]) -> None:
    world, service = intake
    content = b"\x00" + bytes(range(256)) * 12_000
    letter = encrypt(content, recipients(world))

    assert post(service.service.client, world.desk, form(letter)).status_code == 200
    tool = world.open_tools[1]
    tool.sync()

    view = tool.case(tool.cases()[0].id)
    assert b"".join(tool.files.open(view.line.id, view.files[0].blob).fetched.pieces) == content
