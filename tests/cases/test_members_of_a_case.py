# SPDX-License-Identifier: EUPL-1.2
"""Nobody judges their own interest away, and nobody empties the committee alone."""

import pytest

from casework.domain.case.commands import AddNote, DeclareConflict, ExcludeMember, ReadmitMember
from casework.domain.case.events import ConflictDeclared, MemberExcluded, MemberReadmitted
from support.casebook import ANNA, BRAM, CARLA, Casebook

DAY = "2026-11-24"
DORA = "member-d"


def interested() -> Casebook:
    """A case in which Bram declared an interest."""
    book = Casebook()
    book.do(DeclareConflict(BRAM, conflict=True, explanation="Kin"), on=DAY)
    return book


def last_void(book: Casebook) -> str:
    return book.case.void[book.entries[-1].seq].code


def test_who_declared_an_interest_cannot_take_it_back() -> None:
    book = interested()
    assert book.refusal(DeclareConflict(BRAM, conflict=False)) == "interest_stands"
    book.append(ConflictDeclared(BRAM, conflict=False, explanation=""), DAY, BRAM)
    assert last_void(book) == "interest_stands"
    assert book.case.has_interest(BRAM)


def test_an_interest_can_be_explained_further() -> None:
    book = interested()
    book.do(DeclareConflict(BRAM, conflict=True, explanation="A brother"), on=DAY)
    assert book.case.declarations[BRAM].explanation == "A brother"


def test_another_member_decides_with_a_reason_that_there_is_none_and_then_one_declares_anew() -> None:
    book = interested()
    assert book.refusal(ReadmitMember(ANNA, BRAM, " ")) == "missing_text"
    book.do(ReadmitMember(ANNA, BRAM, "It is another person of that name."), on=DAY)
    assert BRAM not in book.case.declarations
    assert book.refusal(AddNote(BRAM, "Thanks")) == "accepted"
    assert book.refusal(DeclareConflict(BRAM, conflict=False)) == "accepted"


@pytest.mark.parametrize("by,code", [(BRAM, "declared_conflict"), (ANNA, "accepted")])
def test_nobody_with_an_interest_decides_about_one(by: str, code: str) -> None:
    assert interested().refusal(ReadmitMember(by, BRAM, "No kin.")) == code


def test_nobody_lets_themself_in_again() -> None:
    book = Casebook()
    book.append(MemberReadmitted(ANNA, "I am fine."), DAY)
    assert last_void(book) == "not_for_oneself"


def test_who_is_not_kept_out_is_not_let_in() -> None:
    assert Casebook().refusal(ReadmitMember(ANNA, BRAM, "Why not.")) == "not_kept_out"


def test_one_member_alone_excludes_one_colleague() -> None:
    book = Casebook()
    book.do(ExcludeMember(ANNA, BRAM, "Named in the report"), on=DAY)
    assert book.refusal(ExcludeMember(ANNA, CARLA, "Named too")) == "excluded_alone"
    book.append(MemberExcluded(CARLA, "Named too"), DAY)
    assert last_void(book) == "excluded_alone"
    assert list(book.case.excluded) == [BRAM]


@pytest.mark.parametrize(
    "command",
    [
        ExcludeMember(CARLA, DORA, "Named too"),
        ExcludeMember(ANNA, CARLA, "Named too", decided_by="The mayor, on 23 November"),
        ExcludeMember(ANNA, ANNA, "I know them"),
    ],
)
def test_one_more_is_excluded_by_another_or_by_whoever_decides_or_by_themself(command: ExcludeMember) -> None:
    book = Casebook()
    book.do(ExcludeMember(ANNA, BRAM, "Named in the report"), on=DAY)
    book.do(command, on=DAY)
    assert list(book.case.excluded) == [BRAM, command.member]


def test_whoever_declared_an_interest_is_excluded_by_anybody() -> None:
    book = interested()
    book.do(ExcludeMember(ANNA, CARLA, "Named"), on=DAY)
    book.do(ExcludeMember(ANNA, BRAM, "Kin, as declared"), on=DAY)
    assert list(book.case.excluded) == [CARLA, BRAM]


def test_a_wrong_exclusion_is_undone_by_another_member() -> None:
    book = Casebook()
    book.do(ExcludeMember(ANNA, BRAM, "Named"), on=DAY)
    assert book.refusal(ReadmitMember(BRAM, BRAM, "Not me.")) == "member_excluded"
    book.do(ReadmitMember(CARLA, BRAM, "Another person of that name."), on=DAY)
    assert book.case.excluded == {}
    assert book.refusal(ExcludeMember(ANNA, CARLA, "Named")) == "accepted"
