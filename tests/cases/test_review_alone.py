# SPDX-License-Identifier: EUPL-1.2
"""A small desk can review what one member told in danger too: by whoever is free, with the reason why it is one."""

from casework.domain.case.commands import DeclareConflict, DiscloseInDanger, ExcludeMember, ReviewDisclosure
from casework.domain.case.events import DisclosureReviewed
from casework.domain.terms.term import ClockStatus
from support.casebook import ANNA, BRAM, CARLA, Casebook, D

DAY, NEXT = "2026-11-25", "2026-11-26"
WHY = "The desk has two members."


def told() -> Casebook:
    """A case at its end, in which Anna told of a danger."""
    book = Casebook().through_conflict_check().dismissed()
    book.do(DiscloseInDanger(ANNA, "d", "112", "A fire.", "Now.", D(DAY), identity_told=False), on=DAY)
    return book


def review(by: str = BRAM, alone: str = WHY) -> ReviewDisclosure:
    return ReviewDisclosure(by, "d", "justified", "", alone)


def notices(book: Casebook) -> list[str]:
    return [notice.code for notice in book.judged(NEXT).notices]


def test_one_other_member_reviews_it_alone_with_the_reason_and_the_case_shows_that() -> None:
    book = told()
    book.do(review(), on=NEXT)
    (view,) = book.judged(NEXT).disclosures
    assert (view.clock.stopped, view.clock.status) == (D(NEXT), ClockStatus.MET_ON_TIME)
    assert notices(book) == ["reviewed_alone"]
    assert book.closing(NEXT).can_be_done


def test_without_the_reason_one_is_not_enough() -> None:
    book = told()
    book.do(review(alone=" "), on=NEXT)
    assert not book.closing(NEXT).can_be_done
    assert notices(book) == []


def test_who_waited_in_vain_for_a_second_can_still_say_why_there_is_none() -> None:
    book = told()
    book.do(review(alone=""), on=DAY)
    book.do(review(), on=NEXT)
    assert book.judged(NEXT).disclosures[0].clock.stopped == D(NEXT)
    assert book.refusal(review(), on=NEXT) == "already_recorded"
    assert book.refusal(review(alone=""), on=NEXT) == "already_recorded"


def test_two_judgements_of_one_member_are_no_two_members() -> None:
    book = told()
    book.do(review(alone=""), on=DAY)
    book.append(DisclosureReviewed("d", "justified", "", ""), NEXT, BRAM)
    assert book.case.void[book.entries[-1].seq].code == "already_recorded"
    assert not book.closing(NEXT).can_be_done


def test_nobody_reviews_alone_while_another_is_free() -> None:
    book = told()
    book.do(DeclareConflict(CARLA, conflict=False), on=DAY)
    assert book.refusal(review()) == "another_is_free"
    book.append(DisclosureReviewed("d", "justified", "", WHY), DAY, BRAM)
    assert book.case.void[book.entries[-1].seq].code == "another_is_free"
    book.do(ExcludeMember(ANNA, CARLA, "Left the desk."), on=DAY)
    assert book.refusal(review()) == "accepted"


def test_nobody_reviews_their_own_disclosure_for_lack_of_others() -> None:
    assert told().refusal(review(ANNA)) == "own_disclosure"


def test_a_second_judgement_afterwards_ends_the_notice_and_keeps_the_day() -> None:
    book = told()
    book.do(review(), on=DAY)
    book.do(review(CARLA, alone=""), on=NEXT)
    assert notices(book) == []
    assert book.judged(NEXT).disclosures[0].clock.stopped == D(DAY)
