# SPDX-License-Identifier: EUPL-1.2
"""Two things that have nothing to do with each other may be recorded in either order.

Independent are: what members note, hold or declare, each about something of its own; and completions of two steps of
which neither calls, waits for, stands beside, starts the term of, or extends the term of the other, nor leaves the
protocol or closes the case.
"""

from collections.abc import Mapping
from itertools import combinations
from typing import NamedTuple

from hypothesis import assume, given
from hypothesis import strategies as st

from casework.domain.case.commands import (
    AddNote,
    Command,
    DeclareConflict,
    DiscloseInDanger,
    PlaceHold,
)
from casework.domain.errors import Problem
from casework.domain.judge.assess import Assessment
from casework.domain.judge.views import ReportView, StepState
from casework.domain.protocol.model import InvestigationProtocol, Step
from casework.domain.protocol.step_term import FieldOf
from casework.domain.terms.term import Clock
from support.casebook import ANNA, BRAM, CARLA, Casebook
from support.scenario_commands import attempt, begun, completing, each_is_a_case, today


class Pair(NamedTuple):
    """A case, and two commands that are independent of each other."""

    book: Casebook
    one: Command
    other: Command


class Standing(NamedTuple):
    """What an assessment says, whatever the places of entries in the log."""

    steps: Mapping[str, tuple[StepState, tuple[Problem, ...], Clock | None, list[object], bool]]
    reports: tuple[ReportView, ...]
    clocks: tuple[Clock, ...]
    flags: Mapping[str, object]
    exit: str | None
    notices: tuple[Problem, ...]
    closed: bool


def standing(judged: Assessment) -> Standing:
    return Standing(
        {
            view.step.id: (
                view.state,
                view.blocked_by,
                view.clock,
                [entry.event for entry in view.completions],
                view.may_repeat,
            )
            for view in judged.steps
        },
        judged.reports,
        judged.clocks,
        judged.flags,
        judged.exit,
        judged.notices,
        judged.closed,
    )


def tied(protocol: InvestigationProtocol, one: Step, other: Step) -> bool:
    """Whether a step has to do with another: what it leads to, waits for, or counts from."""
    starts = {term.start.step if isinstance(term.start, FieldOf) else term.start for term in one.terms}
    asks = {term.when.step for term in one.terms if term.when}
    extends = {one.extends.step} if one.extends else set()
    ends = one.closes or any(target in protocol.exits for target in one.all_targets())
    return ends or other.id in {*one.all_targets(), *one.after, *one.parallel_to, *starts, *asks, *extends}


def free(step: Step) -> bool:
    """Whether no guard of a step looks at anything but who completes it."""
    return not step.closes and set(step.guards) <= {"author_declared"}


@st.composite
def completions_in_turn(draw: st.DrawFn) -> Pair:
    """A case, and completions of two steps whose turn it is and that have nothing to do with each other."""
    book = draw(begun())
    views = [view for view in book.judged(today(book).isoformat()).to_do if view.can_be_done]
    pairs = [
        (one.step, other.step)
        for one, other in combinations(views, 2)
        if not tied(book.protocol, one.step, other.step) and not tied(book.protocol, other.step, one.step)
    ]
    assume(pairs)
    one, other = (completing(draw, book, ANNA, step) for step in draw(st.sampled_from(pairs)))
    return Pair(book, one, other)


@st.composite
def with_an_aside(draw: st.DrawFn) -> Pair:
    """A case, something outside the steps, and something else outside them or a completion."""
    book = draw(begun())
    asides: list[Command] = [
        AddNote(ANNA, "Hm"),
        PlaceHold(BRAM, "hold", "A court asked"),
        DeclareConflict(CARLA, conflict=False),
        DiscloseInDanger(ANNA, "danger", "112", "All", "A life", today(book), identity_told=False),
    ]
    one, other = draw(st.permutations(asides))[:2]
    turn = [view.step for view in book.judged(today(book).isoformat()).to_do if view.can_be_done and free(view.step)]
    if draw(st.booleans()) and turn:
        other = completing(draw, book, ANNA, draw(st.sampled_from(turn)))
    return Pair(book, one, other)


def after(book: Casebook, *commands: Command) -> Standing | None:
    """How a case stands after commands on one day, or None if one of them was refused."""
    copy = Casebook(protocol=book.protocol)
    copy.entries = list(book.entries)
    accepted = [attempt(copy, command, today(book)) for command in commands]
    return standing(copy.judged("2027-03-01")) if all(accepted) else None


@each_is_a_case
@given(completions_in_turn() | with_an_aside())
def test_independent_events_assess_alike_in_either_order(pair: Pair) -> None:
    forth, back = after(pair.book, pair.one, pair.other), after(pair.book, pair.other, pair.one)
    assume(forth is not None or back is not None)
    assert forth == back
