# SPDX-License-Identifier: EUPL-1.2
"""The pages over all cases: the list, what must happen today, and the state of desk and keys."""

from flask import Blueprint, render_template

from casework.domain.terms.term import ClockStatus
from casework.views.cases import DueItem
from casework.web.office import desk
from casework.web.steps import A_WEEK

blueprint = Blueprint("lists", __name__)


@blueprint.get("/")
def cases() -> str:
    """Show every case, what is due soonest first."""
    lines = desk().cases()
    return render_template(
        "cases.html",
        running=[line for line in lines if not line.closed],
        closed=[line for line in lines if line.closed],
    )


@blueprint.get("/today")
def today() -> str:
    """Show what is owed: late, due today, due this week, and later; and which cases cannot be judged."""
    items, lines = desk().today(), desk().cases()
    titles = {line.id: line.title for line in lines}
    groups = {name: [item for item in items if _group(item) == name] for name in ("late", "now", "week", "later")}
    broken = [line for line in lines if line.broken]
    return render_template("today.html", groups=groups, titles=titles, broken=broken)


@blueprint.get("/status")
def status() -> str:
    """Show the desk, its members, and what becomes of this member's keys."""
    return render_template("status.html")


def _group(item: DueItem) -> str:
    if item.clock.status is ClockStatus.OVERDUE:
        return "late"
    if item.clock.status is ClockStatus.DUE_TODAY:
        return "now"
    return "week" if item.clock.days_left <= A_WEEK else "later"
