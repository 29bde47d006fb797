# SPDX-License-Identifier: EUPL-1.2
"""What a written message must hold before anybody may place it.

Feedback tells the assessment and, where there is any, the follow-up (Wbk 2(2)(i)); "no follow-up" needs a
reason (fact T31). Interim and final feedback hold the same fields. A recording goes with a transcript only where
consent to it is recorded (fact O01). A message that is too long for the reporter's page to read must not stop a clock.
"""

from casework.domain.case.events import MessageWritten, Record
from casework.domain.case.record_check import RecordCheck
from casework.domain.case.records import Choice, FieldType, RecordField
from casework.domain.case.sizes import size_problem
from casework.domain.case.vocabulary import MESSAGE_KINDS
from casework.domain.errors import Problem
from casework.domain.problems import CONSENT_ELSEWHERE, NO_CONSENT, PROPOSAL_ELSEWHERE, TOO_MANY_FILES
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


TRANSCRIPT_FIELDS: tuple[RecordField, ...] = (
    RecordField(
        "text",
        FieldType.LONG_TEXT,
        Text("Verslag van het gesprek", "Written account of the conversation"),
        Text(
            "De melder kan het verslag verbeteren en zegt of het klopt.",
            "The reporter can correct the account, and says whether it is right.",
        ),
    ),
    RecordField(
        "consent",
        FieldType.LONG_TEXT,
        Text("Toestemming voor een opname", "Consent to a recording"),
        Text(
            "Alleen als het gesprek is opgenomen: wie gaf toestemming, wanneer en hoe? De melder ziet dit niet.",
            "Only if the conversation was recorded: who consented, when and how? The reporter does not see this.",
        ),
        required=False,
    ),
)
MEETING_FIELD = RecordField(
    "proposes_meeting",
    FieldType.YES_NO,
    Text("Stelt u hier een gesprek voor?", "Do you propose a conversation here?"),
    Text(
        "De melder vroeg om een gesprek. Kies ja als dit bericht zegt wanneer en hoe dat kan.",
        "The reporter asked for a conversation. Choose yes if this message says when and how that can be.",
    ),
)
MAY_PROPOSE = ("question", "message")
MAX_ATTACHMENTS = 16
"""Of one message (FORMAT.md section 7.5)."""
_RECORDED = ("audio/", "video/")
_TEXT_CHECK = RecordCheck((_TEXT,), None)
_FEEDBACK_CHECK = RecordCheck(FEEDBACK_FIELDS, None)


def message_problem(message: MessageWritten) -> Problem | None:
    """Return what is wrong with a message, by its kind, or None."""
    if message.kind not in MESSAGE_KINDS:
        return Problem("unknown_kind", Text("Dit soort bericht bestaat niet.", "There is no such kind of message."))
    if message.kind != "feedback":
        problem = _TEXT_CHECK.problem({"text": message.text}) or _feedback_only(message)
    else:
        problem = _FEEDBACK_CHECK.problem(_feedback_record(message))
    return problem or _attachments_problem(message) or size_problem(message)


def _attachments_problem(message: MessageWritten) -> Problem | None:
    if len(message.attachments) > MAX_ATTACHMENTS:
        return TOO_MANY_FILES
    recorded = any(file.type.lower().startswith(_RECORDED) for file in message.attachments)
    if message.kind == "transcript" and recorded and not message.consent.strip():
        return NO_CONSENT
    if message.kind != "transcript" and message.consent:
        return CONSENT_ELSEWHERE
    if message.proposes_meeting and message.kind not in MAY_PROPOSE:
        return PROPOSAL_ELSEWHERE
    return None


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
