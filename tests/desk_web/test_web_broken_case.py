# SPDX-License-Identifier: EUPL-1.2
"""A case that the tool cannot make sense of is said to be so on every page where it belongs."""

import pytest

from support.desk_pages import Pages


@pytest.fixture
def broken(inside: Pages) -> str:
    case = inside.received("I saw a strange bill.")
    (report,) = inside.desk._session.logs[case].case.reports.values()
    report.acknowledged = "yesterday"  # type: ignore[assignment]  # the fault
    return case


@pytest.mark.parametrize("page", ["/", "/today"])
def test_a_broken_case_is_named_and_nobody_is_told_that_nothing_is_due(inside: Pages, broken: str, page: str) -> None:
    text = inside.get(page).text
    assert "This case cannot be shown." in text
    assert f"/cases/{broken}" in text
    assert "Nothing has to be done today" not in text
    assert "Nothing is due" not in text


def test_opening_a_broken_case_tells_what_to_do(inside: Pages, broken: str) -> None:
    assert "cannot make sense of this case" in inside.get(f"/cases/{broken}").text
