# SPDX-License-Identifier: EUPL-1.2
"""How the disclosures in danger to life stand: who judged them, and until when others may.

One member acts alone, because a life cannot wait. Two others look at it afterwards, so that nobody can use danger as a
way round the secrecy of a report (Wbk 1a).
"""

from dataclasses import dataclass
from datetime import date

from casework.domain.case.state import Case, Disclosure
from casework.domain.terms.calendar import DUTCH_CALENDAR, StatutoryCalendar
from casework.domain.terms.disclosure_clock import disclosure_clock
from casework.domain.terms.term import Clock

REVIEWERS = 2


@dataclass(frozen=True, slots=True)
class DisclosureView:
    """A disclosure, and the clock of its review."""

    disclosure: Disclosure
    clock: Clock


def is_reviewed(disclosure: Disclosure) -> bool:
    """Tell whether enough other members judged a disclosure, whatever they judged."""
    return len(disclosure.reviews) >= REVIEWERS


def disclosures(case: Case, today: date, calendar: StatutoryCalendar = DUTCH_CALENDAR) -> tuple[DisclosureView, ...]:
    """Return every disclosure of a case as it stands on `today`, in the order of the case log."""
    return tuple(_view(disclosure, today, calendar) for disclosure in case.disclosures.values())


def _view(disclosure: Disclosure, today: date, calendar: StatutoryCalendar) -> DisclosureView:
    reviewed = disclosure.reviews[REVIEWERS - 1].day if is_reviewed(disclosure) else None
    return DisclosureView(disclosure, disclosure_clock(disclosure.made.made, reviewed, today, calendar))
