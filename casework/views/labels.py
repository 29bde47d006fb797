# SPDX-License-Identifier: EUPL-1.2
"""What the command line and the pages call the same things; each value is a msgid."""

from collections.abc import Mapping

from babel.numbers import format_decimal

from casework.domain.case.events import MessageReceived
from casework.domain.case.transcripts import TranscriptState
from casework.domain.text import Language
from casework.logs.file_state import FileState

RECEIVED: Mapping[str, str] = {
    "message": "Message from the reporter",
    "answer": "Answer from the reporter",
    "contact": "The reporter gave contact details",
    "contact_withdrawn": "The reporter took the contact details back",
    "withdrawal": "The reporter withdrew the report",
    "transcript_agreed": "The reporter agrees with the written account",
    "transcript_disagreed": "The reporter does not agree with the written account",
    "transcript_corrected": "The reporter corrected the written account",
    "files": "The reporter's files were sent",
}
_UNITS = ("B", "kB", "MB", "GB")
_THOUSAND = 1000
_OTHER = RECEIVED["message"]
TRANSCRIPT_STATES: Mapping[TranscriptState, str] = {
    TranscriptState.OFFERED: "offered",
    TranscriptState.CORRECTED: "corrected",
    TranscriptState.AGREED: "agreed",
    TranscriptState.DISAGREED: "not agreed",
    TranscriptState.NO_ANSWER: "no answer",
}
FILE_STATES: Mapping[FileState, str] = {
    FileState.ANNOUNCED: "announced, not all sent yet",
    FileState.SIGNED: "sent; whether all of it came shows at the next sync",
    FileState.INCOMPLETE: "not all there yet",
    FileState.WHOLE: "whole",
    FileState.DAMAGED: "damaged",
    FileState.NO_ROOM: "not sent: the mailbox has no room for it",
    FileState.DELETED: "deleted by the reporter, with the mailbox",
}
WITHDRAWAL_OUTCOMES: Mapping[str, str] = {
    "go_on": "The inquiry goes on",
    "end": "The case is ended as withdrawn by the reporter",
}
FEEDBACK_OUTCOMES: Mapping[str, str] = {
    "impossible": "Feedback is not possible",
    "possible": "Feedback is possible after all",
}
JUDGEMENTS: Mapping[str, str] = {
    "justified": "Justified",
    "not_justified": "Not justified",
}
FLAGS: Mapping[str, str] = {
    "minors": "Minors are involved",
    "criminal_offence": "Possibly a criminal offence",
}
"""What a flag of a record (`vocabulary.FLAGS`) says of the whole case."""
DELETED_MEANS = (
    "What you wrote is gone from it, files included, and stays readable here. The report stays, with everything that "
    "came with it. Nothing can be sent to the reporter this way any more."
)


def received_title(event: MessageReceived) -> str:
    """Return what a follow-up is called; one of a kind that does not count is a message."""
    return RECEIVED.get(event.kind, _OTHER)


def file_size(size: int, language: Language) -> str:
    """Return a number of bytes in the unit that people read it in."""
    unit, shown = 0, float(size)
    while shown >= _THOUSAND and unit < len(_UNITS) - 1:
        unit, shown = unit + 1, shown / _THOUSAND
    return f"{format_decimal(round(shown, 1), locale=language)} {_UNITS[unit]}"
