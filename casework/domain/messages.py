# SPDX-License-Identifier: EUPL-1.2
"""What a written message must hold before anybody may place it.

Feedback tells the assessment and, where there is any, the follow-up (Wbk 2(2)(i)); "no follow-up" needs a
reason (fact T31). Interim and final feedback hold the same fields. One that is too long for the reporter's page
to read must not stop a clock.
"""

from casework.domain.errors import Problem
from casework.domain.events import MESSAGE_KINDS, MessageWritten, Record
from casework.domain.records import Choice, FieldType, RecordField, record_problem
from casework.domain.sizes import size_problem
from casework.domain.text import Text

_TEXT = RecordField("text", FieldType.LONG_TEXT, Text("Bericht aan de melder", "Message to the reporter"))

FEEDBACK_FIELDS: tuple[RecordField, ...] = (
    RecordField(
        "assessment",
        FieldType.LONG_TEXT,
        Text("Beoordeling", "Assessment"),
        Text("Wat vindt het meldpunt van de melding?", "What does the desk make of the report?"),
    ),
    RecordField(
        "follow_up",
        FieldType.CHOICE,
        Text("Opvolging", "Follow-up"),
        choices=(
            Choice("some", Text("Er is of komt opvolging", "There is or will be follow-up")),
            Choice("none", Text("Geen opvolging", "No follow-up")),
        ),
    ),
    RecordField(
        "follow_up_text",
        FieldType.LONG_TEXT,
        Text("Welke opvolging, of waarom geen", "Which follow-up, or why none"),
    ),
    RecordField("grounds", FieldType.LONG_TEXT, Text("Gronden", "Grounds")),
    RecordField(
        "final",
        FieldType.YES_NO,
        Text("Is dit de eindterugkoppeling?", "Is this the final feedback?"),
        Text(
            "Kies nee voor een tussentijds bericht; de eindterugkoppeling blijft dan open.",
            "Choose no for an interim message; final feedback then stays open.",
        ),
    ),
    _TEXT,
)


def message_problem(message: MessageWritten) -> Problem | None:
    """Return what is wrong with a message, by its kind, or None."""
    if message.kind not in MESSAGE_KINDS:
        return Problem("unknown_kind", Text("Dit soort bericht bestaat niet.", "There is no such kind of message."))
    if message.kind != "feedback":
        problem = record_problem((_TEXT,), {"text": message.text}, None) or _feedback_only(message)
    else:
        problem = record_problem(FEEDBACK_FIELDS, _feedback_record(message), None)
    return problem or size_problem(message)


def _feedback_record(message: MessageWritten) -> Record:
    return {
        "assessment": message.assessment,
        "follow_up": message.follow_up,
        "follow_up_text": message.follow_up_text,
        "grounds": message.grounds,
        "final": message.final,
        "text": message.text,
    }


def _feedback_only(message: MessageWritten) -> Problem | None:
    if any((message.assessment, message.follow_up, message.follow_up_text, message.grounds, message.final)):
        return Problem(
            "not_feedback",
            Text(
                "Beoordeling en opvolging horen in een terugkoppeling.",
                "Assessment and follow-up belong in feedback.",
            ),
        )
    return None
