# SPDX-License-Identifier: EUPL-1.2
"""What the law promises a reporter, and how it stands: the same days as on the page."""

from datetime import date

import pytest

from intake.reporter.mailbox import Dates
from intake.reporter.terms import acknowledgement_term, add_months, feedback_due, feedback_term

D = date.fromisoformat
RECEIVED = D("2026-11-23")


def found(
    acknowledged: str | None = None,
    promised: str | None = None,
    feedback: str | None = None,
    interim: str | None = None,
) -> Dates:
    days = [D(day) if day else None for day in (acknowledged, promised, feedback)]
    return Dates(RECEIVED, days[0], days[1], days[2], (D(interim),) if interim else ())


@pytest.mark.parametrize(
    "acknowledged, today, state",
    [
        (None, "2026-11-30", "due"),
        (None, "2026-12-01", "passed"),
        ("2026-11-30", "2026-12-24", "given"),
        ("2026-12-01", "2026-12-24", "late"),
    ],
)
def test_the_acknowledgement_is_due_on_the_seventh_day_after_arrival(
    acknowledged: str | None, today: str, state: str
) -> None:
    term = acknowledgement_term(found(acknowledged), D(today), receipt_is_ack=False)
    assert (term.state, term.due) == (state, D("2026-11-30"))


def test_where_arrival_counts_as_acknowledgement_it_was_received_then() -> None:
    term = acknowledgement_term(found(), D("2027-01-01"), receipt_is_ack=True)
    assert (term.state, term.day) == ("receipt", RECEIVED)


@pytest.mark.parametrize(
    "acknowledged, due",
    [("2026-11-25", "2027-02-25"), (None, "2027-02-28"), ("2027-01-15", "2027-02-28")],
)
def test_feedback_is_due_three_months_after_the_acknowledgement_or_its_last_day(
    acknowledged: str | None, due: str
) -> None:
    assert feedback_due(RECEIVED, D(acknowledged) if acknowledged else None, receipt_is_ack=False) == D(due)


@pytest.mark.parametrize(
    "dates, today, state, due",
    [
        (found("2026-11-25", "2027-02-25"), "2027-02-25", "due", "2027-02-25"),
        (found("2026-11-25", "2027-02-25"), "2027-02-26", "passed", "2027-02-25"),
        (found("2026-11-25", "2027-01-10"), "2027-01-11", "passed", "2027-01-10"),
        (found("2026-11-25", "2027-12-31"), "2027-02-26", "passed", "2027-02-25"),
        (found("2026-11-25", "2027-02-25", "2027-02-20"), "2027-03-01", "given", "2027-02-25"),
        (found("2026-11-25", "2027-02-25", "2027-03-20"), "2027-04-01", "late", "2027-02-25"),
        (found("2026-11-25", "2027-02-25", None, "2027-02-01"), "2027-04-01", "interim", "2027-02-25"),
        (found("2026-11-25", "2027-02-25", "2027-03-20", "2027-02-01"), "2027-04-01", "given", "2027-03-20"),
        (found("2026-11-25", "2027-02-25", None, "2027-02-26"), "2027-04-01", "passed", "2027-02-25"),
    ],
)
def test_feedback_is_measured_by_the_earlier_of_law_and_promise(dates: Dates, today: str, state: str, due: str) -> None:
    term = feedback_term(dates, D(today), receipt_is_ack=False)
    assert (term.state, term.due) == (state, D(due))


@pytest.mark.parametrize("day, later", [("2026-11-30", "2027-02-28"), ("2026-12-31", "2027-03-31")])
def test_three_months_end_on_the_last_day_of_a_shorter_month(day: str, later: str) -> None:
    assert add_months(D(day), 3) == D(later)
