# SPDX-License-Identifier: EUPL-1.2
"""What a member may ask of a case, in the imperative. `decide` answers with events or a refusal.

Every command names the member who gives it (`by`); days are Europe/Amsterdam's. Fields that carry the
same names as an event's mean the same.
"""

from casework.domain.case.commands.danger import DiscloseInDanger, ReviewDisclosure
from casework.domain.case.commands.decisions import AddNote, LiftHold, PlaceHold, TakeDecision
from casework.domain.case.commands.links import JoinCases, SplitCase, UndoJoining
from casework.domain.case.commands.members import DeclareConflict, ExcludeMember, ReadmitMember
from casework.domain.case.commands.messages import PlaceMessage, TellReporter, WriteMessage
from casework.domain.case.commands.reports import OpenCase, ReceiveDeletion, ReceiveMessage, RegisterCase
from casework.domain.case.commands.steps import (
    CompleteStep,
    FollowProtocol,
    RecordDeviation,
    ReopenCase,
    ReopenStep,
)

__all__ = [
    "AddNote",
    "Command",
    "CompleteStep",
    "DeclareConflict",
    "DiscloseInDanger",
    "ExcludeMember",
    "FollowProtocol",
    "JoinCases",
    "LiftHold",
    "OpenCase",
    "PlaceHold",
    "PlaceMessage",
    "ReadmitMember",
    "ReceiveDeletion",
    "ReceiveMessage",
    "RecordDeviation",
    "RegisterCase",
    "ReopenCase",
    "ReopenStep",
    "ReviewDisclosure",
    "SplitCase",
    "TakeDecision",
    "TellReporter",
    "UndoJoining",
    "WriteMessage",
]

Command = (
    OpenCase
    | RegisterCase
    | ReceiveMessage
    | ReceiveDeletion
    | WriteMessage
    | PlaceMessage
    | TellReporter
    | CompleteStep
    | ReopenStep
    | RecordDeviation
    | FollowProtocol
    | DeclareConflict
    | ExcludeMember
    | ReadmitMember
    | TakeDecision
    | AddNote
    | PlaceHold
    | LiftHold
    | DiscloseInDanger
    | ReviewDisclosure
    | JoinCases
    | UndoJoining
    | SplitCase
    | ReopenCase
)
