# SPDX-License-Identifier: EUPL-1.2
"""The page that syncs: it grows while the sync goes on, which needs no script and never reloads."""

from datetime import date

from flask import Blueprint, Response, redirect, request, stream_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from casework.errors import DateToConfirmError
from casework.web.office import desk, office

blueprint = Blueprint("sync", __name__)


@blueprint.post("/sync")
def start() -> AnyResponse:
    """Begin a sync; `confirmed` is the day that a person agreed to."""
    office().sync.start(desk(), _day(request.form.get("confirmed", "")))
    return redirect(url_for("sync.progress"), 303)


@blueprint.get("/sync")
def progress() -> AnyResponse:
    """Show the stages of the sync as they are reached, then what it found."""
    run = office().sync
    if not run.began:
        return redirect(url_for("lists.cases"), 303)
    return Response(stream_template("sync.html", run=run, asks_for_day=_asks_for_day))


def _asks_for_day(error: Exception) -> bool:
    return isinstance(error, DateToConfirmError)


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
