# SPDX-License-Identifier: EUPL-1.2
"""Taking in reports and what their reporters add."""

from datetime import date

from casework.domain.case.commands import OpenCase, ReceiveDeletion, ReceiveMessage, RegisterCase
from casework.domain.case.events import CaseRegistered, Event, MailboxDeleted, MessageReceived, ProtocolPinned
from casework.domain.case.state import Case
from casework.domain.errors import Refused
from casework.domain.judge.decide.rule import Rules, need
from casework.domain.problems import DAY_OUT_OF_ORDER
from casework.domain.protocol.model import InvestigationProtocol


def _open_case(_case: Case, protocol: InvestigationProtocol, command: OpenCase, today: date) -> list[Event]:
    need(command.number, "het meldnummer", "the report's number")
    if command.report.mailbox is None and command.report.received > today:
        raise Refused(DAY_OUT_OF_ORDER)
    pinned = ProtocolPinned(protocol.id, protocol.version, protocol.digest, None)
    return [pinned, command.report, CaseRegistered(command.number, command.title)]


def _register_case(_case: Case, _protocol: object, command: RegisterCase, _today: date) -> list[Event]:
    need(command.number, "het meldnummer", "the report's number")
    return [CaseRegistered(command.number, command.title)]


def _receive_message(_case: Case, _protocol: object, command: ReceiveMessage, _today: date) -> list[Event]:
    return [
        MessageReceived(
            command.report,
            command.seq,
            command.head,
            command.received,
            command.statement,
            command.ciphertext_hash,
            command.file_keys,
            command.kind,
            command.about,
        )
    ]


def _receive_deletion(_case: Case, _protocol: object, command: ReceiveDeletion, _today: date) -> list[Event]:
    return [MailboxDeleted(command.report, command.seq, command.received, command.statement)]


RULES: Rules = {
    OpenCase: _open_case,
    RegisterCase: _register_case,
    ReceiveMessage: _receive_message,
    ReceiveDeletion: _receive_deletion,
}
