# SPDX-License-Identifier: EUPL-1.2
"""The desk of somebody who practises: the day moves, clocks with it, and what is written stands in memory alone."""

import ast
import json
import os
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from casework import practice
from casework.domain.case.commands import AddNote, JoinCases
from casework.domain.case.events import Record
from casework.domain.errors import Refused
from casework.domain.terms.term import ClockStatus
from casework.errors import ReadOnlyError, UnknownCaseError, UnknownFileError
from casework.practice.desk import PracticeDesk
from casework.service.open_desk import OpenDesk
from casework.sync.transfers import Outgoing
from casework.views.drafts import MessageDraft
from support.practising import fresh_desk

NEW, LATE, RUNNING = "15-overuren", "13-raadslid", "11-haven"
REACHES_OUT = (
    "folder.home",
    "folder.keyring",
    "folder.spool",
    "folder.vault",
    "service.desk",
    "session",
    "sync.logbook",
    "wire.exchange",
    "wire.intake_client",
)

EVERYTHING = """
import io, json, sys
touched = []
def watch(event, arguments):
    writes = event == "open" and (set(str(arguments[1] or "r")) & set("wax+") or (arguments[2] or 0) & 3)
    if event.startswith("socket.") or writes:
        touched.append([event, str(arguments[0])])
from casework import practice
from casework.sync.transfers import Outgoing
from casework.views.drafts import MessageDraft
sys.addaudithook(watch)
desk = practice.open_year()
sent = desk.files.attach("15-overuren", Outgoing("rooster.txt", io.BytesIO(b"maandag"), 7))
desk.write_message("15-overuren", MessageDraft("question", "Welke week?", files=(sent.blob,)))
desk.sync()
for line in desk.cases():
    desk.case(line.id)
print(json.dumps(touched))
"""


@pytest.fixture
def desk() -> PracticeDesk:
    return fresh_desk()


def note(desk: OpenDesk, case: str, text: str = "Genoteerd.") -> None:
    desk.do(case, AddNote(desk.member, text))


def test_it_can_be_used_wherever_a_real_desk_can(desk: PracticeDesk) -> None:
    real: OpenDesk = desk
    assert real.overview().today == practice.OPENING_DAY
    assert [item.clock.due for item in real.today()] == sorted(item.clock.due for item in real.today())


def test_a_case_is_there_from_the_day_on_which_it_was_opened(desk: PracticeDesk) -> None:
    desk.move_to(date(2027, 1, 13))
    assert NEW not in {line.id for line in desk.cases()}
    with pytest.raises(UnknownCaseError, match="later day"):
        desk.case(NEW)
    desk.move_to(date(2027, 1, 14))
    assert NEW in {line.id for line in desk.cases()}


def test_clocks_follow_the_day_forward_and_back(desk: PracticeDesk) -> None:
    def acknowledgement() -> ClockStatus:
        return desk.case(NEW).assessment.reports[0].acknowledgement.status

    assert acknowledgement() is ClockStatus.RUNNING
    desk.move_to(date(2027, 1, 21))
    assert acknowledgement() is ClockStatus.DUE_TODAY
    desk.move_to(date(2027, 1, 22))
    assert acknowledgement() is ClockStatus.OVERDUE
    desk.move_to(date(2027, 1, 20))
    assert acknowledgement() is ClockStatus.RUNNING


def test_the_day_stays_within_the_years_that_the_calendar_knows(desk: PracticeDesk) -> None:
    desk.move_to(date(2031, 5, 1))
    assert desk.day == date(2028, 12, 31)
    desk.move_to(date(1999, 5, 1))
    assert (desk.day, desk.cases()) == (date(2026, 1, 1), ())


def test_a_message_is_in_the_mailbox_at_once_and_stops_its_clock(desk: PracticeDesk) -> None:
    text = desk.acknowledgement_text(NEW)
    view = desk.write_message(NEW, MessageDraft("acknowledgement", text))
    assert "14 januari 2027" in text
    assert (view.unplaced, view.assessment.reports[0].acknowledgement.stopped) == ((), practice.OPENING_DAY)


def test_a_step_is_completed_as_in_the_real_tool(desk: PracticeDesk) -> None:
    record: Record = {"melder_groep": "medewerker", "anoniem": True, "wbk_melder": "ja"}
    with pytest.raises(Refused, match="not_acknowledged"):
        desk.complete_step(NEW, "A01", record)
    desk.write_message(NEW, MessageDraft("acknowledgement", "Dank u."))
    assert desk.complete_step(NEW, "A01", record).assessment.step("A01").state.value == "done"


def test_what_one_writes_ends_the_invented_course_of_that_case_alone(desk: PracticeDesk) -> None:
    desk.move_to(date(2026, 1, 26))
    note(desk, "01-facturen")
    desk.move_to(practice.OPENING_DAY)
    case = desk.case("01-facturen")
    assert case.timeline[-1].kind == "note_added"
    assert not case.line.closed
    assert desk.case("06-stilte").line.closed


def test_before_ones_own_last_entry_a_case_is_only_for_reading(desk: PracticeDesk) -> None:
    note(desk, LATE)
    desk.move_to(date(2027, 1, 11))
    view = desk.case(LATE)
    assert view.line.read_only
    assert [notice.code for notice in view.notices] == ["looking_back"]
    with pytest.raises(ReadOnlyError, match="2027-01-18"):
        note(desk, LATE)
    note(desk, RUNNING)
    desk.move_to(practice.OPENING_DAY)
    assert not desk.case(LATE).line.read_only


def test_a_command_for_two_cases_is_recorded_in_both_or_in_none(desk: PracticeDesk) -> None:
    def joining(case: str, other: str, reason: str) -> JoinCases:
        return JoinCases(desk.member, case, other, leads=case == NEW, reason=reason)

    with pytest.raises(Refused):
        desk.do_all({NEW: joining(NEW, LATE, "Zelfde feiten."), LATE: joining(LATE, NEW, "")})
    assert not desk.case(NEW).case.joined
    desk.do_all({NEW: joining(NEW, LATE, "Zelfde feiten."), LATE: joining(LATE, NEW, "Zelfde feiten.")})
    assert (list(desk.case(NEW).case.joined), list(desk.case(LATE).case.joined)) == ([LATE], [NEW])


def test_a_file_goes_along_and_comes_back_marked(desk: PracticeDesk) -> None:
    sent = desk.files.attach(NEW, Outgoing("rooster.txt", BytesIO(b"maandag"), 7))
    (line,) = desk.write_message(NEW, MessageDraft("question", "Dit rooster?", files=(sent.blob,))).files
    opened = desk.files.open(NEW, line.blob)
    assert (opened.name, b"".join(opened.fetched.pieces)) == ("OEFENING rooster.txt", b"maandag")
    with pytest.raises(UnknownFileError):
        desk.files.open(NEW, "elsewhere")


def test_another_exercise_begins_afresh(desk: PracticeDesk) -> None:
    note(desk, NEW)
    assert len(practice.open_year().case(NEW).timeline) == len(desk.case(NEW).timeline) - 1


def test_practising_opens_no_connection_and_writes_no_file() -> None:
    quiet = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    program = [sys.executable, "-P", "-c", EVERYTHING]
    result = subprocess.run(program, capture_output=True, text=True, env=quiet, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout) == []


def test_nothing_of_it_imports_what_reaches_a_folder_or_an_intake() -> None:
    imported = {
        name
        for path in Path(practice.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [])
    }
    assert imported & {f"casework.{module}" for module in REACHES_OUT} == set()
