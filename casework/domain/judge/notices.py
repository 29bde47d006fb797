# SPDX-License-Identifier: EUPL-1.2
"""What a reader should know first of a whole case, whatever its protocol."""

from collections.abc import Iterator, Sequence
from datetime import date

from casework.domain.case.disclosures import REVIEWED_ALONE, is_reviewed_alone
from casework.domain.case.placing import TOLD_AFTERWARDS, told_afterwards
from casework.domain.case.state import Case
from casework.domain.errors import Problem
from casework.domain.judge.views import ReportView
from casework.domain.problems import FAR_DAY, FOLLOWS, HELD, PART, READ_ONLY, WITHDRAWN
from casework.domain.text import Text

UNNAMED_PART = Problem(
    "unnamed_part",
    Text(
        "Deze zaak zegt dat zij een deel is van een andere zaak, maar die andere zaak noemt haar niet of is hier "
        "niet te lezen. Daarom lopen de termijnen van de melding ook hier. Zoek uit of de melding in die andere "
        "zaak staat en daar antwoord krijgt. Zo niet, leg de melding dan vast als nieuwe zaak.",
        "This case says that it is a part of another, but that other case does not name it or cannot be read here. So "
        "the report's terms run here too. Find out whether the report stands in that other case and is answered there. "
        "If not, record the report as a new case.",
    ),
)


def notices(case: Case, reports: Sequence[ReportView], today: date, *, split_off: bool) -> tuple[Problem, ...]:
    """Return what to tell of a case on a day; `reports` and `split_off` are as in `Assessment`."""
    return tuple(_notices(case, reports, today, split_off=split_off))


def _notices(case: Case, reports: Sequence[ReportView], today: date, *, split_off: bool) -> Iterator[Problem]:
    if case.read_only:
        yield READ_ONLY
    # One day ahead is allowed between the intake and this device, as everywhere.
    if any((report.received.received - today).days > 1 for report in case.reports.values()):
        yield FAR_DAY
    if any(report.withdrawn and not report.withdrawal_decided for report in case.reports.values()):
        yield WITHDRAWN
    if len(case.own_reports) < len(case.reports):
        yield PART if split_off else UNNAMED_PART
    if any(not joined.leads for joined in case.joined.values()):
        yield FOLLOWS
    if case.holds:
        yield HELD
    if any(is_reviewed_alone(disclosure) for disclosure in case.disclosures.values()):
        yield REVIEWED_ALONE
    if _told_afterwards(case, reports):
        yield TOLD_AFTERWARDS


def _told_afterwards(case: Case, reports: Sequence[ReportView]) -> bool:
    """Say whether a clock of the law was met on a day that a member recorded only after its last day."""
    due = {(view.report, clock.term.name): clock.due for view in reports for clock in view.clocks if clock.stopped}
    told = ((message, due.get((message.written.report, message.written.kind))) for message in case.messages.values())
    return any(last is not None and told_afterwards(message, last) for message, last in told)
