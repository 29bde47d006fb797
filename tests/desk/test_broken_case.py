# SPDX-License-Identifier: EUPL-1.2
"""A case that the tool cannot make sense of is shown as such, and hides no other."""

import pytest

from casework.errors import BrokenCaseError
from casework.service.desk import Desk
from support.desk_world import World


def one_of_two_broken(world: World) -> tuple[Desk, str, str]:
    """Return a tool with two cases, of which the first holds in memory what its types rule out."""
    anna, _ = world.synced("anna", "bram")
    world.report("Melding")
    anna.sync()
    broken = anna.cases()[0].id
    world.report("Een andere melding")
    anna.sync()
    (report,) = anna._session.logs[broken].case.reports.values()
    report.acknowledged = "yesterday"  # type: ignore[assignment]  # the fault
    (sound,) = {line.id for line in anna.cases()} - {broken}
    return anna, broken, sound


def test_a_broken_case_stands_marked_at_the_head_of_the_list(world: World) -> None:
    anna, broken, sound = one_of_two_broken(world)
    assert [(line.id, line.broken) for line in anna.cases()] == [(broken, True), (sound, False)]


def test_what_is_owed_in_the_other_cases_is_still_told(world: World) -> None:
    anna, _, sound = one_of_two_broken(world)
    assert {item.case for item in anna.today()} == {sound}


def test_opening_a_broken_case_tells_what_to_do(world: World) -> None:
    anna, broken, sound = one_of_two_broken(world)
    with pytest.raises(BrokenCaseError, match="kept"):
        anna.case(broken)
    assert anna.case(sound).reports[0].answers == {"what": "Een andere melding"}
