# SPDX-License-Identifier: EUPL-1.2
"""The acts of a case (`casework.acts`) as form pages, all alike."""

from flask import Blueprint, abort, request

from casework.acts import ACTS, Act, Scene
from casework.web.forms import Form, as_typed, typed_in
from casework.web.gate import Typed
from casework.web.office import desk, words
from casework.web.sheets import Answer, Sheet, written

blueprint = Blueprint("act", __name__, url_prefix="/cases/<case_id>")


@blueprint.get("/<name>")
def show(case_id: str, name: str) -> Answer:
    """Show the form of an act; the address may give what some of its fields start with."""
    act, scene = _found(case_id, name)
    return _sheet(act, scene).fresh()


@blueprint.post("/<name>")
def done(case_id: str, name: str) -> Answer:
    """Record an act."""
    act, scene = _found(case_id, name)
    sheet = _sheet(act, scene)
    record, _, mistakes = sheet.form.read(typed_in(request.form))
    if mistakes:
        return sheet.refused(mistakes)
    return written(sheet, lambda: act.do(scene, record), words().text(act.done))


def _found(case_id: str, name: str) -> tuple[Act, Scene]:
    if name not in ACTS:
        abort(404)
    return ACTS[name], Scene(desk(), desk().case(case_id))


def _sheet(act: Act, scene: Scene) -> Sheet:
    text = words().text
    fields = act.fields(scene)
    asked = {field.name: request.args.getlist(field.name) for field in fields if field.name in request.args}
    start: Typed = {**as_typed(act.start(scene)), **asked}
    more = {"heading": text(act.heading), "lead": text(act.lead), "button": text(act.button)}
    return Sheet("short_form.html", scene.view, Form(fields, words(), today=desk().overview().today), start, more)
