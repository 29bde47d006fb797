# SPDX-License-Identifier: EUPL-1.2
"""Which steps are certain to follow on each outcome of a step, whatever is chosen, or left out, after it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from casework.domain.protocol.model import InvestigationProtocol, Step

STAYS = ""
"""Stands among what follows where nothing that is still to do is ended by it."""
TOP = ""
"""Stands for the file among its steps: it says where a case begins, and begins again."""


class Ways(NamedTuple):
    """What is certain to follow on a step, by places in the file: on one of its outcomes, and on answers besides."""

    outcomes: dict[str, frozenset[str]]
    calls: dict[str, frozenset[str]]


def ways_of(protocol: InvestigationProtocol, goals: Collection[str]) -> dict[str, Ways]:
    """Return the ways of each step: those of the goals, ids of steps, to which each of them leads, and STAYS."""
    certain = {goal: _certain(protocol, goal) for goal in goals}

    def follow(named: Mapping[str, Collection[str]]) -> dict[str, frozenset[str]]:
        return {name: frozenset(_reached(targets)) for name, targets in named.items()}

    def _reached(targets: Collection[str]) -> set[str]:
        leaves = any(target in protocol.exits and protocol.exits[target].leaves for target in targets)
        reached = {goal for goal, steps in certain.items() if not steps.isdisjoint(targets)}
        return reached if leaves else reached | {STAYS}

    begin = {"'first'": (protocol.first,), "'reopens_at'": (protocol.reopens_at,)}
    steps = protocol.steps.values()
    return {TOP: Ways({}, follow(begin))} | {
        step.id: Ways(follow(_outcomes(protocol, step)), follow(_calls(step))) for step in steps
    }


def _certain(protocol: InvestigationProtocol, goal: str) -> set[str]:
    """Return the goal, and the steps from which every way that ends comes by it."""
    found = {step.id for step in protocol.steps.values() if not step.optional} | {goal}
    while passing := {
        step
        for step in found - {goal}
        if any(found.isdisjoint(targets) for targets in _outcomes(protocol, protocol.steps[step]).values())
    }:
        found -= passing
    return found


def _outcomes(protocol: InvestigationProtocol, step: Step) -> dict[str, Collection[str]]:
    """Return what each option leads to, and `next` where there are none or the step may be left out."""
    found: dict[str, Collection[str]] = {f"option '{one.value}'": step.targets(one.value) for one in step.options}
    return {**found, "'next'": step.next} if not found or protocol.may_leave_out(step) else found


def _calls(step: Step) -> dict[str, Collection[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for call in step.calls:
        for value in call.condition.values:
            found[f"'calls' where {call.condition.field} is '{value}'"] += call.next
    return dict(found)
