# SPDX-License-Identifier: EUPL-1.2
"""The clock of a disclosure in danger: what one member told at once, two others review within 72 hours."""

from datetime import date

from casework.domain.terms.calendar import DUTCH_CALENDAR, StatutoryCalendar
from casework.domain.terms.hours import disclosure_review_due
from casework.domain.terms.term import Clock, Length, Term, TermKind, TermRule, TermUnit, read_clock
from casework.domain.text import Text

DISCLOSURE_REVIEW = "disclosure_review"

_TITLE = Text("Nakijken: ingelicht wegens levensgevaar", "Review: told outside because of danger to life")
_BASIS = Text(
    "Norm van dit programma: twee andere leden kijken dit binnen 72 uur na. Alleen de dag is bekend. Daarom "
    "telt de laatste hele dag die zeker binnen die 72 uur valt.",
    "This tool's default: two other members review the disclosure within 72 hours. Only the day is known, so the last "
    "whole day counts that surely lies within those 72 hours.",
)
_STARTED_BY = Text("Een lid lichtte 112 of een dienst in.", "A member told 112 or a service.")
_STOPS_WHEN = Text(
    "Twee andere leden hebben hun oordeel vastgelegd, of één als geen ander vrij is.",
    "Two other members have recorded their judgement, or one where no other is free.",
)


def disclosure_clock(
    made: date, reviewed: date | None, today: date, calendar: StatutoryCalendar = DUTCH_CALENDAR
) -> Clock:
    """Return how the review of a disclosure made on `made` stands; `reviewed` is the day of the second judgement."""
    days = Length((disclosure_review_due(made) - made).days, TermUnit.DAYS)
    rule = TermRule(days, TermKind.DEFAULT, _BASIS)
    term = Term(DISCLOSURE_REVIEW, None, _TITLE, rule, made, _STARTED_BY, _STOPS_WHEN)
    return read_clock(term, reviewed, today, calendar)
