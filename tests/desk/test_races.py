# SPDX-License-Identifier: EUPL-1.2
"""Two members at the same moment: one case, one event, no event that was decided on an old state."""

from collections.abc import Callable

import pytest

from casework.domain.case.events import Record
from casework.domain.errors import Refused
from casework.errors import RaceLostError
from casework.views.drafts import MessageDraft
from support.desk_world import World


def once_before(world: World, method: str, path_end: str, act: Callable[[], object]) -> None:
    """Let `act` happen right before the next such request arrives."""

    def run(seen_method: str, path: str) -> None:
        if seen_method == method and path.endswith(path_end):
            world.intake.before = lambda _method, _path: None
            act()

    world.intake.before = run


def test_two_members_who_open_a_report_at_the_same_moment_end_in_the_same_case(world: World) -> None:
    anna, bram, _ = world.synced("anna", "bram", "chris")
    reporter = world.report("Melding")

    once_before(world, "POST", f"/logs/{reporter.mailbox}/entries", bram.sync)
    anna.sync()

    assert [line.id for line in anna.cases()] == [line.id for line in bram.cases()]
    assert len(world.intake.logs[reporter.mailbox].entries) == 2


def test_the_loser_of_an_opening_leaves_no_case_log(world: World) -> None:
    anna, bram, _ = world.synced("anna", "bram", "chris")
    reporter = world.report("Melding")

    once_before(world, "POST", f"/logs/{reporter.mailbox}/entries", bram.sync)
    anna.sync()

    assert [log.kind for log in world.intake.logs.values()].count("case") == 1


def test_a_message_that_two_tools_record_at_once_counts_once(world: World) -> None:
    anna, bram, _ = world.synced("anna", "bram", "chris")
    reporter = world.report("Melding")
    anna.sync()
    bram.sync()
    (line,) = anna.cases()
    reporter.send_message("Aanvulling")

    once_before(world, "POST", f"/logs/{line.id}/entries", bram.sync)
    anna.sync()

    received = [item for item in anna.case(line.id).timeline if item.kind == "message_received"]
    assert [item.problem for item in received] == [None]


def test_a_command_that_lost_the_race_is_decided_again(world: World) -> None:
    """Both declare a decision on a step that can be done once: the second is refused, not recorded blindly."""
    anna, bram, _ = world.synced("anna", "bram", "chris")
    world.report("Melding")
    anna.sync()
    bram.sync()
    (line,) = anna.cases()
    anna.acknowledge(line.id)
    bram.sync()
    record: Record = {"melder_groep": "medewerker", "anoniem": True, "wbk_melder": "ja"}

    once_before(world, "POST", f"/logs/{line.id}/entries", lambda: bram.complete_step(line.id, "A01", record))
    with pytest.raises(Refused, match="already_done"):
        anna.complete_step(line.id, "A01", record)

    done = [item for item in anna.case(line.id).timeline if item.kind == "step_completed"]
    assert [item.author.id for item in done] == ["bram"]


def test_a_reply_that_the_reporter_crossed_is_sealed_anew_for_its_place(world: World) -> None:
    anna, _, _ = world.synced("anna", "bram", "chris")
    reporter = world.report("Melding")
    anna.sync()
    (line,) = anna.cases()

    once_before(world, "POST", f"/logs/{reporter.mailbox}/entries", lambda: reporter.send_message("Nog iets"))
    view = anna.write_message(line.id, MessageDraft("question", "Waar was dat?"))

    assert [reply.content["text"] for reply in reporter.replies()] == ["Waar was dat?"]
    assert not view.unplaced


def test_a_case_that_never_rests_refuses_a_command_and_records_nothing(world: World) -> None:
    anna, bram, _ = world.synced("anna", "bram", "chris")
    world.report("Melding")
    anna.sync()
    bram.sync()
    (line,) = anna.cases()
    busy = False

    def interfere(method: str, path: str) -> None:
        nonlocal busy
        if method == "POST" and path == f"/logs/{line.id}/entries" and not busy:
            busy = True
            bram.declare(line.id, conflict=False)
            busy = False

    world.intake.before = interfere
    with pytest.raises(RaceLostError):
        anna.declare(line.id, conflict=False)

    authors = {item.author.id for item in bram.case(line.id).timeline if item.kind == "conflict_declared"}
    assert authors == {"bram"}


def test_a_lost_answer_opens_one_case(world: World) -> None:
    anna, _, _ = world.synced("anna", "bram", "chris")
    reporter = world.report("Melding")
    lost: list[str] = []

    def lose_first(method: str, path: str) -> bool:
        first = method == "POST" and path not in lost
        lost.append(path)
        return first

    world.intake.lose_answer = lose_first
    anna.sync()

    assert len(anna.cases()) == 1
    assert len(world.intake.logs[reporter.mailbox].entries) == 2
