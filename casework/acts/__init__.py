# SPDX-License-Identifier: EUPL-1.2
"""What a member can do in a case beside completing steps and writing to the reporter: one table for every interface."""

from collections.abc import Mapping

from casework.acts import danger, decisions, links, members, messages, steps
from casework.acts.act import Act, Scene

__all__ = ["ACTS", "Act", "Scene"]

ACTS: Mapping[str, Act] = {
    act.name: act
    for act in (
        decisions.NOTE,
        decisions.REGISTER,
        members.DECLARE,
        members.EXCLUDE,
        members.READMIT,
        steps.DEVIATION,
        steps.REOPEN_STEP,
        steps.REOPEN,
        decisions.DECISION,
        decisions.WITHDRAWAL,
        messages.TELL,
        decisions.FEEDBACK_IMPOSSIBLE,
        decisions.FEEDBACK_POSSIBLE,
        danger.DISCLOSE,
        danger.REVIEW_DISCLOSURE,
        decisions.HOLD,
        decisions.LIFT_HOLD,
        links.JOIN,
        links.UNJOIN,
        links.SPLIT,
    )
}
"""By name, in the order in which a page offers them."""
