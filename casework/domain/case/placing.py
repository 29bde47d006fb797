# SPDX-License-Identifier: EUPL-1.2
"""Whether a written message can have reached the reporter in that way and on that day.

Placing stops the clocks of the Wbk (2(2)(h) and (i)), so nobody may choose its day: not before the report arrived, not
before the message was written, and not after the day on which the placing was recorded. A reporter who has no mailbox,
or deleted it, is told by letter or by word of mouth, and that is noted afterwards: then the day may lie before the
note, but not before the deletion.
"""

from datetime import date, timedelta

from casework.domain.case.events import MessagePlaced
from casework.domain.case.state import Message, Report
from casework.domain.case.vocabulary import WAYS
from casework.domain.errors import Problem
from casework.domain.problems import NO_MAILBOX, NO_MAILBOX_ENTRY, UNKNOWN_VALUE
from casework.domain.text import Text

PLACING_DAY = Problem(
    "placing_day",
    Text(
        "Op deze dag kan het bericht niet zijn verstuurd: de dag ligt vóór de ontvangst van de melding, vóór het "
        "schrijven van het bericht, of in de toekomst. Er stopt geen termijn. Leg vast op welke dag het echt is "
        "verstuurd.",
        "The message cannot have been sent on this day: it lies before the receipt of the report, before the message "
        "was written, or in the future. No term stops. Record the day on which it was really sent.",
    ),
)
TOLD_AFTERWARDS = Problem(
    "told_afterwards",
    Text(
        "De melder kreeg op tijd bericht, zo is pas ná de termijn vastgelegd. Bewaar wat dat bewijst: de brief, de "
        "e-mail of de notitie van het gesprek.",
        "The reporter was told in time, it was recorded only after the term. Keep what proves it: the letter, the "
        "e-mail or the note of the conversation.",
    ),
)
# The intake dates what stands in a mailbox; between its clock and a member's one day is allowed, as everywhere.
_SLACK = timedelta(days=1)


def placing_problem(report: Report, message: Message, placed: MessagePlaced, recorded: date) -> Problem | None:
    """Return why a message cannot have been placed so, or None; `recorded` is the day of the entry that says it."""
    if placed.way not in WAYS:
        return UNKNOWN_VALUE
    in_mailbox = placed.way == "mailbox"
    if in_mailbox and report.received.mailbox is None:
        return NO_MAILBOX
    if in_mailbox and (placed.seq is None or placed.head is None):
        return NO_MAILBOX_ENTRY
    written = message.day if in_mailbox or report.has_mailbox else report.deleted or date.min
    first, last, day = max(report.received.received, written), recorded, placed.placed
    # Differences, not sums: a day at either end of the calendar has no neighbour.
    too_far = _SLACK if in_mailbox else timedelta()
    return PLACING_DAY if first - day > too_far or day - last > too_far else None


def told_afterwards(message: Message, due: date) -> bool:
    """Say whether a member recorded only after `due` that a message reached the reporter by then, not in a mailbox."""
    placed = message.placed
    return placed is not None and placed.way != "mailbox" and placed.placed <= due < message.day
