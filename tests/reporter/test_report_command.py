# SPDX-License-Identifier: EUPL-1.2
"""A report from the terminal: who reads it, what is sent, and what happens when sending fails."""

from pathlib import Path

import pytest

from support.desk_world import World
from support.reporter_terminal import NO_WORDS_BACK, Terminal
from support.served_intake import ServedIntake

ANSWERS = ["2", "De offertes waren al open.", "Ik zag het zelf.", ".", "Begin november", "", "De wethouder", "."]
"""To the questions in the order of the page; the third free one is left open."""


@pytest.fixture
def told(tmp_path: Path) -> str:
    file = tmp_path / "told.txt"
    file.write_text("Het magazijn klopt niet.\nMelder 7.", encoding="utf-8")
    return str(file)


def test_the_answers_reach_the_committee_as_they_were_typed(
    world: World, intake: ServedIntake, terminal: Terminal
) -> None:
    shown = terminal.run("send", intake.url, lines=["yes", "", *ANSWERS, "yes", *NO_WORDS_BACK])

    assert shown.code == 0, shown.text
    anna = world.open_tools[0]
    anna.sync()
    (report,) = anna.case(anna.cases()[0].id).reports
    assert report.answers == {
        "about": "position",
        "what": "De offertes waren al open.\nIk zag het zelf.",
        "when": "Begin november",
        "who": "De wethouder",
    }
