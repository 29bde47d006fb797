# SPDX-License-Identifier: EUPL-1.2
"""How the disclosures in danger to life stand: who judged them, and until when others may.

One member acts alone, because a life cannot wait. Two others look at it afterwards, so that nobody can use danger as a
way round the secrecy of a report (Wbk 1a). A small desk may have only one other who is free: that member judges it
alone and says why, and the case shows it. Where nobody else is free, a substitute has to come.
"""

from dataclasses import dataclass
from datetime import date

from casework.domain.case.events import DisclosureReviewed, Entry
from casework.domain.case.state import Case, Disclosure
from casework.domain.errors import Problem
from casework.domain.problems import OWN_DISCLOSURE, TWICE
from casework.domain.terms.calendar import DUTCH_CALENDAR, StatutoryCalendar
from casework.domain.terms.disclosure_clock import disclosure_clock
from casework.domain.terms.term import Clock
from casework.domain.text import Text

REVIEWERS = 2


@dataclass(frozen=True, slots=True)
class DisclosureView:
    """A disclosure, and the clock of its review."""

    disclosure: Disclosure
    clock: Clock


ANOTHER_IS_FREE = Problem(
    "another_is_free",
    Text(
        "Er is nog een lid dat geen belang heeft gemeld en dit kan nakijken. Laat ‘waarom alleen’ leeg, en vraag dat "
        "lid om ook te oordelen.",
        "There is another member who declared no interest and can judge this. Leave ‘why alone’ empty, and ask that "
        "member to judge it too.",
    ),
)
REVIEWED_ALONE = Problem(
    "reviewed_alone",
    Text(
        "Een lid lichtte 112 of een dienst in wegens levensgevaar. Maar één ander lid kon dat nakijken; de reden staat "
        "erbij. Leg het zo mogelijk ook voor aan iemand buiten de commissie, zoals de vervanger.",
        "A member told 112 or a service of a danger to life. Only one other member could judge that; the reason stands "
        "with it. If possible, put it before somebody outside the committee as well, such as the substitute.",
    ),
)


def reviewed_on(disclosure: Disclosure) -> date | None:
    """Return the day on which enough other members had judged a disclosure, whatever they judged, or None."""
    for count, review in enumerate(disclosure.reviews, start=1):
        if count == REVIEWERS or _says_why_alone(review):
            return review.day
    return None


def is_reviewed(disclosure: Disclosure) -> bool:
    """Tell whether enough other members judged a disclosure, whatever they judged."""
    return reviewed_on(disclosure) is not None


def is_reviewed_alone(disclosure: Disclosure) -> bool:
    """Tell whether one member judged a disclosure, because no second could."""
    return is_reviewed(disclosure) and len(disclosure.reviews) < REVIEWERS


def review_problem(case: Case, disclosure: Disclosure, author: str, review: DisclosureReviewed) -> Problem | None:
    """Return why a judgement does not count, or None. Who gave one can give it once more, to say why it is alone."""
    if author == disclosure.author:
        return OWN_DISCLOSURE
    alone = bool(review.alone.strip())
    if any(one.author == author and (_says_why_alone(one) or not alone) for one in disclosure.reviews):
        return TWICE
    others = case.free_members - {author, disclosure.author}
    return ANOTHER_IS_FREE if alone and others else None


def _says_why_alone(review: Entry) -> bool:
    return isinstance(review.event, DisclosureReviewed) and bool(review.event.alone.strip())


def disclosures(case: Case, today: date, calendar: StatutoryCalendar = DUTCH_CALENDAR) -> tuple[DisclosureView, ...]:
    """Return every disclosure of a case as it stands on `today`, in the order of the case log."""
    return tuple(_view(disclosure, today, calendar) for disclosure in case.disclosures.values())


def _view(disclosure: Disclosure, today: date, calendar: StatutoryCalendar) -> DisclosureView:
    clock = disclosure_clock(disclosure.made.made, reviewed_on(disclosure), today, calendar)
    return DisclosureView(disclosure, clock)
