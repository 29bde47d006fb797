# SPDX-License-Identifier: EUPL-1.2
"""A case goes on under another protocol: first what would change, then the reason, then the move."""

import pytest

from support.desk_pages import Pages


@pytest.fixture
def case(inside: Pages) -> str:
    return inside.received("It is about an alderman.")


def test_the_other_protocols_are_offered_and_the_present_one_is_named(inside: Pages, case: str) -> None:
    page = inside.get(f"/cases/{case}/protocol").text
    assert "This case follows: Investigation of a report about a public servant, version" in page
    assert f"/cases/{case}/protocol/B_politieke_ambtsdragers" in page
    assert f"/cases/{case}/protocol/A_ambtenaren" not in page


def test_what_would_change_is_shown_before_the_reason_is_asked(inside: Pages, case: str) -> None:
    page = inside.get(f"/cases/{case}/protocol/B_politieke_ambtsdragers").text
    assert "New steps" in page
    assert "B03" in page
    assert "no longer asked" in page
    assert "A03" in page


def test_a_move_needs_a_reason(inside: Pages, case: str) -> None:
    answer = inside.post(f"/cases/{case}/protocol/B_politieke_ambtsdragers", {"reason": ""})
    assert answer.status_code == 422
    assert inside.desk.case(case).case.pinned.protocol == "A_ambtenaren"  # type: ignore[union-attr]


def test_after_the_move_the_case_has_the_other_steps_and_the_same_clocks(inside: Pages, case: str) -> None:
    before = inside.desk.case(case).assessment.reports
    inside.post(f"/cases/{case}/protocol/B_politieke_ambtsdragers", {"reason": "It is about an alderman."})
    view = inside.desk.case(case)
    assert view.protocol is not None
    assert (view.protocol.id, view.assessment.step("B00").state.value) == ("B_politieke_ambtsdragers", "done")
    assert view.assessment.reports == before
    assert "It is about an alderman." in inside.get(f"/cases/{case}?all=1").text


def test_the_protocol_that_a_case_follows_is_not_moved_to(inside: Pages, case: str) -> None:
    assert "follows this protocol already" in inside.get(f"/cases/{case}/protocol/A_ambtenaren").text
    assert inside.post(f"/cases/{case}/protocol/A_ambtenaren", {"reason": "Again"}).status_code == 422


def test_an_unknown_protocol_is_not_found(inside: Pages, case: str) -> None:
    assert inside.get(f"/cases/{case}/protocol/Z").status_code == 404
