# SPDX-License-Identifier: EUPL-1.2
"""What came in: reports, their place in the register, and what their reporters added."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReportReceived:
    """A report, as its reporter signed it or as a member wrote it down.

    `report` names it (the mailbox id where there is one). `received` is the day of arrival at the first
    receiver: the intake's day, the stamp on the letter, the day a manager was told (Wbk 2(2)(h)).
    `forwarded` is the day a first receiver passed it on. `statement` is the reporter's signed head,
    verbatim; `file_keys` maps the report to its file key (those of attachments stand in it). A report that came
    another way has an `account` instead. `receipt_is_ack` says that by the desk's policy the receipt on
    the page was the acknowledgement (fact T27). `meeting` says that the reporter asks for a conversation (fact O03).

    A case that was split off has the report once more: `part_of` is the case where its reporter, mailbox and clocks
    stay, and `account` is the part that a member took from it.
    """

    report: str
    mailbox: str | None
    channel: str
    received: date
    forwarded: date | None
    statement: str | None
    ciphertext_hash: str | None
    file_keys: Mapping[str, str]
    account: str | None
    receipt_is_ack: bool
    meeting: bool = False
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class CaseRegistered:
    """The register line got its number and a working title without names; the newest one holds."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class MessageReceived:
    """A follow-up of the reporter: entry `seq` of the mailbox log, whose head hashes to `head`.

    `kind`, one of `RECEIVED_KINDS`, is what the signed statement does (FORMAT.md section 7.2); `about` is the
    head of the mailbox entry that it answers, or None.
    """

    report: str
    seq: int
    head: str
    received: date
    statement: str
    ciphertext_hash: str
    file_keys: Mapping[str, str]
    kind: str
    about: str | None


@dataclass(frozen=True, slots=True)
class MailboxDeleted:
    """The reporter deleted the mailbox of a report: what the committee wrote is gone from it, and nothing can follow.

    `statement` is what the reporter signed, verbatim (FORMAT.md section 7.7), entry `seq` of the mailbox log.
    """

    report: str
    seq: int
    received: date
    statement: str
