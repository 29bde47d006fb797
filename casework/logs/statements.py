# SPDX-License-Identifier: EUPL-1.2
"""What a reporter's message does, read from its signed answers (FORMAT.md section 7.2).

Answers that do not have the form of their kind make a message of it: nothing that somebody wrote is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from crypto.statements import BLANK, Message, Report

_VERDICTS = {"agree": "transcript_agreed", "disagree": "transcript_disagreed", "correct": "transcript_corrected"}
_CONTACT = {"name", "reach"}


@dataclass(frozen=True, slots=True)
class Contact:
    """How a reporter wants to be reached, in their own words; hostile until escaped."""

    name: str
    reach: str


def kind_of(message: Message) -> str:
    """Return what a message does, one of `domain.vocabulary.RECEIVED_KINDS`."""
    match message.kind:
        case "answer" | "files":
            return message.kind
        case "contact":
            return _contact_kind(message.answers)
        case "withdrawal" if message.answers.keys() <= {"reason"}:
            return "withdrawal"
        case "transcript" if message.about is not None:
            return _verdict_kind(message.answers)
    return "message"


def asks_for_meeting(report: Report) -> bool:
    """Tell whether a report asks for a conversation (section 7.1)."""
    return report.answers.get("talk") == "yes"


def contact_of(message: Message) -> Contact | None:
    """Return the contact details that a message gives; None where it gives none, or takes them back."""
    return Contact(**message.answers) if kind_of(message) == "contact" else None


def contact_in(answers: Mapping[str, str]) -> Contact | None:
    """Return the contact details among a report's answers (section 7.1), or None where there are none."""
    found = Contact(answers.get("name", ""), answers.get("reach", ""))
    return None if _is_blank(found.name + found.reach) else found


def without_contact(answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that tell the story: whoever reads that need not read who told it."""
    return {name: text for name, text in answers.items() if name not in _CONTACT}


def _contact_kind(answers: Mapping[str, str]) -> str:
    if answers.keys() != _CONTACT:
        return "message"
    return "contact_withdrawn" if all(_is_blank(text) for text in answers.values()) else "contact"


def _verdict_kind(answers: Mapping[str, str]) -> str:
    verdict, text = answers.get("verdict", ""), answers.get("text", "")
    if not answers.keys() <= {"verdict", "text"} or (verdict == "correct" and _is_blank(text)):
        return "message"
    return _VERDICTS.get(verdict, "message")


def _is_blank(text: str) -> bool:
    return not text.strip(BLANK)
