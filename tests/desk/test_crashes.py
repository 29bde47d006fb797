# SPDX-License-Identifier: EUPL-1.2
"""A tool that stops anywhere is mended by the next sync, its own or a colleague's."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from casework.domain.case.events import MessageWritten
from casework.service.desk import Desk
from casework.views.cases import CaseView
from casework.views.drafts import MessageDraft
from support.crashes import PowerCut, power_cut_after
from support.desk_world import Reporter, make_world

# More than any of these stories has; the last test checks that.
POINTS = range(1, 14)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reporter]:
    """A desk of two whose only report is not opened yet."""
    world = make_world(tmp_path_factory.mktemp("crash"), ("anna", "bram"))
    world.synced("anna", "bram")
    yield world.report("Er verdwijnt geld.")
    world.close()


def again(reporter: Reporter, folder: Path) -> Reporter:
    """Return the reporter in a world of the test's own."""
    assert reporter.report
    world = reporter.world.fork(folder / "world")
    return world.reporter(reporter.keys, reporter.report)


def stops(work: Callable[[], object], effects: int) -> bool:
    """Do the work until a power cut; tell whether there was one."""
    try:
        with power_cut_after(effects):
            work()
    except PowerCut:
        return True
    return False


def only_case(tool: Desk) -> CaseView:
    (line,) = tool.cases()
    return tool.case(line.id)


def counts(tool: Desk, *kinds: str) -> list[int]:
    timeline = only_case(tool).timeline
    return [sum(item.kind == kind and item.problem is None for item in timeline) for kind in kinds]


def written(tool: Desk) -> list[str]:
    events = [item.event for item in only_case(tool).timeline if item.problem is None]
    return [event.text for event in events if isinstance(event, MessageWritten)]


@pytest.mark.parametrize("point", POINTS)
def test_opening_a_report_is_mended_by_the_same_tool(opened: Reporter, tmp_path: Path, point: int) -> None:
    world = again(opened, tmp_path).world
    anna = world.tool("anna")
    stops(anna.sync, point)

    anna = world.restart(anna)
    anna.sync()

    assert counts(anna, "report_received", "protocol_pinned", "case_registered") == [1, 1, 1]
    world.close()


@pytest.mark.parametrize("point", POINTS)
def test_opening_a_report_is_finished_by_a_colleague(opened: Reporter, tmp_path: Path, point: int) -> None:
    world = again(opened, tmp_path).world
    anna, bram = world.tool("anna"), world.tool("bram")
    stops(anna.sync, point)

    bram.sync()
    anna = world.restart(anna)
    anna.sync()

    assert counts(bram, "report_received", "protocol_pinned", "case_registered") == [1, 1, 1]
    assert only_case(anna).line.id == only_case(bram).line.id
    world.close()


@pytest.mark.parametrize("point", POINTS)
def test_a_reply_is_placed_once(opened: Reporter, tmp_path: Path, point: int) -> None:
    reporter = again(opened, tmp_path)
    world = reporter.world
    anna, bram = world.synced("anna", "bram")
    case = only_case(anna).line.id
    stops(lambda: anna.write_message(case, MessageDraft("message", "Bericht")), point)

    bram.sync()
    anna = world.restart(anna)
    anna.sync()
    bram.sync()

    sent = [reply.content["text"] for reply in reporter.replies()]
    assert len(sent) <= 1
    assert sent == written(anna) == written(bram)
    assert counts(anna, "message_placed") == counts(bram, "message_placed") == [len(sent)]
    world.close()


@pytest.mark.parametrize("point", POINTS)
def test_a_message_of_the_reporter_is_recorded_once(opened: Reporter, tmp_path: Path, point: int) -> None:
    reporter = again(opened, tmp_path)
    world = reporter.world
    anna, bram = world.synced("anna", "bram")
    reporter.send_message("Het was dinsdag.")
    stops(anna.sync, point)

    bram.sync()
    anna = world.restart(anna)
    anna.sync()

    assert counts(anna, "message_received") == counts(bram, "message_received") == [1]
    world.close()


def test_a_colleague_records_a_reply_that_stands_in_the_mailbox(opened: Reporter, tmp_path: Path) -> None:
    reporter = again(opened, tmp_path)
    world = reporter.world
    anna, bram = world.synced("anna", "bram")
    case = only_case(anna).line.id
    # Written, kept, announced, appended: the fourth effect is the frame in the mailbox and its vault.
    points = iter(POINTS)
    while not reporter.replies():
        stops(partial(anna.write_message, case, MessageDraft("message", "Bericht")), next(points))
        anna = world.restart(anna)

    bram.sync()

    assert counts(bram, "message_placed") == [1]
    world.close()


def test_a_reply_whose_sealed_frame_was_lost_with_the_vault_stands_once(opened: Reporter, tmp_path: Path) -> None:
    reporter = again(opened, tmp_path)
    world = reporter.world
    anna, _ = world.synced("anna", "bram")
    case = only_case(anna).line.id
    stops(lambda: anna.write_message(case, MessageDraft("message", "Bericht")), 5)
    anna.close()
    world.home("anna").vault_file.unlink()

    anna = world.tool("anna")
    anna.sync()

    assert [reply.content["text"] for reply in reporter.replies()] == ["Bericht"]
    assert counts(anna, "message_placed") == [1]
    world.close()


def test_no_story_has_more_points_than_these_tests_try(opened: Reporter, tmp_path: Path) -> None:
    world = again(opened, tmp_path).world
    anna = world.tool("anna")

    assert not stops(anna.sync, POINTS.stop)
    assert not stops(
        lambda: anna.write_message(only_case(anna).line.id, MessageDraft("message", "Bericht")), POINTS.stop
    )
    world.close()
