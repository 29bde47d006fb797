# SPDX-License-Identifier: EUPL-1.2
"""An entry that breaks a rule is void: kept, shown, without effect, and the fold goes on."""

from dataclasses import replace
from datetime import date

import pytest

from casework.domain.case.commands import AddNote, CompleteStep
from casework.domain.case.event_json import entry_from_json
from casework.domain.case.events import (
    CaseClosed,
    CaseReopened,
    ConflictDeclared,
    DecisionTaken,
    Event,
    HoldLifted,
    HoldPlaced,
    MailboxDeleted,
    MemberExcluded,
    MessagePlaced,
    MessageReceived,
    MessageWritten,
    NoteAdded,
    ProtocolPinned,
    StepCompleted,
)
from casework.domain.case.fold import fold
from casework.domain.judge.assess import assess
from casework.domain.judge.views import StepState
from casework.domain.terms.term import ClockStatus
from support.casebook import ANNA, BRAM, CARLA, PROTOCOL, REPORT, Casebook, D, filled_in, web_report

THANKS = MessageWritten("m", REPORT, "acknowledgement", "Thank you", "", "", "", "", final=False)
BARE_FEEDBACK = MessageWritten("m", REPORT, "feedback", "Hello", "", "", "", "", final=True)


@pytest.mark.parametrize(
    "event,code",
    [
        (web_report(), "already_recorded"),
        (web_report(report="other", received="2026-11-22"), None),
        (ProtocolPinned("B", 1, "00", None), "move_without_reason"),
        (MailboxDeleted("mailbox-9", 1, D("2026-11-22"), "s"), "unknown_report"),
        (MessageReceived("mailbox-9", 1, "h", D("2026-11-22"), "s", "00", {}, "message", None), "unknown_report"),
        (MessageWritten("m", "mailbox-9", "question", "Who?", "", "", "", "", final=False), "unknown_report"),
        (BARE_FEEDBACK, "missing_field"),
        (MessagePlaced("m", "mailbox", D("2026-11-22"), 1, "h"), "unknown_message"),
        (ConflictDeclared(BRAM, conflict=False, explanation=""), "not_own_declaration"),
        (DecisionTaken("lunch", None, "yes", "hungry", "me"), "unknown_value"),
        (DecisionTaken("feedback_impossible", "mailbox-9", "yes", "gone", "me"), "unknown_report"),
        (HoldLifted("h", "over"), "unknown_hold"),
        (CaseReopened("why not"), "not_closed"),
    ],
)
def test_an_event_that_breaks_a_rule_is_void(event: Event, code: str | None) -> None:
    book = Casebook()
    book.append(event, "2026-11-23")
    void = book.case.void.get(3)
    assert (void.code if void else None) == code
    assert len(book.case.entries) == 4


def test_what_an_excluded_member_writes_is_void_and_the_fold_goes_on() -> None:
    book = Casebook()
    book.append(MemberExcluded(BRAM, "Named"), "2026-11-22")
    book.append(NoteAdded("Ha", None), "2026-11-23", by=BRAM)
    book.append(NoteAdded("Hm", None), "2026-11-23")
    assert {seq: problem.code for seq, problem in book.case.void.items()} == {4: "member_excluded"}
    assert len(book.case.notes) == 1


def test_an_event_of_a_newer_version_makes_the_case_read_only_and_leaves_it_readable() -> None:
    book = Casebook()
    newer = entry_from_json(3, D("2026-11-22"), ANNA, {"type": "StarsAligned", "v": 2})
    case = fold([*book.entries, newer])
    assert case.read_only
    judged = assess(PROTOCOL, case, D("2026-11-23"))
    assert judged.step("A00").state is StepState.DONE
    assert [notice.code for notice in judged.notices] == ["read_only"]


def test_an_event_of_an_unknown_type_makes_the_case_read_only_in_a_newer_version_alone() -> None:
    book = Casebook()
    book.entries.append(entry_from_json(3, D("2026-11-22"), ANNA, {"type": "StarsAligned", "v": 1}))
    assert not book.case.read_only
    assert {seq: problem.code for seq, problem in book.case.void.items()} == {3: "unreadable"}


@pytest.mark.parametrize(
    "barred", [MemberExcluded(BRAM, "Named"), ConflictDeclared(BRAM, conflict=True, explanation="Kin")]
)
def test_who_may_not_act_cannot_make_the_case_read_only(barred: Event) -> None:
    book = Casebook()
    book.append(barred, "2026-11-22", by=BRAM)
    book.entries.append(entry_from_json(4, D("2026-11-23"), BRAM, {"type": "StarsAligned", "v": 2}))
    assert 4 in book.case.void
    assert book.refusal(AddNote(ANNA, "Hm")) == "accepted"


