# SPDX-License-Identifier: EUPL-1.2
"""Who can keep a member from a case, and who can let one in again.

Nobody handles a report with an interest in it (Awb 2:4; Directive (EU) 2019/1937, 9(1)(c)), and nobody judges their own
interest away. Nor can one member empty the committee: alone, one excludes one colleague who declared no interest; for
more, another member has to do it, or whoever has authority over the committee has to decide.
"""

from casework.domain.case.events import ConflictDeclared, MemberExcluded
from casework.domain.case.state import Case
from casework.domain.errors import Problem
from casework.domain.problems import NOT_OWN, TWICE
from casework.domain.text import Text

INTEREST_STANDS = Problem(
    "interest_stands",
    Text(
        "U hebt een belang gemeld. Dat blijft staan: alleen een ander lid kan, met een reden, besluiten dat u weer mag "
        "meedoen. Vraag het een collega.",
        "You declared an interest. That stands: only another member can decide, with a reason, that you may take part "
        "again. Ask a colleague.",
    ),
)
ALONE = Problem(
    "excluded_alone",
    Text(
        "U hebt in deze zaak al een ander lid uitgesloten. Nog een lid uitsluiten kan niemand alleen. Vraag een ander "
        "lid het te doen, of vul in wie erover besloot: de vervanger of het bevoegd gezag.",
        "You already excluded another member from this case. Nobody can exclude one more alone. Ask another member to "
        "do it, or fill in who decided it: the substitute or the authority.",
    ),
)
NOT_KEPT_OUT = Problem(
    "not_kept_out",
    Text("Niets houdt dit lid buiten deze zaak.", "Nothing keeps this member from this case."),
)
NOT_FOR_ONESELF = Problem(
    "not_for_oneself",
    Text(
        "Over uw eigen deelname besluit een ander lid.",
        "Whether you take part yourself, another member decides.",
    ),
)


def declaration_problem(case: Case, author: str, event: ConflictDeclared) -> Problem | None:
    """Return why a declaration does not count, or None."""
    if event.member != author:
        return NOT_OWN
    return INTEREST_STANDS if not event.conflict and case.has_interest(author) else None


def exclusion_problem(case: Case, author: str, event: MemberExcluded) -> Problem | None:
    """Return why an exclusion does not count, or None."""
    if event.member in case.excluded:
        return TWICE
    return ALONE if author in case.excluded_alone and is_alone(case, author, event) else None


def is_alone(case: Case, author: str, event: MemberExcluded) -> bool:
    """Say whether a member keeps out a colleague by nobody's decision but their own."""
    return not (event.decided_by.strip() or event.member == author or case.has_interest(event.member))


def readmission_problem(case: Case, author: str, member: str) -> Problem | None:
    """Return why a member cannot be let in again, or None."""
    if member == author:
        return NOT_FOR_ONESELF
    return None if member in case.excluded or case.has_interest(member) else NOT_KEPT_OUT
