# SPDX-License-Identifier: EUPL-1.2
"""Have a case follow another protocol, or a newer version of its own: first what would change, then the reason."""

from flask import Blueprint, abort, render_template, request

from casework.domain.case.records import FieldType, RecordField
from casework.domain.judge.moving import follow, plan_move
from casework.domain.protocol.model import InvestigationProtocol
from casework.domain.text import Text
from casework.views.cases import CaseView
from casework.web.forms import Form, typed_in
from casework.web.office import desk, words
from casework.web.sheets import Answer, Sheet, written

blueprint = Blueprint("move", __name__, url_prefix="/cases/<case_id>/protocol")

_REASON = (
    RecordField(
        "reason",
        FieldType.LONG_TEXT,
        Text("Waarom volgt deze zaak een ander protocol?", "Why does this case follow another protocol?"),
        Text("De reden blijft in de zaak staan.", "The reason stays in the case."),
    ),
)


@blueprint.get("")
def choose(case_id: str) -> Answer:
    """Show the protocols that the case could follow."""
    view = desk().case(case_id)
    others = [protocol for protocol in desk().protocols().values() if not _is_pinned(view, protocol)]
    return render_template("protocols.html", view=view, others=others)


@blueprint.get("/<protocol_id>")
def plan(case_id: str, protocol_id: str) -> Answer:
    """Show what a move would change, and the form for its reason."""
    return _sheet(desk().case(case_id), _protocol(protocol_id)).fresh()


@blueprint.post("/<protocol_id>")
def move(case_id: str, protocol_id: str) -> Answer:
    """Make the move."""
    view, to = desk().case(case_id), _protocol(protocol_id)
    sheet = _sheet(view, to)
    record, _, mistakes = sheet.form.read(typed_in(request.form))
    if mistakes:
        return sheet.refused(mistakes)
    command = follow(desk().member, view.case, view.protocol, to, str(record["reason"]))
    done = words().say("This case now follows: {title}.", title=words().text(to.title))
    return written(sheet, lambda: desk().do(case_id, command), done)


def _protocol(protocol_id: str) -> InvestigationProtocol:
    return desk().protocols().get(protocol_id) or abort(404)


def _is_pinned(view: CaseView, protocol: InvestigationProtocol) -> bool:
    return view.case.pinned is not None and view.case.pinned.digest == protocol.digest


def _sheet(view: CaseView, to: InvestigationProtocol) -> Sheet:
    more = {"to": to, "plan": plan_move(view.case, view.protocol, to), "same": _is_pinned(view, to)}
    return Sheet("move.html", view, Form(_REASON, words()), {}, more)
