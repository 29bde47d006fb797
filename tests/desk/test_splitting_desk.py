# SPDX-License-Identifier: EUPL-1.2
"""A part of a report becomes a case of its own, which every holder of the first case finds."""

import pytest

from casework.domain.errors import Refused
from casework.errors import UnreachableError
from casework.service.desk import Desk
from casework.views.drafts import PartDraft
from crypto.age import encrypt
from support.desk_world import Reporter, World

DRAFT = PartDraft("What it says of the alderman.", "Alderman", "B_politieke_ambtsdragers", "It is about two persons.")


@pytest.fixture
def tools(world: World) -> list[Desk]:
    """Anna and Bram, who hold the key of one case."""
    found = world.synced("anna", "bram")
    world.report("About a clerk and an alderman.")
    for tool in found:
        tool.sync()
    return found


def only_case(tool: Desk) -> str:
    (line,) = tool.cases()
    return line.id


def test_a_part_is_a_case_of_its_own_that_colleagues_find_at_their_next_sync(tools: list[Desk]) -> None:
    anna, bram = tools
    first = only_case(anna)
    part = anna.split(first, DRAFT)

    assert bram.sync().opened == 1
    seen = bram.case(part.line.id)
    assert (seen.line.title, seen.protocol and seen.protocol.id) == ("Alderman", "B_politieke_ambtsdragers")
    assert [report.answers for report in seen.reports] == [{"what": "What it says of the alderman."}]
    assert bram.case(first).case.parts == [part.line.id]
    assert not bram.sync().problems


def test_the_mailbox_and_its_messages_stay_with_the_first_case(world: World, tools: list[Desk]) -> None:
    anna, bram = tools
    first = only_case(anna)
    part = anna.split(first, DRAFT)
    bram.sync()
    bram.acknowledge(first)

    assert anna.sync().problems == []
    assert anna.case(part.line.id).assessment.reports == ()
    assert anna.case(first).assessment.reports[0].acknowledgement.stopped == world.today
    with pytest.raises(Refused, match="part_of_another_case"):
        anna.acknowledge(part.line.id, "Dear reporter")


def test_a_part_is_there_after_a_restart_and_can_be_worked_in(world: World, tools: list[Desk]) -> None:
    anna, _ = tools
    part = anna.split(only_case(anna), DRAFT)
    again = world.restart(anna)
    assert again.declare(part.line.id, conflict=False).case.declarations["anna"].conflict is False


def test_a_split_without_a_reason_opens_nothing(tools: list[Desk]) -> None:
    anna, bram = tools
    with pytest.raises(Refused, match="missing_text"):
        anna.split(only_case(anna), PartDraft("A part.", "Title", DRAFT.protocol, " "))
    bram.sync()
    assert len(anna.cases()) == len(bram.cases()) == 1


@pytest.mark.parametrize("requests", range(5))
def test_a_tool_that_stops_while_it_splits_leaves_no_case_that_a_colleague_cannot_read(
    world: World, tools: list[Desk], requests: int
) -> None:
    anna, bram = tools
    first, left = only_case(anna), iter(range(requests))

    def stop(_method: str, _path: str) -> None:
        if next(left, None) is None:
            raise UnreachableError("The intake does not answer.")

    world.intake.before = stop
    with pytest.raises(UnreachableError):
        anna.split(first, DRAFT)
    world.intake.before = lambda _method, _path: None

    anna = world.restart(anna)
    assert anna.sync().problems == bram.sync().problems == []
    assert {line.id for line in anna.cases()} == {line.id for line in bram.cases()}
    assert all(line.received and not line.broken for line in anna.cases())


def test_a_part_of_a_strangers_letter_is_read_by_all_and_has_no_locked_file(world: World) -> None:
    anna, bram = world.synced("anna", "bram")
    anna.sync()
    live = Reporter(world).desk().live(world.today)
    locked = encrypt(b"About a clerk and an alderman.", [epoch.recipient for epoch in live])
    world.intake.letters.put(world.desk, locked, world.today)
    for tool in (anna, bram):
        tool.sync()
    part = anna.split(only_case(anna), DRAFT)
    assert bram.sync().problems == []
    seen = bram.case(part.line.id)
    assert ([report.number for report in seen.reports], seen.files, seen.voids) == ([""], (), ())
    assert seen.reports[0].answers == {"what": "What it says of the alderman."}
