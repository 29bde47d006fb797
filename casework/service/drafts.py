# SPDX-License-Identifier: EUPL-1.2
"""What a member is about to write to a reporter: the command for a draft, and the acknowledgement's standard words."""

from datetime import date

from casework.domain.case.commands import WriteMessage
from casework.domain.case.events import Attached
from casework.domain.case.state import Case
from casework.domain.terms.report_clocks import feedback_clock
from casework.errors import UnknownCaseError
from casework.i18n import Translator
from casework.names import random_name
from casework.views.drafts import MessageDraft
from crypto.unseal import verify_report


def write_command(member: str, case: Case, draft: MessageDraft, attachments: tuple[Attached, ...]) -> WriteMessage:
    """Return the command that writes a draft, with a message id of its own."""
    return WriteMessage(
        by=member,
        message=random_name(),
        report=draft.report or next(iter(case.reports), ""),
        kind=draft.kind,
        text=draft.text,
        assessment=draft.assessment,
        follow_up=draft.follow_up,
        follow_up_text=draft.follow_up_text,
        grounds=draft.grounds,
        final=draft.final,
        consent=draft.consent,
        proposes_meeting=draft.proposes_meeting,
        attachments=attachments,
    )


def acknowledgement(case: Case, today: date) -> str:
    """Return the standard words of the acknowledgement, in the reporter's language."""
    report = case.first_report
    if report is None or report.received.statement is None:
        raise UnknownCaseError("This case has no report with a mailbox, so there is nobody to acknowledge it to here.")
    language = verify_report(report.received.statement.encode()).language
    say = Translator("nl" if language.startswith("nl") else "en")
    due = feedback_clock(report.facts._replace(acknowledged=report.acknowledged or today), today).due
    return say(
        "We received your report on {received}. You will hear from us by {due} at the latest what we do with it. "
        "Come back with your eight words: we may have questions.",
        received=say.day(report.received.received),
        due=say.day(due),
    )
