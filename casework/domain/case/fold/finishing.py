# SPDX-License-Identifier: EUPL-1.2
"""When a reporter has had what the law promises, or nothing can reach them; and when that is over."""

from casework.domain.case.events import DecisionTaken
from casework.domain.case.state import Case, Report


def finish(case: Case, report: Report, seq: int) -> None:
    """Note that final feedback was placed, or found impossible, at `seq`; what that calls is called once."""
    if report.finished_seq is None:
        report.finished_seq = seq
    if case.feedback_finished is None and all(one.finished_seq is not None for one in case.own_reports):
        case.feedback_finished = seq


def find_impossible(case: Case, report: Report, event: DecisionTaken, seq: int) -> None:
    """Note that it was decided that nothing reaches a reporter."""
    report.feedback_impossible = event
    finish(case, report, seq)


def find_possible(report: Report) -> None:
    """Note that the reporter can be reached: feedback is owed again, unless the final one was placed before."""
    report.feedback_impossible = None
    if report.final_feedback is None:
        report.finished_seq = None
