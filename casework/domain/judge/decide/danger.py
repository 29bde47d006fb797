# SPDX-License-Identifier: EUPL-1.2
"""Danger to life: telling an emergency service at once, and reviewing that."""

from datetime import date

from casework.domain.case.commands import DiscloseInDanger, ReviewDisclosure
from casework.domain.case.events import DisclosureMade, DisclosureReviewed, Event
from casework.domain.case.state import Case
from casework.domain.judge.decide.rule import Rules, need, refuse
from casework.domain.problems import COMING_DAY


def _disclose(_case: Case, _protocol: object, command: DiscloseInDanger, today: date) -> list[Event]:
    need(command.to, "wie u hebt ingelicht", "whom you told")
    need(command.told, "wat u hebt verteld", "what you told")
    need(command.ground, "waarom het niet kon wachten", "why it could not wait")
    refuse(COMING_DAY if max(command.made, command.reporter_told or command.made) > today else None)
    return [
        DisclosureMade(
            command.disclosure,
            command.to,
            command.told,
            command.ground,
            command.made,
            command.identity_told,
            command.reporter_told,
        )
    ]


def _review(_case: Case, _protocol: object, command: ReviewDisclosure, _today: date) -> list[Event]:
    if command.judgement == "not_justified":
        need(command.remarks, "waarom het niet terecht was", "why it was not justified")
    return [DisclosureReviewed(command.disclosure, command.judgement, command.remarks, command.alone)]


RULES: Rules = {
    DiscloseInDanger: _disclose,
    ReviewDisclosure: _review,
}
