# SPDX-License-Identifier: EUPL-1.2
"""A closing step that has outcomes: a closed case waits for what its own outcome leads to, and for nothing else."""

import pytest

from casework.domain.case.commands import CompleteStep, ReopenCase
from casework.domain.judge.views import StepState
from casework.domain.protocol_file.reader import load_protocol
from support.casebook import ANNA, Casebook

ON = "2026-11-25"
FILE = """
format = 1
id = "S"
version = 1
title = { nl = "Klein", en = "Small" }
first = "S0"
reopens_at = "S0"
deviation_authority = "desk"

[actors]
desk = { nl = "Meldpunt", en = "Desk" }

[[step]]
id = "S0"
title = { nl = "Terugkoppeling", en = "Feedback" }
help = { nl = "Schrijf.", en = "Write." }
phase = "assess"
actors = ["desk"]
done_by = "feedback"
next = ["S1", "S5"]

[[step]]
id = "S1"
title = { nl = "Sluiten", en = "Close" }
help = { nl = "Sluit.", en = "Close." }
phase = "conclude"
actors = ["desk"]
closes = true
option = [
  { value = "keep", label = { nl = "Bewaren", en = "Keep" }, next = ["S2"] },
  { value = "destroy", label = { nl = "Vernietigen", en = "Destroy" }, next = ["S3"] },
]
record = [{ name = "press", type = "yes_no", label = { nl = "Pers?", en = "Press?" } }]
calls = [{ field = "press", is = ["yes"], next = ["S4"] }]
"""
STEP = """
[[step]]
id = "{name}"
title = {{ nl = "Later", en = "Later" }}
help = {{ nl = "Doe.", en = "Do." }}
phase = "conclude"
actors = ["desk"]
"""
STEPS = {"S2": "", "S3": 'next = ["S6"]', "S4": "", "S5": "optional = true", "S6": ""}
PROTOCOL = load_protocol(
    (FILE + "".join(STEP.format(name=name) + more for name, more in STEPS.items())).encode(), "s.toml"
)


def closed(outcome: str, *, press: bool = False) -> Casebook:
    book = Casebook(protocol=PROTOCOL)
    book.send("acknowledgement", on="2026-11-22")
    book.send("feedback", on="2026-11-24", final=True)
    book.complete("S1", outcome, on=ON, press=press)
    assert book.judged(ON).closed
    return book


def waiting(book: Casebook) -> list[str]:
    return [view.step.id for view in book.judged(ON).to_do]


@pytest.mark.parametrize(
    "outcome, press, left",
    [("keep", False, ["S2"]), ("destroy", False, ["S3"]), ("destroy", True, ["S3", "S4"])],
)
def test_what_the_outcome_leads_to_is_left_to_do(outcome: str, press: bool, left: list[str]) -> None:  # noqa: FBT001
    book = closed(outcome, press=press)
    assert waiting(book) == left
    while waiting(book):
        book.complete(waiting(book)[0], on=ON)
    assert book.judged(ON).closed


def test_an_optional_step_that_nobody_did_waits_no_longer_when_the_case_is_closed() -> None:
    book = closed("keep")
    assert book.judged(ON).step("S5").state is StepState.LATER
    book.do(ReopenCase(ANNA, "A new fact."), on=ON)
    assert book.judged(ON).step("S5").state is StepState.OPEN


def test_what_follows_on_a_step_after_closing_can_be_done_too() -> None:
    book = closed("destroy")
    assert book.judged(ON).step("S6").state is StepState.LATER
    book.complete("S3", on=ON)
    assert waiting(book) == ["S6"]
    book.complete("S6", on=ON)
    assert waiting(book) == []


def test_what_another_outcome_leads_to_cannot_be_done() -> None:
    assert closed("keep").refusal(CompleteStep(ANNA, "S3"), on=ON) == "case_closed"


def test_after_reopening_the_next_closing_may_have_another_outcome() -> None:
    book = closed("keep")
    book.do(ReopenCase(ANNA, "A new fact."), on=ON)
    assert book.judged(ON).step("S2").state is StepState.LATER
    book.complete("S1", "destroy", on=ON, press=False)
    assert waiting(book) == ["S3"]
