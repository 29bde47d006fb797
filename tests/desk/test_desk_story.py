# SPDX-License-Identifier: EUPL-1.2
"""Two members and a reporter: report, acknowledgement, question, answer; over simulator and real intake."""

import pytest

from casework.domain.case.events import Record
from casework.views.drafts import MessageDraft
from support.desk_world import World


@pytest.fixture
def world(each_world: World) -> World:
    return each_world


def test_both_members_read_a_report_in_the_same_case(world: World) -> None:
    anna, bram, _ = world.synced("anna", "bram", "chris")
    world.report("De sleutel van de kluis hangt in de gang.")

    for tool in (anna, bram):
        tool.sync()

    (of_anna,), (of_bram,) = anna.cases(), bram.cases()
    assert of_anna.id == of_bram.id
    assert anna.case(of_anna.id).reports[0].answers == {"what": "De sleutel van de kluis hangt in de gang."}
    assert bram.case(of_bram.id).reports[0].answers == {"what": "De sleutel van de kluis hangt in de gang."}


def test_the_reporter_reads_acknowledgement_and_question_and_the_members_the_answer(world: World) -> None:
    anna, bram, _ = world.synced("anna", "bram", "chris")
    reporter = world.report("Er verdwijnt geld.")
    anna.sync()
    case = anna.cases()[0].id

    anna.acknowledge(case)
    bram.sync()
    bram.write_message(case, MessageDraft("question", "Wanneer zag u dat?"))
    acknowledgement, question = reporter.replies()
    reporter.send_message("Vorige week dinsdag.")

    assert acknowledgement.kind == "acknowledgement"
    assert acknowledgement.content["feedback_due"] == "2027-02-23"
    assert (question.kind, question.content["text"]) == ("question", "Wanneer zag u dat?")
    for tool in (anna, bram):
        assert tool.sync().messages == 1
        texts = [item.texts for item in tool.case(case).timeline if item.kind == "message_received"]
        assert texts == [{"text": "Vorige week dinsdag."}]


def test_the_clocks_stop_on_the_day_of_placing(world: World) -> None:
    anna, bram, _ = world.synced("anna", "bram", "chris")
    world.report("Er verdwijnt geld.")
    anna.sync()
    case = anna.cases()[0].id
    assert [item.clock.due.isoformat() for item in anna.today()][:1] == ["2026-11-30"]

    anna.acknowledge(case)
    bram.sync()

    (report,) = bram.case(case).assessment.reports
    assert report.acknowledgement.stopped == world.today
    assert report.feedback.due.isoformat() == "2027-02-23"


def test_the_members_complete_the_first_steps_together(world: World) -> None:
    anna, bram, _ = world.synced("anna", "bram", "chris")
    world.report("Er verdwijnt geld.")
    anna.sync()
    case = anna.cases()[0].id
    anna.acknowledge(case)

    record: Record = {"melder_groep": "medewerker", "anoniem": True, "wbk_melder": "onbekend"}
    anna.complete_step(case, "A01", record)
    bram.sync()
    bram.declare(case, conflict=False)
    anna.sync()

    assert anna.case(case).case.declarations.keys() == {"bram"}
    assert anna.case(case).assessment.step("A01").state == "done"
