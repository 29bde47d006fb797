# SPDX-License-Identifier: EUPL-1.2
"""What a member may ask of a case, in the imperative. `decide` answers with events or a refusal.

Every command names the member who gives it (`by`); days are Europe/Amsterdam's. Fields that carry the
same names as an event's mean the same.
"""

from casework.domain.case.commands.decisions import AddNote, TakeDecision
from casework.domain.case.commands.members import DeclareConflict, ExcludeMember
from casework.domain.case.commands.messages import PlaceMessage, WriteMessage
from casework.domain.case.commands.reports import OpenCase, ReceiveDeletion, ReceiveMessage, RegisterCase
from casework.domain.case.commands.steps import CompleteStep, RecordDeviation, ReopenCase, ReopenStep

__all__ = [
    "AddNote",
    "Command",
    "CompleteStep",
    "DeclareConflict",
    "ExcludeMember",
    "OpenCase",
    "PlaceMessage",
    "ReceiveDeletion",
    "ReceiveMessage",
    "RecordDeviation",
    "RegisterCase",
    "ReopenCase",
    "ReopenStep",
    "TakeDecision",
    "WriteMessage",
]

Command = (
    OpenCase
    | RegisterCase
    | ReceiveMessage
    | ReceiveDeletion
    | WriteMessage
    | PlaceMessage
    | CompleteStep
    | ReopenStep
    | RecordDeviation
    | DeclareConflict
    | ExcludeMember
    | TakeDecision
    | AddNote
    | ReopenCase
)
