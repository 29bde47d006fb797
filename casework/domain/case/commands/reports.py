# SPDX-License-Identifier: EUPL-1.2
"""Taking in reports and what their reporters add."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.domain.case.events import ReportReceived


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Open a case with a report; `number` and `title` are for the register line."""

    by: str
    report: ReportReceived
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class RegisterCase:
    """Give the register line another number or working title."""

    by: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class ReceiveMessage:
    """Take in a follow-up that the reporter put in the mailbox."""

    by: str
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
class ReceiveDeletion:
    """Take in that the reporter deleted the mailbox."""

    by: str
    report: str
    seq: int
    received: date
    statement: str
