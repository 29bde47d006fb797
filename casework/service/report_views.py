# SPDX-License-Identifier: EUPL-1.2
"""What reporters told, as views: read from the statements that they signed."""

from casework.domain.case.events import DecisionTaken, MessageReceived, ReportReceived
from casework.domain.case.state import Case, Report
from casework.domain.case.transcripts import TranscriptView
from casework.logs.evidence import LETTER, read_message
from casework.logs.statements import contact_in, contact_of, without_contact
from casework.views.reports import ContactDetails, ReportText, Transcript, Withdrawal
from crypto.encoding import b64decode
from crypto.handover import letter_number
from crypto.statements import Message
from crypto.unseal import verify_report


def report_text(report: Report) -> ReportText:
    """Return a report in its reporter's words, or in those of the member who wrote it down."""
    received = report.received
    if received.statement is None:
        answers = {"what": received.account or ""}
        number = letter_number(b64decode(received.ciphertext_hash or "")) if _is_letter(received) else ""
        return ReportText(received.report, received.received, received.channel, "", answers, (), (), number)
    signed = verify_report(received.statement.encode())
    return ReportText(
        received.report,
        received.received,
        received.channel,
        signed.language,
        without_contact(signed.answers),
        signed.sealed_to,
        signed.excluded,
    )


def _is_letter(received: ReportReceived) -> bool:
    return received.channel == LETTER and received.part_of is None


def contact(report: Report) -> ContactDetails | None:
    """Return how the reporter wants to be reached by now; None where nothing was ever said of it."""
    name = report.received.report
    given = [event for _, event in sorted(report.follow_ups.items()) if event.kind in ("contact", "contact_withdrawn")]
    if given:
        return ContactDetails(name, given[-1].received, contact_of(signed_message(report, given[-1])))
    if report.received.statement is None:
        return None
    first = contact_in(verify_report(report.received.statement.encode()).answers)
    return ContactDetails(name, report.received.received, first) if first else None


def withdrawal(report: Report) -> Withdrawal | None:
    """Return that the reporter withdrew the report, if so, and what was decided about it."""
    event = report.withdrawn.event if report.withdrawn else None
    if not isinstance(event, MessageReceived):
        return None
    decided = report.withdrawal_decided.event if report.withdrawal_decided else None
    decision = decided if isinstance(decided, DecisionTaken) else None
    reason = signed_message(report, event).answers.get("reason", "")
    return Withdrawal(report.received.report, event.received, reason, decision)


def transcript(case: Case, view: TranscriptView) -> Transcript:
    """Return a written account as it was offered, and what the reporter made of it."""
    written, verdict = view.offer.written, view.verdict
    remark = signed_message(case.reports[written.report], verdict).answers.get("text", "") if verdict else ""
    placed = view.offer.placed.placed if view.offer.placed else None
    answered = verdict.received if verdict else None
    return Transcript(written.message, written.text, placed, view.answer_by, view.state, answered, remark)


def signed_message(report: Report, event: MessageReceived) -> Message:
    """Return a follow-up as its reporter signed it."""
    return read_message(event.statement, verify_report((report.received.statement or "").encode()))
