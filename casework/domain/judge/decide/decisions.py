# SPDX-License-Identifier: EUPL-1.2
"""Deciding and noting outside the protocol's steps."""

from datetime import date

from casework.domain.case.commands import AddNote, LiftHold, PlaceHold, TakeDecision
from casework.domain.case.events import DecisionTaken, Event, HoldLifted, HoldPlaced, NoteAdded
from casework.domain.case.state import Case
from casework.domain.judge.decide.rule import Rules, need


def _take_decision(_case: Case, _protocol: object, command: TakeDecision, _today: date) -> list[Event]:
    need(command.outcome, "het besluit", "the decision")
    need(command.grounds, "de gronden", "the grounds")
    return [DecisionTaken(command.about, command.report, command.outcome, command.grounds, command.authority)]


def _add_note(_case: Case, _protocol: object, command: AddNote, _today: date) -> list[Event]:
    need(command.text, "de notitie", "the note")
    return [NoteAdded(command.text, command.step)]


def _place_hold(_case: Case, _protocol: object, command: PlaceHold, _today: date) -> list[Event]:
    need(command.ground, "de grond", "the ground")
    return [HoldPlaced(command.hold, command.ground)]


def _lift_hold(_case: Case, _protocol: object, command: LiftHold, _today: date) -> list[Event]:
    need(command.reason, "de reden", "the reason")
    return [HoldLifted(command.hold, command.reason)]


RULES: Rules = {
    TakeDecision: _take_decision,
    AddNote: _add_note,
    PlaceHold: _place_hold,
    LiftHold: _lift_hold,
}
