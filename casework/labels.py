# SPDX-License-Identifier: EUPL-1.2
"""What the command line and the pages call the same things; each value is a msgid."""

from collections.abc import Mapping

from casework.domain.events import MessageReceived
from casework.domain.transcripts import TranscriptState

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
_OTHER = RECEIVED["message"]
TRANSCRIPT_STATES: Mapping[TranscriptState, str] = {
    TranscriptState.OFFERED: "offered",
    TranscriptState.CORRECTED: "corrected",
    TranscriptState.AGREED: "agreed",
    TranscriptState.DISAGREED: "not agreed",
    TranscriptState.NO_ANSWER: "no answer",
}
WITHDRAWAL_OUTCOMES: Mapping[str, str] = {
    "go_on": "The inquiry goes on",
    "end": "The case is ended as withdrawn by the reporter",
}


def received_title(event: MessageReceived) -> str:
    """Return what a follow-up is called; one of a kind that does not count is a message."""
    return RECEIVED.get(event.kind, _OTHER)
