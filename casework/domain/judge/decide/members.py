# SPDX-License-Identifier: EUPL-1.2
"""Who may act in the case."""

from datetime import date

from casework.domain.case.commands import DeclareConflict, ExcludeMember, ReadmitMember
from casework.domain.case.events import ConflictDeclared, Event, MemberExcluded, MemberReadmitted
from casework.domain.case.state import Case
from casework.domain.judge.decide.rule import Rules, need


def _declare_conflict(_case: Case, _protocol: object, command: DeclareConflict, _today: date) -> list[Event]:
    if command.conflict:
        need(command.explanation, "welk belang u hebt", "which interest you have")
    return [ConflictDeclared(command.by, command.conflict, command.explanation)]


def _exclude_member(_case: Case, _protocol: object, command: ExcludeMember, _today: date) -> list[Event]:
    need(command.ground, "de reden van uitsluiting", "the reason of the exclusion")
    return [MemberExcluded(command.member, command.ground, command.decided_by)]


def _readmit_member(_case: Case, _protocol: object, command: ReadmitMember, _today: date) -> list[Event]:
    need(command.reason, "waarom dit lid weer mag meedoen", "why this member may take part again")
    return [MemberReadmitted(command.member, command.reason)]


RULES: Rules = {
    DeclareConflict: _declare_conflict,
    ExcludeMember: _exclude_member,
    ReadmitMember: _readmit_member,
}
