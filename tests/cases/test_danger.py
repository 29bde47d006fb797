# SPDX-License-Identifier: EUPL-1.2
"""Danger to life: one member tells the emergency service at once, two others look at it afterwards."""

from dataclasses import replace

import pytest

from casework.domain.case.commands import DeclareConflict, DiscloseInDanger, ExcludeMember, ReviewDisclosure
from casework.domain.case.events import DisclosureMade, DisclosureReviewed
from casework.domain.terms.term import ClockStatus
from support.casebook import ANNA, BRAM, CARLA, Casebook, D

CALL = DiscloseInDanger(
    by=ANNA,
    disclosure="d",
    to="112",
    told="Somebody will set fire to the town hall tonight.",
    ground="The report names the hour.",
    made=D("2026-11-25"),
    identity_told=False,
)


def told(on: str = "2026-11-25") -> Casebook:
    book = Casebook()
    book.do(replace(CALL, made=D(on)), on=on)
    return book


def review(by: str, judgement: str = "justified", remarks: str = "") -> ReviewDisclosure:
    return ReviewDisclosure(by, "d", judgement, remarks)


def test_one_member_may_tell_at_once_before_any_step_was_done() -> None:
    book = told()
    (disclosure,) = book.case.disclosures.values()
    assert (disclosure.author, disclosure.made.to) == (ANNA, "112")
    assert not book.case.void


def test_it_may_also_be_told_when_the_case_is_closed() -> None:
    book = Casebook().closed()
    book.do(CALL, on="2026-11-25")
    book.do(review(BRAM), on="2026-11-25")
    assert book.judged("2026-11-25").closed


def test_who_was_excluded_or_has_an_interest_does_not_tell() -> None:
    book = Casebook()
    book.do(DeclareConflict(BRAM, conflict=True, explanation="Kin"), on="2026-11-24")
    book.do(ExcludeMember(ANNA, CARLA, "Named"), on="2026-11-24")
    assert book.refusal(replace(CALL, by=BRAM)) == "declared_conflict"
    assert book.refusal(replace(CALL, by=CARLA)) == "member_excluded"


@pytest.mark.parametrize("call", [replace(CALL, to=" "), replace(CALL, told=""), replace(CALL, ground=" ")])
def test_a_disclosure_says_to_whom_and_what_and_why(call: DiscloseInDanger) -> None:
    assert Casebook().refusal(call) == "missing_text"


def test_a_disclosure_that_is_still_to_come_is_refused() -> None:
    assert Casebook().refusal(CALL, on="2026-11-24") == "coming_day"
    assert Casebook().refusal(replace(CALL, reporter_told=D("2026-11-26"))) == "coming_day"
    assert Casebook().refusal(replace(CALL, reporter_told=D("2026-11-25"))) == "accepted"


def test_it_says_whether_the_reporters_identity_was_told_and_when_the_reporter_heard_of_it() -> None:
    book = Casebook()
    book.do(replace(CALL, identity_told=True, reporter_told=D("2026-11-24")), on="2026-11-25")
    made = book.case.disclosures["d"].made
    assert (made.identity_told, made.reporter_told) == (True, D("2026-11-24"))


def test_two_others_review_it_within_72_hours_and_until_then_it_is_owed() -> None:
    book = told()
    (clock,) = (view.clock for view in book.judged("2026-11-25").disclosures)
    assert (clock.due, clock.status) == (D("2026-11-27"), ClockStatus.RUNNING)
    assert clock in book.judged("2026-11-25").owed
    assert book.judged("2026-11-28").disclosures[0].clock.status is ClockStatus.OVERDUE

    book.do(review(BRAM), on="2026-11-26")
    assert clock in book.judged("2026-11-25").owed
    book.do(review(CARLA, "not_justified", "It could have waited."), on="2026-11-27")
    (clock,) = (view.clock for view in book.judged("2026-12-24").disclosures)
    assert (clock.stopped, clock.status) == (D("2026-11-27"), ClockStatus.MET_ON_TIME)


def test_a_third_judgement_does_not_make_the_review_late() -> None:
    book = told()
    for by, on in ((BRAM, "2026-11-26"), (CARLA, "2026-11-27"), ("member-d", "2026-12-24")):
        book.do(review(by), on=on)
    assert book.judged("2026-12-24").disclosures[0].clock.status is ClockStatus.MET_ON_TIME


def test_nobody_reviews_what_they_told_themself() -> None:
    assert told().refusal(review(ANNA)) == "own_disclosure"


def test_nobody_reviews_twice() -> None:
    book = told()
    book.do(review(BRAM), on="2026-11-25")
    assert book.refusal(review(BRAM, "not_justified", "On second thoughts.")) == "already_recorded"


def test_who_finds_it_not_justified_says_why() -> None:
    assert told().refusal(review(BRAM, "not_justified")) == "missing_text"


def test_what_nobody_told_cannot_be_reviewed() -> None:
    assert Casebook().refusal(review(BRAM)) == "unknown_disclosure"


def test_a_judgement_is_one_of_two() -> None:
    assert told().refusal(review(BRAM, "perhaps")) == "unknown_value"


def test_a_review_that_breaks_a_rule_is_void_and_the_fold_goes_on() -> None:
    book = told()
    book.append(DisclosureReviewed("d", "justified", ""), "2026-11-25", by=ANNA)
    book.append(DisclosureReviewed("other", "justified", ""), "2026-11-25", by=BRAM)
    book.append(
        DisclosureMade("d", "112", "x", "y", D("2026-11-25"), identity_told=False, reporter_told=None), "2026-11-25"
    )
    book.append(DisclosureReviewed("d", "justified", ""), "2026-11-25", by=BRAM)
    codes = {seq: problem.code for seq, problem in book.case.void.items()}
    assert codes == {4: "own_disclosure", 5: "unknown_disclosure", 6: "already_recorded"}
    assert [entry.author for entry in book.case.disclosures["d"].reviews] == [BRAM]


def test_closing_waits_for_two_judgements() -> None:
    book = Casebook().through_conflict_check().dismissed()
    book.do(CALL, on="2026-11-25")
    book.do(review(BRAM), on="2026-11-25")
    assert "disclosure_not_reviewed" in [problem.code for problem in book.closing("2026-11-25").blocked_by]
    book.do(review(CARLA), on="2026-11-25")
    assert book.closing("2026-11-25").can_be_done
