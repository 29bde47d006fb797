# SPDX-License-Identifier: EUPL-1.2
"""Writing to a reporter."""

from datetime import date

from casework.domain.case.commands import PlaceMessage, TellReporter, WriteMessage
from casework.domain.case.events import Event, MessagePlaced, MessageWritten
from casework.domain.case.state import Case
from casework.domain.errors import Refused
from casework.domain.judge.decide.rule import Rules, refuse
from casework.domain.problems import ALREADY_ACKNOWLEDGED, HAS_MAILBOX, MAILBOX_DELETED


def _write_message(case: Case, _protocol: object, command: WriteMessage, _today: date) -> list[Event]:
    report = case.reports.get(command.report)
    refuse(MAILBOX_DELETED if report and report.deleted else None)
    return [_written(case, command)]


def _written(case: Case, command: WriteMessage) -> MessageWritten:
    if command.kind == "acknowledgement" and _is_acknowledged(case, command.report):
        raise Refused(ALREADY_ACKNOWLEDGED)
    return MessageWritten(
        command.message,
        command.report,
        command.kind,
        command.text,
        command.assessment,
        command.follow_up,
        command.follow_up_text,
        command.grounds,
        command.final,
        command.consent,
        command.attachments,
        command.proposes_meeting,
    )


def _is_acknowledged(case: Case, report_id: str) -> bool:
    """Written is enough: two members who press the button at once must not send two acknowledgements."""
    report = case.reports.get(report_id)
    written = (message.written for message in case.messages.values())
    return bool(report and report.acknowledged) or any(
        message.kind == "acknowledgement" and message.report == report_id for message in written
    )


def _place_message(_case: Case, _protocol: object, command: PlaceMessage, _today: date) -> list[Event]:
    return [MessagePlaced(command.message, command.way, command.placed, command.seq, command.head)]


def _tell_reporter(case: Case, _protocol: object, command: TellReporter, _today: date) -> list[Event]:
    report = case.reports.get(command.message.report)
    # What is written for a mailbox goes there at the next sync, whatever was said elsewhere.
    refuse(HAS_MAILBOX if report and report.has_mailbox else None)
    begun = _recorded_before(case, command.message)
    written = [] if begun else [_written(case, command.message)]
    return [*written, MessagePlaced(begun or command.message.message, command.way, command.told, None, None)]


def _recorded_before(case: Case, command: WriteMessage) -> str | None:
    """Return the same message as a tool left it that stopped before it recorded how it arrived."""
    same = (command.report, command.kind, command.text)
    unplaced = (message.written for message in case.messages.values() if message.placed is None)
    return next((it.message for it in unplaced if (it.report, it.kind, it.text) == same), None)


RULES: Rules = {
    WriteMessage: _write_message,
    PlaceMessage: _place_message,
    TellReporter: _tell_reporter,
}
