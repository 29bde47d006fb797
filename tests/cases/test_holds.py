# SPDX-License-Identifier: EUPL-1.2
"""A legal hold stands, and is shown, until it is lifted."""

from casework.domain.case.commands import LiftHold, PlaceHold
from support.casebook import ANNA, BRAM, Casebook


def notices(book: Casebook) -> list[str]:
    return [notice.code for notice in book.judged("2026-11-25").notices]


def test_a_hold_is_shown_until_it_is_lifted() -> None:
    book = Casebook()
    assert notices(book) == []
    book.do(PlaceHold(ANNA, "h", "Proceedings at the court"), on="2026-11-24")
    assert notices(book) == ["held"]
    book.do(LiftHold(BRAM, "h", "The judgment is final"), on="2026-11-25")
    assert notices(book) == []


def test_of_two_holds_one_is_enough() -> None:
    book = Casebook()
    for hold in ("h", "i"):
        book.do(PlaceHold(ANNA, hold, "Proceedings at the court"), on="2026-11-24")
    book.do(LiftHold(ANNA, "h", "Over"), on="2026-11-25")
    assert notices(book) == ["held"]


def test_a_hold_can_be_placed_and_lifted_when_the_case_is_closed() -> None:
    book = Casebook().closed()
    book.do(PlaceHold(ANNA, "h", "Proceedings at the court"), on="2026-11-26")
    assert list(book.case.holds) == ["h"]
    book.do(LiftHold(ANNA, "h", "Over"), on="2026-11-27")
    assert book.case.holds == {}


def test_a_hold_needs_a_ground_and_its_lifting_a_reason() -> None:
    book = Casebook()
    assert book.refusal(PlaceHold(ANNA, "h", " ")) == "missing_text"
    book.do(PlaceHold(ANNA, "h", "Proceedings at the court"), on="2026-11-24")
    assert book.refusal(LiftHold(ANNA, "h", "")) == "missing_text"


def test_a_hold_is_placed_once_and_only_a_hold_that_stands_is_lifted() -> None:
    book = Casebook()
    book.do(PlaceHold(ANNA, "h", "Proceedings at the court"), on="2026-11-24")
    assert book.refusal(PlaceHold(ANNA, "h", "Again")) == "already_recorded"
    assert book.refusal(LiftHold(ANNA, "other", "Over")) == "unknown_hold"
