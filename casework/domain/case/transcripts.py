# SPDX-License-Identifier: EUPL-1.2
"""The written accounts that the reporter was offered to check, correct and agree to (Directive (EU) 2019/1937, 18).

An account is never changed: a correction stands beside it, and a better account is another offer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.domain.case.events import MessageReceived
from casework.domain.case.state import Case, Message
from casework.domain.terms.term import Length, TermUnit, term_end

ANSWER_TERM = Length(2, TermUnit.WEEKS)
"""After this an offer counts as unanswered; an answer that comes later still counts. This tool's default."""


class TranscriptState(StrEnum):
    """How the reporter met an account (fact O02)."""

    OFFERED = "offered"
    CORRECTED = "corrected"
    AGREED = "agreed"
    DISAGREED = "disagreed"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class TranscriptView:
    """An offered account; `verdict` is the newest that the reporter gave about it, `answer_by` None before placing."""

    offer: Message
    state: TranscriptState
    verdict: MessageReceived | None
    answer_by: date | None


_VERDICTS = {
    "transcript_agreed": TranscriptState.AGREED,
    "transcript_disagreed": TranscriptState.DISAGREED,
    "transcript_corrected": TranscriptState.CORRECTED,
}


def transcripts(case: Case, today: date) -> tuple[TranscriptView, ...]:
    """Return every account that was written for a reporter, in the order of the case log, as it stands on `today`."""
    offers = [message for message in case.messages.values() if message.written.kind == "transcript"]
    verdicts = _newest_verdicts(case) if offers else {}
    return tuple(_view(offer, verdicts, today) for offer in offers)


def _view(offer: Message, verdicts: Mapping[tuple[str, str | None], MessageReceived], today: date) -> TranscriptView:
    if offer.placed is None:
        return TranscriptView(offer, TranscriptState.OFFERED, None, None)
    answer_by, _ = term_end(offer.placed.placed, ANSWER_TERM)
    verdict = verdicts.get((offer.written.report, offer.placed.head))
    if verdict:
        return TranscriptView(offer, _VERDICTS[verdict.kind], verdict, answer_by)
    state = TranscriptState.OFFERED if today <= answer_by else TranscriptState.NO_ANSWER
    return TranscriptView(offer, state, None, answer_by)


def _newest_verdicts(case: Case) -> dict[tuple[str, str | None], MessageReceived]:
    """Return by report, and by the head of the mailbox entry that it is about, what a reporter said last of it."""
    told = (said for report in case.reports.values() for _, said in sorted(report.follow_ups.items()))
    return {(said.report, said.about): said for said in told if said.kind in _VERDICTS}
