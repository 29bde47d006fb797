# SPDX-License-Identifier: EUPL-1.2
"""One report in more cases: how a part is opened, and how the register counts (fact P09)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from casework.domain.case.events import ReportReceived
from casework.domain.case.state import Case


class RegisterCount(NamedTuple):
    """How many reports came in, and how many cases they became."""

    reports: int
    cases: int


def part_report(whole: ReportReceived, case: str, account: str) -> ReportReceived:
    """Return the report with which a part is opened: `case` is the one that it comes from, `account` the part.

    The reporter, the mailbox and what was signed stay behind; so do the files.
    """
    return replace(
        whole,
        mailbox=None,
        statement=None,
        ciphertext_hash=None,
        file_keys={},
        account=account,
        receipt_is_ack=False,
        meeting=False,
        part_of=case,
    )


def is_split_off(part: Case, part_id: str, first: Case | None) -> bool:
    """Say whether the case that a part says it comes from names it, and has its report; no part is split off."""
    return first is not None and part_id in first.parts and part.reports.keys() <= first.reports.keys()


def register_count(cases: Iterable[Case]) -> RegisterCount:
    """Return what the register counts: a report once, whatever cases it became."""
    known = [case for case in cases if case.reports]
    return RegisterCount(len({report for case in known for report in case.reports}), len(known))
