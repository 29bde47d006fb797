# SPDX-License-Identifier: EUPL-1.2
"""The clocks of the Wet bescherming klokkenluiders: two for every report, a third where a conversation is asked for.

They belong to the report, whatever becomes of the case, and are law: no protocol file can lengthen them.

Acknowledgement: 7 days from receipt. Feedback: 3 months from the placing of the acknowledgement; where
none was placed in time, from the end of the 7 days.
"""

from datetime import date
from typing import NamedTuple

from casework.domain.terms.calendar import DUTCH_CALENDAR, StatutoryCalendar
from casework.domain.terms.free_days import FreeDayRule
from casework.domain.terms.term import Clock, Length, Term, TermKind, TermRule, TermUnit, read_clock, term_end
from casework.domain.text import Text

ACKNOWLEDGEMENT = "acknowledgement"
FEEDBACK = "feedback"
MEETING = "meeting"

ACKNOWLEDGEMENT_RULE = TermRule(
    Length(7, TermUnit.DAYS),
    TermKind.LAW,
    Text(
        "Wet bescherming klokkenluiders, artikel 2, tweede lid, onder h",
        "Dutch Whistleblower Protection Act (Wbk), article 2(2)(h)",
    ),
    FreeDayRule.PERHAPS_ATW,
)
FEEDBACK_RULE = TermRule(
    Length(3, TermUnit.MONTHS),
    TermKind.LAW,
    Text(
        "Wet bescherming klokkenluiders, artikel 2, tweede lid, onder i",
        "Dutch Whistleblower Protection Act (Wbk), article 2(2)(i)",
    ),
    FreeDayRule.PERHAPS_ATW,
)

CLOCK_RULES = {ACKNOWLEDGEMENT: ACKNOWLEDGEMENT_RULE, FEEDBACK: FEEDBACK_RULE}
"""The rules of the clocks that a step of a protocol can answer."""
MEETING_RULE = TermRule(
    Length(10, TermUnit.WORKDAYS),
    TermKind.DEFAULT,
    Text(
        "Wet bescherming klokkenluiders, artikel 2, tweede lid, onder c: een gesprek binnen een redelijke termijn. "
        "Tien werkdagen voor een voorstel is de norm van dit programma.",
        "Dutch Whistleblower Protection Act (Wbk), article 2(2)(c): a meeting within a reasonable time. Ten working "
        "days for a proposal is this tool's default.",
    ),
)

_TITLES = {
    ACKNOWLEDGEMENT: Text("Ontvangstbevestiging", "Acknowledgement of receipt"),
    FEEDBACK: Text("Terugkoppeling aan de melder", "Feedback to the reporter"),
    MEETING: Text("Voorstel voor een gesprek", "Proposal for a conversation"),
}
_STOPS = {
    ACKNOWLEDGEMENT: Text(
        "De ontvangstbevestiging staat in de postbus van de melder, of is anders gegeven.",
        "The acknowledgement stands in the reporter's mailbox, or was given another way.",
    ),
    FEEDBACK: Text(
        "Een terugkoppeling met beoordeling en opvolging staat in de postbus van de melder, of is anders gegeven.",
        "Feedback with assessment and follow-up stands in the reporter's mailbox, or was given another way.",
    ),
    MEETING: Text(
        "Een bericht met een voorstel voor het gesprek staat in de postbus van de melder.",
        "A message that proposes the conversation stands in the reporter's mailbox.",
    ),
}
_BY_RECEIPT = Text("Ontvangst van de melding.", "Receipt of the report.")
_BY_ACKNOWLEDGEMENT = Text("Plaatsing van de ontvangstbevestiging.", "The acknowledgement was placed.")
_BY_END_OF_TERM = Text(
    "Einde van de termijn van zeven dagen: er was toen nog geen ontvangstbevestiging.",
    "End of the seven-day term: no acknowledgement had been placed by then.",
)


class ReportFacts(NamedTuple):
    """What the clocks of one report need to know; days are Europe/Amsterdam's.

    `acknowledged` and `feedback` are the days of the first placing; `feedback_impossible` says that it
    was decided, with reasons, that this reporter cannot be reached. `meeting` says that the reporter asked for a
    conversation, `meeting_proposed` on which day the first proposal was placed. `deleted` says that the reporter
    deleted the mailbox, so that nothing reaches them; whether feedback is impossible, people still decide.
    """

    report: str
    received: date
    acknowledged: date | None
    feedback: date | None
    feedback_impossible: bool = False
    meeting: bool = False
    meeting_proposed: date | None = None
    deleted: bool = False


def acknowledgement_clock(facts: ReportFacts, today: date, calendar: StatutoryCalendar = DUTCH_CALENDAR) -> Clock:
    """Return the seven-day clock of a report as it stands on `today`."""
    term = _term(ACKNOWLEDGEMENT, facts.report, ACKNOWLEDGEMENT_RULE, facts.received, _BY_RECEIPT)
    return read_clock(term, facts.acknowledged, today, calendar, excused=facts.deleted or facts.feedback_impossible)


def feedback_clock(facts: ReportFacts, today: date, calendar: StatutoryCalendar = DUTCH_CALENDAR) -> Clock:
    """Return the three-month clock of a report; interim feedback stops it as final feedback does (T30)."""
    term = _term(FEEDBACK, facts.report, FEEDBACK_RULE, *_feedback_start(facts))
    return read_clock(term, facts.feedback, today, calendar, excused=facts.feedback_impossible)


def meeting_clock(facts: ReportFacts, today: date, calendar: StatutoryCalendar = DUTCH_CALENDAR) -> Clock | None:
    """Return the clock of a proposal for the conversation that the reporter asked for, or None (fact O03)."""
    if not facts.meeting:
        return None
    term = _term(MEETING, facts.report, MEETING_RULE, facts.received, _BY_RECEIPT)
    return read_clock(term, facts.meeting_proposed, today, calendar, excused=facts.deleted)


def _term(name: str, report: str, rule: TermRule, started: date, by: Text) -> Term:
    return Term(name, report, _TITLES[name], rule, started, by, _STOPS[name])


def _feedback_start(facts: ReportFacts) -> tuple[date, Text]:
    """A late acknowledgement must not lengthen the term (T28), nor an early one precede the receipt."""
    end_of_seven_days, _ = term_end(facts.received, ACKNOWLEDGEMENT_RULE.length)
    if facts.acknowledged is None or facts.acknowledged > end_of_seven_days:
        return end_of_seven_days, _BY_END_OF_TERM
    return max(facts.acknowledged, facts.received), _BY_ACKNOWLEDGEMENT
