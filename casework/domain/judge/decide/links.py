# SPDX-License-Identifier: EUPL-1.2
"""Tying cases together and apart."""

from datetime import date

from casework.domain.case.commands import JoinCases, SplitCase, UndoJoining
from casework.domain.case.events import CaseSplit, Event, JoiningUndone, ReportsJoined
from casework.domain.case.state import Case
from casework.domain.judge.decide.rule import Rules, need, refuse
from casework.domain.problems import JOINED_TO_ITSELF, needs_text


def _join(_case: Case, _protocol: object, command: JoinCases, _today: date) -> list[Event]:
    refuse(JOINED_TO_ITSELF if command.other_case == command.case else None)
    need(command.reason, "de reden", "the reason")
    return [ReportsJoined(command.other_case, command.leads, command.reason)]


def _undo_joining(_case: Case, _protocol: object, command: UndoJoining, _today: date) -> list[Event]:
    need(command.reason, "de reden", "the reason")
    return [JoiningUndone(command.other_case, command.reason)]


def _split(_case: Case, _protocol: object, command: SplitCase, _today: date) -> list[Event]:
    refuse(None if command.new_cases else needs_text("de delen", "the parts"))
    need(command.reason, "de reden", "the reason")
    return [CaseSplit(command.new_cases, command.reason)]


RULES: Rules = {
    JoinCases: _join,
    UndoJoining: _undo_joining,
    SplitCase: _split,
}
