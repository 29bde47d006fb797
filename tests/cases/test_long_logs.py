# SPDX-License-Identifier: EUPL-1.2
"""A case with thousands of anything is judged in a time that grows with its log, not with the square of it."""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from casework.domain.case.commands import CompleteStep
from casework.domain.case.events import (
    Event,
    HoldPlaced,
    JoiningUndone,
    MessagePlaced,
    MessageReceived,
    MessageWritten,
    ProtocolPinned,
    ReportsJoined,
    StepCompleted,
    StepReopened,
)
from casework.domain.case.transcripts import transcripts
from casework.domain.protocol.model import InvestigationProtocol
from support.casebook import ANNA, PROTOCOL, REPORT, Casebook, D, filled_in, web_report

MANY = 3_000
SECONDS = 1.5
ON, LATER = "2026-11-24", "2026-12-24"
POSTPONING = replace(
    PROTOCOL, first="A10", steps={name: replace(step, after=()) for name, step in PROTOCOL.steps.items()}
)
"""Here a case begins with the notice, which can be put off again and again."""


def done(step: str, option: str | None) -> StepCompleted:
    return StepCompleted(step, filled_in(PROTOCOL.steps[step].record, option, ON), option)


POSTPONED, WEIGHED = done("A10", "uitgesteld"), done("A03", "feitenonderzoek")
PINNED = ProtocolPinned(PROTOCOL.id, PROTOCOL.version, PROTOCOL.digest, "Again.", tuple(PROTOCOL.steps))


def offered(at: int) -> Iterable[Event]:
    yield MessageWritten(f"m{at}", REPORT, "transcript", "x", "", "", "", "", final=False)
    yield MessagePlaced(f"m{at}", "mailbox", D(ON), at + 2, f"head {at}")
    yield MessageReceived(REPORT, at + 9, "h", D(ON), "x", "00", {}, "transcript_agreed", f"head {at}")


LONG: dict[str, tuple[InvestigationProtocol, Callable[[int], Iterable[Event]]]] = {
    "postponements": (POSTPONING, lambda _at: [POSTPONED]),
    "times that a step was done": (PROTOCOL, lambda _at: [WEIGHED, StepReopened("A03", "Again.")]),
    "times that a step could not be done": (PROTOCOL, lambda _at: [POSTPONED]),
    "moves": (PROTOCOL, lambda _at: [PINNED]),
    "accounts with an answer": (PROTOCOL, offered),
    "reports": (PROTOCOL, lambda at: [web_report(report=f"mailbox {at}")]),
    "joinings": (PROTOCOL, lambda _at: [ReportsJoined("b", leads=True, reason="x"), JoiningUndone("b", "x")]),
    "holds": (PROTOCOL, lambda at: [HoldPlaced(f"hold {at}", "x")]),
}


@pytest.mark.parametrize("protocol, more", LONG.values(), ids=LONG.keys())
def test_thousands_of_anything_are_judged_soon(
    protocol: InvestigationProtocol, more: Callable[[int], Iterable[Event]]
) -> None:
    book = Casebook(protocol=protocol)
    for at in range(MANY):
        for event in more(at):
            book.append(event, ON)
    begun = time.process_time()
    judged = book.judged(LATER)
    told = judged.steps, judged.clocks, judged.notices, transcripts(judged.case, D(LATER))
    assert time.process_time() - begun < SECONDS
    assert told[0]


def test_a_record_of_thousands_of_rows_is_refused_for_its_length_or_judged_soon() -> None:
    step = next(one for one in PROTOCOL.steps.values() if any(field.columns for field in one.record))
    table = next(field for field in step.record if field.columns)
    facts = {table.name: tuple({column.name: "x" for column in table.columns} for _ in range(MANY))}
    book = Casebook().through_conflict_check()
    begun = time.process_time()
    book.append(StepCompleted(step.id, facts, None), ON)
    assert not book.judged(LATER).step(step.id).completions
    assert book.refusal(CompleteStep(ANNA, step.id, facts), on=ON) != "accepted"
    assert time.process_time() - begun < SECONDS


def test_each_account_keeps_the_answer_that_was_given_to_it_last() -> None:
    book = Casebook()
    for at in (0, 1):
        for event in offered(at):
            book.append(event, ON)
    book.append(MessageReceived(REPORT, 30, "h", D(ON), "x", "00", {}, "transcript_disagreed", "head 0"), ON)
    book.append(MessageReceived(REPORT, 20, "h", D(ON), "x", "00", {}, "transcript_corrected", "head 0"), ON)
    assert [view.state.value for view in transcripts(book.case, D(ON))] == ["disagreed", "agreed"]
