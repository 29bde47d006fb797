# SPDX-License-Identifier: EUPL-1.2
"""Two reports about the same facts are joined; their reporters and their logs stay apart."""

import json
from dataclasses import replace

from casework.domain.case.commands import Command, JoinCases, RecordDeviation, UndoJoining
from casework.domain.case.event_json import event_to_json
from casework.domain.case.events import JoiningUndone, ReportsJoined
from casework.domain.judge.views import StepState
from support.casebook import ANNA, Casebook, D, told_report, web_report

SAME = "Both are about the same supplier."


def join(case: str, other: str, *, leads: bool = False, reason: str = SAME) -> Command:
    return JoinCases(ANNA, case, other, leads, reason)


def joined_pair() -> tuple[Casebook, Casebook]:
    first, second = Casebook(), Casebook(web_report("2026-11-25", "mailbox-2"))
    first.do(join("case-1", "case-2", leads=True), on="2026-11-26")
    second.do(join("case-2", "case-1"), on="2026-11-26")
    return first, second


def test_p10_each_joined_report_keeps_its_own_clocks_and_its_own_reporter() -> None:
    first, second = joined_pair()
    for book, report, due in ((first, "mailbox-1", "2026-11-28"), (second, "mailbox-2", "2026-12-02")):
        (view,) = book.judged("2026-11-26").reports
        assert (view.report, view.acknowledgement.due) == (report, D(due))
    first.send("acknowledgement", on="2026-11-26")
    assert second.judged("2026-11-26").reports[0].acknowledgement.stopped is None


def test_p10_a_joining_writes_nothing_to_a_reporter_and_nothing_of_the_other_case_but_its_id() -> None:
    first, _ = joined_pair()
    (joined,) = (entry.event for entry in first.entries if isinstance(entry.event, ReportsJoined))
    assert first.case.messages == {}
    assert json.loads(json.dumps(event_to_json(joined))) == {
        "type": "ReportsJoined",
        "v": 1,
        "other_case": "case-2",
        "leads": True,
        "reason": SAME,
    }


def test_a_case_that_follows_another_says_so() -> None:
    first, second = joined_pair()
    assert [notice.code for notice in first.judged("2026-11-26").notices] == []
    assert [notice.code for notice in second.judged("2026-11-26").notices] == ["follows_another_case"]


def test_a_case_can_be_joined_with_several_others() -> None:
    first, _ = joined_pair()
    first.do(join("case-1", "case-3", leads=True), on="2026-11-26")
    assert list(first.case.joined) == ["case-2", "case-3"]


def test_a_case_is_not_joined_with_itself() -> None:
    assert Casebook().refusal(join("case-1", "case-1")) == "joined_to_itself"


def test_two_cases_are_joined_once() -> None:
    first, _ = joined_pair()
    assert first.refusal(join("case-1", "case-2", leads=True)) == "already_recorded"


def test_a_joining_needs_a_reason() -> None:
    assert Casebook().refusal(join("case-1", "case-2", reason="")) == "missing_text"


def test_a_closed_case_is_reopened_before_it_is_joined() -> None:
    book = Casebook().closed()
    assert book.refusal(join("case-1", "case-2")) == "case_closed"


def test_a_joining_can_be_undone_with_a_reason_and_made_again() -> None:
    first, _ = joined_pair()
    assert first.refusal(UndoJoining(ANNA, "case-2", " ")) == "missing_text"
    first.do(UndoJoining(ANNA, "case-2", "Another supplier after all."), on="2026-11-27")
    assert first.case.joined == {}
    assert first.refusal(join("case-1", "case-2")) == "accepted"


def test_what_was_not_joined_cannot_be_undone() -> None:
    assert Casebook().refusal(UndoJoining(ANNA, "case-2", "Never mind.")) == "not_joined"


def test_a_second_joining_and_an_undoing_without_one_are_void() -> None:
    first, _ = joined_pair()
    first.append(ReportsJoined("case-2", leads=False, reason="Again"), "2026-11-27")
    first.append(JoiningUndone("case-9", "What?"), "2026-11-27")
    assert {seq: problem.code for seq, problem in first.case.void.items()} == {4: "already_recorded", 5: "not_joined"}
    assert first.case.joined["case-2"].leads


def test_a_report_that_was_told_is_joined_as_any_other() -> None:
    book = Casebook(told_report("2026-11-20"))
    book.do(join("case-3", "case-1"), on="2026-11-26")
    assert list(book.case.joined) == ["case-1"]


def test_joining_takes_no_step_away_and_leaving_one_out_needs_consent_as_ever() -> None:
    _, second = joined_pair()
    second.through_conflict_check(on="2026-11-26")
    second.complete("A03", "vooronderzoek", on="2026-11-26")
    assert second.judged("2026-11-26").step("A05").state is StepState.OPEN
    consent = RecordDeviation(ANNA, "A05", "Done in the other case.", second.protocol.deviation_authority)
    assert second.refusal(replace(consent, consent_by="myself")) == "not_the_authority"
    second.do(consent, on="2026-11-26")
    assert second.judged("2026-11-26").step("A05").state is StepState.LEFT_OUT
