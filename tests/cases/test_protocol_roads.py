# SPDX-License-Identifier: EUPL-1.2
"""A protocol that no case could go through is refused; any other is drawn, walked and judged."""

import pytest

from casework.domain.case.commands import CompleteStep
from casework.domain.errors import ProtocolFileError
from casework.domain.judge.views import StepState
from casework.domain.protocol.model import DoneBy, InvestigationProtocol
from casework.domain.protocol_file.reader import load_protocol
from casework.drawing.svg import draw_poster
from support.casebook import ANNA, Casebook

ON = "2026-11-24"
TOP = """
format = 1
id = "S"
version = 1
title = { nl = "Klein", en = "Small" }
first = "S0"
reopens_at = "S1"
deviation_authority = "desk"
actors = { desk = { nl = "Meldpunt", en = "Desk" } }
"""
STEP = """
[[step]]
id = "{name}"
title = {{ nl = "Stap", en = "Step" }}
help = {{ nl = "Doe.", en = "Do." }}
phase = "assess"
actors = ["desk"]
{keys}
"""
FEEDBACK = 'done_by = "feedback"\nnext = ["END"]'
SOUND = {
    "S0": 'done_by = "report"\nnext = ["S1"]',
    "S1": 'next = ["S2"]',
    "S2": "",
    "F": FEEDBACK,
    "END": "closes = true",
}


def protocol(changes: dict[str, str]) -> InvestigationProtocol:
    steps = (STEP.format(name=name, keys=keys) for name, keys in (SOUND | changes).items())
    return load_protocol((TOP + "".join(steps)).encode(), "own.toml")


@pytest.mark.parametrize(
    "changes, message",
    [
        ({"S1": 'next = ["S9"]'}, "own.toml, step S1: 'next' names 'S9', which does not exist"),
        ({"S3": ""}, "own.toml, step S3: nothing leads to it"),
        ({"S3": 'next = ["S3"]'}, "own.toml, step S3: only steps lead to it that no case comes to"),
        ({"S3": 'next = ["S4"]', "S4": 'next = ["S3"]'}, "own.toml, step S3: only steps lead to it"),
        ({"F": 'done_by = "feedback"', "S3": 'next = ["END", "S3"]'}, "own.toml, step END: only steps lead to it"),
        ({"S1": 'next = ["S2"]\nafter = ["S1"]'}, "own.toml, step S1: by 'after' it waits for itself"),
        ({"S1": 'next = ["S2"]\nafter = ["S2"]', "S2": 'after = ["S1"]'}, "step S1: by 'after' it waits for itself"),
        ({"END": 'closes = true\ndone_by = "report"'}, "own.toml, step END: a member closes a case"),
        ({"S2": 'done_by = "report"'}, "own.toml, step S2: a report comes first; leave 'done_by' out"),
    ],
)
def test_a_protocol_that_no_case_can_go_through_is_refused_with_the_step(changes: dict[str, str], message: str) -> None:
    with pytest.raises(ProtocolFileError) as refused:
        protocol(changes)
    assert str(refused.value).startswith(message) or message in str(refused.value)


ODD = {
    "a circle of steps": {"S2": 'next = ["S1"]'},
    "a circle of steps that can be done again": {
        "S1": 'repeatable = true\nnext = ["S2"]',
        "S2": 'repeatable = true\nnext = ["S1"]',
    },
    "a step that leads to itself": {"S2": 'repeatable = true\nnext = ["S2"]'},
    "only optional steps": {
        "S1": 'optional = true\nnext = ["S2"]',
        "S2": "optional = true",
        "END": "closes = true\noptional = true",
    },
    "a closing that leads to itself": {"END": 'closes = true\nnext = ["END"]'},
    "a closing that leads back to the beginning": {"END": 'closes = true\nnext = ["S1"]'},
    "a closing that can be done again": {"END": "closes = true\nrepeatable = true"},
    "steps beside each other": {"S3": 'parallel_to = ["S4"]', "S4": 'parallel_to = ["S3"]'},
}


@pytest.mark.parametrize("changes", ODD.values(), ids=ODD.keys())
def test_a_case_of_an_odd_protocol_is_judged_as_often_as_its_steps_are_done(changes: dict[str, str]) -> None:
    book = Casebook(protocol=protocol(changes))
    book.send("acknowledgement", on="2026-11-22")
    for _ in range(8):
        for view in book.judged(ON).to_do:
            if view.can_be_done and view.step.done_by is DoneBy.RECORD and not view.step.closes:
                book.complete(view.step.id, on=ON)
    judged = book.judged(ON)
    assert not judged.irregular
    assert judged.step("S2").state in (StepState.DONE, StepState.OPEN)
    assert draw_poster(book.protocol, "nl")


@pytest.mark.parametrize("changes", [ODD["only optional steps"], ODD["a closing that leads to itself"]])
def test_a_case_whose_steps_are_all_left_lying_or_done_closes_once(changes: dict[str, str]) -> None:
    book = Casebook(protocol=protocol(changes))
    book.send("acknowledgement", on="2026-11-22")
    book.send("feedback", on="2026-11-23", final=True)
    for step in ("S1", "S2"):
        if not book.protocol.steps[step].optional:
            book.complete(step, on=ON)
    book.complete("END", on=ON)
    assert book.judged(ON).closed
    assert book.refusal(CompleteStep(ANNA, "END"), on=ON) != "accepted"
