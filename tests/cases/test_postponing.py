# SPDX-License-Identifier: EUPL-1.2
"""A notice to the person concerned that is postponed stays owed: it comes back, and after the findings at once."""

import pytest

from casework.domain.errors import ProtocolFileError
from casework.domain.judge.views import StepState
from casework.domain.terms.term import Clock, ClockStatus
from casework.protocols import read_own, shipped_protocols
from support.casebook import Casebook, D
from support.scenario import walked
from support.scenario_roads import A_ROADS

A = shipped_protocols()["A_ambtenaren"]
TO_TRIAGE = "acknowledge A01 declare A02 A03=vooronderzoek"
LAST_DAY = "2026-12-21"
"""One month from the report of 21 November."""


def postponed(*days: tuple[str, str]) -> Casebook:
    """A case whose notice was postponed on each first day, until the second."""
    book = walked(A, TO_TRIAGE)
    for on, until in days:
        book.complete("A10", "uitgesteld", on=on, herziening_op=until)
    return book


def clock(book: Casebook, on: str) -> Clock:
    found = book.judged(on).step("A10").clock
    assert found
    return found


@pytest.mark.parametrize(
    "until,code",
    [("2026-12-26", "accepted"), ("2026-12-27", "too_late"), ("9999-12-31", "too_late"), ("2026-11-25", "day_gone")],
)
def test_p03_a_postponement_is_reviewed_within_a_month(until: str, code: str) -> None:
    book = walked(A, TO_TRIAGE)
    command = book.completion("A10", "uitgesteld", on="2026-11-26", herziening_op=until)
    assert book.refusal(command, on="2026-11-26") == code


def test_p03_the_clock_comes_back_on_the_day_of_review() -> None:
    book = postponed(("2026-12-20", "2027-01-15"))
    assert clock(book, "2027-01-15").status is ClockStatus.DUE_TODAY
    assert clock(book, "2027-01-16").status is ClockStatus.OVERDUE
    assert "A10" in [owed.term.name for owed in book.judged("2027-03-01").overdue]


def test_p03_a_notice_that_is_postponed_again_and_again_says_how_often_and_since_when() -> None:
    book = postponed(("2026-12-20", "2027-01-15"), ("2027-01-14", "2027-02-10"), ("2027-02-10", "2027-03-10"))
    now = clock(book, "2027-02-11")
    assert (now.due, now.status) == (D("2027-03-10"), ClockStatus.RUNNING)
    assert [(text.nl, text.en) for text in now.extended] == [
        (
            f"Uitgesteld 3 keer: zonder uitstel was de laatste dag {LAST_DAY}.",
            f"Postponed 3 times: without that the last day was {LAST_DAY}.",
        )
    ]
    assert book.judged("2027-02-11").step("A10").state is StepState.OPEN


def test_one_postponement_is_not_counted_aloud() -> None:
    (said,) = clock(postponed(("2026-12-20", "2027-01-15")), "2026-12-20").extended
    assert said.en == f"Postponed: without that the last day was {LAST_DAY}."


def test_p03_a_postponement_that_comes_too_late_postpones_and_answers_nothing() -> None:
    late = postponed(("2026-12-22", "2027-01-20"))
    assert (clock(late, "2027-01-01").due, clock(late, "2027-01-01").status) == (D(LAST_DAY), ClockStatus.OVERDUE)
    again = postponed(("2026-12-20", "2027-01-15"), ("2027-01-16", "2027-02-10"))
    assert (clock(again, "2027-01-17").due, clock(again, "2027-01-17").status) == (D("2027-01-15"), ClockStatus.OVERDUE)
    assert clock(again, "2027-01-17").stopped is None


def test_p03_a_notice_that_was_given_after_a_late_postponement_was_given_late() -> None:
    book = postponed(("2026-12-20", "2027-01-15"), ("2027-01-16", "2027-02-10"))
    book.complete("A10", "geinformeerd", on="2027-01-20", geinformeerd_op="2027-01-19")
    now = clock(book, "2027-02-01")
    assert (now.stopped, now.status) == (D("2027-01-19"), ClockStatus.MET_LATE)


def with_findings(*, postponed_before: str | None = "2026-11-24") -> Casebook:
    """A case whose findings are reported on 24 November, after the notice was postponed."""
    before, _, _ = A_ROADS["unfounded"].partition(" A15=")
    return walked(A, before.replace("A10=geinformeerd", "A10=uitgesteld") if postponed_before else before)


def test_p03_no_postponement_counts_beyond_the_findings() -> None:
    book = with_findings()
    assert book.judged("2026-11-24").step("A14").state is StepState.DONE
    now = clock(book, "2026-11-25")
    assert (now.due, now.status) == (D("2026-11-24"), ClockStatus.OVERDUE)
    assert now.extended[-1].nl == ("Verder uitstel telt niet: stap A14 (Bevindingenrapport) is gedaan op 2026-11-24.")
    book.complete("A10", "uitgesteld", on="2026-11-24", herziening_op="2026-12-20")
    assert clock(book, "2026-11-25").due == D("2026-11-24")


@pytest.mark.parametrize("way_out", ["externe_instantie", "politieke_ambtsdrager"])
def test_p03_a_notice_that_was_postponed_is_owed_through_every_exit(way_out: str) -> None:
    book = postponed(("2026-12-20", "2027-01-15"))
    book.complete("A02x", way_out, on="2026-12-22")
    assert book.judged("2026-12-22").step("A10").state is StepState.OPEN
    assert "A10" in [owed.term.name for owed in book.judged("2027-01-20").overdue]


def test_an_invitation_to_a_hearing_is_no_postponement_that_an_exit_must_leave() -> None:
    road = "acknowledge declare C00=ondertekende_klacht C01 C03=ontvankelijk C04 C05=geen_verweer C06=uitgenodigd"
    book = walked(shipped_protocols()["C_klacht_ongewenst_gedrag"], road)
    book.complete("C02", "opgelost", on="2026-11-25")
    assert book.judged("2026-11-25").step("C06").state is not StepState.OPEN


@pytest.mark.parametrize("base,step", [("A_ambtenaren", "A10"), ("D_tijdelijke_commissie", "D07")])
def test_every_notice_has_a_last_step(base: str, step: str) -> None:
    protocol = shipped_protocols()[base]
    assert all(term.latest in protocol.steps for term in protocol.steps[step].terms)


def test_only_what_can_be_postponed_has_a_latest_step() -> None:
    norm = 'term = { days = 5, from = "A00", latest = "A14", kind = "norm", basis = { nl = "Norm", en = "Norm" } }'
    text = f'extends = "A_ambtenaren"\nid = "ours"\nversion = 1\n[[step]]\nid = "A07"\n{norm}'
    with pytest.raises(ProtocolFileError, match="no option has 'again_on'"):
        read_own(text.encode(), "own.toml")


def test_a_latest_step_exists() -> None:
    norm = 'term = { days = 5, from = "A00", latest = "A99", kind = "norm", basis = { nl = "Norm", en = "Norm" } }'
    text = f'extends = "A_ambtenaren"\nid = "ours"\nversion = 1\n[[step]]\nid = "A12"\n{norm}'
    with pytest.raises(ProtocolFileError, match="'latest' names 'A99'"):
        read_own(text.encode(), "own.toml")
