# SPDX-License-Identifier: EUPL-1.2
"""What it changes for a case to follow another protocol, or a newer version of its own.

Of another protocol nothing that was done stands for its steps; of a newer version the steps that it still has do.
Everything stays readable, and the clocks of the reports go on: they belong to the report.
"""

from typing import NamedTuple

from casework.domain.case.commands import FollowProtocol
from casework.domain.case.state import Case
from casework.domain.judge.walk import walk
from casework.domain.protocol.model import InvestigationProtocol, Step


class Move(NamedTuple):
    """A move before it is made.

    `kept` are the ids of done steps that stand; `again` the done steps whose record no longer counts; `new` the steps
    that the case had not met under its present protocol; `gone` those that it loses. `left_out` are the steps left out
    with consent: that consent was for the present protocol, so each that the other asks for is to be done, or consent
    is to be asked anew.
    """

    kept: tuple[str, ...]
    again: tuple[Step, ...]
    new: tuple[Step, ...]
    gone: tuple[Step, ...]
    left_out: tuple[Step, ...]


def plan_move(case: Case, now: InvestigationProtocol | None, to: InvestigationProtocol) -> Move:
    """Return what a move would change; `now` is None where the present protocol is not at hand: then nothing stands."""
    flow = walk(now, case) if now else None
    same = now is not None and now.id == to.id
    done = {step: flow.chosen(step) for step in flow.done} if flow else {}
    # Without the outcome that was chosen nobody knows what follows.
    kept = tuple(step for step, option in done.items() if same and step in to.steps and to.steps[step].takes(option))
    before = now.steps if now else {}
    return Move(
        kept=kept,
        again=tuple(before[step] for step in done if step not in kept),
        new=tuple(step for step in to.steps.values() if not (same and step.id in before)),
        gone=tuple(step for step in before.values() if not (same and step.id in to.steps)),
        left_out=tuple(before[step] for step in flow.left_out) if flow else (),
    )


def follow(
    by: str, case: Case, now: InvestigationProtocol | None, to: InvestigationProtocol, reason: str
) -> FollowProtocol:
    """Return the command that makes the move of `plan_move`."""
    return FollowProtocol(by, to.id, to.version, to.digest, plan_move(case, now, to).kept, reason)
