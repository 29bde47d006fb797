# SPDX-License-Identifier: EUPL-1.2
"""What reporters told of a case, as the interfaces show it: the words are theirs, and hostile until escaped."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.domain.case.events import DecisionTaken
from casework.domain.case.transcripts import TranscriptState
from casework.logs.statements import Contact


@dataclass(frozen=True, slots=True)
class ReportText:
    """A report as its reporter signed it: `answers` from question names (`what`, `when`, …) to texts.

    `number` is that of a letter's locked file, which its sender may have written down; empty for other reports.
    """

    report: str
    received: date
    channel: str
    language: str
    answers: Mapping[str, str]
    sealed_to: tuple[str, ...]
    excluded: tuple[str, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """How a reporter wants to be reached since `day`; `details` is None where they took it back."""

    report: str
    day: date
    details: Contact | None


@dataclass(frozen=True, slots=True)
class Transcript:
    """A written account as the reporter was offered it, and what they said of it since: neither replaces the other.

    `remark` is the corrected account where the state is corrected, else what the reporter added to the verdict.
    """

    message: str
    text: str
    placed: date | None
    answer_by: date | None
    state: TranscriptState
    answered: date | None
    remark: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A report that its reporter withdrew, and what a member decided about it, if anybody did."""

    report: str
    day: date
    reason: str
    decision: DecisionTaken | None


@dataclass(frozen=True, slots=True)
class Deletion:
    """A report whose reporter deleted the mailbox on `day`."""

    report: str
    day: date
