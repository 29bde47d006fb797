# SPDX-License-Identifier: EUPL-1.2
"""What is too long for a case log is refused where it is made, and stops nothing where it arrives."""

import pytest

from casework.domain.case.commands import AddNote
from casework.errors import FaultError, TooLongError
from crypto.seal import new_report, seal_report
from support.desk_world import Reporter, World

LONGEST = 280_000


def send(world: World, answers: dict[str, str]) -> Reporter:
    """Have somebody send a report with these answers."""
    reporter = Reporter(world)
    desk = reporter.desk()
    reporter.report = new_report(reporter.keys, desk, world.today, answers, language="nl")
    reporter._append(seal_report(reporter.report, reporter.keys, desk.live(world.today)), {"if_none_match": "*"})
    return reporter


def test_a_report_as_long_as_a_report_may_be_becomes_a_case(world: World) -> None:
    anna, _ = world.synced("anna", "bram")
    send(world, {"what": "x" * 200_000, "about": "y" * 6_000})

    assert anna.sync().problems == []

    (line,) = anna.cases()
    assert len(anna.case(line.id).reports[0].answers["what"]) == 200_000


def test_a_report_above_that_is_not_sealed(world: World) -> None:
    world.synced("anna", "bram")

    with pytest.raises(ValueError, match="280000"):
        send(world, {"what": "x" * 150_000, "about": "y" * 150_000})


def test_a_report_above_that_is_counted_and_stops_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    anna, _ = world.synced("anna", "bram")
    monkeypatch.setattr("crypto.seal.MAX_MEMBERS_STATEMENT", 2 * LONGEST)
    send(world, {"what": "x" * 150_000, "about": "y" * 150_000})
    other = world.report("Een andere melding")

    assert anna.sync().problems == []

    assert anna.overview().unopened == 1
    assert [view.report for line in anna.cases() for view in anna.case(line.id).reports] == [other.mailbox]


def test_a_message_above_that_is_void_and_the_next_one_counts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    anna, _ = world.synced("anna", "bram")
    reporter = world.report("Melding")
    monkeypatch.setattr("crypto.seal.MAX_MEMBERS_STATEMENT", 2 * LONGEST)
    reporter.send_message('"' * 150_000)
    reporter.send_message("Kort")

    assert anna.sync().problems == []

    (line,) = anna.cases()
    view = anna.case(line.id)
    assert [(void.log, void.layer) for void in view.voids] == [("mailbox", "payload")]
    assert [item.texts for item in view.timeline if item.kind == "message_received"] == [{"text": "Kort"}]


def test_an_event_that_does_not_fit_into_the_case_log_is_refused_in_words(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, _ = world.synced("anna", "bram")
    world.report("Melding")
    anna.sync()
    (line,) = anna.cases()
    monkeypatch.setattr("crypto.logs.MAX_FRAME", 4_000)

    with pytest.raises(TooLongError, match="Nothing was recorded"):
        anna.do(line.id, AddNote("anna", "x" * 5_000, None))


def test_an_error_that_nobody_foresaw_stops_one_log_only_and_tells_nothing_of_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, _ = world.synced("anna", "bram")
    first, second = world.report("Melding"), world.report("Een andere melding")
    whole = anna._session.client.first_entry

    def fail(mailbox: str, *rest: object) -> object:
        if mailbox == first.mailbox:
            raise ValueError("Melding")
        return whole(mailbox, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(anna._session.client, "first_entry", fail)
    (problem,) = anna.sync().problems

    assert problem.log == first.mailbox
    assert isinstance(problem.error, FaultError)
    assert "ValueError" in str(problem.error)
    assert "Melding" not in str(problem.error)
    assert [view.report for line in anna.cases() for view in anna.case(line.id).reports] == [second.mailbox]
