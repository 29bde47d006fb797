# SPDX-License-Identifier: EUPL-1.2
"""Reports, their place in the register, and what their reporters added."""

from casework.domain.case.events import CaseRegistered, Entry, MailboxDeleted, MessageReceived, ReportReceived
from casework.domain.case.fold.effect import Effects
from casework.domain.case.fold.finishing import find_possible
from casework.domain.case.state import Case, Report
from casework.domain.case.vocabulary import CHANNELS, RECEIVED_KINDS
from casework.domain.errors import Problem
from casework.domain.problems import NO_REPORT, ONE_SOURCE, PART_HAS_NO_MAILBOX, TWICE, UNKNOWN_VALUE


def _report_received(case: Case, entry: Entry, event: ReportReceived) -> Problem | None:
    if event.report in case.reports:
        return TWICE
    if (event.statement is None) == (event.account is None):
        return ONE_SOURCE
    if event.part_of and (event.mailbox or event.statement):
        return PART_HAS_NO_MAILBOX
    if event.channel not in CHANNELS:
        return UNKNOWN_VALUE
    acknowledged = event.received if event.receipt_is_ack else None
    case.reports[event.report] = Report(event, entry.seq, acknowledged=acknowledged)
    return None


def _case_registered(case: Case, _entry: Entry, event: CaseRegistered) -> Problem | None:
    case.number, case.title = event.number, event.title
    return None


def _message_received(case: Case, entry: Entry, event: MessageReceived) -> Problem | None:
    report = case.reports.get(event.report)
    if report is None:
        return NO_REPORT
    if event.seq in report.follow_ups:
        return TWICE
    if event.kind not in RECEIVED_KINDS:
        return UNKNOWN_VALUE
    report.follow_ups[event.seq] = event
    # Who writes can be answered, whatever was decided before.
    if report.feedback_impossible:
        find_possible(report)
    if event.kind == "withdrawal" and report.withdrawn is None:
        report.withdrawn = entry
    return None


def _mailbox_deleted(case: Case, _entry: Entry, event: MailboxDeleted) -> Problem | None:
    report = case.reports.get(event.report)
    if report is None:
        return NO_REPORT
    if report.deleted:
        return TWICE
    report.deleted = event.received
    return None


EFFECTS: Effects = {
    ReportReceived: _report_received,
    CaseRegistered: _case_registered,
    MessageReceived: _message_received,
    MailboxDeleted: _mailbox_deleted,
}
