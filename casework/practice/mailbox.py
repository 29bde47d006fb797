# SPDX-License-Identifier: EUPL-1.2
"""Imagined mailboxes: reporters who sign with invented keys, and places where messages arrive at once.

What a reporter says is signed for good, because the pages read it from the signed statement as they do in a real case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.domain.case.commands import PlaceMessage, ReceiveMessage
from casework.domain.case.events import ReportReceived
from casework.domain.case.state import Case, Report
from casework.logs.evidence import about_of
from casework.logs.statements import asks_for_meeting, kind_of
from casework.practice.committee import DESK, MEMBERS, invented
from crypto import statements
from crypto.encoding import b64decode, b64encode
from crypto.mailbox import MailboxKeys
from crypto.records import sign_record

_DOCUMENT = 1
_FIRST_FREE = 2
"""In a mailbox log the report has the first place."""


@dataclass(frozen=True, slots=True)
class Reporter:
    """The reporter of one story: keys, language, and which members may not read along."""

    keys: MailboxKeys
    language: str
    excluded: tuple[str, ...]

    @classmethod
    def of(cls, story: str, language: str, excluded: tuple[str, ...]) -> "Reporter":
        """Return the reporter of a story, with keys that follow from its name."""
        return cls(MailboxKeys.from_root(invented("reporter", story), DESK), language, excluded)

    def report(self, received: date, answers: Mapping[str, str]) -> ReportReceived:
        """Return the report as it came in by the page."""
        signed = statements.Report(
            desk=DESK,
            log=self.keys.log,
            prev=None,
            day=received,
            keys=self.keys.public,
            committee_seed=invented("committee", self.keys.log),
            answers=dict(answers),
            **self._common(),
        )
        return ReportReceived(
            report=self.keys.log,
            mailbox=self.keys.log,
            channel="web",
            received=received,
            forwarded=None,
            statement=sign_record(signed, self.keys.sign_seed).decode(),
            ciphertext_hash=_hash("report", self.keys.log),
            file_keys={"report": _hash("key", self.keys.log)},
            account=None,
            receipt_is_ack=False,
            meeting=asks_for_meeting(signed),
        )

    def says(
        self, case: Case, day: date, kind: str, answers: Mapping[str, str], *, by: str, about: str | None
    ) -> ReceiveMessage:
        """Return the command that takes in a message; `kind` is the signed one (FORMAT.md section 7.2)."""
        seq = _next_place(case, case.reports[self.keys.log])
        signed = statements.Message(
            desk=DESK,
            log=self.keys.log,
            seq=seq,
            prev=b64decode(head_at(self.keys.log, seq - 1)),
            day=day,
            answers=dict(answers),
            kind=kind,
            about=b64decode(about) if about else None,
            **self._common(),
        )
        return ReceiveMessage(
            by=by,
            report=self.keys.log,
            seq=seq,
            head=head_at(self.keys.log, seq),
            received=day,
            statement=sign_record(signed, self.keys.sign_seed).decode(),
            ciphertext_hash=_hash("message", self.keys.log, seq),
            file_keys={},
            kind=kind_of(signed),
            about=about_of(signed),
        )

    def _common(self) -> dict[str, Any]:
        sealed_to = tuple(sorted(member.id for member in MEMBERS if member.id not in self.excluded))
        return {
            "desk_version": _DOCUMENT,
            "desk_hash": invented("document"),
            "language": self.language,
            "sealed_to": sealed_to,
            "excluded": self.excluded,
            "recipients_hash": invented("recipients", *sealed_to),
        }


def placed(case: Case, message: str, day: date, *, by: str, way: str = "mailbox") -> PlaceMessage:
    """Return the command that places a written message; in a mailbox, at its next place."""
    report = case.reports[case.messages[message].written.report]
    if way != "mailbox" or report.received.mailbox is None:
        return PlaceMessage(by, message, way, day)
    seq = _next_place(case, report)
    return PlaceMessage(by, message, way, day, seq, head_at(report.received.mailbox, seq))


def head_at(mailbox: str, seq: int) -> str:
    """Return the invented head of a place in a mailbox log, b64."""
    return _hash("head", mailbox, seq)


def _next_place(case: Case, report: Report) -> int:
    answered = sum(
        1 for message in case.messages.values() if message.placed and message.written.report == report.received.report
    )
    return _FIRST_FREE + len(report.follow_ups) + answered


def _hash(*names: object) -> str:
    return b64encode(invented(*names))
