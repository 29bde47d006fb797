# SPDX-License-Identifier: EUPL-1.2
"""The exercise: a banner that says so on every page, and the day that can be moved in it."""

from datetime import date, timedelta

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from casework.web.door import address, own_path
from casework.web.office import office

blueprint = Blueprint("practice", __name__)
_ONE_DAY = timedelta(days=1)


@blueprint.post("/practice/day")
def move() -> Response:
    """Make it another day: the one that was typed, or one step from the present one."""
    practice = office().practice
    if practice is not None:
        practice.move_to(_asked(practice.day))
    return redirect(address(own_path(request.form.get("next", ""))), 303)


def _asked(today: date) -> date:
    match request.form.get("go", ""):
        case "back":
            return today - _ONE_DAY
        case "on":
            return today + _ONE_DAY
    try:
        return date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        return today
