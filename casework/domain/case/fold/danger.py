# SPDX-License-Identifier: EUPL-1.2
"""What was told outside because of a danger to life, and who judged that since."""

from casework.domain.case.disclosures import review_problem
from casework.domain.case.events import DisclosureMade, DisclosureReviewed, Entry
from casework.domain.case.fold.effect import Effects
from casework.domain.case.state import Case, Disclosure
from casework.domain.case.vocabulary import JUDGEMENTS
from casework.domain.errors import Problem
from casework.domain.problems import NO_DISCLOSURE, TWICE, UNKNOWN_VALUE


def _disclosure_made(case: Case, entry: Entry, event: DisclosureMade) -> Problem | None:
    if event.disclosure in case.disclosures:
        return TWICE
    case.disclosures[event.disclosure] = Disclosure(event, entry.author)
    return None


def _disclosure_reviewed(case: Case, entry: Entry, event: DisclosureReviewed) -> Problem | None:
    disclosure = case.disclosures.get(event.disclosure)
    if disclosure is None:
        return NO_DISCLOSURE
    if event.judgement not in JUDGEMENTS:
        return UNKNOWN_VALUE
    problem = review_problem(case, disclosure, entry.author, event)
    if not problem:
        disclosure.reviews = [*(one for one in disclosure.reviews if one.author != entry.author), entry]
    return problem


EFFECTS: Effects = {
    DisclosureMade: _disclosure_made,
    DisclosureReviewed: _disclosure_reviewed,
}
