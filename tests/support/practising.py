# SPDX-License-Identifier: EUPL-1.2
"""The desk of an exercise, for each test a fresh one; the year is played once."""

from dataclasses import replace
from functools import cache

from casework.practice import OPENING_DAY
from casework.practice.desk import PracticeDesk
from casework.practice.log import PracticeLog
from casework.practice.player import play
from casework.practice.story import invented_year
from casework.protocols import open_shelf


@cache
def played() -> dict[str, PracticeLog]:
    """The log of each story, to be read only."""
    return {story.id: play(story, open_shelf()) for story in invented_year()}


def fresh_desk() -> PracticeDesk:
    return PracticeDesk((replace(log) for log in played().values()), open_shelf(), OPENING_DAY)
