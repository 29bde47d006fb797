# SPDX-License-Identifier: EUPL-1.2
"""Every step of every protocol is reached, done and refused, and every outcome leads to closing."""

from functools import cache

import pytest

from casework.domain.case.commands import CompleteStep
from casework.domain.judge.views import StepState
from casework.domain.protocol.model import DoneBy, InvestigationProtocol, Step
from casework.protocols import shipped_protocols
from support.casebook import ANNA, BRAM, Casebook
from support.scenario import ON, places, taken, walked
from support.scenario_roads import ROADS

PROTOCOLS = shipped_protocols()
EVERY_ROAD = [(name, road) for name, roads in ROADS.items() for road in roads]
EVERY_STEP = [(name, step) for name, protocol in PROTOCOLS.items() for step in protocol.steps]
AT_ONCE = {
    "A00": "done_by_report",
    "A01": "not_acknowledged",
    "A10": "earlier_step",
    "A17": "done_by_feedback",
    "B00": "done_by_report",
    "B01": "not_acknowledged",
    "B02k": "earlier_step",
    "B15": "done_by_feedback",
    "C00": "accepted",
    "C09t": "done_by_feedback",
    "D00": "done_by_report",
    "D01": "not_acknowledged",
    "D07": "earlier_step",
    "D15": "done_by_feedback",
}
"""What is in the way of a step in a case just opened, if not its turn. A complaint begins with one that may be done."""

each_road = pytest.mark.parametrize("protocol,road", EVERY_ROAD)


@cache
def at_the_end(protocol: str, road: str) -> Casebook:
    return walked(PROTOCOLS[protocol], ROADS[protocol][road])


def books(protocol: str) -> list[Casebook]:
    return [at_the_end(protocol, road) for road in ROADS[protocol]]


def done_by_people(protocol: InvestigationProtocol) -> list[Step]:
    return [step for step in protocol.steps.values() if step.done_by is DoneBy.RECORD]


def test_every_protocol_has_roads() -> None:
    assert ROADS.keys() == PROTOCOLS.keys()


@each_road
def test_every_road_leads_from_receipt_to_closing(protocol: str, road: str) -> None:
    book = at_the_end(protocol, road)
    judged = book.judged(ON)
    assert judged.closed
    assert not judged.void
    assert not judged.irregular
    assert judged.step(PROTOCOLS[protocol].closing.id).state is StepState.DONE


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_roads_do_every_step_with_every_option(protocol: str) -> None:
    steps = done_by_people(PROTOCOLS[protocol])
    known: set[tuple[str, str | None]] = {(step.id, option.value) for step in steps for option in step.options}
    known |= {(step.id, None) for step in steps if not step.options}
    assert {(event.step, event.option) for book in books(protocol) for event in taken(book)} == known


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_on_some_road_messages_do_the_steps_that_members_do_not(protocol: str) -> None:
    by_messages = [step for step in PROTOCOLS[protocol].steps.values() if step.done_by is not DoneBy.RECORD]
    assert DoneBy.FEEDBACK in {step.done_by for step in by_messages}
    for step in by_messages:
        assert all(book.judged(ON).step(step.id).state is StepState.DONE for book in books(protocol))


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_some_record_makes_every_call(protocol: str) -> None:
    events = [event for book in books(protocol) for event in taken(book)]
    for step in done_by_people(PROTOCOLS[protocol]):
        for call in step.calls:
            assert any(event.step == step.id and call.condition.holds(event.record) for event in events), step.id


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_exit_is_taken(protocol: str) -> None:
    steps = PROTOCOLS[protocol].steps
    targets = {
        to for book in books(protocol) for event in taken(book) for to in steps[event.step].targets(event.option)
    }
    assert PROTOCOLS[protocol].exits.keys() <= targets


@pytest.mark.parametrize("protocol,step", EVERY_STEP)
def test_a_case_just_opened_refuses_a_step_before_its_turn(protocol: str, step: str) -> None:
    book = Casebook(protocol=PROTOCOLS[protocol])
    option = next((option.value for option in PROTOCOLS[protocol].steps[step].options), None)
    assert book.refusal(book.completion(step, option, on=ON), on=ON) == AT_ONCE.get(step, "not_reached")


@each_road
def test_on_every_road_a_step_is_refused_with_an_empty_record_or_an_unknown_outcome(protocol: str, road: str) -> None:
    for book, step, completion in places(PROTOCOLS[protocol], ROADS[protocol][road]):
        empty = CompleteStep(ANNA, step.id, {}, completion.option)
        assert (step.id, book.refusal(empty, on=ON)) == (step.id, "missing_field")
        assert book.refusal(CompleteStep(ANNA, step.id, {}, "elsewhere"), on=ON) == "unknown_option"


@each_road
def test_on_every_road_only_members_who_declared_do_what_asks_for_that(protocol: str, road: str) -> None:
    for book, step, (_, option, facts) in places(PROTOCOLS[protocol], ROADS[protocol][road]):
        by_another = book.completion(step.id, option, on=ON, by=BRAM, **facts)
        expected = "own_declaration_missing" if "author_declared" in step.guards else "accepted"
        assert (step.id, book.refusal(by_another, on=ON)) == (step.id, expected)


@each_road
def test_after_closing_nothing_is_left_but_what_follows_on_it(protocol: str, road: str) -> None:
    closing = PROTOCOLS[protocol].closing
    left = {view.step.id for view in at_the_end(protocol, road).judged(ON).to_do if not view.step.optional}
    assert left <= set(closing.next)
