# SPDX-License-Identifier: EUPL-1.2
"""What was written to reporters, and what its placing stops."""

from casework.domain.case.events import Entry, MessagePlaced, MessageWritten
from casework.domain.case.fold.effect import Effects
from casework.domain.case.fold.finishing import finish
from casework.domain.case.messages import message_problem
from casework.domain.case.placing import placing_problem
from casework.domain.case.state import Case, Message, Report
from casework.domain.errors import Problem
from casework.domain.problems import NO_MESSAGE, NO_REPORT, PART, TWICE


def _message_written(case: Case, entry: Entry, event: MessageWritten) -> Problem | None:
    report = case.reports.get(event.report)
    if report is None:
        return NO_REPORT
    if report.received.part_of:
        return PART
    if event.message in case.messages:
        return TWICE
    problem = message_problem(event)
    if not problem:
        case.messages[event.message] = Message(event, entry.seq, entry.day, entry.author)
    return problem


def _message_placed(case: Case, entry: Entry, event: MessagePlaced) -> Problem | None:
    message = case.messages.get(event.message)
    if message is None:
        return NO_MESSAGE
    if message.placed:
        return TWICE
    report = case.reports[message.written.report]
    problem = placing_problem(report, message, event, entry.day)
    if not problem:
        message.placed = event
        _count_placing(report, message.written, event, entry.seq)
        if report.final_feedback:
            finish(case, report, entry.seq)
    return problem


def _count_placing(report: Report, written: MessageWritten, placed: MessagePlaced, seq: int) -> None:
    """Only the day of placing stops a clock; of several, the earliest counts."""
    day = placed.placed
    if written.proposes_meeting:
        report.meeting_proposed = min(report.meeting_proposed or day, day)
    if written.kind == "acknowledgement":
        report.acknowledged = min(report.acknowledged or day, day)
    elif written.kind == "question":
        report.last_question = (seq, day)
    elif written.kind == "feedback":
        report.feedback = min(report.feedback or day, day)
        if written.final:
            report.final_feedback = min(report.final_feedback or day, day)


EFFECTS: Effects = {
    MessageWritten: _message_written,
    MessagePlaced: _message_placed,
}
