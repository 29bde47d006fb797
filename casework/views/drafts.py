# SPDX-License-Identifier: EUPL-1.2
"""What a member is about to write; no part of it is recorded yet."""

from dataclasses import dataclass

from casework.domain.case.events import Record


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """A message to the reporter before it is written; fields as in `domain.events.MessageWritten`.

    `report` is the report that it answers, None for the case's first. `files` are the blob ids that
    `desk_files.CaseFiles.attach` gave.
    """

    kind: str
    text: str
    assessment: str = ""
    follow_up: str = ""
    follow_up_text: str = ""
    grounds: str = ""
    final: bool = False
    consent: str = ""
    proposes_meeting: bool = False
    report: str | None = None
    files: tuple[str, ...] = ()

    @classmethod
    def from_record(cls, kind: str, record: Record, files: tuple[str, ...] = ()) -> "MessageDraft":
        """Return the draft that a filled-in form gives; a field that its kind lacks stays empty."""
        texts = {name: value for name, value in record.items() if isinstance(value, str)}
        return cls(
            kind=kind,
            text=texts.get("text", ""),
            assessment=texts.get("assessment", ""),
            follow_up=texts.get("follow_up", ""),
            follow_up_text=texts.get("follow_up_text", ""),
            grounds=texts.get("grounds", ""),
            final=record.get("final") is True,
            consent=texts.get("consent", ""),
            proposes_meeting=record.get("proposes_meeting") is True,
            files=files,
        )


@dataclass(frozen=True, slots=True)
class PartDraft:
    """A part of a report that gets a case of its own: what the report says of it, and the id of its protocol."""

    account: str
    title: str
    protocol: str
    reason: str