def test_a_read_only_case_refuses_every_command() -> None:
    book = Casebook()
    book.entries.append(entry_from_json(3, D("2026-11-22"), ANNA, {"type": "NoteAdded", "v": 2}))
    assert book.refusal(AddNote(ANNA, "Hm")) == "read_only"


def test_an_event_with_wrong_fields_is_void_and_the_case_stays_writable() -> None:
    book = Casebook()
    book.entries.append(entry_from_json(3, D("2026-11-22"), ANNA, {"type": "NoteAdded", "v": 1, "text": 3}))
    assert book.case.void[3].code == "unreadable"
    assert book.refusal(AddNote(ANNA, "Hm")) == "accepted"


def test_commands_need_a_case() -> None:
    book = Casebook()
    book.entries.clear()
    assert book.refusal(AddNote(ANNA, "Hm")) == "no_case"


def test_a_step_completed_out_of_turn_is_irregular_and_does_not_count() -> None:
    book = Casebook()
    record = filled_in(PROTOCOL.steps["A03"].record, "vooronderzoek")
    book.append(StepCompleted("A03", record, "vooronderzoek"), "2026-11-22")
    judged = book.judged("2026-11-22")
    assert judged.irregular[3].code == "not_reached"
    assert judged.step("A03").state is StepState.LATER
    assert judged.step("A05").state is StepState.LATER


@pytest.mark.parametrize(
    "event,code",
    [
        (StepCompleted("Z99", {}, None), "unknown_step"),
        (StepCompleted("A01", {}, None), "missing_field"),
        (StepCompleted("A01", {}, "leuk"), "unknown_option"),
        (StepCompleted("A17", {}, None), "done_by_feedback"),
    ],
)
def test_a_completion_that_the_protocol_does_not_know_is_irregular(event: Event, code: str) -> None:
    book = Casebook()
    book.append(event, "2026-11-22")
    assert book.judged("2026-11-22").irregular[3].code == code


def test_a_completion_with_a_day_that_had_not_come_yet_is_irregular() -> None:
    book = Casebook().through_conflict_check()
    book.complete("A03", "vooronderzoek", on="2026-11-25")
    record = filled_in(PROTOCOL.steps["A10"].record, "geinformeerd", "2026-12-24")
    book.append(StepCompleted("A10", record, "geinformeerd"), "2026-12-23")
    assert book.judged("2026-12-24").irregular[book.entries[-1].seq].code == "day_to_come"


def test_without_its_protocol_a_case_still_shows_its_clocks() -> None:
    book = Casebook()
    judged = assess(None, book.case, D("2026-11-29"))
    assert judged.steps == ()
    assert [notice.code for notice in judged.notices] == ["other_protocol"]
    assert judged.reports[0].acknowledgement.status is ClockStatus.OVERDUE


def test_steps_are_refused_under_another_version_of_the_protocol() -> None:
    book = Casebook()
    book.append(ProtocolPinned("A_ambtenaren", 2, "ff" * 32, "New regulation"), "2026-11-22")
    assert book.refusal(CompleteStep(ANNA, "A01")) == "other_protocol"


def test_two_reports_in_one_case_have_their_own_clocks() -> None:
    book = Casebook()
    book.append(web_report("2026-11-25", "mailbox-2"), "2026-11-25")
    dues = [view.acknowledgement.due for view in book.judged("2026-11-25").reports]
    assert dues == [D("2026-11-28"), D("2026-12-02")]


def test_the_step_shows_the_clock_that_presses_most() -> None:
    book = Casebook()
    book.append(web_report("2026-11-25", "mailbox-2"), "2026-11-25")
    book.send("acknowledgement", on="2026-11-25")
    clock = book.judged("2026-11-25").step("A01").clock
    assert clock is not None
    assert clock.term.report == "mailbox-2"


def test_a_hold_stands_until_it_is_lifted() -> None:
    book = Casebook()
    book.append(HoldPlaced("h", "Proceedings"), "2026-11-25")
    assert list(book.case.holds) == ["h"]
    book.append(HoldPlaced("h", "Again"), "2026-11-25")
    assert book.case.void[4].code == "already_recorded"
    book.append(HoldLifted("h", "Over"), "2026-11-26")
    assert book.case.holds == {}


def test_a_case_closes_once() -> None:
    book = Casebook().closed()
    book.append(CaseClosed("A21"), "2026-11-26", by=CARLA)
    assert book.judged("2026-11-26").irregular[book.entries[-1].seq].code == "case_closed"


def test_of_several_acknowledgements_the_earliest_placing_counts() -> None:
    book = Casebook()
    for message, placed in (("a", date(2026, 11, 26)), ("b", date(2026, 11, 24)), ("c", date(2026, 11, 25))):
        book.append(replace(THANKS, message=message), "2026-11-22")
        book.append(MessagePlaced(message, "mailbox", placed, placed.day, "h"), "2026-11-26")
    assert book.case.reports[REPORT].acknowledged == D("2026-11-24")
